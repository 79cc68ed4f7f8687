import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct SchemaTests {
    @Test
    func `what the program writes is what the published schemas say`() throws {
        guard let bin = try Tool.pythonPeer("jsonschema==4.26.0") else { return }
        let binary = try Checkout.binary.string
        let home = Scratch.folder.appending("home").string
        let batch = try BatchFolder(
            Scratch.folder.appending("batch"),
            [
                BatchFolder.Row("a.txt", "satu").labelled("x"), BatchFolder.Row("b.txt", "dua").labelled("x"),
                .init("c.txt", "tiga"),
            ]
        )
        #expect(try Tool.run(binary, ["init", home]).status == 0)
        #expect(try Tool.run(binary, ["--home", home, "ingest", batch.path.string]).status == 0)
        #expect(try Tool.run(binary, ["--home", home, "pack", "--year", "2024"]).status == 0)
        #expect(try Tool.run(binary, ["--home", home, "verify"]).status == 0)
        let script = """
            import json, sys, pathlib, jsonschema
            schemas, home = map(pathlib.Path, sys.argv[1:])
            def check(name, values):
                schema = json.loads((schemas / name).read_text())
                jsonschema.Draft202012Validator.check_schema(schema)
                validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
                count = 0
                for value in values:
                    validator.validate(value)
                    count += 1
                return count
            records = check("record.schema.json", (json.loads(p.read_text()) for p in (home / "store").rglob("record.json")))
            lines = (home / "ledger/events.jsonl").read_text().splitlines()
            events = check("ledger-event.schema.json", (json.loads(line) for line in lines))
            print(records, events)
            """
        let file = Scratch.folder.appending("check.py").string
        try script.write(toFile: file, atomically: true, encoding: .utf8)
        let schemas = Checkout.root.appending("Schemas").string
        let result = try Tool.run(bin.appending("python3").string, [file, schemas, home])
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.text == "3 6\n")
    }

    @Test
    func `every migration of the catalogue is one numbered file`() throws {
        let folder = Checkout.root.appending("Schemas").appending("catalogue").string
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        for (index, name) in names.enumerated() {
            #expect(name.hasPrefix(String(repeating: "0", count: 3 - String(index + 1).count) + "\(index + 1)-"))
            #expect(name.hasSuffix(".sql"))
        }
        #expect(!names.isEmpty)
    }
}
