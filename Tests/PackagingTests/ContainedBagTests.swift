import Containers
import FileSafety
import Fixity
import Packaging
import SystemPackage
import TestSupport
import Testing

/// A bag in a container is judged like the same bag in a folder.
@Suite(.scratch)
struct ContainedBagTests {
    private func validate(_ bytes: [UInt8], _ name: String = "bag.tar", _ options: BagOptions = BagOptions()) throws
        -> BagReport
    {
        try BagValidator.validate(try Scratch.file(name, bytes), options)
    }

    @Test(arguments: [
        ("bag.tar", "cat"), ("bag.tar.gz", "gzip -c"), ("bag.tgz", "gzip -c"), ("bag.tar.zst", "zstd -c"),
        ("bag.tar.xz", "xz -c"),
    ])
    func `a sound bag in a tar has no finding`(name: String, command: String) throws {
        let report = try validate(Containers.packed(TarSample(BagSample([.md5, .sha256])).ended, by: command), name)
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.payloadFiles == 3 && report.payloadOctets == 17 && report.tagFiles == 6)
    }

    @Test func `a sound bag in a zip has no finding`() throws {
        #expect(try validate(ZipSample(BagSample()).bytes, "bag.zip").findings.isEmpty)
    }

    @Test func `payload before the manifests is verified all the same`() throws {
        var bag = BagSample([.sha1, .blake2b512])
        for isDamaged in [false, true] {
            if isDamaged { bag["data/a.txt"] = "omega\n" }
            var tar = TarSample()
            for path in bag.files.keys.sorted().reversed() {
                tar.add("bag/\(path)", bag[path])
            }
            let report = try validate(tar.ended)
            #expect(report.broken == (isDamaged ? [.payloadDigest] : []))
            #expect(report.findings.count == (isDamaged ? 2 : 0))
        }
    }

    @Test func `a container that does not hold exactly one folder is refused`() throws {
        var bare = TarSample()
        let bag = BagSample()
        for path in bag.files.keys.sorted() { bare.add(path, bag[path]) }
        let report = try validate(bare.ended)
        #expect(report.faults == ["container-root bag-info.txt"])
        var beside = TarSample(bag)
        beside.add("other/file", "x")
        beside.add("readme.txt", "x")
        #expect(try validate(beside.ended).faults == ["container-root other/file", "container-root readme.txt"])
        var before = TarSample()
        before.add("._bag", "x")
        before.bytes += TarSample(bag).bytes
        #expect(try validate(before.ended).faults == ["container-root ._bag"])
    }

    @Test func `a container that is not called like its bag is told`() throws {
        let report = try validate(TarSample(BagSample()).ended, "other.tar")
        #expect(report.verdict == .valid)
        #expect(report.warnings == [.containerName])
    }

    @Test func `a container that ends too early says so, and not that all behind the end is missing`() throws {
        let bytes = TarSample(BagSample()).ended
        let report = try validate(Array(bytes.prefix(3000)))
        #expect(report.verdict == .invalid)
        #expect(report.broken == [.containerTruncated])
    }

    @Test func `a member that is refused is not also called missing`() throws {
        var bag = BagSample()
        bag.files["data/a.txt"] = nil
        bag.change("bag-info.txt", "Contact-Name: x\n")
        var tar = TarSample(bag)
        tar.add("bag/data/a.txt", type: "2", link: "/etc/passwd")
        #expect(try validate(tar.ended).faults == ["member-link bag/data/a.txt"])
    }

    @Test func `a bag in a 7-Zip archive is judged, its names composed by the library`() throws {
        guard Tool.isPresent("7z") else { return }
        var bag = BagSample()
        bag["data/cafe\u{301}.txt"] = "x"
        bag.change("manifest-sha512.txt", bag.manifest(.sha512))
        bag.change("bag-info.txt", "Contact-Name: x\n")
        try bag.write()
        let environment = ["LC_ALL": "C.UTF-8"]
        let packed = try Tool.run(
            "7z",
            ["a", "-bd", "bag.7z", "bag"],
            environment: environment,
            directory: Scratch.folder
        )
        try #require(packed.status == 0)
        let report = try BagValidator.validate(Scratch.folder.appending("bag.7z"))
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.format == .sevenZip)
    }

    @Test func `a Zstandard stream that begins with an empty frame is read`() throws {
        let bytes = try Containers.packed(TarSample(BagSample()).ended, by: "zstd -c")
        let frame: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
        #expect(try validate(frame + frame + bytes, "bag.tar.zst").findings.isEmpty)
        #expect(try validate(frame, "bag.tar.zst").broken == [.containerFormat])
    }

    @Test func `tars of the tools of the field are read`() throws {
        try BagSample().write()
        for command in [
            "tar --format=gnu -cf", "tar --format=ustar -cf", "tar --format=pax -cf", "tar --format=v7 -cf",
            "bsdtar -cf",
            "bsdtar --format gnutar -cf",
        ] where Tool.isPresent(String(command.prefix { $0 != " " })) {
            for prefix in ["", "./"] {
                let words = ["-c", "\(command) bag.tar \(prefix)bag"]
                try #require(try Tool.run("sh", words, directory: Scratch.folder).status == 0)
                let report = try BagValidator.validate(Scratch.folder.appending("bag.tar"))
                #expect(report.findings.isEmpty, "\(command) \(prefix): \(report.findings)")
            }
        }
    }

    @Test func `whoever asks to stop is heard`() throws {
        var options = BagOptions()
        options.isInterrupted = { true }
        var tar = TarSample()
        for number in 0..<200 { tar.add("bag/data/\(number)", "x") }
        let path = try Scratch.file("bag.tar", tar.ended)
        #expect(throws: CancellationError.self) { try BagValidator.validate(path, options) }
        let folder = try BagSample().write("folder")
        #expect(throws: CancellationError.self) { try BagValidator.validate(folder, options) }
    }
}
