import Acts
import Dossiers
import RecordsModel

/// A short procedure and generated years.
enum Sample {
    static func step(
        _ number: Int,
        _ count: Int,
        _ unit: String,
        _ types: [String],
        required: [String] = [],
        eachUnit: [String] = [],
        stages: [ProcedureStep.Stage]? = nil
    ) -> ProcedureStep {
        ProcedureStep(
            step: number,
            activity: "Langkah \(number)",
            actors: ["Tim"],
            input: "Masukan",
            duration: ProcedureStep.Duration(text: "\(count) \(unit)", count: count, unit: unit),
            output: "Keluaran \(number)",
            types: types,
            required: required,
            eachUnit: eachUnit,
            stages: stages
        )
    }

    static let stages = ["received", "checked", "filed"].map { ProcedureStep.Stage(id: $0, name: $0, actors: []) }

    static func procedure(secondUnit: String = "hari") -> Procedure {
        Procedure(
            id: "RKT",
            title: "Penyusunan RKT",
            number: "1",
            office: "Dinas",
            types: ["disposisi", "form-rkt", "draft-rkt", "rkt", "lampiran-rkt"].map {
                DocumentType(id: $0, name: $0.uppercased(), aliases: [], description: "")
            },
            steps: [
                step(1, 1, "hari", ["disposisi"], required: ["disposisi"]),
                step(2, 3, secondUnit, ["form-rkt"], required: ["form-rkt"], eachUnit: ["Bidang"]),
                step(3, 1, "minggu", ["draft-rkt"]),
                step(4, 1, "hari", ["rkt"], required: ["rkt"]),
                step(5, 1, "hari", ["lampiran-rkt"], stages: stages),
            ]
        )
    }

    static func rules(secondUnit: String = "hari", holidays: [Holiday] = []) -> DossierRules {
        DossierRules(
            procedure: procedure(secondUnit: secondUnit),
            units: ["Dinas", "Bidang Satu", "Bidang Dua"],
            planTypes: ["rkt"],
            calendar: WorkCalendar(holidays)
        )
    }

    static func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: 0) }

    static func record(
        _ sequence: Int,
        _ step: Int,
        _ type: String,
        _ date: String?,
        unit: String = "Dinas",
        signature: SignatureKind? = nil,
        received: String = "2024-12-31",
        removedBy: String? = nil
    ) -> DossierRecord {
        DossierRecord(
            id: RecordID(prefix: "RKT", year: 2025, sequence: sequence),
            step: step,
            type: type,
            unit: unit,
            title: "Dokumen \(sequence)",
            number: nil,
            date: date.map { day($0) },
            signer: nil,
            signature: signature,
            received: Moment(secondsSinceEpoch: day(received).daysSinceEpoch * 86_400, offset: 0),
            removedBy: removedBy
        )
    }

    /// A year in which all is well: 4 November 2024 is a Monday.
    static var good: [DossierRecord] {
        [
            record(1, 1, "disposisi", "2024-11-04"),
            record(2, 2, "form-rkt", "2024-11-06", unit: "Bidang Satu"),
            record(3, 2, "form-rkt", "2024-11-07", unit: "Bidang  dua"),
            record(4, 3, "draft-rkt", "2024-11-14"),
            record(5, 4, "rkt", "2024-11-15", signature: .wet),
            record(6, 5, "lampiran-rkt", "2024-11-15"),
        ]
    }

    static func assess(
        _ records: [DossierRecord],
        rules: DossierRules = rules(),
        sealed: String? = "2024-11-16",
        asOf: String = "2024-12-31"
    ) -> DossierAssessment {
        rules.assess(records, year: 2025, sealed: sealed.map { day($0) }, asOf: day(asOf))
    }

    static let people = People([
        Person(name: "Siti", roles: ["arsiparis"]), Person(name: "Kepala", roles: ["kepala-unit-kearsipan"]),
        Person(name: "Rani", roles: ["reader"]),
    ])
}
