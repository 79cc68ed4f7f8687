import Foundation
import SystemPackage
import TestSupport
import Testing

/// Packages that other people's tools open.
@Suite(.scratch)
struct PackTests {
    private func office() throws -> Office {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string, "-q").status == 0)
        return office
    }

    @Test(arguments: [
        (".tar", "tar -tf"), (".tar.gz", "gzip -t \"$1\" && tar -tzf"),
        (".tar.zst", "zstd -tq \"$1\" && tar --zstd -tf"),
        (".zip", "unzip -tq \"$1\" && unzip -Z1"),
    ])
    func `the sample's year opens with common tools, digests and all`(ending: String, lister: String) throws {
        guard let office = try Office.withSample() else { return }
        let packed = try office.berkas("pack", "--year", "2024", "--to", "rkt\(ending)", "--json")
        #expect(packed.status == 0, "\(packed.errorText)")
        let fact = try #require(try packed.facts("package").first)
        #expect(fact.number("records") == 14)
        #expect(try office.shell("sha512sum -c rkt\(ending).sha512").status == 0)
        let sum = try office.shell("sha512sum rkt\(ending)").text.prefix(128)
        #expect(fact.text("sha512") == String(sum))
        let listed = try office.shell("set -- rkt\(ending); \(lister) \"$1\"")
        #expect(listed.status == 0, "\(listed.errorText)")
        #expect(listed.text.contains("bagit.txt"))
        #expect(listed.text.contains("rkt-2024-ditandatangani.pdf"))
        let opened = try office.shell(
            """
            set -e; mkdir buka; case rkt\(ending) in *.zip) unzip -q rkt.zip -d buka;; *) tar -xf rkt\(ending) -C buka;; esac
            cd buka/*/; sha512sum -c --quiet manifest-sha512.txt; sha512sum -c --quiet tagmanifest-sha512.txt
            """
        )
        #expect(opened.status == 0, "\(opened.text)\(opened.errorText)")
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a package in the home is entered, verified and found there again`() throws {
        let office = try office()
        let first = try office.berkas("pack", "RKT-2024-0001", "--json")
        #expect(first.status == 0)
        #expect(try first.facts("package").first?.values["wasThere"] as? Bool == false)
        let packages = try TreeSnapshot.of(office.home.appending("packages"))
        #expect(packages.count == 2)
        let again = try office.berkas("pack", "RKT-2024-0001", "--json")
        #expect(again.status == 0)
        #expect(try again.facts("package").first?.values["wasThere"] as? Bool == true)
        #expect(try TreeSnapshot.of(office.home.appending("packages")) == packages)
        #expect(try office.berkas("verify", "--json").facts("summary").first?.number("packages") == 1)
    }

    @Test func `a record that has grown can be packed again without a name`() throws {
        let office = try Office.founded()
        let options = ["--year", "2024", "--step", "6", "--type", "draft-rkt", "--label", "draf", "-q"]
        for name in ["a", "b"] {
            try office.write("isi \(name)", to: name)
            try #require(office.berkas(["ingest", name] + options).status == 0)
            let packed = try office.berkas("pack", "RKT-2024-0001", "--json")
            #expect(packed.status == 0, "\(packed.errorText)")
            #expect(try packed.facts("package").first?.values["wasThere"] as? Bool == false)
        }
        #expect(try office.berkas("verify", "--json").facts("summary").first?.number("packages") == 2)
    }

    @Test func `the same records give the same bytes, from a copy of the home too`() throws {
        let office = try office()
        try #require(office.shell("cp -a Arsip Salinan").status == 0)
        for ending in [".tar", ".tar.gz", ".tar.zst", ".zip"] {
            try #require(office.berkas("pack", "--year", "2024", "--to", "satu\(ending)").status == 0)
            try #require(
                office.berkas("pack", "--year", "2024", "--to", "dua\(ending)", "--home", "Salinan").status == 0
            )
            #expect(try office.shell("cmp satu\(ending) dua\(ending)").status == 0, "\(ending)")
        }
    }

    @Test func `nothing that is there is replaced`() throws {
        let office = try office()
        try office.write("lain", to: "a.tar")
        try office.write("lain", to: "b.zip.sha512")
        for name in ["a.tar", "b.zip"] {
            let answer = try office.berkas("pack", "RKT-2024-0001", "--to", name)
            #expect(answer.status == 1, "\(name): \(answer.text)")
            #expect(answer.errorText.contains(name))
        }
        #expect(try office.shell("cat a.tar b.zip.sha512; ls").text == "lainlainArsip\na.tar\nb.zip.sha512\nsatu\n")
    }

    @Test(arguments: ["store", "ledger", "staging"])
    func `a package is not put among the truth of the home`(part: String) throws {
        let office = try office()
        let before = try TreeSnapshot.of(office.home.appending("store"))
        let answer = try office.berkas("pack", "RKT-2024-0001", "--to", "Arsip/\(part)/x.tar")
        #expect(answer.status == 1, "\(answer.text)")
        #expect(try TreeSnapshot.of(office.home.appending("store")) == before)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `an ending that is none and a folder that is not there are named with what to do`() throws {
        let office = try office()
        for name in ["x.rar", "x", "x.tar.bz2", "tiada/x.tar"] {
            let answer = try office.berkas("pack", "RKT-2024-0001", "--to", name)
            #expect([1, 64].contains(answer.status), "\(name)")
            #expect(answer.errorText.contains(name.hasPrefix("tiada") ? "tiada" : name))
            #expect(answer.errorText.contains("; "), "what to do is missing: \(answer.errorText)")
        }
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `records that were changed in the store are not packed`() throws {
        let office = try office()
        let object = try office.object(of: "RKT-2024-0002")
        try #require(office.shell("echo X > 'Arsip/\(object)/v1/content/files/berkas-1.txt'").status == 0)
        let answer = try office.berkas("pack", "--year", "2024", "--to", "x.tar")
        #expect(answer.status == 5, "\(answer.everything)")
        #expect(answer.errorText.contains("RKT-2024-0002") || answer.errorText.contains("berkas-1.txt"))
        #expect(!FileManager.default.fileExists(atPath: office.path("x.tar").string))
        #expect(try office.shell("ls").text == "Arsip\nsatu\n")
    }
}
