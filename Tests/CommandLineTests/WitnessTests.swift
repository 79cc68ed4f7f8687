import Foundation
import SystemPackage
import TestSupport
import Testing

/// A witness outside of the office, by stick: it signs what only grew, and what it signed comes home.
@Suite(.scratch)
struct WitnessTests {
    /// The witness's own computer: its settings, and nothing of the office.
    private static var outside: [String: String] {
        ["XDG_CONFIG_HOME": Scratch.folder.appending("inspektorat").string, "BERKAS_HOME": ""]
    }
    private static var inside: [String: String] {
        ["XDG_CONFIG_HOME": Scratch.folder.appending("kantor").string]
    }

    private func witness(_ office: Office, _ words: String...) throws -> Answer {
        try office.berkas(["witness"] + words, environment: Self.outside)
    }

    private func ledger(_ office: Office, _ words: String...) throws -> Answer {
        try office.berkas(["ledger"] + words, environment: Self.inside)
    }

    /// An office with a witness that it knows, and that signed once.
    private func witnessed(keyed: Bool = true) throws -> (kit: AuditorKit, key: String) {
        let (kit, _) = try AuditorKit.founded()
        let office = kit.office
        if keyed { try #require(ledger(office, "key").status == 0) }
        let made = try witness(office, "key", "--name", "inspektorat.example/saksi", "--json")
        let key = try #require(made.facts("witness-key").first?.text("key"), "\(made.everything)")
        try office.write("name,vkey\ninspektorat.example/saksi,\(key)\n", to: "Arsip/policy/witnesses.csv")
        try office.adoptPolicies(as: "Siti")
        try look(office)
        return (kit, key)
    }

    @Test func `a witness whom somebody entered, and nobody adopted, vouches for nothing`() throws {
        let (kit, key) = try witnessed()
        let office = kit.office
        let own = ["XDG_CONFIG_HOME": Scratch.folder.appending("sendiri").string, "BERKAS_HOME": ""]
        let made = try office.berkas(["witness", "key", "--name", "palsu.example", "--json"], environment: own)
        let foreign = try #require(made.facts("witness-key").first?.text("key"))
        let table = "name,vkey\ninspektorat.example/saksi,\(key)\npalsu.example,\(foreign)\n"
        try office.write(table, to: "Arsip/policy/witnesses.csv")
        try #require(ledger(office, "offer", "--to", "stik/palsu").status == 0)
        try #require(office.berkas(["witness", "sign", "stik/palsu"], environment: own).status == 0)
        let refused = try ledger(office, "accept", "stik/palsu")
        #expect(refused.status == 4 && refused.errorText.contains("policy/witnesses.csv"), "\(refused.everything)")
        try office.adoptPolicies(as: "Siti")
        #expect(try ledger(office, "accept", "stik/palsu").status == 0)
    }

    /// One way of the stick.
    private func look(_ office: Office) throws {
        let offered = try ledger(office, "offer", "--to", "stik/berkas")
        try #require(offered.status == 0, "\(offered.everything)")
        let signed = try witness(office, "sign", "stik/berkas")
        try #require(signed.status == 0, "\(signed.everything)")
        let accepted = try ledger(office, "accept", "stik/berkas")
        try #require(accepted.status == 0, "\(accepted.everything)")
    }

    @Test func `a witness signs what grew, and the ledger, today and an auditor know of it`() throws {
        let (kit, key) = try witnessed()
        let office = kit.office
        try #require(office.berkas("ingest", try office.batch("empat", count: 2).string, "-q").status == 0)
        #expect(try ledger(office, "offer", "--to", "stik/berkas").status == 0)
        let signed = try witness(office, "sign", "stik/berkas", "--json")
        let fact = try #require(signed.facts("witnessed").first, "\(signed.everything)")
        let (previous, lines) = (try #require(fact.number("previous")), try #require(fact.number("lines")))
        #expect(previous < lines && fact.text("logKey")?.hasPrefix("tag:contoh.example,2026:ledger+") == true)
        #expect(
            try ledger(office, "accept", "stik/berkas", "--json").facts("cosignature").first?.number("lines") == lines
        )
        // A second time it is known, and nothing is entered.
        let events = try office.berkas("history", "--event", "checkpoint cosigned", "--json").facts("event")
        #expect(events.count == 2 && events.last?.part("detail")?.text("key") == key)
        let again = try ledger(office, "accept", "stik/berkas")
        #expect(again.status == 0 && again.errorText.contains("knows these signatures already"), "\(again.everything)")
        #expect(try office.berkas("history", "--event", "checkpoint cosigned", "--json").lines.count == 2)
        for call in [["verify"], ["ledger", "verify"], ["rebuild"]] {
            #expect(try office.berkas(call).status == 0, "\(call)")
        }
        let today = try office.berkas("today", "--json").facts("today row").first { $0.text("topic") == "witness" }
        #expect(today?.text("message")?.contains("of inspektorat.example/saksi on ") == true)
        let proven = try office.berkas(["prove", "RKT-2024-0001", "--to", "bukti"], environment: Self.inside)
        try #require(proven.status == 0, "\(proven.everything)")
        let checked = try kit.check("bukti", "--kunci", key)
        #expect(checked.status == 0 && checked.text.contains(", saksi pada 2"), "\(checked.text)")
        let note = try #require(kit.files().first { $0.hasPrefix("saksi/") })
        var content = try #require(FileManager.default.contents(atPath: office.path("bukti/\(note)").string))
        content[content.count - 20] ^= 1
        try office.write(Array(content), to: "bukti/\(note)")
        #expect(try kit.check().status == 1)
        try kit.relist()
        #expect(try kit.check("bukti", "--kunci", key).status == 1)
    }

    @Test(arguments: ["actor 'Siti Arsiparis' Susi", "drop RKT-2024-0002"])
    func `a witness refuses history that was written anew, with every hash right, and remembers`(how: String) throws {
        guard let script = Checkout.shared("found/evidence/rewrite-ledger.py") else { return }
        let (kit, _) = try witnessed(keyed: false)
        let office = kit.office
        try #require(office.shell("cp -a Arsip Utuh && python3 '\(script.string)' Arsip \(how)").status == 0)
        #expect(try ledger(office, "offer", "--to", "stik/lain").status == 0)
        let before = try office.shell("cat stik/lain/cekpoin").text
        let refused = try witness(office, "sign", "stik/lain")
        #expect(
            refused.status == 5 && refused.errorText.contains("history was cut back or rewritten"),
            "\(refused.everything)"
        )
        #expect(try office.shell("cat stik/lain/cekpoin").text == before, "nothing is signed")
        // What it signed before is found in the ledger itself, and cannot be forged there.
        #expect(try office.berkas("ledger", "verify").status == 5)
        try #require(office.shell("rm -r Arsip && mv Utuh Arsip").status == 0)
        #expect(try ledger(office, "offer", "--to", "stik/lain").status == 0)
        #expect(try witness(office, "sign", "stik/lain").status == 0)
    }

