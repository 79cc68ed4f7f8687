import FileSafety
import Fixity
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

/// Objects that are right as they are, however odd, and are told as right.
@Suite(.scratch)
struct GoodObjectTests {
    typealias Case = CodeTests.Case

    private static let good = [
        Case("", "a content folder of another name from the first version on") { sample in
            for version in ["v1", "v2"] { try sample.move("\(version)/content", to: "\(version)/daten ä") }
            for inventory in ["inventory.json", "v1/inventory.json", "v2/inventory.json"] {
                try sample.rewrite([inventory]) { $0["contentDirectory"] = "daten ä" }
                // JSONSerialization escapes slashes.
                try sample.edit(inventory, "\\/content\\/", "\\/daten ä\\/", sealing: true)
            }
        },
        Case("", "digests in capital letters everywhere") { sample in
            for inventory in ["inventory.json", "v2/inventory.json"] {
                for text in ["one", "two", "a", "b", "c"] {
                    let digest = Digest.of(text.utf8, .sha512).hex
                    try sample.edit(inventory, digest, digest.uppercased(), sealing: true)
                }
            }
        },
        Case("", "a sidecar in capital letters, with tabs and without a line end") {
            let digest = Digest.of(try $0.read("inventory.json"), .sha512).hex.uppercased()
            try $0.write("inventory.json.sha512", "\(digest)\t \tinventory.json".utf8)
        },
        Case("", "a sidecar with the line end of another system") {
            try $0.write("inventory.json.sha512", try $0.read("inventory.json.sha512").dropLast() + [13, 10])
        },
        Case("", "every fixity algorithm, size too") { sample in
            let algorithms: [DigestAlgorithm] = [
                .md5, .sha1, .sha256, .sha512, .sha512t256, .blake2b160, .blake2b256, .blake2b384, .blake2b512,
            ]
            try sample.rewrite { inventory in
                var fixity: [String: Any] = ["size": ["3": ["v1/content/record.json", "v2/content/record.json"]]]
                for algorithm in algorithms {
                    fixity[algorithm.rawValue] = [
                        Digest.of("one".utf8, algorithm).hex: ["v1/content/record.json"],
                        Digest.of("c".utf8, algorithm).hex.uppercased(): ["v2/content/files/c.pdf"],
                    ]
                }
                inventory["fixity"] = fixity
            }
        },
        Case("", "an empty block of fixity, and one of an algorithm without digests") {
            try $0.rewrite { $0["fixity"] = ["md5": [String: Any]()] }
        },
        Case("", "names that differ by Unicode form, case and a trailing point only") { sample in
            let names = [
                "caf\u{e9}", "cafe\u{301}", "CAFE", "cafe", "cafe.", "con", "a:b", "x ", " x", "a\\b", "…", "...",
            ]
            try sample.add([
                NewVersion(
                    created: "2024-02-29T23:59:60.123456789-00:00".replacing("23:59:60", with: "23:59:59"),
                    message: "",
                    user: StoreSample.user,
                    files: names.map {
                        NewVersion.File(
                            path: $0,
                            digest: Digest.of($0.utf8, .sha512).hex,
                            content: .bytes(Array($0.utf8))
                        )
                    }
                )
            ])
        },
        Case("", "logs with folders, an extension that is registered") {
            try $0.makeFolder("logs/2024/empty")
            try $0.write("logs/2024/a.log", "x".utf8)
            try $0.makeFolder("extensions/0005-mutable-head")
        },
        Case("", "a version without changes") { sample in
            try sample.add([StoreSample.version(["record.json": "two", "files/a.pdf": "a", "files/c.pdf": "c"])])
        },
        Case("", "a version that shows nothing") { try $0.add([StoreSample.version([:])]) },
        Case("", "keys in another order, and every escape that JSON has") { sample in
            for inventory in ["inventory.json", "v1/inventory.json", "v2/inventory.json"] {
                try sample.edit(inventory, "record.json", "\\u0072ec\\u006Frd\\u002ejson", sealing: true)
                try sample.edit(inventory, "Received", "\\\"\\\\\\/\\b\\f\\n\\r\\t\\uD83D\\uDE00\\u0000", sealing: true)
            }
        },
        Case("", "an extra copy of the same content") { sample in
            try sample.write("v2/content/copy", "a".utf8)
            try InventoryCases.manifest(sample) {
                let digest = Digest.of("a".utf8, .sha512).hex
                $0[digest] = ($0[digest] as? [String] ?? []) + ["v2/content/copy"]
            }
        },
        Case("W004", "all of it addressed by sha256") { sample in
            for inventory in ["inventory.json", "v1/inventory.json", "v2/inventory.json"] {
                try sample.rewrite([inventory]) { $0["digestAlgorithm"] = "sha256" }
                for text in ["one", "two", "a", "b", "c"] {
                    let old = Digest.of(text.utf8, .sha512).hex
                    try sample.edit(inventory, old, Digest.of(text.utf8, .sha256).hex, sealing: false)
                }
                try sample.seal(inventory, .sha256)
                try sample.remove(inventory + ".sha512")
            }
        },
    ]

