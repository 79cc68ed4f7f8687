package import Acts
import ArchiveHome
import Catalogue
package import Disposal
import Foundation
import Loans
import OCFLStore
import RecordsModel
import Retention

extension DisposalBook {
    /// The list of that number.
    ///
    /// - Throws: `OperationError`, code `noSuchRecord`, where there is none.
    package func list(_ id: DisposalID) throws -> DisposalList {
        if let list = self[id] { return list }
        throw OperationError(
            .noSuchRecord,
            message: "there is no list '\(id)'",
            remedy: "run 'berkas disposal list' to see them"
        )
    }
}

/// What disposal is decided with, as it stands now: lists, people, the schedule in force, dates, holds and loans.
///
/// Everything is read under the lock by whoever decides; where any of it cannot be read, it throws, and nothing is
/// disposed of.
struct DisposalDesk {
    let catalogue: CatalogueDatabase
    let rules: DisposalRules
    let retention: RetentionDesk
    private let home: Home
    private var years: [Int: [RecordID: RetentionDates]] = [:]
    private var months: [Int: Int] = [:]
    private var holds: Holds
    private let loans: LoanBook
    private let reclassified: Reclassified
    private var held: (records: [RecordID: [HoldID]], dossiers: [String: Set<HoldID>])?

    init(_ writer: ArchiveWriter) throws {
        try self.init(writer.home, writer.catalogue, writer.books, today: writer.context.now().date)
    }

    /// For a question about a day: everything as it stands now, and that day as today.
    init(_ reader: ArchiveReader, today: CivilDate) throws {
        try self.init(reader.home, reader.catalogue, reader.books, today: today)
    }

    private init(_ home: Home, _ catalogue: CatalogueDatabase, _ books: Books, today: CivilDate) throws {
        self.home = home
        self.catalogue = catalogue
        retention = try RetentionDesk(home, catalogue)
        try books.fold(.loans, .disposals, .holds)
        loans = try books.loans()
        var settings = DisposalSettings()
        settings.waitDays = home.settings.disposalWaitDays
        rules = DisposalRules(
            book: try books.disposals(),
            people: try PolicyDesk(home, books).people(),
            settings: settings,
            today: today,
            types: EvidenceTypes(try home.evidenceTypes())
        )
        holds = try Holds(home, books)
        reclassified = try Reclassified(catalogue, since: retention.adopted?.adopted)
    }

    /// The lists so far.
    var book: DisposalBook { rules.book }

    /// Why nothing can be disposed of at all: no schedule was adopted.
    var obstacles: [Refusal] {
        guard retention.adopted == nil else { return [] }
        return [
            Refusal(
                .sampleSchedule,
                "none",
                "no retention schedule is in force",
                remedy: "adopt the office's own with 'berkas retention adopt FILE --authority …'"
            )
        ]
    }

    /// The holds on a record.
    mutating func holds(on id: RecordID) throws -> [HoldID] { try covered().records[id] ?? [] }

    /// The holds in and over a dossier.
    mutating func holds(in dossier: String) throws -> [HoldID] { try (covered().dossiers[dossier] ?? []).sorted() }

    /// Whether the paper original of a record is lent.
    func isOnLoan(_ id: RecordID) -> Bool { loans.loan(of: id) != nil }

    /// What the holds cover, looked up once, and only by acts that ask: it means every record of the archive.
    private mutating func covered() throws -> (records: [RecordID: [HoldID]], dossiers: [String: Set<HoldID>]) {
        if let held { return held }
        var found: (records: [RecordID: [HoldID]], dossiers: [String: Set<HoldID>]) = ([:], [:])
        try holds.eachHeld { facts, covering in
            found.records[facts.id] = covering.map(\.id)
            found.dossiers[facts.dossier, default: []].formUnion(covering.map(\.id))
        }
        held = found
        return found
    }

    /// What the schedule says now whatever the record: its version, and whether it is a sample.
    var schedule: DueFacts {
        DueFacts(
            action: nil,
            dueSince: nil,
            scheduleVersion: retention.schedule.version.digest,
            isSample: retention.schedule.hasSample,
            row: nil,
            totalMonths: nil
        )
    }

    /// What the schedule says of a record now, for a kind of list.
    mutating func due(of id: RecordID, for kind: DisposalKind) throws -> DueFacts {
        var facts = schedule
        guard let dates = try dates(of: id.year)[id] else { return facts }
        if let row = dates.row {
            facts.row = retention.schedule.rows[row].code
            facts.totalMonths = countedMonths(row)
        }
        if kind == .move {
            facts.action = dates.activeEnd == nil ? nil : .move
            facts.dueSince = dates.activeEnd?.dayAfter
            return facts
        }
        facts.action = dates.action.map { DueAction($0) }
        facts.dueSince = dates.due
        let reviewed = facts.after(book.reviews[id]?.last)
        guard let code = reviewed.row, code != facts.row else { return reviewed }
        facts = reviewed
        // A review may have put the record under another row: the longest of that code decides who approves.
        let rows = retention.schedule.rows.indices.filter { retention.schedule.rows[$0].code == code }
        facts.totalMonths = rows.map { countedMonths($0) }.max() ?? facts.totalMonths
        return facts
    }

