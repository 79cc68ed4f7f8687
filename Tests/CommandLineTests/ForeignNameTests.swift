import Foundation
import SystemPackage
import TestSupport
import Testing

/// Names are bytes: those that are no UTF-8 are kept, found and brought out as they are.
@Suite(.scratch)
struct ForeignNameTests {
    private static let words = "--year 2024 --step 7 --type notulen"
    /// `laporan-café.txt` in Latin-1, as a shell writes it.
    private static let name = "\"$(printf 'laporan-caf\\351.txt')\""

    private func office(_ content: String = "isi rapat") throws -> Office {
        let office = try Office.founded()
        try #require(office.shell("printf '\(content)' > \(Self.name)").status == 0)
        let kept = try office.shell("\"$BERKAS\" ingest \(Self.name) \(Self.words) --json")
        try #require(kept.status == 0, "\(kept.text)\(kept.errorText)")
        #expect(kept.text.contains(#""path":"laporan-caf\\xE9.txt""#), "\(kept.text)")
        return office
    }

    /// The bytes of the names in a folder, in hexadecimal digits.
    private func names(_ office: Office, in folder: String) throws -> [String] {
        try office.shell(
            "cd '\(folder)' && for f in *; do printf %s \"$f\" | od -An -v -tx1 | tr -d ' \\n'; echo; done"
        )
        .lines
    }

    private static let raw = "6c61706f72616e2d636166e92e747874"

    @Test func `a Latin-1 name is kept, shown escaped, found, and brought out as it is`() throws {
        let office = try office()
        let document = try office.shell("find Arsip/store -name record.json -exec cat {} +")
        let shown = try office.berkas("show", "RKT-2024-0001", "--json")
        let version = try #require(try shown.facts("version").first?.part("document"))
        let file = try #require(version.parts("files").first)
        #expect(file.text("path") == "files/laporan-caf=E9.txt" && file.text("nameBytes") == Self.raw)
        #expect(version.part("source")?.text("pathBytes") == Self.raw)
        #expect(document.text.contains(Self.raw))
        let page = try office.berkas("show", "RKT-2024-0001")
        #expect(page.text.contains("laporan-caf\\xE9.txt"), "\(page.text)")
        #expect(String(validating: page.output, as: UTF8.self) != nil)
        #expect(try office.berkas("list").text.contains("laporan-caf\\xE9"))
        for word in ["laporan", "café"] {
            #expect(try office.berkas("search", word, "--json").facts("hit").count == 1, "\(word)")
        }
        for folder in ["keluar", "Keluar lagi"] {
            let got = try office.berkas("get", "RKT-2024-0001", "--to", folder, "--json")
            #expect(got.status == 0, "\(got.everything)")
            #expect(String(validating: got.output, as: UTF8.self) != nil)
            #expect(try got.facts("file").first?.text("path") == "\(folder)/laporan-caf\\xE9.txt")
            #expect(try got.facts("file").first?.text("pathBytes")?.hasSuffix(Self.raw) == true)
            #expect(try names(office, in: folder) == [Self.raw])
        }
        #expect(try office.shell("cat keluar/*").text == "isi rapat")
        #expect(try office.berkas("get", "RKT-2024-0001", "--to", "keluar").text.contains("already there"))
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `it is known again, survives a rebuild, and goes through a package`() throws {
        let office = try office()
        let again = try office.shell("\"$BERKAS\" ingest \(Self.name) \(Self.words) --json")
        #expect(again.status == 0 && again.text.contains(#""kind":"already-kept""#), "\(again.text)")
        let found = try office.berkas("search", "café", "--json").lines
        try FileManager.default.removeItem(atPath: office.home.appending("catalogue.sqlite").string)
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("search", "café", "--json").lines == found)
        #expect(try office.berkas("pack", "--year", "2024", "--to", "paket.tar").status == 0)
        #expect(try office.shell("tar -xOf paket.tar --wildcards '*/data/names.jsonl'").text.contains(Self.raw))
        let other = try Office.founded(named: "Lain")
        let taken = try other.berkas("import", "paket.tar")
        #expect(taken.status == 0, "\(taken.everything)")
        #expect(try other.berkas("get", "RKT-2024-0001", "--to", "keluar").status == 0)
        #expect(try names(other, in: "keluar") == [Self.raw])
        #expect(try other.berkas("verify").status == 0)
    }

    @Test func `a name that is written like the form of another is another`() throws {
        let office = try Office.founded()
        let words = "\(Self.words) --label rapat -q"
        try office.write("dua", to: "laporan-caf=E9.txt")
        let kept = try office.shell(
            "printf satu > \(Self.name); \"$BERKAS\" ingest \(Self.name) \(words) && \"$BERKAS\" ingest laporan-caf=E9.txt \(words)"
        )
        try #require(kept.status == 0, "\(kept.errorText)")
        for (version, name, content) in [("1", Self.raw, "satu"), ("2", "6c61706f72616e2d6361663d45392e747874", "dua")]
        {
            try #require(office.berkas("get", "RKT-2024-0001@v\(version)", "--to", version).status == 0)
            #expect(try names(office, in: version) == [name])
            #expect(try office.shell("cat \(version)/*").text == content)
        }
        // Both names stay findable, and a catalogue made anew says the same.
        #expect(try office.berkas("search", "café", "--json").facts("hit").count == 1)
        #expect(try office.berkas("verify").status == 0)
        #expect(try office.berkas("pack", "RKT-2024-0001", "--to", "dua.zip").status == 0)
        let other = try Office.founded(named: "Lain")
        #expect(try other.berkas("import", "dua.zip").status == 0)
        #expect(try other.berkas("get", "RKT-2024-0001@v2", "--to", "lain-2").status == 0)
        #expect(try other.shell("ls lain-2").text == "laporan-caf=E9.txt\n")
    }

