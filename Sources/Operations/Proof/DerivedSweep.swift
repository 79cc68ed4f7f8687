import Catalogue
import FileSafety
import RecordsModel
import SystemPackage

/// Holds what the catalogue says was read against `derived/`, and `derived/` against what is kept.
///
/// A text is no truth: what is missing is made again and only told. That the catalogue finds words which are not what was
/// read, or that the text of a removed record is still here, is a finding.
struct DerivedSweep {
    let home: Home
    let context: OperationContext

    func run(into report: inout VerifyReport) throws {
        // A catalogue that is missing or damaged is named by its own sweep.
        guard let catalogue = try? CatalogueDatabase.openForReading(home.catalogue) else { return }
        defer { try? catalogue.close() }
        let derived = DerivedReadings(home: home, files: context.files)
        var known: Set<String> = []
        var kept: Set<String> = []
        var missing = 0
        do {
            try catalogue.contents { kept.insert($0.digest) }
            try catalogue.readDigests { digest in
                try context.stopIfInterrupted()
                known.insert(digest)
                guard let there = derived.reading(of: digest) else {
                    missing += 1
                    return
                }
                guard try catalogue.reading(of: digest) != CatalogueReading(there) else { return }
                find(digest, "the catalogue has another text than was read; 'berkas rebuild' enters it anew", &report)
            }
        } catch let error as CatalogueError {
            // Its own sweep says what is wrong with it.
            context.notice("the texts could not be looked at: \(error.message)")
            return
        }
        var waiting = 0
        for digest in try derived.digests() where !known.contains(digest) {
            if !kept.contains(digest) {
                find(
                    digest,
                    "it holds what was read of a content that no record has; 'berkas read' removes it",
                    &report
                )
            } else if derived.reading(of: digest) != nil {
                waiting += 1
            }
        }
        if missing > 0 {
            context.notice(
                "texts of \(missing) files are no longer in 'derived/'; 'berkas read --redo' makes them again"
            )
        }
        if waiting > 0 {
            context.notice("texts of \(waiting) files are not in the catalogue yet; 'berkas read' enters them")
        }
    }

    private func find(_ digest: String, _ message: String, _ report: inout VerifyReport) {
        let path = "derived/\(digest.prefix(2))/\(digest)"
        report.findings.append(VerifyFinding(.derived, path: path, message: message))
    }
}
