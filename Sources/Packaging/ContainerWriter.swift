import Containers
private import CLibArchive
import SystemPackage

/// A tar or zip in the making, through libarchive.
///
/// What would make other bytes of the same members is fixed here: owner and group are 0 and nameless, modes are constant,
/// times have whole seconds, the gzip header carries no time, compression levels are pinned, no block is padded. Must be
/// used inside `UTF8Locale.with`.
@safe
struct ContainerWriter: ~Copyable {
    private let raw: OpaquePointer
    private let entry: OpaquePointer
    private let sink: ContainerSink
    private let isZip: Bool
    private var times: [UInt32] = []
    private var current = ""

    private init(sink: ContainerSink, isZip: Bool) {
        guard let raw = unsafe archive_write_new(), let entry = unsafe archive_entry_new() else {
            preconditionFailure("out of memory for a container")
        }
        unsafe self.raw = raw
        unsafe self.entry = entry
        self.sink = sink
        self.isZip = isZip
    }

    deinit {
        unsafe archive_entry_free(entry)
        // Failed first: freeing alone would close a container that was given up, and write its end.
        _ = unsafe archive_write_fail(raw)
        _ = unsafe archive_write_free(raw)
    }

    /// The libraries with their versions.
    ///
    /// Asked for once in a process: libarchive 3.6.2 puts the text together in a buffer that all threads share, and two
    /// that ask together corrupt the heap.
    static let libraries = unsafe String(cString: archive_version_details())

    /// Begins a container.
    ///
    /// - Parameters:
    ///   - format: which.
    ///   - sink: what takes the bytes.
    ///   - exactNames: whether a tar says that its names are bytes (`hdrcharset=BINARY`), which keeps libarchive from
    ///     composing them when it reads; GNU tar then warns once a member of a keyword that it does not know.
    /// - Returns: the container, with nothing in it.
    /// - Throws: `PackagingError`, with code `container`.
    static func open(_ format: PackageFormat, sink: ContainerSink, exactNames: Bool) throws -> ContainerWriter {
        let writer = ContainerWriter(sink: sink, isZip: format == .zip)
        try writer.configure(format, exactNames: exactNames)
        // Every byte comes at once and none is added: where a member's header begins is then known, and the tar inside a
        // filter is the tar without it.
        try writer.check(unsafe archive_write_set_bytes_per_block(writer.raw, 0))
        try writer.check(unsafe archive_write_set_bytes_in_last_block(writer.raw, 1))
        // The writer owns the sink and outlives the library's use of it, so no count is taken.
        let client = unsafe Unmanaged.passUnretained(sink).toOpaque()
        let status = unsafe archive_write_open2(
            writer.raw,
            client,
            nil,
            { _, client, bytes, count in
                guard let client = unsafe client else { return -1 }
                let sink = unsafe Unmanaged<ContainerSink>.fromOpaque(client).takeUnretainedValue()
                return unsafe sink.accept(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
            },
            nil,
            nil
        )
        try writer.check(status)
        return writer
    }

    private borrowing func configure(_ format: PackageFormat, exactNames: Bool) throws {
        if isZip {
            try check(unsafe archive_write_set_format_zip(raw))
            try check(unsafe archive_write_set_format_option(raw, "zip", "compression", "store"))
            try check(unsafe archive_write_set_format_option(raw, "zip", "hdrcharset", "UTF-8"))
        } else {
            try check(unsafe archive_write_set_format_pax_restricted(raw))
            if exactNames { try check(unsafe archive_write_set_format_option(raw, "pax", "hdrcharset", "BINARY")) }
        }
        switch format {
        case .tar, .zip:
            try check(unsafe archive_write_add_filter_none(raw))
        case .tarGzip:
            try check(unsafe archive_write_add_filter_gzip(raw))
            try check(unsafe archive_write_set_filter_option(raw, "gzip", "compression-level", "6"))
            try check(unsafe archive_write_set_filter_option(raw, "gzip", "timestamp", nil))
        case .tarZstd:
            try check(unsafe archive_write_add_filter_zstd(raw))
            try check(unsafe archive_write_set_filter_option(raw, "zstd", "compression-level", "3"))
        }
    }

    /// Begins a file of that many bytes, last changed at that second since 1970.
    mutating func beginFile(_ path: String, size: Int, modified: Int) throws {
        try begin(path, kind: 0o100000, mode: 0o644, size: size, modified: modified)
    }

    /// Adds an empty folder.
    mutating func addFolder(_ path: String, modified: Int) throws {
        try begin(path, kind: 0o040000, mode: 0o755, size: 0, modified: modified)
        try endMember()
    }

    private mutating func begin(_ path: String, kind: UInt32, mode: UInt32, size: Int, modified: Int) throws {
        current = path
        unsafe archive_entry_clear(entry)
        unsafe archive_entry_copy_pathname(entry, path)
        unsafe archive_entry_set_filetype(entry, kind)
        unsafe archive_entry_set_perm(entry, mode)
        unsafe archive_entry_set_size(entry, Int64(size))
        unsafe archive_entry_set_mtime(entry, modified, 0)
        guard isZip else {
            try check(unsafe archive_write_header(raw, entry))
            return
        }
        let time = ZipTimes.packed(modified)
        times.append(time)
        var header = try sink.holding { try check(unsafe archive_write_header(raw, entry)) }
        guard ZipTimes.stamp(localHeader: &header, with: time) else { throw unknownLayout() }
        try sink.release(header)
    }

    /// Adds bytes to the file that was begun.
    borrowing func append(_ piece: UnsafeRawBufferPointer) throws {
        guard piece.count > 0 else { return }
        let taken = unsafe archive_write_data(raw, piece.baseAddress, piece.count)
        guard taken >= 0 else {
            try check(CInt(truncatingIfNeeded: taken))
            return
        }
        guard taken == piece.count else {
            throw failure("the library took \(taken) of \(piece.count) bytes")
        }
    }

    /// Ends the file that was begun.
    borrowing func endMember() throws { try check(unsafe archive_write_finish_entry(raw)) }

    /// Ends the container; the sink then holds all of it.
    consuming func close() throws {
        current = ""
        guard isZip else {
            try check(unsafe archive_write_close(raw))
            return
        }
        var directory = try sink.holding { try check(unsafe archive_write_close(raw)) }
        guard ZipTimes.stamp(directory: &directory, with: times) else { throw unknownLayout() }
        try sink.release(directory)
    }

    /// Lets nothing pass but success: a container with a warning is not the one that was asked for.
    private borrowing func check(_ status: CInt) throws {
        switch status {
        case ARCHIVE_OK: return
        case ARCHIVE_WARN: throw failure("the library warns")
        case ARCHIVE_RETRY: throw failure("the library gave up for now")
        case ARCHIVE_FAILED: throw failure("the library cannot write this")
        case ARCHIVE_FATAL: throw failure("the library failed")
        case ARCHIVE_EOF: throw failure("the library came to an end too early")
        default: throw failure("the library answered \(status)")
        }
    }

    /// What went wrong in the sink where something did; else what the library says.
    private borrowing func failure(_ what: String) -> any Error {
        if let failure = sink.failure { return failure }
        let words = unsafe archive_error_string(raw).map { unsafe String(cString: $0) }
        return PackagingError(
            .container,
            subject: current,
            message: what + (words.map { ": \($0)" } ?? ""),
            remedy: nil
        )
    }

    private borrowing func unknownLayout() -> PackagingError {
        PackagingError(
            .container,
            subject: current,
            message: "the zip headers are not laid out as expected of \(Self.libraries)",
            remedy: "pack into a tar instead, and report this with the versions named"
        )
    }
}
