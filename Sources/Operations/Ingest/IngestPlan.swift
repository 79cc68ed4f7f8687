import ArchiveHome
import Catalogue
import Disposal
import FileSafety
import Intake
import RecordsModel
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

    /// What is wrong with the dates of documents that are new and may not come in.
    private(set) var implausible: [Fault] = []
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

    /// Enters a row that failed.
    mutating func add(_ failure: SourceReader.RowFailure) { items.append(.failed(failure.fault)) }

    /// Enters a row whose date cannot be believed.
    mutating func stop(dated fault: Fault) {
        items.append(.failed(fault))
        implausible.append(fault)
    }

    /// Enters a reading that is kept already, or that may not come in; says whether it is neither.
    ///
    /// - Parameters:
    ///   - reading: the row's bytes.
    ///   - claims: the kept records that rows of this batch already stand for; two rows are never one record.
    /// - Returns: whether it is new, so that its bytes are wanted and `addNew` is to follow.
    /// - Throws: what the catalogue throws.
    mutating func isNew(_ reading: SourceReading, claims: inout Set<RecordID>) throws -> Bool {
        if let kept = reading.kept.first(where: { !$0.isClaimed(claims) }) {
            if !kept.isByLabel { claims.insert(kept.version.id) }
            addKnown(reading, kept)
            return false
        }
        if let stone = try catalogue.tombstone(holding: reading.digest) {
            stop(reading, stone.fault(row: reading.row.row, path: reading.row.path.shown), stone)
            return false
        }
        let year = reading.row.description.year
        if let fault = sealed.fault(year: year, row: reading.row.row, value: String(year)) {
            items.append(.failed(fault))
            sealedYears.insert(year)
            return false
        }
        return true
    }

    private mutating func addKnown(_ reading: SourceReading, _ kept: KeptAlready) {
        items.append(
            .alreadyKept(
                row: reading.row.row,
                path: reading.row.path.shown,
                record: kept.version.id,
                version: kept.version.version,
                differences: reading.row.description.differences(from: kept.document.description)
            )
        )
    }

    /// Enters a reading that is new, with its bytes in staging: as a further version, or as a record of its own.
    mutating func addNew(_ reading: SourceReading, claims: inout Set<RecordID>) throws {
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
}