    @Test func `a home that was put back as it was is refused by its witness`() throws {
        let (kit, _) = try witnessed(keyed: false)
        let office = kit.office
        try #require(office.shell("cp -a Arsip Dulu").status == 0)
        try #require(office.berkas("ingest", try office.batch("empat", count: 2).string, "-q").status == 0)
        try look(office)
        let late = try office.shell("cp -r stik/berkas stik/baru && rm -r Arsip && mv Dulu Arsip")
        try #require(late.status == 0)
        #expect(try ledger(office, "offer", "--to", "stik/lama").status == 0)
        let refused = try witness(office, "sign", "stik/lama")
        #expect(refused.status == 5, "\(refused.everything)")
        let accepted = try ledger(office, "accept", "stik/baru")
        #expect(accepted.status == 5 && accepted.errorText.contains("history was cut back"), "\(accepted.everything)")
    }

    @Test func `an offer that was changed on its way is not signed, and one whose signature was is not accepted`()
        throws
    {
        let (kit, _) = try witnessed()
        let office = kit.office
        #expect(try ledger(office, "offer", "--to", "stik/x").status == 0)
        let changes = [
            "printf x | dd of=stik/y/daun conv=notrunc bs=1 seek=33", "head -c 64 stik/x/daun > stik/y/daun",
            "sed -i 's/^[0-9]*$/3/' stik/y/cekpoin", "sed -i '4,$d' stik/y/cekpoin", "rm stik/y/daun",
            "rm stik/y/cekpoin",
            "printf x >> stik/y/cekpoin", "printf 'x\\n' > stik/y/kunci.txt",
        ]
        for change in changes {
            try #require(office.shell("rm -rf stik/y && cp -r stik/x stik/y && \(change)").status == 0)
            let answer = try witness(office, "sign", "stik/y")
            #expect([5, 64].contains(answer.status), "\(change): \(answer.everything)")
        }
        #expect(try witness(office, "sign", "stik/x").status == 0)
        let forged = "sed -i 's|\\(saksi [A-Za-z0-9+/]\\{20\\}\\)\\(..\\)|\\1AA|' stik/x/cekpoin"
        try #require(office.shell(forged).status == 0)
        let answer = try ledger(office, "accept", "stik/x")
        #expect(answer.status == 5 && answer.errorText.contains("is not that of its key"), "\(answer.everything)")
    }

