import FileSafety
import Fixity
import Synchronization
package import SystemPackage

/// What a validation looked at, and what came of it.
package struct OCFLSummary: Sendable {
    /// What was at the path.
    package enum Subject: String, Hashable, Sendable {
        /// An object.
        case object
        /// A storage root with the objects in it.
        case storageRoot = "storage root"
        /// An inventory alone.
        case inventory
    }

    /// What was at the path.
    package let subject: Subject
    /// What it declares to be; nil where it declares nothing that is known.
    package internal(set) var specification: OCFLVersion?
    /// How many objects were looked at.
    package internal(set) var objects = 0
    /// How many of them have no error, and could be looked at whole.
    package internal(set) var validObjects = 0
    /// How many content files were looked at.
    package internal(set) var files = 0
    /// How many bytes were read.
    package internal(set) var bytes = 0
    /// How many findings break a MUST.
    package internal(set) var errors = 0
    /// How many findings break a SHOULD.
    package internal(set) var warnings = 0
    /// How many findings are merely told.
    package internal(set) var notes = 0
    /// What could not be looked at.
    package internal(set) var unread: [OCFLUnread] = []

    /// Whether nothing breaks a MUST, and everything could be looked at.
    package var isValid: Bool { errors == 0 && unread.isEmpty }
}

/// Validates OCFL 1.0 and 1.1: objects, storage roots and single inventories, by the text of the specification.
///
/// Reports all findings in one pass. Never writes, follows no link below the path that it is given, and waits on nothing.
/// <https://ocfl.io/1.1/spec/>, <https://ocfl.io/1.0/spec/>.
package struct OCFLValidator: Sendable {
    private let options: ValidationOptions

    /// A validator.
    package init(options: ValidationOptions = ValidationOptions()) { self.options = options }

    /// Validates whatever lies at a path.
    ///
    /// - Parameters:
    ///   - path: a storage root, an object's root, or an inventory; it may lead through links.
    ///   - report: given each finding; those of one object together, objects in the order of their paths.
    /// - Returns: what was looked at.
    /// - Throws: `FileSafetyError` where the path cannot be looked at at all; what the checkpoint throws.
    package func validate(_ path: FilePath, report: (OCFLFinding) -> Void) throws -> OCFLSummary {
        let status = try FileStatus.following(path)
        guard status.kind == .directory else {
            guard status.kind == .file else {
                let reason = "it is a \(status.kind.rawValue), not a file or a folder"
                throw FileSafetyError(.notARegularFile, operation: "validate", path: path, reason: reason)
            }
            return try validateInventory(path, report)
        }
        let folder = OpenFolder(try DirectoryHandle.open(path))
        return try Self.isRoot(folder) ? validateRoot(folder, report) : validateObject(folder, report)
    }

    /// Whether a folder is meant to be a storage root; everything else is taken for an object.
    private static func isRoot(_ folder: OpenFolder) throws -> Bool {
        let entries = try folder.handle.entries()
        if RootWalk.isObject(entries) { return false }
        if Declarations.has(.root, entries) || entries.index(of: StorageLayout.layoutFile) != nil { return true }
        let names = Declarations(entries, family: .object)
        guard names.right.isEmpty, names.wrong.isEmpty else { return false }
        // A root that lost its declaration still leads to objects.
        let walk = RootWalk(folder, log: FindingLog(object: nil))
        try walk.begin()
        return try !walk.next(atLeast: 1, checkpoint: {}).isEmpty
    }

    // MARK: - One object, one inventory

    private func validateObject(_ folder: OpenFolder, _ report: (OCFLFinding) -> Void) throws -> OCFLSummary {
        var notes = 0
        let found = try withoutActuallyEscaping(report) { report in
            let validation = ObjectValidation(
                folder,
                object: ".",
                worker: ValidationWorker(),
                options: options,
                sink: { finding in
                    if finding.severity == .note { notes += 1 }
                    report(finding)
                }
            )
            return try validation.run(inParallel: true)
        }
        var summary = OCFLSummary(subject: .object, specification: found.specification)
        Self.add(found, to: &summary)
        summary.notes = notes
        return summary
    }

    private static func add(_ found: ObjectReport, to summary: inout OCFLSummary) {
        summary.objects += 1
        if found.isValid { summary.validObjects += 1 }
        summary.files += found.filesRead
        summary.bytes += found.bytesRead
        summary.errors += found.errors
        summary.warnings += found.warnings
        summary.notes += found.findings.count { $0.severity == .note }
        summary.unread += found.unread
    }

    private func validateInventory(_ path: FilePath, _ report: (OCFLFinding) -> Void) throws -> OCFLSummary {
        let parent = path.removingLastComponent()
        let name = path.lastComponent?.string ?? ""
        let file = try OpenFile.reading(path)
        let found = try InventoryValidation.run(
            file,
            name: name,
            folder: OpenFolder(try DirectoryHandle.open(parent.isEmpty ? "." : parent))
        )
        for finding in found.log.findings { report(finding) }
        var summary = OCFLSummary(subject: .inventory, specification: found.specification)
        summary.bytes = found.bytes
        summary.errors = found.log.errors
        summary.warnings = found.log.warnings
        summary.notes = found.log.findings.count { $0.severity == .note }
        summary.unread = found.log.unread
        return summary
    }

    // MARK: - A storage root

    private func validateRoot(_ folder: OpenFolder, _ report: (OCFLFinding) -> Void) throws -> OCFLSummary {
        let log = FindingLog(object: nil)
        let walk = RootWalk(folder, log: log)
        try walk.begin()
        var told = 0
        func tell() {
            for finding in log.findings[told...] { report(finding) }
            told = log.findings.count
        }
        var summary = OCFLSummary(subject: .storageRoot, specification: walk.declared)
        let rules = RootRules(log: log, layout: walk.layout, root: walk.declared ?? .v1_1)
        tell()
        while true {
            let objects = try walk.next(atLeast: 512, checkpoint: options.checkpoint)
            tell()
            guard !objects.isEmpty else { break }
            try Self.inspect(objects, in: folder, options) { found in
                for finding in found.findings { report(finding) }
                Self.add(found, to: &summary)
                let before = log.errors
                rules.take(found)
                if log.errors > before, found.isValid { summary.validObjects -= 1 }
                tell()
            }
        }
        summary.errors += log.errors
        summary.warnings += log.warnings
        summary.notes += log.findings.count { $0.severity == .note }
        summary.unread += log.unread
        return summary
    }

    /// Validates objects on two threads, and hands the reports on in order.
    private static func inspect(
        _ objects: [[UInt8]],
        in folder: OpenFolder,
        _ options: ValidationOptions,
        each: (ObjectReport) -> Void
    ) throws {
        // Few objects may be large ones: the files of each are then shared out, one object behind the other.
        guard objects.count > 2 * ParallelRun.width else {
            let cursor = FolderCursor(folder)
            for path in objects { each(try look(at: path, cursor, ValidationWorker(), options, inParallel: true)) }
            return
        }
        let reports = Mutex<[ObjectReport?]>(Array(repeating: nil, count: objects.count))
        try ParallelRun.run(
            count: objects.count,
            makeWorker: { (FolderCursor(folder), ValidationWorker()) },
            work: { worker, index in
                let report = try look(at: objects[index], worker.0, worker.1, options, inParallel: false)
                reports.withLock { $0[index] = report }
            }
        )
        for report in reports.withLock({ $0 }) { if let report { each(report) } }
    }

    private static func look(
        at path: [UInt8],
        _ cursor: FolderCursor,
        _ worker: ValidationWorker,
        _ options: ValidationOptions,
        inParallel: Bool
    ) throws -> ObjectReport {
        try options.checkpoint()
        let shown = Shown.text(path)
        do {
            let folder = try cursor.folder(path[...])
            let validation = ObjectValidation(folder, object: shown, worker: worker, options: options)
            let report = try validation.run(inParallel: inParallel)
            options.progress(1, 0, 0)
            return report
        } catch let error as FileSafetyError {
            var report = ObjectReport(object: shown)
            report.unread = [OCFLUnread(object: shown, path: nil, reason: "\(error)")]
            return report
        }
    }
}

