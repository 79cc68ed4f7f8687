import Foundation
import SystemPackage
import TestSupport
import Testing

/// Requirements that hold for the whole program rather than for one command.
@Suite(.scratch)
struct RequirementTests {
    private func office() throws -> Office {
        let office = try RetentionTests.office()
        try #require(RetentionTests.adopt(in: office).status == 0)
        return office
    }

    @Test func `R12 every date that a command prints has a year of four digits`() throws {
        let office = try office()
        let calls = [
            ["list"], ["show", "RKT-2024-0001"], ["history"], ["search", "rencana"], ["retention", "list"],
            ["retention", "explain", "RKT-2024-0001"], ["retention", "show"], ["hold", "list"],
            ["report", "retention-audit", "--year", "2026", "--as", "Siti"],
        ]
        for call in calls {
            for form in [[], ["--json"]] {
                let answer = try office.berkas(call + form)
                #expect(answer.status == 0, "\(call): \(answer.errorText)")
                // A date with a year of another length: digits, hyphen, month, hyphen, day.
                let short = answer.text.matches(of: /[ \"(:,][0-9]{1,3}-[0-9]{2}-[0-9]{2}(?![0-9-])/)
                #expect(short.isEmpty, "\(call): \(short.map { $0.output })")
                #expect(answer.text.matches(of: /[0-9]{1,2}\/[0-9]{1,2}\/[0-9]{2}(?![0-9])/).isEmpty, "\(call)")
            }
        }
    }

    @Test func `R19 the day that starts the clock is taken back by those who may only, and the dates are as before`()
        throws
    {
        let office = try office()
        try #require(
            office.berkas("classify", "RKT-2024-0002", "000.7.2.7", "--reason", "PK", "--confirm", "--by", "Siti")
                .status == 0
        )
        let before = try office.berkas("retention", "list", "--json").text
        let happened = [
            "retention", "event", "no-longer-valid", "RKT-2024-0002", "--on", "2025-01-02", "--reason", "r",
        ]
        try #require(office.berkas(happened + ["--as", "Siti"]).status == 0)
        let started = try office.berkas("retention", "list", "--json").text
        #expect(started != before)
        let seq = try #require(
            try office.berkas("history", "--event", "retention trigger", "--json").facts().last?.number("seq")
        )
        let back = ["retention", "event", "--correct", String(seq), "--withdraw", "--reason", "keliru", "--as"]
        #expect(try office.berkas(back + ["Rani"]).status == 4)
        #expect(try office.berkas("retention", "list", "--json").text == started)
        #expect(try office.berkas(back + ["Siti"]).status == 0)
        #expect(try office.berkas("retention", "list", "--json").text == before)
        #expect(try office.berkas("history", "RKT-2024-0002").text.contains("2025-01-02"))
    }