    @Test(arguments: good)
    func `what is right is told as right`(_ made: Case) throws {
        let sample = try StoreSample.withObject()
        try made.make(sample)
        let report = try sample.inspect()
        #expect(Set(report.findings.map(\.code.rawValue)) == made.codes, "\(report.findings)")
        #expect(report.isValid && report.unread.isEmpty)
        let whole = try sample.strays()
        #expect(whole.count == report.findings.count)
    }

    /// The sample as an object of OCFL 1.0 in a root of OCFL 1.0.
    private func asVersion1_0() throws -> StoreSample {
        let sample = try StoreSample.withObject()
        try RootCases.move(sample, "0=ocfl_1.1", "0=ocfl_1.0")
        try RootCases.write(sample, "0=ocfl_1.0", "ocfl_1.0\n")
        try sample.move("0=ocfl_object_1.1", to: "0=ocfl_object_1.0")
        try sample.write("0=ocfl_object_1.0", "ocfl_object_1.0\n".utf8)
        for inventory in ["inventory.json", "v1/inventory.json", "v2/inventory.json"] {
            try sample.edit(inventory, "ocfl.io/1.1/", "ocfl.io/1.0/", sealing: true)
        }
        return sample
    }

    /// What 1.1 gave a code of its own has another in 1.0, or is no rule there.
    private static let older = [
        Case("", "nothing") { _ in },
        Case("", "a digest that no version uses") { sample in
            try sample.write("v2/content/unused", "unused".utf8)
            try InventoryCases.manifest(sample) {
                $0[Digest.of("unused".utf8, .sha512).hex] = ["v2/content/unused"]
            }
        },
        Case("E037", "an old inventory of another object") {
            try $0.edit("v1/inventory.json", "RKT-2024-0007", "RKT-2024-0008", sealing: true)
        },
        Case("E038", "an old inventory of OCFL 1.1") {
            try $0.edit("v1/inventory.json", "ocfl.io/1.0/", "ocfl.io/1.1/", sealing: true)
        },
        Case("E041", "a manifest that is null") { try $0.rewrite { $0["manifest"] = NSNull() } },
        Case("E057", "fixity that is null") { try $0.rewrite { $0["fixity"] = NSNull() } },
        Case("E018 E019", "a content folder without a name") { try $0.rewrite { $0["contentDirectory"] = "" } },
        Case("E001 E009", "a version 0") { try $0.makeFolder("v0") },
        Case("E003 E038", "two declarations, of which the later counts") {
            try $0.write("0=ocfl_object_1.1", "ocfl_object_1.1\n".utf8)
        },
    ]

    @Test(arguments: older)
    func `an object of OCFL 1.0 is held against the rules of 1.0`(_ made: Case) throws {
        let sample = try asVersion1_0()
        try made.make(sample)
        let report = try sample.inspect()
        #expect(Set(report.findings.map(\.code.rawValue)) == made.codes, "\(report.findings)")
        if !made.codes.contains("E003") {
            #expect(report.specification == .v1_0)
            #expect(report.findings.allSatisfy { $0.section.hasPrefix("OCFL 1.0, ") && $0.link.contains("/1.0/") })
        }
    }

