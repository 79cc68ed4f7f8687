import Acts
package import ArchiveHome
import Catalogue
import Disposal
import FileSafety
import Fixity
import Foundation
package import Intake
import Ledger
import OCFLStore
import OfficeFiles
package import Packaging
import RecordsModel
package import SystemPackage

/// Takes in a package that Berkas made elsewhere, or any other valid bag.
///
/// A package's way: container → `BagImport` (unpacked into staging and validated, every byte digested) →
/// `PackagedRecords` (what it says held against itself) → `ImportPlan` (held against what is kept here) →
/// `StorageRoot.stage(replicaOf:)` (inventories to the letter) → `ArchiveWriter.transact`. Nothing is kept before all of it
/// was found right, and then it goes into the archive in groups: an interruption leaves whole records, and running it
/// again completes it.
package struct Import {
    private let writer: ArchiveWriter
    private let signatures: SignatureIntake?
    private let recordsPerGroup: Int

    /// An import under a lock that is held.
    ///
    /// - Parameters:
    ///   - writer: the home, under its lock.
    ///   - signatures: what looks at the electronic signatures of PDF files in a bag of another program; what a package of
    ///     Berkas says of its own stands in its records.
    ///   - recordsPerGroup: what an interruption can cost.
    package init(_ writer: ArchiveWriter, signatures: SignatureIntake? = nil, recordsPerGroup: Int = 1000) {
        self.writer = writer
        self.signatures = signatures
        self.recordsPerGroup = recordsPerGroup
    }

    /// Imports a bag.
    ///
    /// - Parameters:
    ///   - source: a container, or a folder that is a bag; it is not changed.
    ///   - description: what is said of a bag of another program, as the columns of a manifest; not used for a package.
    ///   - options: limits, a profile, whom to tell.
    ///   - item: told what became of each record, once it is settled for good.
    /// - Returns: what came of it.
    /// - Throws: `FileSafetyError`, a full disk above all; `OperationError`: `interrupted`, `usage`.
    package func run(
        _ source: FilePath,
        description: Batch.Description,
        options: BagOptions,
        item: (ImportItem) throws -> Void
    ) throws -> ImportOutcome {
        let name = source.shown
        let refusals = try writer.people().refusals(
            of: "import '\(name.displayed)'",
            by: writer.context.actor,
            needing: .importPackage
        )
        try writer.require(refusals, act: "import '\(name.displayed)'", subject: name)
        let files = writer.context.files
        let folder = writer.home.incoming
        do {
            try files.removeTree(folder)
            let staging = try BagImport.stage(source, into: folder, options: options, files: files)
            defer { try? files.removeTree(folder) }
            guard let bag = staging.bag else { return .invalid(staging.report) }
            let parcel = try parcel(of: source, bag: bag)
            try requireReal(bag, parcel)
            guard PackagedRecords.isPackage(bag) else {
                return try keep(bag, parcel, described: description, staging.report, item)
            }
            let packaged = try PackagedRecords(bag)
            guard packaged.faults.isEmpty else { return .contradictory(packaged.faults, staging.report) }
            let holds = try holds(of: bag, packaged.records, parcel)
            let plan = try ImportPlan(packaged.records, home: writer.home, books: writer.books)
            try writer.refuse(plan.returning)
            try writer.refuse(sealed: plan.sealedYears)
            guard plan.conflicts.isEmpty else { return .refused(plan.conflicts, staging.report) }
            let arriving = plan.targets.map(\.record.id) + plan.known.map(\.id)
            try writer.place(holds, on: Set(arriving))
            return .done(try keep(plan, parcel, item), staging.report)
        } catch is CancellationError {
            throw OperationError(
                .interrupted,
                message: "interrupted; what was reported as imported is kept",
                remedy: "run the same command again: it carries on"
            )
        }
    }

    /// Refuses what was packed in a rehearsal: it never happened.
    private func requireReal(_ bag: StagedBag, _ parcel: Parcel) throws {
        let label = PackageContents.rehearsalLabel.lowercased()
        guard let day = bag.info.first(where: { $0.label.lowercased() == label })?.value else { return }
        let refusal = Refusal(
            .rehearsal,
            parcel.name,
            "'\(parcel.name.displayed)' was packed in a rehearsal of \(day.displayed), which never happened",
            remedy: "import the package that the archive itself made"
        )
        try writer.require([refusal], act: "import '\(parcel.name.displayed)'", subject: parcel.name)
    }

    /// The holds that come with a package, held against the events of its records.
    ///
    /// - Throws: `RefusedError` where they do not agree: records would lose a hold on the way.
    private func holds(of bag: StagedBag, _ records: [PackagedRecord], _ parcel: Parcel) throws -> [HoldPlaced] {
        let holds = try CarriedHolds.read(bag)
        let released = try CarriedHolds.released(bag)
        let refusals = try CarriedHolds.disagreements(holds, lifted: Set(released.map(\.said.hold)), records)
        try writer.require(refusals, act: "import '\(parcel.name.displayed)'", subject: parcel.name)
        for (event, said) in released {
            writer.context.notice(
                "\(said.hold) of the sending archive was lifted there on \(event.time.date) by '\(event.actor.displayed)' on "
                    + "the authority of '\(said.authority.displayed)'"
            )
        }
        return holds
    }

    /// What is told of the bag itself wherever something of it is kept.
    struct Parcel {
        let name: String
        /// The events' account of where it came from.
        let detail: [String: JSONValue]
        /// SHA-512 over the payload: a line a file, digest, two spaces, path, in the order of the paths' bytes.
        let payload: String
        /// The origin of the checkpoint that came with it.
        let origin: String?
    }

    private func parcel(of source: FilePath, bag: StagedBag) throws -> Parcel {
        var context = DigestContext(.sha512)
        for file in bag.payload {
            context.update("\(file.digest(.sha512)?.hex ?? "")  ".utf8)
            context.update(file.path + [UInt8(ascii: "\n")])
        }
        let payload = context.finish().hex
        var detail: [String: JSONValue] = [
            "bag": .string(String(decoding: bag.name, as: UTF8.self)), "payload": .string(payload),
        ]
        if try FileStatus.following(source).kind == .file {
            let reading = try FileDigester().read(try OpenFile.reading(source))
            detail["container"] = .object([
                "bytes": .integer(reading.size), "name": .string(FilePath(rawBytes: source.lastName).shown),
                "sha512": .string(reading.digest.hex),
            ])
        }
        if let organisation = bag.info.first(where: { $0.label.lowercased() == "source-organization" })?.value {
            detail["organisation"] = .string(organisation)
        }
        var origin: String?
        if PackagedRecords.isPackage(bag), let file = bag.file(PackageLayout.checkpoint) {
            let path = bag.folder.pushing(FilePath(String(decoding: file.path, as: UTF8.self)))
            let text = String(decoding: try OpenFile.content(of: path, limit: 1 << 16), as: UTF8.self)
            detail["checkpoint"] = .string(text)
            origin = Checkpoint(note: text)?.origin
        }
        return Parcel(
            name: String(decoding: bag.name, as: UTF8.self),
            detail: detail,
            payload: payload,
            origin: origin
        )
    }

    // MARK: - Packages of Berkas

    private func keep(_ plan: ImportPlan, _ parcel: Parcel, _ item: (ImportItem) throws -> Void) throws -> ImportReport
    {
        var report = ImportReport()
        report.bag = parcel.name
        report.origin = parcel.origin
        for record in plan.known {
            report.alreadyKept += 1
            try item(.alreadyKept(record.id, versions: record.versions.count))
        }
        let counter = ProgressCounter(
            phase: "records",
            totalItems: plan.targets.count,
            totalBytes: nil,
            report: writer.context.progress
        )
        var rest = plan.targets[...]
        while !rest.isEmpty {
            try writer.context.stopIfInterrupted()
            let group = rest.prefix(recordsPerGroup)
            rest = rest.dropFirst(group.count)
            try commit(Array(group), parcel)
            for target in group {
                report.waiting += try Self.decides(target.record) ? 1 : 0
                let bytes = target.versions.reduce(0) { $0 + $1.bytes }
                let files = target.versions.reduce(0) { $0 + $1.document.files.count }
                report.records += target.head == 0 ? 1 : 0
                report.versions += target.versions.count
                report.files += files
                report.bytes += bytes
                counter.add(items: 1, bytes: bytes)
                let versions = target.head + 1...target.record.versions.count
                try item(.imported(target.record.id, versions: versions, files: files, bytes: bytes))
            }
        }
        try writer.applyHolds()
        return report
    }

    /// Whether decisions came along with a record that wait for somebody to adopt them.
    private static func decides(_ record: PackagedRecord) throws -> Bool {
        try record.events.contains { value in
            let event = try CanonicalJSON.decode(Event.self, from: CanonicalJSON.line(value))
            return try ([event] + event.carried()).contains { Event.datingDecisions.contains($0.event) }
        }
    }

    private func commit(_ targets: [ImportPlan.Target], _ parcel: Parcel) throws {
        let files = writer.context.files
        let objects = writer.home.work.appending("objects")
        try writer.transact { group in
            try files.makeDirectory(objects)
            for (index, target) in targets.enumerated() {
                let staged = try StorageRoot.stage(
                    replicaOf: target.record.object,
                    versions: target.versions.map(\.replica),
                    in: objects.appending("\(index)"),
                    files: files
                )
                group.install(staged, isNew: target.head == 0)
                let versions = try target.versions.map { try keptVersion($0, of: target.record) }
                group.add(event(target, parcel), versions: versions)
            }
        }
    }

    private func event(_ target: ImportPlan.Target, _ parcel: Parcel) -> Event {
        var detail = parcel.detail
        detail["events"] = .array(target.record.events)
        detail["inventories"] = .object(
            Dictionary(uniqueKeysWithValues: target.versions.map { ("v\($0.number)", .string($0.inventoryDigest.hex)) })
        )
        detail["object"] = .string(target.record.object)
        detail[Event.historyOnly.name] = Event.historyOnly.value
        return writer.event(.accession, detail, record: target.record.id, version: target.record.versions.count)
    }

    private func keptVersion(
        _ version: PackagedRecord.Version,
        of record: PackagedRecord
    ) throws -> CatalogueEntry.KeptVersion {
        CatalogueEntry.KeptVersion(
            document: version.document,
            documentLine: String(decoding: try CanonicalJSON.line(version.document), as: UTF8.self),
            documentDigest: version.documentDigest.bytes,
            inventoryDigest: version.inventoryDigest.bytes,
            object: record.object
        )
    }

    // MARK: - Bags of other programs

    private func keep(
        _ bag: StagedBag,
        _ parcel: Parcel,
        described description: Batch.Description,
        _ validated: BagReport,
        _ item: (ImportItem) throws -> Void
    ) throws -> ImportOutcome {
        var report = ImportReport()
        report.bag = parcel.name
        if let known = try writer.catalogue.accession(ofPayload: parcel.payload) {
            if let stone = try writer.catalogue.tombstone(of: known) {
                try writer.refuse([stone])
                return .refused([stone.fault(path: parcel.name)], validated)
            }
            report.alreadyKept = 1
            try item(.alreadyKept(known, versions: 1))
            return .done(report, validated)
        }
        guard [.year, .step, .type].allSatisfy({ description[$0] != nil }) else {
            throw OperationError(
                .usage,
                message: "the bag '\(parcel.name)' is valid, and no package of Berkas: it does not say what it is",
                remedy: "say it with --year, --step and --type; it becomes one record"
            )
        }
        let reading = Batch.describe(named: parcel.name, described: description, policy: try writer.home.intakePolicy())
        guard var said = reading.description else { return .undescribed(reading.faults, validated) }
        if description[.title] == nil {
            let labels = ["external-description", "external-identifier"]
            let titles = labels.compactMap { label in bag.info.first { $0.label.lowercased() == label }?.value }
            said.title = titles.first { !$0.isEmpty } ?? said.title
        }
        let sealed = try SealedDossiers(writer.books)
        var keeper = BagKeeper(
            writer: writer,
            bag: bag,
            parcel: parcel,
            described: said,
            sealed: sealed,
            signatures: signatures
        )
        if sealed.fault(year: said.year, value: nil) != nil { try writer.refuse(sealed: [said.year]) }
        if let fault = try keeper.fault { return .refused([fault], validated) }
        let stones = try keeper.returning
        guard stones.isEmpty else {
            try writer.refuse(stones.map(\.stone))
            return .refused(stones.map { $0.stone.fault(path: $0.path) }, validated)
        }
        let looked = try keeper.look()
        let forged = looked.filter { $0.severity == .fault }
        guard forged.isEmpty else { return .refused(forged, validated) }
        let kept = try keeper.keep()
        report.records = 1
        report.versions = 1
        report.files = kept.files.count
        report.bytes = kept.files.reduce(0) { $0 + $1.size }
        guard let id = RecordID(kept.id) else { return .done(report, validated) }
        try writer.applyHolds()
        try item(.imported(id, versions: 1...1, files: report.files, bytes: report.bytes))
        for warning in reading.faults + looked { writer.context.notice(warning.message) }
        return .done(report, validated)
    }
}
