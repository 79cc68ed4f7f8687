import Foundation
import SystemPackage
import TestSupport
import Testing

/// The log's key, which lies outside of the home, and what it signs.
@Suite(.scratch)
struct LogKeyTests {
    /// Where the user's settings are in these tests.
    private static var settings: [String: String] {
        ["XDG_CONFIG_HOME": Scratch.folder.appending("pengaturan").string]
    }

    private func berkas(_ office: Office, _ words: String...) throws -> Answer { try berkas(office, words) }

    private func berkas(_ office: Office, _ words: [String]) throws -> Answer {
        try office.berkas(words, environment: Self.settings)
    }

    /// An office whose log has a key.
    private func keyed() throws -> (kit: AuditorKit, key: String, file: String) {
        let (kit, _) = try AuditorKit.founded()
        let answer = try berkas(kit.office, "ledger", "key", "--json")
        let fact = try #require(answer.facts("log-key").first, "\(answer.everything)")
        return (kit, try #require(fact.text("key")), try #require(fact.text("file")))
    }

    @Test func `a key lies outside of the home for its owner alone, and the ledger names its public part`() throws {
        let (kit, key, file) = try keyed()
        let office = kit.office
        #expect(file.hasPrefix(office.path("pengaturan/berkas/log-").string))
        #expect(try office.shell("stat -c %a '\(file)'").text == "600\n")
        #expect(key.hasPrefix("tag:contoh.example,2026:ledger+"))
        let again = try berkas(office, "ledger", "key", "--json")
        #expect(try again.facts("log-key").first?.values["new"] as? Bool == false)
        #expect(try again.facts("log-key").first?.text("key") == key)
        let events = try office.berkas("history", "--event", "log key named", "--json").facts("event")
        #expect(events.count == 1 && events.first?.part("detail")?.text("key") == key)
        // Nothing in the home is the private key.
        let secret = try office.shell("cut -d + -f 5- '\(file)' | tr -d '\\n'").text
        #expect(secret.utf8.count == 44)
        #expect(try office.shell("grep -rqF '\(secret)' Arsip").status == 1)
        #expect(try berkas(office, "verify").status == 0)
    }

    @Test func `what is handed out is signed: openssl says so, and everything still takes it`() throws {
        let (kit, key, _) = try keyed()
        let office = kit.office
        let note = try berkas(office, "ledger", "checkpoint")
        #expect(
            note.status == 0 && note.text.contains("\n\n\u{2014} tag:contoh.example,2026:ledger "),
            "\(note.everything)"
        )
        try office.write(note.text, to: "cekpoin.txt")
        let script = """
            import base64, subprocess, sys
            text, _, line = open("cekpoin.txt").read().partition("\\n\\n")
            material = base64.b64decode(sys.argv[1].split("+", 2)[2])
            open("k", "wb").write(bytes.fromhex("302a300506032b6570032100") + material[1:])
            open("p", "w").write(text + "\\n")
            open("s", "wb").write(base64.b64decode(line.split(" ")[2])[4:])
            """
        try office.write(script, to: "pisah.py")
        let verified = try office.shell(
            "python3 pisah.py '\(key)' && openssl pkeyutl -verify -pubin -keyform DER -inkey k -rawin -in p -sigfile s"
        )
        #expect(verified.status == 0, "\(verified.text)\(verified.errorText)")
        #expect(try berkas(office, "ledger", "verify", "--against", "cekpoin.txt").status == 0)
        #expect(try berkas(office, "pack", "RKT-2024-0001", "--to", "paket.tar").status == 0)
        let again = try berkas(office, "pack", "RKT-2024-0001", "--to", "paket.tar")
        #expect(again.status == 0 && again.text.contains("already packed"), "\(again.everything)")
        #expect(
            try office.shell("tar -xOf paket.tar --wildcards '*/data/ledger/checkpoint'").text.contains("\n\n\u{2014} ")
        )
        #expect(try berkas(office, "ledger", "verify", "--against", "paket.tar").status == 0)
        #expect(try berkas(office, "pack", "RKT-2024-0004").status == 0)
        #expect(try berkas(office, "verify").status == 0)
        try #require(office.berkas("init", "Lain", "--office", "Lain").status == 0)
        let imported = try office.berkas("import", "paket.tar", "--home", "Lain", "--as", "Arsiparis Contoh")
        #expect(imported.status == 0, "\(imported.everything)")
        #expect(try berkas(office, "ledger", "checkpoint", "--to", "cekpoin-2.txt").status == 0)
        #expect(try berkas(office, "ledger", "checkpoint", "--to", "cekpoin-2.txt").status == 1)
    }

    @Test func `a proof is signed, and an event with its version cannot be left out of it`() throws {
        let (kit, key, _) = try keyed()
        let answer = try berkas(kit.office, "prove", "RKT-2024-0004", "--to", "bukti", "--json")
        #expect(try answer.facts("proof").first?.values["signed"] as? Bool == true, "\(answer.everything)")
        let checked = try kit.check("bukti", "--kunci", key)
        #expect(checked.status == 0 && checked.text.contains("Tanda tangan"), "\(checked.text)")
        #expect(!checked.text.contains("PERHATIAN"))
        for file in try kit.files() {
            let content = try #require(FileManager.default.contents(atPath: kit.office.path("bukti/\(file)").string))
            var changed = content
            changed[content.count / 2] ^= 1
            try kit.office.write(Array(changed), to: "bukti/\(file)")
            #expect(try kit.check().status == 1, "\(file)")
            try kit.office.write(Array(content), to: "bukti/\(file)")
        }
        // Another one's key is not believed, and neither is one that signed nothing.
        let other = "lain+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        #expect(try kit.check("bukti", "--kunci", other).status == 1)
        // The newer version is left out, with its event and its proof, and the list made anew.
        let omit =
            "rm -r bukti/arsip/RKT-2024-0004/v2 \"bukti/bukti/$(ls bukti/bukti | sort -n | tail -n 1)\" && sed -i 2d bukti/peristiwa.jsonl"
        try #require(kit.office.shell(omit).status == 0)
        try kit.relist()
        let omitted = try kit.check("bukti", "--kunci", key)
        #expect(omitted.status == 1 && omitted.text.contains("tidak ditandatangani dengan kunci"), "\(omitted.text)")
    }

    @Test func `history that was rewritten or put back is not signed`() throws {
        guard let script = Checkout.shared("found/evidence/rewrite-ledger.py") else { return }
        let (kit, _, _) = try keyed()
        let office = kit.office
        try #require(office.shell("cp -a Arsip Dulu").status == 0)
        try #require(berkas(office, "ingest", try office.batch("empat", count: 1).string, "-q").status == 0)
        #expect(try berkas(office, "ledger", "checkpoint").status == 0)
        try #require(office.shell("mv Arsip Kini && cp -a Dulu Arsip").status == 0)
        let back = try berkas(office, "prove", "RKT-2024-0001", "--to", "bukti")
        #expect(back.status == 5 && back.errorText.contains("history was cut back or rewritten"), "\(back.everything)")
        try #require(office.shell("rm -r Arsip && mv Kini Arsip").status == 0)
        try #require(office.shell("python3 '\(script.string)' Arsip actor 'Siti Arsiparis' Susi").status == 0)
        for call in [
            ["ledger", "checkpoint"], ["pack", "RKT-2024-0001"], ["prove", "RKT-2024-0001", "--to", "bukti"],
        ] {
            let answer = try office.berkas(call, environment: Self.settings)
            #expect(answer.status == 5, "\(call): \(answer.everything)")
        }
        #expect(!FileManager.default.fileExists(atPath: office.path("bukti").string))
    }

    @Test func `without its key nothing is signed and everything goes on, and another one is refused`() throws {
        let (kit, key, file) = try keyed()
        let office = kit.office
        try #require(office.shell("mv '\(file)' kunci-lama").status == 0)
        let unsigned = try berkas(office, "ledger", "checkpoint", "--json")
        #expect(
            unsigned.status == 0 && unsigned.errorText.contains("is not on this computer"),
            "\(unsigned.everything)"
        )
        #expect(try unsigned.facts("checkpoint").first?.values["signed"] as? Bool == false)
        #expect(try berkas(office, "pack", "RKT-2024-0001").status == 0)
        #expect(try berkas(office, "verify").status == 0)
        let lost = try berkas(office, "ledger", "key")
        #expect(lost.status == 1 && lost.errorText.contains("BERKAS_LOG_KEY"), "\(lost.everything)")
        let named = Self.settings.merging(["BERKAS_LOG_KEY": office.path("kunci-lama").string]) { $1 }
        #expect(try office.berkas(["ledger", "checkpoint"], environment: named).text.contains("\n\n\u{2014} "))
        let anew = try berkas(office, "ledger", "key", "--anew", "--reason", "komputer dicuri", "--json")
        let fact = try #require(anew.facts("log-key").first, "\(anew.everything)")
        #expect(fact.text("replaces") == key && fact.text("key") != key)
        // The old one signs no more.
        let old = try office.berkas(["ledger", "checkpoint"], environment: named)
        #expect(old.status == 3 && !old.text.contains("\n\n\u{2014} "), "\(old.everything)")
        #expect(try berkas(office, "ledger", "checkpoint").text.contains("\n\n\u{2014} "))
        let event = try #require(office.berkas("history", "--event", "log key named", "--json").facts("event").last)
        #expect(event.part("detail")?.text("reason") == "komputer dicuri")
        #expect(try berkas(office, "verify").status == 0)
    }

    @Test func `a key inside of the home, one that others can read, and none at all are refused`() throws {
        let (kit, _) = try AuditorKit.founded()
        let office = kit.office
        #expect(try berkas(office, "ledger", "key", "--to", "Arsip/policy/log.key").status == 64)
        #expect(try berkas(office, "ledger", "key", "--to", "Arsip/log.key").status == 64)
        #expect(try berkas(office, "ledger", "key", "--anew").status == 64)
        #expect(try berkas(office, "ledger", "key", "--reason", "x").status == 64)
        try office.write("bukan kunci\n", to: "bukan.key")
        try #require(office.shell("chmod 600 bukan.key").status == 0)
        #expect(try berkas(office, "ledger", "key", "--to", "bukan.key").status == 5)
        #expect(try office.berkas("history", "--event", "log key named", "--json").lines.isEmpty)
        #expect(try berkas(office, "ledger", "key", "--to", "stik/log.key").status == 0)
        let named = Self.settings.merging(["BERKAS_LOG_KEY": office.path("stik/log.key").string]) { $1 }
        #expect(try office.berkas(["ledger", "checkpoint"], environment: named).status == 0)
        try #require(office.shell("chmod 644 stik/log.key").status == 0)
        let open = try office.berkas(["ledger", "checkpoint"], environment: named)
        #expect(open.status == 5 && open.errorText.contains("chmod 600"), "\(open.everything)")
    }

    @Test func `before anything is kept there is nothing to hand out, and a key can be named`() throws {
        let office = try Office.founded()
        for call in [["ledger", "checkpoint"], ["ledger", "offer", "--to", "stik"]] {
            let answer = try office.berkas(call, environment: Self.settings)
            #expect([0, 1].contains(answer.status), "\(call): \(answer.everything)")
            #expect(answer.status == 0 || answer.errorText.contains("nothing was kept"), "\(answer.everything)")
        }
        #expect(try berkas(office, "ledger", "key").status == 0)
        #expect(try berkas(office, "ledger", "checkpoint").text.contains("\n\n\u{2014} "))
        #expect(try berkas(office, "verify").status == 0)
    }

    @Test func `a rehearsal signs nothing, and the key remembers nothing of it`() throws {
        let (kit, _, _) = try keyed()
        let office = kit.office
        let calls = [
            ["ingest", try office.batch("empat", count: 2).string], ["pack", "RKT-2024-0001", "--to", "coba.tar"],
            ["ledger", "checkpoint"],
        ]
        for call in calls {
            let answer = try berkas(office, ["rehearse", "--as-of", "2199-01-01", "--"] + call)
            #expect(answer.status == 0 || answer.status == 3, "\(call): \(answer.everything)")
            #expect(!answer.text.contains("\u{2014} tag:"), "\(call)")
        }
        for call in [
            ["ledger", "key", "--to", "k/log.key"], ["ledger", "stamp", "--request", "a.tsq"], ["witness", "key"],
        ] {
            #expect(try berkas(office, ["rehearse", "--as-of", "2199-01-01", "--"] + call).status == 64, "\(call)")
        }
        #expect(try office.shell("ls k a.tsq 2> /dev/null").text.isEmpty)
        #expect(try berkas(office, "ledger", "checkpoint").text.contains("\n\n\u{2014} "))
        try #require(office.berkas("ingest", office.path("empat").string, "-q").status == 0)
        #expect(try berkas(office, "ledger", "checkpoint").text.contains("\n\n\u{2014} "))
    }

    @Test func `verify finds a package whose checkpoint another key signed`() throws {
        let (kit, _, _) = try keyed()
        let office = kit.office
        try #require(office.shell("cp -a Arsip Lain").status == 0)
        let elsewhere = ["XDG_CONFIG_HOME": office.path("lain").string]
        for call in [["ledger", "key", "--anew", "--reason", "x"], ["pack", "RKT-2024-0001"]] {
            let answer = try office.berkas(call + ["--home", "Lain"], environment: elsewhere)
            try #require(answer.status == 0, "\(answer.everything)")
        }
        try #require(berkas(office, "pack", "RKT-2024-0001").status == 0)
        try #require(office.shell("cp Lain/packages/*.tar Arsip/packages/").status == 0)
        let answer = try berkas(office, "verify")
        #expect(answer.status == 5)
        #expect(answer.text.contains("signed by a key which the ledger does not name"), "\(answer.everything)")
    }
}
