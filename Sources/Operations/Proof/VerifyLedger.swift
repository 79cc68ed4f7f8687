package import ArchiveHome
import Ledger

/// Recomputes the ledger's tree.
package enum VerifyLedger {
    /// What recomputing found, in words.
    package struct Report: Sendable {
        /// What is wrong; empty for a ledger that is what it commits to.
        package let findings: [VerifyFinding]
        /// How many lines were read.
        package let lines: Int
        /// What the ledger commits to, three lines.
        package let checkpoint: String?
        /// Files that a desktop left in the ledger's folder, relative to the home: no damage.
        package var strangers: Set<String> = []
    }

    /// Reads every line, and names the first that differs.
    package static func run(_ home: Home, _ context: OperationContext) throws -> Report {
        guard home.hasTruth else { return Report(findings: [], lines: 0, checkpoint: nil) }
        // An interrupted command is carried to its end first; where that cannot be, the report says what is wrong.
        if (try? ArchiveReader.needsWork(home)) ?? false { _ = try? ArchiveWriter(home, context) }
        let report = try home.ledger.verify { _, _ in }
        var findings = report.findings.map { VerifyFinding($0, in: report) }
        if !findings.isEmpty, let work = UnderwayWork(home) {
            let count = work.takeExplained(from: &findings)
            if count > 0 { context.notice(UnderwayWork.notice(count)) }
        }
        return Report(
            findings: findings,
            lines: report.lines,
            checkpoint: report.checkpoint?.description,
            strangers: Set(report.strangers.map { "ledger/" + $0 })
        )
    }
}

extension VerifyFinding {
    /// What recomputing the ledger found, in the words of a sweep.
    init(_ finding: LedgerFinding, in report: LedgerReport) {
        self.init(
            .ledger,
            path: finding.line.map { report.place(of: $0) },
            line: finding.line,
            message: (finding.line.map { "line \($0) " } ?? "") + finding.message
        )
    }
}
