import FileSafety
import Fixity
import Foundation
import Packaging
import SystemPackage
import TestSupport
import Testing

/// Bags as other programs and systems send them.
@Suite(.scratch)
struct ExchangeTests {
    private static let appleDouble: [UInt8] = [0x00, 0x05, 0x16, 0x07, 0x00, 0x02, 0x00, 0x00]

    // MARK: - sha3-bags.tar

    @Test(arguments: ["bp-sha256-sha3", "bp-sha3"])
    func `sha3-bags.tar: the SHA-3 manifests of bagit-python are computed`(name: String) throws {
        guard let bags = Checkout.shared("found/exchange/sha3-bags.tar") else { return }
        try #require(try Tool.run("tar", ["-xf", bags.string], directory: Scratch.folder).status == 0)
        let bag = Scratch.folder.appending(name)
        let report = try BagValidator.validate(bag)
        #expect(report.verdict == .valid, "\(report.findings)")
        #expect(report.algorithms.contains(.sha3t256))
        // The second bag has SHA-3 beside BLAKE2b, the first beside SHA-256: a wrong digit is seen in either.
        let manifest = bag.appending("manifest-sha3_256.txt").string
        let before = try String(contentsOfFile: manifest, encoding: .utf8)
        let flipped = (before.hasPrefix("0") ? "1" : "0") + before.dropFirst()
        try flipped.write(toFile: manifest, atomically: false, encoding: .utf8)
        let broken = try BagValidator.validate(bag)
        #expect(broken.broken == [.payloadDigest, .tagDigest], "\(broken.findings)")
    }

    @Test func `each algorithm of bagit-python is computed under the name that it gives it`() throws {
        guard let bin = try Tool.pythonPeer("bagit==1.8.1") else { return }
        // SHAKE has no length of its own: bagit-python itself cannot make such a manifest.
        let algorithms = [
            "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512",
            "blake2b", "blake2s",
        ]
        for algorithm in algorithms {
            try Scratch.file("\(algorithm)/surat.txt", Array("isi".utf8))
            let words = [bin.appending("bagit.py").string, "--\(algorithm)", algorithm]
            let made = try Tool.run(bin.appending("python").string, words, directory: Scratch.folder)
            try #require(made.status == 0, "\(made.errorText)")
            let report = try BagValidator.validate(Scratch.folder.appending(algorithm))
            #expect(report.verdict == .valid && report.algorithms.count == 1, "\(algorithm): \(report.findings)")
            #expect(!report.findings.contains { $0.rule == .manifestMissing }, "\(algorithm)")
        }
    }

    @Test func `a manifest that nothing here computes is a warning beside a good one, and alone a fault`() throws {
        var sample = BagSample()
        sample.files["manifest-ripemd160.txt"] = sample.files["manifest-sha512.txt"]
        sample.files["tagmanifest-ripemd160.txt"] = sample.files["tagmanifest-sha512.txt"]
        sample.settle()
        let beside = try sample.report()
        #expect(beside.verdict == .valid && beside.warnings == [.manifestAlgorithm], "\(beside.findings)")
        #expect(beside.findings.count == 2)
        sample.change("manifest-sha512.txt", nil)
        let alone = try sample.report()
        #expect(alone.verdict == .invalid)
        #expect(alone.broken.isSuperset(of: [.manifestMissing, .manifestAlgorithm]), "\(alone.findings)")
    }

    @Test func `a name of bagit-python is a warning in the final version too, any other spelling is a fault`() throws {
        for (name, verdict) in [("sha3_256", BagVerdict.valid), ("SHA3-256", .invalid), ("sha3-256", .invalid)] {
            var sample = BagSample()
            sample["manifest-\(name).txt"] = sample.manifest(.sha3t256)
            sample.settle()
            let report = try sample.report()
            #expect(report.verdict == verdict, "\(name): \(report.findings)")
            #expect(report.findings.map(\.rule) == [.manifestAlgorithm], "\(name)")
        }
    }

    // MARK: - finder.zip

