import Foundation
import SystemPackage
import TestSupport
import Testing

/// `make clean` in a copy of the checkout: what a run made goes, and nothing else ever does.
@Suite(.scratch)
struct CleanTests {
    /// A copy of what the checkout has beside its sources, in which the sample batch is kept.
    private func checkout() throws -> Office {
        let folder = Scratch.folder.appending("salinan")
        try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        let archive = folder.appending("Archive")
        try FileManager.default.createDirectory(atPath: archive.string, withIntermediateDirectories: true)
        for part in [
            "Makefile", "Installation", "Archive/berkas.yaml", "Archive/intake", "Archive/policy", "Archive/templates",
        ] {
            try FileManager.default.copyItem(
                atPath: Checkout.root.pushing(FilePath(part)).string,
                toPath: folder.pushing(FilePath(part)).string
            )
        }
        let office = Office(folder: folder, home: archive)
        let kept = try office.berkas("ingest", "--quiet", "Archive/intake")
        try #require(kept.status == 0, "\(kept.everything)")
        try office.write("x", to: ".build/x")
        try office.write("catatan rapat\n", to: "coba/notulen.txt")
        return office
    }

    private func clean(_ office: Office) throws -> ToolResult {
        try Tool.run("make", ["--no-print-directory", "clean"], directory: office.folder)
    }

    @Test func `the bytes of the sample are those that the list names`() throws {
        let intake = Checkout.root.appending("Archive").appending("intake").string
        let list = try String(
            contentsOfFile: Checkout.root.appending("Installation").appending("sample.sha512").string,
            encoding: .utf8
        )
        let checked = try Tool.run(
            "bash",
            ["-c", "grep -v -e '^#' -e '  notulen.txt$' <<<\"$LIST\" | sha512sum --check --quiet --strict"],
            environment: ["LIST": list],
            directory: FilePath(intake)
        )
        #expect(checked.status == 0, "\(checked.text) \(checked.errorText)")
        let walker = try #require(FileManager.default.enumerator(atPath: intake))
        for case let path as String in walker where path.contains(".") && path != "intake.csv" {
            #expect(list.contains("  \(path)\n"), "\(path)")
        }
    }

    @Test func `what a run and the tour made goes, and the checkout is as it was cloned`() throws {
        let office = try checkout()
        // The texts of policies that the run kept go with what it made.
        let before = try ["Archive/intake", "Archive/policy", "Archive/templates"].map {
            try TreeSnapshot.of(office.path($0)).filter { !$0.key.hasPrefix("history") }
        }
        let person = ["--as", "Arsiparis Contoh"]
        let paper = ["ingest", "coba/notulen.txt", "--year", "2024", "--step", "7", "--type", "notulen"]
        let hold = [
            "hold", "place", "--year", "2024", "--title", "Pemeriksaan", "--mandate", "ST 12/2026", "--reason", "r",
            "--ordered-by", "Inspektorat", "--ordered-on", "2026-11-20",
        ]
        for call in [
            paper + person, ["pack", "--year", "2023"], ["pack", "--year", "2023", "--to", "coba/RKT-2023.zip"],
            ["init", "coba/arsip-lain", "--office", "Kantor Lain"],
            ["--home", "coba/arsip-lain", "import", "coba/RKT-2023.zip"] + person, hold + person, ["ledger", "close"],
            ["receive", "2024"] + person, ["report", "sakip", "--to", "coba/sakip.html"], ["verify"],
        ] {
            let answer = try office.berkas(call)
            #expect(answer.status == 0, "\(call): \(answer.everything)")
        }
        let schedule = "Archive/policy/retention/contoh.csv"
        let simulated = try office.berkas("retention", "simulate", schedule, "--json").text
        let digest = try #require(simulated.firstMatch(of: /"digest":"([0-9a-f]{128})"/)?.output.1)
        let adopt = ["retention", "adopt", schedule, "--authority", "CONTOH", "--simulation", String(digest)]
        #expect(try office.berkas(adopt + person).status == 0)
        let cleaned = try clean(office)
        #expect(cleaned.status == 0, "\(cleaned.errorText)")
        let left = try FileManager.default.contentsOfDirectory(atPath: office.folder.string).sorted()
        #expect(left == ["Archive", "Installation", "Makefile"])
        let home = try FileManager.default.contentsOfDirectory(atPath: office.home.string).sorted()
        #expect(home == ["berkas.yaml", "intake", "policy", "templates"])
        let after = try ["Archive/intake", "Archive/policy", "Archive/templates"].map {
            try TreeSnapshot.of(office.path($0))
        }
        #expect(after == before)
        // A second time there is nothing to do.
        #expect(try clean(office).status == 0)
    }

