package import ArchiveHome
import Catalogue
package import FileSafety
import Foundation
import Intake
package import Operations
package import RecordsModel
package import SystemPackage
package import TestSupport

/// An archive home in a test's folder, worked on in the test's own process with a clock that stands still.
package struct TestArchive {
    /// Where it lies.
    package let path: FilePath

    /// The moment at which everything happens, so that two archives that hold the same are the same bytes.
    package static let moment = Moment(secondsSinceEpoch: 1_700_000_000, offset: 8 * 3600)

    /// Makes a home.
    package init(making path: FilePath) throws {
        self.path = path
        let settings = OfficeSettings(
            office: "Kantor Uji",
            idPrefix: "RKT",
            uriPrefix: "tag:uji.example,2026:",
            timeZone: "Asia/Makassar"
        )
        _ = try Initialise.run(path, settings: settings, context: Self.context())
        // Whoever works in the tests may take packages in.
        for (file, line) in [("people.csv", "Penguji,pengimpor,,\n"), ("roles.csv", "pengimpor,import\n")] {
            let table = path.appending("policy").appending(file).string
            let text = try String(contentsOfFile: table, encoding: .utf8)
            try (text + line).write(toFile: table, atomically: true, encoding: .utf8)
        }
    }

    /// A home that is there.
    package init(at path: FilePath) { self.path = path }

    /// A copy of a home.
    package init(copying other: TestArchive, to path: FilePath) throws {
        self.path = path
        try FileManager.default.copyItem(atPath: other.path.string, toPath: path.string)
    }

    /// Who works in a test, and on what disk.
    package static func context(_ plan: FaultPlan? = nil, isInterrupted: @escaping @Sendable () -> Bool = { false })
        -> OperationContext
    {
        OperationContext(
            actor: "Penguji",
            now: { moment },
            tripwire: plan?.tripwire ?? .none,
            isInterrupted: isInterrupted
        )
    }

    /// Who works in a test, before steps that this tripwire is asked for.
    package static func context(asking tripwire: Tripwire) -> OperationContext {
        OperationContext(actor: "Penguji", now: { moment }, tripwire: tripwire)
    }

    /// The home.
    package func home() throws -> Home { try Home.open(path) }

    /// Takes a batch in, and returns what was reported as kept, up to where it failed.
    package func ingest(
        _ batch: BatchFolder,
        _ context: OperationContext = TestArchive.context(),
        signatures: SignatureIntake? = nil,
        rowsPerGroup: Int = 3
    ) -> (kept: [String], already: Int, error: (any Error)?) {
        var kept: [String] = []
        var already = 0
        do {
            let writer = try ArchiveWriter(try home(), context)
            let policy = try writer.home.intakePolicy()
            let opened = try Batch.open(batch.path)
            let survey = try Ingest.survey(opened, policy: policy, books: writer.books)
            var ingest = Ingest(writer, policy: policy, signatures: signatures, rowsPerGroup: rowsPerGroup)
            _ = try ingest.run(opened, survey: survey) { item in
                switch item {
                case .kept(_, let path, let record, let version, _): kept.append("\(record)@v\(version) \(path)")
                case .alreadyKept: already += 1
                case .failed, .warned: break
                }
            }
            return (kept, already, nil)
        } catch {
            return (kept, already, error)
        }
    }

    /// Everything that a person can ask, as text.
    ///
    /// - Parameter places: whether an event's place in the ledger counts; a sweep in between moves it on.
    /// - Returns: one line an answer.
    /// - Throws: what the home throws.
    package func answers(places: Bool = false) throws -> [String] {
        let reader = try ArchiveReader(try home(), Self.context())
        var lines: [String] = []
        var ids: [RecordID] = []
        try reader.catalogue.listJSON(RecordFilter(), dossier: reader.dossier) { lines.append($0) }
        try reader.catalogue.list(RecordFilter()) { if let id = RecordID($0.id) { ids.append(id) } }
        for id in ids {
            lines += try reader.catalogue.versions(of: id).map { "\($0.version) \($0.document) \($0.inventoryDigest)" }
            lines += try reader.catalogue.events(of: id).map { line in
                places ? line : line.replacing(/"seq":\d+/, with: "")
            }
        }
        for words in ["formulir", "form*", "\"versi dua\"", "2024", "RKT-2024-0001", "satu"] {
            let found = try reader.catalogue.search(
                try SearchQuery(words),
                filter: RecordFilter(),
                dossier: reader.dossier,
                limit: 10_000
            )
            lines += found.hits.map { "\(words): \($0.json) \($0.matches)" }
        }
        return lines
    }

    /// What a full sweep finds.
    package func faults() throws -> [VerifyFinding] { try Verify(try home(), Self.context()).run().findings }
}
