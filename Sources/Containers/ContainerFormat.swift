/// The containers that are read, told by their first bytes and never by their names.
package enum ContainerFormat: String, Hashable, Sendable, CaseIterable {
    /// A tar as it is.
    case tar
    /// A tar in gzip (RFC 1952).
    case tarGzip = "tar.gz"
    /// A tar in Zstandard (RFC 8878).
    case tarZstd = "tar.zst"
    /// A tar in xz (<https://tukaani.org/xz/xz-file-format.txt>).
    case tarXz = "tar.xz"
    /// A zip (APPNOTE.TXT 6.3.10).
    case zip
    /// A 7-Zip archive.
    case sevenZip = "7z"

    /// Tells the format by the first bytes; nil where it is none of these.
    ///
    /// - Parameter head: the first 512 bytes, or all where there are fewer.
    package init?(head: [UInt8]) {
        func begins(_ magic: [UInt8]) -> Bool { head.starts(with: magic) }
        if begins([0x1F, 0x8B]) {
            self = .tarGzip
        } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
            self = .tarZstd
        } else if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
            self = .tarXz
        } else if begins([0x50, 0x4B, 0x03, 0x04]) || begins([0x50, 0x4B, 0x05, 0x06]) {
            self = .zip
        } else if begins([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
            self = .sevenZip
        } else if head.count == 512, TarHeader.isHeader(head) || head.allSatisfy({ $0 == 0 }) {
            self = .tar
        } else {
            return nil
        }
    }

    /// The media types by which BagIt Profiles call the container; the first is the one that we print.
    ///
    /// IANA has registered zip, gzip and zstd; for the others the names in use are taken.
    package var mediaTypes: [String] {
        switch self {
        case .tar: ["application/tar", "application/x-tar", "application/x-gtar", "application/x-ustar"]
        case .tarGzip:
            [
                "application/gzip", "application/x-gzip", "application/x-gtar", "application/x-compressed-tar",
                "application/tar+gzip", "application/x-tar+gzip", "application/x-tgz", "application/x-gtar-compressed",
            ]
        case .tarZstd: ["application/zstd", "application/x-zstd", "application/x-zstd-compressed-tar"]
        case .tarXz: ["application/x-xz", "application/xz", "application/x-xz-compressed-tar"]
        case .zip: ["application/zip", "application/x-zip", "application/x-zip-compressed"]
        case .sevenZip: ["application/x-7z-compressed"]
        }
    }

    /// How the names of such files end, the usual way first.
    package var endings: [String] {
        switch self {
        case .tar: [".tar"]
        case .tarGzip: [".tar.gz", ".tgz"]
        case .tarZstd: [".tar.zst", ".tzst"]
        case .tarXz: [".tar.xz", ".txz"]
        case .zip: [".zip"]
        case .sevenZip: [".7z"]
        }
    }

    /// Whether names come out as the bytes that the container holds.
    ///
    /// A 7-Zip archive holds UTF-16, and libarchive 3.6.2 composes it (NFC): two names that differ by form only are one.
    package var hasExactNames: Bool { self != .sevenZip }
}
