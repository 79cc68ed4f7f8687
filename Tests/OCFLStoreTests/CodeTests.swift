import FileSafety
import Fixity
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

/// Every code that can be told of an object is told for a case that is made here, and nothing else is told beside it.
@Suite(.scratch)
struct CodeTests {
    /// What is done to a good object, and the codes that must come of it, all of them.
    struct Case: Sendable, CustomTestStringConvertible {
        let codes: Set<String>
        let testDescription: String
        let make: @Sendable (StoreSample) throws -> Void

        init(_ codes: String, _ name: String, _ make: @escaping @Sendable (StoreSample) throws -> Void) {
            self.codes = Set(codes.split(separator: " ").map(String.init))
            testDescription = "\(codes): \(name)"
            self.make = make
        }
    }

    /// Codes that speak of programs and not of what lies on a disk, and E056: an algorithm that is in no list may be in one
    /// tomorrow, and is told as a note of E028.
    private static let untold: Set<OCFLCode> = [.E022, .E026, .E027, .E056, .E062, .E068, .E091, .W012]

    static let all =
        ObjectCases.declaration + ObjectCases.folders + ObjectCases.contentDirectory + VersionCases.all
        + InventoryCases.keys + InventoryCases.json + InventoryCases.digests + InventoryCases.blocks + HistoryCases.all

    @Test(arguments: all)
    func `a fault in an object is told by its code, and by no other`(_ made: Case) throws {
        let sample = try StoreSample.withObject()
        #expect(try sample.findings().isEmpty)
        try made.make(sample)
        let report = try sample.inspect()
        let codes = Set(report.findings.map(\.code.rawValue))
        #expect(codes == made.codes, "\(report.findings.map { "\($0.code) \($0.path ?? "-"): \($0.found)" })")
        #expect(report.unread.isEmpty)
        #expect(report.isValid == made.codes.allSatisfy { $0.hasPrefix("W") || $0 == "E028" })
        for finding in report.findings {
            #expect(!finding.found.isEmpty && !finding.expected.isEmpty)
            #expect(finding.section.hasPrefix("OCFL 1.") && finding.link.hasSuffix("/spec/#\(finding.code)"))
        }
    }

    @Test func `every code has its case`() {
        let told = Set((Self.all + RootCases.all).flatMap(\.codes))
        let expected = Set(OCFLCode.allCases.filter { !Self.untold.contains($0) }.map(\.rawValue))
        #expect(told == expected, "\(told.symmetricDifference(expected).sorted())")
    }
}

enum ObjectCases {
    typealias Case = CodeTests.Case

    static let declaration = [
        Case("E002", "a declaration that is a folder") {
            try $0.remove("0=ocfl_object_1.1")
            try $0.makeFolder("0=ocfl_object_1.1")
        },
        Case("E003", "no declaration") { try $0.remove("0=ocfl_object_1.1") },
        Case("E003", "two declarations") { try $0.write("0=ocfl_object_1.0", "ocfl_object_1.0\n".utf8) },
        Case("E003 E004", "a declaration without 0=") { try $0.move("0=ocfl_object_1.1", to: "ocfl_object_1.1") },
        Case("E003 E005", "a declaration with another number") {
            try $0.move("0=ocfl_object_1.1", to: "1=ocfl_object_1.1")
        },
        Case("E003 E006", "a declaration of a version that is not published") {
            try $0.move("0=ocfl_object_1.1", to: "0=ocfl_object_9.9")
        },
        Case("E003 E006", "the declaration of a storage root") { try $0.move("0=ocfl_object_1.1", to: "0=ocfl_1.1") },
        Case("E007", "a declaration without its line feed") {
            try $0.write("0=ocfl_object_1.1", "ocfl_object_1.1".utf8)
        },
        Case("E007", "a declaration with a carriage return") {
            try $0.write("0=ocfl_object_1.1", "ocfl_object_1.1\r\n".utf8)
        },
        Case("E007", "an empty declaration") { try $0.write("0=ocfl_object_1.1", []) },
        Case("E090", "a declaration that is a link") {
            try $0.move("0=ocfl_object_1.1", to: "v1/content/declared")
            try $0.remove("v1/content/declared")
            try $0.link("0=ocfl_object_1.1", to: "inventory.json")
        },
    ]

