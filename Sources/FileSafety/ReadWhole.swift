package import SystemPackage

extension OpenFile {
    /// The whole content of a file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - limit: how many bytes the caller is ready to hold.
    /// - Returns: its bytes.
    /// - Throws: `FileSafetyError`, with code `tooLarge` above the limit.
    package static func content(of path: FilePath, limit: Int) throws(FileSafetyError) -> [UInt8] {
        try reading(path).content(limit: limit)
    }

    /// The content from the position to the end.
    package consuming func content(limit: Int) throws(FileSafetyError) -> [UInt8] {
        let size = try status().size
        guard size <= limit else {
            let reason = "it has \(size) bytes, more than the \(limit) that this kind of file may have"
            throw FileSafetyError(.tooLarge, operation: "read", path: path, reason: reason)
        }
        var bytes = [UInt8](repeating: 0, count: size + 1)
        var count = 0
        while true {
            if count == bytes.count {
                guard count <= limit else {
                    throw FileSafetyError(.tooLarge, operation: "read", path: path, reason: "it grows while it is read")
                }
                bytes.append(contentsOf: repeatElement(0, count: max(4096, count)))
            }
            let (part, failure) = readPart(into: &bytes, from: count)
            if let failure { throw failure }
            guard part > 0 else { break }
            count += part
        }
        guard count <= limit else {
            throw FileSafetyError(.tooLarge, operation: "read", path: path, reason: "it grows while it is read")
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    private borrowing func readPart(into bytes: inout [UInt8], from start: Int) -> (Int, FileSafetyError?) {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            do throws(FileSafetyError) {
                return (try unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...])), nil)
            } catch {
                return (0, error)
            }
        }
    }
}

extension OpenFile {
    /// The bytes from the position on, at most that many.
    package borrowing func beginning(_ count: Int) throws(FileSafetyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let (part, failure) = readPart(into: &bytes, from: filled)
            if let failure { throw failure }
            guard part > 0 else { break }
            filled += part
        }
        bytes.removeLast(count - filled)
        return bytes
    }
}
