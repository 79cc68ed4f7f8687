import Foundation
import SystemPackage
import TestSupport
import Testing

/// `berkas repair`: what can be proven is put right, what cannot is named with a command, nothing is invented.
@Suite(.scratch)
struct RepairTests {
    /// What is done to a home, by a shell that knows `$O` and `$P` (two objects), and which part of a repair it needs.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: String
        let area: String

        init(_ what: String, _ script: String, _ area: String) {
            testDescription = what
            self.script = script
            self.area = area
        }
    }

    static let repairable = [
        Damage("a torn last line", "printf '{\"actor\"' >> Arsip/ledger/events.jsonl", "ledger"),
        Damage("zeros behind the log", "truncate -s +5000 Arsip/ledger/events.jsonl", "ledger"),
        Damage("a large hole behind the log", "truncate -s +40M Arsip/ledger/events.jsonl", "ledger"),
        Damage("a log cut behind a line", "sed -i '$d' Arsip/ledger/events.jsonl", "ledger"),
        Damage("a log cut within a line", "truncate -s -20 Arsip/ledger/events.jsonl", "ledger"),
        Damage("a line edited", "sed -i '2s/Siti/Susi/' Arsip/ledger/events.jsonl", "ledger"),
        Damage("a line removed", "sed -i 2d Arsip/ledger/events.jsonl", "ledger"),
        Damage("two lines swapped", "sed -i '2{h;d};3G' Arsip/ledger/events.jsonl", "ledger"),
        Damage("an emptied log", ": > Arsip/ledger/events.jsonl", "ledger"),
        Damage("a log that is gone", "rm Arsip/ledger/events.jsonl", "ledger"),
        Damage("leaf hashes that are gone", "rm Arsip/ledger/leaves", "ledger"),
        Damage("leaf hashes cut", "truncate -s -40 Arsip/ledger/leaves", "ledger"),
        Damage("leaf hashes too long", "truncate -s +64 Arsip/ledger/leaves", "ledger"),
        Damage("leaf hashes changed", "dd if=/dev/zero of=Arsip/ledger/leaves bs=1 count=5 conv=notrunc", "ledger"),
        Damage(
            "log cut and leaf hashes gone",
            "sed -i '$d' Arsip/ledger/events.jsonl; rm Arsip/ledger/leaves",
            "ledger"
        ),
        Damage("a checkpoint that is gone", "rm Arsip/ledger/checkpoint", "ledger"),
        Damage("a checkpoint that is none", "echo x > Arsip/ledger/checkpoint", "ledger"),
        Damage("an old checkpoint", "cp lama/checkpoint Arsip/ledger/checkpoint", "ledger"),
        Damage("old leaf hashes", "cp lama/leaves Arsip/ledger/leaves", "ledger"),
        Damage("old leaf hashes and an old checkpoint", "cp lama/leaves lama/checkpoint Arsip/ledger/", "ledger"),
        Damage(
            "a half replacement",
            "echo x > Arsip/ledger/checkpoint.new; echo x > Arsip/ledger/leaves.new",
            "ledger"
        ),
        Damage("stray staging", "mkdir -p Arsip/staging/sisa; echo x > Arsip/staging/sisa/a", "staging"),
        Damage("unfinished work", "mkdir -p Arsip/staging/work/objects/0; echo x > Arsip/staging/work/a", "staging"),
        Damage("strangers", "touch Arsip/store/.DS_Store $O/Thumbs.db Arsip/ledger/desktop.ini", "strangers"),
        Damage("texts of policies that are gone", "rm -r Arsip/policy/history", "policy"),
        Damage(
            "a text of a policy changed",
            "for f in Arsip/policy/history/*.roles.csv; do echo x >> $f; done",
            "policy"
        ),
        Damage("a package without its digest", "rm Arsip/packages/*.sha512", "packages"),
        Damage("a package with another digest", "sed -i 's/^./x/' Arsip/packages/*.sha512", "packages"),
        Damage("a package that the ledger does not name", "echo x > Arsip/packages/lain.tar", "packages"),
        Damage(
            "an object that the ledger does not name",
            "mkdir -p Arsip/store/fff/fff; cp -a $O Arsip/store/fff/fff/x",
            "store"
        ),
        Damage("a version that the ledger does not name", "cp -a $O/v1 $O/v3", "store"),
        Damage(
            "a version that the ledger does not name, with its inventory",
            "mv $O/inventory.json* . && cp -a $P/inventory.json* $O/",
            "store"
        ),
        Damage("a missing sidecar", "rm $O/inventory.json.sha512", "store"),
        Damage("a missing inventory", "rm $O/inventory.json", "store"),
        Damage("an inventory of the version before", "cp $O/v1/inventory.json* $O/", "store"),
        Damage("an inventory and the sidecar of the version before", "cp $O/v1/inventory.json.sha512 $O/", "store"),
        Damage("a missing inventory of the newest version", "rm $O/v2/inventory.json*", "store"),
        Damage("a missing declaration", "rm $O/0=ocfl_object_1.1", "store"),
        Damage("a root without its declaration", "rm Arsip/store/0=ocfl_1.1", "store"),
        Damage("a root without its layout", "rm -r Arsip/store/ocfl_layout.json Arsip/store/extensions", "store"),
        Damage("an empty folder", "mkdir -p Arsip/store/abc/def", "store"),
        Damage("rights of all", "chmod -R o+w Arsip/store", "modes"),
        Damage("rights of nobody", "chmod 000 Arsip/ledger/leaves $O", "modes"),
        Damage(
            "an index that is no database",
            "echo x > Arsip/catalogue.sqlite; rm -f Arsip/catalogue.sqlite-*",
            "catalogue"
        ),
        Damage("an index half made", "cp Arsip/catalogue.sqlite Arsip/catalogue.sqlite.new", "catalogue"),
    ]

    /// A home with two records, one of them in two versions, and a package; `lama/` holds its ledger before the last record.
    private func office() throws -> Office {
        let office = try Office.founded()
        let rows = "path,year,step,type,label\ndraf.txt,2024,6,draft-rkt,draf\ndraf2.txt,2024,6,draft-rkt,draf\n"
        let drafts = try office.batch("satu", rows, files: ["draf.txt": "draf satu\n", "draf2.txt": "draf dua\n"])
        try #require(office.berkas("ingest", drafts.string, "-q").status == 0)
        try #require(office.berkas("pack", "RKT-2024-0001", "-q").status == 0)
        try #require(office.shell("mkdir lama; cp Arsip/ledger/leaves Arsip/ledger/checkpoint lama/").status == 0)
        try #require(office.berkas("ingest", try office.batch("dua", count: 1).string, "-q").status == 0)
        return office
    }

    private func damage(_ office: Office, _ script: String) throws {
        let objects = try
            "O=Arsip/\(office.object(of: "RKT-2024-0001")); P=Arsip/\(office.object(of: "RKT-2024-0002")); "
        let done = try office.shell("set -e; " + objects + script)
        try #require(done.status == 0, "\(done.errorText)")
    }

    @Test(arguments: repairable)
    func `damage that can be proven is planned, put right, entered, and kept aside`(_ damage: Damage) throws {
        let office = try office()
        let records = try office.berkas("list", "--json").lines
        try self.damage(office, damage.script)
        let before = try TreeSnapshot.of(office.home)
        let plan = try office.berkas("repair", "--dry-run", "--json")
        #expect(plan.status == 3, "\(plan.everything)")
        #expect(try plan.facts("repair").contains { $0.text("area") == damage.area }, "\(plan.text)")
        #expect(try TreeSnapshot.of(office.home) == before, "asking changed something")

        let done = try office.berkas("repair", "--json")
        #expect(done.status == 0, "\(done.everything)")
        #expect(try done.facts("summary").first?.values["entered"] as? Bool == true, "\(done.everything)")
        let verified = try office.berkas("verify")
        #expect(verified.status == 0, "\(done.text)\(verified.everything)")
        #expect(!verified.text.contains("strangers"), "\(verified.text)")
        #expect(try office.berkas("list", "--json").lines == records)
        let again = try office.berkas("repair")
        #expect(again.status == 0 && again.text.contains("nothing to repair"), "\(again.everything)")
        let log = String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self)
        #expect(log.components(separatedBy: "\"event\":\"repair\"").count == 2)
        let list = try office.shell("cat Arsip/repair/*/list.txt && ls Arsip/repair/*/entered")
        #expect(list.status == 0 && list.text.contains("\t"), "\(list.text)")
    }

    @Test func `a whole home has nothing to repair, and is not changed`() throws {
        let office = try office()
        let before = try TreeSnapshot.of(office.home)
        for words in [["repair", "--dry-run"], ["repair"]] {
            let answer = try office.berkas(words)
            #expect(answer.status == 0 && answer.text.contains("nothing to repair"), "\(answer.everything)")
        }
        #expect(try TreeSnapshot.of(office.home).filter { $0.key != ".lock" } == before.filter { $0.key != ".lock" })
    }

    @Test func `hot-copy: the checkpoint one event older is brought forward, and nothing that was kept is lost`() throws
    {
        guard let archive = Checkout.shared("found/home/hot-copy.tar") else { return }
        let office = try Office.founded()
        try #require(office.shell("tar -xf \(archive.string)").status == 0)
        let home = ["--home", "hot-copy/home"]
        for question in [["list"], ["show", "RKT-2024-0001"], ["search", "isi"], ["today"]] {
            let answer = try office.berkas(question + home)
            #expect(answer.status == 0 || answer.status == 3, "\(question): \(answer.everything)")
            #expect(answer.errorText.contains("berkas repair"), "\(question): \(answer.errorText)")
        }
        let before = try TreeSnapshot.of(office.path("hot-copy"))
        let plan = try office.berkas(["repair", "--dry-run"] + home)
        #expect(plan.status == 3 && plan.text.contains("from line 2 to line 3"), "\(plan.everything)")
        #expect(try TreeSnapshot.of(office.path("hot-copy")) == before)
        let done = try office.berkas(["repair"] + home)
        #expect(done.status == 0, "\(done.everything)")
        #expect(try office.berkas(["verify"] + home).status == 0)
        let listed = try office.berkas(["list"] + home).text
        #expect(listed.contains("RKT-2024-0001") && listed.contains("RKT-2024-0002"), "\(listed)")
        for record in ["RKT-2024-0001", "RKT-2024-0002"] {
            #expect(try office.berkas(["get", record, "--to", "keluar-\(record)"] + home).status == 0)
        }
    }

    // MARK: - What cannot be repaired

    @Test(arguments: ["rm -r $P", "rm $P/v1/content/files/berkas-0.txt", "echo x > $P/v1/content/files/berkas-0.txt"])
    func `a record that is not whole is named, and the command that is named brings it back`(script: String) throws {
        let office = try office()
        try #require(office.berkas("pack", "RKT-2024-0002", "-q").status == 0)
        try #require(office.shell("cp -a Arsip Salinan").status == 0)
        let place = try FilePath(office.object(of: "RKT-2024-0002"))
        try damage(office, script)
        for words in [["repair", "--dry-run", "--json"], ["repair", "--json"]] {
            let answer = try office.berkas(words)
            #expect(answer.status == 5, "\(answer.everything)")
            let obstacle = try #require(try answer.facts("obstacle").first)
            #expect(obstacle.text("record") == "RKT-2024-0002")
            let remedy = obstacle.text("remedy") ?? ""
            #expect(remedy.contains("cp -a COPY/'store/") && remedy.contains("RKT-2024-0002.tar"), "\(remedy)")
        }
        let remedy = try #require(
            office.berkas("repair", "--dry-run", "--json").facts("obstacle").first?.text("remedy")
        )
        let commands = remedy.replacing("berkas ", with: "\"$BERKAS\" ").components(separatedBy: "; or")
        // From the copy, and from the package: each as it is written there.
        for (number, ending) in [(0, "bring it from a copy: "), (1, " from the package: ")] {
            let part = commands[number].components(separatedBy: ending)
            let command = try #require(part.last).replacing("COPY", with: "Salinan")
                .replacing("/tmp/pulih", with: "pulih")
            try #require(
                office.shell("rm -rf Coba; cp -a Arsip Coba; rm -rf Coba/\(place.string.quotedForShell)").status == 0
            )
            let typed = command.replacing(office.home.string, with: office.path("Coba").string)
            let done = try office.shell("unset BERKAS_HOME; set -e; " + typed)
            #expect(done.status == 0, "\(typed): \(done.errorText)")
            let verified = try office.berkas("verify", "--home", "Coba")
            #expect(verified.status == 0, "\(typed): \(verified.everything)")
        }
    }

    @Test(arguments: [
        "rm -r Arsip/ledger", "sed -i '2s/Siti/Susi/' Arsip/ledger/events.jsonl; rm Arsip/catalogue.sqlite*",
        "rm Arsip/ledger/checkpoint Arsip/ledger/leaves Arsip/catalogue.sqlite*",
        "rm -r Arsip/ledger/parts Arsip/catalogue.sqlite*",
    ])
    func `a ledger that cannot be proven is left as it is, and named with what to bring`(script: String) throws {
        let office = try office()
        if script.contains("parts") { try #require(office.berkas("ledger", "close").status == 0) }
        try damage(office, script + "; touch Arsip/store/.DS_Store")
        let before = try TreeSnapshot.of(office.home).filter { $0.key != ".lock" }
        for words in [["repair", "--dry-run"], ["repair"]] {
            let answer = try office.berkas(words)
            #expect(answer.status == 5, "\(answer.everything)")
            #expect(answer.text.contains("cp -a COPY/ledger"), "\(answer.text)")
        }
        #expect(try TreeSnapshot.of(office.home).filter { $0.key != ".lock" } == before)
    }

    @Test func `a closed part that is gone is put back from the index`() throws {
        let office = try office()
        try #require(office.berkas("ledger", "close").status == 0)
        let part = try office.shell("cat Arsip/ledger/parts/*").text
        try damage(office, "rm -r Arsip/ledger/parts")
        #expect(try office.berkas("repair").status == 0)
        #expect(try office.shell("cat Arsip/ledger/parts/*").text == part)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `lines that are nowhere are told, and what the ledger said before is kept and entered`() throws {
        let office = try office()
        let said = String(decoding: try office.content("ledger/checkpoint"), as: UTF8.self)
        try damage(office, "sed -i '$d' Arsip/ledger/events.jsonl; rm Arsip/catalogue.sqlite*")
        let answer = try office.berkas("repair", "--json")
        #expect(answer.status == 3, "\(answer.everything)")
        #expect(try answer.facts("summary").first?.number("lostLines") == 1)
        #expect(try office.shell("cat Arsip/repair/*/ledger/checkpoint").text == said)
        let root = said.split(separator: "\n").last.map(String.init) ?? ""
        #expect(String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self).contains(root))
        // The record whose line is nowhere is put aside, whole.
        #expect(try office.shell("find Arsip/repair -name 'berkas-0.txt'").lines.count == 1)
        #expect(try office.berkas("verify").status == 0)
        #expect(try office.berkas("list").text.contains("RKT-2024-0001"))
    }

    @Test func `a forged line is not taken for one that was added`() throws {
        let office = try office()
        // A line behind the checkpoint that names a record which is not here.
        try damage(
            office,
            "tail -n 1 Arsip/ledger/events.jsonl | sed 's/\"seq\":4/\"seq\":5/;s/RKT-2024-0002/RKT-2024-0003/' >> Arsip/ledger/events.jsonl"
        )
        let answer = try office.berkas("repair")
        #expect(answer.status == 0 && answer.text.contains("put aside"), "\(answer.everything)")
        #expect(try office.shell("cat Arsip/repair/*/ledger/events.jsonl.cut").text.contains("RKT-2024-0003"))
        #expect(try office.berkas("verify").status == 0)
        #expect(try !office.berkas("list").text.contains("RKT-2024-0003"))
    }

    @Test func `a copy whose store is older goes back to the line that is named`() throws {
        let office = try office()
        try damage(office, "rm -r $P")
        let remedy = try #require(
            office.berkas("repair", "--dry-run", "--json").facts("obstacle").first?.text("remedy")
        )
        let match = try #require(remedy.firstMatch(of: /berkas repair --back-to ([0-9]+)/))
        let line = String(match.output.1)
        let plan = try office.berkas("repair", "--back-to", line, "--dry-run")
        #expect(plan.status == 3, "\(plan.everything)")
        let answer = try office.berkas("repair", "--back-to", line)
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(try office.berkas("verify").status == 0)
        let listed = try office.berkas("list").text
        #expect(listed.contains("RKT-2024-0001") && !listed.contains("RKT-2024-0002"))
        #expect(try office.shell("cat Arsip/repair/*/ledger/events.jsonl.cut").text.contains("RKT-2024-0002"))
    }

    @Test func `the work of an interrupted command that the ledger has passed is not carried out again`() throws {
        let office = try office()
        // As in a copy whose staging was read before its ledger: the intent is of the last record but one.
        try damage(
            office,
            """
            mkdir -p Arsip/staging/work
            python3 - <<'END'
            import base64, hashlib, json
            lines = open('Arsip/ledger/events.jsonl', 'rb').read().split(b'\\n')[:-1]
            sha = lambda data: hashlib.sha256(data).digest()
            count = 2
            peaks = [sha(b'\\1' + sha(b'\\0' + lines[0]) + sha(b'\\0' + lines[1]))]
            end = {'origin': open('Arsip/ledger/checkpoint').readline().strip(), 'bytes': sum(len(l) + 1 for l in lines[:count]),
                   'events': count, 'frontier': base64.b64encode(b''.join(peaks)).decode()}
            json.dump({'format': 1, 'ledger': end, 'objects': [], 'packages': []}, open('Arsip/staging/work/intent.json', 'w'))
            open('Arsip/staging/work/events.jsonl', 'wb').write(lines[2])
            END
            """
        )
        let log = try office.content("ledger/events.jsonl")
        let refused = try office.berkas("ingest", "dua")
        #expect(refused.status == 5 && refused.errorText.contains("berkas repair"), "\(refused.everything)")
        #expect(try office.content("ledger/events.jsonl") == log)
        let answer = try office.berkas("repair")
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(try office.content("ledger/events.jsonl").starts(with: log))
        #expect(try office.berkas("verify").status == 0)
    }
}

extension String {
    fileprivate var quotedForShell: String { "'" + replacing("'", with: "'\\''") + "'" }
}