    @Test(arguments: ["record", "act", "package", "link", "line", "other home", "lone store"])
    func `an archive with anything else in it is left alone, and all the rest with it`(_ kind: String) throws {
        let office = try checkout()
        let record = ["ingest", "rahasia.txt", "--year", "2024", "--step", "7", "--type", "notulen"]
        try office.write("rahasia", to: "rahasia.txt")
        let named: String
        switch kind {
        case "record":
            try #require(office.berkas(record + ["--as", "Arsiparis Contoh"]).status == 0)
            named = "rahasia.txt is not of the sample"
        case "act":
            let people = try String(contentsOfFile: office.path("Archive/policy/people.csv").string, encoding: .utf8)
            try office.write(people + "Rani,arsiparis,,\n", to: "Archive/policy/people.csv")
            let place = [
                "hold", "place", "--year", "2024", "--title", "Pemeriksaan", "--mandate", "ST 12/2026", "--reason", "r",
                "--ordered-by", "Inspektorat", "--ordered-on", "2026-11-20", "--as", "Rani",
            ]
            try office.adoptPolicies(as: "Rani")
            try #require(office.berkas(place).status == 0)
            named = "\"hold placed\" by \"Rani\""
        case "package":
            try office.write("dari luar", to: "Archive/packages/luar.tar")
            named = "luar.tar is no package of this archive"
        case "link":
            try FileManager.default.createSymbolicLink(
                atPath: office.path("Archive/derived").string,
                withDestinationPath: office.folder.string
            )
            named = "Archive/derived is a link"
        case "line":
            let log = office.path("Archive/ledger/events.jsonl")
            let lines = try String(contentsOfFile: log.string, encoding: .utf8)
            // What only looks as if it were of the sample, in the detail of an event that is not.
            let forged =
                "{\"actor\":\"Rani\",\"detail\":{\"x\":\",\\\"event\\\":\\\"packing\\\",\\\"seq\\\":1\"},"
                + "\"event\":\"hold placed\",\"seq\":99,\"time\":\"2026-11-30T05:10:12+08:00\"}\n"
            try office.write(lines + forged, to: "Archive/ledger/events.jsonl")
            named = "line 99, \"hold placed\" by \"Rani\""
        case "other home":
            try #require(office.berkas("init", "coba/arsip-kantor", "--office", "Kantor").status == 0)
            try #require(office.berkas(["--home", "coba/arsip-kantor"] + record).status == 0)
            named = "rahasia.txt is not of the sample"
        default:
            try office.write("rahasia", to: "coba/lain/store/a/b/c/x/v1/content/files/a.txt")
            named = "a.txt is not of the sample"
        }
        let before = try TreeSnapshot.of(office.folder)
        let answer = try clean(office)
        #expect(answer.status != 0)
        #expect(answer.errorText.contains(named), "\(answer.errorText)")
        #expect(answer.errorText.contains("nothing was removed") && answer.errorText.contains("cp -a Archive"))
        #expect(try TreeSnapshot.of(office.folder) == before)
    }

    @Test func `nothing is removed under a command that is at work`() throws {
        let office = try checkout()
        let answer = try Tool.run(
            "flock",
            [
                office.home.appending(".lock").string, "make", "--no-print-directory", "-C", office.folder.string,
                "clean",
            ]
        )
        #expect(answer.status != 0)
        #expect(answer.errorText.contains("a command is at work in Archive"), "\(answer.errorText)")
        #expect(try office.berkas("verify").status == 0)
    }
}
