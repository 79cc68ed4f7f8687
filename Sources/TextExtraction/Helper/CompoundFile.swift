/// A compound file: streams in one file, in which office programs kept documents until 2007 ([MS-CFB]).
///
/// Nothing that it says of itself is believed. A chain has no sector twice, and no more than the file has; a stream has no
/// more bytes than the file. What is broken is told, and what can be had is had.
struct CompoundFile {
    /// What the streams say that it is; nil where it is something else.
    enum Kind {
        /// A document of Word.
        case doc
        /// A workbook of Excel, 5.0 to 2003.
        case xls
        /// A document of a later program, encrypted ([MS-OFFCRYPTO], 2.3.4.4).
        case encryptedPackage
    }

    /// A stream, or a storage, which holds others.
    struct Entry {
        /// The name in UTF-16, small ASCII letters made large: names are compared without case (2.6.4).
        let name: [UInt16]
        let isStorage: Bool
        fileprivate let start: Int
        fileprivate let size: Int
        fileprivate let left: Int
        fileprivate let right: Int
        fileprivate let child: Int
    }

    private static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let endOfChain = 0xFFFF_FFFE
    /// The highest number that a sector can have.
    private static let lastSector = 0xFFFF_FFFA

    /// What is broken, in words; nil where nothing is.
    private(set) var damage: String?
    private let file: LittleBytes
    private let sectorSize: Int
    private let sectorCount: Int
    private var table: [Int] = []
    private var smallTable: [Int]?
    private var smallSectors: [UInt8] = []
    private var entries: [Entry] = []
    private var top: [Int] = []

