package import Acts
package import RecordsModel

extension DisposalRules {
    /// Whether the execution of a list may begin, or go on after an interruption.
    ///
    /// Each item is asked about again by `DisposalItem.recheck` right before it goes.
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - witnesses: who looks on; for a run that goes on, those that it began with, or nobody.
    ///   - due: what the schedule says now of any one item: whether it is a sample, and its version.
    ///   - place: where, as the berita acara says it.
    ///   - method: how.
    ///   - actor: who executes.
    /// - Returns: the detail of the event for a run that begins, or all refusals; a run that goes on writes no event.
    package func begin(
        _ id: DisposalID,
        witnesses: [String],
        due: DueFacts,
        place: String,
        method: String,
        by actor: String
    ) -> Verdict<DisposalBegun> {
        let (found, state) = list(id, in: [.approved, .executing])
        var refusals = state + people.refusals(of: "execute \(id)", by: actor, needing: .execute)
        guard let list = found else { return .refused(refusals) }
        refusals += standingRefusals(list, due)
        if let approval = list.approval, approval.date > today {
            let message = "the approval of \(id) is dated \(approval.date), and today is \(today)"
            let remedy = "wait until that day, or cancel the list: 'berkas disposal cancel \(id) --reason …'"
            refusals.append(Refusal(.implausibleDate, id.description, message, remedy: remedy))
        }
        if list.pending.isEmpty, list.state == .approved { refusals.append(.nothingLeft(id)) }
        let looking = list.run.map { witnesses.isEmpty ? $0.witnesses : witnesses } ?? witnesses
        if let run = list.run, Set(run.witnesses.map { PersonName($0) }) != Set(looking.map { PersonName($0) }) {
            let began = run.witnesses.map(\.displayed).joined(separator: ", ")
            refusals.append(.malformed("witnesses", "the execution of \(id) began before \(began)"))
        }
        refusals += witnessRefusals(list, looking, by: actor)
        if list.run == nil {
            if place.isBlank { refusals.append(.noText("place", of: "an execution")) }
            if method.isBlank { refusals.append(.noText("method", of: "an execution")) }
        }
        guard refusals.isEmpty else { return .refused(refusals) }
        return .allowed(
            DisposalBegun(
                list: id,
                witnesses: looking,
                scheduleVersion: due.scheduleVersion,
                place: list.run?.place ?? place,
                method: list.run?.method ?? method
            )
        )
    }

    private func witnessRefusals(_ list: DisposalList, _ witnesses: [String], by actor: String) -> [Refusal] {
        var refusals: [Refusal] = []
        let distinct = people.distinct(witnesses)
        let fewest = list.kind == .destroy ? max(2, settings.witnesses) : 0
        if distinct.count < fewest {
            refusals.append(
                Refusal(
                    .witnessesMissing,
                    list.id.description,
                    "\(list.id) needs \(fewest) witnesses, and \(distinct.count) different persons are named",
                    remedy: "name persons of Bagian Hukum or Inspektorat with the role 'saksi'"
                )
            )
        }
        if distinct.count < witnesses.count {
            refusals.append(.malformed("witnesses", "a person is named twice, or a name is empty"))
        }
        for name in witnesses where !name.isBlank {
            refusals += people.refusals(of: "be a witness", by: name, needing: .witness)
            if people.areSame(name, actor) {
                refusals.append(.samePerson(name, "executes \(list.id), and cannot be its witness"))
            }
            if list.parties.contains(where: { people.areSame(name, $0.text) }) {
                refusals.append(
                    .samePerson(name, "proposed, assessed or approved \(list.id), and cannot be its witness")
                )
            }
        }
        return refusals
    }

