/// Goes through a tar beside libarchive, and says what libarchive keeps to itself or changes.
///
/// libarchive 3.6.2 composes the names of pax headers (NFC), so that two files become one; takes a tar without its end for
/// whole; and stops looking where the first archive ends, whatever stands behind. The scanner sees the same bytes, block by
/// block, and keeps the names as they are. `ContainerReader` holds the two views against each other: where they differ, the
/// container is made to be read differently by different programs, and is refused.
struct TarScanner {
    private enum State {
        case header
        case skipping(Int)
        case collecting(type: UInt8, remaining: Int, padding: Int)
        case atEnd
        case behindEnd
    }

    /// Headers that describe the next member may have so many bytes: a path of 4,095 bytes needs few.
    private static let longestExtension = 1 << 20

    private var state = State.header
    private var block: [UInt8] = []
    private var collected: [UInt8] = []
    private var pending = Pending()
    private var members: [ContainerMember] = []
    private var taken = 0
    private var hasBegun = false
    /// What ended the scanning; told when the members before it have been taken.
    private(set) var fault: ContainerFault?
    /// What was found that belongs to no member of the archive proper.
    private(set) var findings: [ContainerFinding] = []
    /// Whether the two empty blocks have come.
    private(set) var isComplete = false

    /// What the extension headers say of the member that follows.
    private struct Pending {
        var name: [UInt8]?
        var linkName: [UInt8]?
        var size: Int?
        var isSparse = false
        var isPax = false
    }

    init() { block.reserveCapacity(TarHeader.blockSize) }

    /// Whether nothing behind here matters any more: something hides behind the end, and has been told.
    var isOver: Bool {
        if fault != nil { return true }
        return if case .behindEnd = state { !findings.isEmpty } else { false }
    }

    /// The next member in order that has not been asked for; nil where the scanner has seen none.
    mutating func nextMember() -> ContainerMember? {
        guard taken < members.count else { return nil }
        defer {
            taken += 1
            if taken == members.count {
                members.removeAll(keepingCapacity: true)
                taken = 0
            }
        }
        return members[taken]
    }

    /// Goes on with the next bytes; after a fault nothing more is looked at.
    mutating func accept(_ piece: UnsafeRawBufferPointer) {
        guard fault == nil else { return }
        do throws(ContainerFault) {
            try unsafe scan(piece)
        } catch {
            fault = error
        }
    }

    private mutating func scan(_ piece: UnsafeRawBufferPointer) throws(ContainerFault) {
        var index = 0
        while index < piece.count {
            switch state {
            case .skipping(let left):
                let step = min(left, piece.count - index)
                index += step
                state = step == left ? .header : .skipping(left - step)
            case .collecting(let type, let remaining, let padding):
                let step = min(remaining, piece.count - index)
                unsafe collected.append(contentsOf: piece[index..<index + step])
                index += step
                if step < remaining {
                    state = .collecting(type: type, remaining: remaining - step, padding: padding)
                } else {
                    try extend(type)
                    state = padding > 0 ? .skipping(padding) : .header
                }
            case .header, .atEnd, .behindEnd:
                let step = min(TarHeader.blockSize - block.count, piece.count - index)
                unsafe block.append(contentsOf: piece[index..<index + step])
                index += step
                guard block.count == TarHeader.blockSize else { return }
                try readBlock()
                block.removeAll(keepingCapacity: true)
                if isOver { return }
            }
        }
    }

    /// Says that no more bytes come.
    mutating func finish() {
        guard fault == nil else { return }
        switch state {
        case .atEnd, .header:
            guard !isComplete else { break }
            let what = block.isEmpty ? "" : ", in the middle of a block"
            let finding = ContainerFinding(
                .invalid,
                .containerEnd,
                found: "the tar ends without its two empty blocks\(what): it may have been cut"
            )
            findings.append(finding)
        case .behindEnd where block.contains { $0 != 0 }:
            findings.append(Self.trailing)
        case .skipping, .collecting:
            findings.append(ContainerFinding(.invalid, .containerTruncated, found: "the tar ends inside a member"))
        case .behindEnd: break
        }
    }

    private static let trailing = ContainerFinding(
        .invalid,
        .containerTrailing,
        found: "bytes behind the end of the tar",
        expected: "nothing but zeros"
    )

    private mutating func readBlock() throws(ContainerFault) {
        let isEmpty = block.allSatisfy { $0 == 0 }
        switch state {
        case .atEnd where isEmpty:
            isComplete = true
            state = .behindEnd
        case .header where isEmpty:
            state = .atEnd
        case .header:
            try readHeader()
        case .atEnd, .behindEnd:
            guard !isEmpty else { return }
            state = .behindEnd
            if TarHeader.isHeader(block), let hidden = try? TarHeader(block) {
                let name = hidden.name
                findings.append(
                    ContainerFinding(
                        .invalid,
                        .containerSecond,
                        name,
                        found: "a second archive behind the end of the first"
                    )
                )
            } else {
                findings.append(Self.trailing)
            }
        case .skipping, .collecting: break
        }
    }

