import FileSafety
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct RootTests {
    @Test func `a root is found with its objects, in the order of their paths, and no strays`() throws {
        let sample = try StoreSample()
        #expect(try sample.root.walk().objects.isEmpty)
        let ids = (1...20).map { "tag:office.example,2026:RKT-2024-\($0)" }
        for id in ids { try sample.add([StoreSample.version(["record.json": id])], to: id) }
        let report = try sample.root.walk()
        #expect(report.findings.isEmpty)
        #expect(
            report.objects == ids.map { FilePath(sample.root.relativePath(of: $0)) }.sorted { $0.string < $1.string }
        )
    }

    /// What lies in a root that should not: its path, what it is, and what must be found.
    private static let strays: [(path: String, kind: String, finding: String)] = [
        ("notes.txt", "file", "E072 notes.txt"), ("abc/notes.txt", "file", "E072 abc/notes.txt"),
        ("abc/def/123/notes.txt", "file", "E072 abc/def/123/notes.txt"), ("abc", "folder", "E073 abc"),
        ("abc/def", "folder", "E073 abc/def"), ("link", "link", "E090 link"), ("abc/link", "link", "E090 abc/link"),
        ("pipe", "FIFO", "E072 pipe"), ("abc/pipe", "FIFO", "E072 abc/pipe"),
        ("0=ocfl_1.0", "file", "E072 0=ocfl_1.0"), ("abc/0=ocfl_1.1", "file", "E072 abc/0=ocfl_1.1"),
    ]

    @Test(arguments: strays)
    func `a stray is found with its code and its path`(path: String, kind: String, finding: String) throws {
        let sample = try StoreSample.withObject()
        let place = sample.path.pushing(FilePath(path))
        try DurableFiles().makeDirectories(place.removingLastComponent())
        switch kind {
        case "file": try DurableFiles().create(place, "x".utf8)
        case "folder": try DurableFiles().makeDirectory(place)
        case "link": try FileManager.default.createSymbolicLink(atPath: place.string, withDestinationPath: "..")
        default: try #require(try Tool.run("mkfifo", [place.string]).status == 0)
        }
        let report = try sample.root.walk()
        #expect(report.findings.map { "\($0.code) \($0.path ?? "")" } == [finding])
        #expect(report.objects == [FilePath(sample.root.relativePath(of: StoreSample.id))])
    }

    @Test(arguments: ["ocfl_1.1", "ocfl_1.1\r\n", "ocfl_1.0\n", ""])
    func `a declaration that says anything else is found`(text: String) throws {
        let sample = try StoreSample()
        _ = try Scratch.file("store/0=ocfl_1.1", text.utf8)
        #expect(try sample.strays() == ["E080 0=ocfl_1.1"])
    }

    private static let config = "extensions/0003-hash-and-id-n-tuple-storage-layout/config.json"

    @Test(arguments: ["0=ocfl_1.1", "ocfl_layout.json", config])
    func `a missing file of the root is found`(path: String) throws {
        let sample = try StoreSample()
        try DurableFiles().removeIfPresent(sample.path.pushing(FilePath(path)))
        #expect(try sample.strays() == [path.hasPrefix("0=") ? "E080 \(path)" : "E070 \(path)"])
    }

    @Test(arguments: [
        ("\"tupleSize\" : 3", "\"tupleSize\" : 2"), ("\"numberOfTuples\" : 3", "\"numberOfTuples\" : 0"),
        ("sha256", "sha512"), ("0003-", "0004-"), ("{", ""), ("\"tupleSize\" : 3", "\"tuple\" : 3"),
    ])
    func `a layout whose parameters were changed is found`(old: String, new: String) throws {
        let sample = try StoreSample()
        let bytes = try OpenFile.content(of: sample.path.pushing(FilePath(Self.config)), limit: 10_000)
        _ = try Scratch.file(
            "store/" + Self.config,
            String(decoding: bytes, as: UTF8.self).replacing(old, with: new).utf8
        )
        #expect(try sample.strays() == ["E070 \(Self.config)"])
    }

    @Test func `an object that lost its declaration is told by its strays`() throws {
        let sample = try StoreSample.withObject()
        try sample.remove("0=ocfl_object_1.1")
        let report = try sample.root.walk()
        #expect(report.objects.isEmpty)
        #expect(report.findings.contains { $0.path?.hasSuffix("/inventory.json") == true && $0.code == "E072" })
    }
}
