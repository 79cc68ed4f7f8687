/// The skeleton of a zip: what its directory says of each member, held against the header before each member and against
/// what lies between them (APPNOTE.TXT 6.3.10, section 4.3,
/// <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>).
///
/// A zip says everything twice, and readers differ in which they believe. Here both must say the same, the members must
/// lie one behind the other without overlap or gap, and nothing may stand before the first or behind the end. What passes
/// is given to libarchive for its content.
struct ZipStructure {
    /// A member as the directory lists it.
    struct Record {
        var member: ContainerMember
        let rawName: [UInt8]
        let host: UInt8
        let flags: Int
        let method: Int
        let checksum: UInt32
        var packedSize: Int
        var localOffset: Int
    }

    /// The members in the order in which they lie in the file, which is the order of libarchive.
    private(set) var records: [Record] = []
    /// What is wrong, each with the member that it is about.
    private(set) var findings: [ContainerFinding] = []
    /// Whether the content may be read: nothing in the skeleton itself is wrong.
    var isSound: Bool { !findings.contains { $0.weight == .invalid && Self.skeleton.contains($0.rule) } }

    private static let skeleton: Set<ContainerRule> = [
        .containerHeaders, .containerLayout, .containerDamaged, .containerTruncated, .containerTrailing,
        .containerFormat, .containerLimit,
    ]

    private let file: FileSource
    private let limits: ContainerLimits

    /// Reads the directory and every local header.
    ///
    /// - Throws: `ContainerFault` where there is no directory; `FileSafetyError`.
    init(_ file: FileSource, limits: ContainerLimits) throws {
        self.file = file
        self.limits = limits
        let end = try ZipEnd(file)
        findings += end.findings
        try readDirectory(end)
        records.sort { $0.localOffset < $1.localOffset }
        try walkMembers(upTo: end.directoryOffset)
    }

    private mutating func readDirectory(_ end: ZipEnd) throws {
        guard end.count <= limits.members else {
            throw ContainerFault(
                .containerLimit,
                found: "the directory lists \(end.count) members",
                expected: "at most \(limits.members)",
                limit: .members
            )
        }
        var window = ByteWindow(
            file,
            from: end.directoryOffset,
            to: end.directoryOffset + end.directorySize,
            block: 1 << 16
        )
        for number in 0..<end.count {
            guard let head = try window.take(46), head.starts(with: [0x50, 0x4B, 0x01, 0x02]) else {
                throw ContainerFault(
                    .containerHeaders,
                    found: "the directory has \(number) entries, and says that it has \(end.count)"
                )
            }
            let lengths = [28, 30, 32].map { head.number(at: $0, 2) }
            guard let name = try window.take(lengths[0]), let extra = try window.take(lengths[1]),
                try window.take(lengths[2]) != nil
            else {
                throw ContainerFault(.containerTruncated, found: "the directory ends inside entry \(number + 1)")
            }
            try add(head, name: name, extra: extra)
        }
        if try window.take(1) != nil {
            findings.append(
                ContainerFinding(
                    .invalid,
                    .containerHeaders,
                    found: "more in the directory than its \(end.count) entries"
                )
            )
        }
    }

    private mutating func add(_ head: [UInt8], name: [UInt8], extra: [UInt8]) throws(ContainerFault) {
        guard let fields = ZipExtra.all(in: extra) else {
            throw ContainerFault(.containerDamaged, name, found: "its extra fields in the directory are none")
        }
        var numbers = ZipNumbers(
            size: head.number(at: 24, 4),
            packedSize: head.number(at: 20, 4),
            offset: head.number(at: 42, 4)
        )
        guard numbers.widen(by: fields) else {
            throw ContainerFault(.containerDamaged, name, found: "its zip64 field lacks a number")
        }
        guard head.number(at: 34, 2) == 0 else {
            throw ContainerFault(.containerFormat, name, found: "a part of a zip that is split over files")
        }
        let host = head[5]
        let attributes = head.number(at: 38, 4)
        let exact = ZipExtra.unicodeName(fields, of: name) ?? name
        if exact != name, UTF8Text.isValid(name) {
            let words = "a second name in an extra field: '\(exact.shown)'"
            findings.append(ContainerFinding(.invalid, .containerHeaders, name, found: words))
        }
        var member = ContainerMember(name: exact, kind: .file, size: numbers.size)
        // Unix (3) and OS X (19) keep `st_mode` in the upper half.
        let mode = host == 3 || host == 19 ? attributes >> 16 : 0
        let isFolder = exact.last == UInt8(ascii: "/") || (mode & 0o170000 == 0 && attributes & 0x10 != 0 && host != 3)
        switch mode & 0o170000 {
        case 0, 0o100000: member.kind = isFolder ? .folder : .file
        case 0o040000: member.kind = .folder
        case 0o120000: member.kind = .symbolicLink
        default: member.kind = .special
        }
        if member.kind == .folder, member.name.last == UInt8(ascii: "/"), member.name.count > 1 {
            member.name.removeLast()
        }
        let flags = head.number(at: 8, 2)
        let method = head.number(at: 10, 2)
        member.isSetID = mode & 0o6000 != 0
        // Bit 0: encrypted; bit 6: strongly; bit 13: the directory too; method 99: AES of WinZip.
        member.isEncrypted = flags & (1 | 1 << 6 | 1 << 13) != 0 || method == 99
        records.append(
            Record(
                member: member,
                rawName: name,
                host: host,
                flags: flags,
                method: method,
                checksum: UInt32(head.number(at: 16, 4)),
                packedSize: numbers.packedSize,
                localOffset: numbers.offset
            )
        )
    }

