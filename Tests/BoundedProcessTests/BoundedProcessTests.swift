import BoundedProcess
import Foundation
import SystemPackage
import TestSupport
import Testing

/// Every test runs both ways; bubblewrap where it is installed and works.
@Suite(.scratch)
struct BoundedProcessTests {
    static let ways: [Isolation] = Isolation.best == .bubblewrap ? [.bubblewrap, .filter] : [.filter]

    static let limits = ProcessLimits(wall: .seconds(20), cpuSeconds: 10, memory: 1 << 30, output: 1 << 20)

    private func run(
        _ name: String,
        _ words: String...,
        way: Isolation,
        limits: ProcessLimits = Self.limits
    ) throws -> BoundedOutcome {
        let program = try ProgramFinder.require(name, debianPackage: name)
        return try BoundedCommand(program, words.map { .text($0) }).run(limits: limits, isolation: way)
    }

    private func perl(_ script: String, way: Isolation, limits: ProcessLimits = Self.limits) throws -> BoundedOutcome {
        try run("perl", "-e", script, way: way, limits: limits)
    }

    // MARK: - What a program gets

    @Test(arguments: ways)
    func `a program's words, input and status come through as they are`(_ way: Isolation) throws {
        let program = try ProgramFinder.require("perl", debianPackage: "perl")
        let script = #"print STDERR "note"; print join("|", @ARGV), "|", <STDIN>; exit 7"#
        let outcome = try BoundedCommand(
            program,
            [.text("-e"), .text(script), .text("a b"), .text("'$x'")],
            standardInput: Array("in\n".utf8)
        ).run(limits: Self.limits, isolation: way)
        #expect(outcome.ending == .exited(7))
        #expect(String(decoding: outcome.output, as: UTF8.self) == "a b|'$x'|in\n")
        #expect(outcome.complaint == "note")
        #expect(outcome.isolation == way)
    }

