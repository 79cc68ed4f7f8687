import Foundation
import SystemPackage
import TestSupport

/// What a command printed, and how it ended.
struct Answer {
    /// The exit status.
    let status: Int
    /// Standard output.
    let output: Data
    /// Standard error.
    let errors: Data

    /// Standard output as text.
    var text: String { String(decoding: output, as: UTF8.self) }
    /// Standard error as text.
    var errorText: String { String(decoding: errors, as: UTF8.self) }
    /// Both, for looking for a word.
    var everything: String { text + errorText }
    /// The lines of standard output.
    var lines: [String] { text.split(separator: "\n").map(String.init) }
    /// The lines of standard error.
    var errorLines: [String] { errorText.split(separator: "\n").map(String.init) }

    /// Standard output as JSON Lines; a line that is no object with a `kind` is an error.
    func facts() throws -> [Fact] {
        try lines.map { line in
            guard let values = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let kind = values["kind"] as? String
            else {
                throw OfficeError(what: "no object with a kind: \(line)")
            }
            return Fact(kind: kind, values: values)
        }
    }

    /// The lines of one kind.
    func facts(_ kind: String) throws -> [Fact] { try facts().filter { $0.kind == kind } }
}

/// One line of a JSON answer.
struct Fact {
    /// What kind of line it is.
    let kind: String
    /// All that it says.
    let values: [String: Any]

    /// A text, or nil.
    func text(_ name: String) -> String? { values[name] as? String }
    /// A whole number, or nil.
    func number(_ name: String) -> Int? { (values[name] as? NSNumber)?.intValue }
    /// An object, as a line of its own.
    func part(_ name: String) -> Fact? { (values[name] as? [String: Any]).map { Fact(kind: kind, values: $0) } }
    /// A list of objects.
    func parts(_ name: String) -> [Fact] {
        (values[name] as? [[String: Any]] ?? []).map { Fact(kind: kind, values: $0) }
    }
}

/// A command that goes on while the test does something else.
final class Running {
    private let process = Process()
    private let outputPath: FilePath
    private let errorPath: FilePath

    init(_ program: FilePath, _ words: [String], environment: [String: String], folder: FilePath) throws {
        outputPath = folder.appending("out-" + UUID().uuidString)
        errorPath = folder.appending("err-" + UUID().uuidString)
        for path in [outputPath, errorPath] { _ = FileManager.default.createFile(atPath: path.string, contents: nil) }
        process.executableURL = URL(fileURLWithPath: program.string)
        process.arguments = words
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: folder.string)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: outputPath.string)
        process.standardError = FileHandle(forWritingAtPath: errorPath.string)
        // A thread of the test runner holds signals back, and a child would inherit that: Ctrl-C must reach it.
        var signals = sigset_t()
        var before = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Whether it goes on.
    var isRunning: Bool { process.isRunning }

    /// What it has printed so far.
    var outputSoFar: String { String(decoding: content(outputPath), as: UTF8.self) }

    /// Asks it to stop, as Ctrl-C does.
    func interrupt() { kill(process.processIdentifier, SIGINT) }

    /// Ends it at once, as a power cut does.
    func destroy() { kill(process.processIdentifier, SIGKILL) }

    /// Makes it stand still where it is.
    func pause() { kill(process.processIdentifier, SIGSTOP) }

    /// Lets it go on after `pause`.
    func resume() { kill(process.processIdentifier, SIGCONT) }

    /// Waits until `condition` holds or the command has ended; at most a minute.
    func wait(until condition: () -> Bool) {
        let end = ContinuousClock.now + .seconds(60)
        while process.isRunning, !condition(), ContinuousClock.now < end { usleep(500) }
    }

    /// Waits for its end; one that hangs is ended after two minutes.
    func end() -> Answer {
        let end = ContinuousClock.now + .seconds(120)
        while process.isRunning, ContinuousClock.now < end { usleep(1000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        let signalled = process.terminationReason == .uncaughtSignal
        let status = Int(process.terminationStatus) + (signalled ? 128 : 0)
        return Answer(status: status, output: content(outputPath), errors: content(errorPath))
    }

    private func content(_ path: FilePath) -> Data { FileManager.default.contents(atPath: path.string) ?? Data() }
}