    @Test func `a witness whom the office does not know is refused, and an offer that waits is not written over`()
        throws
    {
        let (kit, _) = try witnessed()
        let office = kit.office
        let other = ["XDG_CONFIG_HOME": office.path("orang").string]
        #expect(try office.berkas(["witness", "sign", "stik/z"], environment: other).status == 64)
        #expect(try office.berkas(["witness", "key"], environment: other).status == 64)
        #expect(try office.berkas(["witness", "key", "--name", "a b"], environment: other).status == 64)
        #expect(try office.berkas(["witness", "key", "--name", "orang.example"], environment: other).status == 0)
        #expect(try office.berkas(["witness", "key", "--name", "lain.example"], environment: other).status == 1)
        #expect(try ledger(office, "offer", "--to", "stik/z").status == 0)
        let nobody = try ledger(office, "accept", "stik/z")
        #expect(
            nobody.status == 1 && nobody.errorText.contains("nobody cosigned the offer yet"),
            "\(nobody.everything)"
        )
        #expect(try office.berkas(["witness", "sign", "stik/z"], environment: other).status == 0)
        let unknown = try ledger(office, "accept", "stik/z")
        #expect(unknown.status == 1 && unknown.errorText.contains("'orang.example'"), "\(unknown.everything)")
        let waiting = try ledger(office, "offer", "--to", "stik/z")
        #expect(waiting.status == 1 && waiting.errorText.contains("and not accepted"), "\(waiting.everything)")
        #expect(try witness(office, "sign", "stik/z").status == 0)
        let partly = try ledger(office, "accept", "stik/z")
        #expect(partly.status == 3 && partly.errorText.contains("was passed over"), "\(partly.everything)")
        try office.write("x", to: "stik/isi/x")
        #expect(try ledger(office, "offer", "--to", "stik/isi").status == 1)
        #expect(try ledger(office, "offer", "--to", "Arsip/ledger").status == 1)
        try office.write("name,vkey\nx,y\n", to: "Arsip/policy/witnesses.csv")
        #expect(try ledger(office, "accept", "stik/z").status == 4)
        let wrong = try office.berkas("policy", "adopt", "--reason", "x", "--as", "Siti")
        #expect(wrong.status == 4 && wrong.errorText.contains("has no key of the witness"), "\(wrong.everything)")
    }

    @Test func `a cosignature that somebody wrote into the ledger is found though all hashes are right`() throws {
        let (kit, _) = try witnessed(keyed: false)
        let office = kit.office
        let script = """
            import base64, hashlib, sys
            path = "Arsip/ledger/events.jsonl"
            lines = open(path, "rb").read().split(b"\\n")[:-1]
            lines[-1] = lines[-1].replace(b'"time":"2', b'"time":"2', 1).replace(b"saksi ", b"saksi  "[:6], 1)
            at = lines[-1].rindex(b"saksi ") + 30
            lines[-1] = lines[-1][:at] + (b"A" if lines[-1][at:at+1] != b"A" else b"B") + lines[-1][at+1:]
            level = [hashlib.sha256(b"\\0" + line).digest() for line in lines]
            open("Arsip/ledger/leaves", "wb").write(b"".join(level))
            count = len(level)
            while len(level) > 1:
                pairs = [hashlib.sha256(b"\\1" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
                level = pairs + level[len(level) // 2 * 2:]
            open(path, "wb").write(b"".join(line + b"\\n" for line in lines))
            name = open("Arsip/ledger/checkpoint").read().split("\\n")[0]
            open("Arsip/ledger/checkpoint", "w").write(f"{name}\\n{count}\\n{base64.b64encode(level[0]).decode()}\\n")
            """
        try office.write(script, to: "palsu.py")
        try #require(office.shell("python3 palsu.py").status == 0)
        let answer = try office.berkas("ledger", "verify")
        #expect(answer.status == 5 && answer.text.contains("tells of a cosignature"), "\(answer.everything)")
        try #require(office.berkas("rebuild", "-q").status == 0)
        let whole = try office.berkas("verify")
        #expect(whole.status == 5 && whole.text.contains("tells of a cosignature"), "\(whole.everything)")
        #expect(try office.berkas("prove", "RKT-2024-0001", "--to", "bukti").status == 5)
    }

    @Test func `today calls for an outside look where the office asks for one`() throws {
        let (kit, _) = try AuditorKit.founded()
        let office = kit.office
        func row(_ words: String...) throws -> Fact? {
            try office.berkas(["today", "--json"] + words).facts("today row").first { $0.text("topic") == "witness" }
        }
        #expect(try row()?.values["calling"] as? Bool == false)
        let settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
        try office.write(settings + "\nreminders:\n  witness-days: 90\n", to: "Arsip/berkas.yaml")
        let never = try #require(try row())
        #expect(never.values["calling"] as? Bool == true)
        #expect(never.text("remedy")?.contains("berkas ledger offer") == true)
        let key = try #require(witness(office, "key", "--name", "s", "--json").facts("witness-key").first?.text("key"))
        try office.write("name,vkey\ns,\(key)\n", to: "Arsip/policy/witnesses.csv")
        try office.adoptPolicies(as: "Siti")
        try look(office)
        #expect(try row()?.values["calling"] as? Bool == false)
        #expect(try row("--as-of", "2199-01-01")?.values["calling"] as? Bool == true)
        try office.write(settings + "\nreminders:\n  witness-days: 0\n", to: "Arsip/berkas.yaml")
        #expect(try office.berkas("today").status == 1)
    }

    @Test func `what these commands print for scripts is what the published schema says`() throws {
        let (kit, _) = try witnessed()
        let office = kit.office
        var lines = ""
        let calls = [
            ["ledger", "key"], ["ledger", "checkpoint"], ["ledger", "offer", "--to", "stik/s"],
            ["prove", "RKT-2024-0001", "--to", "bukti"], ["ledger", "stamp", "--request", "a.tsq"], ["today"],
        ]
        for call in calls { lines += try office.berkas(call + ["--json"], environment: Self.inside).text }
        lines += try witness(office, "key", "--json").text + witness(office, "sign", "stik/s", "--json").text
        lines += try ledger(office, "accept", "stik/s", "--json").text
        guard let result = try PublishedSchema.check(lines) else { return }
        #expect(result.status == 0, "\(result.errorText)")
        let kinds = [
            "checkpoint", "cosignature", "log-key", "offer", "proof", "stamp-request", "today", "today item",
            "today row",
        ]
        #expect(result.lines == kinds + ["witness-key", "witnessed"])
    }
}