    /// Whether the receiver's word may be recorded (R31).
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - receiver: who received.
    ///   - date: the day of the receipt: from the handing over to today.
    ///   - letter: the record that is the receipt.
    ///   - digests: the SHA-512 of each package as the receipt names it, or at least its first 12 digits.
    ///   - paper: what a record says of itself; nil where the archive keeps no such record.
    ///   - actor: who enters it.
    /// - Returns: the detail of the event, or all refusals.
    package func receive(
        _ id: DisposalID,
        receiver: String,
        date: CivilDate,
        letter: RecordID,
        digests: [String],
        paper: (RecordID) -> EvidencePaper?,
        by actor: String
    ) -> Verdict<DisposalReceipt> {
        let (found, state) = list(id, in: [.executing])
        var refusals = state + people.refusals(of: "record a receipt", by: actor, needing: .recordReceipt)
        guard let list = found else { return .refused(refusals) }
        if list.kind == .destroy { refusals.append(.malformed("list", "\(id) destroys, and nobody receives")) }
        if receiver.isBlank { refusals.append(.noText("receiver", of: "a receipt")) }
        refusals += receiptDateRefusals(date, list) + digestRefusals(digests, list)
        if list.transferred.isEmpty { refusals.append(.nothingLeft(id)) }
        if !list.pending.isEmpty {
            let message = "\(list.pending.count) items of \(id) are neither handed over nor left out"
            refusals.append(Refusal(.wrongState, id.description, message, remedy: "go on with 'berkas transfer \(id)'"))
        }
        if list.receipt != nil {
            refusals.append(
                Refusal(.alreadyDone, id.description, "\(id) was confirmed before", remedy: "nothing is left to do")
            )
        }
        let words = EvidenceWords(date: date, signer: receiver)
        refusals += evidenceRefusals(letter, list, as: .receipt, words: words, paper: paper)
        guard refusals.isEmpty else { return .refused(refusals) }
        let packages = list.packages.map(\.sha512)
        return .allowed(DisposalReceipt(list: id, receiver: receiver, date: date, letter: letter, packages: packages))
    }

    /// A receipt is written after the handing over; that it is not of days to come is asked of every paper.
    private func receiptDateRefusals(_ date: CivilDate, _ list: DisposalList) -> [Refusal] {
        var refusals: [Refusal] = []
        let remedy = "give the date that stands on the receipt with --date"
        if let last = list.packages.map(\.at.date).max(), date < last {
            let message = "the receipt of \(list.id) is dated \(date), and it was handed over on \(last)"
            refusals.append(Refusal(.implausibleDate, list.id.description, message, remedy: remedy))
        }
        return refusals
    }

    /// Whoever received a package can name its digest; one that names no package, or another one, confirms nothing.
    private func digestRefusals(_ digests: [String], _ list: DisposalList) -> [Refusal] {
        let said = digests.map { $0.lowercased() }
        func names(_ digest: String, _ package: DisposalList.Package) -> Bool {
            digest.utf8.count >= 12 && package.sha512.hasPrefix(digest)
        }
        var refusals: [Refusal] = []
        for package in list.packages where !said.contains(where: { names($0, package) }) {
            refusals.append(
                Refusal(
                    .missing,
                    list.id.description,
                    "the receipt of \(list.id) does not name the package '\(package.name.displayed)' by its digest",
                    remedy: "ask the receiver for its SHA-512, and give it with --sha512 DIGEST, 12 digits at least"
                )
            )
        }
        for digest in said where !list.packages.contains(where: { names(digest, $0) }) {
            refusals.append(
                Refusal(
                    .packageMissing,
                    list.id.description,
                    "the receipt of \(list.id) names '\(digest.displayed)', and no package of the list has that digest",
                    remedy: "see 'berkas disposal show \(list.id)'; the receiver has something else in hand"
                )
            )
        }
        return refusals
    }

    /// The packages of a list that are not there any more, or not as they were handed over; one refusal each.
    ///
    /// - Parameters:
    ///   - list: the list.
    ///   - found: the SHA-512 of the files that were looked at.
    /// - Returns: the refusals; empty where each package is there.
    package func packageRefusals(_ list: DisposalList, found: Set<String>) -> [Refusal] {
        list.packages.filter { !found.contains($0.sha512) }.map { package in
            Refusal(
                .packageMissing,
                list.id.description,
                "the package '\(package.name.displayed)' of \(list.id), sha512 \(package.sha512.prefix(16))…, is not "
                    + "shown, so that nothing is removed here",
                remedy: "name its file, as it was handed over: 'berkas transfer remove \(list.id) --package FILE'"
            )
        }
    }

