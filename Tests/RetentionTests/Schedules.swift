import RecordsModel
import Retention
import Testing

/// Schedules, records and dates for the tests of this folder.
enum Schedules {
    static let header = "kode;jenis arsip;types;aktif;inaktif;cutoff;pemicu;nasib akhir;dasar hukum;draf;contoh\n"

    static let version = ScheduleVersion(digest: String(repeating: "ab", count: 32), adopted: CivilDate("2020-01-02"))

    /// What comes of reading rows below the usual header.
    static func reading(_ rows: String..., knownTypes: [String] = []) -> ScheduleReading {
        let text = header + rows.joined(separator: "\n") + "\n"
        return RetentionSchedule.read(Array(text.utf8), version: version, knownTypes: knownTypes)
    }

    /// A schedule of rows below the usual header.
    static func schedule(_ rows: String...) throws -> RetentionSchedule {
        let text = header + rows.joined(separator: "\n") + "\n"
        let reading = RetentionSchedule.read(Array(text.utf8), version: version)
        return try #require(reading.schedule, "\(reading.faults)")
    }

    /// A calculator of one row with the code 1.
    static func calculator(
        active: String,
        inactive: String = "-",
        cutoff: String = "",
        trigger: String = "",
        disposition: String = "Musnah",
        drafts: String = "",
        settings: RetentionSettings = RetentionSettings(),
        plans: SignedPlans = .none
    ) throws -> RetentionCalculator {
        let row = "1;Rencana;;\(active);\(inactive);\(cutoff);\(trigger);\"\(disposition)\";Perbup;\(drafts);"
        return RetentionCalculator(schedule: try schedule(row), settings: settings, plans: plans)
    }
}

extension RecordFacts {
    /// A record of the year 2024 under the code 1.
    static func sample(
        _ sequence: Int = 1,
        date: String? = "2013-01-03",
        year: Int = 2024,
        type: String = "draft-rkt",
        code: String? = "1",
        events: [(String, String)] = []
    ) throws -> RecordFacts {
        RecordFacts(
            id: RecordID(prefix: "RKT", year: year, sequence: sequence),
            dossier: "RKT/\(year)",
            year: year,
            unit: "Sekretariat",
            step: 8,
            type: type,
            classification: code,
            date: try date.map { try #require(CivilDate($0)) },
            received: try #require(CivilDate("2013-02-01")),
            triggers: try events.enumerated().map {
                TriggerFact(kind: $0.element.0, date: try #require(CivilDate($0.element.1)), seq: $0.offset)
            }
        )
    }
}

/// Numbers that are the same at every run (splitmix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
