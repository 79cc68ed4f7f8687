import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct OCFLValidateTests {
    /// Writes an object, or a root of them, as a program would that knows nothing of Berkas.
    private static let maker = """
        import hashlib, json, pathlib, sys
        def make(folder, identifier, files):
            manifest, state = {}, {}
            for name, data in files:
                path = folder / "v1/content" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                digest = hashlib.sha512(data).hexdigest()
                manifest[digest] = ["v1/content/" + name]
                state[digest] = [name]
            version = {"created": "2024-01-01T00:00:00Z", "message": "m", "state": state,
                "user": {"name": "x", "address": "mailto:x@example.org"}}
            inventory = json.dumps({"digestAlgorithm": "sha512", "head": "v1", "id": identifier, "manifest": manifest,
                "type": "https://ocfl.io/1.1/spec/#inventory", "versions": {"v1": version}}, indent=2).encode()
            for place in (folder, folder / "v1"):
                (place / "inventory.json").write_bytes(inventory)
                (place / "inventory.json.sha512").write_text(hashlib.sha512(inventory).hexdigest() + " inventory.json\\n")
            (folder / "0=ocfl_object_1.1").write_text("ocfl_object_1.1\\n")
        target, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
        make(target, "urn:sample", ((f"{i // 1000:03}/berkas-{i:06}.txt", b"%d" % i) for i in range(count)))
        """

    private func object(files: Int = 3, _ name: String = "objek") throws -> FilePath {
        let path = Scratch.folder.appending(name)
        let made = try Tool.run("python3", ["-c", Self.maker, path.string, "\(files)"])
        try #require(made.status == 0, "\(made.errorText)")
        return path
    }

    /// Runs the program where there is no archive home.
    private func berkas(_ words: String...) throws -> Answer {
        let environment = ["BERKAS_HOME": "/nonexistent"]
        let result = try Tool.run(
            try Checkout.binary.string,
            words,
            environment: environment,
            directory: Scratch.folder
        )
        return Answer(status: result.status, output: result.output, errors: result.errors)
    }

    @Test func `a valid object ends with 0 and one line that a person understands`() throws {
        let path = try object()
        let answer = try berkas("ocfl", "validate", path.string)
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(answer.lines.count == 1 && answer.errorText.isEmpty)
        #expect(answer.text.hasPrefix("valid: object of OCFL 1.1, 3 content files, "))
        #expect(answer.text.hasSuffix(" read, 0 errors, 0 warnings\n"))
        #expect(try berkas("ocfl", "validate", path.string, "--quiet").everything.isEmpty)
        #expect(
            try berkas("ocfl", "validate", path.appending("inventory.json").string).text.hasPrefix("valid: inventory")
        )
    }

    @Test func `common options stand anywhere`() throws {
        let path = try object().string
        for words in [
            ["--json", "ocfl", "validate", path], ["ocfl", "--json", "validate", path],
            ["ocfl", "validate", "--json", path], ["--home", "x", "ocfl", "validate", path, "--json"],
        ] {
            let result = try Tool.run(try Checkout.binary.string, words)
            #expect(result.status == 0, "\(words): \(result.errorText)")
            #expect(result.text.hasPrefix("{\"bytes\":"), "\(words)")
        }
    }

    @Test func `every fault is one line with code, place, what was found and expected, and the section`() throws {
        let path = try object()
        try Data("x".utf8).write(to: URL(fileURLWithPath: path.pushing("v1/content/000/berkas-000001.txt").string))
        try Data("x".utf8).write(to: URL(fileURLWithPath: path.appending("asing\n.txt").string))
        try FileManager.default.createDirectory(
            atPath: path.pushing("v1/lain").string,
            withIntermediateDirectories: false
        )
        let answer = try berkas("ocfl", "validate", path.string)
        #expect(answer.status == 5)
        #expect(answer.lines.count == 4, "\(answer.text)")
        #expect(
            answer.lines[0].hasPrefix("error E001 asing\\n.txt: found ") && answer.lines[0].hasSuffix("[OCFL 1.1, 3.1]")
        )
        #expect(answer.lines[1].hasPrefix("warning W002 v1 v1/lain: found a further folder; expected "))
        #expect(answer.lines[2].hasPrefix("error E092 v1 v1/content/000/berkas-000001.txt: found sha512 "))
        #expect(answer.lines[3].hasPrefix("invalid: object of OCFL 1.1, 3 content files, "))
        #expect(answer.lines[3].hasSuffix("2 errors, 1 warning"))

        let facts = try berkas("ocfl", "validate", path.string, "--json").facts()
        #expect(facts.map(\.kind) == ["ocfl-finding", "ocfl-finding", "ocfl-finding", "summary"])
        #expect(facts.map { $0.text("code") } == ["E001", "W002", "E092", nil])
        #expect(facts[2].text("found")?.contains(/sha512 [0-9a-f]{128} in 1 bytes/) == true)
        #expect(facts[2].text("link") == "https://ocfl.io/1.1/spec/#E092" && facts[2].text("version") == "v1")
        #expect(facts[3].number("errors") == 2 && facts[3].values["valid"] as? Bool == false)

        let quick = try berkas("ocfl", "validate", path.string, "--no-fixity", "--json").facts()
        #expect(quick.map { $0.text("code") } == ["E001", "W002", nil])
        let quiet = try berkas("ocfl", "validate", path.string, "-q")
        #expect(quiet.status == 5 && quiet.lines.count == 2)
    }

    @Test func `warnings alone end with 0`() throws {
        let path = try object()
        try FileManager.default.createDirectory(
            atPath: path.pushing("v1/lain").string,
            withIntermediateDirectories: false
        )
        let answer = try berkas("ocfl", "validate", path.string)
        #expect(answer.status == 0 && answer.lines.count == 2)
        #expect(answer.lines[1].hasPrefix("valid: ") && answer.lines[1].hasSuffix("0 errors, 1 warning"))
    }

    @Test func `what cannot be looked at ends with 1, wrong words with 64`() throws {
        let missing = try berkas("ocfl", "validate", "nowhere")
        #expect(missing.status == 1 && missing.text.isEmpty && missing.errorLines.count == 1)
        #expect(try berkas("ocfl", "validate").status == 64)
        #expect(try berkas("ocfl", "validate", "a", "b").status == 64)
        #expect(try berkas("ocfl", "validate", "a", "--fixity").status == 64)
        #expect(try berkas("ocfl").everything.contains("validate"))
        let path = try object()
        let deep = path.pushing("logs").string + String(repeating: "/d", count: 260)
        try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
        let unread = try berkas("ocfl", "validate", path.string)
        #expect(unread.status == 1)
        #expect(
            unread.text.hasPrefix("not looked at whole: ") && unread.errorText.contains("could not look at 'logs/d/")
        )
    }

    @Test func `nothing is written, whatever is found`() throws {
        let path = try object()
        try FileManager.default.removeItem(atPath: path.appending("inventory.json.sha512").string)
        let before = try TreeSnapshot.of(Scratch.folder)
        #expect(try berkas("ocfl", "validate", path.string).status == 5)
        #expect(try TreeSnapshot.of(Scratch.folder) == before)
    }

    @Test(arguments: ["objek/v1/content/pipa", "objek/pipa", "objek/inventory.json", "objek/0=ocfl_object_1.1", "pipa"])
    func `a FIFO is told and not waited on`(place: String) throws {
        _ = try object()
        let path = Scratch.folder.pushing(FilePath(place)).string
        try? FileManager.default.removeItem(atPath: path)
        try #require(Tool.run("mkfifo", [path]).status == 0)
        let words = ["ocfl", "validate", place == "pipa" ? path : Scratch.folder.appending("objek").string]
        let answer = try Tool.run(try Checkout.binary.string, words, killAfter: 20)
        #expect(answer.status == (place == "pipa" ? 1 : 5), "\(answer.text)\(answer.errorText)")
        if place != "pipa" { #expect(answer.text.contains("E089")) }
    }

    @Test func `an object of 100,000 files is validated in less than 100 MB`() throws {
        let path = try object(files: 100_000)
        let script = """
            import os, sys
            pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
            _, status, usage = os.wait4(pid, 0)
            print(usage.ru_maxrss // 1024, os.waitstatus_to_exitcode(status))
            """
        let words = ["-c", script, try Checkout.binary.string, "ocfl", "validate", path.string, "-q"]
        let result = try Tool.run("python3", words)
        let numbers = result.text.split(separator: " ").compactMap { Int($0.trimmingCharacters(in: .newlines)) }
        try #require(numbers.count == 2, "\(result.text)\(result.errorText)")
        #expect(numbers[1] == 0)
        #expect(numbers[0] < 100, "\(numbers[0]) MB")
        let size = try FileManager.default.attributesOfItem(atPath: path.appending("inventory.json").string)[.size]
        #expect((size as? NSNumber)?.intValue ?? 0 > 32_000_000)
    }
}
