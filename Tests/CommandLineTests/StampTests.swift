import Foundation
import SystemPackage
import TestSupport
import Testing

/// Time from outside: requests and answers of a time-stamping authority, as files.
@Suite(.scratch)
struct StampTests {
    /// Makes an authority of this test: its root in `NAME/ca.pem`, and a script `NAME/reply QUERY ANSWER`.
    private func authority(_ office: Office, _ name: String) throws {
        let script = """
            set -e; mkdir \(name); cd \(name)
            openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj '/CN=Akar \(name)' -days 30 2> log
            openssl req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj '/CN=TSA \(name)' 2>> log
            printf 'extendedKeyUsage=critical,timeStamping\\nkeyUsage=critical,digitalSignature\\nbasicConstraints=CA:FALSE\\n' > ext
            openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.crt -days 30 -extfile ext 2>> log
            echo 01 > serial
            cat > tsa.cnf <<END
            [tsa]
            default_tsa = t
            [t]
            serial = $PWD/serial
            signer_cert = $PWD/tsa.crt
            certs = $PWD/ca.pem
            signer_key = $PWD/tsa.key
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256, sha512
            END
            """
        let made = try office.shell(script)
        try #require(made.status == 0, "\(made.errorText)")
    }

    private func reply(_ office: Office, _ name: String, _ query: String, _ answer: String) throws {
        let command = "openssl ts -reply -config \(name)/tsa.cnf -queryfile \(query) -out \(answer) 2> /dev/null"
        try #require(office.shell(command).status == 0)
    }

    @Test func `a stamp over a checkpoint is verified, kept, given to auditors, and renewed each year`() throws {
        let (kit, _) = try AuditorKit.founded()
        let office = kit.office
        try authority(office, "tsa")
        let early = try office.berkas("ledger", "stamp", "--accept", "ada.tsr")
        #expect(early.status == 64 && early.errorText.contains("no time stamp was requested"), "\(early.everything)")
        let asked = try office.berkas("ledger", "stamp", "--request", "a.tsq", "--json")
        let lines = try #require(asked.facts("stamp-request").first?.number("lines"), "\(asked.everything)")
        #expect(try office.berkas("ledger", "stamp", "--request", "a.tsq").status == 1, "no file is replaced")
        try reply(office, "tsa", "a.tsq", "a.tsr")
        let unknown = try office.berkas("ledger", "stamp", "--accept", "a.tsr")
        #expect(unknown.status == 64 && unknown.errorText.contains("no trust anchor"), "\(unknown.everything)")
        try #require(
            office.shell("mkdir -p Arsip/policy/trust && cp tsa/ca.pem Arsip/policy/trust/tsa-uji.pem").status == 0
        )
        try #require(office.berkas("ingest", try office.batch("empat", count: 1).string, "-q").status == 0)
        let taken = try office.berkas("ledger", "stamp", "--accept", "a.tsr", "--json")
        let fact = try #require(taken.facts("stamp").first, "\(taken.everything)")
        #expect(fact.number("lines") == lines && fact.text("anchor") == "tsa-uji.pem")
        #expect(
            try office.berkas("ledger", "stamp", "--accept", "a.tsr", "--json").facts("stamp").first?.values["new"]
                as? Bool == false
        )
        #expect(try office.berkas("history", "--event", "time stamp accepted", "--json").lines.count == 1)
        for call in [["verify"], ["ledger", "verify"], ["rebuild"]] {
            let answer = try office.berkas(call)
            #expect(answer.status == 0, "\(call): \(answer.everything)")
        }
        func row(_ words: String...) throws -> Fact? {
            try office.berkas(["today", "--json"] + words).facts("today row").first { $0.text("topic") == "stamp" }
        }
        #expect(try row()?.values["calling"] as? Bool == false)
        #expect(try row("--as-of", "2199-01-01")?.values["calling"] as? Bool == true)
        try #require(office.berkas("prove", "RKT-2024-0001", "--to", "bukti").status == 0)
        let checked = try kit.check()
        #expect(checked.status == 0 && checked.text.contains("Stempel waktu"), "\(checked.text)")
        let stamp = try #require(kit.files().first { $0.hasSuffix(".tsr") })
        try #require(office.shell("cp a.tsq 'bukti/\(stamp)'").status == 0)
        try kit.relist()
        #expect(try kit.check().status == 1)
    }

    @Test func `an answer of somebody else, over something else or no answer at all is refused`() throws {
        let (kit, _) = try AuditorKit.founded()
        let office = kit.office
        try authority(office, "tsa")
        try authority(office, "lain")
        try #require(
            office.shell("mkdir -p Arsip/policy/trust && cp tsa/ca.pem Arsip/policy/trust/tsa-uji.pem").status == 0
        )
        try #require(office.berkas("ledger", "stamp", "--request", "a.tsq").status == 0)
        try reply(office, "lain", "a.tsq", "lain.tsr")
        try #require(
            office.shell("printf x > x && openssl ts -query -data x -sha512 -cert -out x.tsq 2> log").status == 0
        )
        try reply(office, "tsa", "x.tsq", "x.tsr")
        for file in ["lain.tsr", "x.tsr", "a.tsq", "x"] {
            let answer = try office.berkas("ledger", "stamp", "--accept", file)
            #expect(
                answer.status == 5 && answer.errorText.contains("is no trusted time stamp"),
                "\(file): \(answer.everything)"
            )
        }
        #expect(try office.berkas("ledger", "stamp").status == 64)
        #expect(try office.berkas("ledger", "stamp", "--request", "b", "--accept", "a.tsr").status == 64)
        #expect(try office.berkas("ledger", "stamp", "--request", "Arsip/ledger/b").status == 1)
        // One that was accepted and whose authority is trusted no more is named.
        try reply(office, "tsa", "a.tsq", "a.tsr")
        try #require(office.berkas("ledger", "stamp", "--accept", "a.tsr").status == 0)
        #expect(try office.berkas("verify").status == 0)
        try #require(office.shell("cp lain/ca.pem Arsip/policy/trust/tsa-uji.pem").status == 0)
        let found = try office.berkas("verify")
        #expect(found.status == 5 && found.text.contains("vouches for"), "\(found.everything)")
        try #require(office.shell("rm -r Arsip/policy/trust").status == 0)
        let unverified = try office.berkas("verify")
        #expect(
            unverified.status == 3 && unverified.errorText.contains("were not verified"),
            "\(unverified.everything)"
        )
    }

    @Test func `history that was put back to before a stamp is found when its answer comes`() throws {
        let (kit, _) = try AuditorKit.founded()
        let office = kit.office
        try authority(office, "tsa")
        try #require(
            office.shell("mkdir -p Arsip/policy/trust && cp tsa/ca.pem Arsip/policy/trust/tsa-uji.pem").status == 0
        )
        guard let script = Checkout.shared("found/evidence/rewrite-ledger.py") else { return }
        try #require(office.berkas("ledger", "stamp", "--request", "a.tsq").status == 0)
        try reply(office, "tsa", "a.tsq", "a.tsr")
        try #require(office.shell("python3 '\(script.string)' Arsip actor 'Siti Arsiparis' Susi").status == 0)
        let answer = try office.berkas("ledger", "stamp", "--accept", "a.tsr")
        #expect(answer.status == 5, "\(answer.everything)")
    }
}
