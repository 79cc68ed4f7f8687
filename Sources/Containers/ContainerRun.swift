/// One reading of one container: counts, names, and what was found so far.
final class ContainerRun {
    private let limits: ContainerLimits
    private let use: ContainerUse
    private let isInterrupted: @Sendable () -> Bool
    private let visitor: any ContainerVisitor
    private var names: MemberNames
    private var isInMember = false
    /// What was found so far.
    var findings: [ContainerFinding] = []
    /// How many entries have been seen.
    private(set) var members = 0
    /// Whether the content could be looked at.
    private(set) var isReadable = true
    /// How many bytes of content came out.
    private(set) var expanded = 0
    private var packed: () -> Int = { 0 }

    init(
        limits: ContainerLimits,
        use: ContainerUse,
        isInterrupted: @escaping @Sendable () -> Bool,
        visitor: any ContainerVisitor
    ) {
        self.limits = limits
        self.use = use
        self.isInterrupted = isInterrupted
        self.visitor = visitor
        names = MemberNames(use: use, depth: limits.depth)
    }

    /// Tells the visitor that a member which broke off is not whole.
    func finishMember() throws {
        guard isInMember else { return }
        isInMember = false
        try visitor.end(isWhole: false)
    }

    // MARK: - Formats

    /// Reads a tar out of whatever compression it was in.
    func readTar(_ source: any ByteSource) throws {
        var scanner = TarScanner()
        var came = 0
        packed = { source.consumed }
        let client = unsafe StreamClient(source) { [self] piece in
            came += piece.count
            try checkTotal(came, packed: source.consumed)
            unsafe scanner.accept(piece)
        }
        defer { findings += scanner.findings }
        do {
            try UTF8Locale.with(UTF8Locale.missing) {
                let reader = try LibraryReader.open(.tar, client)
                while let entry = try reader.nextEntry() {
                    guard let member = scanner.nextMember() else {
                        throw scanner.fault ?? disagreement(entry.name, "an entry that only one of them sees")
                    }
                    try agree(entry, member)
                    try take(member, entry, from: reader)
                }
            }
        } catch {
            // What the library did not get to is looked at by its name at least.
            while let member = scanner.nextMember() { try look(at: member) }
            throw client.failure ?? scanner.fault ?? error
        }
        // The library stops at the end of the first archive; what stands behind it is looked at here.
        while !scanner.isOver {
            try stopIfInterrupted()
            guard let piece = unsafe client.read(), unsafe !piece.isEmpty else { break }
        }
        if let failure = client.failure ?? scanner.fault { throw failure }
        scanner.finish()
        if let hidden = scanner.nextMember() {
            throw disagreement(hidden.name, "an entry that only one of them sees")
        }
    }

    /// Reads a zip whose skeleton is sound.
    func readZip(_ file: FileSource) throws {
        let structure = try ZipStructure(file, limits: limits)
        findings += structure.findings
        packed = { file.size }
        guard structure.isSound else {
            // Its content is not looked at: which bytes belong to which member is in doubt. Its names are.
            isReadable = false
            for record in structure.records { try look(at: record.member) }
            return
        }
        visitor.foresee(structure.records.map(\.member.name))
        let client = FileClient(file)
        var records = structure.records.makeIterator()
        do {
            try UTF8Locale.with(UTF8Locale.missing) {
                let reader = try LibraryReader.open(.zip, client)
                while let entry = try reader.nextEntry() {
                    guard let record = records.next() else {
                        throw disagreement(entry.name, "an entry that only one of them sees")
                    }
                    try agree(entry, record.member)
                    try take(record.member, entry, from: reader, method: record.method, packedSize: record.packedSize)
                }
            }
        } catch {
            while let record = records.next() { try look(at: record.member) }
            throw client.failure ?? error
        }
        if let missed = records.next() {
            throw disagreement(missed.member.name, "an entry that only one of them sees")
        }
    }

    /// Reads a 7-Zip archive, whose names libarchive has composed.
    func readSevenZip(_ file: FileSource) throws {
        // The head says where the directory is and how long; it must reach to the end (7zFormat.txt, "SignatureHeader").
        let head = try file.bytes(at: 0, count: 32)
        guard head.count == 32 else {
            throw ContainerFault(.containerTruncated, found: "the head of the 7-Zip archive is cut")
        }
        let (offset, size) = (head.number(at: 12, 8), head.number(at: 20, 8))
        guard offset >= 0, size >= 0, offset <= file.size, size <= file.size, 32 + offset + size <= file.size else {
            throw ContainerFault(.containerTruncated, found: "the directory of the 7-Zip archive is not in the file")
        }
        let behind = file.size - (32 + offset + size)
        if behind > 0 {
            findings.append(
                ContainerFinding(
                    .invalid,
                    .containerTrailing,
                    found: "\(behind) bytes behind the end of the 7-Zip archive"
                )
            )
        }
        packed = { file.size }
        let client = FileClient(file)
        do {
            try UTF8Locale.with(UTF8Locale.missing) {
                let reader = try LibraryReader.open(.sevenZip, client)
                while let entry = try reader.nextEntry() {
                    var member = ContainerMember(name: entry.name ?? [], kind: entry.kind, size: entry.size ?? 0)
                    member.isSetID = entry.isSetID
                    member.isEncrypted = entry.isEncrypted
                    if member.kind == .folder, member.name.last == 0x2F { member.name.removeLast() }
                    try take(member, entry, from: reader)
                }
            }
        } catch {
            throw client.failure ?? error
        }
    }

