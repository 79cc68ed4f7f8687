import FileSafety
import Fixity
import Synchronization
import SystemPackage

extension ObjectValidation {
    /// Looks at every content file, and reads it once for all digests that any inventory has of it.
    func checkContent(inParallel: Bool) throws {
        let missing = missingPaths()
        let plan = ContentPlan(
            folder: folder,
            object: log.object,
            specification: log.specification,
            paths: pools.paths,
            digests: pools.digests,
            files: files + missing,
            expectations: expectations,
            options: options
        )
        guard inParallel, plan.files.count > 1 else {
            let reader = ContentReader(plan, worker)
            for index in plan.files.indices { try take(try reader.look(index)) }
            report.filesRead = reader.filesRead
            report.bytesRead += reader.bytesRead
            return
        }
        let outcomes = Mutex<[(index: Int, outcome: ContentReader.Outcome)]>([])
        let read = Mutex((files: 0, bytes: 0))
        try ParallelRun.run(
            count: plan.files.count,
            chunk: plan.files.count > 1000 ? 16 : 1,
            makeWorker: {
                ContentReader(plan, ValidationWorker()) { files, bytes in
                    read.withLock { $0 = ($0.files + files, $0.bytes + bytes) }
                }
            },
            work: { reader, index in
                let outcome = try reader.look(index)
                if !outcome.isEmpty { outcomes.withLock { $0.append((index, outcome)) } }
            }
        )
        for (_, outcome) in outcomes.withLock({ $0 }).sorted(by: { $0.index < $1.index }) { try take(outcome) }
        report.filesRead = read.withLock { $0.files }
        report.bytesRead += read.withLock { $0.bytes }
    }

    private func take(_ outcome: ContentReader.Outcome) throws {
        for finding in outcome.findings { log.add(finding) }
        if let unread = outcome.unread { log.addUnread(path: unread.path, reason: unread.reason) }
    }

    /// Paths of which an inventory says something and that were not met below a content folder, in the order of bytes.
    private func missingPaths() -> [BytePool.ID] {
        var missing: [BytePool.ID] = []
        for path in 0..<BytePool.ID(pools.paths.count)
        where expectations.isExpected(path) && state(of: path) == .nothing {
            missing.append(path)
        }
        return missing.sorted { pools.paths[$0].lexicographicallyPrecedes(pools.paths[$1]) }
    }
}

/// What the readers of content share, and none of them changes.
struct ContentPlan: Sendable {
    let folder: OpenFolder
    let object: String?
    let specification: OCFLVersion
    let paths: BytePool
    let digests: DigestPool
    let files: [BytePool.ID]
    let expectations: ContentExpectations
    let options: ValidationOptions
}

/// Reads content files on one thread.
final class ContentReader {
    /// What looking at one file found.
    struct Outcome {
        var findings: [OCFLFinding] = []
        var unread: (path: String, reason: String)?

        var isEmpty: Bool { findings.isEmpty && unread == nil }
    }

    private(set) var filesRead = 0
    private(set) var bytesRead = 0
    private let plan: ContentPlan
    private let worker: ValidationWorker
    private let cursor: FolderCursor
    private let whenDone: (Int, Int) -> Void

    init(_ plan: ContentPlan, _ worker: ValidationWorker, whenDone: @escaping (Int, Int) -> Void = { _, _ in }) {
        self.plan = plan
        self.worker = worker
        self.whenDone = whenDone
        cursor = FolderCursor(plan.folder)
    }

    deinit { whenDone(filesRead, bytesRead) }