    /// Reads the tables and the directory; nil where it is no compound file.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Self.magic) else { return nil }
        file = LittleBytes(bytes)
        let shift = file.u16(30) ?? 0
        sectorSize = shift == 12 ? 4096 : 512
        sectorCount = max(0, (bytes.count - 1) / sectorSize)
        if shift != 9, shift != 12 { note("its sectors are of no size that there is") }
        readTable()
        readDirectory()
    }

    /// What kind of document it holds, by the streams at its top.
    var kind: Kind? {
        let names: [(Kind, String)] = [
            (.encryptedPackage, "EncryptedPackage"), (.doc, "WordDocument"), (.xls, "Workbook"), (.xls, "Book"),
        ]
        return names.first { entry(named: $0.1) != nil }?.0
    }

    /// A stream at the top.
    ///
    /// - Returns: its bytes, as far as they can be had; nil where there is none of that name.
    mutating func stream(_ name: String) -> [UInt8]? { entry(named: name).map { bytes(of: $0) } }

    /// The storages at the top.
    var storages: [Entry] { top.map { entries[$0] }.filter(\.isStorage) }

    /// The storages in a storage at the top.
    func storages(in name: String) -> [Entry] {
        let wanted = Self.folded(name)
        guard let storage = storages.first(where: { $0.name == wanted }) else { return [] }
        return members(from: storage.child).list.map { entries[$0] }.filter(\.isStorage)
    }

    /// The file that a storage is: what lies in that lies at its top.
    mutating func inside(_ storage: Entry) -> CompoundFile {
        // Once for all of them.
        readSmallSectors()
        var inner = self
        inner.top = members(from: storage.child).list
        inner.damage = nil
        return inner
    }

    /// How many bytes the file has.
    var size: Int { file.count }

    /// How many bytes the streams in a storage say that they have, as far as the file has as many.
    func size(ofStreamsIn storage: Entry) -> Int {
        members(from: storage.child).list.reduce(0) { $0 + (entries[$1].isStorage ? 0 : min(entries[$1].size, size)) }
    }

    /// A name as names are compared.
    static func folded(_ name: String) -> [UInt16] { name.utf16.map(folded) }

    private static func folded(_ unit: UInt16) -> UInt16 { (0x61...0x7A).contains(unit) ? unit - 0x20 : unit }

    private mutating func note(_ words: String) { if damage == nil { damage = words } }

    private func entry(named name: String) -> Entry? {
        let wanted = Self.folded(name)
        return top.map { entries[$0] }.first { !$0.isStorage && $0.name == wanted }
    }

    // MARK: - Sectors

    private func sector(_ number: Int) -> Range<Int>? {
        guard number < sectorCount else { return nil }
        let start = (number + 1) * sectorSize
        return start..<min(start + sectorSize, file.count)
    }

    /// The table that says which sector follows which (2.3), found by a list that begins in the header (2.5).
    private mutating func readTable() {
        var places: [Int] = []
        func take(_ number: Int?) { if let number, number < sectorCount { places.append(number) } }
        for index in 0..<109 { take(file.u32(76 + 4 * index)) }
        var next = file.u32(68) ?? Self.endOfChain
        var passed = 0
        while next <= Self.lastSector {
            guard let range = sector(next), passed < sectorCount, places.count <= sectorCount else {
                note("the list of its tables leads nowhere, or in a ring")
                break
            }
            passed += 1
            for place in stride(from: range.lowerBound, to: range.lowerBound + sectorSize - 4, by: 4) {
                take(file.u32(place))
            }
            next = file.u32(range.lowerBound + sectorSize - 4) ?? Self.endOfChain
        }
        for place in places {
            // No sector is there that a longer table could tell of.
            guard table.count < sectorCount, let range = sector(place) else { break }
            for entry in stride(from: range.lowerBound, to: range.lowerBound + sectorSize, by: 4) {
                table.append(file.u32(entry) ?? 0xFFFF_FFFF)
            }
        }
        if table.isEmpty { note("its table of sectors is not in it") }
    }

    /// The sectors of a chain, as many as are wanted.
    private func chain(from start: Int, in table: [Int], most: Int) -> (sectors: [Int], isWhole: Bool) {
        var list: [Int] = []
        var seen = [Bool](repeating: false, count: table.count)
        var next = start
        while next != Self.endOfChain, list.count < most {
            guard next < table.count, !seen[next] else { return (list, false) }
            seen[next] = true
            list.append(next)
            next = table[next]
        }
        return (list, true)
    }

    private func content(of sectors: [Int], size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(size, file.count))
        for number in sectors {
            guard bytes.count < size, let range = sector(number) else { break }
            bytes += file.bytes[range.prefix(size - bytes.count)]
        }
        return bytes
    }

    private mutating func bytes(of entry: Entry) -> [UInt8] {
        let size = min(entry.size, file.count)
        guard size > 0 else { return [] }
        var bytes: [UInt8] = []
        if entry.size < (file.u32(56) ?? 4096) {
            readSmallSectors()
            let (list, _) = chain(from: entry.start, in: smallTable ?? [], most: (size + 63) / 64)
            for number in list where number * 64 < smallSectors.count {
                let start = number * 64
                bytes += smallSectors[start..<min(start + min(64, size - bytes.count), smallSectors.count)]
            }
        } else {
            let (list, _) = chain(from: entry.start, in: table, most: (size + sectorSize - 1) / sectorSize)
            bytes = content(of: list, size: size)
        }
        if bytes.count < entry.size { note("a part of what was written is not in it") }
        return bytes
    }

    /// Streams of less than 4096 bytes lie in sectors of 64 bytes, which lie in a stream of the root (2.4).
    private mutating func readSmallSectors() {
        guard smallTable == nil else { return }
        let (list, isWhole) = chain(from: file.u32(60) ?? Self.endOfChain, in: table, most: sectorCount)
        if !isWhole { note("the table of its small sectors breaks off") }
        let tableBytes = LittleBytes(content(of: list, size: file.count))
        smallTable = stride(from: 0, to: tableBytes.count - 3, by: 4).map { tableBytes.u32($0) ?? 0xFFFF_FFFF }
        guard let root = entries.first else { return }
        let size = min(root.size, file.count)
        let (sectors, _) = chain(from: root.start, in: table, most: (size + sectorSize - 1) / sectorSize)
        smallSectors = content(of: sectors, size: size)
    }

    // MARK: - The directory

    private mutating func readDirectory() {
        let (list, isWhole) = chain(from: file.u32(48) ?? Self.endOfChain, in: table, most: sectorCount)
        if !isWhole { note("its directory breaks off, or goes in a ring") }
        let bytes = LittleBytes(content(of: list, size: file.count))
        entries = stride(from: 0, to: bytes.count - 127, by: 128).map { Self.entry(bytes, $0) ?? Self.unused }
        if let root = entries.first, root.isStorage, root.child != 0xFFFF_FFFF {
            let (found, isSound) = members(from: root.child)
            top = found
            if isSound { return }
        }
        // The order of its entries is broken: each that can be found, wherever it belongs.
        note("its directory is broken")
        if entries.allSatisfy({ $0.name.isEmpty }) {
            entries = stride(from: sectorSize, to: file.count - 127, by: 128).compactMap { Self.entry(file, $0) }
        }
        top = Array(entries.indices)
    }

    private static let unused = Entry(name: [], isStorage: false, start: 0, size: 0, left: -1, right: -1, child: -1)

    /// An entry of 128 bytes (2.6.1); nil where it is not in use, or none.
    private static func entry(_ bytes: LittleBytes, _ place: Int) -> Entry? {
        guard let kind = bytes.u8(place + 66), [1, 2, 5].contains(kind), let length = bytes.u16(place + 64),
            length >= 2, length <= 64, let size = bytes.u32(place + 120)
        else { return nil }
        let name = stride(from: place, to: place + length - 2, by: 2).map { folded(UInt16(bytes.u16($0) ?? 0)) }
        return Entry(
            name: name,
            isStorage: kind != 2,
            start: bytes.u32(place + 116) ?? endOfChain,
            size: size,
            left: bytes.u32(place + 68) ?? -1,
            right: bytes.u32(place + 72) ?? -1,
            child: bytes.u32(place + 76) ?? -1
        )
    }

    /// What hangs on an entry to its left and right: all that lies in one storage (2.6.4).
    private func members(from first: Int) -> (list: [Int], isSound: Bool) {
        var list: [Int] = []
        var seen = [Bool](repeating: false, count: entries.count)
        var waiting = [first]
        var isSound = true
        while let index = waiting.popLast() {
            if index == 0xFFFF_FFFF { continue }
            guard entries.indices.contains(index), !seen[index], !entries[index].name.isEmpty else {
                isSound = false
                continue
            }
            seen[index] = true
            list.append(index)
            waiting += [entries[index].left, entries[index].right]
        }
        return (list.sorted(), isSound)
    }
}
