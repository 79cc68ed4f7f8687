package import Acts
package import RecordsModel

extension DisposalRules {
    /// Whether a record may be named as evidence.
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - slot: the place in the chain.
    ///   - evidence: the record.
    ///   - words: what its record leaves open: number, date, signer.
    ///   - paper: what a record says of itself; nil where the archive keeps no such record.
    ///   - actor: who names it.
    /// - Returns: the detail of the event, or all refusals.
    package func attach(
        _ id: DisposalID,
        slot: EvidenceSlot,
        evidence: RecordID,
        words: EvidenceWords = EvidenceWords(),
        paper: (RecordID) -> EvidencePaper?,
        by actor: String
    ) -> Verdict<DisposalEvidence> {
        let (found, state) = list(id, in: Set(DisposalList.State.allCases))
        var refusals = state + people.refusals(of: "attach evidence", by: actor, needing: .attachEvidence)
        guard let list = found else { return .refused(refusals) }
        if slot == .approvalLetter || !list.kind.chain.contains(where: { $0.slot == slot }) {
            refusals.append(.malformed("slot", "'\(slot.rawValue)' is not attached to a list '\(list.kind.rawValue)'"))
        }
        refusals += evidenceRefusals(evidence, list, as: Place(slot), words: words, paper: paper)
        guard refusals.isEmpty, let kept = paper(evidence) else { return .refused(refusals) }
        return .allowed(
            DisposalEvidence(
                list: id,
                slot: slot,
                evidence: evidence,
                number: kept.number ?? words.number,
                date: kept.date ?? words.date,
                signer: kept.signer ?? words.signer
            )
        )
    }

    /// A place that a paper fills: a slot of the chain, or the receiver's word.
    struct Place {
        /// As the office's file names it.
        let key: String
        /// The words on the form.
        let name: String
        /// Whether the paper must have a number: a receipt need not.
        let needsNumber: Bool

        init(_ slot: EvidenceSlot) { (key, name, needsNumber) = (slot.rawValue, slot.name, true) }
        private init(receipt key: String) { (self.key, name, needsNumber) = (key, "Tanda terima", false) }
        static let receipt = Place(receipt: EvidenceTypes.receipt)
    }

    /// Why a record cannot be evidence of a list in this place; empty where it can.
    func evidenceRefusals(
        _ record: RecordID,
        _ list: DisposalList,
        as place: Place,
        words: EvidenceWords,
        paper: (RecordID) -> EvidencePaper?
    ) -> [Refusal] {
        var refusals = doomRefusals(record, list)
        if list.item(record) != nil { refusals.append(.evidenceOnList(record, list.id)) }
        if let other = list.place(of: record) {
            refusals.append(
                Refusal(
                    .alreadyDone,
                    record.description,
                    "\(record) is the '\(other)' of \(list.id) already, and one paper proves one thing",
                    remedy: "ingest the paper that is '\(place.name)', and name that record"
                )
            )
        }
        if book.tombstones[record] != nil {
            refusals.append(.gone(record))
        } else if let kept = paper(record) {
            refusals += typeRefusals(record, kept, place, list) + wordRefusals(record, kept, words, place)
        } else {
            refusals.append(
                Refusal(
                    .unknown,
                    record.description,
                    "\(record) is not in the archive, and evidence must be",
                    remedy: "ingest the paper first, under 000.5.x"
                )
            )
        }
        return refusals
    }

    /// A record that another list destroys is no evidence.
    private func doomRefusals(_ record: RecordID, _ list: DisposalList) -> [Refusal] {
        guard let other = book.openItems[record], other != list.id, book[other]?.kind == .destroy else { return [] }
        return [
            Refusal(
                .evidenceOfList,
                record.description,
                "\(record) is to be destroyed by \(other), and cannot be evidence of \(list.id)",
                remedy: "take it off first: 'berkas disposal leave-out \(other) \(record) --reason …'"
            )
        ]
    }

    private func typeRefusals(_ record: RecordID, _ kept: EvidencePaper, _ place: Place, _ list: DisposalList)
        -> [Refusal]
    {
        let allowed = types.types(of: place.key)
        if allowed.contains(where: { ExactText($0) == ExactText(kept.type) }) { return [] }
        let wanted = allowed.isEmpty ? "nothing" : allowed.joined(separator: " or ")
        return [
            Refusal(
                .wrongDocument,
                record.description,
                "\(record) is a '\(kept.type.displayed)', and '\(place.name)' of \(list.id) takes \(wanted)",
                remedy:
                    "name a record of that type, or let 'policy/disposal-evidence.csv' allow '\(kept.type.displayed)' for "
                    + "'\(place.key)'"
            )
        ]
    }

    /// A paper has number, date and signer, and nobody says otherwise than the record does.
    private func wordRefusals(_ record: RecordID, _ kept: EvidencePaper, _ words: EvidenceWords, _ place: Place)
        -> [Refusal]
    {
        var refusals: [Refusal] = []
        func look(_ name: String, _ here: String?, _ said: String?, isNeeded: Bool) {
            if let here, let said, ExactText(here) != ExactText(said) {
                refusals.append(
                    .malformed(name, "the record \(record) says '\(here.displayed)', and '\(said.displayed)' was typed")
                )
            }
            if isNeeded, [here, said].compactMap({ $0 }).allSatisfy(\.isBlank) {
                refusals.append(
                    Refusal(
                        .evidenceIncomplete,
                        record.description,
                        "\(record) has no \(name), and '\(place.name)' needs one",
                        remedy: "read it off the paper, and run the command again with --\(name)"
                    )
                )
            }
        }
        look("number", kept.number, words.number, isNeeded: place.needsNumber)
        look("date", kept.date?.description, words.date?.description, isNeeded: true)
        // Titles and degrees are written in many ways: a signer who is said twice is not compared.
        look("signer", kept.signer ?? words.signer, nil, isNeeded: true)
        if let date = kept.date ?? words.date, date > today {
            refusals.append(
                Refusal(
                    .implausibleDate,
                    record.description,
                    "\(record) is dated \(date), and today is \(today)",
                    remedy: "correct the date"
                )
            )
        }
        return refusals
    }
}

extension DisposalList {
    /// What a record is evidence of on this list, in the words of the form; nil where it is none.
    func place(of record: RecordID) -> String? {
        if receipt?.letter == record { return "Tanda terima" }
        return EvidenceSlot.allCases.first { evidence[$0]?.contains(record) ?? false }?.name
    }
}
