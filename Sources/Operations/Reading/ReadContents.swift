package import ArchiveHome
package import Catalogue
import FileSafety
import Fixity
import Foundation
import Glibc
import OCFLStore
package import RecordsModel
import Synchronization
import SystemPackage
package import TextExtraction

/// Reads what is kept: what each file is, and the text of its pages.
///
/// A content's way: catalogue (what is not read yet?) → store (its bytes, held against their digest) → `DocumentReader`
/// (bounded processes; finished pages in `derived/`) → `derived/DIGEST/` → one event for the batch, which names what was
/// read by its digest → catalogue. Nothing waits for it to be kept: the home's lock is taken for moments only.
package struct ReadContents {
    /// What is to be read.
    package enum Scope: Hashable, Sendable {
        /// Everything that is kept.
        case everything
        /// The records of a fiscal year.
        case year(Int)
        /// Some records, or single versions of them.
        case records([RecordReference])
    }

    /// How many readings are entered in the catalogue at a time, since each holds all the text of its file.
    private static let group = 50
    /// How many contents are looked up in the store at a time, and are named by one event at the most.
    private static let chunk = ReadingAnchors.most
    /// After how long what was read until then is entered, so that a kill costs no more than that.
    private static let patience: Duration = .seconds(300)

    private let home: Home
    private let context: OperationContext
    private let derived: DerivedReadings
    private let reader: DocumentReader
    private let width: Int

    /// A reader of what a home keeps.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who works, and whom to tell.
    ///   - helper: this program, which is run again for each file.
    ///   - width: how many pages are read at once; nil for one a core.
    /// - Throws: `FileSafetyError` where the rights of the home's top folder cannot be read.
    package init(_ home: Home, _ context: OperationContext, helper: HelperProgram, width: Int? = nil) throws {
        self.home = home
        self.context = context
        self.width = width ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        derived = DerivedReadings(home: home, files: try context.working(in: home).files)
        reader = DocumentReader(
            helper: helper,
            budget: home.settings.budget,
            isInterrupted: context.isInterrupted
        )
    }

    /// Reads what has not been read.
    ///
    /// - Parameters:
    ///   - scope: what to look at.
    ///   - redo: whether what was read is read anew.
    ///   - item: told of each file as soon as its reading is kept.
    /// - Returns: what was done, in numbers.
    /// - Throws: `FileSafetyError`, code `locked`, where another process reads this home; a full disk above all.
    ///   `OperationError`: `noSuchRecord`, `removed`, `interrupted`. What was told as read is kept.
    package func run(_ scope: Scope, redo: Bool = false, item: (ReadItem) throws -> Void) throws -> ReadReport {
        guard home.hasTruth || FileStatus.exists(home.work) else { return ReadReport() }
        let lock = try derived.lock(holder: "process \(getpid()) since \(context.now()), which reads")
        defer { withExtendedLifetime(lock) {} }
        context.tookLock()
        let archive = try ArchiveReader(home, context)
        var report = ReadReport()
        if scope == .everything { report.forgotten = try sweep(archive) }
        var unread: [KeptContent] = []
        try contents(scope, archive) { content in
            report.contents += 1
            if redo || !content.isRead { unread.append(content) }
        }
        var waiting: [KeptContent] = []
        var known: [String] = []
        for content in unread {
            // What no event names is read again: nobody vouches for it, whoever wrote it.
            if !redo, let anchor = try archive.catalogue.readingAnchor(of: content.digest),
                let there = derived.reading(of: content.digest, anchor: anchor), !there.lacksProgram
            {
                known.append(content.digest)
            } else {
                waiting.append(content)
            }
        }
        try archive.catalogue.close()
        // Read once already, by a catalogue that is no more: only entered.
        for start in stride(from: 0, to: known.count, by: Self.chunk) {
            try enter([:], known: Array(known[start..<min(known.count, start + Self.chunk)]), isLast: true)
        }
        let counter = ProgressCounter(phase: "pages", totalItems: nil, totalBytes: nil, report: context.progress)
        var telling = Telling(report: report)
        for start in stride(from: 0, to: waiting.count, by: Self.chunk) {
            let part = Array(waiting[start..<min(waiting.count, start + Self.chunk)])
            try read(part, redo: redo, counter, &telling, item)
        }
        return telling.report
    }

    /// What is told and counted while files are read, by one thread at a time.
    private struct Telling {
        var report: ReadReport
        /// What was read and is named by no event yet: SHA-512 of the content → SHA-512 of the reading.
        var pending: [String: String] = [:]
        var entered = ContinuousClock.now
    }

    private func contents(_ scope: Scope, _ archive: ArchiveReader, body: (KeptContent) throws -> Void) throws {
        switch scope {
        case .everything: try archive.catalogue.contents(body: body)
        case .year(let year): try archive.catalogue.contents(year: year, body: body)
        case .records(let references):
            for reference in references {
                try archive.catalogue.require(reference.id)
                if let version = reference.version,
                    try !archive.catalogue.versions(of: reference.id).contains(where: { $0.version == version })
                {
                    throw OperationError.noSuchVersion(version, of: reference.id)
                }
            }
            try archive.catalogue.contents(of: references, body: body)
        }
    }

    /// Forgets what was read of contents that no record has any more; returns how many there were.
    private func sweep(_ archive: ArchiveReader) throws -> Int {
        let here = try derived.digests()
        guard !here.isEmpty else { return 0 }
        var kept: Set<String> = []
        try archive.catalogue.contents { kept.insert($0.digest) }
        let left = here.filter { !kept.contains($0) }
        for digest in left { try derived.forget(digest) }
        return left.count
    }

    // MARK: - Reading

    private func read(
        _ part: [KeptContent],
        redo: Bool,
        _ counter: ProgressCounter,
        _ telling: inout Telling,
        _ item: (ReadItem) throws -> Void
    ) throws {
        let places = try places(of: part)
        for content in part { try derived.requireFolders(of: content.digest) }
        let requests = part.enumerated().map { index, content in
            ReadingRequest(
                file: places[index] ?? "/nonexistent",
                name: Array(content.name.utf8),
                digest: content.digest,
                pages: derived.pages(of: content.digest)
            )
        }
        if redo { for content in part { try derived.files.removeTree(derived.pages(of: content.digest)) } }
        let failure: (any Error)?
        // One thread at a time is let in: see `DocumentReader.read`.
        (telling, failure) = withoutActuallyEscaping(item) { item in
            let box = UncheckedItem(tell: item)
            let state = Mutex(telling)
            var failure: (any Error)?
            do {
                try reader.read(
                    requests,
                    width: width,
                    before: { index in try requireContent(part[index], at: places[index]) },
                    onPage: { _ in counter.add(items: 1, bytes: 0) },
                    onFile: { index, result in
                        try state.withLock { try settle(part[index], result, &$0, box.tell) }
                    }
                )
            } catch {
                failure = error
            }
            return (state.withLock { $0 }, failure)
        }
        // What was read before something went wrong is entered all the same.
        do {
            try enter(telling.pending, isLast: true)
            telling.pending = [:]
            telling.entered = .now
        } catch {
            throw failure ?? error
        }
        if failure is CancellationError {
            throw OperationError(
                .interrupted,
                message: "interrupted; what was read is kept, finished pages too",
                remedy: "run 'berkas read': it carries on"
            )
        }
        if let failure { throw failure }
    }

    /// A closure that comes from one thread and is called by one thread at a time.
    private struct UncheckedItem: @unchecked Sendable {
        let tell: (ReadItem) throws -> Void
    }

    /// Where each content lies in the store; nil where the store does not give it up.
    private func places(of part: [KeptContent]) throws -> [FilePath?] {
        let archive = try ArchiveReader(home, context)
        defer { try? archive.catalogue.close() }
        return part.map { content in
            guard let (root, inventory) = try? archive.inventory(of: content.record) else { return nil }
            return try? root.contentPath(of: content.digest, in: inventory)
        }
    }

    /// Holds a content against its digest, so that nothing is read under the name of something else.
    private func requireContent(_ content: KeptContent, at place: FilePath?) throws {
        let reference = RecordReference(id: content.record, version: content.version)
        guard let place, let reading = try? FileDigester().read(try OpenFile.reading(place)),
            reading.digest.hex == content.digest
        else {
            throw OperationError(
                .damaged,
                message: "\(reference): the store does not hold '\(content.name.displayed)' as it was filed",
                remedy:
                    "run 'berkas verify \(content.record)', then 'berkas repair --dry-run': it names what to bring, and from where"
            )
        }
    }

    private func settle(
        _ content: KeptContent,
        _ result: Result<DocumentReading, any Error>,
        _ telling: inout Telling,
        _ item: (ReadItem) throws -> Void
    ) throws {
        switch result {
        case .success(let reading):
            telling.pending[content.digest] = try derived.keep(reading)
            telling.report.add(reading)
            if telling.entered.duration(to: .now) > Self.patience {
                if try enter(telling.pending, isLast: false) { telling.pending = [:] }
                telling.entered = .now
            }
            try item(.read(content, reading))
        case .failure(let error):
            if let error = error as? FileSafetyError, [.noSpace, .readOnly].contains(error.code) { throw error }
            telling.report.failed += 1
            try item(.failed(content, ErrorWords.of(error)))
        }
    }

    // MARK: - Entering

    /// Names readings in the ledger, then enters them in the catalogue, under the home's lock for a moment.
    ///
    /// Where another command holds it: not now, or, for the last ones, after a while; `read` reads them again the next time.
    ///
    /// - Parameters:
    ///   - anchors: what was read, and no event names yet.
    ///   - known: contents whose readings an event names, and the catalogue does not have.
    ///   - isLast: whether nothing is read meanwhile, so that it is worth while to wait.
    /// - Returns: whether they were entered.
    /// - Throws: `FileSafetyError`, a full disk above all; `OperationError`.
    @discardableResult
    private func enter(_ anchors: [String: String], known: [String] = [], isLast: Bool) throws -> Bool {
        let digests = anchors.keys.sorted() + known
        guard !digests.isEmpty else { return true }
        for _ in 0..<(isLast ? 240 : 1) {
            do {
                let writer = try ArchiveWriter(home, context, isBrief: true)
                try name(anchors, writer)
                for start in stride(from: 0, to: digests.count, by: Self.group) {
                    let part = digests[start..<min(digests.count, start + Self.group)]
                    try writer.catalogue.enter(try derived.entries(of: part, in: writer.catalogue))
                }
                try writer.catalogue.close()
                return true
            } catch let error as FileSafetyError where error.code == .locked {
                guard isLast, !context.isInterrupted() else { break }
                usleep(500_000)
            }
        }
        if isLast {
            context.notice(
                "another command holds the home: \(digests.count) readings are not entered; "
                    + "run 'berkas read' when it is done"
            )
        }
        return false
    }

    /// Enters what was read in the ledger: one event, or one for each thousand contents.
    private func name(_ anchors: [String: String], _ writer: ArchiveWriter) throws {
        guard !anchors.isEmpty else { return }
        let contents = anchors.keys.sorted()
        try writer.enter(
            stride(from: 0, to: contents.count, by: ReadingAnchors.most).map { start in
                let part = contents[start..<min(contents.count, start + ReadingAnchors.most)]
                let named = ReadingAnchors(Dictionary(uniqueKeysWithValues: part.map { ($0, anchors[$0] ?? "") }))
                return Event(
                    seq: 0,
                    time: context.now(),
                    actor: context.actor,
                    event: .reading,
                    detail: named.detail
                )
            }
        )
        for digest in contents { try derived.settle(digest) }
    }
}

