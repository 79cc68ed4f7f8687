private import CLibArchive

/// What libarchive reads from: called back for each piece.
protocol LibraryClient: AnyObject {
    /// The next piece, valid until the next call; empty at the end, nil after a failure that the client keeps.
    func read() -> UnsafeRawBufferPointer?
    /// Goes to a place in the file and says which; nil where it cannot.
    func seek(to offset: Int) -> Int?
    /// Length of what is read, for places told from the end.
    var size: Int { get }
    /// Where the next piece begins.
    var position: Int { get }
}

/// An entry as libarchive sees it.
struct LibraryEntry {
    /// The name in the library's own form: composed (NFC) where the container says that it is Unicode.
    let name: [UInt8]?
    let kind: ContainerMember.Kind
    /// Length in bytes, where the container says it before the content.
    let size: Int?
    let isEncrypted: Bool
    let isSetID: Bool
    /// What the library warns of, if it does.
    let warning: String?
}

/// One read by libarchive: exactly one format and at most one filter are switched on, never all of them.
///
/// Every status that the library returns is looked at. Must be used inside `UTF8Locale.with`.
@safe
struct LibraryReader: ~Copyable {
    /// What the library is to read.
    enum Kind {
        /// A tar archive, bare.
        case tar
        /// A zip archive.
        case zip
        /// A 7-Zip archive.
        case sevenZip
        /// One stream that Zstandard compressed, with whatever is in it.
        case zstdStream
        /// One stream that xz compressed, with whatever is in it.
        case xzStream
    }

    private let raw: OpaquePointer
    // C holds on to it, and takes no count.
    private let box: LibraryClientBox

    private init(adopting raw: OpaquePointer, box: LibraryClientBox) {
        unsafe self.raw = raw
        self.box = box
    }

    deinit { _ = unsafe archive_read_free(raw) }

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - kind: the one format that is switched on.
    ///   - client: what the library reads from.
    /// - Returns: the reader, before the first entry.
    /// - Throws: `ContainerFault` where the library does not find what it was told.
    static func open(_ kind: Kind, _ client: any LibraryClient) throws -> LibraryReader {
        guard let raw = unsafe archive_read_new() else { preconditionFailure("out of memory for a container") }
        let box = LibraryClientBox(client)
        let reader = unsafe LibraryReader(adopting: raw, box: box)
        try reader.require(unsafe archive_read_support_filter_none(raw))
        switch kind {
        case .tar: try reader.require(unsafe archive_read_support_format_tar(raw))
        case .zip: try reader.require(unsafe archive_read_support_format_zip_seekable(raw))
        case .sevenZip: try reader.require(unsafe archive_read_support_format_7zip(raw))
        case .zstdStream:
            try reader.require(unsafe archive_read_support_filter_zstd(raw))
            try reader.require(unsafe archive_read_support_format_raw(raw))
        case .xzStream:
            try reader.require(unsafe archive_read_support_filter_xz(raw))
            try reader.require(unsafe archive_read_support_format_raw(raw))
        }
        let data = unsafe Unmanaged.passUnretained(box).toOpaque()
        try reader.require(unsafe archive_read_set_callback_data(raw, data))
        try reader.require(
            unsafe archive_read_set_read_callback(raw) { _, data, place in
                guard let box = unsafe LibraryClientBox.from(data), let piece = unsafe box.client.read() else {
                    return -1
                }
                unsafe place?.pointee = piece.baseAddress
                return piece.count
            }
        )
        if kind == .zip || kind == .sevenZip {
            try reader.require(
                unsafe archive_read_set_seek_callback(raw) { _, data, offset, whence in
                    guard let box = unsafe LibraryClientBox.from(data) else { return -1 }
                    return box.place(offset, whence).map { Int64($0) } ?? -1
                }
            )
        }
        try reader.require(unsafe archive_read_open1(raw))
        return reader
    }

    /// How many filters the library found, the one that does nothing not counted.
    borrowing func filterCount() -> Int { Int(unsafe archive_filter_count(raw)) - 1 }