    @Test func `R40 R42 retention runs on under a hold, what is held is not altered, and release destroys nothing`()
        throws
    {
        let office = try office()
        let due = try office.berkas("retention", "list", "--json", "--as-of", "2026-11-24").facts("retention")
        let store = try office.truth().filter { $0.key.hasPrefix("store/") }
        let place = ["hold", "place", "--year", "2024", "--title", "t", "--mandate", "m", "--reason", "r"]
        let order = ["--ordered-by", "o", "--ordered-on", "2026-01-02", "--as", "Siti"]
        let placed = try office.berkas(place + order)
        let hold = String(try #require(placed.text.firstMatch(of: /HOLD-[0-9]+-[0-9]+/)?.output))
        let held = try office.berkas("retention", "list", "--json", "--as-of", "2026-11-24").facts("retention")
        for (free, under) in zip(due, held) {
            for name in ["id", "phase", "due", "action", "start"] { #expect(free.text(name) == under.text(name)) }
            #expect(under.values["holds"] as? [String] == [hold])
        }
        #expect(due.contains { $0.text("phase") == "due" })
        #expect(try office.truth().filter { $0.key.hasPrefix("store/") } == store)
        let release = ["hold", "release", hold, "--reason", "selesai", "--authority", "LHP 3", "--as", "Budi"]
        try #require(office.berkas(release).status == 0)
        let after = try office.berkas("retention", "list", "--json", "--as-of", "2026-11-24")
        #expect(try after.facts("retention").map { $0.text("due") } == due.map { $0.text("due") })
        #expect(try office.truth().filter { $0.key.hasPrefix("store/") } == store)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `R45 each act is an event with its kind, its time, its object and its person`() throws {
        let office = try office()
        let place = ["hold", "place", "--year", "2024", "--title", "t", "--mandate", "m", "--reason", "r"]
        let order = ["--ordered-by", "o", "--ordered-on", "2026-01-02", "--as", "Siti"]
        let classify = ["classify", "RKT-2024-0002", "000.7.2.7", "--reason", "PK", "--confirm", "--by", "Siti"]
        let happened = ["--on", "2025-01-02", "--reason", "r", "--as", "Siti"]
        // What is done, the event that tells of it, and what it is done to.
        let matrix: [(call: [String], event: String, object: String?)] = [
            (classify, "classification", "RKT-2024-0002"),
            (
                ["retention", "event", "no-longer-valid", "RKT-2024-0002"] + happened, "retention trigger",
                "RKT-2024-0002"
            ),
            (place + order, "hold placed", nil),
            (
                ["hold", "release", "HOLD-2026-0001", "--reason", "r", "--authority", "a", "--as", "Budi"],
                "hold released", nil
            ),
            (["pack", "RKT-2024-0001"], "packing", nil), (["verify"], "fixity check", nil),
            (["classify", "RKT-2024-0002", "1.2", "--confirm", "--by", "Rani"], "refusal", "RKT-2024-0002"),
        ]
        let year = try #require(try office.berkas("history", "--json").facts().first?.text("time")?.prefix(4))
        for (call, event, object) in matrix {
            let words = call.map { $0.replacingOccurrences(of: "HOLD-2026", with: "HOLD-\(year)") }
            let before = try office.berkas("history", "--event", event, "--json").facts().count
            _ = try office.berkas(words)
            let after = try office.berkas("history", "--event", event, "--json").facts()
            #expect(after.count == before + 1, "\(call)")
            let last = try #require(after.last)
            #expect(last.text("time")?.hasPrefix(year) == true)
            #expect(last.text("actor")?.isEmpty == false)
            #expect(last.text("record") == object, "\(call)")
        }
        for kind in ["creation", "ingestion", "retention schedule adopted", "hold applied"] {
            #expect(try !office.berkas("history", "--event", kind, "--json").facts().isEmpty, "\(kind)")
        }
    }

    @Test func `R46 one byte of the ledger changed is found, and the entry is named`() throws {
        let office = try office()
        let file = office.home.appending("ledger").appending("events.jsonl").string
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let lines = text.split(separator: "\n")
        let place = try #require(lines.firstIndex { $0.contains("retention schedule adopted") })
        try text.replacingOccurrences(of: "Perbup 1/2026", with: "Perbup 2/2026").write(
            toFile: file,
            atomically: true,
            encoding: .utf8
        )
        for call in [["ledger", "verify"], ["verify"]] {
            let answer = try office.berkas(call)
            #expect(answer.status == 5)
            #expect(answer.everything.contains("line \(place + 1)"), "\(answer.everything)")
        }
    }

    @Test func `R47 a record's own history is what a filter of the whole log gives`() throws {
        let office = try office()
        let choose = ["classify", "RKT-2024-0002", "000.7.2.7", "--reason", "PK", "--confirm", "--by"]
        for person in ["Rani", "Siti"] { _ = try office.berkas(choose + [person]) }
        let whole = try office.berkas("history", "--json").lines
        #expect(whole.count > 5)
        for id in ["RKT-2024-0001", "RKT-2024-0002"] {
            let own = try office.berkas("history", id, "--json").lines
            #expect(own == whole.filter { $0.contains("\"record\":\"\(id)\"") })
        }
    }

    @Test func `R50 the log is reported by person, object and time, and CSV and JSON tell the same`() throws {
        let office = try office()
        try #require(
            office.berkas(
                "classify",
                "RKT-2024-0002",
                "000.7.2.7",
                "--reason",
                "=1+1, \"x\"",
                "--confirm",
                "--by",
                "Siti"
            )
            .status == 0
        )
        let calls = [
            [], ["RKT-2024-0002"], ["--by", "SITI"], ["--event", "classification"], ["--from", "2000-01-01"],
        ]
        for call in calls {
            let json = try office.berkas(["history", "--json"] + call).facts("event")
            let csv = try office.berkas(["history", "--csv"] + call)
            let rows = csv.lines.dropFirst()
            #expect(csv.lines.first == "seq,time,actor,event,record,version,detail,account,uid,host,sure")
            #expect(!json.isEmpty && rows.count == json.count, "\(call)")
            for (row, fact) in zip(rows, json) {
                let start = [
                    fact.number("seq").map(String.init) ?? "", fact.text("time") ?? "", fact.text("actor") ?? "",
                    fact.text("event") ?? "", fact.text("record") ?? "", fact.number("version").map(String.init) ?? "",
                ]
                #expect(row.hasPrefix(start.map { "\"\($0)\"" }.joined(separator: ",") + ","))
            }
        }
        #expect(
            try office.berkas("history", "--by", "Siti", "--json").facts().allSatisfy { $0.text("actor") == "Siti" }
        )
        #expect(try office.berkas("history", "--until", "2000-01-01", "--json").lines.isEmpty)
        #expect(try office.berkas("history", "--csv", "--json").status == 64)
        // Read back by another reader of CSV, the detail is the JSON that the ledger has.
        let script = """
            "$BERKAS" history --csv > semua.csv && "$BERKAS" history --json > semua.jsonl && python3 -c "
            import csv, json
            rows = list(csv.DictReader(open('semua.csv', newline='')))
            facts = [json.loads(line) for line in open('semua.jsonl')]
            assert len(rows) == len(facts)
            for row, fact in zip(rows, facts):
                assert json.loads(row['detail']) == fact['detail'] and int(row['seq']) == fact['seq']
            "
            """
        let read = try office.shell(script)
        #expect(read.status == 0, "\(read.errorText)")
    }

