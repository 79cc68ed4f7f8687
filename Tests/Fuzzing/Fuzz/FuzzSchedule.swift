import Disposal
import OfficeFiles
import RecordsModel
import Retention
import SystemPackage

/// A retention schedule as somebody else wrote it, and the dates of records under whatever it says.
enum FuzzSchedule {
    private static let version = ScheduleVersion(digest: String(repeating: "0", count: 128), adopted: nil)
    /// Days at the ends of calendars: before any record, a leap day, the last day that can be written.
    private static let days = ["1900-01-01", "2024-02-29", "2200-12-31", "9999-12-31"].compactMap { CivilDate($0) }

    /// Reads it twice, and asks for the dates of a record under each of the first rows.
    static func run(_ bytes: [UInt8]) {
        guard let text = try? TextEncoding.utf8(bytes, of: "jra.csv") else { return }
        let reading = RetentionSchedule.read(text, version: version, fiscalMonth: 7, knownTypes: ["rkt"])
        let hasFault = reading.faults.contains { $0.severity == .fault }
        Fuzzing.promise((reading.schedule == nil) == hasFault, "a schedule with faults is one, or one without is none")
        let again = RetentionSchedule.read(text, version: version, fiscalMonth: 7, knownTypes: ["rkt"])
        Fuzzing.promise(reading.faults == again.faults, "a schedule that is read twice has other faults")
        Fuzzing.promise(reading.schedule?.rows == again.schedule?.rows, "a schedule that is read twice has other rows")
        guard let schedule = reading.schedule else { return }
        Fuzzing.promise(!schedule.rows.isEmpty, "a schedule without rows is one")
        for settings in [
            RetentionSettings(), RetentionSettings(fiscalMonth: 7, cutoff: .quarter, countsStartingDay: true),
        ] {
            for row in schedule.rows.prefix(20) { ask(schedule, row, settings) }
        }
        if let row = schedule.rows.first { _ = RequiredApprover(for: row, settings: RetentionSettings()) }
    }

    private static func ask(_ schedule: RetentionSchedule, _ row: ScheduleRow, _ settings: RetentionSettings) {
        let type = row.types.first ?? "jenis lain"
        Fuzzing.promise(schedule.row(code: row.code, type: type) != nil, "a row is for no record")
        for day in days {
            let kinds = [row.trigger.kind, row.inactiveTrigger?.kind].compactMap(\.self)
            let facts = RecordFacts(
                id: RecordID(prefix: "RKT", year: 2024, sequence: 1),
                dossier: "RKT/2024",
                year: 2024,
                unit: "Sekretariat",
                step: 1,
                type: type,
                classification: row.code,
                date: day,
                received: day,
                triggers: kinds.enumerated().map { TriggerFact(kind: $1.id, date: day, seq: $0) }
            )
            let plans = SignedPlans([facts], types: [type])
            let calculator = RetentionCalculator(schedule: schedule, settings: settings, plans: plans)
            let dates = calculator.dates(for: facts)
            if let start = dates.start, let due = dates.due {
                let isEarly = settings.countsStartingDay ? due < start : due <= start
                Fuzzing.promise(!isEarly, "a record is due on the day of its event")
            }
            if let end = dates.activeEnd, let due = dates.due {
                Fuzzing.promise(end < due, "a record is due in its active period")
            }
            let why = calculator.explanation(for: facts, asOf: day)
            Fuzzing.promise(why.steps.last?.name == .state, "an explanation does not say where the record stands")
        }
    }
}
