import Foundation
import SystemPackage
import TestSupport
import Testing

/// What a reader started ends with it, whatever ends the reader.
@Suite(.scratch, .serialized)
struct OrphanTests {
    /// Kills a command at moments of its run and looks at what is left of it three seconds later.
    ///
    /// Whoever loses its parent becomes a child of the script (prctl(2), `PR_SET_CHILD_SUBREAPER`), whatever its name,
    /// its group or its session: so nothing that is left can be overlooked.
    private static let script = """
        import ctypes, os, random, subprocess, sys, time
        command, times, prepare = sys.argv[3:], int(sys.argv[1]), sys.argv[2]
        assert ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) == 0
        null = subprocess.DEVNULL
        def start():
            subprocess.run(["sh", "-c", prepare], check=True)
            return subprocess.Popen(command, stdin=null, stdout=null, stderr=null)
        begin = time.monotonic()
        start().wait()
        whole = time.monotonic() - begin
        chance, killed, busy, left = random.Random(11), 0, 0, []
        def children():
            found = []
            for task in os.listdir("/proc/self/task"):
                found += open(f"/proc/self/task/{task}/children").read().split()
            return found
        def below(process):
            try:
                tasks = os.listdir(f"/proc/{process}/task")
                return sum((open(f"/proc/{process}/task/{task}/children").read().split() for task in tasks), [])
            except (FileNotFoundError, ProcessLookupError):
                return []
        for moment in range(times):
            process = start()
            if moment % 2:
                time.sleep(whole * chance.random())
            else:
                # While something is being started: that is the moment at which orphans were made.
                end = time.monotonic() + whole
                while time.monotonic() < end and not below(process.pid):
                    pass
                time.sleep(chance.random() * 0.02)
            busy += bool(below(process.pid))
            process.kill()
            killed += process.wait() == -9
            end = time.monotonic() + 3
            while True:
                try:
                    gone, _ = os.waitpid(-1, os.WNOHANG)
                except ChildProcessError:
                    break
                if gone:
                    continue
                if time.monotonic() > end:
                    for child in children():
                        words = open(f"/proc/{child}/cmdline").read().replace("\\0", " ")
                        left.append(f"moment {moment}: {child} {open(f'/proc/{child}/comm').read().strip()} {words}")
                        os.kill(int(child), 9)
                time.sleep(0.002)
        print(f"{killed} killed, {busy} of them with something started, {len(left)} left")
        print("\\n".join(left))
        sys.exit(1 if left else 0 if busy * 4 > times else 2)
        """

    private func look(_ times: Int, prepare: String, _ command: [String]) throws {
        let result = try Tool.run("python3", ["-c", Self.script, String(times), prepare] + command)
        #expect(result.status == 0, "\(result.text)\(result.errorText)")
        print("  \(result.lines.first ?? "")")
    }

    /// The first files of the suite as a batch; nil where the suite is not beside the checkout.
    private static func batch(_ count: Int) throws -> String? {
        guard let suite = Checkout.shared("conformance/signatures") else { return nil }
        let batch = Scratch.folder.appending("batch").string
        try FileManager.default.createDirectory(atPath: batch, withIntermediateDirectories: true)
        let names = try FileManager.default.contentsOfDirectory(atPath: suite.string).filter { $0.hasSuffix(".pdf") }
        var rows = "path,year,step,type\n"
        for name in names.sorted().prefix(count) {
            try FileManager.default.copyItem(atPath: "\(suite.string)/\(name)", toPath: "\(batch)/\(name)")
            rows += "\(name),2024,10,rkt\n"
        }
        try Data(rows.utf8).write(to: URL(fileURLWithPath: batch + "/intake.csv"))
        return batch
    }

    @Test func `an ingest killed at random moments leaves no process that looks at signatures`() throws {
        guard let batch = try Self.batch(24) else { return }
        let binary = try Checkout.binary.string
        let base = Scratch.folder.appending("base").string
        #expect(try Tool.run(binary, ["init", base]).status == 0)
        let home = Scratch.folder.appending("home").string
        try look(
            60,
            prepare: "rm -rf '\(home)' && cp -r '\(base)' '\(home)'",
            [binary, "--home", home, "ingest", "--no-read", batch]
        )
    }

    @Test func `a reading killed at random moments leaves no process that reads`() throws {
        guard let batch = try Self.batch(6) else { return }
        let binary = try Checkout.binary.string
        let home = Scratch.folder.appending("home").string
        #expect(try Tool.run(binary, ["init", home]).status == 0)
        #expect(try Tool.run(binary, ["--home", home, "ingest", "--no-read", batch]).status == 0)
        try look(60, prepare: "rm -rf '\(home)/derived'", [binary, "--home", home, "read"])
    }
}