    @Test func `R50 a person whose name is a formula is no formula in a spreadsheet`() throws {
        let office = try office()
        try office.write("e", to: "e.txt")
        let words = ["ingest", "e.txt", "--year", "2024", "--step", "10", "--type", "rkt", "--as", "=HYPERLINK(1)"]
        try #require(office.berkas(words).status == 0)
        #expect(try office.berkas("history", "--csv").text.contains("\"'=HYPERLINK(1)\""))
    }

    @Test(arguments: ["\u{FF1D}1+1", "\u{2212}1+1", "|calc", "%1", "\"=1+1", "\u{201C}=1+1", "@sum"])
    func `R50 a formula in disguise is guarded in the history as on every paper`(_ name: String) throws {
        let office = try office()
        try office.write("e", to: "e.txt")
        let words = ["ingest", "e.txt", "--year", "2024", "--step", "10", "--type", "rkt", "--as", name]
        try #require(office.berkas(words).status == 0)
        let cell = "\"'" + name.replacing("\"", with: "\"\"") + "\""
        let answer = try office.berkas("history", "--csv")
        #expect(answer.text.contains(",\(cell),"), "\(answer.text)")
    }

    @Test func `R50 what turns the reading round is escaped in the history's table, and its detail stays JSON`() throws
    {
        let office = try office()
        let reason = "aman\u{202E}fdp.exe\u{2028}\u{E0041}, \u{1F5C4} arsip é"
        let words = ["classify", "RKT-2024-0002", "000.7.2.7", "--reason", reason, "--confirm", "--as", "Siti"]
        let classified = try office.berkas(words)
        try #require(classified.status == 0, "\(classified.everything)")
        let script = """
            "$BERKAS" history --csv --event classification > arah.csv && "$BERKAS" history --json > arah.jsonl && python3 -c "
            import csv, json
            rows = list(csv.DictReader(open('arah.csv', newline='')))
            facts = [json.loads(line) for line in open('arah.jsonl')]
            facts = [fact for fact in facts if fact['event'] == 'classification']
            assert len(rows) == 1 and json.loads(rows[0]['detail']) == facts[0]['detail']
            text = open('arah.csv').read()
            assert not any(sign in text for sign in ['\\u202e', '\\u2028', chr(0xE0041)])
            assert chr(0x1F5C4) in text and 'é' in text
            "
            """
        let read = try office.shell(script)
        #expect(read.status == 0, "\(read.errorText)")
    }

    @Test func `R54 what was declared is not changed: other bytes are a version, another description changes nothing`()
        throws
    {
        let office = try office()
        let truth = try office.truth()
        let store = truth.filter { $0.key.hasPrefix("store/") }
        // The same bytes under another title: kept already, and the title stays.
        let manifest =
            "path,year,step,type,title,date,classification\na.txt,2024,10,rkt,Judul lain,2020-02-29,000.7.2.6\n"
        let again = try office.batch("lagi", manifest, files: ["a.txt": "a.txt"])
        let answer = try office.berkas("ingest", again.string)
        #expect(answer.everything.contains("title"), "\(answer.everything)")
        #expect(try office.truth().filter { $0.key.hasPrefix("store/") } == store)
        #expect(try office.berkas("show", "RKT-2024-0001").text.contains("Rencana"))
        // A code chosen later stands in the ledger; record.json stays to the letter.
        // It was kept for ever, so that it takes two persons.
        let people = String(decoding: try office.content("policy/people.csv"), as: UTF8.self)
        try office.write(people + "Kiki,kasubbag,\n", to: "Arsip/policy/people.csv")
        try office.adoptPolicies(as: "Budi")
        let choose = ["classify", "RKT-2024-0001", "000.7.2.7", "--reason", "PK", "--confirm", "--by"]
        try #require(office.berkas(choose + ["Siti"]).status == 3)
        try #require(office.berkas(choose + ["Kiki"]).status == 0)
        #expect(try office.truth().filter { $0.key.hasPrefix("store/") } == store)
        #expect(try office.berkas("verify").status == 0)
    }
}
