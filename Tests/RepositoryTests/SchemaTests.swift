import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct SchemaTests {
    @Test
    func `what the program writes is what the published schemas say`() throws {
        guard let bin = try Tool.pythonPeer("jsonschema==4.26.0") else { return }
        let binary = try Checkout.binary.string
        let home = Scratch.folder.appending("home").string
        let batch = try BatchFolder(
            Scratch.folder.appending("batch"),
            [
                BatchFolder.Row("a.txt", "satu").labelled("x"), BatchFolder.Row("b.txt", "dua").labelled("x"),
                .init("c.txt", "tiga"),
            ]
        )
        #expect(try Tool.run(binary, ["init", home]).status == 0)
        #expect(try Tool.run(binary, ["--home", home, "ingest", batch.path.string]).status == 0)
        let foreign = """
            f="$(printf '%s/caf\\351.txt' "$2")"; printf isi > "$f"
            "$1" --home "$3" ingest "$f" --year 2024 --step 7 --type notulen
            """
        #expect(try Tool.run("sh", ["-c", foreign, "sh", binary, Scratch.folder.string, home]).status == 0)
        #expect(try Tool.run(binary, ["--home", home, "pack", "--year", "2024"]).status == 0)
        #expect(try Tool.run(binary, ["--home", home, "verify"]).status == 0)
        let script = """
            import json, sys, pathlib, jsonschema
            schemas, home = map(pathlib.Path, sys.argv[1:])
            def check(name, values):
                schema = json.loads((schemas / name).read_text())
                jsonschema.Draft202012Validator.check_schema(schema)
                validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
                count = 0
                for value in values:
                    validator.validate(value)
                    count += 1
                return count
            records = check("record.schema.json", (json.loads(p.read_text()) for p in (home / "store").rglob("record.json")))
            lines = (home / "ledger/events.jsonl").read_text().splitlines()
            events = check("ledger-event.schema.json", (json.loads(line) for line in lines))
            print(records, events)
            """
        let file = Scratch.folder.appending("check.py").string
        try script.write(toFile: file, atomically: true, encoding: .utf8)
        let schemas = Checkout.root.appending("Schemas").string
        let result = try Tool.run(bin.appending("python3").string, [file, schemas, home])
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.text == "4 10\n", "of these one for each ingest that names what was read")
    }

    @Test
    func `every line that a command prints for scripts is what the published schema says`() throws {
        let binary = try Checkout.binary.string
        let folder = Scratch.folder
        let home = folder.appending("home").string
        let rows = [
            BatchFolder.Row("a.txt", "satu").labelled("x"), .init("b.txt", "dua").labelled("x"), .init("c.txt", "tiga"),
        ]
        let batch = try BatchFolder(folder.appending("batch"), rows).path.string
        let broken = try BatchFolder(folder.appending("broken"), rows).path
        try Data("path,year,step,type,unit\nz.txt,1,x,y,Unit Lain\n".utf8)
            .write(to: URL(fileURLWithPath: broken.appending("intake.csv").string))
        let calls = [
            ["init", home], ["check", batch], ["ingest", batch], ["ingest", batch], ["ingest", broken.string], ["list"],
            ["show", "RKT-2024-0001"], ["history", "RKT-2024-0001"], ["search", "a*", "c"],
            ["search", "RKT", "--counts"],
            ["get", "RKT-2024-0001", "--to", folder.appending("out").string], ["pack", "--year", "2024"], ["verify"],
            ["ledger", "verify"], ["rebuild"],
        ]
        var lines = ""
        for call in calls { lines += try Tool.run(binary, call + ["--home", home, "--json"]).text }
        // Retention and holds, by a person of the sample's list.
        let people = "name,role,address\nSiti,arsiparis,\nBudi,pimpinan,\n"
        try people.write(toFile: home + "/policy/people.csv", atomically: true, encoding: .utf8)
        let sample = home + "/policy/retention/contoh.csv"
        func asked(_ person: String, _ words: String...) throws -> String {
            try Tool.run(binary, words + ["--home", home, "--json", "--as", person]).text
        }
        lines += try asked("Siti", "policy", "show") + asked("Siti", "policy", "diff")
        lines += try asked("Siti", "policy", "adopt", "--reason", "r") + asked("Siti", "person", "list")
        let simulated = try asked("Siti", "retention", "simulate", sample)
        let digest = try #require(simulated.firstMatch(of: /"digest":"([0-9a-f]{128})"/)?.output.1)
        lines += simulated
        lines += try asked(
            "Siti",
            "retention",
            "adopt",
            sample,
            "--authority",
            "CONTOH",
            "--simulation",
            String(digest)
        )
        lines += try asked("Siti", "classify", "RKT-2024-0001", "000.7.2.6")
        lines += try asked("Siti", "classify", "RKT-2024-0001", "000.7.2.6", "--reason", "r", "--confirm")
        let longerFile = folder.appending("lain.csv").string
        let longer = try String(contentsOfFile: sample, encoding: .utf8)
            .replacingOccurrences(of: "2 Tahun,3 Tahun", with: "9 Tahun,3 Tahun")
        try longer.write(toFile: longerFile, atomically: true, encoding: .utf8)
        lines += try asked(
            "Siti",
            "retention",
            "event",
            "document-date",
            "RKT-2024-0001",
            "--on",
            "2026-01-02",
            "--reason",
            "r"
        )
        lines += try asked("Siti", "retention", "simulate", longerFile)
        let history = try asked("Siti", "history", "RKT-2024-0001")
        let seq = try #require(history.matches(of: /"seq":([0-9]+)/).last?.output.1)
        lines += try asked("Siti", "retention", "event", "--correct", String(seq), "--withdraw", "--reason", "r")
        lines += try asked("Siti", "retention", "list") + asked("Siti", "retention", "explain", "RKT-2024-0001")
        lines += try asked("Siti", "retention", "show")
        let terms = [
            "--title", "t", "--mandate", "m", "--reason", "r", "--ordered-by", "o", "--ordered-on", "2026-01-02",
        ]
        for scope in [["--year", "2024"], ["--year", "1999"]] {
            let call = ["hold", "place"] + scope + terms + ["--home", home, "--json", "--as", "Siti"]
            lines += try Tool.run(binary, call).text
        }
        let numbers = lines.matches(of: /"hold":"(HOLD-[0-9]+-[0-9]+)"/).map { String($0.output.1) }
        let (used, unused) = (try #require(numbers.first), try #require(numbers.last))
        lines += try asked("Siti", "hold", "list") + asked("Siti", "hold", "show", used)
        lines += try asked("Siti", "retention", "list", "--held") + asked("Siti", "history")
        lines += try asked("Siti", "report", "retention-audit", "--year", "2024")
        let thisYear = String(used.split(separator: "-")[1])
        lines += try asked("Siti", "report", "retention-audit", "--year", thisYear)
        lines += try asked("Budi", "hold", "release", used, "--reason", "r", "--authority", "a")
        lines += try asked("Budi", "hold", "withdraw", unused, "--reason", "r")
        // Findings, too, and something that cannot be looked at.
        try Data("x".utf8).write(to: URL(fileURLWithPath: home + "/store/asing"))
        lines += try Tool.run(binary, ["verify", "--home", home, "--json"]).text
        // A bag, sound and spoiled.
        lines += try Tool.run(binary, ["bag", "validate", home + "/packages", "--json"]).text
        let package = try #require(
            try FileManager.default.contentsOfDirectory(atPath: home + "/packages").first { $0.hasSuffix(".tar") }
        )
        lines += try Tool.run(binary, ["bag", "validate", home + "/packages/" + package, "--json"]).text
        // The package in another home, twice.
        let other = folder.appending("lain").string
        lines += try Tool.run(binary, ["init", other, "--json"]).text
        for _ in 1...2 {
            let words = [
                "import", home + "/packages/" + package, "--home", other, "--json", "--as", "Arsiparis Contoh",
            ]
            lines += try Tool.run(binary, words).text
        }
        let deep = home + "/store/" + (1...260).map { _ in "d" }.joined(separator: "/")
        try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
        lines += try Tool.run(binary, ["--json", "ocfl", "validate", home + "/store"]).text
        guard let result = try PublishedSchema.check(lines) else { return }
        #expect(result.status == 0, "\(result.errorText)")
        let kinds: String = result.lines.joined(separator: " ") + "\n"
        #expect(
            kinds
                == "already-kept audit act audit answer audit item bag-finding classification alternative classified counts event"
                + " fault file finding hit hold hold placed hold released hold withdrawn home import imported kept known ocfl-finding package person policy policy adopted policy difference reading reading summary record"
                + " retention retention adopted retention audit retention change retention counting retention event"
                + " retention event corrected"
                + " retention explanation retention row retention schedule retention simulation search summary unread version"
                + " warning\n"
        )
    }

    @Test
    func `the shipped settings and procedure are what the published schemas say`() throws {
        guard let bin = try Tool.pythonPeer("check-jsonschema==0.39.0") else { return }
        let root = Checkout.root
        for (schema, file) in [("settings", "berkas.yaml"), ("procedure", "policy/sop-rkt.yaml")] {
            let result = try Tool.run(
                bin.appending("check-jsonschema").string,
                [
                    "--schemafile", root.appending("Schemas").appending("\(schema).schema.json").string,
                    root.appending("Archive").pushing(FilePath(file)).string,
                ]
            )
            #expect(result.status == 0, "\(result.text)\(result.errorText)")
        }
    }

    @Test
    func `every migration of the catalogue is one numbered file`() throws {
        let folder = Checkout.root.appending("Schemas").appending("catalogue").string
        // Beside them stands what all of them make together, which a test of the catalogue holds against them.
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { $0 != "whole.sql" }
        for (index, name) in names.enumerated() {
            #expect(name.hasPrefix(String(repeating: "0", count: 3 - String(index + 1).count) + "\(index + 1)-"))
            #expect(name.hasSuffix(".sql"))
        }
        #expect(!names.isEmpty)
    }
}
