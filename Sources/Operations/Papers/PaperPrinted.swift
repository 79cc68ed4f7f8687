import Acts
package import ArchiveHome
package import Catalogue
import FileSafety
import Fixity
package import RecordsModel
package import Reporting
package import SystemPackage

/// The detail of `paper printed`: which paper of the office was made, of what, and with which bytes.
///
/// A list of today says something else than one of last year; the digest tells which of them a sheet in a cupboard is.
package struct PaperPrinted: EventDetail {
    /// The kind of event.
    package static let type = EventType.paperPrinted

    /// One file of the paper.
    package struct File: Hashable, Sendable, Codable {
        /// Its name, without a folder.
        package var name: String
        /// Length in bytes.
        package var bytes: Int
        /// SHA-512, 128 hexadecimal digits.
        package var sha512: String
    }

    /// The kind of paper, by its stable name.
    package var paper: String
    /// What it is of: a list, a loan, a year, the choice of records in words.
    package var subject: String
    /// The paper's own number, where the office gave one.
    package var number: String?
    /// The day that it bears.
    package var date: CivilDate
    /// The files, in the order in which they were written.
    package var files: [File]
    /// What was not filled in.
    package var empty: [String]
    /// SHA-512 of the table of facts that a person gave for it, where there was one.
    package var facts: String?

    /// A detail out of a paper and its files.
    ///
    /// - Parameters:
    ///   - paper: the paper.
    ///   - subject: what it is of.
    ///   - files: its files, each with its bytes.
    ///   - facts: SHA-512 of the table of facts.
    package init(_ paper: Paper, of subject: String, files: [(path: FilePath, bytes: [UInt8])], facts: String?) {
        self.paper = paper.kind.rawValue
        self.subject = subject
        self.facts = facts
        number = paper.number
        date = paper.date
        empty = paper.unfilled
        self.files = files.map { file in
            File(
                name: file.path.lastComponent?.string ?? file.path.string,
                bytes: file.bytes.count,
                sha512: Digest.of(file.bytes, .sha512).hex
            )
        }
    }

    /// What is wrong with the values.
    package var faults: [String] {
        let digests = files.map(\.sha512) + [facts].compactMap(\.self)
        var faults = [("paper", paper), ("subject", subject)].filter(\.1.isBlank).map { "'\($0.0)' is empty" }
        if files.isEmpty { faults.append("'files' is empty") }
        if digests.contains(where: { $0.utf8.count != 128 }) { faults.append("a digest has no 128 digits") }
        return faults
    }
}

extension Paper {
    /// The headings of what is not filled in: columns first, then what stands beside the tables.
    package var unfilled: [String] { emptyColumns.map(\.heading) + missingParts }
}

/// Enters papers in the ledger before their files are written: no sheet is without a trace.
package struct PaperPress {
    private let home: Home
    private let context: OperationContext

    /// Entering papers of a home.
    package init(_ home: Home, _ context: OperationContext) {
        self.home = home
        self.context = context
    }

    /// Enters a paper.
    ///
    /// Killed behind this and before the files are there, the ledger names a print that nobody has; printing again enters
    /// another.
    ///
    /// - Throws: `FileSafetyError` where the home is locked or cannot be written to.
    package func enter(_ printed: PaperPrinted) throws {
        let writer = try ArchiveWriter(home, context)
        try writer.enter([writer.event(printed)])
    }

    /// Whether an error says that the home cannot be written to just now, or ever.
    package static func isUnwritable(_ error: any Error) -> Bool {
        (error as? FileSafetyError).map { [.locked, .permissionDenied, .readOnly].contains($0.code) } ?? false
    }
}

extension CatalogueDatabase {
    /// How often a paper of a kind was printed of something, as the ledger tells.
    package func prints(of kind: PaperKind, subject: String) throws -> Int {
        try events(of: [.paperPrinted]).count { event in
            event.detail["paper"]?.text == kind.rawValue && event.detail["subject"]?.text == subject
        }
    }
}
