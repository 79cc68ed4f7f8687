import FileSafety
import Fixity
import Packaging
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct RefusalTests {
    private func error(_ members: [PackageMember], info: BagInfo = [:], name: String = "bag") -> PackagingError? {
        #expect(throws: PackagingError.self) {
            try BagWriter(files: DurableFiles()).write(
                name: name,
                members: members,
                info: info,
                modified: 0,
                format: .tar,
                to: Scratch.folder.appending("package.tar")
            )
        }
    }

    private func empty(_ path: String) -> PackageMember { PackageMember(path: path, content: .bytes([]), modified: 0) }

    @Test(arguments: [
        "", "/etc/passwd", "data/../../x", "..", ".", "data/./x", "data//x", "data/", "data", "data/a\0b",
        "data/" + String(repeating: "n", count: 256), "data/" + String(repeating: "folder/", count: 700) + "x",
        "bagit.txt", "BagIt.txt", "bag-info.txt", "fetch.txt", "manifest-md5.txt", "tagmanifest-sha512.txt", " tag.txt",
        "*tag.txt", "\ttag.txt", "data/\u{301}/../../x", "data/x/\u{301}/..",
    ])
    func `a path that no bag can hold is refused`(path: String) throws {
        let refused = try #require(error([empty(path)]))
        #expect(refused.code == .refused)
        #expect(refused.problems.count == 1)
        #expect(!refused.description.unicodeScalars.contains { $0.value < 0x20 })
        #expect(try PackageSamples.leftovers().isEmpty)
    }

    @Test(arguments: ["", ".", "..", "a/b", "/", "a\0", String(repeating: "n", count: 256)])
    func `a bag's name is one component`(name: String) throws {
        #expect(try #require(error([], name: name)).problems.count == 1)
    }

    @Test func `everything that is wrong is listed at once`() throws {
        let members = [
            empty("data/x"), empty("data/x"), empty("data/x/y"), empty("/absolute"),
            PackageMember(path: "data/d", content: .file("/nowhere", size: -1, sha512: "abc"), modified: 0),
        ]
        let info: BagInfo = ["A:B": "x", "C": "two\nlines", "payload-oxum": "1.1"]
        let refused = try #require(error(members, info: info, name: ""))
        #expect(
            refused.problems == [
                "bag name '': it has an empty component",
                "'data/x': it is there more than once",
                "'/absolute': it is an absolute path",
                "'data/x': it is a file and a folder at once",
                "'data/x': it is a file and a folder at once",
                "'data/d': its promised length is -1 bytes",
                "'data/d': its promised SHA-512, 'abc', is none",
                "bag-info label 'A:B': it has a colon in it",
                "bag-info label 'C': its value has a line break or NUL in it",
                "bag-info label 'payload-oxum': the writer counts it itself",
            ]
        )
        #expect(try PackageSamples.leftovers().isEmpty)
    }

    @Test func `a long list of problems is cut in the message and whole beside it`() throws {
        let refused = try #require(error((0..<5000).map { empty("/\($0)") }))
        #expect(refused.problems.count == 5000)
        #expect(refused.message.hasSuffix("and 4990 more"))
    }

    @Test(arguments: ["", " a", "a ", "a\tb\n", "a:b"])
    func `a label that a reader would not find again is refused`(label: String) throws {
        #expect(try #require(error([], info: BagInfo([(label: label, value: "x")]))).code == .refused)
    }

    @Test(arguments: PackageFormat.allCases)
    func `another digest than the promised one ends the package`(format: PackageFormat) throws {
        let promised = Digest.of(Array("other".utf8), .sha512).hex
        let member = try PackageSamples.file("data/x", Array("bytes".utf8), sha512: promised)
        let caught = try #require(throws: PackagingError.self) { try PackageSamples.write([member], format) }
        #expect(caught.code == .contentDiffers)
        #expect(caught.subject == "data/x")
        #expect(caught.message.contains(promised))
        #expect(caught.message.contains(Digest.of(Array("bytes".utf8), .sha512).hex))
        #expect(try PackageSamples.leftovers().isEmpty)
    }

    @Test(arguments: PackageFormat.allCases, [4, 6, 0])
    func `another length than the promised one ends the package`(format: PackageFormat, size: Int) throws {
        let member = try PackageSamples.file("data/x", Array("bytes".utf8), size: size)
        let caught = try #require(throws: PackagingError.self) { try PackageSamples.write([member], format) }
        #expect(caught.code == .contentDiffers)
        #expect(caught.message == "its length in bytes should be \(size), and is 5")
        #expect(try PackageSamples.leftovers().isEmpty)
    }

    @Test func `a digest in capital letters is the same digest`() throws {
        let digest = Digest.of(Array("bytes".utf8), .sha512).hex.uppercased()
        let capital = try PackageSamples.file("data/x", Array("bytes".utf8), sha512: digest)
        let small = try PackageSamples.file("data/x", Array("bytes".utf8))
        let first = try PackageSamples.write([capital], .tar, as: "capital.tar").receipt
        #expect(try PackageSamples.write([small], .tar, as: "small.tar").receipt == first)
    }

    @Test func `a missing file and a symbolic link end the package`() throws {
        let digest = Digest.of([], .sha512).hex
        let missing = Scratch.folder.appending("source-missing")
        let link = Scratch.folder.appending("source-link")
        _ = try Tool.run("ln", ["-s", "/dev/null", link.string])
        for (path, code) in [(missing, FileSafetyError.Code.notFound), (link, .symbolicLink)] {
            let member = PackageMember(path: "data/x", content: .file(path, size: 0, sha512: digest), modified: 0)
            let caught = try #require(throws: FileSafetyError.self) { try PackageSamples.write([member], .zip) }
            #expect(caught.code == code)
        }
        #expect(try PackageSamples.leftovers().isEmpty)
    }

    @Test func `what is there already is not replaced unless it may be`() throws {
        let first = try PackageSamples.write([], .tar)
        let before = try TreeSnapshot.of(Scratch.folder)
        let caught = try #require(throws: PackagingError.self) { try PackageSamples.write([empty("data/x")], .tar) }
        #expect(caught.code == .exists)
        #expect(try TreeSnapshot.of(Scratch.folder) == before)
        let second = try PackageSamples.write([empty("data/x")], .tar, replacing: true)
        #expect(first.receipt != second.receipt)
        let checked = try Tool.run("sha512sum", ["--strict", "-c", "package.tar.sha512"], directory: Scratch.folder)
        #expect(checked.status == 0)
        #expect(try PackageSamples.leftovers() == ["package.tar", "package.tar.sha512"])
    }
}
