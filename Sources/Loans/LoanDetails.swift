package import Acts
package import RecordsModel

/// Who borrows paper originals, what for, and until when: what all papers of one loan have in common.
package struct LoanTerms: Hashable, Sendable, Codable {
    /// Who borrows (peminjam).
    package var borrower: String
    /// The number of the civil servant (NIP), where it was given.
    package var nip: String?
    /// The office that the borrower holds, where it was given.
    package var position: String?
    /// The borrower's unit.
    package var unit: String
    /// How the borrower is reached (kontak).
    package var contact: String?
    /// What for (keperluan).
    package var purpose: String
    /// The day on which the papers went out (tanggal pinjam).
    package var out: CivilDate
    /// The day on which they must be back (tanggal wajib kembali).
    package var due: CivilDate
    /// What proves that the loan was allowed (bukti persetujuan).
    package var approval: String?
    /// A remark (catatan).
    package var note: String?

    /// Terms with what must be there; the rest is set afterwards.
    package init(borrower: String, unit: String, purpose: String, out: CivilDate, due: CivilDate) {
        self.borrower = borrower
        self.unit = unit
        self.purpose = purpose
        self.out = out
        self.due = due
    }

    /// What is wrong with the values, each in one sentence without a full stop.
    var faults: [String] {
        let optional = [("nip", nip), ("position", position), ("contact", contact), ("approval", approval)]
        var faults = [borrower].textFaults("borrower") + [unit].textFaults("unit") + [purpose].textFaults("purpose")
        faults += optional.flatMap { name, text in [text].compactMap(\.self).textFaults(name) }
        faults += [note].compactMap(\.self).textFaults("note")
        if due < out { faults.append("'due' is before 'out'") }
        return faults
    }
}

/// The detail of `paper lent`: the event's record went out with the others of its loan (R47).
///
/// Each record has the whole terms, so that its own history says who had it and until when.
package struct PaperLent: EventDetail {
    /// The kind of event.
    package static let type = EventType.paperLent
    /// The most pages that one record may have.
    package static let pageLimit = 1_000_000

    /// The loan.
    package var loan: LoanID
    /// Who borrows, what for, until when.
    package var terms: LoanTerms
    /// Where the paper was taken from, and belongs.
    package var location: String
    /// How many pages went out (jumlah halaman), where they were counted.
    package var pages: Int?

    /// A detail out of its parts.
    package init(loan: LoanID, terms: LoanTerms, location: String, pages: Int? = nil) {
        self.loan = loan
        self.terms = terms
        self.location = location
        self.pages = pages
    }

    /// What is wrong with the values.
    package var faults: [String] {
        let isCount = pages.map { (1...Self.pageLimit).contains($0) } ?? true
        return terms.faults + [location].textFaults("location")
            + (isCount ? [] : ["'pages' is not from 1 to \(Self.pageLimit)"])
    }
}

/// The detail of `paper returned`: the event's record is back.
package struct PaperReturned: EventDetail {
    /// The kind of event.
    package static let type = EventType.paperReturned

    /// The loan.
    package var loan: LoanID
    /// The day on which it came back (tanggal kembali).
    package var on: CivilDate
    /// In what state it came back, or what else is to be said.
    package var note: String?

    /// A detail out of its parts.
    package init(loan: LoanID, on: CivilDate, note: String? = nil) {
        self.loan = loan
        self.on = on
        self.note = note
    }

    /// What is wrong with the values.
    package var faults: [String] { [note].compactMap(\.self).textFaults("note") }
}
