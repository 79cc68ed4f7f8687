import BoundedProcess
import FileSafety
package import SystemPackage

/// The program that reads one file for us in a process of its own: this program again, or another that hands over to
/// `ReaderHelper`.
package struct HelperProgram: Sendable {
    /// Its file.
    package let program: FilePath
    /// What it needs to start, beside what the system has.
    let needed: [FilePath]

    /// A program by its path.
    package init(_ program: FilePath) {
        self.program = program
        needed = [program] + OwnProgram.libraryFolders
    }

    /// This program.
    ///
    /// - Returns: the helper.
    /// - Throws: `FileSafetyError` where the system does not say which file that is.
    package static func own() throws -> HelperProgram {
        guard let path = OwnProgram.path else {
            let reason = "the system does not say where this program lies"
            throw FileSafetyError(.notFound, operation: "find", path: "/proc/self/exe", reason: reason)
        }
        return HelperProgram(path)
    }

    /// Runs the helper on one file; `words` come behind the file's.
    ///
    /// Throws `BoundedProcessError` where it cannot be started, `CancellationError` where it was to stop.
    func run(
        _ verb: String,
        _ path: FilePath,
        _ words: [String],
        limits: ProcessLimits,
        by programs: ReadingPrograms
    ) throws -> BoundedOutcome {
        let all: [BoundedCommand.Word] =
            [.text(ReaderHelper.word), .text(verb), .input(0)] + words.map { .text($0) }
        return try programs.run(BoundedCommand(program, all, inputs: [path], needed: needed), limits)
    }

    /// Runs the helper on a picture that it is handed, and on no file.
    ///
    /// Throws as `run` does.
    func turn(_ png: [UInt8], by degrees: Int, limits: ProcessLimits, by programs: ReadingPrograms) throws
        -> BoundedOutcome
    {
        let words = [ReaderHelper.word, "turn", String(degrees)]
        let command = BoundedCommand(program, words.map { .text($0) }, standardInput: png, needed: needed)
        return try programs.run(command, limits)
    }
}