    private mutating func readHeader() throws(ContainerFault) {
        guard TarHeader.isHeader(block) else {
            guard hasBegun else { throw ContainerFault(.containerFormat, found: "what is inside is no tar") }
            throw ContainerFault(.containerDamaged, found: "a tar header whose sum is wrong")
        }
        hasBegun = true
        let header = try TarHeader(block)
        switch header.type {
        case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"):
            guard header.size <= Self.longestExtension else {
                throw ContainerFault(
                    .containerDamaged,
                    header.name,
                    found: "an extension header of \(header.size) bytes"
                )
            }
            collected.removeAll(keepingCapacity: true)
            let padding = Self.padding(of: header.size)
            if header.size > 0 {
                state = .collecting(type: header.type, remaining: header.size, padding: padding)
            } else {
                try extend(header.type)
            }
        case UInt8(ascii: "V"):
            try skip(header.size)  // The label of a volume, which is no member.
        default: try addMember(header)
        }
    }

    private mutating func addMember(_ header: TarHeader) throws(ContainerFault) {
        let size = pending.size ?? header.size
        var name = pending.name ?? header.name
        var kind: ContainerMember.Kind =
            switch header.type {
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"), UInt8(ascii: "S"): .file
            case UInt8(ascii: "1"): .hardLink
            case UInt8(ascii: "2"): .symbolicLink
            case UInt8(ascii: "5"): .folder
            default: .special
            }
        // Tars older than POSIX tell a folder by the slash at its end.
        if kind == .file, size == 0, name.last == UInt8(ascii: "/") { kind = .folder }
        if kind == .folder, name.last == UInt8(ascii: "/"), name.count > 1 { name.removeLast() }
        var member = ContainerMember(name: name, kind: kind, size: size)
        if kind == .hardLink || kind == .symbolicLink { member.target = pending.linkName ?? header.linkName }
        member.isSetID = header.mode & 0o6000 != 0
        member.isSparse = pending.isSparse || header.type == UInt8(ascii: "S")
        members.append(member)

        // The size of a link or folder stands for nothing, but for the hard links of pax, which may have content.
        let hasContent =
            switch kind {
            case .file: true
            case .hardLink: pending.isPax
            case .folder, .symbolicLink, .special: false
            }
        pending = Pending()
        if kind == .folder || kind == .special, size > 0 {
            // Some readers would skip so many bytes, and others read headers out of them.
            throw ContainerFault(.containerReaders, name, found: "a \(kind.rawValue) with \(size) bytes of content")
        }
        try skip(hasContent ? size : 0)
    }

    private mutating func skip(_ size: Int) throws(ContainerFault) {
        let padding = Self.padding(of: size)
        let (whole, overflow) = size.addingReportingOverflow(padding)
        guard !overflow else {
            throw ContainerFault(.memberSize, members.last?.name, found: "a length of \(size) bytes")
        }
        state = whole > 0 ? .skipping(whole) : .header
    }

    private static func padding(of size: Int) -> Int {
        let over = size % TarHeader.blockSize
        return over == 0 ? 0 : TarHeader.blockSize - over
    }

    /// Takes in a header that describes the next member, or all that follow.
    private mutating func extend(_ type: UInt8) throws(ContainerFault) {
        switch type {
        case UInt8(ascii: "L"): pending.name = Array(collected.prefix { $0 != 0 })
        case UInt8(ascii: "K"): pending.linkName = Array(collected.prefix { $0 != 0 })
        default:
            let isGlobal = type == UInt8(ascii: "g")
            if !isGlobal { pending.isPax = true }
            for record in try PaxRecord.all(in: collected) { try take(record, isGlobal: isGlobal) }
        }
        collected.removeAll(keepingCapacity: true)
    }

    private mutating func take(_ record: PaxRecord, isGlobal: Bool) throws(ContainerFault) {
        let key = String(decoding: record.key, as: UTF8.self)
        if key.utf8.starts(with: "GNU.sparse.".utf8) || key == "SCHILY.realsize" {
            pending.isSparse = true
            return
        }
        guard ["path", "linkpath", "size"].contains(key) else { return }
        guard !isGlobal else {
            // Some readers would give it to every member, others to none.
            throw ContainerFault(.containerReaders, found: "a global pax header with '\(key)'")
        }
        switch key {
        case "path": pending.name = record.value
        case "linkpath": pending.linkName = record.value
        default:
            guard let size = Int(decimal: record.value) else {
                throw ContainerFault(.memberSize, pending.name, found: "a length of '\(record.value.shown)'")
            }
            pending.size = size
        }
    }
}

/// One `length key=value` of a pax header.
struct PaxRecord {
    let key: [UInt8]
    let value: [UInt8]

    /// The records of a header, in order.
    ///
    /// - Throws: `ContainerFault` where a length does not lead to a line end.
    static func all(in bytes: [UInt8]) throws(ContainerFault) -> [PaxRecord] {
        var records: [PaxRecord] = []
        var start = 0
        while start < bytes.count {
            guard let space = bytes[start...].firstIndex(of: 0x20),
                let length = Int(decimal: Array(bytes[start..<space])),
                length > space - start + 1, length <= bytes.count - start,
                bytes[start + length - 1] == 0x0A,
                let equals = bytes[space..<start + length].firstIndex(of: UInt8(ascii: "="))
            else {
                throw ContainerFault(.containerDamaged, found: "a pax header that is none")
            }
            let value = Array(bytes[equals + 1..<start + length - 1])
            guard !value.contains(0) else {
                throw ContainerFault(.memberControl, value, found: "a NUL in a pax header")
            }
            records.append(PaxRecord(key: Array(bytes[space + 1..<equals]), value: value))
            start += length
        }
        return records
    }
}

extension Int {
    /// Decimal digits and nothing else, at most 18 of them.
    package init?(decimal digits: some Collection<UInt8>) {
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        self = value
    }
}
