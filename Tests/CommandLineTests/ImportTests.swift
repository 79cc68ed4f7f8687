import Foundation
import SystemPackage
import TestSupport
import Testing

/// What goes out as a package comes in elsewhere, whole, once, and as what it is.
@Suite(.scratch)
struct ImportTests {
    private func packed(_ office: Office, _ name: String = "paket.tar") throws -> String {
        let answer = try office.berkas("pack", "--year", "2024", "--to", name)
        #expect(answer.status == 0, "\(answer.errorText)")
        return name
    }

    private func answers(_ office: Office) throws -> [String] {
        var lines: [String] = []
        for words in [["list"], ["search", "rencana"], ["search", "isi"]] {
            lines += try office.berkas(words + ["--json"]).lines
        }
        for record in try office.records() {
            let id = try #require(record.text("id"))
            lines += try office.berkas("show", id, "--json").lines
            let history = try office.berkas("history", id, "--json").lines.filter { !$0.contains("\"accession\"") }
            // How sure a person is differs: the other archive's table is not here.
            lines += history.map { $0.replacing(/,"sure":"[a-z]+"/, with: "") }
            try #require(
                office.berkas("get", id, "--to", "keluar-\(office.home.lastComponent?.string ?? "")/\(id)").status == 0
            )
        }
        lines += try TreeSnapshot.of(office.folder.appending("keluar-\(office.home.lastComponent?.string ?? "")"))
            .map { "\($0.key) \($0.value)" }.sorted()
        return lines
    }

    @Test(arguments: [".tar", ".zip", ".tar.gz", ".tar.zst"])
    func `R32: the sample packed and imported into an empty home gives the same answers`(ending: String) throws {
        guard let office = try Office.withSample() else { return }
        let other = try Office.founded(named: "Lain")
        for year in ["2023", "2024"] {
            try #require(office.berkas("pack", "--year", year, "--to", "RKT-\(year)\(ending)").status == 0)
            let answer = try other.berkas("--home", "Lain", "import", "RKT-\(year)\(ending)")
            #expect(answer.status == 0, "\(answer.everything)")
            #expect(answer.text.contains("imported from tag:contoh.example,2026:ledger"))
        }
        let (there, here) = (try answers(office), try answers(other))
        #expect(there.count > 100)
        #expect(here == there)
        #expect(try other.berkas("verify").status == 0)
        try FileManager.default.removeItem(atPath: other.home.appending("catalogue.sqlite").string)
        #expect(try other.berkas("rebuild").status == 0)
        #expect(try other.berkas("list", "--json").lines == office.berkas("list", "--json").lines)
        #expect(try other.berkas("verify").status == 0)
    }

    @Test func `a second import changes nothing, and says that all is here`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string, "-q").status == 0)
        let package = try packed(office)
        let other = try Office.founded(named: "Lain")
        try #require(other.berkas("import", package).status == 0)
        let truth = try other.truth()
        let again = try other.berkas("import", package, "--json")
        #expect(again.status == 0)
        #expect(try again.facts("known").count == 3)
        #expect(try again.facts("import").first?.number("versions") == 0)
        #expect(try other.truth() == truth)
        // The archive that made it has it all too.
        #expect(try office.berkas("import", package, "--json").facts("known").count == 3)
    }

    @Test func `the history goes with a record through several archives, each event once`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 1).string, "-q").status == 0)
        let second = try Office.founded(named: "Dua")
        try #require(second.berkas("import", try packed(office, "satu.tar")).status == 0)
        let third = try Office.founded(named: "Tiga")
        try #require(third.berkas("import", try packed(second, "dua.tar")).status == 0)
        let events = try third.berkas("history", "RKT-2024-0001", "--json").facts("event").compactMap {
            $0.text("event")
        }
        #expect(events == ["ingestion", "accession", "accession"])
        let text = try third.berkas("history", "RKT-2024-0001").text
        #expect(text.contains("imported from 'tag:contoh.example,2026:ledger'"), "\(text)")
        #expect(try third.berkas("verify").status == 0)
    }

    @Test func `a number that means something else here is refused with both sides, and nothing is kept`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 2).string, "-q").status == 0)
        let package = try packed(office)
        let other = try Office.founded(named: "Lain")
        try other.write("milik sendiri", to: "sendiri.txt")
        let words = [
            "ingest", "sendiri.txt", "--year", "2024", "--step", "10", "--type", "rkt", "--title", "Rencana kami",
        ]
        try #require(other.berkas(words + ["-q"]).status == 0)
        let before = try other.truth()
        let answer = try other.berkas("import", package)
        #expect(answer.status == 4, "\(answer.everything)")
        #expect(answer.text.contains("RKT-2024-0001 means something else here"))
        #expect(answer.text.contains("Rencana kami") && answer.text.contains("in the package it is"))
        #expect(answer.errorText.contains("nothing was imported"))
        #expect(try other.truth() == before)
        #expect(try other.records().count == 1)
    }

    @Test func `a record that has grown elsewhere gets its further version, and an older package brings nothing`()
        throws
    {
        let office = try Office.founded()
        let other = try Office.founded(named: "Lain")
        let options = ["--year", "2024", "--step", "6", "--type", "draft-rkt", "--label", "draf", "-q"]
        for (number, name) in ["a", "b"].enumerated() {
            try office.write("isi \(name)", to: name)
            try #require(office.berkas(["ingest", name] + options).status == 0)
            _ = try packed(office, "paket-\(name).tar")
            let answer = try other.berkas("import", "paket-\(name).tar", "--json")
            let fact = try #require(try answer.facts("imported").first)
            #expect(fact.number("first") == number + 1 && fact.number("last") == number + 1)
        }
        #expect(try other.berkas("import", "paket-a.tar", "--json").facts("known").count == 1)
        #expect(try other.berkas("verify").status == 0)
        // Grown here as well, the two can no longer be one.
        for (archive, name) in [(office, "c"), (other, "d")] {
            try archive.write("isi \(name)", to: name)
            let kept = try archive.berkas(["ingest", name] + options)
            #expect(kept.status == 0, "\(kept.errorText)")
        }
        #expect(try other.berkas("verify").status == 0)
        #expect(try other.berkas("import", try packed(office, "paket-c.tar")).status == 4)
        let shown = try other.berkas("show", "RKT-2024-0001", "--json").lines
        try FileManager.default.removeItem(atPath: other.home.appending("catalogue.sqlite").string)
        #expect(try other.berkas("show", "RKT-2024-0001", "--json").lines == shown)
    }

    @Test func `numbers given here go on behind those that came, whatever their prefix`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 2).string, "-q").status == 0)
        let package = try packed(office)
        let made = try office.berkas("init", "Lain", "--office", "Lain", "--id-prefix", "XYZ")
        try #require(made.status == 0, "\(made.errorText)")
        let other = Office(folder: office.folder, home: office.folder.appending("Lain"))
        let own = ["ingest", "satu/berkas-1.txt", "--year", "2024", "--step", "10", "--type", "rkt", "-q"]
        try #require(other.berkas(own).status == 0)
        try #require(other.berkas("import", package, "--as", "Arsiparis Contoh").status == 0)
        try office.write("satu lagi", to: "lagi.txt")
        try #require(other.berkas(["ingest", "lagi.txt"] + own.dropFirst(2)).status == 0)
        let ids = try other.records().compactMap { $0.text("id") }
        #expect(ids == ["RKT-2024-0001", "XYZ-2024-0001", "RKT-2024-0002", "XYZ-2024-0003"])
        #expect(try other.berkas("verify").status == 0)
    }

    @Test(arguments: [
        "laporan\\bulan.txt", "dua\nbaris.txt", "100%.txt", "e\u{301}.txt", "\u{e9}.txt", " spasi .txt", "日本 😀.txt",
    ])
    func `a name in any script and form comes back as it was`(name: String) throws {
        let office = try Office.founded()
        try office.write("isi", to: "masuk/" + name)
        let options = ["--year", "2024", "--step", "10", "--type", "rkt", "-q"]
        try #require(office.berkas(["ingest", "masuk/" + name] + options).status == 0)
        for ending in [".tar", ".zip"] {
            let other = try Office.founded(named: "Lain\(ending)")
            let answer = try other.berkas("import", try packed(office, "paket" + ending))
            #expect(answer.status == 0, "\(answer.everything)")
            try #require(other.berkas("get", "RKT-2024-0001", "--to", "keluar" + ending).status == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: office.path("keluar" + ending).string)
            #expect(names.map { Array($0.utf8) } == [Array(name.utf8)])
        }
    }

    // MARK: - What must not come in

    /// Unpacks a package, changes it, makes its manifests right again, and packs it.
    private func forged(_ office: Office, _ change: String) throws -> String {
        _ = try packed(office, "asli.tar")
        return try Self.forged(office, year: "2024", change)
    }

    /// Unpacks `asli.tar`, changes it, makes its manifests right again, and packs it.
    static func forged(_ office: Office, year: String, _ change: String) throws -> String {
        let script = """
            set -e; rm -rf buka; mkdir buka; tar -xf asli.tar -C buka; cd buka/RKT-\(year)
            \(change)
            find data -type f -print0 | LC_ALL=C sort -z | xargs -0 sha512sum > manifest-sha512.txt
            octets=$(find data -type f -printf '%s\\n' | awk '{s+=$1} END {print s}'); count=$(find data -type f | wc -l)
            sed -i "s/^Payload-Oxum:.*/Payload-Oxum: $octets.$count/" bag-info.txt
            sha512sum bagit.txt bag-info.txt manifest-sha512.txt README.txt > tagmanifest-sha512.txt
            cd ..; tar -cf ../palsu.tar RKT-\(year)
            """
        let made = try office.shell(script)
        try #require(made.status == 0, "\(made.errorText)")
        return "palsu.tar"
    }

    @Test(arguments: [
        ("sed -i 's/berkas-0/berkas-9/g' data/records/RKT-2024-0001/v1/record.json", "RKT-2024-0001@v1"),
        ("sed -i 's/\"year\" : 2024/\"year\" : 2023/' data/records/RKT-2024-0001/v1/record.json", "RKT-2024-0001@v1"),
        ("echo lain > data/records/RKT-2024-0001/v1/files/berkas-0.txt", "RKT-2024-0001@v1"),
        ("echo lain > data/records/RKT-2024-0001/v1/files/tambahan.txt", "tambahan.txt"),
        ("rm data/records/RKT-2024-0001/v1/inventory.json", "RKT-2024-0001@v1"),
        ("sed -i 's/ingestion of/INGESTION of/' data/records/RKT-2024-0001/v1/inventory.json", "RKT-2024-0001@v1"),
        ("mv data/records/RKT-2024-0001 data/records/RKT-2024-0009", "RKT-2024-0009"),
        ("mv data/records/RKT-2024-0001/v1 data/records/RKT-2024-0001/v2", "RKT-2024-0001"),
        ("sed -i '1d' data/ledger/events.jsonl", "RKT-2024-0001@v1"),
        ("sed -i '1s/{/{ /' data/ledger/events.jsonl", "line 1"),
        ("echo '{}' >> data/ledger/events.jsonl", "line 3"),
        ("mkdir data/records/lain; echo x > data/records/lain/x", "lain/x"),
        ("rm -r data/records/*", "no records"),
    ])
    func `a package whose parts contradict each other is refused whole, whatever its manifests say`(
        change: String,
        named: String
    ) throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 2).string, "-q").status == 0)
        let package = try forged(office, change)
        #expect(try office.berkas("bag", "validate", package).status == 0)
        let other = try Office.founded(named: "Lain")
        let before = try other.truth()
        let answer = try other.berkas("import", package)
        #expect(answer.status == 5, "\(answer.everything)")
        #expect(answer.text.contains(named), "\(answer.text)")
        #expect(try other.truth() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: other.home.appending("staging").string).isEmpty)
    }

    @Test func `a package with one byte changed is not valid, and nothing of it is kept`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 2).string, "-q").status == 0)
        _ = try packed(office)
        try #require(office.shell("sed -i 's/isi satu 1/isi satu 7/' paket.tar").status == 0)
        let other = try Office.founded(named: "Lain")
        let before = try other.truth()
        let answer = try other.berkas("import", "paket.tar")
        #expect(answer.status == 5 && answer.text.contains("berkas-1.txt"), "\(answer.everything)")
        #expect(try other.truth() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: other.home.appending("staging").string).isEmpty)
    }

    @Test func `hostile containers are refused, and nothing is written outside the staging folder`() throws {
        guard let suite = Checkout.shared("conformance/containers/hostile.tar") else { return }
        let office = try Office.founded()
        try #require(office.shell("mkdir suite && tar -xf '\(suite.string)' -C suite").status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: office.path("suite").string).sorted()
        #expect(names.count > 20)
        let before = try TreeSnapshot.of(office.folder)
        for name in names {
            let answer = try office.berkas(
                "import",
                "suite/" + name,
                "--year",
                "2024",
                "--step",
                "1",
                "--type",
                "disposisi"
            )
            #expect([1, 5].contains(answer.status), "\(name): \(answer.status) \(answer.everything)")
            #expect(!answer.text.isEmpty || !answer.errorText.isEmpty)
        }
        var after = try TreeSnapshot.of(office.folder)
        after["Arsip/.lock"] = before["Arsip/.lock"]  // It names the last process.
        for (path, content) in before { #expect(after.removeValue(forKey: path) == content, "\(path)") }
        #expect(after.isEmpty, "\(after.keys.sorted())")
    }

    // MARK: - Bags of other programs

    private func foreignBag(_ office: Office) throws -> Bool {
        guard let bin = try Tool.pythonPeer("bagit==1.9.0") else { return false }
        try office.write("laporan", to: "kiriman/laporan.txt")
        try office.write("tabel", to: "kiriman/lampiran/tabel.csv")
        try office.write("tabel", to: "kiriman/lampiran/salinan.csv")
        let words = [
            "--external-description", "Kiriman Inspektorat", "--source-organization", "Inspektorat", "kiriman",
        ]
        let made = try Tool.run(bin.appending("bagit.py").string, words, directory: office.folder)
        try #require(made.status == 0, "\(made.errorText)")
        return true
    }

    @Test func `a bag of another program becomes one record with all its files, once`() throws {
        let office = try Office.founded()
        guard try foreignBag(office) else { return }
        let asked = try office.berkas("import", "kiriman")
        #expect(asked.status == 64 && asked.errorText.contains("--year, --step and --type"), "\(asked.everything)")
        let words = ["import", "kiriman", "--year", "2024", "--step", "11", "--type", "lampiran-rkt"]
        let answer = try office.berkas(words)
        #expect(answer.status == 0, "\(answer.everything)")
        let record = try #require(try office.records().first)
        #expect(record.text("title") == "Kiriman Inspektorat" && record.number("files") == 3)
        try #require(office.berkas("get", "RKT-2024-0001", "--to", "keluar").status == 0)
        #expect(try office.shell("diff -r keluar kiriman/data").status == 0)
        #expect(try office.berkas(words + ["--json"]).facts("known").count == 1)
        #expect(try office.berkas("verify").status == 0)
        let shown = try office.berkas("show", "RKT-2024-0001", "--json").lines
        try #require(office.berkas("rebuild").status == 0)
        #expect(try office.berkas("show", "RKT-2024-0001", "--json").lines == shown)
        #expect(try office.berkas("history", "RKT-2024-0001").text.contains("Inspektorat"))
        // It can go on to the next archive as any record.
        let other = try Office.founded(named: "Lain")
        try #require(other.berkas("import", try packed(office)).status == 0)
        try #require(other.berkas("get", "RKT-2024-0001", "--to", "keluar-lain").status == 0)
        #expect(try office.shell("diff -r keluar-lain kiriman/data").status == 0)
        #expect(try other.berkas("verify").status == 0)
    }

    @Test func `what is wrong with the words for a bag is said, and nothing is kept`() throws {
        let office = try Office.founded()
        guard try foreignBag(office) else { return }
        let answer = try office.berkas("import", "kiriman", "--year", "24", "--step", "99", "--type", "tiada")
        #expect(answer.status == 1, "\(answer.everything)")
        for column in ["year", "step", "type"] { #expect(answer.text.contains("'\(column)'"), "\(answer.text)") }
        #expect(try office.records().isEmpty)
    }
}
