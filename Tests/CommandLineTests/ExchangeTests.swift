import Foundation
import SystemPackage
import TestSupport
import Testing

/// What other programs make of our packages, and we of theirs.
@Suite(.scratch)
struct ExchangeTests {
    private static let said = ["--year", "2025", "--step", "7", "--type", "notulen"]

    /// Names as people, other systems and enemies give them.
    static let names = [
        "laporan.txt", "Realisasi 93%.txt", "Undangan\\kantor.txt", "dua\nbaris\n\ntiga\n\rempat", "100%25.txt",
        "%0A.txt",
        "kendali\u{1}\u{7F}\u{1B}[31m\t.txt", "baris\u{85}\u{2028}\u{2029}\u{0B}\u{0C}\u{1C}pisah.txt",
        "harga $HOME ${PATH} $5.txt",
        "akhir ", "akhir\u{A0}", "akhir\u{3000}", " awal", "*bintang", "#pagar", "~root", "-rf", "a=25=-b=3D.txt",
        "re\u{301}sume\u{301}.txt", "résumé 😀.txt", "arah\u{202E}fdp.txt", "\u{FEFF}tanda.txt", "kutip\"'`;|&<>?:.txt",
        "titik.",
        String(repeating: "p", count: 251) + ".txt", String(repeating: "%", count: 251) + ".txt",
        String(repeating: "é", count: 127),
    ]

    /// A home with a record for each of the names, and one whose name is Latin-1.
    private func office() throws -> Office {
        let office = try Office.founded()
        for (number, name) in Self.names.enumerated() {
            try office.write("isi \(number)", to: "berkas/\(name)")
            let kept = try office.berkas(["ingest", "berkas/\(name)", "-q"] + Self.said)
            try #require(kept.status == 0, "\(name.debugDescription): \(kept.errorText)")
        }
        let words = Self.said.joined(separator: " ")
        let latin =
            "f=\"$(printf 'berkas/laporan-caf\\351 93%%.txt')\"; printf latin > \"$f\"; \"$BERKAS\" ingest \"$f\" -q \(words)"
        try #require(office.shell(latin).status == 0)
        return office
    }

    /// Asks bagit-python and bdbag what they make of a package, unpacked by the tools of the field.
    private func requirePeersAgree(_ office: Office, _ package: String) throws {
        let unpack = """
            set -e; rm -rf buka; mkdir buka
            case \(package) in *.zip) unzip -q -^ \(package) -d buka ;; *) tar -xf \(package) -C buka ;; esac
            """
        let unpacked = try office.shell(unpack)
        try #require(unpacked.status == 0, "\(unpacked.errorText)")
        let bag = try #require(try office.shell("echo buka/*/").lines.first)
        let environment = ["LC_ALL": "C.UTF-8", "HOME": office.folder.string]
        if let bin = try Tool.pythonPeer("bagit==1.8.1") {
            let words = [bin.appending("bagit.py").string, "--validate", bag]
            let result = try Tool.run(
                bin.appending("python").string,
                words,
                environment: environment,
                directory: office.folder
            )
            #expect(result.status == 0 && result.errorText.contains("is valid"), "\(package): \(result.errorText)")
        }
        if let bin = try Tool.pythonPeer("bdbag==1.7.3") {
            let result = try Tool.run(
                bin.appending("bdbag").string,
                ["--validate", "full", bag],
                environment: environment,
                directory: office.folder
            )
            #expect(result.status == 0, "\(package): \(result.text)\(result.errorText)")
        }
        let own = try office.berkas("bag", "validate", bag)
        #expect(own.status == 0, "\(own.text)")
        #expect(try office.shell("cd buka/*/ && ! grep % manifest-sha512.txt tagmanifest-sha512.txt").status == 0)
        #expect(try office.shell("cd buka/*/ && sha512sum -c --quiet --strict manifest-sha512.txt").status == 0)
    }

