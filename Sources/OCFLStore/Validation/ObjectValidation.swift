import FileSafety
import Fixity
import SystemPackage

/// Holds one object against the specification: its root, its inventories, its versions, and every byte of its content.
///
/// Follows no link, opens nothing but regular files and folders, writes nothing, and goes on after a finding.
final class ObjectValidation {
    let folder: OpenFolder
    let log: FindingLog
    let pools = NamePools()
    let worker: ValidationWorker
    let options: ValidationOptions
    var report: ObjectReport

    /// The newest inventory, judged.
    var root: InventoryReading?
    /// What the object's declaration says.
    var declared: OCFLVersion?
    var expectations = ContentExpectations()
    /// Content files that are there, in the order in which they were met.
    var files: [BytePool.ID] = []
    /// By path: whether it is a content file, or something else that has been named.
    var onDisk: [PathState] = []

    /// What stands at a content path.
    enum PathState: UInt8 {
        /// Nothing was met there.
        case nothing
        /// A file that each manifest lists.
        case file
        /// A file that some manifest lacks, which has been told.
        case unlisted
        /// Something that is no file.
        case other
    }

    /// An inventory that was read, with the digests of its bytes.
    struct InventoryReading {
        /// nil where it is no JSON object.
        let parsed: ParsedInventory?
        let digests: [Digest]
        /// SHA-512, by which two inventories are the same.
        var sha512: String { digests.first { $0.algorithm == .sha512 }?.hex ?? "" }
    }

    init(
        _ folder: OpenFolder,
        object: String,
        worker: ValidationWorker,
        options: ValidationOptions,
        sink: ((OCFLFinding) -> Void)? = nil
    ) {
        self.folder = folder
        self.worker = worker
        self.options = options
        log = FindingLog(object: object, sink: sink)
        report = ObjectReport(object: object)
    }

    /// Looks at everything.
    ///
    /// - Parameter inParallel: whether content is read by two threads; else the caller runs several objects at once.
    /// - Returns: what was found.
    /// - Throws: what the checkpoint throws; `FileSafetyError` where the object's own folder cannot be listed.
    func run(inParallel: Bool) throws -> ObjectReport {
        let entries = try folder.handle.entries()
        checkDeclarations(entries)
        log.specification = declared ?? .v1_1
        report.specification = declared
        root = readInventory(folder, entries, version: nil)
        // Without a declaration, the inventory's word is taken.
        if declared == nil, let claimed = root?.parsed?.specification { log.specification = claimed }
        if let parsed = root?.parsed {
            judge(parsed, version: nil, path: "inventory.json")
            report.id = parsed.id.bytes.map { Shown.text($0) }
            report.versions = parsed.versions.map(\.shownName)
            expectations.add(parsed, pools: pools, by: 0)
        }
        checkRootEntries(entries)
        try checkVersions(entries)
        try checkContent(inParallel: inParallel)
        report.findings = log.findings
        report.unread = log.unread
        report.errors = log.errors
        report.warnings = log.warnings
        return report
    }

    /// Enters what the system would not let be looked at.
    func enter(_ error: any Error, path: String) { log.addUnread(path: path, reason: "\(error)") }

    func judge(_ parsed: ParsedInventory, version: String?, path: String) {
        InventoryRules(
            parsed,
            log: log,
            pools: pools,
            version: version,
            path: path,
            declared: declared
        ).check(declared: declared)
    }

    /// Enters what stands where a file must be, if it is something else.
    ///
    /// - Returns: whether it is a file.
    func requireFile(_ kind: FileStatus.Kind, version: String?, path: String) -> Bool {
        switch kind {
        case .file: return true
        case .directory: return false
        case .symbolicLink:
            log.add(.E090, version: version, path: path, found: "a symbolic link", expected: "no links")
        case .fifo, .socket, .device:
            let expected = "a file or a folder; anything else must be wrapped in an image of a file system"
            log.add(.E089, version: version, path: path, found: "a \(kind.rawValue)", expected: expected)
        }
        return false
    }

    /// Enters that a file has further names.
    func checkLinks(_ status: FileStatus?, version: String?, path: String) {
        guard let status, let found = options.findsLinks(status) else { return }
        log.add(.E090, version: version, path: path, found: found, expected: "no links")
    }
}

// MARK: - Declaration

