package import Catalogue
import FileSafety
import Fixity
import Foundation
package import Ledger
import OCFLStore
import RecordsModel
import SystemPackage

/// Brings a catalogue up to the ledger, event by event, with what the store holds for each.
///
/// The one way from truth to index: an ingest that was cut short, a catalogue restored from an old copy, a rebuild from
/// nothing, and the fresh copy that `verify` compares with, all come through here.
package struct Follower {
    let home: Home
    let context: OperationContext
    /// Whether what was read of the contents is entered too, where `derived/` has it.
    var entersReadings = true

    /// What brings a catalogue up to the ledger of a home.
    package init(home: Home, context: OperationContext, entersReadings: Bool = true) {
        self.home = home
        self.context = context
        self.entersReadings = entersReadings
    }

    /// Events a transaction: enough to be fast, few enough to stay small.
    private static let chunk = 500

    /// What following found.
    package struct Outcome {
        /// Where the ledger ends.
        package let end: LedgerFolder.End
        /// Records that the store does not give up, each with the reason.
        package let faults: [String]
        /// Their numbers.
        package var lost: Set<String> = []
    }

    /// Reads the events that the catalogue does not know yet, and enters them.
    ///
    /// A record that the store does not give up is left out and named; all others are entered.
    ///
    /// - Throws: `OperationError`, code `damaged`, where the catalogue knows more than the ledger; `LedgerError`.
    package func follow(_ catalogue: CatalogueDatabase) throws -> Outcome {
        let progress = try catalogue.progress()
        let end = try home.ledger.end(remembered: progress?.end)
        let known = progress?.events ?? 0
        guard known <= end.frontier.size, known < end.frontier.size || progress?.end == end || progress == nil else {
            throw OperationError(
                .damaged,
                message: "the catalogue knows \(known) events, and the ledger that it followed has changed or was cut",
                remedy:
                    "run 'berkas repair --dry-run' to see what can be put right; where it names nothing, run 'berkas rebuild'"
            )
        }
        return try follow(catalogue, from: progress?.end, to: end)
    }

    /// Reads the events between two ends of the log, and enters them; what lies behind the second is left alone.
    ///
    /// - Throws: `OperationError`, code `damaged`, where the log does not lead from one to the other; `LedgerError`.
    func follow(
        _ catalogue: CatalogueDatabase,
        from begin: LedgerFolder.End?,
        to end: LedgerFolder.End
    ) throws -> Outcome {
        let known = begin?.frontier.size ?? 0
        guard known < end.frontier.size else { return Outcome(end: end, faults: []) }
        let root = try StorageRoot.open(home.store)
        var position = begin ?? LedgerFolder.End(origin: end.origin, bytes: 0, frontier: MerkleFrontier())
        var pending: [CatalogueEntry] = []
        var missing = Missing()
        let counter = ProgressCounter(
            phase: "events",
            totalItems: end.frontier.size - known,
            totalBytes: nil,
            report: context.progress
        )
        try home.ledger.read(from: position.bytes) { event, line in
            guard position.frontier.size < end.frontier.size else { return }
            try context.stopIfInterrupted()
            let versions = readVersions(of: event, root: root, &missing)
            pending.append(
                CatalogueEntry(event: event, line: String(decoding: line, as: UTF8.self), versions: versions)
            )
            var frontier = position.frontier
            frontier.append(MerkleFrontier.leaf(line))
            position = LedgerFolder.End(origin: end.origin, bytes: position.bytes + line.count + 1, frontier: frontier)
            if pending.count >= Self.chunk {
                try enter(pending, position.progress, in: catalogue, &missing)
                pending.removeAll(keepingCapacity: true)
            }
            counter.add(items: 1, bytes: 0)
        }
        guard position == end else {
            throw OperationError(
                .damaged,
                message: "the ledger's lines are not those that its checkpoint names",
                remedy: "run 'berkas repair --dry-run' to see what can be put right"
            )
        }
        try enter(pending, position.progress, in: catalogue, &missing)
        let faults =
            missing.faults.values.sorted { $0.order < $1.order }.map(\.text)
            + missing.readings.sorted { $0.value < $1.value }.map(\.value)
        for fault in faults { context.notice(fault) }
        return Outcome(end: end, faults: faults, lost: Set(missing.faults.keys))
    }

    private func enter(
        _ entries: [CatalogueEntry],
        _ progress: CatalogueProgress,
        in catalogue: CatalogueDatabase,
        _ missing: inout Missing
    ) throws {
        try context.tripwire.pass(.commit, home.catalogue)
        let leftOut = missing.faults.map { LeftOutRecord(record: $0, seq: $1.order, reason: $1.text) }
        try catalogue.apply(entries, progress: progress, leftOut: leftOut)
        guard entersReadings, FileStatus.exists(home.derived) else { return }
        var digests = Set(entries.flatMap(\.versions).flatMap(\.document.files).map(\.sha512))
        for entry in entries where entry.event.event == .reading {
            digests.formUnion(ReadingAnchors(entry.event).anchors.keys)
        }
        let derived = DerivedReadings(home: home, files: context.files)
        let sorted = digests.sorted()
        // A few at a time, since a reading holds all the text of its file.
        for start in stride(from: 0, to: sorted.count, by: 50) {
            let part = sorted[start..<min(sorted.count, start + 50)]
            let readings = try derived.entries(of: part, in: catalogue)
            try catalogue.enter(readings)
            let entered = Set(readings.map(\.digest))
            for digest in part {
                missing.readings[digest] =
                    entered.contains(digest) ? nil : try objection(to: digest, derived, catalogue)
            }
        }
    }

    /// Why what lies in `derived/` of a content is not entered; nil where nothing does, or where nothing was to be entered.
    private func objection(
        to digest: String,
        _ derived: DerivedReadings,
        _ catalogue: CatalogueDatabase
    ) throws -> String? {
        guard let anchor = try catalogue.readingAnchor(of: digest), let id = try catalogue.filing(of: digest),
            let there = try? derived.digestOfReading(of: digest), there != anchor
        else {
            return nil
        }
        return
            "what was read of \(id) is left out of the catalogue: 'derived/\(digest.prefix(2))/\(digest)/reading.json' "
            + "has the SHA-512 \(there.prefix(16))…, and is not what the ledger says was read; run 'berkas read'"
    }

    /// Records that the store does not give up, each with the reason.
    ///
    /// One that the ledger removes further on is missing by right, and no fault.
    private struct Missing {
        var faults: [String: (order: Int, text: String)] = [:]
        /// Readings that are not those which the ledger names, by content.
        var readings: [String: String] = [:]
    }

    private func readVersions(
        of event: Event,
        root: StorageRoot,
        _ missing: inout Missing
    ) -> [CatalogueEntry.KeptVersion] {
        if event.event == .disposalItemRemoved, let id = event.record { missing.faults[id] = nil }
        guard let kept = KeptVersions(event, settings: home.settings), missing.faults[kept.id.description] == nil
        else {
            return []
        }
        do {
            return try kept.inventories.map { version, digest in
                try Self.keptVersion(version, of: kept, inventoryDigest: digest, root: root)
            }
        } catch {
            missing.faults[kept.id.description] = (
                event.seq,
                "the record \(kept.id) cannot be read from the store and is left out of the catalogue: \(ErrorWords.of(error))"
            )
            return []
        }
    }

    private static func keptVersion(
        _ version: Int,
        of kept: KeptVersions,
        inventoryDigest: String,
        root: StorageRoot
    ) throws -> CatalogueEntry.KeptVersion {
        let inventory = try root.inventory(of: kept.objectID)
        let files = inventory.files(in: VersionNumber(version)) ?? []
        guard let document = files.first(where: { $0.path == "record.json" }) else {
            throw OperationError(
                .damaged,
                message: "version \(version) of \(kept.id) has no 'record.json'",
                remedy: "run 'berkas repair --dry-run': it names what to bring, and from which package or copy"
            )
        }
        let bytes = try OpenFile.content(of: try root.contentPath(of: document.digest, in: inventory), limit: 16 << 20)
        guard Digest.of(bytes, .sha512).hex == document.digest else {
            throw OperationError(
                .damaged,
                message: "'record.json' of \(kept.id)@v\(version) was changed",
                remedy: "run 'berkas repair --dry-run': it names what to bring, and from which package or copy"
            )
        }
        let read = try CanonicalJSON.decode(RecordDocument.self, from: Data(bytes))
        return CatalogueEntry.KeptVersion(
            document: read,
            documentLine: String(decoding: try CanonicalJSON.line(read), as: UTF8.self),
            documentDigest: Digest(algorithm: .sha512, hex: document.digest)?.bytes ?? [],
            inventoryDigest: Digest(algorithm: .sha512, hex: inventoryDigest)?.bytes ?? [],
            object: kept.foreignID
        )
    }
}

/// What a rebuild made.
package struct RebuildReport: Sendable {
    /// How much the new catalogue describes.
    package var totals = CatalogueTotals()
    /// How many events it followed.
    package var events = 0
    /// Records that the store does not give up, each with the reason.
    package var faults: [String] = []
}
