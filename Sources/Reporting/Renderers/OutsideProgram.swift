import Foundation
import SystemPackage

/// One run of an outside program, with limits.
struct OutsideProgram {
    /// How a run ended.
    enum Ending: Hashable {
        /// By itself, with a status.
        case status(Int)
        /// By a signal.
        case signal(Int)
        /// It was ended here, after its time.
        case timedOut
    }

    /// What a run left.
    struct Outcome {
        /// How it ended.
        let ending: Ending
        /// The beginning of what it said on standard error.
        let errors: String
    }

    /// How much of standard error is kept, in bytes.
    private static let errorLimit = 1 << 16

    /// The program.
    let path: FilePath
    /// Its words.
    let arguments: [String]
    /// Its environment, whole.
    let environment: [String: String]
    /// The folder that it runs in, which is the run's own.
    let folder: FilePath
    /// The file that is its standard input.
    let input: FilePath
    /// Seconds on the clock, and of one processor.
    let seconds: Int
    /// Bytes of address space.
    let memory: Int
    /// Bytes of each file that it writes.
    let fileSize: Int

    /// Runs the program to its end, and waits for it.
    func run() throws(ReportingError) -> Outcome {
        let errors = folder.appending("errors")
        let process = Process()
        // The shell sets the limits and becomes the program: sizes in KiB and in blocks of 512 bytes (POSIX, ulimit).
        let script = "ulimit -v \"$1\" && ulimit -t \"$2\" && ulimit -f \"$3\" && ulimit -c 0 && shift 3 && exec \"$@\""
        let limits = [String(memory / 1024), String(seconds), String(fileSize / 512)]
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, "sh"] + limits + [path.string] + arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: folder.string)
        process.standardInput = FileHandle(forReadingAtPath: input.string)
        process.standardOutput = FileHandle.nullDevice
        _ = FileManager.default.createFile(atPath: errors.string, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: errors.string)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            throw ReportingError(
                .programFailed,
                message: "'\(path.string)' cannot be started: \(error.localizedDescription)",
                remedy: "check that it is whole and may be executed"
            )
        }
        let isLate = ended.wait(timeout: .now() + .seconds(seconds)) == .timedOut
        if isLate {
            kill(process.processIdentifier, SIGKILL)
            ended.wait()
        }
        let said = Self.beginning(of: errors)
        if isLate { return Outcome(ending: .timedOut, errors: said) }
        let number = Int(process.terminationStatus)
        guard process.terminationReason == .uncaughtSignal else {
            return Outcome(ending: .status(number), errors: said)
        }
        // The kernel's word that the processor's seconds are used up.
        return Outcome(ending: number == Int(SIGXCPU) ? .timedOut : .signal(number), errors: said)
    }

    private static func beginning(of file: FilePath) -> String {
        guard let handle = FileHandle(forReadingAtPath: file.string) else { return "" }
        defer { try? handle.close() }
        return String(decoding: (try? handle.read(upToCount: errorLimit)) ?? Data(), as: UTF8.self)
    }
}
