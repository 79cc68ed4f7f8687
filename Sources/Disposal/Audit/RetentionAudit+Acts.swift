import Acts
import RecordsModel
import Retention

extension RetentionAudit {
    private typealias Behind = AuditAnswer.Behind
    typealias Found = (value: AuditAnswer.Value, behind: [AuditAnswer.Behind])

    /// The lists on which a record was removed in the year, with those records.
    private static func removals(_ input: AuditInput) -> [(list: DisposalList, stones: [Tombstone])] {
        input.disposals.lists.compactMap { list in
            let stones = list.removed.compactMap { input.disposals.tombstones[$0.record] }
                .filter { $0.removedAt.date.year == input.year }
            return stones.isEmpty ? nil : (list, stones)
        }
    }

    static func approvalsComplete(_ input: AuditInput) -> Found {
        var wrong: [Behind] = []
        var right: [Behind] = []
        for (list, stones) in removals(input) {
            guard let approval = list.approval else {
                wrong.append(
                    Behind(
                        list.id.description,
                        "records were removed, and nobody approved",
                        words: "arsip dihapus tanpa persetujuan"
                    )
                )
                continue
            }
            let national = stones.contains { stone in
                guard list.kind == .destroy, let item = list.item(stone.record) else { return false }
                return input.settings.authority(months: item.totalMonths, hasRow: item.row != nil) == .nationalArchives
            }
            if national, approval.authority != .nationalArchives {
                let message = "approved by \(approval.authority.name), and the retention demands Kepala ANRI"
                let words = "disetujui \(approval.authority.name), sedangkan retensinya memerlukan Kepala ANRI"
                wrong.append(Behind(list.id.description, message, words: words))
            } else {
                let message = "approved by \(approval.authority.name), letter \(approval.number) of \(approval.date)"
                let words =
                    "disetujui \(approval.authority.name), surat \(approval.number) tanggal "
                    + RetentionWords.day(approval.date).indonesian
                let letter = " (\(approval.letter))"
                right.append(Behind(list.id.description, message + letter, words: words + letter))
            }
        }
        if wrong.isEmpty, right.isEmpty { return (.nothing, []) }
        return wrong.isEmpty ? (.yes, right) : (.no, wrong)
    }

    static func destructionsProven(_ input: AuditInput) -> Found {
        var behind: [Behind] = []
        let removals = removals(input)
        if removals.isEmpty { return (.nothing, []) }
        for (list, stones) in removals {
            let missing = list.missingEvidence(before: .close)
            guard !missing.isEmpty else { continue }
            let names = missing.map(\.name).joined(separator: ", ")
            behind.append(Behind(list.id.description, "missing: " + names, words: "belum ada: " + names))
            behind += stones.map {
                let words = "dihapus menurut \(list.id), yang belum memiliki \(names)"
                return Behind($0.record.description, "removed by \(list.id), which lacks \(names)", words: words)
            }
        }
        return (behind.isEmpty ? .yes : .no, behind)
    }

    /// Whether a hold in force was passed over; what a search found is not told by what is left of a record.
    static func holdsRespected(_ input: AuditInput) -> Found {
        var broken: [Behind] = []
        // By the order of the ledger: two acts can have the same second.
        var gone: [String: Int] = [:]
        for act in input.disposals.acts where act.event == .disposalItemRemoved { gone[act.record ?? ""] = act.seq }
        for (_, stones) in removals(input) {
            for stone in stones {
                let seq = gone[stone.record.description] ?? 0
                for hold in input.holds.holds where hold.withdrawal == nil && hold.seq < seq {
                    if let release = hold.release, release.seq < seq { continue }
                    if hold.holds(stone) {
                        let words = "dihapus selama dibekukan oleh \(hold.id)"
                        let message = "removed while \(hold.id) held it"
                        broken.append(Behind(stone.record.description, message, words: words))
                    }
                }
            }
        }
        if !broken.isEmpty { return (.no, broken) }
        let inForce = input.holds.inForce.map { hold in
            let scope = hold.terms.scope.summary
            return Behind(hold.id.description, "in force: " + scope, words: "berlaku: " + scope)
        }
        return (removals(input).isEmpty ? .nothing : .yes, inForce)
    }

