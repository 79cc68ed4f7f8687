import FileSafety
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct PeerTests {
    /// ocfl-py's library, not its `ocfl-validate.py`: given a storage root, that one prints nothing and ends with 0
    /// whatever is wrong with the objects (2.1.0).
    private static let script = """
        import json, sys, ocfl
        store = ocfl.StorageRoot(root=sys.argv[1])
        valid = store.validate(log_warnings=True)
        errors = [[str(part) for part in error] for error in store.errors]
        said = []
        for path in store.object_paths():
            object = ocfl.Object()
            passed, validator = object.validate(sys.argv[1] + "/" + path, log_warnings=True)
            valid = valid and passed
            said += [str(message) for message in validator.log.messages]
        print(json.dumps({"valid": valid, "objects": store.num_objects, "good": store.good_objects,
            "root": [str(message) for message in store.log.messages], "errors": errors, "said": said}))
        """

    private struct Verdict: Decodable {
        let valid: Bool
        let objects: Int
        let good: Int
        let root: [String]
        let errors: [[String]]
        let said: [String]
    }

    /// What ocfl-py says of a root and of every object in it; nil where it cannot be had.
    private func verdict(_ sample: StoreSample) throws -> Verdict? {
        guard let bin = try Tool.pythonPeer("ocfl-py==2.1.0") else { return nil }
        let result = try Tool.run(bin.appending("python").string, ["-c", Self.script, sample.path.string])
        try #require(result.status == 0, "\(result.errorText)")
        return try JSONDecoder().decode(Verdict.self, from: result.output)
    }

    private func sample() throws -> StoreSample {
        let sample = try StoreSample.withObject()
        let odd = StoreSample.version(["files/caf\u{e9} 😀": "four", "files/cafe\u{301} 😀": "five"])
        try sample.add([StoreSample.version(["record.json": "three"]), odd])
        for number in 1...3 {
            let id = "tag:office.example,2026:RKT-2023-000\(number)"
            try sample.add([StoreSample.version(["record.json": id])], to: id)
        }
        return sample
    }

    @Test func `ocfl-py finds no error and no warning in the root and its objects`() throws {
        guard let verdict = try verdict(try sample()) else { return }
        #expect(verdict.valid)
        #expect(verdict.objects == 4 && verdict.good == 4)
        #expect(verdict.root.isEmpty && verdict.errors.isEmpty && verdict.said.isEmpty, "\(verdict)")
    }

    private static let layouts: [StorageLayout] = [
        .flatDirect, .standard, .hashed(.standard, shortObjectRoot: true), .flatOmitPrefix(delimiter: ":"),
        .tuplesOmitPrefix(.standard),
    ]

    @Test(arguments: layouts)
    func `ocfl-py finds every object right, in whatever layout it was written`(layout: StorageLayout) throws {
        let sample = try StoreSample.withObject(layout: layout)
        for number in 1...3 {
            let id = "tag:office.example,2026:RKT-2023-000\(number)"
            try sample.add([StoreSample.version(["record.json": id])], to: id)
        }
        #expect(try sample.strays().isEmpty)
        guard let bin = try Tool.pythonPeer("ocfl-py==2.1.0") else { return }
        // Of the layouts it knows 0002 and 0003 only; objects it reads wherever they lie.
        let objects = try OCFLValidator().outline(sample.path).objects.map { sample.path.pushing($0).string }
        #expect(objects.count == 4)
        let result = try Tool.run(bin.appending("ocfl-validate.py").string, objects)
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.lines.count { $0.hasSuffix("is VALID") } == 4, "\(result.text)")
        #expect(!(result.text + result.errorText).contains(/\[[EW]\d\d\d/), "\(result.text)\(result.errorText)")
    }

    @Test func `ocfl-py and this program both find a flipped bit`() throws {
        let sample = try sample()
        try sample.write("v1/content/files/a.pdf", "b".utf8)
        #expect(try sample.findings() == ["E092 v1/content/files/a.pdf"])
        guard let verdict = try verdict(sample) else { return }
        #expect(!verdict.valid)
        #expect(verdict.objects == 4 && verdict.good == 3)
        #expect(verdict.said.contains { $0.contains("E092") }, "\(verdict)")
    }

    @Test func `ocfl-py and this program both find an empty folder in the root`() throws {
        let sample = try sample()
        try DurableFiles().makeDirectory(sample.path.appending("abc"))
        #expect(try sample.strays() == ["E073 abc"])
        guard let verdict = try verdict(sample) else { return }
        #expect(!verdict.valid)
        #expect(verdict.good == 4)
    }
}
