import Acts
import ArchiveHome
import BoundedProcess
import FileSafety
import Fixity
import Foundation
import RecordsModel
import Reporting
package import SystemPackage

/// What is asked of OpenSSH: to sign with a person's key, and to verify.
///
/// Signing is left to `ssh-keygen`, so that agents, hardware tokens and passphrases work as people know them.
package enum SecureShell {
    /// The largest file with a public key, in bytes.
    private static let limit = 1 << 16

    /// Reads a public key.
    ///
    /// - Parameter file: a file as `ssh-keygen` writes it: type, base64 and a comment on one line.
    /// - Returns: type and base64; the fingerprint.
    /// - Throws: `OperationError`, code `usage`, for anything else; `FileSafetyError`.
    package static func publicKey(in file: FilePath) throws -> (key: String, fingerprint: String) {
        let text = String(decoding: try OpenFile.content(of: file, limit: limit), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        let words = (lines.first ?? "").split(separator: " ").map(String.init)
        guard lines.count == 1, words.count >= 2, let blob = Data(base64Encoded: words[1]), blob.count > 32,
            names(blob, words[0])
        else {
            throw OperationError(
                .usage,
                message: "'\(file.shown.displayed)' is no public key of OpenSSH",
                remedy:
                    "give the file that ends with '.pub', such as ~/.ssh/id_ed25519.pub; 'ssh-keygen -t ed25519' makes one"
            )
        }
        return ("\(words[0]) \(words[1])", fingerprint(of: blob))
    }

    /// The fingerprint of a key: `SHA256:` and base64 without padding.
    static func fingerprint(of blob: Data) -> String {
        let digest = Data(Digest.of(Array(blob), .sha256).bytes).base64EncodedString()
        return "SHA256:" + digest.replacing("=", with: "")
    }

    /// The fingerprint of a key as the ledger holds it; nil where it is none.
    static func fingerprint(of key: String) -> String? {
        key.split(separator: " ").last.flatMap { Data(base64Encoded: String($0)) }.map { fingerprint(of: $0) }
    }

    /// Whether a blob begins with the name of its type.
    private static func names(_ blob: Data, _ type: String) -> Bool {
        let name = Array(type.utf8)
        let length = blob.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        return length == name.count && blob.dropFirst(4).prefix(length).elementsEqual(name)
    }

    /// Signs with a key of a person; asks for a passphrase or a touch where the key wants it.
    ///
    /// - Parameters:
    ///   - content: what is signed.
    ///   - checkpoint: the ledger's checkpoint, which is a part of it.
    ///   - keys: the person's keys that sign.
    ///   - file: the private key, or the public one of a key that an agent holds; nil for the agent alone.
    /// - Returns: the signature.
    /// - Throws: `OperationError`, code `usage`, with what OpenSSH said, or where the key is none of the person's.
    static func signature(
        of content: [UInt8],
        at checkpoint: String,
        by keys: [KeyBook.Key],
        file: FilePath?
    ) throws -> ActSignature {
        var failure: OperationError?
        for key in file == nil ? keys : Array(keys.prefix(1)) {
            do throws(OperationError) {
                let value = try sign(content, key: key.key, file: file)
                let made = signer(of: value)
                if let own = keys.first(where: { $0.fingerprint == made }) {
                    return ActSignature(checkpoint: checkpoint, key: own.fingerprint, value: value)
                }
                failure = refused("it was signed with \(made ?? "another key"), which is none of the person's keys")
            } catch {
                failure = error
            }
        }
        throw failure ?? refused("the person has no key")
    }

    /// The fingerprint of the key that a signature names (PROTOCOL.sshsig: magic, version, key); nil where it is none.
    private static func signer(of value: String) -> String? {
        guard let bytes = Data(base64Encoded: value).map({ Array($0) }), bytes.starts(with: Array("SSHSIG".utf8)),
            bytes.count > 14
        else {
            return nil
        }
        let length = bytes[10..<14].reduce(0) { $0 << 8 | Int($1) }
        guard length <= bytes.count - 14 else { return nil }
        return fingerprint(of: Data(bytes[14..<14 + length]))
    }

    private static func refused(_ why: String) -> OperationError {
        OperationError(
            .usage,
            message: "the act could not be signed: \(why.displayed)",
            remedy: "name the private key with --sign-with FILE or BERKAS_KEY, or load it with 'ssh-add FILE'"
        )
    }

    /// The signature over some bytes, base64 without line ends.
    private static func sign(_ content: [UInt8], key: String, file: FilePath?) throws(OperationError) -> String {
        do {
            return try unguardedSignature(of: content, key: key, file: file)
        } catch let error as OperationError {
            throw error
        } catch {
            throw refused(ErrorWords.of(error))
        }
    }

    private static func unguardedSignature(of content: [UInt8], key: String, file: FilePath?) throws -> String {
        let program = try ProgramFinder.require("ssh-keygen", debianPackage: "openssh-client")
        let folder = try TemporaryFolder.make()
        let named = try folder.write("key.pub", "\(key)\n".utf8)
        let words = ["-Y", "sign", "-n", ActSignature.namespace, "-f", (file ?? named).string]
        let outcome = try PersonalProgram(program, words).run(content, in: folder.path)
        let lines = outcome.output.split(separator: "\n").map(String.init)
        guard outcome.status == 0, lines.first == header, lines.last == footer else {
            throw refused(outcome.errors.split(separator: "\n").last.map(String.init) ?? "no signature came")
        }
        return lines.dropFirst().dropLast().joined()
    }

    /// Whether a signature is that of a key over some bytes.
    ///
    /// - Parameters:
    ///   - signature: base64 without line ends.
    ///   - content: what is said to be signed.
    ///   - key: the public key, as the ledger holds it.
    /// - Returns: whether it is.
    /// - Throws: `BoundedProcessError` where OpenSSH is not there.
    static func isValid(_ signature: String, of content: [UInt8], by key: String) throws -> Bool {
        guard signature.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !signature.hasPrefix("-") else { return false }
        let program = try ProgramFinder.require("ssh-keygen", debianPackage: "openssh-client")
        let folder = try TemporaryFolder.make()
        let lines = "person namespaces=\"\(ActSignature.namespace)\" \(key)\n"
        let allowed = try folder.write("allowed", lines.utf8)
        let file = try folder.write("signature", "\(header)\n\(signature)\n\(footer)\n".utf8)
        let words = [
            "-Y", "verify", "-n", ActSignature.namespace, "-I", "person", "-f", allowed.string, "-s", file.string,
        ]
        return try PersonalProgram(program, words).run(content, in: folder.path).status == 0
    }

    private static let header = "-----BEGIN SSH SIGNATURE-----"
    private static let footer = "-----END SSH SIGNATURE-----"
}
