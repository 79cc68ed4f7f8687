import Fixity

/// The layout `0003-hash-and-id-n-tuple-storage-layout` with its registered defaults.
///
/// The SHA-256 of the id, cut into three folders of three digits, then the percent-encoded id:
/// <https://ocfl.github.io/extensions/0003-hash-and-id-n-tuple-storage-layout.html>.
package struct HashAndIDLayout: Hashable, Sendable {
    /// The registered name.
    package static let name = "0003-hash-and-id-n-tuple-storage-layout"
    /// What `ocfl_layout.json` says of it.
    package static let summary = "Hashed truncated n-tuple trees with encoded object ids encapsulating objects"

    /// Digits a folder.
    package let tupleSize = 3
    /// Folders above the object.
    package let numberOfTuples = 3

    /// The layout with its registered defaults.
    package init() {}

    /// The folders from the storage root to an object's root, joined by `/`.
    package func path(of id: String) -> String {
        let digest = Digest.of(id.utf8, .sha256).hex
        var parts: [Substring] = []
        var rest = Substring(digest)
        for _ in 0..<numberOfTuples {
            parts.append(rest.prefix(tupleSize))
            rest = rest.dropFirst(tupleSize)
        }
        let encoded = Self.encoded(id)
        // Over 100 characters, the encoded id is cut and the whole digest takes the place of the rest.
        let folder = encoded.utf8.count <= 100 ? encoded : encoded.prefix(100) + "-" + digest
        return parts.joined(separator: "/") + "/" + folder
    }

    /// Percent-encoding in lower case of every byte but `A-Z a-z 0-9 - _`.
    static func encoded(_ id: String) -> String {
        let hexDigits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        for byte in id.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
