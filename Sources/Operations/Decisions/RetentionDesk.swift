package import ArchiveHome
package import Catalogue
import FileSafety
import Fixity
import OfficeFiles
import RecordsModel
package import Retention
import SystemPackage

/// The schedule in force with the office's settings: what dates are computed with.
package struct RetentionDesk: Sendable {
    /// The version in force; nil where none was adopted.
    package let adopted: AdoptedSchedule?
    /// The schedule in force; one of no rows where none was adopted.
    package let schedule: RetentionSchedule
    /// The office's settings.
    package let settings: RetentionSettings
    let procedure: Procedure

    /// Reads what is in force.
    ///
    /// - Throws: `OperationError`, code `damaged`, where the file of the version in force is not the one that was adopted;
    ///   `OfficeFileError` for settings that cannot be used.
    package init(_ home: Home, _ catalogue: CatalogueDatabase) throws {
        procedure = try home.procedure()
        settings = try home.retentionSettings()
        adopted = try catalogue.adoptedSchedules().last
        guard let adopted else {
            schedule = RetentionSchedule(version: ScheduleVersion(digest: "none", adopted: nil), rows: [])
            return
        }
        let reading = RetentionSchedule.read(
            try home.content(of: adopted),
            version: ScheduleVersion(digest: adopted.digest, adopted: adopted.adopted),
            fiscalMonth: settings.fiscalMonth
        )
        guard let schedule = reading.schedule else {
            throw OperationError(
                .damaged,
                message: "the schedule in force, 'policy/\(adopted.file)', cannot be read by this version",
                remedy: "use the version of Berkas that adopted it, or adopt a schedule anew"
            )
        }
        self.schedule = schedule
    }

    /// What the dates of the catalogue depend on besides the records.
    var basis: String {
        [
            schedule.version.digest, String(settings.fiscalMonth), settings.cutoff.name,
            settings.countsStartingDay ? "starting day counts" : "starting day does not count",
            settings.planTypes.joined(separator: " "), "1",
        ].joined(separator: "|")
    }

    /// Computes with a schedule, for records of which `facts` holds whole dossiers.
    func calculator(_ schedule: RetentionSchedule, over facts: [RecordFacts]) -> RetentionCalculator {
        RetentionCalculator(
            schedule: schedule,
            settings: settings,
            plans: SignedPlans(facts, types: settings.planTypes)
        )
    }

    /// The facts of all records of a year, or of all years.
    func facts(of year: Int?, in catalogue: CatalogueDatabase) throws -> [RecordFacts] {
        var found: [RecordFacts] = []
        try catalogue.eachRetentionInput(year: year) { found.append(RecordFacts($0, procedure: procedure)) }
        return found
    }

    /// The facts of a record, and of all records of its dossier, which its dates may depend on.
    ///
    /// - Throws: `OperationError`, code `noSuchRecord`.
    func facts(of id: RecordID, in catalogue: CatalogueDatabase) throws -> (own: RecordFacts, dossier: [RecordFacts]) {
        try catalogue.require(id)
        let dossier = try facts(of: id.year, in: catalogue)
        guard let own = dossier.first(where: { $0.id == id }) else {
            throw OperationError.noSuchRecord(id.description)
        }
        return (own, dossier)
    }

    /// Computes the dates of the years that are stale, and keeps them.
    ///
    /// Killed between two years, the rest is stale still.
    func refresh(_ catalogue: CatalogueDatabase) throws {
        try catalogue.setRetentionBasis(basis)
        for year in try catalogue.staleYears() {
            try catalogue.replaceRetention(of: year, rows(of: year, in: catalogue))
        }
    }

    /// The dates of all records of a year.
    func rows(of year: Int, in catalogue: CatalogueDatabase) throws -> [RetentionRow] {
        var rows: [Int64] = []
        var facts: [RecordFacts] = []
        try catalogue.eachRetentionInput(year: year) { input in
            rows.append(input.row)
            facts.append(RecordFacts(input, procedure: procedure))
        }
        let calculator = calculator(schedule, over: facts)
        return zip(rows, facts).map { row(of: $0, calculator.dates(for: $1)) }
    }

    private func row(of record: Int64, _ dates: RetentionDates) -> RetentionRow {
        let (obstacle, missing): (String?, String?) =
            switch dates.obstacle {
            case nil, .beyondCalendar: (nil, nil)
            case .noClassification: (RetentionPhase.noClassification.rawValue, nil)
            case .noRule: (RetentionPhase.noRule.rawValue, nil)
            case .missing(let trigger): (RetentionPhase.notStarted.rawValue, trigger)
            case .missingPlan: (RetentionPhase.notStarted.rawValue, "signed-plan")
            }
        return RetentionRow(
            record: record,
            obstacle: obstacle,
            missing: missing,
            start: dates.start,
            activeEnd: dates.activeEnd,
            due: dates.due,
            action: dates.action?.rawValue,
            scheduleRow: dates.row.map { schedule.rows[$0].row }
        )
    }
}