    @Test func `an old version of OCFL 1.0 in an object of OCFL 1.1 is right, in a root of 1.1`() throws {
        let sample = try StoreSample.withObject()
        try sample.edit("v1/inventory.json", "ocfl.io/1.1/", "ocfl.io/1.0/", sealing: true)
        #expect(try sample.strays().isEmpty)
    }

    @Test func `a root without a layout is right, and so are files of its own in it`() throws {
        let sample = try StoreSample.withObject()
        try RootCases.remove(sample, "ocfl_layout.json")
        try RootCases.write(sample, "ocfl_1.1.md", "# OCFL")
        let summary = try OCFLValidator().validate(sample.path) { #expect($0.severity == .note && $0.code == .E087) }
        #expect(summary.isValid && summary.notes == 1 && summary.warnings == 0)
    }

    @Test func `an object alone and its inventory alone are told for what they are`() throws {
        let sample = try StoreSample.withObject()
        let object = try OCFLValidator().validate(sample.object) { Issue.record("\($0)") }
        #expect(object.subject == .object && object.isValid && object.files == 5 && object.specification == .v1_1)
        let path = try sample.object.appending("inventory.json")
        let inventory = try OCFLValidator().validate(path) { Issue.record("\($0)") }
        #expect(inventory.subject == .inventory && inventory.isValid)
        // Alone in the world, and under another name.
        let lone = try Scratch.file("lone.json", sample.read("inventory.json"))
        var codes: [OCFLCode] = []
        let summary = try OCFLValidator().validate(lone) { codes.append($0.code) }
        #expect(codes == [.E034, .E058] && summary.errors == 1 && summary.notes == 1)
        try sample.edit("inventory.json", "Received", "Deceived", sealing: false)
        codes = []
        _ = try OCFLValidator().validate(path) { codes.append($0.code) }
        #expect(codes == [.E060])
    }

    @Test func `without digests content is not read, and all else is looked at`() throws {
        let sample = try StoreSample.withObject()
        try sample.write("v1/content/files/a.pdf", "b".utf8)
        #expect(try sample.inspect().errors == 1)
        let report = try sample.inspect(digestsContent: false)
        #expect(report.errors == 0 && report.filesRead == 5)
        try sample.remove("v1/content/record.json")
        try sample.edit("v1/inventory.json", "Received", "Deceived", sealing: false)
        let codes = Set(try sample.inspect(digestsContent: false).findings.map(\.code))
        #expect(codes == [.E092, .E060, .W011])
    }

    @Test func `what cannot be looked at is thrown or told apart, and is never called right`() throws {
        #expect(throws: FileSafetyError(.notFound, operation: "", path: "", reason: "")) {
            try OCFLValidator().validate(Scratch.folder.appending("nowhere")) { _ in }
        }
        let pipe = Scratch.folder.appending("pipe")
        try #require(Tool.run("mkfifo", [pipe.string]).status == 0)
        #expect(throws: FileSafetyError(.notARegularFile, operation: "", path: "", reason: "")) {
            try OCFLValidator().validate(pipe) { _ in }
        }
        // Nothing at all in a folder: an object without anything.
        var codes: [OCFLCode] = []
        let empty = try OCFLValidator().validate(try Scratch.directory("empty")) { codes.append($0.code) }
        #expect(codes == [.E003, .E063] && !empty.isValid)
    }

    @Test func `one reading of a file serves every digest that any inventory has of it`() throws {
        let sample = try StoreSample.withObject()
        try sample.rewrite(["v1/inventory.json"]) { inventory in
            inventory["fixity"] = [
                "md5": [Digest.of("one".utf8, .md5).hex: ["v1/content/record.json"]],
                "sha1": [Digest.of("one".utf8, .sha1).hex: ["v1/content/record.json"]],
            ]
        }
        let report = try sample.inspect()
        #expect(report.findings.isEmpty && report.filesRead == 5)
        let inventories = try ["", "v1/", "v2/"].reduce(0) { try $0 + sample.read($1 + "inventory.json").count }
        #expect(report.bytesRead == inventories + 9)
    }
}
