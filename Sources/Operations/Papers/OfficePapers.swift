package import ArchiveHome
package import Catalogue
import Ledger
package import RecordsModel
package import Reporting
package import Retention

/// Puts together what the office's lists say, from catalogue, ledger and schedule.
///
/// What the archive does not know of a record comes from `facts`; what nobody has said stays empty, and is named.
package struct OfficePapers {
    let ask: AskRetention
    private let entries: RecordEntries
    let facts: PaperFacts
    private let rows: [Int: ScheduleRow]

    /// Papers of a home.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who asks.
    ///   - facts: what a person says of the records.
    /// - Throws: `OperationError`, `OfficeFileError`.
    package init(_ home: Home, _ context: OperationContext, facts: PaperFacts) throws {
        ask = try AskRetention(home, context)
        entries = try RecordEntries(home, ask.catalogue)
        rows = Dictionary(ask.desk.schedule.rows.map { ($0.row, $0) }) { first, _ in first }
        self.facts = facts
    }

    /// The home.
    package var home: Home { ask.home }
    /// The index.
    package var catalogue: CatalogueDatabase { ask.catalogue }
    /// Today, in the office's time zone.
    package var today: CivilDate { ask.today }
    /// The ledger's checkpoint, for the foot of the paper.
    package var checkpoint: PaperCheckpoint { get throws { try home.paperCheckpoint } }

    /// Which records a paper is of.
    package struct Choice: Sendable {
        /// What the records must be.
        package var filter = RecordFilter()
        /// The phases in which they may stand; nil for every phase.
        package var phases: Set<RetentionPhase>?
        /// Only these records; empty for all that pass.
        package var records: [RecordID] = []
        /// The day that phases are told for.
        package var asOf: CivilDate

        /// Every record, as it stands on a day.
        package init(asOf: CivilDate) { self.asOf = asOf }

        /// The choice in words, for the ledger.
        package var summary: String {
            let said: [(String, String?)] = [
                ("year", filter.year.map(String.init)), ("unit", filter.unit), ("step", filter.step.map(String.init)),
                ("type", filter.type), ("class", filter.classification),
                ("records", records.isEmpty ? nil : records.map(\.description).joined(separator: " ")),
                ("as of", asOf.description),
            ]
            return said.compactMap { name, value in value.map { "\(name) \($0)" } }.joined(separator: ", ")
        }
    }

    /// The records of a paper.
    package struct Gathered: Sendable {
        /// The records that are on it, by number.
        package var entries: [RecordEntry] = []
        /// The day on which each may go, where the schedule says.
        package var due: [RecordID: CivilDate] = [:]
        /// Records that pass and cannot be put on any list by phase, by what is missing.
        package var untold: [RetentionPhase: [RecordID]] = [:]
    }

    /// The records that are chosen.
    ///
    /// - Throws: `OperationError`: `noSuchRecord` or `removed` for one that was named, `noSuchRecord` where none passes.
    package func gather(_ choice: Choice) throws -> Gathered {
        for id in choice.records { try catalogue.require(id) }
        let wanted = Set(choice.records)
        var gathered = Gathered()
        var question = RetentionQuestion(asOf: choice.asOf)
        question.filter = choice.filter
        question.filter.leavesOutRemoved = true
        // Gathered first: the catalogue answers one question at a time.
        var lines: [RetentionLine] = []
        try ask.list(question) { lines.append($0) }
        for line in lines {
            guard let id = RecordID(line.id), let phase = RetentionPhase(rawValue: line.phase) else { continue }
            if !wanted.isEmpty, !wanted.contains(id) { continue }
            if let phases = choice.phases, !phases.contains(phase) {
                if phase == .noClassification || phase == .noRule { gathered.untold[phase, default: []].append(id) }
                continue
            }
            guard let entry = try entry(of: id, line) else { continue }
            gathered.entries.append(entry)
            gathered.due[id] = line.due.flatMap { CivilDate($0) }
        }
        gathered.entries.sort { $0.record < $1.record }
        guard gathered.entries.isEmpty else { return gathered }
        let untold = gathered.untold.values.reduce(0) { $0 + $1.count }
        throw OperationError(
            .noSuchRecord,
            message: "no record is on this paper (\(choice.summary))"
                + (untold > 0 ? "; of \(untold) that pass the phase cannot be told" : ""),
            remedy: "look with 'berkas retention list'; nothing was written"
        )
    }

    private func entry(of id: RecordID, _ line: RetentionLine) throws -> RecordEntry? {
        guard var entry = try entries.entry(of: id) else { return nil }
        if let row = line.scheduleRow.flatMap({ rows[$0] }) { entry.describe(by: row) }
        facts.fill(&entry)
        return entry
    }

    /// The entry of one record that is here.
    ///
    /// - Throws: `OperationError`, code `noSuchRecord` or `removed`.
    package func entry(of id: RecordID) throws -> RecordEntry {
        try catalogue.require(id)
        guard var entry = try entries.entry(of: id) else { throw OperationError.noSuchRecord(id.description) }
        facts.fill(&entry)
        return entry
    }
}
