package import ArchiveHome
package import BoundedProcess
import Catalogue
import FileSafety
package import Foundation
import OCFLStore
package import RecordsModel
package import Signatures
package import SystemPackage

/// Looks at the electronic signatures of files, each in a process of its own that can reach nothing else.
///
/// A hostile file can make its own verdict fail and nothing else: whatever the process does, its file "cannot be told".
package struct SignatureCheck: Sendable {
    /// The words by which this program is told to judge one file; no command has them.
    package static let judging = "internal-judge-signatures"

    /// What one file may take.
    private static let limits = ProcessLimits(wall: .seconds(65), cpuSeconds: 60, memory: 4 << 30, output: 256 << 20)

    /// What the process is told on its standard input; the file is the one word behind `judging`.
    private struct Order: Codable {
        struct Anchors: Codable {
            let name: String
            let pem: [UInt8]
        }
        let anchors: [Anchors]
        let now: Moment
    }

    private let program: FilePath
    private let budget: FileBudget.Limits
    private let order: Data

    /// A check.
    ///
    /// - Parameters:
    ///   - program: this program, which is run once for each file.
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
        self.program = program
        self.budget = budget
        let anchors = try trust.map { file in
            Order.Anchors(
                name: file.lastComponent?.string ?? "",
                pem: try OpenFile.content(of: file, limit: 16 << 20)
            )
        }
        order = try CanonicalJSON.line(Order(anchors: anchors, now: now))
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
        // Opened here, so that a file that is not there is told from one that cannot be read.
        _ = try OpenFile.reading(file).status()
        let budget = FileBudget(budget)
        let command = BoundedCommand(
            program,
            [.text(Self.judging), .input(0)],
            inputs: [file],
            standardInput: Array(order),
            needed: [program] + OwnProgram.libraryFolders
        )
        let outcome = try budget.run(command, limits: Self.limits, isolation: .best) { false }
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

    /// Judges one file in this process, which is inside its limits by now, and gives the report.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - order: what came on standard input.
    /// - Returns: the report, JSON on one line.
    /// - Throws: `DecodingError`, `FileSafetyError`, `TrustAnchors.UnreadableError`.
    package static func judge(_ file: FilePath, order: Data) throws -> Data {
        let order = try CanonicalJSON.decode(Order.self, from: order)
        let content = try OpenFile.content(of: file, limit: SignatureVerifier.sizeLimit + 1)
        let verifier = SignatureVerifier(anchors: try anchors(order.anchors), now: order.now)
        return try CanonicalJSON.line(verifier.report(on: content))
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
