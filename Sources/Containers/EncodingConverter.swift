import Glibc

/// Converts bytes of some encoding to UTF-8 by `iconv(3)`, which knows the names that IANA registers.
@safe package struct EncodingConverter: ~Copyable {
    private let converter: iconv_t
    private var output = [UInt8](repeating: 0, count: 1 << 16)

    /// A converter from an encoding; nil where the system does not know that name.
    ///
    /// A slash in a name would begin options: the caller keeps it out.
    package init?(from name: String) {
        guard let converter = unsafe iconv_open("UTF-8", name), unsafe converter != iconv_t(bitPattern: -1) else {
            return nil
        }
        unsafe self.converter = unsafe converter
    }

    deinit { unsafe iconv_close(converter) }

    /// Converts from a place on until nothing is left, or until bytes that begin no character.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - start: where to go on.
    ///   - text: what it comes to is added here.
    /// - Returns: where it stopped; less than the length at bytes that begin no character.
    package mutating func convert(_ bytes: inout [UInt8], from start: Int, into text: inout [UInt8]) -> Int {
        var done = start
        while done < bytes.count {
            let converter = unsafe converter
            let (taken, made, isFault) = unsafe bytes.withUnsafeMutableBytes { source in
                unsafe output.withUnsafeMutableBytes { target in
                    var from = unsafe source.baseAddress.map { unsafe ($0 + done).assumingMemoryBound(to: CChar.self) }
                    var into = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var left = source.count - done
                    var room = target.count
                    let status = unsafe iconv(converter, &from, &left, &into, &room)
                    let isFault = status == -1 && errno != E2BIG
                    return (source.count - done - left, target.count - room, isFault)
                }
            }
            text += output[..<made]
            done += taken
            if isFault || (taken == 0 && made == 0) { return done }
        }
        return done
    }
}
