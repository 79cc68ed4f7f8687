import FileSafety
import Fixity
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct ObjectDamageTests {
    /// One kind of damage, and what must be found.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let findings: [String]
        let inflict: @Sendable (StoreSample) throws -> Void

        init(_ name: String, _ findings: [String], _ inflict: @escaping @Sendable (StoreSample) throws -> Void) {
            testDescription = name
            self.findings = findings
            self.inflict = inflict
        }
    }

    private static let content: [Damage] = [
        Damage("a flipped bit", ["E092 v1/content/files/a.pdf"]) { try $0.write("v1/content/files/a.pdf", [0x61 ^ 1]) },
        Damage("a cut file", ["E092 v1/content/record.json"]) { try $0.write("v1/content/record.json", "on".utf8) },
        Damage("an emptied file", ["E092 v2/content/record.json"]) { try $0.write("v2/content/record.json", []) },
        Damage("a longer file", ["E092 v2/content/record.json"]) {
            try $0.write("v2/content/record.json", "two2".utf8)
        },
        Damage("a missing file", ["E092 v2/content/files/c.pdf"]) {
            try $0.remove("v2/content/files/c.pdf")
            try $0.remove("v2/content/files")
        },
        Damage("two swapped files", ["E092 v1/content/files/a.pdf", "E092 v1/content/record.json"]) {
            try $0.write("v1/content/files/a.pdf", "one".utf8)
            try $0.write("v1/content/record.json", "a".utf8)
        },
        Damage("an extra file", ["E023 v1/content/files/extra"]) { try $0.write("v1/content/files/extra", "x".utf8) },
        Damage("a copy of a file under another name", ["E023 v2/content/files/a.pdf"]) {
            try $0.write("v2/content/files/a.pdf", "a".utf8)
        },
        Damage("a renamed file", ["E023 v1/content/files/A.pdf", "E092 v1/content/files/a.pdf"]) {
            try $0.remove("v1/content/files/a.pdf")
            try $0.write("v1/content/files/A.pdf", "a".utf8)
        },
        Damage("an empty folder", ["E024 v1/content/files/new"]) {
            try DurableFiles().makeDirectory(try $0.object.pushing("v1/content/files/new"))
        },
        Damage("a folder in place of a file", ["E024 v1/content/files/a.pdf", "E092 v1/content/files/a.pdf"]) {
            try $0.remove("v1/content/files/a.pdf")
            try DurableFiles().makeDirectory(try $0.object.pushing("v1/content/files/a.pdf"))
        },
        Damage(
            "a missing content folder",
            ["E016 v2/content", "E092 v2/content/files/c.pdf", "E092 v2/content/record.json"]
        ) {
            try $0.remove("v2/content")
        },
    ]

    private static let links: [Damage] = [
        Damage("a link to the same bytes", ["E090 v1/content/files/a.pdf"]) {
            try $0.remove("v1/content/files/a.pdf")
            try $0.write("logs", [])
            try $0.remove("logs")
            let copy = try Scratch.file("copy", "a".utf8)
            try link($0, "v1/content/files/a.pdf", to: copy.string)
        },
        Damage("a hard link", ["E090 v1/content/files/a.pdf"]) {
            let name = Scratch.folder.appending("name").string
            try FileManager.default.linkItem(
                atPath: try $0.object.pushing("v1/content/files/a.pdf").string,
                toPath: name
            )
        },
        Damage("a FIFO", ["E089 v1/content/files/a.pdf"]) {
            try $0.remove("v1/content/files/a.pdf")
            _ = try Tool.run("mkfifo", [try $0.object.pushing("v1/content/files/a.pdf").string])
        },
        Damage(
            "a content folder that is a link to the same files",
            [
                "E016 v1/content", "E090 v1/content", "E092 v1/content/files/a.pdf", "E092 v1/content/files/sub/b.pdf",
                "E092 v1/content/record.json",
            ]
        ) {
            let moved = Scratch.folder.appending("moved")
            try DurableFiles().rename(try $0.object.pushing("v1/content"), to: moved)
            try link($0, "v1/content", to: moved.string)
        },
        Damage(
            "a content folder that is a file",
            [
                "E015 v2/content", "E016 v2/content", "E092 v2/content/files/c.pdf", "E092 v2/content/record.json",
            ]
        ) {
            try $0.remove("v2/content")
            try $0.write("v2/content", "x".utf8)
        },
        Damage("an inventory that is a FIFO", ["E063 inventory.json", "E089 inventory.json"]) {
            try $0.remove("inventory.json")
            _ = try Tool.run("mkfifo", [try $0.object.appending("inventory.json").string])
        },
    ]

    private static func link(_ sample: StoreSample, _ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: try sample.object.pushing(FilePath(path)).string,
            withDestinationPath: target
        )
    }

    private static let structure: [Damage] = [
        Damage("a missing declaration", ["E003 -"]) { try $0.remove("0=ocfl_object_1.1") },
        Damage("a declaration without its line end", ["E007 0=ocfl_object_1.1"]) {
            try $0.write("0=ocfl_object_1.1", "ocfl_object_1.1".utf8)
        },
        Damage("a second declaration", ["E003 -"]) {
            try $0.write("0=ocfl_object_1.0", "ocfl_object_1.0\n".utf8)
        },
        Damage("a stray file", ["E001 notes.txt"]) { try $0.write("notes.txt", "x".utf8) },
        Damage("a stray file in a version", ["E015 v1/notes.txt"]) { try $0.write("v1/notes.txt", "x".utf8) },
        Damage("a missing inventory", ["E063 inventory.json"]) { try $0.remove("inventory.json") },
        Damage("a missing sidecar", ["E058 inventory.json"]) { try $0.remove("inventory.json.sha512") },
        Damage("an old version without inventory", ["W010 v1/inventory.json"]) { try $0.remove("v1/inventory.json") },
        Damage(
            "a missing version",
            [
                "E010 v1", "E046 inventory.json", "E092 v1/content/files/a.pdf", "E092 v1/content/files/sub/b.pdf",
                "E092 v1/content/record.json",
            ]
        ) { try $0.remove("v1") },
        Damage("a version that nobody named", ["E001 v3"]) { try $0.write("v3", "x".utf8) },
    ]

    private static let inventories: [Damage] = [
        Damage("an edited inventory", ["E060 inventory.json", "E064 v2/inventory.json", "W011 v1/inventory.json"]) {
            try $0.edit("inventory.json", "Received", "Deceived", sealing: false)
        },
        Damage("an edited inventory with a fitting sidecar", ["E064 v2/inventory.json", "W011 v1/inventory.json"]) {
            try $0.edit("inventory.json", "Received", "Deceived", sealing: true)
        },
        Damage("an edited sidecar", ["E060 inventory.json"]) {
            try $0.write("inventory.json.sha512", "\(String(repeating: "0", count: 128)) inventory.json\n".utf8)
        },
        Damage("a sidecar of another form", ["E061 v1/inventory.json.sha512"]) {
            try $0.write("v1/inventory.json.sha512", "sha512 of the inventory".utf8)
        },
        Damage("an edited old inventory", ["E060 v1/inventory.json", "W011 v1/inventory.json"]) {
            try $0.edit("v1/inventory.json", "Received", "Deceived", sealing: false)
        },
        Damage("an old inventory that shows other files, with a fitting sidecar", ["E066 v1/inventory.json"]) {
            try $0.edit("v1/inventory.json", "\"files/a.pdf\"", "\"files/z.pdf\"", sealing: true)
        },
        Damage("an old inventory of another object, with a fitting sidecar", ["E110 v1/inventory.json"]) {
            try $0.edit("v1/inventory.json", "RKT-2024-0007", "RKT-2024-0008", sealing: true)
        },
        Damage("an inventory that is no JSON", ["E060 inventory.json", "E033 inventory.json"]) {
            try $0.write("inventory.json", "{".utf8)
        },
        Damage("a head that is no version", ["E060 inventory.json", "E040 inventory.json", "E064 v2/inventory.json"]) {
            try $0.edit("inventory.json", "\"head\" : \"v2\"", "\"head\" : \"2\"", sealing: false)
        },
        Damage(
            "a hundred thousand nested lists",
            ["E060 inventory.json", "E033 inventory.json", "E033 inventory.json"]
        ) {
            try $0.write("inventory.json", String(repeating: "[", count: 100_000).utf8)
        },
    ]

    @Test(arguments: content + links + structure + inventories)
    func `damage is found with its code and its place`(damage: Damage) throws {
        let sample = try StoreSample.withObject()
        #expect(try sample.findings().isEmpty)
        try damage.inflict(sample)
        let found = try sample.findings().sorted()
        #expect(found == damage.findings.sorted())
    }

    @Test func `a head that is far too high is not counted up to`() throws {
        let sample = try StoreSample.withObject()
        try sample.edit("inventory.json", "\"head\" : \"v2\"", "\"head\" : \"v999999999\"", sealing: true)
        let findings = try sample.findings()
        #expect(findings.contains("E040 inventory.json"))
        #expect(findings.count < 10)
    }

    @Test func `every bit of an inventory counts`() throws {
        let sample = try StoreSample.withObject()
        let whole = try sample.read("inventory.json")
        for offset in stride(from: 0, to: whole.count, by: 37) {
            var bytes = whole
            bytes[offset] ^= 4
            try sample.write("inventory.json", bytes)
            #expect(try sample.findings().contains("E060 inventory.json"), "byte \(offset)")
        }
    }

    @Test func `logs and extensions are no strays`() throws {
        let sample = try StoreSample.withObject()
        for name in ["logs", "extensions"] { try DurableFiles().makeDirectory(try sample.object.appending(name)) }
        #expect(try sample.findings().isEmpty)
    }

    @Test func `inspecting counts what it reads, and writes nothing`() throws {
        let sample = try StoreSample.withObject()
        let before = try TreeSnapshot.of(sample.path)
        let report = try sample.inspect()
        #expect(report.filesRead == 5)
        #expect(report.inventoryDigests.keys.sorted() == ["v1", "v2"])
        #expect(report.inventoryDigests["v2"] == Digest.of(try sample.read("inventory.json"), .sha512).hex)
        let inventories = try ["", "v1/", "v2/"].reduce(0) { try $0 + sample.read($1 + "inventory.json").count }
        #expect(report.bytesRead == inventories + "one".utf8.count + "two".utf8.count + 3)
        #expect(try TreeSnapshot.of(sample.path) == before)
    }
}
