private import CLibCryptoCMS

/// Calls of libcrypto that read and write DER, and the little of it that libcrypto has no call for.
enum DER {
    /// What an encoder of libcrypto writes; nil where it fails.
    static func bytes(_ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> CInt) -> [UInt8]? {
        var start: UnsafeMutablePointer<UInt8>?
        let count = unsafe encode(&start)
        guard count > 0, let first = unsafe start else { return nil }
        defer { unsafe CRYPTO_free(first, "", 0) }
        return unsafe Array(UnsafeBufferPointer(start: first, count: Int(count)))
    }

    /// What a decoder of libcrypto makes of all bytes; nil where it fails or leaves some.
    static func read(
        _ bytes: [UInt8],
        _ decode: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?
    ) -> OpaquePointer? {
        var left = 0
        guard let raw = unsafe readPrefix(bytes, left: &left, decode), left == 0 else { return nil }
        return unsafe raw
    }

    /// What a decoder of libcrypto makes of the first bytes, and how many it leaves.
    static func readPrefix(
        _ bytes: [UInt8],
        left: inout Int,
        _ decode: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?
    ) -> OpaquePointer? {
        defer { ERR_clear_error() }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            guard let start = unsafe place else { return nil }
            guard let raw = unsafe decode(&place, buffer.count) else { return nil }
            left = unsafe buffer.count - ((place ?? start) - start)
            return unsafe raw
        }
    }

    /// An element: its tag with class and form in one byte, and where its content stands.
    struct Element: Hashable {
        /// The first byte; tags above 30 are not read.
        let tag: UInt8
        /// Header and content.
        let whole: Range<Int>
        /// The content.
        let content: Range<Int>
    }

    /// The elements that stand one after the other in a range, of definite lengths (X.690, 8.1.3); nil where they do not
    /// fill it.
    static func elements(_ bytes: [UInt8], in range: Range<Int>) -> [Element]? {
        var elements: [Element] = []
        var place = range.lowerBound
        guard place >= 0, range.upperBound <= bytes.count else { return nil }
        while place < range.upperBound {
            guard range.upperBound - place >= 2, bytes[place] & 0x1F != 0x1F else { return nil }
            let tag = bytes[place]
            var content = place + 2
            var length = Int(bytes[place + 1])
            if length >= 0x80 {
                let count = length & 0x7F
                guard count > 0, count <= 4, range.upperBound - content >= count else { return nil }
                length = bytes[content..<content + count].reduce(0) { $0 << 8 | Int($1) }
                content += count
            }
            guard length <= range.upperBound - content else { return nil }
            elements.append(Element(tag: tag, whole: place..<content + length, content: content..<content + length))
            place = content + length
        }
        return elements
    }
}

extension DER {
    /// An element of one tag round a content.
    static func wrapped(_ content: [UInt8], tag: UInt8) -> [UInt8] {
        var length: [UInt8] = []
        var rest = content.count
        if rest < 0x80 { return [tag, UInt8(rest)] + content }
        while rest > 0 {
            length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }
}
