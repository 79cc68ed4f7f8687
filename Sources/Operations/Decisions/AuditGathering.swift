import Acts
import ArchiveHome
import Catalogue
import Disposal
import RecordsModel
import Retention

/// Gathers what an audit looks at in the records of a year.
struct AuditGathering {
    let desk: RetentionDesk
    let catalogue: CatalogueDatabase
    let disposals: DisposalBook
    let asOf: CivilDate

    /// The schedule in force; nil where none was adopted.
    var schedule: AuditSchedule? {
        desk.adopted.map { adopted in
            AuditSchedule(
                version: desk.schedule.version.name,
                isSample: desk.schedule.hasSample,
                authority: adopted.authority,
                adopted: adopted.adopted
            )
        }
    }

    /// The records of a year: those on the list, then those that the ledger says are kept and that are not on it.
    func records(of year: Int) throws -> [AuditRecord] {
        let facts = try desk.facts(of: year, in: catalogue)
        let calculator = desk.calculator(desk.schedule, over: facts)
        var stands: [RecordID: (phase: AuditRecord.Phase, unmovedSince: CivilDate?)] = [:]
        let (moved, deposited) = handedOver
        for record in facts {
            let answer = calculator.answer(for: record, asOf: asOf)
            let isMoved = moved.contains(record.id)
            stands[record.id] = (
                phase(of: record.id, answer, isMoved: isMoved, isDeposited: deposited.contains(record.id)),
                isMoved || deposited.contains(record.id) ? nil : unmovedSince(answer.dates)
            )
        }
        var records: [AuditRecord] = []
        var listed: Set<RecordID> = []
        try catalogue.eachListed(year: year) { record in
            guard disposals.tombstones[record.id] == nil else { return }
            listed.insert(record.id)
            records.append(
                AuditRecord(
                    id: record.id,
                    year: year,
                    isListed: true,
                    missingColumns: Self.missingColumns(record),
                    phase: stands[record.id]?.phase ?? .cannotTell,
                    unmovedSince: stands[record.id]?.unmovedSince
                )
            )
        }
        for id in try catalogue.recordsTakenIn().sorted()
        where id.year == year && !listed.contains(id) && disposals.tombstones[id] == nil {
            records.append(
                AuditRecord(id: id, year: year, isListed: false, missingColumns: [], phase: .cannotTell)
            )
        }
        return records
    }

    /// The columns of the Daftar Isi Berkas (`domain.md` section 4.4) that are empty.
    ///
    /// `nomor berkas` and `nomor item arsip` are the dossier and the record's number, which are always there; `keterangan`
    /// is a remark, and there need not be one.
    private static func missingColumns(_ record: ListedRecord) -> [String] {
        var missing: [String] = []
        if record.code?.isBlank ?? true { missing.append("kode klasifikasi") }
        if record.title.isBlank { missing.append("uraian informasi") }
        if record.date == nil { missing.append("tanggal") }
        if record.files == 0 { missing.append("jumlah") }
        return missing
    }

    /// The records that another keeper confirmed to have: the unit kearsipan, the archives.
    private var handedOver: (moved: Set<RecordID>, deposited: Set<RecordID>) {
        var moved: Set<RecordID> = []
        var deposited: Set<RecordID> = []
        for list in disposals.lists where list.receipt != nil {
            let records = list.transferred.map(\.record)
            switch list.kind {
            case .move: moved.formUnion(records)
            case .deposit: deposited.formUnion(records)
            case .destroy: break
            }
        }
        return (moved, deposited)
    }

    private func phase(
        of id: RecordID,
        _ answer: RetentionAnswer,
        isMoved: Bool,
        isDeposited: Bool
    ) -> AuditRecord.Phase {
        if isDeposited { return .handedOver }
        switch answer.state {
        case .noClassification, .noRule: return .noRule
        case .notStarted: return .notStarted
        case .active: return .active
        case .inactive: return inactive(answer, isMoved)
        case .due(let action, let since):
            let facts = due(id, answer, action, since)
            guard let action = facts.action, let since = facts.dueSince, since <= asOf else {
                return inactive(answer, isMoved)
            }
            return .due(action, since: since)
        }
    }

    private func inactive(_ answer: RetentionAnswer, _ isMoved: Bool) -> AuditRecord.Phase {
        guard !isMoved, let since = unmovedSince(answer.dates) else { return .inactive }
        return .overdueActive(since: since)
    }

    /// What is due, once a person has closed the record's review.
    private func due(_ id: RecordID, _ answer: RetentionAnswer, _ action: RetentionAction, _ since: CivilDate)
        -> DueFacts
    {
        DueFacts(
            action: DueAction(action),
            dueSince: since,
            scheduleVersion: desk.schedule.version.digest,
            isSample: desk.schedule.hasSample,
            row: answer.row.map { desk.schedule.rows[$0].code },
            totalMonths: nil
        ).after(disposals.reviews[id]?.last)
    }

    /// The first day behind the active period, where it is over and an inactive one follows it.
    private func unmovedSince(_ dates: RetentionDates) -> CivilDate? {
        guard let end = dates.activeEnd, end < asOf, let next = end.dayAfter else { return nil }
        if let due = dates.due, due <= next { return nil }
        return next
    }
}