    /// Follows the members from the start of the file to its directory.
    private mutating func walkMembers(upTo directory: Int) throws {
        var place = 0
        for record in records {
            let name = record.member.name
            guard record.localOffset >= place else {
                report(.containerLayout, name, "it begins at byte \(record.localOffset), inside the member before it")
                continue
            }
            if record.localOffset > place {
                let gap = record.localOffset - place
                let what = place == 0 ? "before the first member" : "before it that no directory lists"
                report(.containerLayout, name, "\(gap) bytes \(what)")
            }
            guard let end = try check(record, limit: directory) else { return }
            place = end
        }
        if place < directory {
            report(.containerLayout, nil, "\(directory - place) bytes between the last member and the directory")
        }
    }

    /// Holds a local header against the directory; returns where the member ends, or nil where that cannot be told.
    private mutating func check(_ record: Record, limit: Int) throws -> Int? {
        let name = record.member.name
        var window = ByteWindow(file, from: record.localOffset, to: limit)
        guard let head = try window.take(30), head.starts(with: [0x50, 0x4B, 0x03, 0x04]),
            let localName = try window.take(head.number(at: 26, 2)),
            let extra = try window.take(head.number(at: 28, 2)),
            let fields = ZipExtra.all(in: extra)
        else {
            report(.containerHeaders, name, "no header of a member at byte \(record.localOffset)")
            return nil
        }
        if localName != record.rawName {
            report(.containerHeaders, name, "before its content it is called '\(localName.shown)'")
        }
        if let second = ZipExtra.unicodeName(fields, of: localName), second != name, second != name + [0x2F] {
            report(.containerHeaders, name, "before its content it is called '\(second.shown)'")
        }
        if head.number(at: 8, 2) != record.method {
            report(
                .containerHeaders,
                name,
                "packed by method \(head.number(at: 8, 2)) before its content, \(record.method) in the directory"
            )
        }
        // Bits 1 and 2 are levels; 0 is encryption, 3 says that the numbers follow the content, 11 that the name is UTF-8.
        let telling = 1 | 1 << 3 | 1 << 6 | 1 << 11
        if head.number(at: 6, 2) & telling != record.flags & telling {
            report(.containerHeaders, name, "its flags before its content and in the directory differ")
        }
        var numbers = ZipNumbers(size: head.number(at: 22, 4), packedSize: head.number(at: 18, 4), offset: 0)
        let isWide = fields.contains { $0.id == 1 }
        guard numbers.widen(by: fields) else {
            report(.containerHeaders, name, "its zip64 field lacks a number")
            return nil
        }
        guard record.packedSize <= limit - window.position else {
            report(.containerTruncated, name, "\(record.packedSize) bytes of content, of which the file has fewer")
            return nil
        }
        let end = window.position + record.packedSize
        let promised = (UInt32(head.number(at: 14, 4)), numbers.packedSize, numbers.size)
        guard record.flags & 1 << 3 != 0 else {
            compare(promised, record)
            return end
        }
        // What is not known in front is zero there.
        let known = (
            promised.0 == 0 ? record.checksum : promised.0, promised.1 == 0 ? record.packedSize : promised.1,
            promised.2 == 0 ? record.member.size : promised.2
        )
        compare(known, record)
        return try checkDescriptor(record, at: end, isWide: isWide, limit: limit)
    }

    /// The numbers behind a member's content (section 4.3.9): with a signature or without, of 4 or 8 bytes.
    private mutating func checkDescriptor(_ record: Record, at place: Int, isWide: Bool, limit: Int) throws -> Int? {
        let bytes = try file.bytes(at: place, count: min(24, limit - place))
        let signed = bytes.starts(with: [0x50, 0x4B, 0x07, 0x08])
        let widths = isWide ? [8, 4] : [4, 8]
        for start in signed ? [4, 0] : [0] {
            for width in widths where bytes.count >= start + 4 + 2 * width {
                let found = (
                    UInt32(bytes.number(at: start, 4)), bytes.number(at: start + 4, width),
                    bytes.number(at: start + 4 + width, width)
                )
                if found == (record.checksum, record.packedSize, record.member.size) {
                    return place + start + 4 + 2 * width
                }
            }
        }
        report(.containerHeaders, record.member.name, "the numbers behind its content are not those of the directory")
        return nil
    }

    private mutating func compare(_ local: (UInt32, Int, Int), _ record: Record) {
        guard local != (record.checksum, record.packedSize, record.member.size) else { return }
        report(
            .containerHeaders,
            record.member.name,
            "check sum or lengths differ: \(local.1) bytes packed, \(local.2) unpacked before its content, "
                + "\(record.packedSize) and \(record.member.size) in the directory"
        )
    }

    private mutating func report(_ rule: ContainerRule, _ name: [UInt8]?, _ words: String) {
        findings.append(ContainerFinding(.invalid, rule, name, found: words))
    }
}