    // MARK: - Members

    /// Looks at a member's name and nature; returns its name where nothing speaks against it.
    @discardableResult
    private func look(at member: ContainerMember) throws -> [UInt8]? {
        members += 1
        guard members <= limits.members else {
            throw ContainerFault(
                .containerLimit,
                found: "more than \(limits.members) members",
                expected: "at most \(limits.members)",
                limit: .members
            )
        }
        if members % 64 == 0 { try stopIfInterrupted() }
        let before = findings.count
        let name = MemberNames.withoutDot(member.name)
        if name.isEmpty, member.kind == .folder, member.name.first == 0x2E {
            // "This folder", which every `tar -c .` has: nothing is made for it.
            findings.append(
                ContainerFinding(
                    use.weight(of: .memberDot),
                    .memberDot,
                    member.name,
                    found: "an entry for the folder itself"
                )
            )
            return nil
        }
        let isStranger = MemberNames.isInFinderFolder(name)
        // Two letters before a name of the longest kind make one that is too long; nothing is made of it.
        findings += names.problems(of: name, shownAs: member.name).filter { !isStranger || $0.rule != .memberLong }
        // A name that is none is not held against the others: one of a million slashes would be a million folders.
        let isName = !findings[before...].contains { $0.weight == .invalid }
        findings += problems(ofNature: member)
        let isSafe = !findings[before...].contains { $0.weight == .invalid }
        if isName { findings += names.register(name, isFolder: member.kind == .folder) }
        let isNew = !findings[before...].contains { $0.weight == .invalid }
        if isSafe && isNew { return name }
        visitor.refused(name)
        return nil
    }

    private func problems(ofNature member: ContainerMember) -> [ContainerFinding] {
        var found: [ContainerFinding] = []
        func tell(_ weight: ContainerFinding.Weight, _ rule: ContainerRule, _ words: String, expected: String? = nil) {
            found.append(ContainerFinding(weight, rule, member.name, found: words, expected: expected))
        }
        switch member.kind {
        case .file, .folder: break
        case .symbolicLink, .hardLink:
            let target =
                member.target.map { " to '\($0.shown)'\(Self.leads($0, from: member) ? ", outside" : "")" } ?? ""
            tell(.invalid, .memberLink, "a \(member.kind.rawValue)\(target)", expected: "files and folders")
        case .special: tell(.invalid, .memberSpecial, "a \(member.kind.rawValue)", expected: "files and folders")
        }
        if member.isSetID {
            let weight = member.kind == .folder ? ContainerFinding.Weight.warning : .invalid
            tell(weight, .memberMode, "its mode has setuid or setgid")
        }
        if member.isEncrypted { tell(.invalid, .memberEncrypted, "the member is encrypted") }
        if member.isSparse { tell(.invalid, .memberSparse, "the member has holes", expected: "all of its bytes") }
        if member.kind == .file, member.size > limits.member {
            let limit = "at most \(limits.member)"
            found.append(
                ContainerFinding(
                    .invalid,
                    .memberLimit,
                    member.name,
                    found: "\(member.size) bytes",
                    expected: limit,
                    limit: .member
                )
            )
        }
        return found
    }

    /// Whether a link's target leaves the folder that the container is unpacked in.
    private static func leads(_ target: [UInt8], from member: ContainerMember) -> Bool {
        if target.first == 0x2F { return true }
        var depth = member.kind == .hardLink ? 0 : member.name.count { $0 == 0x2F }
        for part in target.split(separator: 0x2F) {
            depth += part.elementsEqual([0x2E, 0x2E]) ? -1 : part.elementsEqual([0x2E]) ? 0 : 1
            if depth < 0 { return true }
        }
        return false
    }

