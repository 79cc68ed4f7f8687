import Foundation
package import SystemPackage

/// A program that is run as the person would run it: it may ask on the terminal, and talk to an agent.
///
/// For `ssh-keygen`, which asks for passphrases and touches. It is behind no wall: nothing is given to it that comes from a
/// file of a record.
package struct PersonalProgram: Sendable {
    /// How it ended.
    package struct Outcome: Sendable {
        /// Its status.
        package let status: Int32
        /// What it wrote to standard output.
        package let output: String
        /// What it wrote to standard error.
        package let errors: String
    }

    private let program: FilePath
    private let words: [String]

    /// A program with its words, its own name not among them.
    package init(_ program: FilePath, _ words: [String]) {
        self.program = program
        self.words = words
    }

    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - input: what it reads from standard input.
    ///   - folder: a folder of one's own, where the input lies meanwhile.
    /// - Returns: how it ended and what it wrote.
    /// - Throws: where it cannot be started, or the input cannot be written; `BoundedProcessError`, code `ended`, where a
    ///   signal ended it: what it would have said is not known then.
    package func run(_ input: [UInt8], in folder: FilePath) throws -> Outcome {
        let file = URL(filePath: folder.appending("input").string)
        try Data(input).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: program.string)
        process.arguments = words
        process.standardInput = try FileHandle(forReadingFrom: file)
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal {
            throw BoundedProcessError.ended(program, signal: process.terminationStatus)
        }
        return Outcome(status: process.terminationStatus, output: said, errors: complaint)
    }
}
