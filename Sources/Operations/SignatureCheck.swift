import Catalogue
import FileSafety
import Foundation
import Glibc
import OCFLStore
package import RecordsModel
package import Signatures
package import SystemPackage

/// Looks at the electronic signatures of files, each in a process of its own with limits on memory and time.
///
/// A hostile file can make its own verdict fail and nothing else: whatever the process does, its file "cannot be told".
package struct SignatureCheck: Sendable {
    /// What one file may take.
    package struct Limits: Hashable, Sendable {
        /// Seconds on the clock, and of the processor.
        package var seconds = 60
        /// Bytes of address space.
        package var memory = 4 << 30

        /// The usual limits.
        package init() {}
    }

    /// The words by which the program is told to judge one file and print what it found.
    package static let judging = ["signature", "judge"]

    private let program: FilePath
    private let trust: [FilePath]
    private let limits: Limits

    /// A check.
    ///
    /// - Parameters:
    ///   - program: this program, which is run once for each file.
    ///   - trust: files of trust anchors in PEM form.
    ///   - limits: what one file may take.
    package init(program: FilePath, trust: [FilePath], limits: Limits = Limits()) {
        self.program = program
        self.trust = trust
        self.limits = limits
    }

    /// The trust anchors of a home, `policy/trust/*.pem`, by name.
    package static func trust(of home: Home) throws -> [FilePath] {
        let folder = home.policy.appending("trust")
        guard FileStatus.exists(folder) else { return [] }
        return try DirectoryListing.entries(of: folder)
            .filter { $0.kind == .file && $0.name.extension?.lowercased() == "pem" }
            .map { folder.appending($0.name) }
            .sorted { $0.string < $1.string }
    }

    /// What a file's signatures are worth at a time.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - now: the day of the check.
    /// - Returns: the report, or nil with the reason where the file's own reading failed.
    /// - Throws: `FileSafetyError` where the file cannot be opened, or the program not be run.
    package func report(on file: FilePath, now: Moment) throws -> (report: SignatureReport?, why: String) {
        // Opened here, so that a file that is not there is told from one that cannot be read.
        _ = try OpenFile.reading(file).status()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program.string)
        let anchors = trust.flatMap { ["--trust", $0.string] }
        process.arguments =
            Self.judging + anchors + [
                "--at", now.description, "--memory", String(limits.memory), "--seconds", String(limits.seconds), "--",
                file.string,
            ]
        process.environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        do {
            try process.run()
        } catch {
            throw FileSafetyError(.notFound, operation: "run", path: program, reason: "\(error)")
        }
        let watch = DispatchSource.makeTimerSource()
        watch.schedule(deadline: .now() + .seconds(limits.seconds + 5))
        let pid = process.processIdentifier
        watch.setEventHandler { kill(pid, SIGKILL) }
        watch.activate()
        let printed = try pipe.fileHandleForReading.read(upToCount: 256 << 20) ?? Data()
        process.waitUntilExit()
        watch.cancel()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            return (
                nil,
                "reading it was ended: it took more than \(limits.seconds) s or \(limits.memory >> 20) MB, or broke the reader"
            )
        }
        do {
            return (try CanonicalJSON.decode(SignatureReport.self, from: printed), "")
        } catch {
            return (nil, "its reader gave no answer that can be read")
        }
    }

    /// Judges one file in this process, under limits that it takes on itself.
    ///
    /// - Throws: `FileSafetyError`; `TrustAnchors.UnreadableError`.
    package static func judge(
        _ file: FilePath,
        trust: [FilePath],
        now: Moment,
        limits: Limits
    ) throws -> SignatureReport {
        var memory = rlimit(rlim_cur: rlim_t(limits.memory), rlim_max: rlim_t(limits.memory))
        var seconds = rlimit(rlim_cur: rlim_t(limits.seconds), rlim_max: rlim_t(limits.seconds))
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &seconds)
        // It writes no file, and leaves none behind when it breaks.
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &none)
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        var anchors = TrustAnchors()
        try anchors.add(
            files: trust.map { ($0.lastComponent?.string ?? "", try OpenFile.content(of: $0, limit: 16 << 20)) }
        )
        let content = try OpenFile.content(of: file, limit: SignatureVerifier.sizeLimit + 1)
        return SignatureVerifier(anchors: anchors, now: now).report(on: content)
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