extension RecordFacts {
    /// What retention looks at in a record of a procedure.
    init(_ input: RetentionInput, procedure: Procedure) {
        self.init(
            id: input.id,
            dossier: "\(procedure.id)/\(input.year)",
            year: input.year,
            unit: input.unit,
            step: input.step,
            type: input.type,
            classification: input.classification,
            date: input.date,
            received: input.received,
            triggers: input.triggers.map { TriggerFact(kind: $0.kind, date: $0.date, seq: $0.seq) }
        )
    }
}

extension Home {
    /// The largest schedule that is read, in bytes.
    static let scheduleLimit = 64 << 20

    /// The bytes of an adopted schedule, and what is wrong with them: "is missing", "was changed", or nothing.
    ///
    /// - Parameters:
    ///   - file: its name within `policy/`.
    ///   - sha512: its digest in the ledger, hexadecimal.
    /// - Returns: the bytes as they lie there, none where it is missing.
    /// - Throws: `FileSafetyError` where it cannot be read.
    func adoptedSchedule(_ file: String, sha512: String) throws -> (bytes: [UInt8], fault: String?) {
        let path = policy.appending(file)
        guard FileStatus.exists(path) else { return ([], "is missing") }
        let bytes = try OpenFile.content(of: path, limit: Self.scheduleLimit)
        return (bytes, Digest.of(bytes, .sha512).hex == sha512 ? nil : "was changed")
    }

    /// The bytes of an adopted schedule as UTF-8, held against the digest in the ledger.
    func content(of adopted: AdoptedSchedule) throws -> [UInt8] {
        let (bytes, fault) = try adoptedSchedule(adopted.file, sha512: adopted.digest)
        if let fault {
            throw OperationError(
                .damaged,
                message: "the schedule adopted on \(adopted.adopted), 'policy/\(adopted.file)', \(fault)",
                remedy: "bring it from a copy: cp -a COPY/policy/\(Shell.quoted(adopted.file)) "
                    + "\(Shell.quoted(policy.pushing(FilePath(adopted.file)).string)); "
                    + "a change is a new version: run 'berkas retention adopt'"
            )
        }
        return try TextEncoding.utf8(bytes, of: policy.appending(adopted.file))
    }

    /// How the office counts, from `berkas.yaml`.
    func retentionSettings() throws -> RetentionSettings {
        let said = settings.retention
        guard let cutoff = Cutoff(said.cutoff, fiscalMonth: said.fiscalMonth) else {
            throw OfficeFileError(
                .invalid,
                file: path.appending(Self.settingsFile),
                message: "'retention: cutoff' is '\(said.cutoff)'",
                remedy: "give none, month, quarter, year, or fiscal"
            )
        }
        return RetentionSettings(
            fiscalMonth: said.fiscalMonth,
            cutoff: cutoff,
            countsStartingDay: said.countsStartingDay,
            addsPeriods: said.addsPeriods,
            planTypes: said.planTypes
        )
    }
}
