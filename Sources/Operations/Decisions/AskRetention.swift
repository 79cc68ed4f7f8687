import Acts
package import ArchiveHome
package import Catalogue
import Disposal
import FileSafety
package import RecordsModel
package import Retention

/// Asks where records stand; changes nothing.
///
/// Dates that must be computed anew are, in memory; a command that writes keeps them (`RetentionDesk.refresh`).
package struct AskRetention {
    /// The home.
    package let home: Home
    /// The index.
    package let catalogue: CatalogueDatabase
    /// What the acts amount to, each book folded once.
    package let books: Books
    /// What is in force.
    package let desk: RetentionDesk
    private let context: OperationContext
    private let freshness = Freshness()

    /// Whether what stands in front of stale dates is there already: the index does not change under a question.
    private final class Freshness { var isSettled = false }

    /// Opens a home for asking about retention.
    package init(_ home: Home, _ context: OperationContext) throws {
        self.home = home
        self.context = context
        let reader = try ArchiveReader(home, context)
        catalogue = reader.catalogue
        books = reader.books
        desk = try RetentionDesk(home, catalogue)
    }

    /// What the clock says.
    package var now: Moment { context.now() }

    /// Today, in the office's time zone.
    package var today: CivilDate { context.now().date }

    /// Calls `body` with each record that is asked for: those whose dates cannot be computed in front, then by due date.
    ///
    /// Where the stored dates are stale, they are computed in memory.
    ///
    /// - Throws: `OperationError`, `OfficeFileError`; `EventFault` where a hold cannot be told.
    package func list(_ question: RetentionQuestion, body: (RetentionLine) throws -> Void) throws {
        try bringUpToDate()
        try catalogue.retentionList(question, body: body)
    }

    private func bringUpToDate() throws {
        guard !freshness.isSettled else { return }
        // An index in memory is nobody else's.
        if try !isCurrent, catalogue.path == nil { try desk.refresh(catalogue) }
        if try !isCurrent { try computeInMemory() }
        freshness.isSettled = true
    }

    private var isCurrent: Bool {
        get throws {
            try catalogue.retentionBasis() == desk.basis && catalogue.staleYears().isEmpty && !catalogue.isHeldStale()
        }
    }

    /// Puts what is computed now in front of what is stored, for this connection only.
    private func computeInMemory() throws {
        let isOther = try catalogue.retentionBasis() != desk.basis
        let years = try isOther ? catalogue.years() : catalogue.staleYears()
        try catalogue.beginShadow(without: years)
        for year in years { try catalogue.shadowRetention(desk.rows(of: year, in: catalogue)) }
        guard try catalogue.isHeldStale() else { return }
        var holds = try Holds(home, books)
        var held: [(hold: String, record: String)] = []
        try holds.eachHeld { facts, covering in
            held += covering.map { ($0.id.description, facts.id.description) }
        }
        try catalogue.shadowHeld(held)
    }

    /// How the dates of a record came about (R8).
    ///
    /// - Throws: `OperationError`, code `noSuchRecord`.
    package func explain(_ id: RecordID, asOf: CivilDate) throws -> (answer: RetentionAnswer, why: Explanation) {
        let (wanted, dossier) = try desk.facts(of: id, in: catalogue)
        let calculator = desk.calculator(desk.schedule, over: dossier)
        return (calculator.answer(for: wanted, asOf: asOf), calculator.explanation(for: wanted, asOf: asOf))
    }

    /// What each code would mean for a record: its rows in the schedule in force, and where the record would stand.
    package struct Alternative: Sendable {
        /// The code.
        package let code: String
        /// The row of the schedule; nil where it has none for the record's type.
        package let row: ScheduleRow?
        /// Where the record would stand.
        package let answer: RetentionAnswer
        /// Whether it is the code in force.
        package let isInForce: Bool
    }

    /// The codes that a person can choose from for a record, with what becomes of it under each.
    ///
    /// Those of the schedule in force whose rows are for its type, and `code` where it is none of them.
    package func alternatives(for id: RecordID, code: String, asOf: CivilDate) throws -> [Alternative] {
        let (wanted, dossier) = try desk.facts(of: id, in: catalogue)
        let calculator = desk.calculator(desk.schedule, over: dossier)
        var codes: [ExactText] = []
        for text in [code, wanted.classification].compactMap({ $0 }) + desk.schedule.rows.map(\.code)
        where !codes.contains(ExactText(text)) {
            codes.append(ExactText(text))
        }
        return codes.map { code in
            var supposed = wanted
            supposed.classification = code.text
            return Alternative(
                code: code.text,
                row: desk.schedule.row(code: code.text, type: wanted.type),
                answer: calculator.answer(for: supposed, asOf: asOf),
                isInForce: wanted.classification.map { ExactText($0) == code } ?? false
            )
        }
    }
}
