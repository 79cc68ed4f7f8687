package import Acts
package import ArchiveHome
import Catalogue
package import Disposal
import Ledger
import RecordsModel
package import Reporting
import Retention

/// Puts together what the papers of a disposal list say: the list from the ledger, its records from the catalogue or from
/// their tombstones, the periods from the schedule that the list was frozen under.
package struct DisposalPapers {
    private let reader: ArchiveReader

    /// Papers from an opened home.
    package init(_ reader: ArchiveReader) { self.reader = reader }

    /// The list as its papers need it.
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - frame: number, date, place, letterhead and sheet; the ledger's checkpoint is added.
    ///   - facts: what a person says of the records beside it.
    /// - Throws: `OperationError`, code `noSuchRecord`, for a list that is not there.
    /// - Returns: the list with an entry for each of its records.
    package func paper(of id: DisposalID, frame: PaperFrame, facts: PaperFacts) throws -> DisposalPaper {
        let list = try reader.books.disposals().list(id)
        let filed = try RecordEntries(reader.home, reader.catalogue)
        let desk = try RetentionDesk(reader.home, reader.catalogue)
        var frame = frame
        frame.checkpoint = try reader.home.paperCheckpoint
        let books = reader.books
        var sure = try Certainties(reader.home, books)
        let acts = try sure.judged(books.disposals().acts.filter { $0.subject == id.description })
        let entries = try list.items.map { item in
            var entry = try entry(item, filed)
            facts.fill(&entry)
            describe(&entry, item, desk, isInForce: desk.schedule.version.digest == list.scheduleVersion)
            return entry
        }
        let basis = desk.adopted.flatMap { $0.digest == list.scheduleVersion ? $0.authority : nil }
        return DisposalPaper(
            list,
            entries: entries,
            frame: frame,
            schedule: basis,
            digest: try list.digest(),
            acts: acts
        )
    }

    /// The panitia of a list: everybody who must assess it, and everybody who did.
    package func members(of list: DisposalList) throws -> [CommitteeMember] {
        let people = try PolicyDesk(reader.home, reader.books).people()
        let rules = DisposalRules(book: try reader.books.disposals(), people: people, today: list.touched.date)
        var names = rules.committee(of: list).map(\.name)
        for opinion in list.opinions.values.joined()
        where !names.contains(where: { PersonName($0) == PersonName(opinion.by) }) {
            names.append(opinion.by)
        }
        return names.sorted().map { name in
            let said = list.items.compactMap { list.standing($0.record)[PersonName(name)] }
            return CommitteeMember(
                name: name,
                unit: people.person(named: name)?.unit,
                agrees: said.count(where: \.agrees),
                refuses: said.count { !$0.agrees },
                last: said.map(\.at.date).max()
            )
        }
    }

    /// The letter that fills a place in a list's chain of evidence, as a paper names it: by its own number, else by that of
    /// the record.
    package func letter(_ slot: EvidenceSlot, of list: DisposalList) throws -> LetterReference? {
        guard let id = list.evidence[slot]?.last, let said = try reader.catalogue.document(of: id)?.description else {
            return nil
        }
        return LetterReference(number: said.number ?? id.description, date: said.date, subject: said.title)
    }

    private func entry(_ item: DisposalItem, _ entries: RecordEntries) throws -> RecordEntry {
        if let stone = try reader.catalogue.tombstone(of: item.record) {
            var entry = RecordEntry(stone, kindOfRecord: entries.kind(stone.versions.last?.description.type))
            entry.quantity = stone.versions.last.map { Quantity($0.files.count, "file") }
            return entry
        }
        return try entries.entry(of: item.record) ?? RecordEntry(item)
    }

    /// Adds what the schedule says, where the list was frozen under the one in force.
    private func describe(_ entry: inout RecordEntry, _ item: DisposalItem, _ desk: RetentionDesk, isInForce: Bool) {
        entry.item = String(item.record.sequence)
        guard isInForce, let code = item.row else { return }
        let rows = desk.schedule.rows(code: code)
        // Of several rows of a code, one for each document type, only the one that applied is right.
        guard let row = rows.count == 1 ? rows.first : nil else { return }
        entry.describe(by: row)
    }
}
