import Foundation
import SystemPackage
import TestSupport
import Testing

/// Acts signed with a person's SSH key, by the real `ssh-keygen`, with a key file and with an agent.
@Suite(.scratch)
struct SignedActTests {
    private let desk: DisposalOffice
    private var office: Office { desk.office }

    init() throws {
        desk = try DisposalOffice()
        for name in ["siti", "kepala", "asing"] {
            let made = try Tool.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key(name)])
            try #require(made.status == 0, "\(made.errorText)")
        }
    }

    private func key(_ name: String) -> String { desk.office.path("kunci-\(name)").string }

    private func enrol(_ person: String, _ name: String, by actor: String = "Kepala UK") throws -> Answer {
        let words = ["person", "enrol", person, "--key", key(name) + ".pub", "--reason", "KTP dilihat", "--as", actor]
        return try office.berkas(words)
    }

    /// Says which acts must be signed, and has that adopted.
    private func demand(_ acts: String) throws {
        let settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
        try office.write(settings.replacing("signed-acts: []", with: "signed-acts: [\(acts)]"), to: "Arsip/berkas.yaml")
        let adopted = try office.berkas("policy", "adopt", "berkas.yaml", "--reason", "SE 1", "--as", "Kepala UK")
        #expect(adopted.status == 0, "\(adopted.everything)")
    }

    private func held() throws -> String {
        try desk.hold("--record", "RKT-2018-0001")
        return String(try #require(office.berkas("hold", "list").text.firstMatch(of: /HOLD-[0-9]+-[0-9]+/)?.output))
    }

    private func release(_ hold: String, as person: String = "Kepala UK", _ more: String...) throws -> Answer {
        let words = ["hold", "release", hold, "--reason", "selesai", "--authority", "ND 1", "--as", person]
        return try office.berkas(words + more)
    }

    /// Does every stage of the archiving, and seals with Siti's key.
    private func sealed() throws -> Answer {
        for (stage, person) in [("receive", "Siti"), ("check-filing", "Siti"), ("approve-filing", "Kepala UK")] {
            #expect(try office.berkas(stage, "2018", "--as", person).status == 0)
        }
        let words = ["seal", "2018", "--incomplete", "lama", "--as", "Siti", "--sign-with", key("siti")]
        return try office.berkas(words)
    }

    private func ledger() throws -> String {
        String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self)
    }

    @Test func `an act that must be signed is refused without a key, and without the key at hand`() throws {
        let hold = try held()
        try demand("release-hold")
        let keyless = try release(hold)
        #expect(keyless.status == 4 && keyless.errorText.contains("berkas person enrol"), "\(keyless.everything)")
        #expect(try enrol("Kepala UK", "kepala").status == 0)
        let absent = try release(hold)
        #expect(absent.status == 4 && absent.errorText.contains("--sign-with"), "\(absent.everything)")
        let foreign = try release(hold, "--sign-with", key("asing"))
        #expect(foreign.status == 4 && foreign.errorText.contains("none of the person's keys"), "\(foreign.everything)")
        #expect(try ledger().components(separatedBy: "\"signature-missing\"").count == 4)
        #expect(try ledger().contains("\"hold released\"") == false)
        let released = try release(hold, "--sign-with", key("kepala"))
        #expect(released.status == 0, "\(released.everything)")
        let told = try office.berkas("history", "--event", "hold released")
        #expect(told.text.contains("Kepala UK (signed;"), "\(told.text)")
        #expect(
            try office.berkas("history", "--event", "hold released", "--json").facts("event").first?.text("sure")
                == "key"
        )
        let proof = try office.berkas("verify")
        #expect(proof.status == 0, "\(proof.everything)")
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("ledger", "verify").status == 0)
    }

    @Test func `an agent signs without a file, and what ssh-keygen alone says of the signature is the same`() throws {
        let hold = try held()
        #expect(try enrol("Kepala UK", "kepala").status == 0)
        let script = """
            export SSH_AUTH_SOCK="$PWD/agen"
            # Whoever began this may have had SIGTERM blocked; and an agent that lived on would hold its descriptors open,
            # so that the end of this shell would never be noticed.
            (for fd in /proc/self/fd/*; do fd=${fd##*/}; [ "$fd" -gt 2 ] && eval "exec $fd>&-"; done 2>/dev/null
             exec ssh-agent -D -a "$SSH_AUTH_SOCK") </dev/null >/dev/null 2>&1 & agent=$!
            trap 'kill -KILL $agent' EXIT
            for n in 1 2 3 4 5 6 7 8 9; do [ -S "$SSH_AUTH_SOCK" ] && break; sleep 0.2; done
            timeout 20 ssh-add -q '\(key("kepala"))' </dev/null || exit 9
            '\(try Checkout.binary.string)' --home Arsip hold release \(hold) --reason selesai --authority 'ND 1' --as 'Kepala UK'
            """
        let released = try office.shell(script)
        #expect(released.status == 0, "\(released.errorText)")
        let script2 = """
            import base64, json, subprocess, sys
            event = [json.loads(l) for l in open('Arsip/ledger/events.jsonl')][-1]
            s = event.pop('signature'); event['seq'] = 0
            body = json.dumps(event, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
            open('isi', 'w').write(body + '\\n' + s['checkpoint'])
            open('ttd', 'w').write('-----BEGIN SSH SIGNATURE-----\\n' + s['value'] + '\\n-----END SSH SIGNATURE-----\\n')
            open('izin', 'w').write('kepala ' + open('\(key("kepala")).pub').read())
            r = subprocess.run(['ssh-keygen', '-Y', 'verify', '-f', 'izin', '-I', 'kepala', '-n', 'act@berkas', '-s', 'ttd'],
                               stdin=open('isi'))
            sys.exit(r.returncode)
            """
        try office.write(script2, to: "periksa-ttd.py")
        let peer = try office.shell("python3 periksa-ttd.py")
        #expect(peer.status == 0, "\(peer.text)\(peer.errorText)")
    }

    @Test func `without a demand an act of somebody with a key and no agent is entered unsigned, and told so`() throws {
        let hold = try held()
        #expect(try enrol("Kepala UK", "kepala").status == 0)
        let released = try release(hold)
        #expect(
            released.status == 0 && released.errorText.contains("entered without a signature"),
            "\(released.everything)"
        )
        #expect(try !ledger().contains("\"signature\":{"))
    }

    @Test func `a key is entered by somebody with the right, is one person's, and signs no more once it is retired`()
        throws
    {
        let own = try enrol("Rani", "asing", by: "Rani")
        #expect(own.status == 4 && own.errorText.contains("may not enter a key"), "\(own.everything)")
        #expect(try enrol("Siti", "siti").status == 0)
        let shared = try enrol("Ani", "siti")
        #expect(shared.status == 4 && shared.errorText.contains("is that of 'Siti' already"), "\(shared.everything)")
        #expect(try enrol("Tuti", "asing").status == 4, "nobody of that name is in the table")
        let private_ = try office.berkas(
            "person",
            "enrol",
            "Ani",
            "--key",
            key("asing"),
            "--reason",
            "a",
            "--as",
            "Kepala UK"
        )
        #expect(private_.status == 64 && private_.errorText.contains("no public key"), "\(private_.everything)")
        let listed = try office.berkas("person", "list")
        #expect(listed.text.contains("Siti  arsiparis") && listed.text.contains("key: SHA256:"), "\(listed.text)")
        #expect(try office.berkas("person", "retire", "Siti", "--reason", "hilang", "--as", "Ani").status == 4)
        #expect(try office.berkas("person", "retire", "Siti", "--reason", "hilang", "--as", "Siti").status == 0)
        #expect(try office.berkas("person", "list").text.contains("(retired)"))
        try demand("seal")
        let sealed = try sealed()
        #expect(sealed.status == 4 && sealed.errorText.contains("has no key"), "\(sealed.everything)")
        #expect(try office.shell("ls Arsip/packages").text.isEmpty)
    }

    @Test func `a seal is signed with its package, and a list from its approval to its execution`() throws {
        try demand("approve, execute, seal")
        #expect(try enrol("Bupati Contoh", "kepala").status == 0)
        #expect(try enrol("Siti", "siti").status == 0)
        let list = try desk.proposed("musnah", DisposalOffice.short)
        try desk.assessed(list)
        try desk.attach(list, "notula", "pertimbangan")
        let unsigned = try desk.approve(list, "bupati", by: "Bupati Contoh")
        #expect(unsigned.status == 4, "\(unsigned.everything)")
        let words = [
            "disposal", "approve", list, "--authority", "bupati", "--approver", "Bupati Contoh", "--letter",
            try DisposalOffice.paper("persetujuan"), "--number", "045/77/2026", "--date", DisposalOffice.today, "--as",
            "Bupati Contoh", "--sign-with", key("kepala"),
        ]
        let approved = try office.berkas(words)
        #expect(approved.status == 0, "\(approved.everything)")
        let sealed = try sealed()
        #expect(sealed.status == 0, "\(sealed.everything)")
        #expect(try ledger().components(separatedBy: "\"signature\":{").count == 3)
        let proof = try office.berkas("verify")
        #expect(proof.status == 0, "\(proof.everything)")
    }

    @Test(arguments: ["\"reason\":\"selesai\"", "\"value\":\"U1NIU0lH", "\"account\":", "\"checkpoint\":\"tag"])
    func `a signed act that is changed, with every hash of the ledger made anew, is found`(piece: String) throws {
        let hold = try held()
        #expect(try enrol("Kepala UK", "kepala").status == 0)
        #expect(try release(hold, "--sign-with", key("kepala")).status == 0)
        #expect(try office.berkas("verify").status == 0)
        let line = try #require(try ledger().split(separator: "\n").last { $0.contains("\"hold released\"") })
        let swap: [String: String] = [
            "\"reason\":\"selesai\"": "\"reason\":\"selesei\"", "\"value\":\"U1NIU0lH": "\"value\":\"U1NIU0lI",
            "\"account\":": "\"account\":\"x\",\"xaccount\":", "\"checkpoint\":\"tag": "\"checkpoint\":\"tog",
        ]
        try #require(line.contains(piece))
        let changed = try ledger().replacing(piece, with: try #require(swap[piece]))
        try office.write(changed.replacing(/,"xaccount":"[^"]*"/, with: ""), to: "Arsip/ledger/events.jsonl")
        try rewrite()
        let proof = try office.berkas("verify")
        #expect(proof.status == 5 || proof.status == 3, "\(proof.everything)")
        #expect(proof.everything.contains("signature") || proof.everything.contains("signed"), "\(proof.everything)")
    }

    /// Makes leaves and checkpoint anew over the lines as they are, as an insider with the whole disk would.
    private func rewrite() throws {
        let script = """
            import base64, hashlib
            lines = open('Arsip/ledger/events.jsonl', 'rb').read().split(b'\\n')[:-1]
            leaves = [hashlib.sha256(b'\\0' + l).digest() for l in lines]
            def root(h):
                if len(h) == 1: return h[0]
                k = 1
                while k * 2 < len(h): k *= 2
                return hashlib.sha256(b'\\1' + root(h[:k]) + root(h[k:])).digest()
            origin = open('Arsip/ledger/checkpoint').read().split('\\n')[0]
            open('Arsip/ledger/leaves', 'wb').write(b''.join(leaves))
            r = base64.b64encode(root(leaves)).decode()
            open('Arsip/ledger/checkpoint', 'w').write(f'{origin}\\n{len(lines)}\\n{r}\\n')
            """
        try office.write(script, to: "tulis-ulang.py")
        try #require(office.shell("python3 tulis-ulang.py && rm -f Arsip/catalogue.sqlite*").status == 0)
    }
}
