import FileSafety
import Fixity
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct StagingTests {
    private func files(below folder: FilePath) throws -> [String] {
        try TreeSnapshot.of(folder).filter { $0.value.hasPrefix("file ") }.keys.sorted()
    }

    @Test func `a new object is laid out whole, and the store is not touched`() throws {
        let sample = try StoreSample()
        let before = try TreeSnapshot.of(sample.path)
        let staged = try sample.stage([StoreSample.version(["record.json": "one", "files/a.pdf": "a"])])
        let expected = [
            "0=ocfl_object_1.1", "inventory.json", "inventory.json.sha512", "v1/content/files/a.pdf",
            "v1/content/record.json",
            "v1/inventory.json", "v1/inventory.json.sha512",
        ]
        #expect(try files(below: staged.folder) == expected)
        #expect(staged.versions == [VersionNumber(1)])
        #expect(try TreeSnapshot.of(sample.path) == before)
        try sample.install(staged)
        #expect(!FileStatus.exists(staged.folder))
        #expect(try sample.findings().isEmpty)
        #expect(try sample.read("0=ocfl_object_1.1") == Array("ocfl_object_1.1\n".utf8))
    }

    @Test func `a sidecar names the SHA-512 of its inventory`() throws {
        let sample = try StoreSample.withObject()
        for folder in ["", "v1/", "v2/"] {
            let digest = Digest.of(try sample.read(folder + "inventory.json"), .sha512).hex
            #expect(try sample.read(folder + "inventory.json.sha512") == Array("\(digest) inventory.json\n".utf8))
        }
        #expect(try sample.read("inventory.json") == sample.read("v2/inventory.json"))
    }

    @Test func `a further version holds only what is new`() throws {
        let sample = try StoreSample.withObject()
        let staged = try sample.stage([
            StoreSample.version(["record.json": "three", "files/moved.pdf": "b", "files/a.pdf": "a"])
        ])
        let expected = [
            "inventory.json", "inventory.json.sha512", "v3/content/record.json", "v3/inventory.json",
            "v3/inventory.json.sha512",
        ]
        #expect(try files(below: staged.folder) == expected)
        try sample.install(staged)
        #expect(try sample.findings().isEmpty)
        let inventory = try sample.root.inventory(of: StoreSample.id)
        let shown = try #require(inventory.files(in: VersionNumber(3)))
        #expect(shown.map(\.path) == ["files/a.pdf", "files/moved.pdf", "record.json"])
        let path = try sample.root.contentPath(of: shown[1].digest, in: inventory)
        #expect(try path == sample.object.pushing("v1/content/files/sub/b.pdf"))
        #expect(try OpenFile.content(of: path, limit: 10) == Array("b".utf8))
    }

    @Test func `the same bytes under two names of one version are written once`() throws {
        let sample = try StoreSample()
        try sample.add([StoreSample.version(["files/a": "same", "files/b": "same", "files/c": "same"])])
        #expect(try files(below: try sample.object.appending("v1").appending("content")) == ["files/a"])
        #expect(try sample.findings().isEmpty)
        let inventory = try sample.root.inventory(of: StoreSample.id)
        #expect(inventory.files(in: VersionNumber(1))?.map(\.path) == ["files/a", "files/b", "files/c"])
    }

    @Test func `old versions stay as they are, to the byte`() throws {
        let sample = try StoreSample.withObject()
        let before = try TreeSnapshot.of(try sample.object.appending("v1"))
        let old = try sample.root.inventory(of: StoreSample.id)
        try sample.add((3...12).map { StoreSample.version(["record.json": "\($0)"]) })
        #expect(try TreeSnapshot.of(try sample.object.appending("v1")) == before)
        let new = try sample.root.inventory(of: StoreSample.id)
        #expect(new.headNumber == VersionNumber(12))
        for version in ["v1", "v2"] { #expect(new.versions[version] == old.versions[version]) }
        #expect(try sample.findings().isEmpty)
    }

    @Test func `versions staged together are the same as versions staged one by one`() throws {
        let versions = (1...3).map { StoreSample.version(["record.json": "\($0)", "files/a": "a"]) }
        let (together, apart) = (try StoreSample(), "tag:office.example,2026:other")
        let staged = try together.stage(versions)
        try together.install(staged)
        for version in versions { try together.add([version], to: apart) }
        let one = try together.root.inventory(of: StoreSample.id)
        let other = try together.root.inventory(of: apart)
        #expect(one.versions == other.versions)
        #expect(one.manifest == other.manifest)
        let report = try together.inspect()
        #expect(report.findings.isEmpty)
        #expect(staged.inventoryDigests == ["v1", "v2", "v3"].map { report.inventoryDigests[$0] ?? "" })
        #expect(report.filesRead == 4)
    }

    @Test func `a file that lies ready is moved, not copied`() throws {
        let sample = try StoreSample()
        let source = try Scratch.file("ready", "content".utf8)
        let identity = try FileStatus.of(source).identity
        let file = NewVersion.File(
            path: "files/a",
            digest: Digest.of("content".utf8, .sha512).hex,
            content: .staged(source)
        )
        let version = NewVersion(
            created: "2026-11-23T21:07:20+08:00",
            message: "m",
            user: StoreSample.user,
            files: [file]
        )
        try sample.add([version])
        #expect(!FileStatus.exists(source))
        #expect(try FileStatus.of(try sample.object.pushing("v1/content/files/a")).identity == identity)
        #expect(try sample.findings().isEmpty)
    }

    @Test(arguments: [
        "files/two\nlines", "files/caf\u{e9}", "files/cafe\u{301}", "files/😀", "files/ space ", "files/%0A",
        "files/\"quoted\"",
        "files/back\\slash", "files/\u{202e}fdp.exe", "files/\u{7f}",
    ])
    func `an odd name is kept to the byte`(name: String) throws {
        let sample = try StoreSample()
        try sample.add([StoreSample.version([name: "odd"])])
        #expect(try sample.findings().isEmpty)
        let shown = try sample.root.inventory(of: StoreSample.id).files(in: VersionNumber(1))
        #expect(shown?.map { Array($0.path.utf8) } == [Array(name.utf8)])
    }

    @Test func `names that differ by Unicode form only are two files`() throws {
        let sample = try StoreSample()
        let twins = ["files/caf\u{e9}", "files/cafe\u{301}"]
        let files = twins.map {
            NewVersion.File(path: $0, digest: Digest.of($0.utf8, .sha512).hex, content: .bytes(Array($0.utf8)))
        }
        try sample.add([NewVersion(created: "2026-11-23T21:07:20Z", message: "m", user: StoreSample.user, files: files)]
        )
        #expect(try sample.findings().isEmpty)
        #expect(try sample.inspect().filesRead == 2)
    }

    @Test func `an inventory has the same bytes however it came about`() throws {
        let sample = try StoreSample.withObject()
        let inventory = try sample.root.inventory(of: StoreSample.id)
        #expect(inventory.json() == (try sample.read("inventory.json")))
        #expect(inventory.type == Inventory.type && inventory.digestAlgorithm == "sha512")
        #expect(inventory.files(in: VersionNumber(9)) == nil)
    }

    @Test func `an inventory is written as Foundation wrote those that stores hold`() throws {
        struct Mirror: Encodable {
            struct Version: Encodable {
                let created: String, message: String?, state: [String: [String]], user: [String: String]?
            }
            let id: String, type: String, digestAlgorithm: String, head: String
            let manifest: [String: [String]], versions: [String: Version]
        }
        let sample = try StoreSample.withObject()
        let odd = "a/b \\ \" \u{8}\u{c}\n\r\t\u{1}\u{7f}\u{2028}é😀"
        try sample.add([StoreSample.version(["files/\(odd)": "x", "record.json": "y"], message: odd)])
        try sample.add((4...11).map { StoreSample.version(["record.json": "\($0)"]) })
        try sample.add([StoreSample.version([:], message: "")])
        let inventory = try sample.root.inventory(of: StoreSample.id)
        let mirror = Mirror(
            id: inventory.id,
            type: inventory.type,
            digestAlgorithm: inventory.digestAlgorithm,
            head: inventory.head,
            manifest: inventory.manifest,
            versions: inventory.versions.mapValues { version in
                Mirror.Version(
                    created: version.created,
                    message: version.message,
                    state: version.state,
                    user: version.user.map { ["name": $0.name, "address": $0.address ?? ""] }
                )
            }
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        let expected = try encoder.encode(mirror) + [UInt8(ascii: "\n")]
        #expect(try sample.read("inventory.json") == Array(expected))
    }

    @Test func `what another program wrote is kept when a version is added`() throws {
        let sample = try StoreSample.withObject()
        for version in ["v1", "v2"] { try sample.move("\(version)/content", to: "\(version)/data") }
        let fixity = ["md5": [Digest.of("one".utf8, .md5).hex: ["v1/data/record.json"]]]
        for inventory in ["inventory.json", "v1/inventory.json", "v2/inventory.json"] {
            try sample.rewrite([inventory]) {
                $0["contentDirectory"] = "data"
                $0["fixity"] = fixity
            }
            try sample.edit(inventory, "\\/content\\/", "\\/data\\/", sealing: true)
        }
        #expect(try sample.findings().isEmpty)
        try sample.add([StoreSample.version(["record.json": "three"])])
        #expect(try sample.findings().isEmpty)
        let inventory = try sample.root.inventory(of: StoreSample.id)
        #expect(inventory.fixity == fixity && inventory.contentDirectory == "data")
        #expect(FileStatus.exists(try sample.object.pushing("v3/data/record.json")))
    }

    @Test func `no version is added to an object that is addressed by sha256`() throws {
        let other = try StoreSample.withObject()
        try InventoryCases.readdress(other)
        let base = try Inventory(json: try other.read("inventory.json"))
        #expect(throws: OCFLError(.unsupported, subject: "", message: "", remedy: "")) {
            try StorageRoot.stage(
                StoreSample.id,
                on: base,
                versions: [StoreSample.version(["x": "y"])],
                in: Scratch.folder.appending("staged-foreign"),
                files: DurableFiles()
            )
        }
        #expect(!FileStatus.exists(Scratch.folder.appending("staged-foreign")))
    }

    @Test(arguments: ["../x", "v1/../../x", "/etc/hostname", "v1//x", "v1/./x", "", "v1/content/"])
    func `an inventory whose content path could lead out of the object is not followed`(path: String) throws {
        let sample = try StoreSample.withObject()
        try InventoryCases.manifest(sample) { $0[Digest.of("c".utf8, .sha512).hex] = [path] }
        let error = #expect(throws: OCFLError.self) { try sample.root.inventory(of: StoreSample.id) }
        #expect(error?.code == .damaged)
    }

    @Test func `an inventory addressed by sha256 is read, and its files are found`() throws {
        let sample = try StoreSample.withObject()
        try InventoryCases.readdress(sample)
        let inventory = try sample.root.inventory(of: StoreSample.id)
        let file = try #require(inventory.files(in: VersionNumber(2))?.last)
        #expect(file.path == "record.json" && file.digest == Digest.of("two".utf8, .sha256).hex)
        let path = try sample.root.contentPath(of: file.digest, in: inventory)
        #expect(try OpenFile.content(of: path, limit: 10) == Array("two".utf8))
    }
}
