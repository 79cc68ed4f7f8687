private import Glibc

/// Tells, from bytes as they pass by, whether a file is a PDF that can hold an electronic signature at all.
///
/// A signature leaves out a hole of the file and says where: its `ByteRange` and the hole stand in plain bytes, whatever
/// else is packed into streams (ISO 32000-2, 12.8.1). Names stay plain where a file is encrypted (7.6.2). So a file in
/// which none of the names below stands holds no signature that any viewer could show as valid. It holds no field that
/// waits for one either, and opens without a password.
///
/// Whatever cannot be ruled out is to be looked at:
///
/// - a name that only begins so;
/// - a name with `#` in it, which stands for one byte with the two behind it (7.3.5): for any byte, since viewers do not
///   agree on what is no hexadecimal digit;
/// - a file with object streams (7.5.7), in which a signature's dictionary, though not a right one, could be packed: each
///   has `First` in its dictionary, and cannot itself be packed;
/// - a file that is encrypted: it may open with a password only.
package struct SignatureScreen: Sendable {
    /// Which rules these are, for reports that rest on them.
    static let version = "1"

    /// Names whose presence means that the file has to be looked at.
    private static let names: [StaticString] = ["ByteRange", "Sig", "DocTimeStamp", "ObjStm", "Encrypt"]
    /// The same for a name that many others begin with: only where it ends there.
    private static let whole: StaticString = "First"
    /// The longest of the names, every byte of it written as `#xx`, with the slash and the byte behind it.
    private static let longest = 1 + 3 * 12 + 1
    /// Where a PDF says that it is one, and in how many bytes readers look for that.
    private static let mark = Array("%PDF-".utf8)
    private static let markLimit = 1024 + 5

    /// The first bytes, until it is known whether they are a PDF's.
    private var head: [UInt8] = []
    /// What of the bytes before may still be the beginning of a name.
    private var rest: [UInt8] = []
    /// Whether a name was seen.
    private var hasName = false
    /// Whether the file says that it is a PDF.
    package private(set) var isPDF = false

    /// Whether so much passed by without saying that it is a PDF that it is none.
    package var isNoPDF: Bool { !isPDF && head.count >= Self.markLimit }

    /// Nothing has passed by yet.
    package init() {}

    /// Whether the bytes so far can belong to a PDF with a signature, or with a field for one.
    package var canHoldSignature: Bool { isPDF && hasName }

    /// Looks at the next bytes of the file.
    package mutating func pass(_ piece: UnsafeRawBufferPointer) {
        guard piece.count > 0 else { return }
        if !isPDF, head.count < Self.markLimit {
            unsafe head.append(contentsOf: piece.prefix(Self.markLimit - head.count))
            isPDF = head.indices.contains { head[$0...].starts(with: Self.mark) }
        }
        guard !hasName else { return }
        // What was left over, and as much behind it as a name can take; then the piece by itself. A name that the end
        // cuts off is looked at again with what comes next.
        if !rest.isEmpty {
            let seam = unsafe rest + Array(piece.prefix(Self.longest))
            hasName = unsafe seam.withUnsafeBytes { unsafe Self.hasName($0) }
        }
        if !hasName { hasName = unsafe Self.hasName(piece) }
        if piece.count >= Self.longest {
            rest = unsafe Array(piece.suffix(Self.longest))
        } else {
            rest = unsafe Array((rest + Array(piece)).suffix(Self.longest))
        }
    }

    /// Whether one of the names stands in these bytes.
    private static func hasName(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var place = 0
        // The C library leaps from slash to slash.
        while place < bytes.count, let found = unsafe memchr(base + place, 0x2F, bytes.count - place) {
            place = unsafe UnsafeRawPointer(found) - base + 1
            guard place < bytes.count else { return false }
            switch unsafe bytes[place] {
            // `#`, and the first letters of the names.
            case 0x23, 0x42, 0x44, 0x45, 0x46, 0x4F, 0x53: if unsafe begins(in: bytes, at: place) { return true }
            default: break
            }
        }
        return false
    }

    private static func begins(in bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
        for name in names where unsafe end(of: name, in: bytes, at: place) != nil { return true }
        guard let end = unsafe end(of: whole, in: bytes, at: place) else { return false }
        // A letter or a digit makes it another name. At the end of the bytes nobody knows yet.
        guard end < bytes.count else { return true }
        return switch unsafe bytes[end] {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: false
        default: true
        }
    }

    /// Behind a name that stands at a place, its bytes written either way; nil where it does not stand there whole.
    private static func end(of name: StaticString, in bytes: UnsafeRawBufferPointer, at start: Int) -> Int? {
        var place = start
        for index in 0..<name.utf8CodeUnitCount {
            guard place < bytes.count else { return nil }
            if unsafe bytes[place] == name.utf8Start[index] {
                place += 1
            } else if unsafe bytes[place] == 0x23, place + 2 < bytes.count {
                place += 3
            } else {
                return nil
            }
        }
        return place
    }
}
