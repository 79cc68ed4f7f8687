import Acts
package import RecordsModel

/// A version of the schedule was adopted; its file lies in `policy/` under the name given here.
package struct ScheduleAdopted: EventDetail {
    /// The kind of event.
    package static let type = EventType.scheduleAdopted

    /// The day of adoption, in the office's time zone.
    package var adopted: CivilDate
    /// On whose authority: the regulation, verbatim.
    package var authority: String
    /// SHA-512 of the file, 128 hexadecimal digits.
    package var digest: String
    /// The file within `policy/`.
    package var file: String
    /// How many rows it has.
    package var rows: Int
    /// How many of them are samples.
    package var samples: Int
    /// SHA-512 of the simulation that was looked at before, 128 hexadecimal digits.
    package var simulation: String

    /// A detail out of its parts.
    package init(
        adopted: CivilDate,
        authority: String,
        digest: String,
        file: String,
        rows: Int,
        samples: Int,
        simulation: String
    ) {
        self.adopted = adopted
        self.authority = authority
        self.digest = digest
        self.file = file
        self.rows = rows
        self.samples = samples
        self.simulation = simulation
    }

    /// What is wrong with the values.
    package var faults: [String] {
        let isDigest = [digest, simulation].allSatisfy { $0.utf8.count == 128 }
        return [authority].textFaults("authority") + [file].textFaults("file")
            + (isDigest ? [] : ["a digest has no 128 digits"]) + (min(rows, samples) < 0 ? ["a count is below 0"] : [])
    }
}

/// A person chose the classification code of a record.
package struct Classified: EventDetail {
    /// The kind of event.
    package static let type = EventType.classified

    /// The code, verbatim.
    package var code: String
    /// The code that was in force before; nil where there was none.
    package var before: String?
    /// Why this one.
    package var reason: String
    /// Who had proposed it, where it takes two persons; nil where one decides.
    package var proposedBy: String?

    /// A detail out of its parts.
    package init(code: String, before: String?, reason: String, proposedBy: String? = nil) {
        self.code = code
        self.before = before
        self.reason = reason
        self.proposedBy = proposedBy
    }

    /// What is wrong with the values.
    package var faults: [String] {
        [code].textFaults("code") + [reason].textFaults("reason")
            + [proposedBy].compactMap { $0 }.textFaults("proposedBy")
    }
}

/// A person proposed another code for a record that is kept for ever under the one in force; a second one decides.
package struct ClassificationProposed: EventDetail {
    /// The kind of event.
    package static let type = EventType.classificationProposed

    /// The code, verbatim.
    package var code: String
    /// The code that is in force.
    package var before: String
    /// Why the other one.
    package var reason: String

    /// A detail out of its parts.
    package init(code: String, before: String, reason: String) {
        self.code = code
        self.before = before
        self.reason = reason
    }

    /// What is wrong with the values.
    package var faults: [String] {
        [code].textFaults("code") + [before].textFaults("before") + [reason].textFaults("reason")
    }
}

/// A person entered the date of an event that starts a record's period.
package struct TriggerEntered: EventDetail {
    /// The kind of event.
    package static let type = EventType.triggerEntered

    /// The kind of event, an id of the vocabulary.
    package var trigger: String
    /// The day on which it happened.
    package var date: CivilDate
    /// How that is known.
    package var reason: String
    /// Why the date stands though it cannot be believed; nil where nothing speaks against it.
    package var because: String?

    /// A detail out of its parts.
    package init(trigger: String, date: CivilDate, reason: String, because: String? = nil) {
        self.trigger = trigger
        self.date = date
        self.reason = reason
        self.because = because
    }

    /// What is wrong with the values.
    package var faults: [String] {
        [trigger].textFaults("trigger") + [reason].textFaults("reason")
            + [because].compactMap { $0 }.textFaults("because")
    }
}

/// A person put the date of such an event right, or took it back; the old value stays in the ledger (R13).
package struct TriggerCorrected: EventDetail {
    /// The kind of event.
    package static let type = EventType.triggerCorrected

    /// The place in the ledger of the event that is put right.
    package var corrects: Int
    /// The kind of event, as it was entered.
    package var trigger: String
    /// The date that stood.
    package var before: CivilDate
    /// The right date; nil where it did not happen at all.
    package var date: CivilDate?
    /// Why.
    package var reason: String
    /// Why the date stands though it cannot be believed; nil where nothing speaks against it.
    package var because: String?

    /// A detail out of its parts.
    package init(
        corrects: Int,
        trigger: String,
        before: CivilDate,
        date: CivilDate?,
        reason: String,
        because: String? = nil
    ) {
        self.corrects = corrects
        self.trigger = trigger
        self.before = before
        self.date = date
        self.reason = reason
        self.because = because
    }

    /// What is wrong with the values.
    package var faults: [String] {
        [trigger].textFaults("trigger") + [reason].textFaults("reason")
            + [because].compactMap { $0 }.textFaults("because")
            + (corrects < 0 ? ["'corrects' is below 0"] : [])
    }
}
