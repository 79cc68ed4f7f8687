/// Documents of office programs before 2007, made by hand out of their parts.
enum OldFiles {
    static func two(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }

    static func four(_ value: Int) -> [UInt8] { two(value & 0xFFFF) + two(value >> 16 & 0xFFFF) }

    static func eight(_ value: Double) -> [UInt8] {
        four(Int(value.bitPattern & 0xFFFF_FFFF)) + four(Int(value.bitPattern >> 32))
    }

    static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { two(Int($0)) } }

    // MARK: - Compound files

    /// A compound file with streams at its top, of at most 128 sectors.
    ///
    /// - Parameters:
    ///   - streams: names and contents.
    ///   - shift: 9 for sectors of 512 bytes, 12 for those of 4096.
    ///   - storage: a storage at its top, and the streams of each storage in it.
    /// - Returns: its bytes.
    static func compound(
        _ streams: [(String, [UInt8])],
        shift: Int = 9,
        storage: (name: String, objects: [[(String, [UInt8])]])? = nil
    ) -> [UInt8] {
        let size = 1 << shift
        var table: [Int] = [0xFFFF_FFFD]
        var sectors: [[UInt8]] = [[]]
        func padded(_ bytes: [UInt8], _ unit: Int) -> [UInt8] {
            bytes + [UInt8](repeating: 0, count: (unit - bytes.count % unit) % unit)
        }
        func place(_ bytes: [UInt8]) -> Int {
            guard !bytes.isEmpty else { return 0xFFFF_FFFE }
            let whole = padded(bytes, size)
            let first = sectors.count
            for start in stride(from: 0, to: whole.count, by: size) {
                sectors.append(Array(whole[start..<(start + size)]))
                table.append(sectors.count)
            }
            table[table.count - 1] = 0xFFFF_FFFE
            return first
        }
        // The directory comes first, so that a file that is cut still says what is in it.
        let count = 1 + streams.count + (storage.map { 1 + $0.objects.count + $0.objects.joined().count } ?? 0)
        let directory = place([UInt8](repeating: 0, count: 128 * count))
        var small: [UInt8] = []
        var smallTable: [Int] = []
        var entries: [[UInt8]] = []
        func add(_ name: String, _ bytes: [UInt8], isLast: Bool) {
            let first: Int
            if bytes.count < 4096 {
                first = small.count / 64
                let count = padded(bytes, 64).count / 64
                small += padded(bytes, 64)
                smallTable += (0..<count).map { $0 == count - 1 ? 0xFFFF_FFFE : first + $0 + 1 }
            } else {
                first = place(bytes)
            }
            let next = isLast ? 0xFFFF_FFFF : entries.count + 2
            entries.append(entry(name, kind: 2, next: next, child: 0xFFFF_FFFF, start: first, size: bytes.count))
        }
        for (index, (name, bytes)) in streams.enumerated() {
            add(name, bytes, isLast: index + 1 == streams.count && storage == nil)
        }
        if let storage {
            let inner = entries.count + 2
            entries.append(entry(storage.name, kind: 1, next: 0xFFFF_FFFF, child: inner, start: 0, size: 0))
            var child = inner + storage.objects.count
            for (index, object) in storage.objects.enumerated() {
                let next = index + 1 < storage.objects.count ? inner + index + 1 : 0xFFFF_FFFF
                let first = object.isEmpty ? 0xFFFF_FFFF : child
                entries.append(entry("_\(index)", kind: 1, next: next, child: first, start: 0, size: 0))
                child += object.count
            }
            for object in storage.objects {
                for (index, (name, bytes)) in object.enumerated() {
                    add(name, bytes, isLast: index + 1 == object.count)
                }
            }
        }
        let root = entry("Root Entry", kind: 5, next: 0xFFFF_FFFF, child: 1, start: place(small), size: small.count)
        let smallStart = place(smallTable.flatMap(four))
        let list = padded(([root] + entries).flatMap { $0 }, size)
        for start in stride(from: 0, to: list.count, by: size) {
            sectors[directory + start / size] = Array(list[start..<(start + size)])
        }
        sectors[0] = padded(table.flatMap(four), size)
        for byte in table.count * 4..<size { sectors[0][byte] = 0xFF }
        var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
        header += two(0x3E) + two(shift == 12 ? 4 : 3) + two(0xFFFE) + two(shift) + two(6)
        header += [UInt8](repeating: 0, count: 10) + four(1) + four(directory) + four(0) + four(4096) + four(smallStart)
        header += four(1) + four(0xFFFF_FFFE) + four(0) + four(0)
        header += [UInt8](repeating: 0xFF, count: 512 - header.count)
        return padded(header, size) + sectors.flatMap { $0 }
    }

    private static func entry(_ name: String, kind: UInt8, next: Int, child: Int, start: Int, size: Int) -> [UInt8] {
        var bytes = wide(name) + [0, 0]
        let length = bytes.count
        bytes += [UInt8](repeating: 0, count: 64 - length)
        bytes += two(length) + [kind, 1] + four(0xFFFF_FFFF) + four(next) + four(child)
        bytes += [UInt8](repeating: 0, count: 36) + four(start) + four(size) + four(0)
        return bytes
    }

    // MARK: - Workbooks

    static func record(_ kind: Int, _ bytes: [UInt8] = []) -> [UInt8] { two(kind) + two(bytes.count) + bytes }

    /// A part's beginning: 5 for the workbook, 16 for a sheet, 32 for a chart.
    static func begin(_ kind: Int, version: Int = 0x0600) -> [UInt8] {
        record(0x809, two(version) + two(kind) + [UInt8](repeating: 0, count: version == 0x0600 ? 12 : 4))
    }

    static let end = record(0x0A)

    /// A workbook's stream.
    ///
    /// - Parameters:
    ///   - globals: records of the whole.
    ///   - sheets: names, whether they are hidden, and their records.
    ///   - version: 0x0600 for Excel 97, 0x0500 for the one before it.
    /// - Returns: its bytes.
    static func book(
        _ globals: [UInt8],
        _ sheets: [(name: String, isHidden: Bool, records: [UInt8])],
        version: Int = 0x0600
    ) -> [UInt8] {
        func list(_ places: [Int]) -> [UInt8] {
            zip(sheets, places).flatMap { sheet, place in
                let flags: [UInt8] = version == 0x0600 ? [0] : []
                let name = [UInt8(sheet.name.utf8.count)] + flags + Array(sheet.name.utf8)
                return record(0x85, four(place) + [sheet.isHidden ? 1 : 0, 0] + name)
            }
        }
        let head = begin(5, version: version) + globals
        var place = head.count + list(sheets.map { _ in 0 }).count + end.count
        var places: [Int] = []
        let bodies = sheets.map { begin(16, version: version) + $0.records + end }
        for body in bodies {
            places.append(place)
            place += body.count
        }
        return head + list(places) + end + bodies.flatMap { $0 }
    }

    /// The style of a cell, by its format's number.
    static func style(_ format: Int) -> [UInt8] {
        record(0xE0, [0, 0] + two(format) + [UInt8](repeating: 0, count: 16))
    }

    static func number(_ row: Int, _ column: Int, _ value: Double, style: Int = 0) -> [UInt8] {
        record(0x203, two(row) + two(column) + two(style) + eight(value))
    }

    /// A text in a cell of Excel 97, in letters of one byte.
    static func label(_ row: Int, _ column: Int, _ text: String) -> [UInt8] {
        record(0x204, two(row) + two(column) + two(0) + two(text.utf8.count) + [0] + Array(text.utf8))
    }
}
