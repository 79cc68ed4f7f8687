import BoundedProcess
import Foundation
import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// One program for many files: what one file does to its process touches no other.
@Suite(.scratch)
struct FileHelperTests {
    private static let limits = ProcessLimits(wall: .seconds(20), cpuSeconds: 10, memory: 1 << 30, output: 1 << 20)

    private static func probe() throws -> FilePath {
        try Checkout.built("helper-probe")
    }

    private static func helper(order: String = "order", mark: String = "") throws -> FileHelper {
        let program = try probe()
        let command = BoundedCommand(program, [.text(mark)], needed: [program] + OwnProgram.libraryFolders)
        return FileHelper(command, order: Array(order.utf8), most: limits)
    }

    private func run(
        _ content: String,
        _ helper: FileHelper,
        _ way: Isolation,
        limits: ProcessLimits = Self.limits,
        in folder: FilePath = Scratch.folder,
        isInterrupted: () -> Bool = { false }
    ) throws -> BoundedOutcome {
        let path = folder.appending("file-\(UUID().uuidString)")
        try Data(content.utf8).write(to: URL(fileURLWithPath: path.string))
        let file = unsafe open(path.string, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        return try helper.run(file: file, limits: limits, isolation: way, isInterrupted: isInterrupted)
    }

    private static func text(_ outcome: BoundedOutcome) -> String { String(decoding: outcome.output, as: UTF8.self) }

    @Test(arguments: BoundedProcessTests.ways)
    func `each file gets a process of its own, with what all have in common`(_ way: Isolation) throws {
        let helper = try Self.helper(order: "what all have")
        var processes: Set<String> = []
        for number in 0..<20 {
            let outcome = try run("file \(number)", helper, way)
            #expect(outcome.isSuccess && outcome.isolation == way, "\(outcome.complaint ?? "")")
            let words = Self.text(outcome).split(separator: " ", maxSplits: 2).map(String.init)
            #expect(words.first == "1" && words.last == "what all have file \(number)")
            if words.count > 1 { processes.insert(words[1]) }
        }
        #expect(processes.count == 20)
    }

    @Test(arguments: BoundedProcessTests.ways)
    func `a file that crashes, hangs, computes, eats memory or writes without end ends, and the next goes on`(
        _ way: Isolation
    ) throws {
        let helper = try Self.helper()
        var short = Self.limits
        short.wall = .milliseconds(300)
        var quick = Self.limits
        quick.cpuSeconds = 1
        var small = Self.limits
        small.memory = 256 << 20
        let cases: [(String, ProcessLimits, (BoundedOutcome.Ending) -> Bool)] = [
            ("crash", Self.limits, { if case .signalled = $0 { true } else { false } }),
            ("hang", short, { $0 == .wallTime }),
            ("compute", quick, { $0 == .cpuTime }),
            ("eat", small, { if case .signalled = $0 { true } else { $0 != .exited(0) && $0 != .wallTime } }),
            ("write", Self.limits, { $0 == .tooMuchOutput }), ("complain", Self.limits, { $0 == .exited(1) }),
        ]
        for (content, limits, isRight) in cases {
            let outcome = try run(content, helper, way, limits: limits)
            #expect(isRight(outcome.ending), "\(content): \(outcome.ending)")
            if content == "complain" { #expect(outcome.complaint == "a complaint") }
            if content == "compute" { #expect(outcome.processor >= .milliseconds(900), "\(outcome.processor)") }
            let next = try run("next", helper, way)
            #expect(next.isSuccess && Self.text(next).hasSuffix("order next"), "after \(content): \(next.ending)")
        }
    }

    @Test(arguments: BoundedProcessTests.ways)
    func `the process of a file has its file and two pipes, and no way out`(_ way: Isolation) throws {
        let outcome = try run("walls", try Self.helper(), way)
        #expect(Self.text(outcome) == "open 0 1 2; done ", "\(outcome.ending) \(outcome.complaint ?? "")")
        #expect(!FileManager.default.fileExists(atPath: "/dev/shm/berkas-probe"))
    }

    @Test(arguments: BoundedProcessTests.ways)
    func `many threads use one helper, and a hanging file keeps none waiting`(_ way: Isolation) throws {
        let helper = try Self.helper()
        let begun = try run("first", helper, way)
        #expect(begun.isSuccess)
        let folder = Scratch.folder
        let answers = Mutex<[String]>([])
        let stop = Mutex(false)
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            if thread == 0 {
                let hanging = try? run("hang", helper, way, in: folder) { stop.withLock { $0 } }
                answers.withLock { $0.append("hanging: \(String(describing: hanging?.ending))") }
                return
            }
            for number in 0..<15 {
                let outcome = try? run("\(thread)-\(number)", helper, way, in: folder)
                let text = outcome.map { Self.text($0) } ?? ""
                answers.withLock { $0.append(text.split(separator: " ").last.map(String.init) ?? "none") }
            }
            if answers.withLock({ $0.count }) == 45 { stop.withLock { $0 = true } }
        }
        let wanted = (1...3).flatMap { thread in (0..<15).map { "\(thread)-\($0)" } }
        let got = answers.withLock { $0 }
        #expect(Set(got) == Set(wanted + ["hanging: Optional(BoundedProcess.BoundedOutcome.Ending.interrupted)"]))
        #expect(got.count == 46)
    }

    @Test(arguments: BoundedProcessTests.ways)
    func `a helper that was killed is started again for the next file`(_ way: Isolation) throws {
        let mark = "killed-\(way.rawValue)-\(getpid())"
        let helper = try Self.helper(mark: mark)
        #expect(try run("one", helper, way).isSuccess)
        for _ in 0..<3 {
            #expect(try Tool.run("pkill", ["-KILL", "-f", mark]).status == 0)
            let next = try run("two", helper, way)
            #expect(Self.text(next).hasSuffix("order two"), "\(next.ending)")
        }
    }

    @Test(arguments: BoundedProcessTests.ways)
    func `a program that cannot be a helper is an error, and no finding of the file`(_ way: Isolation) throws {
        for name in ["true", "cat"] {
            let program = try ProgramFinder.require(name, debianPackage: "coreutils")
            let helper = FileHelper(BoundedCommand(program, []), order: [], most: Self.limits)
            #expect(throws: BoundedProcessError.self) { _ = try run("x", helper, way) }
        }
    }

    @Test(arguments: BoundedProcessTests.ways)
    func `nothing is left of a helper that nobody holds any more`(_ way: Isolation) throws {
        let mark = "left-\(way.rawValue)-\(getpid())"
        var helper: FileHelper? = try Self.helper(mark: mark)
        #expect(try helper.map { try run("x", $0, way) }?.isSuccess == true)
        #expect(try Tool.run("pgrep", ["-f", mark]).status == 0)
        helper = nil
        #expect(try Tool.run("pgrep", ["-f", mark]).status == 1)
    }
}
