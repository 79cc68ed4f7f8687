import ArchiveHome
import Catalogue
import FileSafety
import Fixity
import Intake
import RecordsModel
import SystemPackage

/// One row's bytes, read once: digested, and copied into staging unless they may be here already.
struct SourceReading: Sendable {
    let row: IntakeRow
    let size: Int
    let digest: String
    let modified: Int
    /// The copy in staging; nil where the bytes were only digested.
    var staged: FilePath?
    /// The versions that have these bytes already, the best first; empty where they are new.
    var kept: [KeptAlready] = []
    /// What its bytes said of signatures when they were copied; nil where that is not asked for.
    var passed: PassedFile?
    /// What its signatures are worth; nil where it was not looked at, or is no PDF.
    var signatures: SignatureIntake.Look?

    init(row: IntakeRow, _ reading: FileReading, staged: FilePath?, passed: PassedFile? = nil) {
        self.row = row
        self.passed = passed
        size = reading.size
        digest = reading.digest.hex
        modified = reading.modified
        self.staged = staged
    }
}

/// Reads the sources of a group of rows into staging.
struct SourceReader: Sendable {
    let home: Home
    let context: OperationContext
    let catalogue: CatalogueDatabase
    let counter: ProgressCounter
    /// Whether it is looked, while bytes pass by, if they can hold a signature.
    let looksForSignatures: Bool

    /// The length in bytes up to which a file is held in memory between reading and writing it.
    private static let sizeInMemory = 1 << 20

    /// A copy that could not be written; unlike a source that cannot be read, it stops the whole batch.
    private struct StagingFailure: Error {
        let underlying: any Error
    }

    /// What came of a row: its reading, or why there is none.
    typealias Outcome = Result<SourceReading, RowFailure>

    /// A source that could not be read, in words for a fault.
    struct RowFailure: Error {
        let fault: Fault
    }

    /// Reads every row's file, two at a time, and copies into staging what is new.
    ///
    /// A file that fits into memory is read once, and written only where its bytes are not kept already. A larger one is
    /// copied while it is digested, each byte read once, where no kept file has its length; else it is digested first,
    /// and read again only where it is new after all.
    ///
    /// - Throws: what staging throws, a full disk above all; what is wrong with a source is an outcome.
    func read(_ rows: [IntakeRow]) throws -> [Outcome] {
        try ParallelWork.map(count: rows.count) { index, digester in
            try context.stopIfInterrupted()
            let row = rows[index]
            let outcome = try attempt(row) { try read(row, digester) }
            counter.add(items: 1, bytes: (try? outcome.get().size) ?? 0)
            return outcome
        }
    }

    private func read(_ row: IntakeRow, _ digester: FileDigester) throws -> SourceReading {
        let file = try Self.open(row)
        let size = try file.status().size
        if size <= Self.sizeInMemory { return try readWhole(row, file, size: size, digester) }
        guard try catalogue.hasFile(ofSize: size) else { return try copy(row, file, to: target(row), digester) }
        var reading = try copy(row, file, to: nil, digester)
        reading.kept = try KeptAlready.versions(for: row, digest: reading.digest, in: catalogue)
        return try reading.kept.isEmpty ? copyAgain(reading, digester) : reading
    }

    private func readWhole(
        _ row: IntakeRow,
        _ file: borrowing OpenFile,
        size: Int,
        _ digester: FileDigester
    ) throws -> SourceReading {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        let read = try unsafe digester.read(file) { piece in unsafe bytes.append(contentsOf: piece) }
        var reading = SourceReading(row: row, read, staged: nil)
        reading.kept = try KeptAlready.versions(for: row, digest: reading.digest, in: catalogue)
        guard reading.kept.isEmpty else { return reading }
        if looksForSignatures {
            var passing = PassingFile()
            unsafe bytes.withUnsafeBytes { unsafe passing.pass($0) }
            reading.passed = passing.finish()
        }
        let target = target(row)
        do {
            try context.files.create(target, bytes)
        } catch {
            throw StagingFailure(underlying: error)
        }
        reading.staged = target
        return reading
    }

    /// Copies a row that was only digested; a source that changed meanwhile is an outcome.
    func copy(_ reading: SourceReading) throws -> Outcome {
        try context.stopIfInterrupted()
        return try attempt(reading.row) { try copyAgain(reading, FileDigester()) }
    }

    private func copyAgain(_ before: SourceReading, _ digester: FileDigester) throws -> SourceReading {
        let file = try Self.open(before.row)
        let again = try copy(before.row, file, to: target(before.row), digester)
        guard again.digest == before.digest else { throw FileChangedError(path: file.path) }
        return again
    }

    private func target(_ row: IntakeRow) -> FilePath { home.work.appending("content").appending("\(row.row)") }

    private static func open(_ row: IntakeRow) throws -> OpenFile {
        let folder = try DirectoryHandle.open(row.folder)
        return try folder.openFile(at: row.path)
    }

    private func copy(
        _ row: IntakeRow,
        _ file: borrowing OpenFile,
        to target: FilePath?,
        _ digester: FileDigester
    ) throws -> SourceReading {
        let reading: FileReading
        var passing = looksForSignatures && target != nil ? PassingFile() : nil
        if let target {
            do {
                try context.tripwire.pass(.write, target)
            } catch {
                throw StagingFailure(underlying: error)
            }
            let copy = try staging { try context.files.openNew(target) }
            reading = try unsafe digester.read(file) { piece in
                try context.stopIfInterrupted()
                unsafe passing?.pass(piece)
                do {
                    try unsafe copy.write(piece)
                } catch {
                    throw StagingFailure(underlying: error)
                }
            }
            copy.startWriteback()
        } else {
            reading = try digester.read(file)
        }
        return SourceReading(row: row, reading, staged: target, passed: passing.take()?.finish())
    }

    private func staging(_ body: () throws -> OpenFile) throws -> OpenFile {
        do {
            return try body()
        } catch {
            throw StagingFailure(underlying: error)
        }
    }

    /// Runs `body`; a source that cannot be read becomes an outcome, everything else is thrown.
    private func attempt(_ row: IntakeRow, _ body: () throws -> SourceReading) throws -> Outcome {
        func failed(_ message: String, _ remedy: String) -> Outcome {
            let path = row.path.shown
            let fault = Fault(row: row.row, column: "path", value: path, message: message, remedy: remedy)
            return .failure(RowFailure(fault: fault))
        }
        do {
            return .success(try body())
        } catch let failure as StagingFailure {
            throw failure.underlying
        } catch is FileChangedError {
            return failed(
                "the file '\(row.path.shown)' changed while it was being read",
                "wait until nobody writes to it, then run the command again"
            )
        } catch let error as FileSafetyError {
            return failed(
                "the file '\(row.path.shown)' cannot be read: \(error.reason)",
                error.remedy ?? "check the file, then run the command again"
            )
        }
    }
}
