import FileSafety
package import SystemPackage

/// Reads a file line by line without holding it.
package enum LineReader {
    /// Calls `body` with every line, without its line end.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - start: how many bytes to pass over first.
    ///   - limit: how long a line may be, in bytes.
    ///   - body: given the line and whether it has a line end; only the last can lack one.
    /// - Throws: `FileSafetyError`, code `tooLarge` for a longer line, and what `body` throws.
    package static func read(
        _ path: FilePath,
        from start: Int = 0,
        limit: Int,
        body: (_ line: [UInt8], _ isWhole: Bool) throws -> Void
    ) throws {
        let file = try OpenFile.reading(path)
        try file.seek(to: start)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { unsafe buffer.deallocate() }
        var pending: [UInt8] = []
        while true {
            let count = try unsafe file.read(into: buffer)
            guard count > 0 else { break }
            let piece = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
            var from = 0
            while let end = unsafe piece[from...].firstIndex(of: UInt8(ascii: "\n")) {
                unsafe pending.append(contentsOf: piece[from..<end])
                try body(pending, true)
                pending.removeAll(keepingCapacity: true)
                from = end + 1
            }
            unsafe pending.append(contentsOf: piece[from...])
            guard pending.count <= limit else {
                let reason = "a line is longer than \(limit) bytes"
                throw FileSafetyError(.tooLarge, operation: "read", path: path, reason: reason)
            }
        }
        if !pending.isEmpty { try body(pending, false) }
    }
}