    /// The next entry; nil at the end.
    borrowing func nextEntry() throws -> LibraryEntry? {
        var entry: OpaquePointer?
        let status = unsafe archive_read_next_header(raw, &entry)
        switch status {
        case ARCHIVE_EOF: return nil
        case ARCHIVE_OK, ARCHIVE_WARN: break
        case ARCHIVE_RETRY, ARCHIVE_FAILED, ARCHIVE_FATAL: throw fault(status)
        default: throw fault(status)
        }
        guard let entry = unsafe entry else {
            throw ContainerFault(.containerDamaged, found: "an entry without a head")
        }
        let name = unsafe archive_entry_pathname(entry).map { unsafe Self.bytes($0) }
        let size = unsafe archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil
        return LibraryEntry(
            name: name,
            kind: unsafe Self.kind(of: entry),
            size: size,
            isEncrypted: unsafe archive_entry_is_encrypted(entry) != 0,
            isSetID: unsafe archive_entry_perm(entry) & 0o6000 != 0,
            warning: status == ARCHIVE_WARN ? words() : nil
        )
    }

    /// The next piece of the entry's content, and where in it the piece stands; nil at its end.
    ///
    /// - Throws: `LibraryDamage` where the content is damaged and reading can go on with the next entry; `ContainerFault`
    ///   where it cannot.
    borrowing func nextBlock() throws -> (piece: UnsafeRawBufferPointer, offset: Int)? {
        var start: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        let status = unsafe archive_read_data_block(raw, &start, &count, &offset)
        switch status {
        case ARCHIVE_OK: return unsafe (UnsafeRawBufferPointer(start: start, count: count), Int(offset))
        case ARCHIVE_EOF: return nil
        // The library warns of a wrong check sum, which is no mere warning here, and of ways of packing that it lacks.
        case ARCHIVE_WARN, ARCHIVE_FAILED: throw LibraryDamage(words: words())
        case ARCHIVE_RETRY, ARCHIVE_FATAL: throw fault(status)
        default: throw fault(status)
        }
    }

    private borrowing func require(_ status: CInt) throws {
        switch status {
        case ARCHIVE_OK: return
        // The library has no built-in form of a filter and would run a program: that is not wanted.
        case ARCHIVE_WARN: throw ContainerFault(.containerFormat, found: "this libarchive cannot read it: \(words())")
        case ARCHIVE_EOF, ARCHIVE_RETRY, ARCHIVE_FAILED, ARCHIVE_FATAL: throw fault(status)
        default: throw fault(status)
        }
    }

    private borrowing func words() -> String {
        unsafe archive_error_string(raw).map { unsafe String(cString: $0) } ?? "the library says nothing"
    }

    private borrowing func fault(_ status: CInt) -> ContainerFault {
        let words = words()
        if words.hasPrefix("Unrecognized") {
            return ContainerFault(
                .containerFormat,
                found: "what is inside is no archive of the kind that its first bytes tell"
            )
        }
        let isCut = words.hasPrefix("Truncated") || words.hasPrefix("truncated")
        return ContainerFault(isCut ? .containerTruncated : .containerDamaged, found: words)
    }

    private static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
        var bytes: [UInt8] = []
        var index = 0
        while unsafe text[index] != 0 {
            bytes.append(UInt8(bitPattern: unsafe text[index]))
            index += 1
        }
        return bytes
    }

    private static func kind(of entry: OpaquePointer) -> ContainerMember.Kind {
        if unsafe archive_entry_hardlink(entry) != nil { return .hardLink }
        // The bits of `st_mode` (sys/stat.h); zero where the container says nothing.
        switch unsafe archive_entry_filetype(entry) {
        case 0o100000: return .file
        case 0o040000: return .folder
        case 0o120000: return .symbolicLink
        default: return .special
        }
    }
}

/// Content of an entry that the library could not read whole.
struct LibraryDamage: Error {
    let words: String
}

/// What C holds on to instead of a Swift protocol value.
final class LibraryClientBox {
    let client: any LibraryClient

    init(_ client: any LibraryClient) { self.client = client }

    static func from(_ pointer: UnsafeMutableRawPointer?) -> LibraryClientBox? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe Unmanaged<LibraryClientBox>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Where `lseek(2)` would lead; nil where that is outside.
    func place(_ offset: Int64, _ whence: CInt) -> Int? {
        let base: Int
        switch whence {
        case 0: base = 0
        case 1: base = client.position
        default: base = client.size
        }
        let (place, overflow) = base.addingReportingOverflow(Int(offset))
        guard !overflow, place >= 0, place <= client.size else { return nil }
        return client.seek(to: place)
    }
}
