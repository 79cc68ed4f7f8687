private import CZlib

/// A zip that lies in memory, such as a package inside a package: bytes in, members out.
///
/// Its directory is found from its end; what stands in front of the first member, as mail programs and downloads leave
/// it, is passed over where the directory's own place proves how long it is. Each member is held against its length and
/// check sum.
package struct ZipBytes {
    /// A member as the directory lists it.
    private struct Record {
        let isDeflated: Bool
        let packed: Range<Int>
        let size: Int
        let checksum: UInt32
    }

    /// The names of the members, in the order of the directory.
    package private(set) var names: [String] = []
    /// How many bytes stand in front of the first member.
    package private(set) var front = Int.max
    /// How many bytes stand behind its end.
    package let behind: Int
    private let bytes: [UInt8]
    private var records: [String: Record] = [:]
    /// How many members are looked at.
    private static let mostMembers = 50_000

    /// Finds the members; nil where it is no zip whose directory lists them all.
    package init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        func number(_ place: Int, _ count: Int) -> Int {
            guard place >= 0, place + count <= bytes.count else { return 0 }
            return (0..<count).reversed().reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
        }
        guard let end = Self.end(of: bytes) else { return nil }
        let (count, size, offset) = (number(end + 10, 2), number(end + 12, 4), number(end + 16, 4))
        // The directory ends where its end record begins: what it says less than that stands in front of the zip.
        behind = bytes.count - end - 22 - number(end + 20, 2)
        let prefix = end - size - offset
        guard prefix >= 0, count > 0, count <= Self.mostMembers else { return nil }
        var place = end - size
        for _ in 0..<count {
            guard number(place, 4) == 0x0201_4B50 else { return nil }
            let lengths = (number(place + 28, 2), number(place + 30, 2), number(place + 32, 2))
            let next = place + 46 + lengths.0 + lengths.1 + lengths.2
            guard next <= end else { return nil }
            // Some programs of Windows write its own sign between folders.
            let name = String(decoding: bytes[(place + 46)..<(place + 46 + lengths.0)], as: UTF8.self)
                .replacing("\\", with: "/")
            let local = prefix + number(place + 42, 4)
            let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
            let packedSize = number(place + 20, 4)
            let method = number(place + 10, 2)
            guard number(local, 4) == 0x0403_4B50, start + packedSize <= end - size else { return nil }
            front = min(front, local)
            // Encrypted members, and ways of packing that no office program uses, are not there.
            if number(place + 8, 2) & 1 == 0, method == 0 || method == 8, records[name] == nil {
                names.append(name)
                records[name] = Record(
                    isDeflated: method == 8,
                    packed: start..<(start + packedSize),
                    size: number(place + 24, 4),
                    checksum: UInt32(truncatingIfNeeded: number(place + 16, 4))
                )
            }
            place = next
        }
        guard place == end else { return nil }
    }

    /// Where the record at the end of a zip begins; a comment may follow it, and what does not belong to it.
    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        var place = bytes.count - 22
        let least = max(0, bytes.count - 22 - 65_535)
        while place >= least {
            if bytes[place] == 0x50, bytes[place + 1] == 0x4B, bytes[place + 2] == 5, bytes[place + 3] == 6,
                place + 22 + Int(bytes[place + 20]) + Int(bytes[place + 21]) << 8 <= bytes.count
            {
                return place
            }
            place -= 1
        }
        return nil
    }

    /// A member's content; nil where it is not there, is longer than that, or is damaged.
    package func content(_ name: String, most: Int) -> [UInt8]? {
        guard let record = records[name], record.size <= most else { return nil }
        let packed = bytes[record.packed]
        let content = record.isDeflated ? Self.inflated(packed, size: record.size) : Array(packed)
        guard let content, content.count == record.size, Self.checksum(content) == record.checksum else { return nil }
        return content
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            UInt32(truncatingIfNeeded: unsafe crc32_z(0, buffer.baseAddress, buffer.count))
        }
    }

    /// Unpacks a raw stream (RFC 1951); nil where it is none, or holds more than `size`.
    private static func inflated(_ packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
        guard packed.count <= Int(UInt32.max), size < Int(UInt32.max) else { return nil }
        var stream = unsafe z_stream()
        // No header, 15 bits of window (zlib.h, inflateInit2).
        let status = unsafe inflateInit2_(&stream, -15, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { return nil }
        defer { _ = unsafe inflateEnd(&stream) }
        // A byte more than that shows that there is more. No more than 1032 to 1 can come out.
        var output = [UInt8](repeating: 0, count: min(size, packed.count * 1032 + 64) + 1)
        let made = unsafe packed.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(target.count)
                return unsafe inflate(&stream, Z_FINISH) == Z_STREAM_END ? target.count - Int(stream.avail_out) : nil
            }
        }
        guard let made, made <= size else { return nil }
        return Array(output[..<made])
    }
}
