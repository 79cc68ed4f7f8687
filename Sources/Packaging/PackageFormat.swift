/// The containers that a package can be written in.
///
/// The three tar formats hold the same tar, byte for byte; the filter around it is all that differs. In a zip every
/// member is stored and none deflated: what packages are made of is scans, photographs and office files, which are
/// compressed already, so that deflating them costs many times the time of storing them and saves next to nothing.
/// Where text rules, `tarZstd` makes the small package.
package enum PackageFormat: String, Sendable, CaseIterable {
    /// An uncompressed tar: pax headers where a name, size or time needs one, else plain ustar.
    case tar
    /// The tar, compressed by gzip (RFC 1952).
    case tarGzip = "tar.gz"
    /// The tar, compressed by Zstandard (RFC 8878).
    case tarZstd = "tar.zst"
    /// A zip whose members are stored, with zip64 records where a number needs them.
    case zip

    /// The format that the end of a file name says, letter case aside; nil for any other ending.
    package init?(fileName: String) {
        let name = fileName.utf8.map(Self.lowered).reversed()
        let match = Self.allCases.first { name.starts(with: ".\($0.rawValue)".utf8.reversed()) }
        guard let match else { return nil }
        self = match
    }

    /// The media type of the container.
    ///
    /// As registered with IANA (<https://www.iana.org/assignments/media-types>), but for tar, which nobody registered.
    package var mediaType: String {
        switch self {
        case .tar: "application/x-tar"
        case .tarGzip: "application/gzip"
        case .tarZstd: "application/zstd"
        case .zip: "application/zip"
        }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