    /// Takes one member with its content.
    private func take(
        _ member: ContainerMember,
        _ entry: LibraryEntry,
        from reader: borrowing LibraryReader,
        method: Int = 0,
        packedSize: Int = .max
    ) throws {
        let wanted = try look(at: member)
        if let warning = entry.warning, member.kind == .file || member.kind == .folder {
            findings.append(ContainerFinding(.warning, .containerWarning, member.name, found: warning))
        }
        // Stored and deflated are the two ways that every reader of zip has.
        if member.kind == .file, method != 0, method != 8, !member.isEncrypted {
            let expected = "stored (0) or deflated (8)"
            findings.append(
                ContainerFinding(
                    .invalid,
                    .memberMethod,
                    member.name,
                    found: "packed by method \(method)",
                    expected: expected
                )
            )
            return
        }
        if member.isEncrypted { return }
        if member.kind == .folder {
            if let wanted { try visitor.folder(wanted) }
            return
        }
        // Holes are not filled: a member of 512 bytes may say that it has as many as there are.
        guard member.kind == .file, !member.isSparse, member.size <= limits.member else { return }
        if let wanted {
            var safe = member
            safe.name = wanted
            isInMember = true
            try visitor.begin(safe)
        }
        let isWhole = try receive(member, from: reader, packedSize: packedSize)
        guard isInMember else { return }
        isInMember = false
        try visitor.end(isWhole: isWhole)
    }

    private func receive(
        _ member: ContainerMember,
        from reader: borrowing LibraryReader,
        packedSize: Int
    ) throws -> Bool {
        var count = 0
        do {
            while let block = try unsafe reader.nextBlock() {
                guard unsafe block.offset == count else {
                    throw ContainerFault(.memberSparse, member.name, found: "a hole behind byte \(count)")
                }
                count += unsafe block.piece.count
                guard count <= member.size else {
                    findings.append(size(of: member, isAtLeast: count))
                    return false
                }
                expanded += unsafe block.piece.count
                try checkTotal(expanded, packed: packed())
                if packedSize != .max, limits.isExceeded(expanded: count, packed: packedSize) {
                    throw tooMuch(count, packedSize, member.name)
                }
                if isInMember { try unsafe visitor.receive(block.piece) }
                if unsafe count & 0xFFF_FFFF < block.piece.count { try stopIfInterrupted() }
            }
        } catch let damage as LibraryDamage {
            findings.append(ContainerFinding(.invalid, .memberChecksum, member.name, found: damage.words))
            return false
        } catch let fault as ContainerFault where fault.finding.path == nil {
            let finding = fault.finding
            throw ContainerFault(
                finding.rule,
                member.name,
                found: finding.found,
                expected: finding.expected,
                limit: finding.limit
            )
        }
        guard count == member.size else {
            findings.append(size(of: member, isAtLeast: count))
            return false
        }
        return true
    }

    private func size(of member: ContainerMember, isAtLeast count: Int) -> ContainerFinding {
        ContainerFinding(
            .invalid,
            .memberSize,
            member.name,
            found: count > member.size ? "\(count) bytes and more" : "\(count) bytes",
            expected: "\(member.size) bytes, as the container says"
        )
    }

    // MARK: - Agreement and limits

    /// Holds what libarchive says of a member against what our own reader says.
    private func agree(_ entry: LibraryEntry, _ member: ContainerMember) throws {
        // Of members that are refused, the two may say different things for good reasons.
        guard member.kind == .file || member.kind == .folder, !member.isSparse, !member.isEncrypted else { return }
        guard entry.kind == member.kind else {
            throw disagreement(member.name, "a \(entry.kind.rawValue) to one, a \(member.kind.rawValue) to the other")
        }
        if member.kind == .file, let size = entry.size, size != member.size {
            throw disagreement(member.name, "\(size) bytes to one, \(member.size) to the other")
        }
        guard var name = entry.name, UTF8Text.isValid(member.name) else { return }
        if member.kind == .folder, name.last == 0x2F, name.count > 1 { name.removeLast() }
        // libarchive takes a backslash for a slash where a zip's name has no slash; such a name is told by itself.
        func plain(_ name: [UInt8]) -> [UInt8] { MemberNames.composed(name.map { $0 == 0x5C ? 0x2F : $0 }) }
        if name != member.name, plain(name) != plain(member.name) {
            throw disagreement(member.name, "called '\(name.shown)' by the other")
        }
    }

    private func disagreement(_ name: [UInt8]?, _ words: String) -> ContainerFault {
        ContainerFault(.containerReaders, name, found: "two readers do not see the same: \(words)")
    }

    private func checkTotal(_ count: Int, packed: Int) throws {
        guard count <= limits.total else {
            throw ContainerFault(
                .containerLimit,
                found: "more than \(limits.total) bytes come out",
                expected: "at most \(limits.total)",
                limit: .total
            )
        }
        if limits.isExceeded(expanded: count, packed: packed) { throw tooMuch(count, packed, nil) }
    }

    private func tooMuch(_ count: Int, _ packed: Int, _ name: [UInt8]?) -> ContainerFault {
        ContainerFault(
            .containerLimit,
            name,
            found: "\(count) bytes come out of \(packed)",
            expected: "at most \(limits.ratio) to 1",
            limit: .ratio
        )
    }

    private func stopIfInterrupted() throws {
        if isInterrupted() { throw CancellationError() }
    }
}
