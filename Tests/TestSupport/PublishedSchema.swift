import Foundation
import SystemPackage
import Testing

/// Holds what commands print with `--json` against the published schema.
package enum PublishedSchema {
    private static let script = """
        import json, sys, jsonschema
        validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
        kinds = set()
        for line in open(sys.argv[2]):
            value = json.loads(line)
            kinds.add(value["kind"])
            errors = [e.message for e in validator.iter_errors(value)]
            assert not errors, (line, validator.schema["$defs"].get(value["kind"]))
        for kind in sorted(kinds):
            print(kind)
        """

    /// Checks every line by `Schemas/output.schema.json`, in the scratch folder of the test.
    ///
    /// - Parameter lines: JSON Lines.
    /// - Returns: what the check ended with: status 0 and the kinds of lines, sorted, one a line; nil where the program that
    ///   checks is left out.
    /// - Throws: what writing the files and running the program throw.
    package static func check(_ lines: String) throws -> ToolResult? {
        guard let bin = try Tool.pythonPeer("jsonschema==4.26.0") else { return nil }
        let printed = Scratch.folder.appending("lines.jsonl").string
        try lines.write(toFile: printed, atomically: true, encoding: .utf8)
        let file = Scratch.folder.appending("check-lines.py").string
        try script.write(toFile: file, atomically: true, encoding: .utf8)
        let schema = Checkout.root.appending("Schemas").appending("output.schema.json").string
        return try Tool.run(bin.appending("python3").string, [file, schema, printed])
    }
}
