import Containers
import FileSafety
import Packaging
import SystemPackage
import TestSupport
import Testing

/// What a member can be that no container may bring in; each is told with its name, and the others are read all the same.
@Suite(.scratch)
struct ContainerRefusalTests {
    struct Name: Sendable, CustomTestStringConvertible {
        let name: [UInt8]
        let rule: ContainerRule
        var testDescription: String {
            "\(rule.rawValue) \(String(decoding: name, as: UTF8.self).prefix(40).debugDescription)"
        }

        init(_ name: String, _ rule: ContainerRule) { self.init(bytes: Array(name.utf8), rule) }
        init(bytes: [UInt8], _ rule: ContainerRule) {
            name = bytes
            self.rule = rule
        }
    }

    static let names: [Name] = [
        Name("../evil", .memberParent), Name("a/../../evil", .memberParent), Name("a/..", .memberParent),
        Name("/etc/passwd", .memberAbsolute), Name("//evil", .memberAbsolute), Name("C:\\evil", .memberDrive),
        Name("c:/evil", .memberDrive), Name("a\\..\\..\\evil", .memberBackslash), Name("\\evil", .memberBackslash),
        Name("a/./evil", .memberDot), Name("a//evil", .memberEmpty),
        Name(String(repeating: "n", count: 256), .memberLong),
        Name(String(repeating: "d/", count: 2048) + "x", .memberLong), Name(bytes: [0x62, 0xFF], .memberEncoding),
        Name(bytes: [0x61, 0xC0, 0xAF, 0x62], .memberEncoding), Name(bytes: [0xED, 0xA0, 0x80], .memberEncoding),
        Name(String(repeating: "d/", count: 64) + "x", .memberLimit),
    ]

    @Test(arguments: names)
    func `a name that is none in a tar is refused`(name: Name) throws {
        var tar = TarSample()
        tar.add("bag/first", "1")
        tar.add(name.name, Array("evil".utf8))
        tar.add("bag/last", "2")
        let (reading, members) = try Containers.read(tar.ended)
        #expect(reading.broken.contains(name.rule), "\(reading.told)")
        #expect(reading.findings.contains { $0.rule == name.rule && $0.path == name.name })
        #expect(members.files.map(\.content) == [Array("1".utf8), Array("2".utf8)])
    }

    @Test(arguments: names)
    func `a name that is none in a zip is refused`(name: Name) throws {
        var zip = ZipSample()
        zip.add("bag/first", [1])
        zip.members.append(ZipSample.Member(name: name.name, content: [6, 6, 6]))
        zip.add("bag/last", [2])
        let (reading, members) = try Containers.read(zip.bytes, as: "bag.zip")
        #expect(reading.broken.contains(name.rule), "\(reading.told)")
        #expect(members.files.map(\.content) == [[1], [2]])
    }

    @Test func `what the library warns of is told beside the finding`() throws {
        var tar = TarSample()
        tar.addPax([("path", [0x62, 0x61, 0x67, 0x2F, 0xFF])])
        tar.add("bag/x", "1")
        let (reading, _) = try Containers.read(tar.ended)
        #expect(reading.broken == [.memberEncoding])
        #expect(reading.findings.contains { $0.rule == .containerWarning && $0.weight == .warning })
    }

    @Test func `an empty name is refused`() throws {
        var tar = TarSample()
        tar.add("", "evil")
        tar.add("bag/x", "1")
        let (reading, members) = try Containers.read(tar.ended)
        #expect(reading.broken.contains(.memberEmpty))
        #expect(members.files.count == 1)
    }

    @Test func `what is legal here and dangerous elsewhere is warned of, and refused where it would be kept`() throws {
        var tar = TarSample()
        for name in ["bag/back\\slash", "bag/One", "bag/one", "bag/caf\u{e9}", "bag/cafe\u{301}", "bag/two\nlines"] {
            tar.add(name, name)
        }
        tar.add("./", type: "5")
        let (reading, members) = try Containers.read(tar.ended)
        #expect(reading.broken.isEmpty && members.files.count == 6)
        let rules = Set(reading.findings.map(\.rule))
        #expect(rules == [.memberBackslash, .memberCollision, .memberControl, .memberDot])
        let kept = try Containers.read(tar.ended, use: .importing)
        #expect(kept.reading.broken == [.memberBackslash, .memberCollision, .memberDot])
        #expect(kept.members.files.count == 3)
        let tolerant = ContainerUse.importing.tolerating([.memberBackslash, .memberCollision, .memberDot])
        #expect(try Containers.read(tar.ended, use: tolerant).reading.broken.isEmpty)
    }

    @Test(
        arguments: [
            ("2", "outside", ContainerRule.memberLink), ("2", "/etc/passwd", .memberLink),
            ("1", "bag/first", .memberLink),
            ("1", "../../etc/passwd", .memberLink), ("3", "", .memberSpecial), ("4", "", .memberSpecial),
            ("6", "", .memberSpecial),
        ] as [(Character, String, ContainerRule)]
    )
    func `links and what is no file are refused in a tar`(type: Character, target: String, rule: ContainerRule) throws {
        var tar = TarSample()
        tar.add("bag/first", "1")
        tar.add("bag/odd", type: type, link: target)
        tar.add("bag/last", "2")
        let (reading, members) = try Containers.read(tar.ended)
        #expect(reading.told == ["\(rule.rawValue) bag/odd"])
        #expect(members.files.count == 2)
        let leaves = reading.findings.contains { $0.found.contains("outside'") || $0.found.hasSuffix(", outside") }
        #expect(leaves == (target.hasPrefix("/") || target.hasPrefix("..") || target == "outside"))
    }

