package import Foundation
package import SystemPackage
package import Testing

/// What a finished program printed and how it ended.
package struct ToolResult: Sendable {
    /// Its exit status; 128 plus the signal's number where a signal ended it.
    package let status: Int
    /// Standard output.
    package let output: Data
    /// Standard error.
    package let errors: Data

    /// Standard output as text.
    package var text: String { String(decoding: output, as: UTF8.self) }
    /// Standard error as text.
    package var errorText: String { String(decoding: errors, as: UTF8.self) }
    /// Standard output, line by line.
    package var lines: [String] { text.split(separator: "\n").map(String.init) }
}

/// A program that was killed, and of which something lives on that keeps its end from being noticed.
package struct HungToolError: Error {
    /// The program.
    package let name: String

    /// The error for a program.
    package init(name: String) { self.name = name }
}

/// Runs programs for tests.
package enum Tool {
    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - executable: a path, or a name that the search path is asked for.
    ///   - arguments: its words.
    ///   - environment: added to this process's own.
    ///   - directory: the folder that it runs in.
    ///   - killAfter: seconds after which it is ended by SIGKILL.
    /// - Returns: what it printed and how it ended.
    /// - Throws: where it cannot be started.
    package static func run(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        directory: FilePath? = nil,
        killAfter: Double? = nil
    ) throws -> ToolResult {
        let process = Process()
        if executable.contains("/") {
            process.executableURL = URL(fileURLWithPath: executable)
            process.arguments = arguments
        } else {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [executable] + arguments
        }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory.string) }
        // Files, not pipes: a full pipe would stop the program, and files need no reading thread.
        let outputPath = FileManager.default.temporaryDirectory.path + "/berkas-out-" + UUID().uuidString
        let errorPath = FileManager.default.temporaryDirectory.path + "/berkas-err-" + UUID().uuidString
        _ = FileManager.default.createFile(atPath: outputPath, contents: nil)
        _ = FileManager.default.createFile(atPath: errorPath, contents: nil)
        defer {
            try? FileManager.default.removeItem(atPath: outputPath)
            try? FileManager.default.removeItem(atPath: errorPath)
        }
        process.standardOutput = FileHandle(forWritingAtPath: outputPath)
        process.standardError = FileHandle(forWritingAtPath: errorPath)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        if let killAfter {
            let end = ContinuousClock.now + .microseconds(Int(killAfter * 1_000_000))
            while process.isRunning, ContinuousClock.now < end { usleep(200) }
            if process.isRunning {
                kill(process.processIdentifier, SIGKILL)
                // What it began and left behind may hold its descriptors open: then its end is never noticed.
                let limit = ContinuousClock.now + .seconds(10)
                while process.isRunning, ContinuousClock.now < limit { usleep(1000) }
                if process.isRunning { throw HungToolError(name: executable) }
            }
        }
        process.waitUntilExit()
        let signalled = process.terminationReason == .uncaughtSignal
        return ToolResult(
            status: Int(process.terminationStatus) + (signalled ? 128 : 0),
            output: FileManager.default.contents(atPath: outputPath) ?? Data(),
            errors: FileManager.default.contents(atPath: errorPath) ?? Data()
        )
    }

    /// Whether a program is on the search path.
    ///
    /// Where it is not: a failure with `CI=true`, else a visible line.
    package static func isPresent(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) -> Bool {
        if let found = try? run("sh", ["-c", "command -v \(name)"]), found.status == 0 { return true }
        return leftOut("the program '\(name)' is not installed ('make deps' installs it)", sourceLocation)
    }

    /// The `bin` folder of a Python environment that holds a package, made on first use; nil where it cannot be had.
    ///
    /// Lies under `.build/peers/`, so that it is made once. Where it cannot be made: a failure with `CI=true`, else a
    /// visible line.
    package static func pythonPeer(
        _ requirement: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> FilePath? {
        let name = requirement.replacingOccurrences(of: "=", with: "-")
        let folder = Checkout.root.appending(".build").appending("peers").appending(name)
        let bin = folder.appending("bin")
        let ready = folder.appending("ready").string
        if FileManager.default.fileExists(atPath: ready) { return bin }
        // Made in one process at a time: test bundles of one run may ask together.
        let script = """
            set -e; mkdir -p "$(dirname "$1")"; exec 9>"$1.lock"; flock 9; test -e "$1/ready" && exit 0; rm -rf "$1"
            python3 -m venv "$1"; "$1/bin/pip" install --quiet --disable-pip-version-check "$2"; touch "$1/ready"
            """
        let made = try run("sh", ["-c", script, "sh", folder.string, requirement])
        if made.status == 0 { return bin }
        _ = leftOut("'\(requirement)' could not be installed: \(made.errorText)", sourceLocation)
        return nil
    }

    private static func leftOut(_ reason: String, _ sourceLocation: SourceLocation) -> Bool {
        if ProcessInfo.processInfo.environment["CI"] == "true" {
            Issue.record("\(reason), and CI=true", sourceLocation: sourceLocation)
        } else {
            print("LEFT OUT: \(reason) (\(sourceLocation.fileID):\(sourceLocation.line))")
        }
        return false
    }
}
