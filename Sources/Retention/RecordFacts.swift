package import RecordsModel

/// What retention, holds and disposal look at in one record.
///
/// Nothing else about a record decides its fate: what is not here cannot make a record due or keep it.
package struct RecordFacts: Hashable, Sendable {
    /// The record.
    package var id: RecordID
    /// The dossier that it belongs to, such as `RKT/2024`.
    package var dossier: String
    /// The fiscal year of the plan, 1900 to 2200.
    package var year: Int
    /// The unit that the document comes from (unit pengolah).
    package var unit: String
    /// The step of the procedure, from 1.
    package var step: Int
    /// The document type, an id of the procedure's policy file.
    package var type: String
    /// The classification code in force, verbatim; nil where nobody has chosen one.
    package var classification: String?
    /// The date on the document.
    package var date: CivilDate?
    /// The day on which its first version was received, in the office's time zone.
    package var received: CivilDate
    /// The trigger events entered for it, the corrected ones left out; several of one kind in the order of the ledger.
    package var triggers: [TriggerFact]

    /// Facts out of their parts.
    package init(
        id: RecordID,
        dossier: String,
        year: Int,
        unit: String,
        step: Int,
        type: String,
        classification: String?,
        date: CivilDate?,
        received: CivilDate,
        triggers: [TriggerFact] = []
    ) {
        self.id = id
        self.dossier = dossier
        self.year = year
        self.unit = unit
        self.step = step
        self.type = type
        self.classification = classification
        self.date = date
        self.received = received
        self.triggers = triggers
    }
}

/// One event that starts a retention period, as a person entered it: "superseded on 2 January 2026".
package struct TriggerFact: Hashable, Sendable {
    /// Its kind, an id such as `superseded`.
    package var kind: String
    /// The day on which it happened.
    package var date: CivilDate
    /// The place in the ledger of the event that says so.
    package var seq: Int

    /// A trigger out of its parts.
    package init(kind: String, date: CivilDate, seq: Int) {
        self.kind = kind
        self.date = date
        self.seq = seq
    }
}
