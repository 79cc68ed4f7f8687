import ArchiveHome
import Catalogue
import Disposal
import Fixity
import Intake
import OCFLStore
import RecordsModel

/// What a package comes to beside what is kept: what is new, what is here already, what contradicts.
struct ImportPlan {
    /// A record of which versions will be kept.
    struct Target {
        let record: PackagedRecord
        /// The newest version that is kept, 0 for a new record.
        let head: Int

        /// The versions that will be kept.
        var versions: ArraySlice<PackagedRecord.Version> { record.versions[head...] }
    }

    /// The records that bring something, by number.
    private(set) var targets: [Target] = []
    /// The records that are here already.
    private(set) var known: [PackagedRecord] = []
    /// Removed records that the package brings again.
    private(set) var returning: [Tombstone] = []
    /// What contradicts; with any of it the package is refused whole.
    private(set) var conflicts: [Fault] = []

    /// Years whose dossiers are sealed and for which something new came.
    private(set) var sealedYears: Set<Int> = []

    private let home: Home
    private let catalogue: CatalogueDatabase
    private let sealed: SealedDossiers
    private var labels: [LabelKey: RecordID] = [:]

    init(_ records: [PackagedRecord], home: Home, books: Books) throws {
        self.home = home
        catalogue = books.catalogue
        sealed = try SealedDossiers(books)
        for record in records { try add(record) }
    }

    private mutating func add(_ record: PackagedRecord) throws {
        if let stone = try tombstone(met: record) {
            conflicts.append(stone.fault(path: record.id.description))
            returning.append(stone)
            return
        }
        try checkLabel(record)
        let closed = sealed.fault(year: record.id.year, value: record.id.description)
        guard let here = try catalogue.summary(of: record.id) else {
            if let closed { refuse(record, closed) } else { targets.append(Target(record: record, head: 0)) }
            return
        }
        let rows = try catalogue.versions(of: record.id)
        let object = try home.objectID(of: record.id, in: catalogue)
        let same = zip(rows, record.versions).allSatisfy { $0.inventoryDigest == $1.inventoryDigest.hex }
        guard ExactText(object) == ExactText(record.object), same else {
            let number = here.number.map { " [\($0)]" } ?? ""
            let received = try rows.last.map { try Self.received($0.document) } ?? ""
            conflicts.append(
                Fault(
                    value: record.id.description,
                    message: "\(record.id) means something else here: in the package it is \(record.summary); "
                        + "here it is '\(here.title)'\(number), received \(received), \(object)",
                    remedy: "settle with the other archive which of them keeps the number; nothing was imported"
                )
            )
            return
        }
        if record.versions.count > rows.count {
            if let closed { refuse(record, closed) } else { targets.append(Target(record: record, head: rows.count)) }
        } else {
            known.append(record)
        }
    }

    private mutating func refuse(_ record: PackagedRecord, _ fault: Fault) {
        conflicts.append(fault)
        sealedYears.insert(record.id.year)
    }

    /// The removed record that this is, or whose bytes it brings, if it is one.
    private func tombstone(met record: PackagedRecord) throws -> Tombstone? {
        if let stone = try catalogue.tombstone(of: record.id) { return stone }
        guard try catalogue.summary(of: record.id) == nil else { return nil }
        for file in record.versions.flatMap(\.document.files) {
            if let stone = try catalogue.tombstone(holding: file.sha512) { return stone }
        }
        return nil
    }

    /// A label stands for one record a year.
    private mutating func checkLabel(_ record: PackagedRecord) throws {
        let said = Set(record.versions.compactMap { $0.document.description.label.map { ExactText($0) } })
        for label in said.sorted(by: { $0.text < $1.text }) {
            let key = LabelKey(year: record.id.year, label: label)
            let other = try labels[key] ?? catalogue.record(year: key.year, label: label.text)?.id
            labels[key] = record.id
            guard let other, other != record.id else { continue }
            conflicts.append(
                Fault(
                    value: label.text,
                    message: "\(record.id) carries the label '\(label.text)' of \(key.year), which is \(other)'s",
                    remedy: "settle with the other archive whether they are one record; nothing was imported"
                )
            )
        }
    }

    private static func received(_ document: String) throws -> String {
        try CanonicalJSON.decode(RecordDocument.self, from: .init(document.utf8)).received.description
    }
}
