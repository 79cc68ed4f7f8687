import FileSafety
import OCFLStore
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct InstallTests {
    private struct Crash: Error {}

    /// Changes of files that fail at a step and all later ones.
    private func crashing(at step: Int) -> DurableFiles {
        let count = CrashCounter()
        return DurableFiles(tripwire: Tripwire { _ in if count.next() >= step { throw Crash() } })
    }

    private final class CrashCounter: Sendable {
        private let value = Mutex(0)

        func next() -> Int {
            value.withLock { value in
                value += 1
                return value - 1
            }
        }
    }

    @Test(arguments: 0..<4)
    func `a new object interrupted at any step is carried to its end by installing again`(step: Int) throws {
        let sample = try StoreSample()
        let staged = try sample.stage([StoreSample.version(["record.json": "one"])])
        #expect(throws: Crash.self) { try sample.install(staged, files: crashing(at: step)) }
        #expect(!FileStatus.exists(try sample.object))
        try sample.install(staged)
        #expect(try sample.findings().isEmpty)
        #expect(try sample.strays().isEmpty)
        // And once more, after it was done.
        let before = try TreeSnapshot.of(sample.path)
        try sample.install(staged)
        #expect(try TreeSnapshot.of(sample.path) == before)
    }

    @Test func `a new object takes three folders and one rename`() throws {
        let sample = try StoreSample()
        let staged = try sample.stage([StoreSample.version(["record.json": "one"])])
        try sample.install(staged, files: crashing(at: 4))
        #expect(try sample.findings().isEmpty)
    }

    @Test(arguments: 0..<4)
    func `further versions interrupted at any rename are carried to their end by installing again`(step: Int) throws {
        let sample = try StoreSample.withObject()
        let versions = [StoreSample.version(["record.json": "three"]), StoreSample.version(["record.json": "four"])]
        let staged = try sample.stage(versions)
        #expect(throws: Crash.self) { try sample.install(staged, files: crashing(at: step)) }
        #expect(try !sample.findings().isEmpty == (step > 0))
        for _ in 0..<2 {
            try sample.install(staged)
            #expect(try sample.findings().isEmpty)
            #expect(try sample.root.inventory(of: StoreSample.id).headNumber == VersionNumber(4))
        }
        #expect(try FolderEntries(of: staged.folder).isEmpty)
    }

    @Test func `an object that is there is not replaced`() throws {
        let sample = try StoreSample.withObject()
        let folder = Scratch.folder.appending("again")
        let version = StoreSample.version(["record.json": "other"])
        let staged = try StorageRoot.stage(
            StoreSample.id,
            on: nil,
            versions: [version],
            in: folder,
            files: DurableFiles()
        )
        let before = try TreeSnapshot.of(sample.path)
        #expect(throws: OCFLError(.conflict, subject: "", message: "", remedy: "")) { try sample.install(staged) }
        #expect(try TreeSnapshot.of(sample.path) == before)
    }

    @Test func `what is neither staged nor installed is a conflict`() throws {
        let sample = try StoreSample.withObject()
        let nowhere = Scratch.folder.appending("nowhere")
        #expect(throws: OCFLError(.conflict, subject: "", message: "", remedy: "")) {
            try sample.root.installObject("tag:office.example,2026:other", from: nowhere, files: DurableFiles())
        }
        #expect(throws: OCFLError(.conflict, subject: "", message: "", remedy: "")) {
            try sample.root.installVersions(
                [VersionNumber(3)],
                of: StoreSample.id,
                from: nowhere,
                files: DurableFiles()
            )
        }
        #expect(try sample.findings().isEmpty)
    }

    @Test func `an object that is missing, damaged or in another's place is told apart`() throws {
        let sample = try StoreSample.withObject()
        let other = "tag:office.example,2026:other"
        #expect(throws: OCFLError(.noSuchObject, subject: "", message: "", remedy: "")) {
            try sample.root.inventory(of: other)
        }
        let place = try sample.root.folder(of: other)
        try DurableFiles().makeDirectories(place.removingLastComponent())
        try DurableFiles().rename(try sample.object, to: place)
        let error = #expect(throws: OCFLError.self) { try sample.root.inventory(of: other) }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains(StoreSample.id) == true)
        try DurableFiles().rename(place, to: try sample.object)
        try sample.edit("inventory.json", "Received", "Deceived", sealing: false)
        #expect(throws: OCFLError(.damaged, subject: "", message: "", remedy: "")) {
            try sample.root.inventory(of: StoreSample.id)
        }
    }

    @Test func `a digest that the inventory does not name has no content`() throws {
        let sample = try StoreSample.withObject()
        let inventory = try sample.root.inventory(of: StoreSample.id)
        #expect(throws: OCFLError(.noSuchContent, subject: "", message: "", remedy: "")) {
            try sample.root.contentPath(of: "00", in: inventory)
        }
    }

    @Test func `content is not looked for behind a link`() throws {
        let sample = try StoreSample.withObject()
        let inventory = try sample.root.inventory(of: StoreSample.id)
        let digest = try #require(inventory.files(in: VersionNumber(2))?.first?.digest)
        try sample.move("v1/content/files", to: "v1/content/elsewhere")
        try sample.link("v1/content/files", to: "elsewhere")
        #expect(throws: FileSafetyError(.symbolicLink, operation: "", path: "", reason: "")) {
            try sample.root.contentPath(of: digest, in: inventory)
        }
    }

    @Test func `a root is opened as it was made, and only such a root`() throws {
        let sample = try StoreSample()
        #expect(try StorageRoot.open(sample.path).path == sample.path)
        #expect(throws: OCFLError(.notAStorageRoot, subject: "", message: "", remedy: "")) {
            try StorageRoot.open(try Scratch.directory("empty"))
        }
        for text in ["{}", "nonsense", "{\"extension\": \"0004-hashed-n-tuple-storage-layout\"}"] {
            _ = try Scratch.file("store/ocfl_layout.json", text.utf8)
            #expect(throws: OCFLError(.unsupported, subject: "", message: "", remedy: "")) {
                try StorageRoot.open(sample.path)
            }
        }
    }
}
