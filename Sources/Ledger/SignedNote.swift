import Fixity
import Foundation

/// A text with the signatures of those who vouch for it: a C2SP signed note (<https://c2sp.org/signed-note>).
///
/// The text, an empty line, then a line for each signature. A note that nobody signed is its text alone.
package struct SignedNote: Hashable, Sendable, CustomStringConvertible {
    /// What is signed, with its last line end.
    package let text: String
    /// The signatures in their order.
    package private(set) var signatures: [NoteSignature]

    /// The most signatures that are read.
    package static let most = 64

    /// A text that nobody signed yet.
    package init(text: String, signatures: [NoteSignature] = []) {
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note, signed or not; nil where it is not written as one, down to a byte.
    package init?(_ note: String) {
        guard note.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" }), note.hasSuffix("\n") else {
            return nil
        }
        guard let gap = note.range(of: "\n\n", options: .backwards), !note[gap.upperBound...].isEmpty else {
            self.init(text: note)
            return
        }
        let lines = note[gap.upperBound...].split(separator: "\n")
        let signatures = lines.prefix(Self.most + 1).compactMap { NoteSignature(line: String($0)) }
        guard signatures.count == lines.count, lines.count <= Self.most else { return nil }
        self.init(text: String(note[..<gap.lowerBound]) + "\n", signatures: signatures)
        guard description.utf8.elementsEqual(note.utf8) else { return nil }
    }

    /// Adds a signature; one by the same key gives way to it.
    package mutating func add(_ signature: NoteSignature) {
        signatures.removeAll { $0.name == signature.name && $0.keyID == signature.keyID }
        signatures.append(signature)
    }

    /// The note to the letter.
    package var description: String {
        signatures.isEmpty ? text : text + "\n" + signatures.map { "\($0)\n" }.joined()
    }
}

/// A signature of a note, by the name of its key.
package struct NoteSignature: Hashable, Sendable, CustomStringConvertible {
    /// The name of the key.
    package let name: String
    /// The four bytes that tell keys of one name apart.
    package let keyID: [UInt8]
    /// What the key made.
    package let bytes: [UInt8]

    init(name: String, keyID: [UInt8], bytes: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    init?(line: String) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "\u{2014}", NoteKey.isName(parts[1]),
            let data = Data(base64Encoded: parts[2]), data.count > 4
        else {
            return nil
        }
        self.init(name: parts[1], keyID: Array(data.prefix(4)), bytes: Array(data.dropFirst(4)))
    }

    /// The line of it, without its line end.
    package var description: String { "\u{2014} \(name) \(Data(keyID + bytes).base64EncodedString())" }
}

