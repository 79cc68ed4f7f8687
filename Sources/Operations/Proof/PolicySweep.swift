import Acts
import ArchiveHome

/// Holds adopted schedules, and the texts of policy files in `policy/history/`, against the digests in the ledger.
///
/// A version is never edited and never deleted.
struct PolicySweep {
    let home: Home
    let facts: LedgerFacts

    /// Looks at each file once.
    func run(into report: inout VerifyReport) {
        var seen: Set<String> = []
        for schedule in facts.schedules where seen.insert(schedule.file).inserted {
            if let message = fault(of: schedule.file, sha512: schedule.sha512) {
                report.findings.append(VerifyFinding(.policy, path: schedule.file, message: message))
            }
        }
        for text in facts.policies.texts.sorted(by: { ($0.kept ?? "") < ($1.kept ?? "") }) {
            do {
                _ = try home.kept(text)
            } catch {
                let path = "history/\(text.kept ?? "")"
                report.findings.append(VerifyFinding(.policy, path: path, message: ErrorWords.of(error)))
            }
        }
    }

    private func fault(of file: String, sha512: String) -> String? {
        do {
            let fault = try home.adoptedSchedule(file, sha512: sha512).fault
            return fault.map { "the adopted schedule '\(file)' \($0)" }
        } catch {
            return "the adopted schedule '\(file)' cannot be read: \(ErrorWords.of(error))"
        }
    }
}