extension ObjectValidation {
    private func checkDeclarations(_ entries: FolderEntries) {
        let names = Declarations(entries, family: .object)
        for index in names.right { checkDeclaration(entries, index) }
        for (index, code) in names.wrong {
            log.add(
                code,
                path: Shown.text(entries.name(index).bytes),
                found: "a file called \(Shown.quoted(entries.name(index).bytes))",
                expected: "a declaration called '0=ocfl_object_1.0' or '0=ocfl_object_1.1'"
            )
        }
        if names.right.count != 1 {
            log.add(
                .E003,
                found: names.right.isEmpty ? "no declaration" : "\(names.right.count) declarations",
                expected: "exactly one declaration, '0=ocfl_object_1.0' or '0=ocfl_object_1.1'"
            )
        }
    }

    private func checkDeclaration(_ entries: FolderEntries, _ index: Int) {
        let path = Shown.text(entries.name(index).bytes)
        let version = OCFLVersion.allCases.first { entries.name(index).text == "0=\($0.objectDeclaration)" }
        declared = [declared, version].compactMap(\.self).max()
        guard requireFile(entries.kind(index), version: nil, path: path) else {
            if entries.kind(index) == .directory {
                log.add(.E002, path: path, found: "a folder", expected: "a file, as NAMASTE has it")
            }
            return
        }
        do {
            let file = try folder.handle.openFile(entries.name(index), seen: .file)
            checkLinks(try file.status(), version: nil, path: path)
            let said = try Declarations.content(file)
            let expected = String(path.utf8.dropFirst(2)) ?? ""
            guard said != Array((expected + "\n").utf8) else { return }
            log.add(.E007, path: path, found: Shown.quoted(said), expected: "'\(expected)' and a line feed")
        } catch {
            enter(error, path: path)
        }
    }
}

/// Finds the declarations among the names of a folder: NAMASTE tags, `0=` and what the folder is.
struct Declarations {
    /// Whose declarations.
    enum Family {
        /// An object's: `0=ocfl_object_…`.
        case object
        /// A storage root's: `0=ocfl_…`.
        case root
    }

    /// Indices of names that declare a version of OCFL.
    private(set) var right: [Int] = []
    /// Indices of names that were meant to, each with the code of what is wrong with it.
    private(set) var wrong: [(index: Int, code: OCFLCode)] = []

    init(_ entries: FolderEntries, family: Family) {
        let known = OCFLVersion.allCases.map { version in
            Array("0=\(family == .object ? version.objectDeclaration : version.rootDeclaration)".utf8)
        }
        for index in 0..<entries.count {
            let name = entries.name(index).bytes
            if known.contains(where: { name.elementsEqual($0) }) {
                right.append(index)
            } else if let code = Self.fault(of: name, family) {
                wrong.append((index, code))
            }
        }
    }

    private static func fault(of name: ArraySlice<UInt8>, _ family: Family) -> OCFLCode? {
        let text = String(decoding: name, as: UTF8.self).lowercased()
        let isObject = text.contains("ocfl_object")
        guard text.contains("ocfl_"), isObject == (family == .object) else {
            // In an object `0=` belongs to declarations; a root may have tags of others.
            return family == .object && text.hasPrefix("0=") ? .E006 : nil
        }
        guard let equals = text.firstIndex(of: "=") else {
            // Other files of a root may be called after OCFL: its text, its layout, somebody's notes.
            if family == .object { return .E004 }
            return text.hasPrefix("0ocfl_") ? .E077 : nil
        }
        guard text[..<equals] == "0" else {
            if family == .object { return .E005 }
            let isTag =
                text[..<equals].utf8.allSatisfy { (48...57).contains($0) } && text[equals...].hasPrefix("=ocfl_")
            return isTag ? .E078 : nil
        }
        return family == .object ? .E006 : .E079
    }

    /// Whether a folder declares an object, or a storage root, of whatever version.
    static func has(_ family: Family, _ entries: FolderEntries) -> Bool {
        (0..<entries.count).contains { index in
            let name = entries.name(index).bytes
            guard name.starts(with: "0=ocfl_".utf8) else { return false }
            return name.starts(with: "0=ocfl_object_".utf8) == (family == .object)
        }
    }

    /// The first 4096 bytes of a declaration.
    static func content(_ file: borrowing OpenFile) throws -> [UInt8] { try file.beginning(4096) }
}