/// A public key that signatures of notes are held against: the verifier key of C2SP signed notes.
package struct NoteKey: Hashable, Sendable, CustomStringConvertible {
    /// What signatures of the key are over.
    package enum Kind: UInt8, Sendable {
        /// Ed25519 over the text.
        case signature = 1
        /// Ed25519 over the text and a time: a witness's cosignature (<https://c2sp.org/tlog-cosignature>).
        case cosignature = 4
    }

    /// Its name.
    package let name: String
    /// What its signatures are over.
    package let kind: Kind
    /// The public key: 32 bytes.
    package let publicKey: [UInt8]

    /// A key out of its parts; nil for a name that no key may have.
    package init?(name: String, kind: Kind, publicKey: [UInt8]) {
        guard Self.isName(name), publicKey.count == 32 else { return nil }
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
    }

    /// Reads `NAME+ID+KEY`; nil where it is anything else, down to a byte.
    package init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let data = Data(base64Encoded: parts[2]), let first = data.first,
            let kind = Kind(rawValue: first)
        else {
            return nil
        }
        self.init(name: parts[0], kind: kind, publicKey: Array(data.dropFirst()))
        guard description.utf8.elementsEqual(text.utf8) else { return nil }
    }

    /// Whether a name may be that of a key: not empty, without spaces, plus signs and control characters.
    package static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy {
                $0 != "+" && !$0.properties.isWhitespace && $0.value >= 0x20 && $0.value != 0x7F
            }
    }

    private var material: [UInt8] { [kind.rawValue] + publicKey }

    /// The first four bytes of the SHA-256 of name, line end, kind and key.
    package var id: [UInt8] { Array(Digest.of(Array(name.utf8) + [0x0A] + material, .sha256).bytes.prefix(4)) }

    /// The identity in hexadecimal.
    package var idText: String { id.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    /// `NAME+ID+KEY`.
    package var description: String { "\(name)+\(idText)+\(Data(material).base64EncodedString())" }

    /// What a key says of a note.
    package enum Word: Hashable, Sendable {
        /// It did not sign it.
        case silent
        /// A signature bears its name, and is not its.
        case forged
        /// It signed it.
        case signed
        /// It signed it at a time, in seconds since 1970.
        case cosigned(at: Int)
    }

    /// What the key says of a note: the first signature with its name and identity counts.
    package func word(on note: SignedNote) -> Word {
        guard let signature = note.signatures.first(where: { $0.name.utf8.elementsEqual(name.utf8) && $0.keyID == id })
        else {
            return .silent
        }
        switch kind {
        case .signature:
            let isSigned = Ed25519Key.isSigned(Array(note.text.utf8), by: publicKey, signature: signature.bytes)
            return isSigned ? .signed : .forged
        case .cosignature:
            let time = signature.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard signature.bytes.count == 72, let seconds = Int(exactly: time) else { return .forged }
            let message = Self.message(note.text, at: seconds)
            let isSigned = Ed25519Key.isSigned(message, by: publicKey, signature: Array(signature.bytes.dropFirst(8)))
            return isSigned ? .cosigned(at: seconds) : .forged
        }
    }

    /// What a cosignature is over.
    static func message(_ text: String, at seconds: Int) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n\(text)".utf8)
    }
}

/// A private key that signs notes, in the form that others' tools have for it: `PRIVATE+KEY+NAME+ID+KEY`.
package struct NoteSigner: Sendable {
    /// Its public key.
    package let key: NoteKey
    private let secret: Ed25519Key

    /// A new key; nil for a name that no key may have.
    package init?(new name: String, kind: NoteKey.Kind) {
        self.init(name: name, kind: kind, secret: .random())
    }

    private init?(name: String, kind: NoteKey.Kind, secret: Ed25519Key) {
        guard let key = NoteKey(name: name, kind: kind, publicKey: secret.publicKey) else { return nil }
        self.key = key
        self.secret = secret
    }

    private static let heading = "PRIVATE+KEY+"

    /// Reads a private key; nil where the text is none.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.heading) else { return nil }
        let parts = text.dropFirst(Self.heading.count).split(separator: "+", maxSplits: 2).map(String.init)
        guard parts.count == 3, let data = Data(base64Encoded: parts[2]),
            let kind = NoteKey.Kind(rawValue: data.first ?? 0),
            let secret = Ed25519Key(seed: Array(data.dropFirst()))
        else {
            return nil
        }
        self.init(name: parts[0], kind: kind, secret: secret)
        guard key.idText == parts[1] else { return nil }
    }

    /// The private key as text: whoever has it can sign.
    package var text: String {
        let material = Data([key.kind.rawValue] + secret.seed).base64EncodedString()
        return "\(Self.heading)\(key.name)+\(key.idText)+\(material)"
    }

    /// The signature over a text.
    ///
    /// - Parameters:
    ///   - text: the text of a note, with its last line end.
    ///   - time: when, in seconds since 1970: a cosignature holds it, any other does not.
    /// - Returns: the signature.
    package func sign(_ text: String, at time: Int) -> NoteSignature {
        let bytes: [UInt8]
        switch key.kind {
        case .signature: bytes = secret.sign(Array(text.utf8))
        case .cosignature:
            let stamp = UInt64(max(0, time))
            bytes =
                (0..<8).map { UInt8(truncatingIfNeeded: stamp >> UInt64(56 - 8 * $0)) }
                + secret.sign(NoteKey.message(text, at: max(0, time)))
        }
        return NoteSignature(name: key.name, keyID: key.id, bytes: bytes)
    }
}

extension Checkpoint {
    /// Reads a checkpoint as a note, whoever signed it; nil where it is none, down to a byte.
    package init?(note: String) {
        guard let read = SignedNote(note) else { return nil }
        self.init(read.text)
    }
}
