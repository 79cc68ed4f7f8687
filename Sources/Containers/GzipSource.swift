private import CZlib

/// What is inside a gzip, its check sum and length verified (RFC 1952).
///
/// zlib and not libarchive: libarchive 3.6.2 reads a gzip whose bytes were overwritten to its end without a complaint.
/// Several gzip members one behind the other are one stream, as the standard says; anything else behind the end is a fault.
@safe
final class GzipSource: ByteSource {
    private static let piece = 1 << 18

    private let upstream: any ByteSource
    private let stream: UnsafeMutablePointer<z_stream>
    private let buffer: UnsafeMutableRawBufferPointer
    private var input = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    private var isInside = false
    private var isFirst = true
    private var fault: ContainerFault?

    init(_ upstream: any ByteSource) {
        self.upstream = upstream
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        unsafe buffer = .allocate(byteCount: Self.piece, alignment: 4096)
        // 15 bits of window and 16 for "gzip only" (zlib.h, inflateInit2).
        let status = unsafe inflateInit2_(stream, 31, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "no memory for zlib")
    }

    deinit {
        _ = unsafe inflateEnd(stream)
        unsafe stream.deallocate()
        unsafe buffer.deallocate()
    }

    var consumed: Int { upstream.consumed }

    func next() throws -> UnsafeRawBufferPointer {
        if let fault { throw fault }
        while true {
            if unsafe input.isEmpty {
                unsafe input = try upstream.next()
                if unsafe input.isEmpty {
                    guard !isInside, !isFirst else {
                        throw ContainerFault(.containerTruncated, found: "the gzip stream breaks off")
                    }
                    return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
                }
            }
            if !isInside { try begin() }
            let count = inflateMore()
            // What came out before the fault is handed on first: its members are told by their names.
            if count > 0 { return unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count]) }
            if let fault { throw fault }
        }
    }

    /// Begins the next member of the gzip.
    private func begin() throws {
        if !isFirst {
            guard unsafe input[0] == 0x1F else {
                throw ContainerFault(.containerTrailing, found: "bytes behind the end of the gzip stream")
            }
            _ = unsafe inflateReset(stream)
        }
        isFirst = false
        isInside = true
    }

    /// Inflates what is there into the buffer; returns how many bytes came out.
    private func inflateMore() -> Int {
        let start = unsafe input.baseAddress
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: start?.assumingMemoryBound(to: UInt8.self)
        )
        unsafe stream.pointee.avail_in = UInt32(input.count)
        unsafe stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = UInt32(buffer.count)
        let status = unsafe inflate(stream, Z_NO_FLUSH)
        let taken = unsafe input.count - Int(stream.pointee.avail_in)
        unsafe input = UnsafeRawBufferPointer(rebasing: input[taken...])
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isInside = false
        case Z_MEM_ERROR: fault = ContainerFault(.containerDamaged, found: "no memory to inflate the gzip stream")
        default:
            let words = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "zlib answers \(status)"
            let rule: ContainerRule = words.hasPrefix("incorrect ") ? .containerChecksum : .containerDamaged
            fault = ContainerFault(rule, found: "gzip: \(words)")
        }
        return unsafe buffer.count - Int(stream.pointee.avail_out)
    }
}
