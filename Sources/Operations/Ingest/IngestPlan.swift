import Catalogue
import FileSafety
import Foundation
import Intake
import RecordsModel
import Retention
import SystemPackage

/// What a group of readings comes to: which are kept already, which become versions of which record.
struct IngestPlan {
    /// A record that gets new versions.
    struct Target {
        let id: RecordID
        /// The newest version that is kept, 0 for a new record.
        let head: Int
        var readings: [SourceReading]
    }

    /// The records, in the order in which their first row stands.
    private(set) var targets: [Target] = []
    /// Removed records whose bytes, or whose label, rows bring again.
    private(set) var returning: [Tombstone] = []
    /// What can be said of rows at once; the rest is said when their record is kept.
    private(set) var items: [IngestItem] = []

    /// Years whose dossiers are sealed and for which something new came.
    private(set) var sealedYears: Set<Int> = []

    private let catalogue: CatalogueDatabase
    private let idPrefix: String
    private let sealed: SealedDossiers
    private var targetOfLabel: [LabelKey: Int] = [:]
    private var nextSequence: [Int: Int] = [:]

    init(catalogue: CatalogueDatabase, idPrefix: String, sealed: SealedDossiers) {
        self.catalogue = catalogue
        self.idPrefix = idPrefix
        self.sealed = sealed
    }

    /// Whether the bytes of a reading may be kept already.
    static func mayBeKept(_ reading: SourceReading, in catalogue: CatalogueDatabase) throws -> Bool {
        if let key = reading.row.labelKey {
            guard let record = try catalogue.record(year: key.year, label: key.label.text) else { return false }
            return try catalogue.version(of: record.id, holding: reading.digest) != nil
        }
        return try !catalogue.unlabelled(holding: reading.digest, like: reading.row.description).isEmpty
    }

    /// Enters a row that failed.
    mutating func add(_ failure: SourceReader.RowFailure) { items.append(.failed(failure.fault)) }

    /// Enters a reading: as kept already, as a further version, or as a record of its own.
    ///
    /// - Parameters:
    ///   - reading: the row's bytes.
    ///   - claims: the kept records that rows of this batch already stand for; two rows are never one record.
    ///   - copy: copies the bytes, where they were only digested and turn out to be new.
    /// - Throws: what the catalogue and `copy` throw.
    mutating func add(
        _ reading: SourceReading,
        claims: inout Set<RecordID>,
        copy: (SourceReading) throws -> SourceReader.Outcome
    ) throws {
        if let known = try kept(reading, claims: &claims) {
            try addKnown(reading, known)
            return
        }
        if let stone = try catalogue.tombstone(holding: reading.digest) {
            stop(reading, stone.fault(row: reading.row.row, path: reading.row.path.shown), stone)
            return
        }
        let year = reading.row.description.year
        if let fault = sealed.fault(year: year, row: reading.row.row, value: String(year)) {
            items.append(.failed(fault))
            sealedYears.insert(year)
            return
        }
        var reading = reading
        if reading.staged == nil {
            switch try copy(reading) {
            case .success(let copied): reading = copied
            case .failure(let failure):
                add(failure)
                return
            }
        }
        try addNew(reading, claims: &claims)
    }

    private mutating func kept(_ reading: SourceReading, claims: inout Set<RecordID>) throws -> KnownVersion? {
        if let key = reading.row.labelKey {
            guard let record = try catalogue.record(year: key.year, label: key.label.text) else { return nil }
            return try catalogue.version(of: record.id, holding: reading.digest)
        }
        let said = reading.row.description
        let candidates = try catalogue.unlabelled(holding: reading.digest, like: said).filter { known in
            guard !claims.contains(known.id), let other = try? Self.document(known) else { return false }
            // A letter with another number is another letter, whatever its bytes.
            guard let here = said.number, let there = other.description.number else { return true }
            return ExactText(here) == ExactText(there)
        }
        let path = reading.row.path.rawBytes
        let best = candidates.first { known in
            guard let other = try? Self.document(known) else { return false }
            return ExactText(other.source.path) == ExactText(WrittenName.inStore(path) ?? reading.row.path.string)
        }
        guard let found = best ?? candidates.first else { return nil }
        claims.insert(found.id)
        return found
    }

    private mutating func addKnown(_ reading: SourceReading, _ known: KnownVersion) throws {
        let document = try Self.document(known)
        items.append(
            .alreadyKept(
                row: reading.row.row,
                path: reading.row.path.shown,
                record: known.id,
                version: known.version,
                differences: reading.row.description.differences(from: document.description)
            )
        )
    }

    private mutating func addNew(_ reading: SourceReading, claims: inout Set<RecordID>) throws {
        if let key = reading.row.labelKey {
            if let index = targetOfLabel[key] {
                try addFurther(reading, to: index)
                return
            }
            let record = try catalogue.record(year: key.year, label: key.label.text)
            if let record, record.isRemoved, let stone = try catalogue.tombstone(of: record.id) {
                stop(reading, Self.labelFault(reading.row, key, stone), stone)
                return
            }
            targetOfLabel[key] = targets.count
            if let record {
                targets.append(Target(id: record.id, head: record.head, readings: [reading]))
                return
            }
        }
        let id = try nextID(year: reading.row.description.year)
        claims.insert(id)
        targets.append(Target(id: id, head: 0, readings: [reading]))
    }

    private mutating func stop(_ reading: SourceReading, _ fault: Fault, _ stone: Tombstone) {
        items.append(.failed(fault))
        returning.append(stone)
    }

    private static func labelFault(_ row: IntakeRow, _ key: LabelKey, _ stone: Tombstone) -> Fault {
        Fault(
            row: row.row,
            column: "label",
            value: key.label.text,
            message: "the label '\(key.label.text.displayed)' of \(key.year) is that of a removed record: "
                + stone.sentence,
            remedy: "give it another label, or none; see 'berkas show \(stone.record)'"
        )
    }

    private mutating func addFurther(_ reading: SourceReading, to index: Int) throws {
        let target = targets[index]
        if let same = target.readings.firstIndex(where: { $0.digest == reading.digest }) {
            let item = IngestItem.alreadyKept(
                row: reading.row.row,
                path: reading.row.path.shown,
                record: target.id,
                version: target.head + same + 1,
                differences: reading.row.description.differences(from: target.readings[same].row.description)
            )
            items.append(item)
        } else {
            targets[index].readings.append(reading)
        }
    }

    private mutating func nextID(year: Int) throws -> RecordID {
        let last = try nextSequence[year] ?? catalogue.lastSequence(year: year)
        nextSequence[year] = last + 1
        return RecordID(prefix: idPrefix, year: year, sequence: last + 1)
    }

    private static func document(_ known: KnownVersion) throws -> RecordDocument {
        try CanonicalJSON.decode(RecordDocument.self, from: Data(known.document.utf8))
    }
}