    @Test func `finder.zip: a bag as the Finder packs it is valid, with one warning that counts what is no part of it`()
        throws
    {
        guard let zip = Checkout.shared("found/exchange/finder.zip") else { return }
        let report = try BagValidator.validate(zip)
        #expect(report.verdict == .valid && report.payloadFiles == 2, "\(report.findings)")
        #expect(report.findings.map(\.rule) == [.memberSystem], "\(report.findings)")
        #expect(report.findings.first?.found.hasPrefix("6 files that macOS left behind") == true)
        let staging = try BagImport.stage(zip, into: Scratch.folder.appending("staged"), files: DurableFiles())
        let bag = try #require(staging.bag, "\(staging.report.findings)")
        #expect(
            bag.payload.map { String(decoding: $0.path, as: UTF8.self) } == ["data/sub/lampiran.txt", "data/surat.txt"]
        )
        #expect(bag.tagFiles.count == 4)
    }

    /// Packs the scratch folder's `bag`, with what is given beside it, into a tar.
    private func tar(_ more: [String: [UInt8]], _ sample: BagSample = BagSample()) throws -> FilePath {
        try sample.write()
        for (path, bytes) in more { try Scratch.file(path, bytes) }
        let names = Set(more.keys.map { String($0.prefix { $0 != "/" }) }).union(["bag"]).sorted()
        let made = try Tool.run("tar", ["-cf", "bag.tar"] + names, directory: Scratch.folder)
        try #require(made.status == 0, "\(made.errorText)")
        return Scratch.folder.appending("bag.tar")
    }

    @Test func `AppleDouble files are passed over in a tar and in a folder, beside the bag and in it`() throws {
        let container = try tar([
            "._bag": Self.appleDouble, "bag/._bagit.txt": Self.appleDouble, "bag/data/._a.txt": Self.appleDouble,
            "bag/data/sub/.DS_Store": [], ".DS_Store": [0, 0, 0, 1], "__MACOSX/._x": [1],
        ])
        for (path, count) in [(container, 6), (Scratch.folder.appending("bag"), 3)] {
            let report = try BagValidator.validate(path)
            #expect(report.verdict == .valid && report.payloadFiles == 3, "\(report.findings)")
            #expect(report.findings.count == 1 && report.tagFiles == 4, "\(report.findings)")
            #expect(report.findings.first?.found.hasPrefix("\(count) files that macOS left behind") == true)
        }
        for (number, source) in [container, Scratch.folder.appending("bag")].enumerated() {
            let place = Scratch.folder.appending("staged-\(number)")
            let bag = try #require(try BagImport.stage(source, into: place, files: DurableFiles()).bag)
            #expect(bag.payload.count == 3 && bag.tagFiles.count == 4)
        }
    }

    @Test(arguments: [[], [0x00, 0x05, 0x16], [0x00, 0x05, 0x16, 0x08, 0x00], Array("isi".utf8)])
    func `what is only called like an AppleDouble file is no part of the bag, and said`(content: [UInt8]) throws {
        let inside = try tar(["bag/data/._a.txt": content])
        #expect(try BagValidator.validate(inside).broken.contains(.payloadUnlisted))
        #expect(try BagValidator.validate(Scratch.folder.appending("bag")).broken.contains(.payloadUnlisted))
        try FileManager.default.removeItem(atPath: Scratch.folder.appending("bag").string)
        let beside = try tar(["._bag": content])
        #expect(try BagValidator.validate(beside).broken == [.containerRoot])
    }

    @Test func `a file with such a name that the manifest lists is payload`() throws {
        var sample = BagSample()
        sample.files["data/._a.txt"] = Self.appleDouble
        sample["data/.DS_Store"] = "jendela"
        sample.change("manifest-sha512.txt", sample.manifest(.sha512))
        sample.change("bag-info.txt", "Contact-Name: x\n")
        let container = try tar([:], sample)
        for path in [container, Scratch.folder.appending("bag")] {
            let report = try BagValidator.validate(path)
            #expect(report.verdict == .valid && report.payloadFiles == 5, "\(report.findings)")
        }
        let place = Scratch.folder.appending("staged")
        let bag = try #require(try BagImport.stage(container, into: place, files: DurableFiles()).bag)
        #expect(bag.file("data/._a.txt") != nil && bag.file("data/.DS_Store") != nil)
        // Damaged, it is damaged payload and nothing that may be passed over.
        try Scratch.file("bag/data/._a.txt", Self.appleDouble + [0])
        #expect(try BagValidator.validate(Scratch.folder.appending("bag")).broken == [.payloadDigest])
    }

    @Test func `in the Finder's folder a link stays refused, and nothing of it makes a bag`() throws {
        try BagSample().write("__MACOSX")
        try #require(try Tool.run("tar", ["-cf", "alone.tar", "__MACOSX"], directory: Scratch.folder).status == 0)
        let alone = try BagValidator.validate(Scratch.folder.appending("alone.tar"))
        #expect(alone.verdict == .invalid && alone.broken.contains(.declarationMissing))
        try BagSample().write()
        let link = Scratch.folder.appending("__MACOSX").appending("tautan").string
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/passwd")
        try #require(
            try Tool.run("tar", ["-cf", "link.tar", "__MACOSX", "bag"], directory: Scratch.folder).status == 0
        )
        #expect(try BagValidator.validate(Scratch.folder.appending("link.tar")).broken == [.memberLink])
    }

    // MARK: - A bag at the top

    @Test(arguments: ["tar -cf ../top.tar *", "tar -cf ../top.tar .", "zip -qr ../top.zip ."])
    func `a bag at the top of its archive is a fault, and taken where that is asked for`(packing: String) throws {
        let bag = try BagSample().write()
        try #require(try Tool.run("sh", ["-c", packing], directory: bag).status == 0)
        let container = Scratch.folder.appending(packing.hasPrefix("zip") ? "top.zip" : "top.tar")
        let plain = try BagValidator.validate(container)
        #expect(plain.broken.contains(.containerRoot) && plain.standsAtTop)
        var options = BagOptions()
        options.takesTop = true
        let asked = try BagValidator.validate(container, options)
        #expect(asked.verdict == .valid && asked.warnings.contains(.containerRoot), "\(asked.findings)")
        let place = Scratch.folder.appending("staged")
        let staged = try #require(
            try BagImport.stage(container, into: place, options: options, files: DurableFiles()).bag
        )
        #expect(String(decoding: staged.name, as: UTF8.self) == "top" && staged.payload.count == 3)
    }
}