    /// Looks at the file of that index in the plan.
    func look(_ index: Int) throws -> Outcome {
        if index % 64 == 0 { try plan.options.checkpoint() }
        let id = plan.files[index]
        let path = plan.paths[id]
        let statements = plan.expectations.about(id)
        let (folder, name) = FolderCursor.split(path)
        do {
            let place = try cursor.folder(folder)
            let name = try EntryName(name)
            let status = try place.handle.status(of: name)
            guard status.kind == .file else { return absent(path, statements, "a \(status.kind.rawValue)") }
            var outcome = Outcome()
            if let found = plan.options.findsLinks(status) {
                outcome.findings.append(finding(.E090, path, found: found, expected: "no links"))
            }
            try check(statements, path, place, name, size: status.size, &outcome)
            filesRead += 1
            return outcome
        } catch let error as FileSafetyError {
            switch error.code {
            case .notFound: return absent(path, statements, "nothing")
            case .symbolicLink, .notARegularFile: return absent(path, statements, "no way through folders")
            case .outside: return absent(path, statements, "no name that a file can have")
            default: return Outcome(unread: (Shown.text(path), "\(error)"))
            }
        } catch let error as FileChangedError {
            return Outcome(unread: (Shown.text(path), "\(error)"))
        }
    }

    private func check(
        _ statements: [ContentExpectations.Statement],
        _ path: ArraySlice<UInt8>,
        _ place: OpenFolder,
        _ name: EntryName,
        size: Int,
        _ outcome: inout Outcome
    ) throws {
        var wanted: [DigestAlgorithm] = []
        for statement in statements {
            switch statement.kind {
            case .digest(let algorithm): if !wanted.contains(algorithm) { wanted.append(algorithm) }
            case .size:
                let said = text(statement.digest)
                guard said != "\(size)" else { continue }
                outcome.findings.append(
                    finding(
                        .E093,
                        path,
                        found: "\(size) bytes",
                        expected: "\(said) bytes, as \(source(statement)) says"
                    )
                )
            }
        }
        guard plan.options.digestsContent, let first = wanted.first else {
            plan.options.progress(0, 1, 0)
            return
        }
        let file = try place.handle.openFile(name, seen: .file)
        let reading = try unsafe worker.digester(first).read(file, further: Array(wanted.dropFirst()), sink: { _ in })
        bytesRead += reading.size
        plan.options.progress(0, 1, reading.size)
        for statement in statements {
            guard case .digest(let algorithm) = statement.kind,
                let actual = ([reading.digest] + reading.further).first(where: { $0.algorithm == algorithm }),
                !(plan.digests.value(statement.digest)?.elementsEqual(actual.bytes) ?? false)
            else {
                continue
            }
            outcome.findings.append(
                finding(
                    statement.isManifest ? .E092 : .E093,
                    path,
                    found: "\(algorithm.rawValue) \(actual.hex) in \(reading.size) bytes",
                    expected: "\(algorithm.rawValue) \(text(statement.digest)), as \(source(statement)) says"
                )
            )
        }
    }

    /// A content path at which there is no file.
    private func absent(
        _ path: ArraySlice<UInt8>,
        _ statements: [ContentExpectations.Statement],
        _ found: String
    ) -> Outcome {
        var outcome = Outcome()
        for (isManifest, code) in [(true, OCFLCode.E092), (false, .E093)] {
            guard let statement = statements.first(where: { $0.isManifest == isManifest }) else { continue }
            let expected = "a file, as \(source(statement)) says"
            outcome.findings.append(finding(code, path, found: found, expected: expected))
        }
        return outcome
    }

    private func text(_ digest: BytePool.ID) -> String { String(decoding: plan.digests.text(digest), as: UTF8.self) }

    private func source(_ statement: ContentExpectations.Statement) -> String {
        let place = statement.isManifest ? "the manifest" : "the fixity"
        let inventory =
            statement.inventory == 0 ? "the newest inventory" : "the inventory of version \(statement.inventory)"
        return "\(place) of \(inventory)"
    }

    private func finding(_ code: OCFLCode, _ path: ArraySlice<UInt8>, found: String, expected: String) -> OCFLFinding {
        OCFLFinding(
            code: code,
            severity: .error,
            specification: plan.specification,
            object: plan.object,
            version: Shown.text(path.prefix { $0 != UInt8(ascii: "/") }),
            path: Shown.text(path),
            found: found,
            expected: expected
        )
    }
}
