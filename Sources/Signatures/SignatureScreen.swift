private import Glibc

/// Tells, from bytes as they pass by, whether a PDF can hold an electronic signature at all.
///
/// A signature leaves out a hole of the file and says where: its `ByteRange` and the hole stand in plain bytes, whatever
/// else is packed into streams (ISO 32000-2, 12.8.1). So a file in which none of the names below stands holds none that
/// any viewer could show as valid. A name may have any of its bytes written as `#` and two hexadecimal digits (7.3.5).
/// Whatever cannot be ruled out is to be looked at: a name that only begins so counts too.
package struct SignatureScreen: Sendable {
    /// Names whose presence means that the file has to be looked at.
    private static let names = ["ByteRange", "Sig", "DocTimeStamp"].map { Array($0.utf8) }
    /// A slash and the longest of the names, every byte of it written as `#xx`.
    private static let longest = 1 + 3 * 12

    /// What of the bytes before may still be the beginning of a name.
    private var rest: [UInt8] = []
    /// Whether the bytes so far can belong to a file with a signature.
    package private(set) var canHoldSignature = false

    /// Nothing has passed by yet.
    package init() {}

    /// Looks at the next bytes of the file.
    package mutating func pass(_ piece: UnsafeRawBufferPointer) {
        guard !canHoldSignature, piece.count > 0 else { return }
        if !rest.isEmpty {
            // The seam: what was left over, and as much behind it as a name can take.
            let seam = unsafe rest + Array(piece.prefix(Self.longest))
            canHoldSignature = unsafe seam.withUnsafeBytes { unsafe Self.hasName($0) }
        }
        if !canHoldSignature { canHoldSignature = unsafe Self.hasName(piece) }
        if piece.count >= Self.longest {
            rest = unsafe Array(piece.suffix(Self.longest))
        } else {
            rest = unsafe Array((rest + Array(piece)).suffix(Self.longest))
        }
    }

    /// Whether one of the names stands whole in these bytes.
    private static func hasName(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var place = 0
        // The C library leaps from slash to slash.
        while place < bytes.count, let found = unsafe memchr(base + place, 0x2F, bytes.count - place) {
            place = unsafe UnsafeRawPointer(found) - base + 1
            for name in names where unsafe stands(name, in: bytes, at: place) { return true }
        }
        return false
    }

    /// Whether a name stands at a place, its bytes written either way.
    private static func stands(_ name: [UInt8], in bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
        var place = start
        for wanted in name {
            guard place < bytes.count else { return false }
            if unsafe bytes[place] == wanted {
                place += 1
                continue
            }
            guard unsafe bytes[place] == UInt8(ascii: "#"), place + 2 < bytes.count,
                let high = unsafe digit(bytes[place + 1]), let low = unsafe digit(bytes[place + 2]),
                high << 4 | low == wanted
            else {
                return false
            }
            place += 3
        }
        return true
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
