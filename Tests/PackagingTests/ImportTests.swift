import Containers
import FileSafety
import Fixity
import Foundation
import Packaging
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// Bags are taken in whole or not at all, and nothing is written outside the staging folder.
@Suite(.scratch)
struct ImportTests {
    private var staging: FilePath { Scratch.folder.appending("staging") }

    private func stage(_ source: FilePath, options: BagOptions = .importing, files: DurableFiles = DurableFiles())
        throws -> BagStaging
    {
        try BagImport.stage(source, into: staging, options: options, files: files)
    }

    /// The sample in each form.
    private func sources(_ bag: BagSample = BagSample([.md5, .sha256])) throws -> [FilePath] {
        [
            try bag.write("folder/bag"), try Scratch.file("bag.tar", TarSample(bag).ended),
            try Scratch.file("bag.tar.gz", Containers.packed(TarSample(bag).ended, by: "gzip -c")),
            try Scratch.file("bag.zip", ZipSample(bag).bytes),
        ]
    }

    @Test func `a valid bag lies in the staging folder as it was, with its digests`() throws {
        let bag = BagSample([.md5, .sha256])
        for source in try sources(bag) {
            let outcome = try stage(source)
            let staged = try #require(outcome.bag, "\(outcome.report.findings)")
            #expect(outcome.report.verdict == .valid && outcome.report.findings.isEmpty)
            #expect(staged.name == Array("bag".utf8))
            #expect(
                staged.payload.map { String(decoding: $0.path, as: UTF8.self) } == [
                    "data/a.txt", "data/c.txt", "data/sub/b.bin",
                ]
            )
            #expect(staged.info.first?.value == "Kantor")
            for file in staged.payload + staged.tagFiles {
                let path = String(decoding: file.path, as: UTF8.self)
                let content = try OpenFile.content(of: staging.pushing(FilePath(path)), limit: 1 << 20)
                #expect(content == bag.files[path])
                #expect(file.size == content.count)
                #expect(file.digest(.sha512) == Digest.of(content, .sha512))
                #expect(file.digest(.md5) == Digest.of(content, .md5))
            }
            #expect(staged.tagFiles.count == 6)
            #expect(staged.file("bagit.txt")?.size == bag.files["bagit.txt"]?.count)
            #expect(staged.file("data/a.txt")?.size == 6 && staged.file("data/none") == nil)
            try DurableFiles().removeTree(staging)
        }
    }

    @Test func `a bag that is not valid leaves nothing behind`() throws {
        var bag = BagSample()
        bag["data/a.txt"] = "omega\n"
        for source in try sources(bag) {
            let outcome = try stage(source)
            #expect(outcome.bag == nil)
            #expect(outcome.report.broken == [.payloadDigest])
            #expect(!FileStatus.exists(staging), "\(source)")
        }
    }

    @Test func `nothing is written outside, whatever a container says`() throws {
        let inside = try Scratch.directory("world")
        let outside = try Scratch.file("victim.txt", Array("untouched".utf8))
        let folder = inside.appending("staging")
        for attack in ["../../victim.txt", outside.string, "bag/../../../victim.txt", "bag/data/../../../victim.txt"] {
            var tar = TarSample(BagSample())
            tar.add(attack, "evil")
            let source = try Scratch.file("world.tar", tar.ended)
            let outcome = try BagImport.stage(source, into: folder, files: DurableFiles())
            #expect(outcome.bag == nil, "\(attack)")
            #expect(try OpenFile.content(of: outside, limit: 100) == Array("untouched".utf8))
            #expect(try FolderEntries(of: inside).isEmpty)
        }
        // A link first, then a file through it.
        var tar = TarSample()
        tar.add("bag/data", type: "2", link: Scratch.folder.string)
        tar.bytes += TarSample(BagSample()).bytes
        let outcome = try BagImport.stage(try Scratch.file("link.tar", tar.ended), into: folder, files: DurableFiles())
        #expect(outcome.bag == nil)
        #expect(!FileStatus.exists(Scratch.folder.appending("a.txt")))
    }

    @Test func `names that are dangerous elsewhere are refused, unless their maker is known`() throws {
        var bag = BagSample()
        bag["data/back\\slash"] = ""
        bag["data/A.TXT"] = ""
        bag.change("manifest-sha512.txt", bag.manifest(.sha512))
        bag.change("bag-info.txt", "Contact-Name: x\n")
        for source in try sources(bag) {
            #expect(try stage(source).report.broken == [.memberBackslash, .memberCollision], "\(source)")
            var options = BagOptions.importing
            options.use = .importing.tolerating([.memberBackslash, .memberCollision])
            #expect(try stage(source, options: options).bag != nil, "\(source)")
            try DurableFiles().removeTree(staging)
            #expect(try BagValidator.validate(source).verdict == .valid)
        }
    }

    @Test func `payload before the manifests is digested out of the staging folder`() throws {
        var bag = BagSample([.sha1])
        for isDamaged in [false, true] {
            if isDamaged { bag["data/a.txt"] = "omega\n" }
            var tar = TarSample()
            for path in bag.files.keys.sorted().reversed() { tar.add("bag/\(path)", bag[path]) }
            let outcome = try stage(try Scratch.file("bag.tar", tar.ended))
            #expect((outcome.bag == nil) == isDamaged)
            #expect(outcome.bag?.file("data/a.txt")?.digests.count ?? 2 == 2)
            try DurableFiles().removeTree(staging)
        }
    }

    @Test func `a full disk at any step leaves nothing behind, and the first error is told`() throws {
        for source in try sources() {
            let steps = Mutex(0)
            let counting = DurableFiles(tripwire: Tripwire { _ in steps.withLock { $0 += 1 } })
            _ = try stage(source, files: counting)
            try DurableFiles().removeTree(staging)
            let count = steps.withLock { $0 }
            #expect(count > 12)
            for failing in 0..<count {
                steps.withLock { $0 = 0 }
                let files = DurableFiles(
                    tripwire: Tripwire { step in
                        let number = steps.withLock { taken in
                            defer { taken += 1 }
                            return taken
                        }
                        guard number == failing else { return }
                        throw FileSafetyError(.noSpace, operation: "write", path: step.path, reason: "made to fail")
                    }
                )
                let error = #expect(throws: FileSafetyError.self, "step \(failing)") { try stage(source, files: files) }
                #expect(error?.code == .noSpace)
                #expect(!FileStatus.exists(staging), "step \(failing)")
            }
        }
    }

    @Test func `a staging folder that is there already is not touched`() throws {
        let source = try BagSample().write()
        try Scratch.file("staging/mine", Array("mine".utf8))
        let error = #expect(throws: FileSafetyError.self) { try stage(source) }
        #expect(error?.code == .exists)
        #expect(try FolderEntries(of: staging).count == 1)
    }

    @Test func `a source folder with a FIFO or a link is refused before a byte is copied`() throws {
        let bag = try BagSample().write()
        try #require(SystemCalls.makeFIFO(bag.string + "/data/pipe"))
        try FileManager.default.createSymbolicLink(
            atPath: bag.string + "/data/link",
            withDestinationPath: "/etc/passwd"
        )
        let outcome = try stage(bag)
        #expect(outcome.bag == nil)
        #expect(outcome.report.broken == [.memberSpecial, .memberLink])
    }
}