    @Test(arguments: ways)
    func `an input file is read under a name that is not UTF-8, and three megabytes come through`(_ way: Isolation)
        throws
    {
        let content = [UInt8]((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) })
        let plain = try Scratch.file("plain", content).string
        // A name that Swift's strings cannot hold is made by a program.
        let made = try Tool.run(
            "sh",
            ["-c", "mv \"$1\" \"$2/$(printf '\\377 a')\"", "sh", plain, Scratch.folder.string]
        )
        try #require(made.status == 0, "\(made.errorText)")
        let bytes = Array((Scratch.folder.string + "/").utf8) + [0xFF, 0x20, 0x61, 0]
        let path = unsafe FilePath(platformString: bytes.map { CChar(bitPattern: $0) })
        var limits = Self.limits
        limits.output = 4 << 20
        let program = try ProgramFinder.require("cat", debianPackage: "coreutils")
        let outcome = try BoundedCommand(program, [.input(0)], inputs: [path]).run(limits: limits, isolation: way)
        #expect(outcome.isSuccess && outcome.output == content)
    }

    @Test(arguments: ways)
    func `the environment is a fresh one`(_ way: Isolation) throws {
        let outcome = try run("env", way: way)
        let names = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map {
            $0.prefix { $0 != "=" }
        }
        #expect(Set(names).subtracting(["PWD"]) == ["HOME", "LC_ALL", "PATH"])
    }

    @Test
    func `in bubblewrap nothing is seen but the system's programs and the file`() throws {
        guard Isolation.best == .bubblewrap else { return print("LEFT OUT: bubblewrap does not work here") }
        let secret = try Scratch.file("secret.txt", Array("x".utf8))
        let outcome = try run("cat", secret.string, "/etc/passwd", way: .bubblewrap)
        #expect(outcome.ending == .exited(1) && outcome.output.isEmpty)
        let processes = try perl("opendir(D, '/proc'); print join(',', grep /^[0-9]+$/, readdir D)", way: .bubblewrap)
        #expect(String(decoding: processes.output, as: UTF8.self).split(separator: ",").count <= 2)
    }

    // MARK: - What a program cannot do

    @Test(arguments: ways)
    func `a program cannot start another`(_ way: Isolation) throws {
        let outcome = try perl("my $p = fork(); print defined($p) ? 'forked' : \"no: $!\"", way: way)
        #expect(String(decoding: outcome.output, as: UTF8.self).hasPrefix("no: "))
    }

    @Test(arguments: ways)
    func `a program reaches no network, not even this machine`(_ way: Isolation) throws {
        let script =
            "use Socket; for my $f (AF_INET, AF_INET6, AF_UNIX) { print socket(S, $f, SOCK_STREAM, 0) ? 'open ' : 'no ' }"
        #expect(String(decoding: try perl(script, way: way).output, as: UTF8.self) == "no no no ")
    }

    @Test(arguments: ways)
    func `a program changes no file: neither content nor name nor rights`(_ way: Isolation) throws {
        let path = try Scratch.file("kept.txt", Array("kept".utf8)).string
        let folder = Scratch.folder.string
        let script = """
            my ($f, $d) = ('\(path)', '\(folder)');
            my @done = (open(A, '>', $f), open(B, '>>', $f), open(C, '+<', $f), open(D, '>', "$d/new"), unlink($f),
              rename($f, "$d/other"), mkdir("$d/m"), symlink($f, "$d/s"), link($f, "$d/l"), chmod(0, $f), utime(0, 0, $f),
              truncate($f, 0), open(E, '>', 'here'), kill(0, getppid()));
            print join('', map { $_ ? 1 : 0 } @done);
            """
        let outcome = try perl(script, way: way)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "00000000000000")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "kept")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["kept.txt"])
    }

    @Test(arguments: ways)
    func `a program cannot raise its own limits`(_ way: Isolation) throws {
        // prlimit64 of itself: number 302 on x86_64, 261 on aarch64.
        let script =
            "my $l = pack('QQ', -1, -1); for my $n (302, 261) { print syscall($n, 0, 9, $l, 0) == -1 ? 'no ' : 'raised ' }"
        #expect(!String(decoding: try perl(script, way: way).output, as: UTF8.self).contains("raised"))
    }

    // MARK: - Limits

    @Test(arguments: ways)
    func `a program that sleeps for ever and ignores what it is told ends when its time is over`(_ way: Isolation)
        throws
    {
        var limits = Self.limits
        limits.wall = .milliseconds(400)
        let outcome = try perl(
            "$SIG{$_} = 'IGNORE' for qw(TERM INT HUP XCPU); sleep 1 while 1",
            way: way,
            limits: limits
        )
        #expect(outcome.ending == .wallTime)
        #expect(outcome.duration < .seconds(5))
    }

    @Test(arguments: ways)
    func `a program that computes for ever ends when its processor time is over`(_ way: Isolation) throws {
        var limits = Self.limits
        limits.cpuSeconds = 1
        #expect(try perl("1 while 1", way: way, limits: limits).ending == .cpuTime)
    }

    @Test(arguments: ways)
    func `a program that eats memory ends`(_ way: Isolation) throws {
        var limits = Self.limits
        limits.memory = 256 << 20
        let outcome = try perl("my @a; push @a, 'x' x 10_000_000 while 1", way: way, limits: limits)
        #expect(!outcome.isSuccess && outcome.ending != .wallTime)
    }

    @Test(arguments: ways)
    func `a program that writes for ever ends at its limit, and what came until then is kept`(_ way: Isolation) throws {
        let outcome = try run("yes", way: way)
        #expect(outcome.ending == .tooMuchOutput)
        #expect(outcome.output.count == Self.limits.output)
    }

    @Test(arguments: ways)
    func `complaints without end are thrown away, and are no fault`(_ way: Isolation) throws {
        let outcome = try perl("print STDERR 'x' x 1000 for 1..5000; print 'done'", way: way)
        #expect(outcome.isSuccess)
        #expect(outcome.errors.count == Self.limits.errors)
    }

    @Test(arguments: ways)
    func `a crash is told as a signal`(_ way: Isolation) throws {
        #expect(try perl("unpack 'p', pack 'Q', 8; ", way: way).ending == .signalled(11))
    }

    @Test(arguments: ways)
    func `a caller that is to stop is not kept waiting`(_ way: Isolation) throws {
        let program = try ProgramFinder.require("sleep", debianPackage: "coreutils")
        let end = ContinuousClock.now + .milliseconds(300)
        let outcome = try BoundedCommand(program, [.text("100")]).run(limits: Self.limits, isolation: way) {
            ContinuousClock.now > end
        }
        #expect(outcome.ending == .interrupted)
        #expect(outcome.duration < .seconds(3))
    }

    @Test(arguments: ways)
    func `nothing is left of a program that was killed`(_ way: Isolation) throws {
        var limits = Self.limits
        limits.wall = .milliseconds(300)
        // Of this case alone: the other one's program may run at the same time.
        let mark = "\(way == .bubblewrap ? 98765 : 98764).\(getpid())"
        #expect(try run("sleep", mark, way: way, limits: limits).ending == .wallTime)
        #expect(try Tool.run("pgrep", ["-f", "sleep \(mark)"]).status == 1)
    }

    // MARK: - Starting

    @Test(arguments: ways)
    func `a program that is not there, or is none, cannot be started`(_ way: Isolation) throws {
        #expect(throws: BoundedProcessError.missing("no-such-program", debianPackage: "x")) {
            _ = try ProgramFinder.require("no-such-program", debianPackage: "x")
        }
        #expect(ProgramFinder.find("../bin/true") == nil)
        let file = try Scratch.file("none", Array("x".utf8))
        guard way == .filter else { return }
        #expect(throws: BoundedProcessError.self) {
            _ = try BoundedCommand(file, []).run(limits: Self.limits, isolation: way)
        }
    }

    @Test
    func `what is started says how it was kept apart`() throws {
        let program = try ProgramFinder.require("true", debianPackage: "coreutils")
        #expect(try BoundedCommand(program, []).run(limits: Self.limits).isolation == Isolation.best)
    }
}