    /// Why a record that was handed over may not be removed here; empty where it may.
    ///
    /// - Parameters:
    ///   - record: the record.
    ///   - id: the list.
    ///   - current: what is true of it now; a hold or a loan keeps it.
    ///   - actor: who removes it.
    /// - Returns: all refusals.
    package func removalRefusals(
        of record: RecordID,
        on id: DisposalID,
        current: CurrentFacts,
        by actor: String
    ) -> [Refusal] {
        let (found, state) = list(id, in: [.executing])
        var refusals = state + people.refusals(of: "remove \(record) here", by: actor, needing: .execute)
        guard let list = found else { return refusals }
        guard let item = list.item(record) else { return refusals + [.notOnList(record, id)] }
        refusals += objectionRefusals(list)
        if list.kind == .destroy || list.outcome(record) != .transferred {
            refusals.append(.settled(record, "it was not handed over by \(id)"))
        }
        if list.receipt == nil {
            refusals.append(
                Refusal(
                    .receiptMissing,
                    id.description,
                    "the receiver has not confirmed \(id), and \(record) stays until then",
                    remedy: "record the receipt: 'berkas transfer receipt \(id) …'"
                )
            )
        }
        switch item.recheck(against: current, list: list, today: today) {
        case .go: break
        case .skip(let reasons), .stop(let reasons):
            refusals += reasons.map { Refusal($0, record: record) }
        }
        return refusals
    }

    /// Whether a person may take an item off a list before its execution ends.
    package func leaveOut(
        _ record: RecordID,
        from id: DisposalID,
        reason: String,
        by actor: String
    ) -> Verdict<DisposalItemSkipped> {
        let (found, state) = list(id, in: [.proposed, .approved, .executing])
        var refusals = state + people.refusals(of: "leave out \(record)", by: actor, needing: .propose)
        if reason.isBlank { refusals.append(.noText("reason", of: "leaving out a record")) }
        if let list = found {
            if list.item(record) == nil {
                refusals.append(.notOnList(record, id))
            } else if list.outcome(record) != .pending {
                refusals.append(.settled(record, "it is settled"))
            }
        }
        return refusals.isEmpty
            ? .allowed(DisposalItemSkipped(list: id, reasons: [SkipReason(.byHand, reason)])) : .refused(refusals)
    }

    /// Whether a list may be given up; what was removed stays removed.
    package func cancel(_ id: DisposalID, reason: String, by actor: String) -> Verdict<DisposalCancelled> {
        let (_, state) = list(id, in: [.proposed, .approved, .executing])
        var refusals = state + people.refusals(of: "cancel \(id)", by: actor, needing: .cancel)
        if reason.isBlank { refusals.append(.noText("reason", of: "a cancellation")) }
        return refusals.isEmpty ? .allowed(DisposalCancelled(list: id, reason: reason)) : .refused(refusals)
    }

    /// Whether a person may confirm that a copy elsewhere is gone (R26, R61).
    package func confirmCopy(
        _ number: Int,
        of id: DisposalID,
        method: String,
        by actor: String
    ) -> Verdict<DisposalCopyDestroyed> {
        let (found, state) = list(id, in: Set(DisposalList.State.allCases))
        var refusals = state + people.refusals(of: "confirm a copy", by: actor, needing: .confirmCopies)
        if method.isBlank { refusals.append(.noText("method", of: "a confirmation")) }
        if let list = found {
            let subject = "\(id) copy \(number)"
            if let copy = list.copies[number] {
                if copy.destroyed != nil {
                    refusals.append(
                        Refusal(
                            .alreadyDone,
                            subject,
                            "\(subject) was confirmed before",
                            remedy: "nothing is left to do"
                        )
                    )
                }
            } else {
                refusals.append(
                    Refusal(.unknown, subject, "there is no \(subject)", remedy: "see 'disposal show \(id)'")
                )
            }
        }
        return refusals.isEmpty
            ? .allowed(DisposalCopyDestroyed(list: id, copy: number, method: method)) : .refused(refusals)
    }
}
