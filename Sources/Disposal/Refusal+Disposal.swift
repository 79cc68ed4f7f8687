import Acts
import RecordsModel

extension Refusal {
    static func samePerson(_ name: String, _ what: String) -> Refusal {
        Refusal(
            .samePerson,
            name,
            "'\(name.displayed)' \(what)",
            remedy: "let another person do it: nobody does two of proposing, assessing and approving the same list"
        )
    }

    static func held(_ record: RecordID, _ holds: [HoldID]) -> Refusal {
        let names = holds.map(\.description).joined(separator: ", ")
        return Refusal(
            .held,
            record.description,
            "\(record) is held by \(names)",
            remedy: "take it off the list, or wait until its authority releases the hold"
        )
    }

    static func onLoan(_ record: RecordID) -> Refusal {
        Refusal(.onLoan, record.description, "\(record) is lent", remedy: "wait until it is returned")
    }

    /// Nothing that nobody has classified is destroyed: a code without a row is one thing, no code is another.
    static func unclassified(_ record: RecordID) -> Refusal {
        Refusal(
            .unclassified,
            record.description,
            "\(record) has no classification code, and what nobody has classified is not destroyed",
            remedy:
                "choose its code with 'berkas classify \(record) CODE --reason … --confirm', or leave it off the list"
        )
    }

    static func onOtherList(_ record: RecordID, _ list: DisposalID) -> Refusal {
        Refusal(
            .onOtherList,
            record.description,
            "\(record) is on the open list \(list)",
            remedy: "finish or cancel \(list) first"
        )
    }

    static func gone(_ record: RecordID) -> Refusal {
        Refusal(.removed, record.description, "\(record) was removed before", remedy: "see its tombstone")
    }

    static func notOnList(_ record: RecordID, _ list: DisposalID) -> Refusal {
        Refusal(
            .unknown,
            record.description,
            "\(record) is not on \(list)",
            remedy: "see 'berkas disposal show \(list)'"
        )
    }

    static func settled(_ record: RecordID, _ why: String) -> Refusal {
        Refusal(
            .alreadyDone,
            record.description,
            "nothing more can be said of \(record): \(why)",
            remedy: "propose it again on a new list, if it is due"
        )
    }

    static func nothingLeft(_ list: DisposalID) -> Refusal {
        Refusal(
            .nothingLeft,
            list.description,
            "all items of \(list) were refused or left out",
            remedy: "cancel the list"
        )
    }

    static func evidenceOnList(_ record: RecordID, _ list: DisposalID) -> Refusal {
        Refusal(
            .evidenceOnList,
            record.description,
            "\(record) is on \(list) itself, and cannot be its evidence",
            remedy: "name another record"
        )
    }

    /// A record is evidence of a list, and may not be destroyed.
    static func evidence(_ record: RecordID, of places: [DisposalBook.ListEvidence], on list: DisposalID?) -> Refusal {
        let names = places.map { "\($0.place) of \($0.list)" }.joined(separator: ", ")
        let remedy =
            list.map { "take it off: 'berkas disposal leave-out \($0) \(record) --reason …'" }
            ?? "leave it off the list: it stays as long as what it proves is asked about"
        return Refusal(
            .evidenceOfList,
            record.description,
            "\(record) is evidence (\(names)), and what proves a disposal is not destroyed",
            remedy: remedy
        )
    }

    static func notDue(_ record: RecordID, _ due: DueFacts, _ today: CivilDate) -> Refusal {
        let why = due.dueSince.map { "it is due on \($0), and today is \(today)" } ?? "its period has not begun"
        return Refusal(
            .notDue,
            record.description,
            "\(record) may not go yet: \(why)",
            remedy: "see 'berkas retention explain \(record)'"
        )
    }

    static func otherAction(_ record: RecordID, _ due: DueFacts, wanted: DueAction) -> Refusal {
        Refusal(
            .otherAction,
            record.description,
            "the schedule asks for '\(due.action?.rawValue ?? "nothing")' of \(record), not for '\(wanted.rawValue)'",
            remedy: "see 'berkas retention explain \(record)'"
        )
    }

    /// The refusal that a reason to leave out an item amounts to.
    init(_ reason: SkipReason, record: RecordID) {
        let code: Code =
            switch reason.code {
            case .held, .dossierHeld: .held
            case .notDue: .notDue
            case .otherAction, .rowChanged: .otherAction
            case .scheduleChanged: .scheduleChanged
            case .onLoan: .onLoan
            case .unclassified: .unclassified
            case .versionChanged, .digestChanged, .absent, .byHand: .wrongState
            }
        self.init(code, record.description, reason.message, remedy: "see 'berkas retention explain \(record)'")
    }
}
