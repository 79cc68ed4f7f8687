import Acts
package import ArchiveHome
import Catalogue
package import Dossiers
import Ledger
import OfficeFiles
package import RecordsModel
package import Reporting
import SystemPackage

extension Home {
    /// What dossiers are held against: the procedure, the office's units and the calendar.
    ///
    /// - Throws: `OfficeFileError`, with every row of `policy/holidays.csv` that cannot be used.
    package func dossierRules() throws -> DossierRules {
        DossierRules(
            procedure: try procedure(),
            units: settings.units,
            planTypes: settings.retention.planTypes,
            calendar: WorkCalendar(try HolidayFile.read(policy.appending("holidays.csv")))
        )
    }
}

/// A dossier held against the procedure, with where its filing stands.
package struct DossierReport: Sendable {
    /// What is there and what is missing.
    package let assessment: DossierAssessment
    /// Stages and seals.
    package let standing: DossierProgress

    /// Whether the plan was made in time and sealed, or what is waited for; in a few words.
    package var waiting: (message: String, day: CivilDate?)? {
        if standing.seal != nil { return nil }
        if let (_, act) = standing.reopened {
            return ("opened again on \(act.at.date) by \(act.by), and not sealed since", nil)
        }
        if assessment.plans.count > 1, !assessment.isSigned {
            return ("\(assessment.plans.count) signed plans, and nothing tells which is valid", nil)
        }
        if assessment.isSigned, let sealing = assessment.sealing {
            let over = (sealing.daysOver ?? 0) > 0 ? ", \(sealing.daysOver ?? 0) days over" : ""
            return ("signed and not sealed\(over)", sealing.due)
        }
        guard let number = assessment.waitingFor,
            let step = assessment.steps.first(where: { $0.step.step == number })
        else {
            return assessment.validPlan == nil ? ("no signed plan", nil) : nil
        }
        let over = step.timing.isLate ? ", \(step.timing.daysOver ?? 0) days over" : ""
        return ("waits for step \(number), \(step.step.activity)\(over)", step.timing.due)
    }
}

/// Asks where dossiers stand; changes nothing.
package struct DossierDesk {
    private let home: Home
    private let catalogue: CatalogueDatabase
    private let rules: DossierRules
    private let book: DossierBook

    /// Opens the dossiers of a home.
    ///
    /// - Throws: `OfficeFileError`; `EventFault` where a seal cannot be told.
    package init(_ home: Home, _ books: Books) throws {
        self.home = home
        catalogue = books.catalogue
        rules = try home.dossierRules()
        book = try books.dossiers()
        let known = DossierAct.allCases.map(\.rawValue)
        for stage in stages where !known.contains(stage.id) {
            throw OfficeFileError(
                .invalid,
                file: home.policy.appending("sop-rkt.yaml"),
                message: "it has the stage '\(stage.id.displayed)', which no command reaches",
                remedy: "use the ids \(known.joined(separator: ", ")); their names are the office's to set"
            )
        }
    }

    /// The procedure.
    package var procedure: Procedure { rules.procedure }

    /// What the ledger commits to, three lines.
    package var checkpoint: PaperCheckpoint { get throws { try home.paperCheckpoint } }

    /// The stages that a dossier passes through before it is sealed.
    package var stages: [ProcedureStep.Stage] { procedure.steps.last { $0.stages != nil }?.stages ?? [] }

    /// The dossier of a year.
    package func report(of year: Int, asOf: CivilDate) throws -> DossierReport {
        let standing = book["\(procedure.id)/\(year)"]
        let records = try catalogue.dossierRecords(of: year)
        let sealing = standing.sealing(of: rules.validPlan(of: records)?.id)
        let assessment = rules.assess(records, year: year, sealed: sealing?.at.date, asOf: asOf)
        return DossierReport(assessment: assessment, standing: standing)
    }

    /// All years from the first with a record to the last, or to the year that is asked for: those that never had a record
    /// in front, then the others, each group ascending.
    package func all(asOf: CivilDate) throws -> [DossierReport] {
        let years = try catalogue.years()
        guard let first = years.min(), let last = years.max() else { return [] }
        let reports = try (first...max(last, asOf.year)).map { try report(of: $0, asOf: asOf) }
        return reports.filter(\.assessment.isEmpty) + reports.filter { !$0.assessment.isEmpty }
    }

    /// What waits of dossiers on a day: years without a record, and dossiers that are not sealed.
    package func waiting(on day: CivilDate) throws -> [TodayReport.Item] {
        try all(asOf: day).compactMap { report in
            let name = report.assessment.dossier
            if report.assessment.isEmpty {
                return TodayReport.Item(name, "no record at all")
            }
            return report.waiting.map { TodayReport.Item(name, $0.message, day: $0.day) }
        }
    }

    /// A dossier as its filing rules see it.
    func filing(of year: Int) throws -> DossierFiling {
        DossierFiling(
            dossier: "\(procedure.id)/\(year)",
            stages: stages,
            records: try catalogue.dossierRecords(of: year).count { $0.removedBy == nil },
            lastChange: try catalogue.lastChange(of: year),
            allowsOnePerson: procedure.steps.last { $0.stages != nil }?.allowsOnePerson ?? false
        )
    }

    var filings: DossierBook { book }
}

extension ArchiveWriter {
    /// Enters that something new was brought for sealed dossiers and not taken in (R48).
    func refuse(sealed years: Set<Int>) throws {
        guard !years.isEmpty else { return }
        let sealed = try SealedDossiers(books)
        try enter(
            years.sorted().compactMap { year in
                guard let fault = sealed.fault(year: year, value: nil) else { return nil }
                let name = "\(procedure.id)/\(year)"
                let refusal = Refusal(.wrongState, name, fault.message, remedy: fault.remedy)
                return try event(RefusedAttempt(act: "file into a sealed dossier", subject: name, refusals: [refusal]))
            }
        )
    }
}

/// Dossiers that take no further record, by year.
struct SealedDossiers {
    private var seals: [Int: (dossier: String, by: String, at: Moment)] = [:]

    /// The seals in force.
    ///
    /// - Throws: `EventFault` where a seal cannot be told: nothing counts as "not sealed" then.
    init(_ books: Books) throws {
        for (dossier, _, act) in try books.dossiers().sealed {
            guard let year = dossier.split(separator: "/").last.flatMap({ Int($0) }) else { continue }
            seals[year] = (dossier, act.by, act.at)
        }
    }

    /// Why something new of a year is not taken in; nil where its dossier is open (R18).
    func fault(year: Int, row: Int? = nil, value: String?) -> Fault? {
        guard let seal = seals[year] else { return nil }
        return Fault(
            row: row,
            column: row == nil ? nil : "year",
            value: value,
            message:
                "the dossier \(seal.dossier) is sealed, by \(seal.by.displayed) at \(seal.at), and takes nothing new",
            remedy: "open it again with 'berkas reopen \(year) --reason WORDS'"
        )
    }

    /// What is said of a year before it is known whether its rows bring anything new.
    func warning(year: Int, row: Int) -> Fault? {
        guard let fault = fault(year: year, row: row, value: String(year)) else { return nil }
        return Fault(
            .warning,
            row: row,
            column: "year",
            value: String(year),
            message: fault.message,
            remedy: "what is kept already stays; to add to it, run 'berkas reopen \(year) --reason WORDS' first"
        )
    }
}