    static let folders = [
        Case("E001", "a stray file") { try $0.write("notes.txt", "x".utf8) },
        Case("E001", "a stray folder") { try $0.makeFolder("notes") },
        Case("E001", "a file that is called like a version") { try $0.write("v3", "x".utf8) },
        Case("E001", "logs that are a file") { try $0.write("logs", "x".utf8) },
        Case("E001", "a second sidecar") { try $0.seal("inventory.json", .sha256) },
        Case("E001 E105", "a version 0") { try $0.makeFolder("v0") },
        Case("E001 E082", "an object in an object") {
            try $0.makeFolder("inner")
            try $0.write("inner/0=ocfl_object_1.1", "ocfl_object_1.1\n".utf8)
        },
        Case("E015", "a file in a version folder") { try $0.write("v1/notes.txt", "x".utf8) },
        Case("E015", "a second sidecar in a version folder") { try $0.seal("v1/inventory.json", .sha256) },
        Case("E024", "an empty folder among content") { try $0.makeFolder("v1/content/empty") },
        Case("E023", "a file that no manifest names") { try $0.write("v2/content/more", "x".utf8) },
        Case("E067", "a file among extensions") {
            try $0.makeFolder("extensions")
            try $0.write("extensions/notes.txt", "x".utf8)
        },
        Case("W013", "an extension that nobody registered") { try $0.makeFolder("extensions/9999-ours") },
        Case("W002", "a further folder in a version") { try $0.makeFolder("v1/work") },
        Case("E089", "a FIFO among logs") {
            try $0.makeFolder("logs")
            try ObjectCases.fifo($0, "logs/pipe")
        },
        Case("E089 E023", "a FIFO among content") { try ObjectCases.fifo($0, "v1/content/pipe") },
        Case("E089", "a socket in the object's root") { sample in try ObjectCases.socket(sample, "socket") },
        Case("E090", "a link to the same bytes") {
            try $0.move("v1/content/files/a.pdf", to: "../../../../../copy")
            try $0.link("v1/content/files/a.pdf", to: "../../../../../../../../copy")
        },
        Case("E090 E023", "a link that no manifest names") { try $0.link("v1/content/link", to: "record.json") },
        Case("E090", "two names of one file") {
            let file = try $0.object.pushing("v1/content/files/a.pdf").string
            try FileManager.default.linkItem(atPath: file, toPath: Scratch.folder.appending("name").string)
        },
        Case("E090 E058", "a sidecar that is a link") {
            try $0.move("inventory.json.sha512", to: "../../../../../sidecar")
            try $0.link("inventory.json.sha512", to: "../../../../../sidecar")
        },
        Case("E016 E092", "a version without its content folder") { try $0.remove("v2/content") },
        Case("E092", "bytes that were changed") { try $0.write("v1/content/files/a.pdf", "b".utf8) },
        Case("E092", "a file that is missing") {
            try $0.remove("v2/content/files")
        },
    ]

    static let contentDirectory = [
        Case("E017 E019", "a content folder with a slash") { try $0.rewrite { $0["contentDirectory"] = "a/b" } },
        Case("E018 E019", "a content folder called ..") { try $0.rewrite { $0["contentDirectory"] = ".." } },
        Case("E108 E019", "a content folder without a name") { try $0.rewrite { $0["contentDirectory"] = "" } },
        Case("E033 E019", "a content folder that is a number") { try $0.rewrite { $0["contentDirectory"] = 1 } },
        Case("E019", "a content folder that only a later version names") {
            try $0.rewrite { $0["contentDirectory"] = "content" }
        },
        Case("E016 E019 E020", "a content folder that changes") {
            try $0.rewrite { $0["contentDirectory"] = "content" }
            try $0.rewrite(["v1/inventory.json"]) { $0["contentDirectory"] = "data" }
        },
        Case("E020", "a content folder that a later version forgets") {
            try $0.rewrite(["v1/inventory.json"]) { $0["contentDirectory"] = "content" }
        },
        Case("E016 E021 W002", "content elsewhere than in content") { sample in
            try sample.move("v2/content", to: "v2/data")
            try sample.edit("inventory.json", "v2/content/", "v2/data/", sealing: true)
            try sample.edit("v2/inventory.json", "v2/content/", "v2/data/", sealing: true)
        },
        Case("E016 E019 E020 E092 W002", "content elsewhere than in the folder that is named") { sample in
            try sample.rewrite { $0["contentDirectory"] = "data" }
            try sample.rewrite(["v1/inventory.json"]) { $0["contentDirectory"] = "content" }
            try sample.remove("v2/content/files")
        },
    ]

    static func fifo(_ sample: StoreSample, _ path: String) throws {
        #expect(try Tool.run("mkfifo", [sample.object.pushing(FilePath(path)).string]).status == 0)
    }

    static func socket(_ sample: StoreSample, _ path: String) throws {
        let script = "import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])"
        let folder = try sample.object.string
        // The name of a socket is short: it is bound from inside the folder.
        #expect(try Tool.run("python3", ["-c", script, path], directory: FilePath(folder)).status == 0)
    }
}