    /// The records of a year that are here, with their dates.
    mutating func dates(of year: Int) throws -> [RecordID: RetentionDates] {
        if let known = years[year] { return known }
        let facts = try retention.facts(of: year, in: catalogue)
        let calculator = retention.calculator(retention.schedule, over: facts)
        let dates = Dictionary(facts.map { ($0.id, calculator.dates(for: $0)) }) { first, _ in first }
        years[year] = dates
        return dates
    }

    private mutating func countedMonths(_ row: Int) -> Int {
        if let known = months[row] { return known }
        let counted = RequiredApprover(for: retention.schedule.rows[row], settings: retention.settings).months ?? 0
        months[row] = counted
        return counted
    }

    /// A record as an item of a list, with what speaks for and against it.
    ///
    /// - Throws: `OperationError`, code `noSuchRecord` or `removed`.
    mutating func candidate(
        _ id: RecordID,
        for kind: DisposalKind,
        isWholeDossier: Bool,
        note: String?
    ) throws -> DisposalRules.Candidate {
        try catalogue.require(id)
        let summary = try catalogue.summary(of: id)
        let versions = try catalogue.versions(of: id)
        let newest = versions.last
        let due = try due(of: id, for: kind)
        let dossier = "\(retention.procedure.id)/\(id.year)"
        let item = DisposalItem(
            record: id,
            version: newest?.version ?? 0,
            digest: newest?.inventoryDigest ?? "",
            title: summary?.title ?? "",
            dossier: dossier,
            isWholeDossier: isWholeDossier,
            code: try catalogue.classification(of: id),
            row: due.row,
            dueSince: due.row == nil ? nil : due.dueSince,
            totalMonths: due.totalMonths,
            note: remark(due, note, changes: [reclassified[id], try codeChanges(versions)])
        )
        return DisposalRules.Candidate(
            item: item,
            due: due,
            holds: try holds(on: id),
            dossierHolds: try holds(in: dossier),
            isOnLoan: isOnLoan(id)
        )
    }

    /// What stands beside an item: why it is there without a row, and that its code was changed; nil where there is nothing.
    private func remark(_ due: DueFacts, _ note: String?, changes: [String?]) -> String? {
        let changes = changes.compactMap(\.self)
        let told = changes.isEmpty ? nil : changes.joined(separator: "; ")
        guard due.row == nil else { return told }
        // Without a row there must be a reason of a person's own.
        guard let note, !note.isBlank else { return note }
        return [note, told].compactMap(\.self).joined(separator: "; ")
    }

    /// How a later version changed the code that a record came with, since the schedule in force was adopted.
    private func codeChanges(_ versions: [CatalogueDatabase.VersionRow]) throws -> String? {
        guard versions.count > 1 else { return nil }
        let documents = try versions.map { try CanonicalJSON.decode(RecordDocument.self, from: Data($0.document.utf8)) }
        let changes = zip(documents, documents.dropFirst()).compactMap { earlier, later -> String? in
            let code = later.description.classification
            guard let before = earlier.description.classification, code.map({ ExactText($0) }) != ExactText(before),
                retention.adopted.map({ later.received.date >= $0.adopted }) ?? true
            else {
                return nil
            }
            let day = RetentionWords.day(later.received.date).indonesian
            return "versi \(later.version) pada \(day) oleh \(later.receivedBy.displayed) membawa kode "
                + "\(code?.displayed ?? "-") menggantikan \(before.displayed)"
        }
        return changes.isEmpty ? nil : changes.joined(separator: "; ")
    }

    /// What is true of an item's record now, store included.
    mutating func current(_ item: DisposalItem, of kind: DisposalKind, in root: StorageRoot) throws -> CurrentFacts {
        let id = item.record
        let summary = try catalogue.summary(of: id)
        let digest = try root.inventoryDigest(of: home.objectID(of: id, in: catalogue))
        let isHere = summary != nil && summary?.removal == nil && digest != nil
        return CurrentFacts(
            version: isHere ? summary?.head : nil,
            digest: digest ?? "",
            due: try due(of: id, for: kind),
            holds: try holds(on: id),
            dossierHolds: try holds(in: item.dossier),
            isOnLoan: isOnLoan(id)
        )
    }

    /// What the newest version of a record says of itself; nil where the archive does not keep it.
    func paper(_ id: RecordID) -> EvidencePaper? {
        // What cannot be asked is not there: nothing is proven by it.
        guard let summary = try? catalogue.summary(of: id), summary.removal == nil,
            let document = try? catalogue.document(of: id)
        else {
            return nil
        }
        return EvidencePaper(document.description)
    }
}
