package import Acts
package import RecordsModel

/// What a person enters for a loan, before anything of it is known to be right.
package struct LoanDraft: Hashable, Sendable {
    /// One record that is to go out.
    package struct Item: Hashable, Sendable {
        /// The record.
        package var record: RecordID
        /// Where its paper lies; nil where neither the record nor the person says.
        package var location: String?
        /// How many pages it has, where they were counted.
        package var pages: Int?

        /// An item out of its parts.
        package init(_ record: RecordID, location: String?, pages: Int? = nil) {
            self.record = record
            self.location = location
            self.pages = pages
        }
    }

    /// The records.
    package var items: [Item] = []
    /// Who borrows.
    package var borrower = ""
    /// The number of the civil servant (NIP).
    package var nip: String?
    /// The office that the borrower holds.
    package var position: String?
    /// The borrower's unit.
    package var unit = ""
    /// How the borrower is reached.
    package var contact: String?
    /// What for.
    package var purpose = ""
    /// The day on which the papers went out; nil for today.
    package var out: CivilDate?
    /// The day on which they must be back; nil where nobody has said.
    package var due: CivilDate?
    /// What proves that the loan was allowed.
    package var approval: String?
    /// A remark.
    package var note: String?

    /// A draft in which nothing is entered.
    package init() {}
}

/// What is written down of a loan, a detail a record.
package struct LoanStart: Hashable, Sendable {
    /// The number.
    package let id: LoanID
    /// The terms.
    package let terms: LoanTerms
    /// The records, each with the detail of its event.
    package let items: [Item]

    /// One record with the detail of its event.
    package struct Item: Hashable, Sendable {
        /// The record.
        package let record: RecordID
        /// The detail.
        package let detail: PaperLent
    }
}

/// What is written down of a return, a detail for all its records.
package struct LoanReturn: Hashable, Sendable {
    /// The records that are back.
    package let records: [RecordID]
    /// The detail of their events.
    package let detail: PaperReturned
    /// Whether the whole loan is back.
    package let isWhole: Bool
}

extension LoanBook {
    /// Whether paper originals may go out, with all faults at once.
    ///
    /// - Parameters:
    ///   - draft: what was entered.
    ///   - actor: who lends.
    ///   - today: papers cannot have gone out later.
    ///   - people: who may.
    /// - Returns: what to write down, or all refusals.
    package func lend(_ draft: LoanDraft, by actor: String, today: CivilDate, people: People) -> Verdict<LoanStart> {
        var refusals = people.refusals(of: "lend papers", by: actor, needing: .lend)
        for (name, text) in [("borrower", draft.borrower), ("unit", draft.unit), ("purpose", draft.purpose)]
        where text.isBlank {
            refusals.append(.noText(name, of: "a loan"))
        }
        let out = draft.out ?? today
        if out > today { refusals.append(.malformed("on", "\(out) is later than today, \(today)")) }
        if draft.due == nil { refusals.append(.noText("until", of: "a loan")) }
        if let due = draft.due, due < out {
            refusals.append(.malformed("until", "\(due) is before the day on which the papers go out, \(out)"))
        }
        refusals += itemRefusals(draft.items)
        guard refusals.isEmpty, let due = draft.due else { return .refused(refusals) }
        guard let id = nextID(in: today.year) else {
            return .refused([.malformed("loan", "the numbers of \(today.year) are used up")])
        }
        var terms = LoanTerms(borrower: draft.borrower, unit: draft.unit, purpose: draft.purpose, out: out, due: due)
        terms.nip = draft.nip
        terms.position = draft.position
        terms.contact = draft.contact
        terms.approval = draft.approval
        terms.note = draft.note
        let items = draft.items.map { item in
            let detail = PaperLent(loan: id, terms: terms, location: item.location ?? "", pages: item.pages)
            return LoanStart.Item(record: item.record, detail: detail)
        }
        let faults = items.flatMap(\.detail.faults)
        if !faults.isEmpty { return .refused(Set(faults).sorted().map { .malformed("loan", $0) }) }
        return .allowed(LoanStart(id: id, terms: terms, items: items))
    }

    private func itemRefusals(_ items: [LoanDraft.Item]) -> [Refusal] {
        if items.isEmpty { return [.noText("record", of: "a loan")] }
        var refusals: [Refusal] = []
        var seen: Set<RecordID> = []
        for item in items {
            let record = item.record
            if !seen.insert(record).inserted {
                refusals.append(.malformed("record", "\(record) is named twice"))
            }
            if let loan = loan(of: record) { refusals.append(.lent(record, on: loan)) }
            if item.location?.isBlank ?? true {
                refusals.append(
                    Refusal(
                        .missing,
                        record.description,
                        "\(record) does not say where a paper of it lies (lokasi), and only paper is lent",
                        remedy: "if there is one, say with --from where it lies"
                    )
                )
            }
        }
        return refusals
    }

    /// Whether papers of a loan may be taken back, with all faults at once.
    ///
    /// - Parameters:
    ///   - id: the loan.
    ///   - records: the records that are back; nil for all that are out.
    ///   - day: the day on which they came back; nil for today.
    ///   - note: what is to be said of them.
    ///   - actor: who takes them back.
    ///   - today: they cannot have come back later.
    ///   - people: who may.
    /// - Returns: what to write down, or all refusals.
    package func takeBack(
        _ id: LoanID,
        records: [RecordID]?,
        on day: CivilDate?,
        note: String?,
        by actor: String,
        today: CivilDate,
        people: People
    ) -> Verdict<LoanReturn> {
        var refusals = people.refusals(of: "take papers back", by: actor, needing: .lend)
        let on = day ?? today
        guard let loan = self[id] else {
            let message = "there is no \(id)"
            return .refused(
                refusals + [Refusal(.unknown, id.description, message, remedy: "see 'berkas loan list --all'")]
            )
        }
        if let closed = loan.closed {
            let message = "\(id) was back on \(closed)"
            refusals.append(Refusal(.alreadyDone, id.description, message, remedy: "nothing is left to do"))
        }
        if on > today { refusals.append(.malformed("on", "\(on) is later than today, \(today)")) }
        if on < loan.terms.out {
            refusals.append(.malformed("on", "\(on) is before the day on which the papers went out, \(loan.terms.out)"))
        }
        let out = loan.out.map(\.record)
        let wanted = records ?? out
        for record in wanted where !out.contains(record) && loan.isOpen {
            let message = "\(record) is not out on \(id)"
            refusals.append(Refusal(.unknown, record.description, message, remedy: "see 'berkas loan list'"))
        }
        if Set(wanted).count != wanted.count { refusals.append(.malformed("record", "a record is named twice")) }
        let detail = PaperReturned(loan: id, on: on, note: note)
        refusals += detail.faults.map { .malformed("note", $0) }
        guard refusals.isEmpty else { return .refused(refusals) }
        return .allowed(LoanReturn(records: wanted, detail: detail, isWhole: wanted.count == out.count))
    }
}

extension Refusal {
    /// The record's paper is out.
    static func lent(_ record: RecordID, on loan: Loan) -> Refusal {
        Refusal(
            .onLoan,
            record.description,
            "\(record) is lent to \(loan.terms.borrower.displayed) until \(loan.terms.due) (\(loan.id))",
            remedy: "wait until it is returned, and enter that with 'berkas loan back \(record)'"
        )
    }
}