/// What became of one file.
package enum ReadItem: Sendable {
    /// It was read, perhaps with findings.
    case read(KeptContent, DocumentReading)
    /// It could not be, for this reason, a sentence without a full stop.
    case failed(KeptContent, String)
}

/// What was read, in numbers.
package struct ReadReport: Hashable, Sendable {
    /// Contents that were asked for.
    package var contents = 0
    /// Files read.
    package var files = 0
    /// Pages that the files have, as far as they say.
    package var pages = 0
    /// Pages that were read, the empty ones among them.
    package var pagesRead = 0
    /// Pages whose text was recognised in a picture.
    package var recognised = 0
    /// Pages whose text is poor.
    package var poor = 0
    /// Files with something that could not be read, each named.
    package var faulty = 0
    /// Files that were not read whole since what a file may use was used up, each named; they are among the faulty.
    package var cut = 0
    /// Files that were not read at all, each named.
    package var failed = 0
    /// Contents that no record has any more, and of which what was read was forgotten.
    package var forgotten = 0

    /// A report of nothing.
    package init() {}

    mutating func add(_ reading: DocumentReading) {
        files += 1
        // The pages of what is attached or lies inside count beside the document's own.
        let own = reading.pages.count { $0.part == nil }
        let inside = reading.pages.count - own
        pages += max(reading.pageCount ?? 0, own) + inside
        pagesRead += (reading.pagesRead ?? own) + inside
        recognised += reading.pages.count { $0.source == .recognised }
        poor += reading.pages.count(where: \.isPoor)
        if reading.allFindings.contains(where: { $0.severity == .fault }) { faulty += 1 }
        if reading.findings.contains(where: { $0.code == .budgetSpent }) { cut += 1 }
    }
}

extension DocumentReading {
    /// Whether a program that its format needs was not installed.
    var lacksProgram: Bool { allFindings.contains { $0.code == .programMissing } }
}
