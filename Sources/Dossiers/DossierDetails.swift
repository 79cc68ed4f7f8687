import Acts
package import RecordsModel

/// The detail of `dossier stage`: a dossier reached a stage of its filing.
package struct DossierStage: EventDetail {
    /// The kind of event.
    package static let type = EventType.dossierStage

    /// The dossier: `RKT/2024`.
    package var dossier: String
    /// The stage's id, as the procedure has it: `received`, `checked`, `filed`.
    package var stage: String
    /// How many records the dossier had.
    package var records: Int
    /// A remark.
    package var note: String?

    /// A detail out of its parts.
    package init(dossier: String, stage: String, records: Int, note: String? = nil) {
        self.dossier = dossier
        self.stage = stage
        self.records = records
        self.note = note
    }

    /// What is wrong with the values.
    package var faults: [String] {
        DossierText.faults(dossier, "dossier") + DossierText.faults(stage, "stage") + DossierText.faults(note, "note")
            + (records > 0 ? [] : ["'records' is not at least 1"])
    }
}

/// The detail of `dossier sealed`: the dossier was packed, and takes no further record.
package struct DossierSealed: EventDetail {
    /// The kind of event.
    package static let type = EventType.dossierSealed

    /// The dossier: `RKT/2024`.
    package var dossier: String
    /// The package's file name in `packages/`.
    package var package: String
    /// SHA-512 of the package, hexadecimal.
    package var sha512: String
    /// How many records are in it.
    package var records: Int
    /// The signed plan that was valid, where there was one.
    package var plan: String?
    /// The day of its signature.
    package var signed: CivilDate?
    /// The last day that was in time.
    package var due: CivilDate?
    /// Why it was sealed although something is missing; nil where nothing is.
    package var incomplete: String?
    /// SHA-512 of the procedure that it was held against; nil in seals of earlier versions.
    package var procedure: String?

    /// A detail out of its parts.
    package init(dossier: String, package: String, sha512: String, records: Int) {
        self.dossier = dossier
        self.package = package
        self.sha512 = sha512
        self.records = records
    }

    /// What is wrong with the values.
    package var faults: [String] {
        let isDigest = sha512.utf8.count == 128
        return DossierText.faults(dossier, "dossier") + DossierText.faults(package, "package")
            + DossierText.faults(plan, "plan") + DossierText.faults(incomplete, "incomplete")
            + (isDigest ? [] : ["'sha512' has not 128 digits"]) + (records > 0 ? [] : ["'records' is not at least 1"])
    }
}

/// The detail of `dossier reopened`: a sealed dossier takes records again.
package struct DossierReopened: EventDetail {
    /// The kind of event.
    package static let type = EventType.dossierReopened

    /// The dossier: `RKT/2024`.
    package var dossier: String
    /// Why.
    package var reason: String

    /// A detail out of its parts.
    package init(dossier: String, reason: String) {
        self.dossier = dossier
        self.reason = reason
    }

    /// What is wrong with the values.
    package var faults: [String] { DossierText.faults(dossier, "dossier") + DossierText.faults(reason, "reason") }
}

/// Texts in the details of dossiers.
enum DossierText {
    /// What is wrong with a text that must say something where it is there.
    static func faults(_ text: String?, _ name: String) -> [String] {
        guard let text else { return [] }
        if text.allSatisfy(\.isWhitespace) { return ["'\(name)' is empty"] }
        return text.utf8.count > EventLimit.text ? ["'\(name)' is longer than \(EventLimit.text) bytes"] : []
    }
}
