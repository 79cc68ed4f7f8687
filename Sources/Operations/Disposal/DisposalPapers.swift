import Catalogue
import Foundation
import Ledger
import RecordsModel
package import Reporting
package import Retention

/// Puts together what the papers of a disposal list say: the list from the ledger, its records from the catalogue or from
/// their tombstones, the periods from the schedule that the list was frozen under.
package struct DisposalPapers {
    private let reader: ArchiveReader

    /// Papers from an opened home.
    package init(_ reader: ArchiveReader) { self.reader = reader }

    /// What a person adds to every record of a list, since nobody has said it of each.
    package struct Common: Hashable, Sendable {
        /// How original they are (tingkat perkembangan).
        package var originality: String?
        /// What they are on (media).
        package var medium: String?
        /// How they are (kondisi).
        package var condition: String?
        /// Their category (kategori).
        package var category: String?

        /// Nothing added.
        package init() {}
    }

    /// The list as its papers need it.
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - frame: number, date, place, letterhead and sheet; the ledger's checkpoint is added.
    ///   - common: what is said of every record.
    /// - Throws: `OperationError`, code `noSuchRecord`, for a list that is not there.
    /// - Returns: the list with an entry for each of its records.
    package func paper(of id: DisposalID, frame: PaperFrame, common: Common) throws -> DisposalPaper {
        let list = try Disposals(reader.catalogue).list(id)
        let procedure = try reader.home.procedure()
        let desk = try RetentionDesk(reader.home, reader.catalogue)
        var frame = frame
        frame.checkpoint = try reader.home.ledger.readCheckpoint().description
        let entries = try list.items.map { item in
            var entry = try entry(item, procedure)
            entry.originality = entry.originality ?? common.originality
            entry.medium = entry.medium ?? common.medium
            entry.condition = entry.condition ?? common.condition
            entry.category = entry.category ?? common.category
            describe(&entry, item, desk, isInForce: desk.schedule.version.digest == list.scheduleVersion)
            return entry
        }
        let basis = desk.adopted.flatMap { $0.digest == list.scheduleVersion ? $0.authority : nil }
        return DisposalPaper(list, entries: entries, frame: frame, schedule: basis)
    }

    /// The letter that fills a place in a list's chain of evidence, as a paper names it: by its own number, else by that of
    /// the record.
    package func letter(_ slot: EvidenceSlot, of list: DisposalList) throws -> LetterReference? {
        guard let id = list.evidence[slot]?.last, let newest = try reader.catalogue.versions(of: id).last else {
            return nil
        }
        let said = try CanonicalJSON.decode(RecordDocument.self, from: Data(newest.document.utf8)).description
        return LetterReference(number: said.number ?? id.description, date: said.date, subject: said.title)
    }

    private func entry(_ item: DisposalItem, _ procedure: Procedure) throws -> RecordEntry {
        func kind(_ type: String?) -> String? { type.flatMap { procedure.type(named: $0)?.name } }
        if let stone = try reader.catalogue.tombstone(of: item.record) {
            var entry = RecordEntry(stone, kindOfRecord: kind(stone.versions.last?.description.type))
            entry.quantity = stone.versions.last.map { Quantity($0.files.count, "file") }
            return entry
        }
        guard let newest = try reader.catalogue.versions(of: item.record).last else { return RecordEntry(item) }
        let document = try CanonicalJSON.decode(RecordDocument.self, from: Data(newest.document.utf8))
        var entry = RecordEntry(item.record, document.description, kindOfRecord: kind(document.description.type))
        entry.code = try reader.catalogue.classification(of: item.record)
        entry.dossier = document.dossier
        entry.quantity = Quantity(document.files.count, "file")
        return entry
    }

    /// Adds what the schedule says, where the list was frozen under the one in force.
    private func describe(_ entry: inout RecordEntry, _ item: DisposalItem, _ desk: RetentionDesk, isInForce: Bool) {
        entry.item = String(item.record.sequence)
        guard isInForce, let code = item.row else { return }
        let rows = desk.schedule.rows(code: code)
        // Of several rows of a code, one for each document type, only the one that applied is right.
        guard let row = rows.count == 1 ? rows.first : nil else { return }
        entry.schedule = "\(row.code), \(row.basis)"
        entry.activePeriod = row.active.text
        entry.inactivePeriod = row.inactive.text
        entry.fate = row.disposition.text
    }
}
