import BoundedProcess
import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// A hostile program tries what it must not be able to do, behind each wall: both together and each alone.
@Suite(.scratch)
struct WallTests {
    static let filtered: [Isolation] = BoundedProcessTests.ways
    static let all: [Isolation] = filtered + (filtered.contains(.bubblewrap) ? [.bubblewrapAlone] : [])

    private func perl(_ script: String, _ way: Isolation, inputs: [FilePath] = []) throws -> BoundedOutcome {
        let program = try ProgramFinder.require("perl", debianPackage: "perl")
        let words: [BoundedCommand.Word] = [.text("-e"), .text(script)] + inputs.indices.map { .input($0) }
        return try BoundedCommand(program, words, inputs: inputs).run(
            limits: BoundedProcessTests.limits,
            isolation: way
        )
    }

    private func number(_ call: String) throws -> Int32 {
        let machine = try #require(SystemCallFilter.Machine.own)
        return try #require(SystemCallFilter.number(of: call, on: machine), "\(call)")
    }

    private func numbers(_ calls: [String]) -> [Int32] {
        guard let machine = SystemCallFilter.Machine.own else { return [] }
        return calls.compactMap { SystemCallFilter.number(of: $0, on: machine) }
    }

    // MARK: - Call by call

    @Test(arguments: filtered)
    func `every call that is not allowed is refused, known to this kernel or not`(_ way: Isolation) throws {
        let left = SystemCalls.allowed + SystemCalls.fatal + ["open", "openat", "fcntl", "ioctl", "prctl", "prlimit64"]
        // Two of x86-64 that a newer kernel answers itself, before any filter: with a signal, anywhere but in a probe.
        let probes: [Int32] = SystemCallFilter.Machine.own == .x86 ? [335, 336] : []
        let tried = Set(Int32(0)..<600).subtracting(numbers(left) + probes).sorted()
        let script = """
            for my $n (\(tried.map(String.init).joined(separator: ","))) {
              my $r = syscall($n, -1, -1, -1, -1, -1, -1);
              print "$n " unless $r == -1 && ($! == 1 || $! == 13 || $! == 38);
            }
            print "tried";
            """
        let outcome = try perl(script, way)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "tried", "\(outcome.ending)")
    }

    @Test(arguments: filtered)
    func `a call that no reader needs ends the program`(_ way: Isolation) throws {
        for call in numbers(SystemCalls.fatal) {
            let outcome = try perl("syscall(\(call), -1, -1, -1, -1, -1, -1); print 'still there'", way)
            #expect(outcome.ending == .signalled(31) && outcome.output.isEmpty, "\(call): \(outcome.ending)")
        }
    }

    // MARK: - What can be seen outside

    /// A process of the same user that notes each signal.
    private func withVictim(_ body: (Process, FilePath) throws -> Void) throws {
        let notes = Scratch.folder.appending("signals")
        let ready = Scratch.folder.appending("ready")
        let victim = Process()
        victim.executableURL = URL(fileURLWithPath: "/usr/bin/perl")
        let script = """
            $SIG{$_} = sub { open(F, '>>', $ARGV[0]); print F "hit\\n"; close F } for qw(USR1 USR2 IO URG HUP);
            our $secret = 'rahasia'; open(R, '>', $ARGV[1]); close R; sleep 1 while 1
            """
        victim.arguments = ["-e", script, notes.string, ready.string]
        try victim.run()
        defer {
            kill(victim.processIdentifier, SIGKILL)
            victim.waitUntilExit()
        }
        while victim.isRunning, !FileManager.default.fileExists(atPath: ready.string) { usleep(2000) }
        try body(victim, notes)
    }

    @Test(arguments: all)
    func `no signal reaches another process, and nothing is read of it`(_ way: Isolation) throws {
        try withVictim { victim, notes in
            let process = victim.processIdentifier
            // F_SETOWN, F_SETSIG and O_ASYNC on a pipe that then becomes readable; kill, tgkill, sigqueue.
            let signals = """
                pipe(R, W); fcntl(R, 8, \(process)); fcntl(R, 10, 10); fcntl(R, 4, 0x2800); syswrite(W, 'x');
                kill('USR1', \(process)); syscall(\(try number("tgkill")), \(process), \(process), 10);
                syscall(\(try number("kill")), \(process), 12); print 'tried';
                """
            #expect(try perl(signals, way).output == Array("tried".utf8))
            let looks = ["mem", "environ", "maps", "fd/0", "root/etc/passwd", "cwd/ready"].map {
                "/proc/\(process)/\($0)"
            }
            let reading = """
                for my $f (\(looks.map { "'\($0)'" }.joined(separator: ","))) { print "OPEN $f " if open(F, '<', $f) }
                print 'tried';
                """
            #expect(String(decoding: try perl(reading, way).output, as: UTF8.self) == "tried")
            let vector = "my $b = 'x' x 64; my $v = pack('PQ', $b, 64); my $w = pack('QQ', 0x400000, 64); "
            let call = try number("process_vm_readv")
            let peek = try perl(vector + "print 'READ' if syscall(\(call), \(process), $v, 1, $w, 1, 0) > 0", way)
            #expect(!peek.output.starts(with: "READ".utf8))
            usleep(50_000)
            #expect(victim.isRunning && !FileManager.default.fileExists(atPath: notes.string))
        }
    }

    @Test(arguments: all)
    func `modes, owners, attributes and times of a file stay as they are`(_ way: Isolation) throws {
        let file = try Scratch.file("kept.txt", Array("kept".utf8))
        let before = try FileManager.default.attributesOfItem(atPath: file.string)
        let script = """
            my $f = $ARGV[0]; open(F, '<', $f) or die; my $n = fileno(F); my ($x, $y) = ('user.x', 'y');
            chmod(0777, $f); chmod(0777, F); chown(12345, 12345, $f); utime(1, 1, $f); utime(1, 1, F);
            syscall(\(try number("fchmodat")), -100, $f, 0777);
            syscall(\(try number("setxattr")), $f, $x, $y, 1, 0); syscall(\(try number("fsetxattr")), $n, $x, $y, 1, 0);
            syscall(\(try number("utimensat")), $n, 0, 0, 0); open(G, '+<', "/proc/self/fd/$n") and print G 'broken';
            print 'tried';
            """
        #expect(try perl(script, way, inputs: [file]).output == Array("tried".utf8))
        let after = try FileManager.default.attributesOfItem(atPath: file.string)
        for key in [FileAttributeKey.posixPermissions, .ownerAccountID, .modificationDate, .size] {
            #expect("\(String(describing: before[key]))" == "\(String(describing: after[key]))", "\(key)")
        }
        let ask =
            "my ($f, $x, $b) = ($ARGV[0], 'user.x', 'b' x 9); print syscall(\(try number("getxattr")), $f, $x, $b, 9)"
        #expect(try Tool.run("perl", ["-e", ask, file.string]).text == "-1")
    }

    @Test(arguments: all)
    func `no memory, queue or semaphore is left that others could share`(_ way: Isolation) throws {
        let key = 0x4245_0000 | Int32(way == .filter ? 1 : way == .bubblewrap ? 2 : 3) << 8 | getpid() & 0xFF
        let script = """
            syscall(\(try number("shmget")), \(key), 4096, 01666); syscall(\(try number("msgget")), \(key), 01666);
            syscall(\(try number("semget")), \(key), 1, 01666); open(F, '>', '/dev/shm/berkas-\(key)');
            print 'tried';
            """
        #expect(try perl(script, way).output == Array("tried".utf8))
        #expect(shmget(key, 0, 0) == -1 && msgget(key, 0) == -1 && semget(key, 0, 0) == -1)
        #expect(!FileManager.default.fileExists(atPath: "/dev/shm/berkas-\(key)"))
    }

    @Test(arguments: all)
    func `the names of the host stay, and its clock`(_ way: Isolation) throws {
        func names() -> [String] {
            ["hostname", "domainname"].map {
                (try? String(contentsOfFile: "/proc/sys/kernel/\($0)", encoding: .utf8)) ?? ""
            }
        }
        let before = names()
        for call in ["sethostname", "setdomainname"] {
            let outcome = try perl("my $x = 'x'; print syscall(\(try number(call)), $x, 1)", way)
            let isRefused = String(decoding: outcome.output, as: UTF8.self) == "-1"
            #expect(way == .bubblewrapAlone ? isRefused : outcome.ending == .signalled(31), "\(call)")
        }
        let clock = try perl("my $t = pack('qq', 1, 0); print syscall(\(try number("clock_settime")), 0, $t)", way)
        #expect(names() == before)
        #expect(!clock.output.starts(with: "0".utf8) && Date().timeIntervalSince1970 > 1_000_000_000)
    }

    @Test
    func `without bubblewrap the kernel's own wall keeps other files out of sight`() throws {
        guard Isolation.filter.weakness?.contains("Landlock") == false else {
            return print("LEFT OUT: this kernel has no Landlock")
        }
        let secret = try Scratch.file("secret.txt", Array("rahasia".utf8))
        let open = try Scratch.file("open.txt", Array("open".utf8))
        let program = try ProgramFinder.require("cat", debianPackage: "coreutils")
        let command = BoundedCommand(program, [.input(0), .text(secret.string), .text("/etc/passwd")], inputs: [open])
        let outcome = try command.run(limits: BoundedProcessTests.limits, isolation: .filter)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "open")
        let words = try #require(Isolation.filter.weakness)
        #expect(words.contains("install the package 'bubblewrap'") && Isolation.bubblewrap.weakness == nil)
    }

    // MARK: - Where programs are found

    @Test
    func `a program that others could have written is not used, and it is said why`() throws {
        let folder = try Scratch.directory("bin")
        let file = try Scratch.file("bin/tool", Array("#!/bin/sh\n".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.string)
        // The folder of all tests is one that everybody may write to, or belongs to who runs them.
        guard case .distrusted(let path, let reason) = ProgramFinder.look(for: "tool", in: [folder]) else {
            Issue.record("it is trusted")
            return
        }
        #expect(path == file && !reason.isEmpty)
        #expect(ProgramFinder.look(for: "tool", in: ["/nonexistent"]) == .missing)
        for name in ["../bin/tool", "", ".", "..", "a/b", "/bin/true"] {
            #expect(ProgramFinder.look(for: name, in: [folder]) == .missing, "\(name)")
        }
        #expect(ProgramFinder.look(for: "true") == .found("/usr/bin/true"))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.string)
        #expect(ProgramFinder.look(for: "tool", in: [folder]) == .missing)
    }
}
