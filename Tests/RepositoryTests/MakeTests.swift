import Foundation
import SystemPackage
import TestSupport
import Testing

/// What `make test` shows of a run, and how the program is linked.
@Suite(.scratch)
struct MakeTests {
    private static let log = """
        ◇ Test run started.
        LEFT OUT: 'x' is not beside this checkout
        ✔ Test "a" passed after 0.1 seconds.
        LEFT OUT: 'x' is not beside this checkout
        ✘ Test "b" recorded an issue at T.swift:1:2: Expectation failed: (x → 1) == 2
        ↳ what it says
        and a line of what was printed
        ◇ Test "c" started.
        a line of no test
        ➜ Test "d" skipped: "no reason"
        ✘ Test "b" failed after 0.1 seconds with 1 issue.
        """

    /// What `Tests/run` shows of a runner that prints a text and ends with a status.
    private func shown(_ text: String, status: String) throws -> ToolResult {
        let folder = Scratch.folder
        try text.write(toFile: folder.appending("text").string, atomically: true, encoding: .utf8)
        return try Tool.run(
            Checkout.root.appending("Tests").appending("run").string,
            [folder.appending("deep").appending("test.log").string, "sh", "-c", "cat text; \(status)"],
            directory: folder
        )
    }

    @Test func `a failure is shown with what it says, and the status is the runner's`() throws {
        let closing = "✘ Test run with 3 tests in 1 suite failed after 0.1 seconds with 1 issue."
        let result = try shown(Self.log + "\n" + closing + "\n", status: "exit 7")
        #expect(result.status == 7)
        #expect(
            result.lines == [
                "LEFT OUT: 'x' is not beside this checkout (2 times)",
                "skipped: Test \"d\" skipped: \"no reason\"",
                "✘ Test \"b\" recorded an issue at T.swift:1:2: Expectation failed: (x → 1) == 2",
                "↳ what it says",
                "and a line of what was printed",
                "failed:",
                "  Test \"b\" failed after 0.1 seconds with 1 issue.",
                closing,
                "everything that the tests said: \(Scratch.folder.string)/deep/test.log",
            ]
        )
    }

    @Test func `a run without a fault is its closing line, and the log has the rest`() throws {
        let closing = "✔ Test run with 1 test in 1 suite passed after 0.1 seconds."
        let text = "◇ Test run started.\n✔ Test \"a\" passed after 0.1 seconds.\n" + closing + "\n"
        let result = try shown(text, status: "exit 0")
        #expect(result.status == 0)
        #expect(result.lines.first == closing && result.lines.count == 2)
        let log = Scratch.folder.appending("deep").appending("test.log").string
        #expect(try String(contentsOfFile: log, encoding: .utf8) == text)
    }

    @Test func `a runner that is killed is no success, and its last words are shown`() throws {
        let result = try shown("◇ Test \"a\" started.\n", status: "kill -SEGV $$")
        #expect(result.status == 128 + 11)
        #expect(result.text.contains("did not come to their end") && result.text.contains("◇ Test \"a\" started."))
    }

    @Test func `the time of a part is told, and its status kept`() throws {
        let timed = Checkout.root.appending("Tests").appending("timed").string
        let done = try Tool.run(timed, ["lint", "true"])
        #expect(done.status == 0 && done.text.wholeMatch(of: /lint: done in [0-9]+ s\n/) != nil)
        let failed = try Tool.run(timed, ["lint", "sh", "-c", "exit 9"])
        #expect(failed.status == 9 && failed.text.contains("lint: FAILED") && failed.text.contains("status 9"))
    }

    // MARK: - How the program is linked

    private static let check = Checkout.root.appending("Tests").appending("check-release").string

    @Test func `what every build has, a test build has: full RELRO, binding at the start, a place of its own`() throws {
        let answer = try Tool.run(Self.check, [try Checkout.built("berkas").string]).errorText
        for word in ["GNU_RELRO", "BIND_NOW", "PIE", "stack", "written and run"] {
            #expect(!answer.contains(word), "\(answer)")
        }
        // A test build looks for Swift's own libraries, and has its symbols: the check sees both.
        #expect(answer.contains("RUNPATH") && answer.contains(".symtab"), "\(answer)")
    }

    @Test func `the program as it is installed has nothing that an attacker could use, where it is built`() throws {
        let binary = Checkout.root.pushing(FilePath(".build/release/berkas")).string
        guard FileManager.default.fileExists(atPath: binary) else {
            // `.ci/run` builds it and calls the same check behind the tests.
            print("LEFT OUT: '\(binary)' is not built; 'make check-release' builds it and looks at it")
            let steps = try String(contentsOfFile: Checkout.root.pushing(FilePath(".ci/run")).string, encoding: .utf8)
            #expect(steps.contains("check-release"))
            return
        }
        let answer = try Tool.run(Self.check, [binary])
        #expect(answer.status == 0, "\(answer.errorText)")
    }

    @Test func `the check itself finds a program without any of it`() throws {
        guard Tool.isPresent("clang") else { return }
        let folder = Scratch.folder
        let source = folder.appending("lax.c").string
        try "int main(void) { return 0; }\n".write(toFile: source, atomically: true, encoding: .utf8)
        let lax = folder.appending("lax").string
        let flags = ["-no-pie", "-z", "execstack", "-Wl,-z,norelro", "-Wl,-z,lazy", "-Wl,-rpath,/tmp"]
        let made = try Tool.run("clang", [source, "-o", lax] + flags)
        try #require(made.status == 0, "\(made.errorText)")
        let answer = try Tool.run(Self.check, [lax])
        #expect(answer.status == 1)
        for word in ["GNU_RELRO", "BIND_NOW", "PIE", "FORTIFY", "RUNPATH", ".symtab", "a stack"] {
            #expect(answer.errorText.contains(word), "\(word) in \(answer.errorText)")
        }
        #expect(try Tool.run(Self.check, [folder.appending("absent").string]).status == 1)
    }
}