    @Test func `a name of the longest kind in Latin-1 comes back whole`() throws {
        let office = try Office.founded()
        let script = """
            n="$(printf '\\351%.0s' $(seq 250)).txt"; printf isi > "$n"; "$BERKAS" ingest "$n" \(Self.words) -q && rm "$n"
            "$BERKAS" get RKT-2024-0001 --to keluar -q && "$BERKAS" pack RKT-2024-0001 --to p.tar -q && "$BERKAS" verify -q
            """
        let done = try office.shell(script)
        #expect(done.status == 0, "\(done.text)\(done.errorText)")
        #expect(try names(office, in: "keluar") == [String(repeating: "e9", count: 250) + "2e747874"])
    }

    @Test(arguments: ["laporan-café.txt", "laporan-caf\\xE9.txt", "laporan-cafe\u{301}.txt"])
    func `a table names such a file by what it means, or as a message shows it`(said: String) throws {
        let office = try Office.founded()
        try office.batch("satu", "path,year,step,type\n\(said),2024,7,notulen\n")
        try #require(office.shell("printf isi > satu/\(Self.name)").status == 0)
        let checked = try office.berkas("check", "satu", "--json")
        #expect(checked.status == 0, "\(checked.everything)")
        let warnings = try checked.facts("warning")
        #expect(warnings.count == 1 && warnings.first?.text("message")?.contains("laporan-caf\\xE9.txt") == true)
        #expect(try office.berkas("ingest", "satu", "--json").facts("kept").count == 1)
        try #require(office.berkas("get", "RKT-2024-0001", "--to", "keluar").status == 0)
        #expect(try names(office, in: "keluar") == [Self.raw])
    }

    @Test func `a file that no row names is told by a name that can be written, and one in UTF-8 comes first`() throws {
        let office = try Office.founded()
        try office.batch(
            "satu",
            "path,year,step,type\nlaporan-café.txt,2024,7,notulen\n",
            files: ["laporan-café.txt": "u"]
        )
        try #require(office.shell("printf l > satu/\(Self.name)").status == 0)
        let kept = try office.berkas("ingest", "satu")
        #expect(
            kept.status == 0 && kept.errorText.contains("'laporan-caf\\xE9.txt' is in the folder"),
            "\(kept.errorText)"
        )
        try #require(office.berkas("get", "RKT-2024-0001", "--to", "keluar").status == 0)
        #expect(try office.shell("cat keluar/laporan-café.txt").text == "u")
    }

    @Test func `a path of the call is bytes, and a text must be text`() throws {
        let office = try office()
        let got = try office.shell(
            "\"$BERKAS\" get RKT-2024-0001 --to \"$(printf 'kel\\351')\"; ls -d kel* | od -An -c"
        )
        #expect(got.text.contains("351"), "\(got.text)\(got.errorText)")
        let missing = try office.shell("\"$BERKAS\" import \"$(printf 'tiada\\377.tar')\"")
        #expect(missing.status == 1 && missing.errorText.contains("tiada\\xFF.tar"), "\(missing.errorText)")
        let broken = try office.shell(
            "printf x > x; \"$BERKAS\" ingest x \(Self.words) --title \"$(printf 'caf\\351')\""
        )
        #expect(broken.status == 64 && broken.errorText.contains("--title"), "\(broken.errorText)")
        let home = try office.shell(
            "mv Arsip \"$(printf 'Arsip\\351')\"; \"$BERKAS\" list --home \"$(printf 'Arsip\\351')\" --json"
        )
        #expect(home.status == 0 || home.errorText.contains("\\xE9"), "\(home.errorText)")
    }

    @Test func `a character that stands for a byte in the program is a character on the disk`() throws {
        let office = try Office.founded()
        let name = "a\u{10F7E9}b.txt"
        try office.write("isi", to: name)
        try #require(office.berkas("ingest", name, "--year", "2024", "--step", "7", "--type", "notulen").status == 0)
        try #require(office.berkas("get", "RKT-2024-0001", "--to", "keluar").status == 0)
        #expect(try office.shell("ls keluar").text == name + "\n")
    }

    @Test func `a name that does not belong to its form does not come out`() throws {
        let office = try office()
        // The record and its digests rewritten: the ledger still knows the old ones.
        let object = try office.object(of: "RKT-2024-0001")
        let changed = try office.shell(
            "f='Arsip/\(object)/v1/content/record.json'; chmod u+w \"$f\"; sed -i 's/\(Self.raw)/2e2e2fe9/' \"$f\"; grep -c 2e2e2fe9 \"$f\""
        )
        try #require(changed.text == "2\n", "the name of the file, and the path that it came by")
        let got = try office.berkas("get", "RKT-2024-0001", "--to", "keluar/dalam")
        #expect(got.status == 5, "\(got.everything)")
        #expect(try office.shell("find keluar -type f").text.isEmpty)
    }
}
