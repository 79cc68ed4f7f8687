private import CSandbox
import Glibc

/// What runs in a program that `FileHelper` starts.
///
/// The helper has one thread (its filter refuses others), so that a fork is a whole copy of it. It reads no file, and is
/// told nothing by the processes that do: these write into pipes of the reader's, and hold no descriptor of the helper's.
package enum HelperSide {
    /// What the reader gave to all files in common; nil where nothing came, or this program was not started by
    /// `FileHelper`.
    package static func order() -> Order? {
        var words = berkas_order()
        var files = [CInt](repeating: -1, count: Int(BERKAS_MOST_FILES))
        var count: UInt32 = 0
        let size = MemoryLayout<berkas_order>.size
        let came = unsafe withUnsafeMutableBytes(of: &words) { words in
            unsafe berkas_receive(0, words.baseAddress, size, &files, &count, 0)
        }
        guard came == size, count == 2 else { return nil }
        let order = Descriptor(adopting: files[0])
        let rules = Descriptor(adopting: files[1])
        guard let bytes = content(of: order.number, limit: .max), let rules = content(of: rules.number, limit: .max),
            !rules.isEmpty, rules.count % 8 == 0, rules.count / 8 <= Int(UInt16.max)
        else {
            return nil
        }
        return Order(bytes: bytes, rules: rules)
    }

    /// What came before the first file.
    package struct Order {
        /// What the reader gave.
        package let bytes: [UInt8]
        /// The filter for the process of each file.
        fileprivate let rules: [UInt8]
    }

    /// Forks for each file that comes, and returns in the process of each, behind its walls; in the helper itself it does
    /// not return.
    ///
    /// Whatever can be made ready for all files is to be made ready before.
    package static func serve(_ order: Order) {
        unsafe order.rules.withUnsafeBytes { rules in
            guard let first = unsafe rules.bindMemory(to: sock_filter.self).baseAddress else { exit(1) }
            unsafe berkas_serve(first, UInt16(rules.count / 8))
        }
    }

    /// The file of this process.
    ///
    /// - Parameter limit: how many bytes are read at most.
    /// - Returns: its bytes; nil where it cannot be read.
    package static func file(limit: Int) -> [UInt8]? { content(of: 0, limit: limit) }

    /// Writes what was found out, and ends this process.
    package static func end(_ output: [UInt8], complaint: String? = nil) -> Never {
        let isWritten = WholeWrite.write(output, to: 1)
        if let complaint { _ = WholeWrite.write(Array((complaint + "\n").utf8), to: 2) }
        // At once: what the helper has to tidy up is not this process's.
        _exit(isWritten && complaint == nil ? 0 : 1)
    }

    /// A file from its start, whatever the descriptor's position is: others may hold it too.
    private static func content(of descriptor: CInt, limit: Int) -> [UInt8]? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let size = min(Int(status.st_size), limit)
        var isRead = true
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let came = unsafe pread(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + count },
                    size - count,
                    off_t(count)
                )
                if came == 0 { break }
                if came > 0 {
                    count += came
                } else if errno != EINTR {
                    isRead = false
                    break
                }
            }
        }
        return isRead ? bytes : nil
    }
}
