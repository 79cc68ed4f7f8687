/// One block of 512 bytes that begins a member of a tar (POSIX.1-2017, pax, "ustar Interchange Format",
/// <https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html>; the numbers of GNU tar beside it).
struct TarHeader {
    static let blockSize = 512

    let name: [UInt8]
    let linkName: [UInt8]
    let type: UInt8
    let mode: Int
    let size: Int
    /// POSIX `ustar` with version `00`, and not the older form of GNU tar.
    let isPosix: Bool

    /// Whether the block's own sum is right.
    static func isHeader(_ block: [UInt8]) -> Bool {
        guard block.count == blockSize, let stored = octal(block[148..<156]) else { return false }
        var unsigned = 0
        var signed = 0
        for index in 0..<blockSize {
            let byte = (148..<156).contains(index) ? 0x20 : block[index]
            unsigned += Int(byte)
            signed += Int(Int8(bitPattern: byte))
        }
        // Old tars added up signed bytes.
        return stored == unsigned || stored == signed
    }

    /// Reads a block whose sum is right.
    ///
    /// - Throws: `ContainerFault` where a number is none.
    init(_ block: [UInt8]) throws(ContainerFault) {
        let short = Self.text(block[0..<100])
        guard let mode = Self.number(block[100..<108]), let size = Self.number(block[124..<136]), size >= 0 else {
            throw ContainerFault(.containerDamaged, short, found: "the tar header has a number that is none")
        }
        self.mode = mode
        self.size = size
        type = block[156]
        linkName = Self.text(block[157..<257])
        isPosix = block[257..<263].elementsEqual([0x75, 0x73, 0x74, 0x61, 0x72, 0])
        let prefix = isPosix ? Self.text(block[345..<500]) : []
        name = prefix.isEmpty ? short : prefix + (prefix.last == 0x2F ? [] : [0x2F]) + short
    }

    private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] { Array(field.prefix { $0 != 0 }) }

    /// Octal digits, or the binary form of GNU tar for what they cannot hold.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        guard let first = field.first, first & 0x80 != 0 else { return octal(field) }
        // Below zero is written with all leading bits set, and never needed here.
        guard first == 0x80 else { return nil }
        var value = 0
        for byte in field.dropFirst() {
            guard value <= Int.max >> 8 else { return nil }
            value = value << 8 | Int(byte)
        }
        return value
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let digits = field.drop { $0 == 0x20 || $0 == 0 }.prefix { $0 != 0x20 && $0 != 0 }
        var value = 0
        for digit in digits {
            guard (0x30...0x37).contains(digit), value <= Int.max >> 3 else { return nil }
            value = value << 3 | Int(digit - 0x30)
        }
        return value
    }
}
