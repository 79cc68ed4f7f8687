import SystemPackage

/// Bytes for a C call that takes text up to a zero: a path is kept to the byte.
struct CText: ExpressibleByStringLiteral, Sendable {
    /// The bytes, with the zero at their end.
    let bytes: [CChar]

    init(_ text: String) { bytes = text.utf8.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0] }

    init(_ path: FilePath) {
        bytes = unsafe path.withPlatformString { pointer in
            var bytes: [CChar] = []
            var index = 0
            while unsafe pointer[index] != 0 {
                bytes.append(unsafe pointer[index])
                index += 1
            }
            return bytes + [0]
        }
    }

    init(stringLiteral text: String) { self.init(text) }

    /// Calls with the texts as C wants them: an array of pointers with a null behind the last.
    static func withPointers<Result>(
        _ texts: [CText],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) throws -> Result
    ) rethrows -> Result {
        var starts: [Int] = []
        var flat: [CChar] = []
        for text in texts {
            starts.append(flat.count)
            flat += text.bytes
        }
        return try unsafe flat.withUnsafeMutableBufferPointer { buffer in
            // Empty only where there are no texts, and then there is no start either.
            var pointers: [UnsafeMutablePointer<CChar>?] = unsafe starts.map { start in
                unsafe buffer.baseAddress.map { unsafe $0 + start }
            }
            unsafe pointers.append(nil)
            return try unsafe pointers.withUnsafeBufferPointer { list in
                guard let base = list.baseAddress else { preconditionFailure("the list has a null at least") }
                return try unsafe body(base)
            }
        }
    }
}
