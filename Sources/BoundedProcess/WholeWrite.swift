import Glibc

/// Writes all bytes to a descriptor, however few go at a time.
package enum WholeWrite {
    /// - Parameters:
    ///   - bytes: what is written.
    ///   - descriptor: where to, at its position.
    /// - Returns: whether all of it was written; else `errno` says why not.
    package static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
            }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