// MARK: - For a store that knows its objects

/// A storage root without what is in its objects.
package struct RootOutline: Sendable {
    /// The objects' paths relative to the root, in the order of their bytes.
    package internal(set) var objects: [FilePath] = []
    /// What is wrong with the root itself, or worth knowing.
    package internal(set) var findings: [OCFLFinding] = []
    /// What could not be looked at.
    package internal(set) var unread: [OCFLUnread] = []

    /// An outline of nothing.
    package init() {}
}

extension OCFLValidator {
    /// Walks over a storage root without opening any object.
    ///
    /// - Throws: `FileSafetyError` where the root cannot be listed.
    package func outline(_ root: FilePath) throws -> RootOutline {
        let log = FindingLog(object: nil)
        let walk = RootWalk(OpenFolder(try DirectoryHandle.open(root)), log: log, options: options)
        try walk.begin()
        var outline = RootOutline()
        while true {
            let objects = try walk.next(atLeast: 512, checkpoint: options.checkpoint)
            guard !objects.isEmpty else { break }
            outline.objects += objects.map { FilePath(String(decoding: $0, as: UTF8.self)) }
        }
        outline.findings = log.findings
        outline.unread = log.unread
        return outline
    }

    /// Validates objects of a root by their paths.
    ///
    /// - Parameters:
    ///   - objects: paths relative to the root.
    ///   - root: the storage root.
    ///   - each: given each report, in the order of the paths.
    /// - Throws: `FileSafetyError` where the root cannot be opened; what the checkpoint throws.
    package func inspect(_ objects: [FilePath], in root: FilePath, each: (ObjectReport) -> Void) throws {
        let folder = OpenFolder(try DirectoryHandle.open(root))
        // In parts, so that reports are not all held at once.
        for first in stride(from: 0, to: objects.count, by: 512) {
            let part = objects[first..<min(objects.count, first + 512)].map { Array($0.string.utf8) }
            try Self.inspect(part, in: folder, options, each: each)
        }
    }
}
