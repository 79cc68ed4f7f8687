package import Acts
import ArchiveHome
import Catalogue
import Loans
package import RecordsModel
package import Reporting

/// Alih media and loans: papers of what became of an original.
extension OfficePapers {
    /// Records that were converted to another medium, and those that say of no paper where it lies.
    ///
    /// Scanning keeps the paper: a record without a place of its paper is no original that was scanned, and is left out.
    ///
    /// - Parameter gathered: the records.
    /// - Returns: what the list says of each; and the records left out.
    /// - Throws: `CatalogueError`.
    package func conversions(
        of gathered: Gathered
    ) throws -> (records: [ConvertedRecord], withoutPaper: [RecordID]) {
        var records: [ConvertedRecord] = []
        var without: [RecordID] = []
        for entry in gathered.entries {
            guard let location = entry.location, !PaperText.isBlank(location) else {
                without.append(entry.record)
                continue
            }
            let given = facts.said(of: entry.record)
            var record = ConvertedRecord(entry)
            record.from = given.medium
            record.into = given.into
            record.device = given.device
            record.date = given.converted
            record.link = try given.link ?? scan(of: entry.record)
            records.append(record)
        }
        return (records, without)
    }

    /// What tells a record's scan: its files, each with the beginning of its SHA-512.
    private func scan(of record: RecordID) throws -> String? {
        guard let document = try catalogue.document(of: record) else { return nil }
        let files = document.files.map { "\($0.shownName) (SHA-512 \($0.sha512.prefix(32))…)" }
        return "\(document.id)@v\(document.version): " + files.joined(separator: ", ")
    }

    /// A loan as its form has it.
    ///
    /// - Throws: `OperationError`, code `noSuchRecord`.
    package func loan(_ id: LoanID) throws -> LoanEntry {
        let loan = try ask.books.loans().loan(id)
        let terms = loan.terms
        var entry = LoanEntry(
            try loan.items.map { item in
                var entry = try lent(item.record)
                entry.location = item.location
                return LoanEntry.Item(entry, pages: item.pages)
            }
        )
        entry.borrower = Signer(terms.borrower, nip: terms.nip, position: terms.position)
        entry.unit = terms.unit
        entry.contact = terms.contact
        entry.purpose = terms.purpose
        entry.out = terms.out
        entry.due = terms.due
        entry.back = loan.closed
        entry.approval = terms.approval
        entry.note = terms.note
        return entry
    }

    /// What is said of a record that was lent; of one that was removed since, what its tombstone says.
    private func lent(_ record: RecordID) throws -> RecordEntry {
        if let stone = try catalogue.tombstone(of: record) { return RecordEntry(stone) }
        return try entry(of: record)
    }
}
