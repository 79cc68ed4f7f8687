private import Glibc

/// The bytes of a file, at one place in memory for as long as anybody holds them.
///
/// qpdf reads from the place itself, so that a file of several revisions lies in memory once. Every access is bounded.
@safe
final class FileBytes {
    private let storage: UnsafeMutableRawBufferPointer
    /// How many there are.
    let count: Int

    /// Copies bytes.
    init(_ bytes: [UInt8]) {
        count = bytes.count
        unsafe storage = .allocate(byteCount: bytes.count + Self.close.count, alignment: 16)
        unsafe storage.copyBytes(from: bytes)
        unsafe storage[bytes.count...].copyBytes(from: Self.close)
    }

    deinit { unsafe storage.deallocate() }

    /// The byte at an offset; nil outside of the file.
    func byte(_ offset: Int) -> UInt8? {
        guard offset >= 0, offset < count else { return nil }
        return unsafe storage[offset]
    }

    /// The bytes of a range; nil where it does not lie in the file.
    func slice(_ range: Range<Int>) -> [UInt8]? {
        guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
        return unsafe Array(UnsafeRawBufferPointer(rebasing: storage[range]))
    }

    /// Lends the bytes of a range that lies in the file; an empty buffer for any other.
    func withBytes<Result>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            return unsafe body(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        return unsafe body(UnsafeRawBufferPointer(rebasing: storage[range]))
    }

    /// A comment on a line of its own.
    private static let close = Array("\n%\n".utf8)

    /// Lends all bytes and a comment behind them: qpdf loses an object where the file is cut off right behind it.
    func withClosedBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe body(UnsafeRawBufferPointer(storage))
    }

    /// Whether these bytes stand at an offset.
    func has(_ text: StaticString, at offset: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard offset >= 0, length <= count - offset else { return false }
        guard let base = unsafe storage.baseAddress else { return false }
        return unsafe memcmp(base + offset, text.utf8Start, length) == 0
    }

    /// Where these bytes stand first in a range; nil where they do not.
    func first(_ text: StaticString, in range: Range<Int>) -> Int? {
        guard range.lowerBound >= 0, range.upperBound <= count, !range.isEmpty else { return nil }
        guard let base = unsafe storage.baseAddress else { return nil }
        var place = range.lowerBound
        // The C library leaps to the first byte, which few places have.
        while let found = unsafe memchr(base + place, CInt(text.utf8Start[0]), range.upperBound - place) {
            place = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
            guard text.utf8CodeUnitCount <= range.upperBound - place else { return nil }
            if has(text, at: place) { return place }
            place += 1
        }
        return nil
    }

    /// Where these bytes stand last before an end; nil where they do not.
    func last(_ text: StaticString, before end: Int) -> Int? {
        let length = text.utf8CodeUnitCount
        var offset = min(end, count) - length
        let opening = unsafe text.utf8Start[0]
        while offset >= 0 {
            if unsafe storage[offset] == opening, has(text, at: offset) { return offset }
            offset -= 1
        }
        return nil
    }

    /// Where the header of a PDF stands, from which its offsets count: 0 where none is found.
    var header: Int { first("%PDF-", in: 0..<min(1029, count)) ?? 0 }

    /// Reads decimal digits at a place and moves it behind them.
    ///
    /// - Parameters:
    ///   - place: where they begin.
    ///   - most: how many are read at the most, up to 18.
    /// - Returns: the number; nil where no digit stands there.
    func digits(at place: inout Int, most: Int) -> Int? {
        let first = place
        var value = 0
        while let byte = byte(place), (0x30...0x39).contains(byte), place - first < most {
            value = value * 10 + Int(byte) - 0x30
            place += 1
        }
        return place > first ? value : nil
    }

    /// The place behind up to 16 blanks, which every program passes over before it reads a word.
    func behindBlanks(_ start: Int) -> Int {
        var place = start
        while place - start < 16, let byte = byte(place), PDFTokenizer.isPlainSpace(byte) { place += 1 }
        return place
    }

    /// Moves a place behind one line end: CR, LF, or both in this order.
    ///
    /// - Returns: whether there was one.
    func skipLineEnd(at place: inout Int) -> Bool {
        let first = place
        if byte(place) == 0x0D { place += 1 }
        if byte(place) == 0x0A { place += 1 }
        return place > first
    }
}
