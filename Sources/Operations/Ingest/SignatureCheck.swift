package import ArchiveHome
package import BoundedProcess
import Catalogue
import FileSafety
import Foundation
import OCFLStore
package import RecordsModel
package import Signatures
package import SystemPackage

/// Looks at the electronic signatures of files, each in a process of its own that can reach nothing else.
///
/// A hostile file can make its own verdict fail and nothing else: whatever the process does, its file "cannot be told".
/// This program is started again once, when the first file is to be looked at, and forks for each (see `FileHelper`). A
/// file that its bytes rule out (see `SignatureScreen`) starts nothing.
package struct SignatureCheck: Sendable {
    /// The word by which this program is told to judge files; no command has it.
    package static let judging = "internal-judge-signatures"

    /// What one file may take.
    private static let limits = ProcessLimits(wall: .seconds(65), cpuSeconds: 60, memory: 4 << 30, output: 256 << 20)

    /// What the process is told of all files.
    private struct Order: Codable {
        struct Anchors: Codable {
            let name: String
            let pem: [UInt8]
        }
        let anchors: [Anchors]
        let now: Moment
    }

    private let helper: FileHelper
    private let budget: FileBudget.Limits
    private let now: Moment

    /// A check.
    ///
    /// - Parameters:
    ///   - program: this program, which is started again.
    ///   - trust: files of trust anchors in PEM form.
    ///   - now: the day of the check.
    ///   - budget: what all that is done with one file may use.
    /// - Throws: `FileSafetyError`; `TrustAnchors.UnreadableError`.
    package init(
        program: FilePath,
        trust: [FilePath],
        now: Moment,
        budget: FileBudget.Limits = FileBudget.Limits()
    ) throws {
        self.now = now
        self.budget = budget
        let anchors = try trust.map { file in
            Order.Anchors(
                name: file.lastComponent?.string ?? "",
                pem: try OpenFile.content(of: file, limit: 16 << 20)
            )
        }
        helper = FileHelper(
            BoundedCommand(program, [.text(Self.judging)], needed: [program] + OwnProgram.libraryFolders),
            order: Array(try CanonicalJSON.line(Order(anchors: anchors, now: now))),
            most: Self.limits
        )
        // Here, so that anchors that cannot be read are an error and no verdict.
        _ = try Self.anchors(anchors)
    }

    private static func anchors(_ files: [Order.Anchors]) throws -> TrustAnchors {
        var anchors = TrustAnchors()
        try anchors.add(files: files.map { ($0.name, $0.pem) })
        return anchors
    }

    /// The trust anchors of a home, `policy/trust/*.pem`, by name.
    package static func trust(of home: Home) throws -> [FilePath] {
        let folder = home.policy.appending("trust")
        guard FileStatus.exists(folder) else { return [] }
        return try FolderEntries(of: folder)
            .filter { $0.kind == .file && FilePath().appending($0.name).extension?.lowercased() == "pem" }
            .map { folder.appending($0.name) }
            .sorted { $0.string < $1.string }
    }

    /// What a file's signatures are worth.
    ///
    /// - Parameter file: the file.
    /// - Returns: the report, or nil with the reason where the file's own reading failed.
    /// - Throws: `FileSafetyError` where the file cannot be opened; `BoundedProcessError` where the program cannot be run.
    package func report(on file: FilePath) throws -> (report: SignatureReport?, why: String) {
        let open = try OpenFile.reading(file)
        let budget = FileBudget(budget)
        let outcome = try open.withDescriptor { descriptor throws(BoundedProcessError) in
            try budget.run(limits: Self.limits, isolation: .best, isInterrupted: { false }) {
                limits throws(BoundedProcessError) in
                try helper.run(file: descriptor, limits: limits)
            }
        }
        if let cut = budget.cut { return (nil, "reading it was ended: \(cut); raise 'file-budget' in berkas.yaml") }
        guard outcome.isSuccess else {
            return (
                nil,
                "reading it was ended: \(outcome.complaint ?? "it took too long or too much memory, or broke the reader")"
            )
        }
        do {
            let report = try CanonicalJSON.decode(SignatureReport.self, from: Data(outcome.output))
            return (SignatureDrawing(file, budget).confirmed(report), "")
        } catch {
            return (nil, "its reader gave no answer that can be read")
        }
    }

    /// What is said of a PDF whose bytes rule out that it has a signature: it was not opened.
    package func ruledOut(bytes: Int, sha256: String) -> SignatureReport {
        .ruledOut(bytes: bytes, sha256: sha256, at: now)
    }

    /// Runs as the helper: judges the file of each process that comes out of it, behind its walls, and ends.
    ///
    /// - Returns: the status where nothing was ordered.
    package static func serve() -> Int32 {
        guard let ordered = HelperSide.order() else { return 64 }
        // Made ready once, before the first file: a fork has it too.
        let order: Order
        let anchors: TrustAnchors
        do {
            order = try CanonicalJSON.decode(Order.self, from: Data(ordered.bytes))
            anchors = try Self.anchors(order.anchors)
        } catch {
            HelperSide.end([], complaint: "\(error)")
        }
        let verifier = SignatureVerifier(anchors: anchors, now: order.now)
        HelperSide.serve(ordered)
        guard let content = HelperSide.file(limit: SignatureVerifier.sizeLimit + 1) else {
            HelperSide.end([], complaint: "the file cannot be read")
        }
        do {
            HelperSide.end(Array(try CanonicalJSON.line(verifier.report(on: content))))
        } catch {
            HelperSide.end([], complaint: "\(error)")
        }
    }
}

extension ArchiveReader {
    /// The files of a record's version as they lie in the store, with their names.
    ///
    /// - Throws: `OperationError`: `noSuchRecord`, `removed`, or `damaged`.
    package func storedFiles(of reference: RecordReference) throws -> [(name: String, path: FilePath)] {
        let (root, inventory) = try inventory(of: reference.id)
        let version = reference.version.map { VersionNumber($0) } ?? inventory.headNumber ?? VersionNumber(1)
        guard let files = inventory.files(in: version) else {
            throw OperationError.noSuchVersion(version.number, of: reference.id)
        }
        return try files.compactMap { file in
            guard let name = file.path.behind("files/") else { return nil }
            return (name, try root.contentPath(of: file.digest, in: inventory))
        }
    }
}