    @Test(arguments: ["paket.tar", "paket.zip"])
    func `bagit-python and bdbag call our packages valid, whatever the files are called`(package: String) throws {
        let office = try office()
        try #require(office.berkas("pack", "--year", "2025", "--to", package).status == 0)
        try requirePeersAgree(office, package)
        // The names come back in another archive, to the byte.
        let other = try Office.founded(named: "Lain")
        let taken = try other.berkas("import", package)
        #expect(taken.status == 0, "\(taken.everything)")
        for home in ["Arsip", "Lain"] {
            let got = try other.berkas("get", "--year", "2025", "--to", "keluar-\(home)", "--home", home, "-q")
            #expect(got.status == 0, "\(got.errorText)")
        }
        let compared = try other.shell(
            """
            diff -r keluar-Arsip keluar-Lain && mkdir semua && find keluar-Lain -type f -exec mv -t semua {} + && diff -r berkas semua
            """
        )
        #expect(compared.status == 0, "\(compared.text)\(compared.errorText)")
        #expect(try other.berkas("verify").status == 0)
    }

    @Test func `the same records are the same bytes, with names that have to be written too`() throws {
        let office = try office()
        try #require(office.shell("cp -a Arsip Salinan").status == 0)
        for ending in ["tar", "zip"] {
            try #require(office.berkas("pack", "--year", "2025", "--to", "satu.\(ending)").status == 0)
            try #require(
                office.berkas("pack", "--year", "2025", "--to", "dua.\(ending)", "--home", "Salinan").status == 0
            )
            #expect(try office.shell("cmp satu.\(ending) dua.\(ending)").status == 0)
        }
    }

    @Test func `a policy file may be called anything, too`() throws {
        let office = try Office.founded()
        try office.write("isi", to: "a.txt")
        try #require(office.berkas(["ingest", "a.txt", "-q"] + Self.said).status == 0)
        try office.write("catatan", to: "Arsip/policy/catatan 50% $HOME.txt")
        try #require(office.shell("printf x > \"$(printf 'Arsip/policy/caf\\351.txt')\"").status == 0)
        try #require(office.berkas("pack", "--year", "2025", "--to", "paket.tar").status == 0)
        try requirePeersAgree(office, "paket.tar")
        let other = try Office.founded(named: "Lain")
        #expect(try other.berkas("import", "paket.tar").status == 0)
    }

    // MARK: - percent-package.zip

    @Test
    func `percent-package.zip: a package of the time before is imported, and is valid to others when packed anew`()
        throws
    {
        guard let package = Checkout.shared("found/exchange/percent-package.zip") else { return }
        let office = try Office.founded()
        #expect(try office.berkas("bag", "validate", package.string).status == 0)
        let taken = try office.berkas("import", package.string)
        try #require(taken.status == 0, "\(taken.everything)")
        try #require(office.berkas("get", "--year", "2025", "--to", "keluar").status == 0)
        #expect(
            try office.shell("cd keluar && find . -type f | sort").lines == [
                "./RKT-2025-0001/Realisasi 93%.txt", "./RKT-2025-0002/Undangan\\kantor.txt",
            ]
        )
        try #require(office.berkas("pack", "--year", "2025", "--to", "baru.zip").status == 0)
        try requirePeersAgree(office, "baru.zip")
        let third = try Office.founded(named: "Ketiga")
        #expect(try third.berkas("import", "baru.zip").status == 0)
        #expect(try third.berkas("import", package.string).text.contains("already kept"))
    }

    @Test func `a package that calls a file otherwise than its record does is refused`() throws {
        let office = try Office.founded()
        try office.write("isi", to: "Realisasi 93%.txt")
        try #require(office.berkas(["ingest", "Realisasi 93%.txt", "-q"] + Self.said).status == 0)
        try #require(office.berkas("pack", "--year", "2025", "--to", "paket.tar").status == 0)
        // A line of the same length, and every digest made right again.
        for lie in ["s/93%/39%/", "s/93=25/39=25/"] {
            let script = """
                set -e; rm -rf RKT-2025; tar -xf paket.tar; cd RKT-2025
                turn() { old=$(sha512sum "$1" | cut -c1-128); sed -i "$2" "$1"; new=$(sha512sum "$1" | cut -c1-128); }
                turn data/names.jsonl '\(lie)'; turn manifest-sha512.txt "s/$old/$new/"; turn tagmanifest-sha512.txt "s/$old/$new/"
                """
            let made = try office.shell(script)
            try #require(made.status == 0, "\(made.errorText)")
            try #require(office.berkas("bag", "validate", "RKT-2025").status == 0)
            let other = try Office.founded(named: "Lain\(lie.utf8.count)")
            let answer = try other.berkas("import", "RKT-2025")
            #expect(
                answer.status == 5 && answer.errorText.contains("contradicts itself"),
                "\(lie): \(answer.everything)"
            )
        }
    }

    // MARK: - Bags of others

    @Test func `finder.zip is kept without what macOS left behind, and that is said with its count`() throws {
        guard let zip = Checkout.shared("found/exchange/finder.zip") else { return }
        let office = try Office.founded()
        let validated = try office.berkas("bag", "validate", zip.string)
        #expect(validated.status == 0 && validated.lines.count == 2, "\(validated.text)")
        #expect(validated.lines.last?.hasPrefix("valid: 0 faults, 1 warning") == true)
        let taken = try office.berkas(["import", zip.string] + Self.said)
        #expect(taken.status == 0, "\(taken.everything)")
        let said = try #require(taken.lines.first { $0.contains("6 files that macOS left behind") }, "\(taken.text)")
        #expect(said.contains("left out where the bag is kept"))
        #expect(try office.shell("find Arsip/store -name '._*' -o -name '__MACOSX'").text.isEmpty)
        try #require(office.berkas("get", "RKT-2025-0001", "--to", "keluar").status == 0)
        #expect(try office.shell("cd keluar && find . -type f | sort").lines == ["./sub/lampiran.txt", "./surat.txt"])
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `sha3-bags.tar: each bag is kept`() throws {
        guard let bags = Checkout.shared("found/exchange/sha3-bags.tar") else { return }
        let office = try Office.founded()
        try #require(office.shell("tar -xf '\(bags.string)'").status == 0)
        for bag in ["bp-sha3", "bp-sha256-sha3"] {
            let taken = try office.berkas(["import", bag] + Self.said)
            #expect(taken.status == 0, "\(taken.everything)")
        }
        #expect(try office.records().count == 2)
    }

    @Test(arguments: ["tar -cf ../atas.tar .", "tar -czf ../atas.tar.gz *", "zip -qr ../atas.zip ."])
    func `a bag at the top of its archive comes in with --top-level, and without it is told how`(packing: String) throws
    {
        let office = try Office.founded()
        let made = try office.shell(
            """
            set -e; mkdir -p bag/data; cd bag; printf isi > data/surat.txt; printf 'BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n' > bagit.txt
            sha256sum data/surat.txt > manifest-sha256.txt; \(packing)
            """
        )
        try #require(made.status == 0, "\(made.errorText)")
        let file = try #require(try office.shell("ls atas.*").lines.first)
        let refused = try office.berkas(["import", file] + Self.said)
        #expect(refused.status == 5 && refused.errorText.contains("--top-level"), "\(refused.everything)")
        #expect(try office.berkas("bag", "validate", file).status == 5)
        #expect(try office.berkas("bag", "validate", file, "--top-level").status == 0)
        let taken = try office.berkas(["import", file, "--top-level"] + Self.said)
        #expect(taken.status == 0, "\(taken.everything)")
        #expect(try office.berkas("list").text.contains("atas"))
        let again = try office.berkas(["import", file, "--top-level"] + Self.said)
        #expect(again.status == 0 && again.text.contains("already kept"), "\(again.everything)")
    }
}
