import Foundation
import SystemPackage
import TestSupport
import Testing

/// What the commands of disposal print with `--json` is what the published schema says.
@Suite(.scratch)
struct DisposalSchemaTests {
    private static let script = """
        import json, sys, jsonschema
        validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
        kinds = set()
        for line in open(sys.argv[2]):
            value = json.loads(line)
            kinds.add(value["kind"])
            errors = [e.message for e in validator.iter_errors(value)]
            assert not errors, (line, validator.schema["$defs"].get(value["kind"]))
        print(", ".join(sorted(kinds)))
        """

    @Test func `every line of disposal and transfer is what the published schema says`() throws {
        guard let bin = try Tool.pythonPeer("jsonschema==4.26.0") else { return }
        let desk = try DisposalOffice()
        var lines = ""
        func asked(_ person: String, _ words: String...) throws {
            let answer = try desk.office.berkas(words + ["--json", "--as", person])
            #expect(answer.status == 0, "\(words): \(answer.everything)")
            lines += answer.text
        }
        try asked(
            "Kepala UK",
            "retention",
            "review",
            "RKT-2018-0007",
            "--outcome",
            "perpanjang",
            "--until",
            "2199-01-01",
            "--authority",
            "ND 1",
            "--comment",
            "masih perlu"
        )
        try asked("Siti", "disposal", "propose", "--kind", "musnah", "--title", "batal", "RKT-2018-0001")
        try asked("Siti", "disposal", "cancel", "USUL-2026-0001", "--reason", "salah")
        let list = try desk.approved()
        try asked("Siti", "disposal", "leave-out", list, "RKT-2018-0002", "--reason", "salah")
        let paper = try DisposalOffice.paper("berita-acara")
        try asked(
            "Siti",
            "disposal",
            "execute",
            list,
            "--witness",
            "Dedi",
            "--witness",
            "Eka",
            "--place",
            "p",
            "--method",
            "m"
        )
        try asked("Siti", "disposal", "attach", list, "berita-acara", paper)
        try asked("Siti", "disposal", "show", list)
        try asked("Siti", "disposal", "list", "--all")
        try asked("Siti", "disposal", "copies", list)
        try asked("Siti", "disposal", "copies", list, "--all-destroyed", "--method", "dicacah")
        try asked("Siti", "show", "RKT-2018-0001")
        try asked("Siti", "list")
        try asked("Siti", "search", "Perjanjian")
        let given = try desk.proposed("serah", ["--due"])
        try desk.attach(given, "sk-panitia", "daftar")
        for member in ["Ani", "Budi", "Cici"] { try asked(member, "disposal", "assess", given, "--agree-rest") }
        try desk.attach(given, "notula", "pertimbangan", "pemberitahuan")
        try asked(
            "Kepala LKD",
            "disposal",
            "approve",
            given,
            "--authority",
            "kepala-lkd",
            "--approver",
            "Kepala LKD",
            "--letter",
            DisposalOffice.paper("persetujuan"),
            "--number",
            "1",
            "--date",
            DisposalOffice.today
        )
        try desk.attach(given, "penetapan")
        try asked("Siti", "transfer", "start", given, "--to", "s.tar", "--place", "p", "--method", "m")
        try asked(
            "Siti",
            "transfer",
            "receipt",
            given,
            "--receiver",
            "LKD",
            "--date",
            DisposalOffice.today,
            "--letter",
            paper
        )
        try asked("Siti", "transfer", "remove", given)
        let printed = try desk.office.write(lines, to: "lines.jsonl").string
        let file = try desk.office.write(Self.script, to: "check.py").string
        let schema = Checkout.root.appending("Schemas").appending("output.schema.json").string
        let result = try Tool.run(bin.appending("python3").string, [file, schema, printed])
        #expect(result.status == 0, "\(result.errorText)")
        #expect(
            result.text
                == "disposal approved, disposal assessed, disposal cancelled, disposal copies destroyed, disposal copy,"
                + " disposal evidence attached, disposal item, disposal item left, disposal item removed,"
                + " disposal item transferred, disposal list, disposal proposed, hit, record, review closed, tombstone,"
                + " transfer package, transfer receipt\n"
        )
    }
}
