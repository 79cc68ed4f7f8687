import Foundation
import SystemPackage
import TestSupport
import Testing

/// Where options stand, where the home is found, and how much is said.
@Suite(.scratch)
struct OptionTests {
    private func officeWithTwo() throws -> Office {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("dua", count: 2).string, "-q").status == 0)
        return office
    }

    @Test func `common options stand before and behind the command's name`() throws {
        let office = try officeWithTwo()
        let wanted = try office.berkas("list", "--json").output
        let calls = [
            ["--json", "list"], ["--home", "Arsip", "--json", "list"], ["--json", "list", "--home=Arsip"],
            ["--home=Arsip", "list", "--json"], ["list", "--json", "--year", "2024"],
        ]
        for call in calls {
            let answer = try office.berkas(call)
            #expect(answer.status == 0, "\(call): \(answer.errorText)")
            #expect(answer.output == wanted, "\(call)")
        }
        for call in [["--json", "ledger", "verify"], ["ledger", "--json", "verify"], ["ledger", "verify", "--json"]] {
            let answer = try office.berkas(call)
            #expect(answer.status == 0, "\(call): \(answer.errorText)")
            #expect(try answer.facts().map(\.kind) == ["summary"], "\(call)")
        }
    }

    @Test func `an option may stand among the words of a search`() throws {
        let office = try officeWithTwo()
        let answer = try office.berkas("search", "berkas", "--json", "1")
        #expect(answer.status == 0)
        #expect(try answer.facts("hit").count == 1)
    }

    @Test func `the home is the option's, else the variable's, else the nearest Archive`() throws {
        let office = try officeWithTwo()
        let other = try Office.founded(named: "proyek/Archive")
        try #require(other.berkas("ingest", try office.batch("satu", count: 1).string, "-q").status == 0)
        let deep = office.path("proyek/a/b c")
        try FileManager.default.createDirectory(atPath: deep.string, withIntermediateDirectories: true)

        func count(_ words: [String], _ home: String, from place: FilePath) throws -> Int {
            try office.berkas(["list", "--json"] + words, environment: ["BERKAS_HOME": home], from: place).lines.count
        }
        #expect(try count([], "", from: deep) == 1)
        #expect(try count([], "", from: other.home) == 1)
        #expect(try count([], "", from: other.home.appending("store")) == 1)
        #expect(try count([], office.home.string, from: deep) == 2)
        #expect(try count(["--home", other.home.string], office.home.string, from: deep) == 1)
        #expect(try count(["--home", "../../../Arsip"], "", from: deep) == 2)
    }

    @Test func `an empty variable counts as none`() throws {
        let office = Office(folder: Scratch.folder, home: "")
        let made = try office.berkas("init")
        #expect(made.status == 0, "\(made.errorText)")
        #expect(FileManager.default.fileExists(atPath: office.path("Archive/berkas.yaml").string))
    }

    @Test func `the person is the option's, else the variable's`() throws {
        let office = try officeWithTwo()
        let batch = try office.batch("tiga", count: 3).string
        #expect(try office.berkas("--as", "Budi \"B\" Ünal", "ingest", batch, "-q").status == 0)
        let events = try office.berkas("history", "RKT-2024-0003", "--json").facts()
        #expect(events.map { $0.text("actor") } == ["Budi \"B\" Ünal"])
        let first = try office.berkas("history", "RKT-2024-0001", "--json").facts()
        #expect(first.map { $0.text("actor") } == ["Siti Arsiparis"])
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `quiet says nothing of success and everything of faults`() throws {
        let office = try officeWithTwo()
        let good = try office.batch("baik", count: 2).string
        for call in [
            ["list"], ["verify"], ["show", "RKT-2024-0001"], ["search", "berkas"], ["ingest", good], ["rebuild"],
        ] {
            let answer = try office.berkas(call + ["--quiet"])
            #expect(answer.status == 0, "\(call)")
            #expect(answer.everything.isEmpty, "\(call): \(answer.everything)")
        }
        let bad = try office.batch("buruk", "path,year,step,type\ntiada.txt,2024,1,disposisi\n").string
        for command in ["ingest", "check"] {
            let answer = try office.berkas(command, "--quiet", bad)
            #expect(answer.status == 1)
            #expect(answer.everything.contains("tiada.txt"), "\(command)")
        }
    }

    @Test func `a reader that goes away is no fault`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("banyak", count: 60).string, "-q").status == 0)
        for command in ["list", "list --json", "search berkas --json", "history RKT-2024-0001"] {
            let script =
                "set -o pipefail; for i in 1 2 3 4 5; do \"$BERKAS\" \(command) | head -n 1 >/dev/null || exit; done"
            let run = try office.shell(script)
            #expect(run.status == 0, "\(command)")
            #expect(!run.errorText.contains("ipe"), "\(run.errorText)")
        }
        // A pipe that nobody reads, closed before the first byte.
        #expect(try office.shell("\"$BERKAS\" ingest banyak > >(exec true)").status == 0)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `words that are wrong end with 64 and say which`() throws {
        let office = try officeWithTwo()
        let calls: [([String], String)] = [
            (["list", "--warna"], "--warna"), (["frobnicate"], "frobnicate"), (["list", "lebih"], "lebih"),
            (["list", "--year", "x"], "x"), (["show"], "id"), (["show", "bukan-nomor"], "bukan-nomor"),
            (["show", "RKT-2024-0001@9"], "RKT-2024-0001@9"), (["get", "RKT-2024-0001"], "--to"),
            (["get", "--to", "keluar"], "--year"), (["search"], "words"), (["pack"], "--year"), (["ingest"], "batch"),
            (["ingest", "a", "b"], "--year"), (["ingest", "a", "--year", "2024"], "--step"),
            (["--bogus", "list"], "--bogus"),
            (["pack", "RKT-2024-0001@v1"], "@vN"), (["search", "x", "--limit", "0"], "--limit"),
        ]
        for (call, word) in calls {
            let answer = try office.berkas(call)
            #expect(answer.status == 64, "\(call)")
            #expect(answer.errorText.contains(word), "\(call): \(answer.errorText)")
            #expect(answer.output.isEmpty, "\(call)")
        }
    }

    @Test func `help names the exit statuses, for the program and for every command`() throws {
        let office = try Office.founded()
        let commands = [
            "", "init", "check", "ingest", "list", "show", "history", "search", "get", "verify", "pack", "prove",
            "rebuild",
            "ledger checkpoint", "ledger key", "ledger offer", "ledger accept", "ledger stamp", "witness key",
            "witness sign",
            "ledger verify", "bag validate", "ocfl validate", "import", "report", "report retention-audit",
            "loan", "loan out", "loan back", "loan list", "today", "report dossier-list", "report contents-list",
            "report active-list", "report inactive-list", "report conversion-minutes", "report conversion-list",
            "report labels", "report cover", "report sakip", "report loan-form", "report out-indicator",
            "clock show", "clock confirm", "disposal propose", "disposal show", "disposal object", "rehearse",
        ]
        for command in commands {
            let help = try office.berkas(command.split(separator: " ").map(String.init) + ["--help"])
            #expect(help.status == 0, "\(command)")
            #expect(help.text.contains("EXIT STATUS"), "'\(command) --help' prints: \(help.everything.prefix(80))")
            let statuses = ["0", "1", "3", "4", "5", "6", "64", "130"]
            let unnamed = statuses.filter { !help.text.contains("  \($0) ") }
            #expect(unnamed.isEmpty, "\(command)")
        }
        let version = try office.berkas("--version")
        #expect(version.status == 0 && version.errorText.isEmpty)
        let form = /(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){2}\n/
        #expect(version.text.wholeMatch(of: form) != nil, "\(version.text)")
        // The newest version that the list of changes speaks of is the one that the program says.
        let changes = try String(contentsOfFile: Checkout.root.appending("CHANGELOG.md").string, encoding: .utf8)
        let newest = try #require(changes.firstMatch(of: /\n## ([0-9]+\.[0-9]+\.[0-9]+)/)?.output.1)
        #expect(version.text == newest + "\n")
        #expect(try office.berkas().everything.contains("ingest"))
        #expect(try office.berkas("help", "ingest").text.contains("--dry-run"))
        #expect(try office.berkas("ledger").everything.contains("verify"))
    }

    @Test func `a record that is not there ends with 1 and one line`() throws {
        let office = try officeWithTwo()
        let calls = [
            ["show", "RKT-2024-9999"], ["history", "RKT-2024-9999"], ["get", "RKT-2024-9999", "--to", "keluar"],
            ["verify", "RKT-2024-9999"], ["pack", "RKT-2024-9999"], ["prove", "RKT-2024-9999", "--to", "keluar"],
            ["show", "RKT-2024-0001@v9"],
            ["history", "RKT-2024-0001@v9"], ["get", "RKT-2024-0001@v9", "--to", "keluar"],
            ["get", "--year", "1999", "--to", "keluar"], ["pack", "--year", "1999"], ["show", "ABC-2024-0001"],
        ]
        for call in calls {
            let answer = try office.berkas(call)
            #expect(answer.status == 1, "\(call)")
            #expect(answer.errorLines.count == 1, "\(call): \(answer.errorText)")
            #expect(answer.output.isEmpty, "\(call)")
        }
    }

    @Test func `of several records the missing one is named and the others are shown`() throws {
        let office = try officeWithTwo()
        let answer = try office.berkas("show", "RKT-2024-0001", "RKT-2024-9999", "RKT-2024-0002", "--json")
        #expect(answer.status == 3)
        #expect(try answer.facts("record").compactMap { $0.text("id") } == ["RKT-2024-0001", "RKT-2024-0002"])
        #expect(answer.errorText.contains("RKT-2024-9999"))
    }
}
