import ArchiveHome
import Catalogue
import FileSafety
import RecordsModel
import SystemPackage

/// Holds what the catalogue says was read against `derived/`, and `derived/` against the ledger and what is kept.
///
/// A text is no truth: what is missing is made again and only told, and so is what no event of the ledger names. That a
/// reading is not the one which the ledger names, that the catalogue finds words which are not what was read, or that the
/// text of a removed record is still here, is a finding.
struct DerivedSweep {
    let home: Home
    let context: OperationContext
    let facts: LedgerFacts

    /// How many contents there are of each kind that is only told.
    private struct Counts {
        var missing = 0
        var waiting = 0
        var older = 0
        var unnamed = 0
    }

    func run(into report: inout VerifyReport) throws {
        // A catalogue that is missing or damaged is named by its own sweep.
        guard
            let catalogue = try? CatalogueDatabase.openForReading(
                home.catalogue,
                isInterrupted: context.isInterrupted
            )
        else {
            report.unseen.insert(.derived)
            return
        }
        defer { try? catalogue.close() }
        let derived = DerivedReadings(home: home, files: context.files)
        var counts = Counts()
        do {
            var known: Set<String> = []
            var kept: [String: RecordID] = [:]
            try catalogue.contents { kept[$0.digest] = $0.record }
            try catalogue.readDigests { known.insert($0) }
            let there = Set(try derived.digests())
            for digest in known.union(there).sorted() {
                try context.stopIfInterrupted()
                if let record = kept[digest] {
                    try hold(digest, of: record, derived, catalogue, &counts, &report)
                } else if there.contains(digest), !known.contains(digest) {
                    let message = "it holds what was read of a content that no record has; 'berkas read' removes it"
                    find(digest, nil, message, &report)
                }
            }
        } catch let error as CatalogueError where error.code != .interrupted {
            // Its own sweep says what is wrong with it.
            report.unseen.insert(.derived)
            context.notice("the texts could not be looked at: \(error.message)")
            return
        }
        tell(counts)
    }

    /// Holds what was read of one content against the ledger, and what the catalogue has of it against that.
    private func hold(
        _ digest: String,
        of record: RecordID,
        _ derived: DerivedReadings,
        _ catalogue: CatalogueDatabase,
        _ counts: inout Counts,
        _ report: inout VerifyReport
    ) throws {
        let named = facts.readings[digest] ?? []
        let entered = try catalogue.reading(of: digest)
        let there: String?
        do {
            there = try derived.digestOfReading(of: digest)
        } catch {
            find(digest, record, "'reading.json' cannot be read: \(ErrorWords.of(error))", &report)
            return
        }
        guard let newest = named.last else {
            if there != nil || entered != nil { counts.unnamed += 1 }
            return
        }
        if let reading = derived.reading(of: digest, anchor: newest) {
            if entered?.anchor != newest {
                counts.waiting += 1
            } else if try entered != CatalogueReading(reading, anchor: newest) {
                let message = "the catalogue has another text than was read; 'berkas rebuild' enters it anew"
                find(digest, record, message, &report)
            }
        } else if let there, !named.contains(there) {
            find(
                digest,
                record,
                "'reading.json' has the SHA-512 \(there.prefix(16))…, and is not what the ledger says was read "
                    + "(\(newest.prefix(16))…): it was changed; 'berkas read --redo \(record)' reads it again",
                &report
            )
        } else if there != nil {
            counts.older += 1
        } else if entered != nil {
            counts.missing += 1
        }
    }

    private func tell(_ counts: Counts) {
        func tell(_ count: Int, _ words: (String) -> String) {
            if count > 0 { context.notice(words("\(count) file\(count == 1 ? "" : "s")")) }
        }
        tell(counts.missing) { "texts of \($0) are no longer in 'derived/'; 'berkas read --redo' makes them again" }
        tell(counts.waiting) { "texts of \($0) are not in the catalogue yet; 'berkas read' enters them" }
        tell(counts.older) {
            "texts of \($0) in 'derived/' are older than those read last; 'berkas read --redo' reads them"
        }
        tell(counts.unnamed) {
            "nobody vouches for the texts of \($0): no event of the ledger names them, since an older version of the "
                + "program read them, or reading was broken off; 'berkas read' reads them again"
        }
    }

    private func find(_ digest: String, _ record: RecordID?, _ message: String, _ report: inout VerifyReport) {
        let path = "derived/\(digest.prefix(2))/\(digest)"
        report.findings.append(VerifyFinding(.derived, record: record?.description, path: path, message: message))
    }
}