    @Test(arguments: [
        (0o120777, ContainerRule.memberLink), (0o010644, .memberSpecial), (0o060644, .memberSpecial),
        (0o104755, .memberMode),
        (0o102755, .memberMode),
    ])
    func `links and what is no plain file are refused in a zip`(mode: Int, rule: ContainerRule) throws {
        var zip = ZipSample()
        zip.add("bag/first", [1])
        zip.add("bag/odd", Array("../../etc".utf8))
        zip.members[1].attributes = mode << 16
        zip.add("bag/last", [2])
        let (reading, members) = try Containers.read(zip.bytes, as: "bag.zip")
        #expect(reading.told == ["\(rule.rawValue) bag/odd"])
        #expect(members.files.count == 2)
    }

    @Test func `a program that would run with its owner's rights is refused, a folder of that kind is not`() throws {
        var tar = TarSample()
        tar.add("bag/folder/", type: "5", mode: 0o2775)
        tar.add("bag/folder/tool", "x", mode: 0o4755)
        let (reading, members) = try Containers.read(tar.ended)
        #expect(reading.told == ["member-mode bag/folder", "member-mode bag/folder/tool"])
        #expect(reading.broken == [.memberMode])
        #expect(members.files.isEmpty && members.folders == [Array("bag/folder".utf8)])
    }

    @Test func `a name that comes twice is refused the second time`() throws {
        var tar = TarSample()
        for content in ["1", "2", "3"] { tar.add("bag/x", content) }
        let (reading, members) = try Containers.read(tar.ended)
        #expect(reading.told == ["member-duplicate bag/x", "member-duplicate bag/x"])
        #expect(members.files.map(\.content) == [Array("1".utf8)])
    }

    @Test func `a file that is a folder too is refused`() throws {
        var tar = TarSample()
        tar.add("bag/x", "file")
        tar.add("bag/x/y", "below it")
        let (reading, _) = try Containers.read(tar.ended)
        #expect(reading.broken == [.memberConflict])
    }

    @Test func `holes are refused, in each of the ways that tars have them`() throws {
        var sparse = TarSample()
        sparse.bytes += TarSample.header(Array("bag/old".utf8), size: 0, type: "S")
        sparse.addPax([
            ("GNU.sparse.major", Array("1".utf8)), ("GNU.sparse.minor", Array("0".utf8)),
            ("GNU.sparse.name", Array("bag/new".utf8)), ("GNU.sparse.realsize", Array("1099511627776".utf8)),
        ])
        sparse.bytes += TarSample.header(Array("bag/GNUSparseFile.1/new".utf8), size: 512)
        sparse.addBlocks(Array("1\n1099511627776\n0\n".utf8) + [UInt8](repeating: 0, count: 494))
        sparse.add("bag/last", "2")
        let (reading, members) = try Containers.read(sparse.ended)
        #expect(reading.told.filter { $0.hasPrefix("member-sparse") }.count == 2, "\(reading.findings)")
        #expect(members.files.map(\.name) == [Array("bag/last".utf8)])
    }

    @Test func `encrypted members are refused, in a zip and in a 7-Zip archive`() throws {
        var zip = ZipSample()
        zip.add("bag/secret", [1, 2, 3])
        zip.members[0].flags |= 1
        zip.add("bag/open", [4])
        let (reading, members) = try Containers.read(zip.bytes, as: "bag.zip")
        #expect(reading.told == ["member-encrypted bag/secret"])
        #expect(members.files.count == 1)
        guard Tool.isPresent("7z") else { return }
        let folder = try Scratch.directory("bag")
        try Scratch.file("bag/secret", Array("secret".utf8))
        for (name, option) in [("open.7z", "-mhe=off"), ("closed.7z", "-mhe=on")] {
            let path = Scratch.folder.appending(name)
            let words = ["a", "-bd", "-psecret", option, path.string, folder.string]
            try #require(try Tool.run("7z", words, directory: Scratch.folder).status == 0)
            let sealed = try Containers.read(path)
            #expect(!sealed.reading.broken.isEmpty, "\(name)")
            #expect(sealed.members.files.isEmpty, "\(name)")
        }
    }

    @Test func `ways of packing that not every reader of zips has are refused`() throws {
        var zip = ZipSample()
        zip.add("bag/odd", [1, 2, 3])
        zip.members[0].method = 12
        zip.add("bag/plain", [4])
        let (reading, members) = try Containers.read(zip.bytes, as: "bag.zip")
        #expect(reading.told == ["member-method bag/odd"])
        #expect(members.files.map(\.content) == [[4]])
    }

    @Test func `every hostile member has its own finding`() throws {
        var tar = TarSample()
        for number in 0..<50 { tar.add("../evil-\(number)", "x") }
        let (reading, _) = try Containers.read(tar.ended)
        #expect(reading.told == (0..<50).map { "member-parent ../evil-\($0)" })
    }
}