    static func copiesDestroyed(_ input: AuditInput) -> Found {
        let removals = removals(input)
        if removals.isEmpty { return (.nothing, []) }
        let open = removals.flatMap { list, stones in
            let records = Set(stones.map(\.record))
            return list.openCopies.filter { records.contains($0.record) }.map { copy in
                let (known, place) = (copy.description, copy.description.place.displayed)
                let message = "copy \(known.number) of \(list.id), \(known.kind.rawValue) at '\(place)'"
                let words = "salinan \(known.number) dari \(list.id), \(known.kind.words) di '\(place)'"
                return Behind(copy.record.description, message, words: words)
            }
        }
        return (open.isEmpty ? .yes : .no, open)
    }

    static func fixityChecked(_ input: AuditInput) -> Found {
        guard let fixity = input.fixity, let last = fixity.last else { return (.cannotTell, []) }
        var failed = fixity.failed.sorted().map {
            Behind(
                $0.description,
                "not whole, or not read, by the last sweep that looked at it",
                words: "tidak utuh, atau tidak terbaca, pada pemeriksaan terakhir"
            )
        }
        if fixity.unnamed > 0 {
            let day = fixity.unnamedOn ?? last
            let words = "\(fixity.unnamed) temuan pada \(RetentionWords.day(day).indonesian) tanpa nomor arsip"
            failed.append(Behind("\(day)", "\(fixity.unnamed) findings that name no record", words: words))
        }
        if !failed.isEmpty { return (.no, failed) }
        let age = input.asOf.daysSinceEpoch - last.daysSinceEpoch
        // A sweep of a later day says nothing about the day that is asked for.
        if age < 0 {
            let words = "pemeriksaan terakhir lebih baru daripada \(RetentionWords.day(input.asOf).indonesian)"
            return (.cannotTell, [Behind("\(last)", "the last sweep is later than \(input.asOf)", words: words)])
        }
        let message = "the last sweep was \(age) days before \(input.asOf)"
        let words = "pemeriksaan terakhir \(age) hari sebelum \(RetentionWords.day(input.asOf).indonesian)"
        return (age <= input.fixityDays ? .yes : .no, [Behind("\(last)", message, words: words)])
    }

    static func nothingRefused(_ input: AuditInput) -> Found {
        let attempts = input.disposals.refusedAttempts.filter {
            $0.at.date.year == input.year || concerns($0, input.year, input.disposals)
        }
        let refused = attempts.map { refused in
            let codes = refused.attempt.refusals.map(\.code.rawValue).joined(separator: ", ")
            let what = "\(refused.attempt.act.displayed) by '\(refused.by.displayed)' on \(refused.at.date)"
            let words =
                "\(refused.attempt.act.displayed) oleh '\(refused.by.displayed)' pada "
                + "\(RetentionWords.day(refused.at.date).indonesian) ditolak: \(codes)"
            return Behind(refused.attempt.subject, "\(what): \(codes)", words: words)
        }
        if !refused.isEmpty { return (.no, refused) }
        let isEmpty =
            input.disposals.acts(in: input.year).isEmpty && !input.records.contains { $0.year == input.year }
            && !input.disposals.tombstones.keys.contains { $0.year == input.year }
        return (isEmpty ? .nothing : .yes, [])
    }

    /// Whether an attempt of any day was about records of a year: by its record, its subject or one of its reasons.
    private static func concerns(_ refused: DisposalBook.Refused, _ year: Int, _ book: DisposalBook) -> Bool {
        let attempt = refused.attempt
        let subjects = [refused.record, attempt.subject].compactMap(\.self) + attempt.refusals.map(\.subject)
        return subjects.contains { subject in
            if RecordID(subject)?.year == year || subject.hasSuffix("/" + CivilDate.padded(year, to: 4)) { return true }
            guard let list = DisposalID(subject).flatMap({ book[$0] }) else { return false }
            return list.items.contains { $0.record.year == year }
        }
    }
}

extension Hold {
    /// Whether it covered a record that is gone, as far as what is left of the record tells.
    ///
    /// A search cannot be asked about words that are gone.
    fileprivate func holds(_ stone: Tombstone) -> Bool {
        guard let last = stone.versions.last else { return applied.contains(stone.record) }
        let facts = HoldFacts(
            id: stone.record,
            dossier: stone.dossier,
            year: last.description.year,
            unit: last.description.unit,
            classification: stone.code
        )
        return (try? covers(facts) { _, _ in false }) ?? true
    }
}
