import Containers
import Fixity
import Foundation
import Packaging
import SystemPackage
import TestSupport
import Testing

/// Whatever is cut off, added or overwritten, a container is refused, or its content is what it was.
@Suite(.scratch)
struct ContainerDamageTests {
    private static let packers = [
        ("bag.tar", "cat"), ("bag.tar.gz", "gzip -nc"), ("bag.tar.zst", "zstd -qc --check"), ("bag.tar.xz", "xz -c"),
    ]

    private func tar() -> TarSample {
        var bag = BagSample()
        // Bytes that no compression makes fewer.
        bag.files["data/random"] = (0..<64).flatMap { Digest.of("\($0)".utf8, .sha512).bytes }
        bag.change("manifest-sha512.txt", bag.manifest(.sha512))
        bag.change("bag-info.txt", "Contact-Name: x\n")
        return TarSample(bag)
    }

    private func zip() -> [UInt8] {
        var zip = ZipSample()
        zip.add("bag/a", Array("alpha".utf8))
        zip.add("bag/b", (0..<300).map { UInt8(truncatingIfNeeded: $0) })
        return zip.bytes
    }

    @Test(arguments: packers)
    func `a container that is cut anywhere is refused`(name: String, command: String) throws {
        let whole = try Containers.packed(tar().ended, by: command)
        let sound = try Containers.read(whole, as: name)
        #expect(sound.reading.findings.isEmpty, "\(sound.reading.told)")
        // The last block of a tar is all that may go unseen: a single empty one is no end.
        for count in stride(from: 0, to: whole.count, by: name == "bag.tar" ? 211 : 37) {
            let (reading, _) = try Containers.read(Array(whole.prefix(count)), as: name)
            #expect(!reading.broken.isEmpty, "cut to \(count) of \(whole.count) bytes")
        }
    }

    @Test func `a zip that is cut anywhere is refused`() throws {
        let whole = zip()
        #expect(try Containers.read(whole, as: "bag.zip").reading.findings.isEmpty)
        for count in 0..<whole.count {
            #expect(try !Containers.read(Array(whole.prefix(count)), as: "bag.zip").reading.broken.isEmpty, "\(count)")
        }
    }

    @Test func `a 7-Zip archive that is cut anywhere is refused, and one with bytes behind it`() throws {
        guard Tool.isPresent("7z") else { return }
        try BagSample().write()
        try #require(try Tool.run("7z", ["a", "-bd", "bag.7z", "bag"], directory: Scratch.folder).status == 0)
        let path = Scratch.folder.appending("bag.7z").string
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(try Containers.read(whole, as: "whole.7z").reading.findings.isEmpty)
        for count in stride(from: 0, to: whole.count, by: 13) {
            #expect(try !Containers.read(Array(whole.prefix(count)), as: "x.7z").reading.broken.isEmpty, "\(count)")
        }
        #expect(try Containers.read(whole + [0], as: "x.7z").reading.broken == [.containerTrailing])
    }

    @Test(arguments: packers)
    func `bytes behind the end, a second archive among them, are refused`(name: String, command: String) throws {
        let tar = tar()
        let whole = try Containers.packed(tar.ended, by: command)
        let hidden = try Containers.packed(tar.ended + tar.ended, by: command)
        #expect(try Containers.read(hidden, as: name).reading.broken == [.containerSecond])
        let garbage = try Containers.packed(tar.ended + Array("garbage".utf8), by: command)
        #expect(try Containers.read(garbage, as: name).reading.broken == [.containerTrailing])
        let behind = try Containers.read(whole + Array("not at all a frame".utf8), as: name)
        #expect(!behind.reading.broken.isEmpty)
        let zeros = try Containers.packed(tar.ended + [UInt8](repeating: 0, count: 9000), by: command)
        #expect(try Containers.read(zeros, as: name).reading.findings.isEmpty)
    }

    @Test func `a tar without its two empty blocks is refused`() throws {
        let tar = tar()
        for blocks in 0..<2 {
            let bytes = tar.bytes + [UInt8](repeating: 0, count: 512 * blocks)
            #expect(try Containers.read(bytes).reading.broken == [.containerEnd], "\(blocks)")
        }
        #expect(try Containers.read(tar.bytes + [UInt8](repeating: 0, count: 1024)).reading.findings.isEmpty)
    }

    @Test func `a gzip's own check sum and length are looked at`() throws {
        let whole = try Containers.packed(tar().ended, by: "gzip -nc")
        for place in 1...8 {
            var bytes = whole
            bytes[whole.count - place] ^= 0x10
            #expect(try Containers.read(bytes).reading.broken == [.containerChecksum], "byte \(place) from the end")
        }
    }

    @Test func `gzips one behind the other are one stream`() throws {
        let bytes = tar().ended
        let half = bytes.count / 2
        let first = try Containers.packed(Array(bytes[..<half]), by: "gzip -nc")
        let second = try Containers.packed(Array(bytes[half...]), by: "gzip -nc")
        #expect(try Containers.read(first + second).reading.findings.isEmpty)
    }

    @Test(arguments: packers)
    func `an overwritten byte is refused, or changes nothing that is read`(name: String, command: String) throws {
        let whole = try Containers.packed(tar().ended, by: command)
        let content = try Containers.read(whole, as: name).members.files.map(\.content)
        for place in stride(from: 0, to: whole.count, by: 101) {
            var bytes = whole
            bytes[place] ^= 0x55
            let path = try Scratch.file(name, bytes)
            let report = try BagValidator.validate(path)
            if report.verdict == .valid {
                #expect(try Containers.read(path).members.files.map(\.content) == content, "byte \(place)")
            }
        }
    }

    @Test func `an overwritten byte of a zip is refused, or changes nothing that is read`() throws {
        let whole = zip()
        let files = try Containers.read(whole, as: "bag.zip").members.files
        for place in whole.indices {
            for bit in [0x01, 0x80] as [UInt8] {
                var bytes = whole
                bytes[place] ^= bit
                let (reading, members) = try Containers.read(bytes, as: "bag.zip")
                guard reading.broken.isEmpty else { continue }
                #expect(members.files.map(\.content) == files.map(\.content), "byte \(place)")
            }
        }
    }

    @Test func `a wrong check sum in a zip is refused though both headers agree on it`() throws {
        var zip = ZipSample()
        zip.add("bag/a", Array("alpha".utf8))
        zip.members[0].checksum = 0x1234_5678
        let (reading, members) = try Containers.read(zip.bytes, as: "bag.zip")
        #expect(reading.told == ["member-checksum bag/a"])
        #expect(members.files.isEmpty)
    }

    @Test func `a member longer or shorter than it says is refused`() throws {
        for size in [3, 7] {
            var zip = ZipSample()
            zip.add("bag/a", Array("alpha".utf8))
            zip.members[0].size = size
            let (reading, members) = try Containers.read(zip.bytes, as: "bag.zip")
            #expect(reading.broken.isSubset(of: [.memberSize, .memberChecksum]) && !reading.broken.isEmpty, "\(size)")
            #expect(members.files.isEmpty)
        }
    }

    @Test(arguments: ["", "x", "PK\u{3}\u{4}", "\u{1F}", "GIF89a", "#!/bin/sh\nexit 0\n"])
    func `what is no container is told as such`(text: String) throws {
        let (reading, _) = try Containers.read(Array(text.utf8))
        #expect(!reading.broken.isEmpty)
        #expect(reading.members == 0)
    }

    @Test(arguments: ["gzip -nc", "zstd -qc", "xz -c"])
    func `a compression around no tar, or around a second compression, is refused`(command: String) throws {
        let text = try Containers.packed(Array(repeating: 0x41, count: 5000), by: command)
        #expect(try Containers.read(text).reading.broken == [.containerFormat])
        let twice = try Containers.packed(tar().ended, by: "\(command) | \(command)")
        #expect(!(try Containers.read(twice).reading.broken.isDisjoint(with: [.containerFormat, .containerFilter])))
    }

    @Test func `a tar whose readers could see two different things is refused`() throws {
        var folder = TarSample()
        folder.bytes += TarSample.header(Array("bag/folder/".utf8), size: 512, type: "5")
        folder.bytes += TarSample.header(Array("bag/hidden".utf8), size: 0)
        #expect(try Containers.read(folder.ended).reading.broken == [.containerReaders])
        var global = TarSample()
        global.addPax([("path", Array("bag/other".utf8))], type: "g")
        global.add("bag/name", "x")
        #expect(try Containers.read(global.ended).reading.broken == [.containerReaders])
    }

    @Test(arguments: [
        [("path", "bag/x\u{0}y")], [("size", "-1")], [("size", "1e3")], [("size", "99999999999999999999")],
    ])
    func `a pax header that says nonsense is refused`(records: [(String, String)]) throws {
        var tar = TarSample()
        tar.addPax(records.map { ($0.0, Array($0.1.utf8)) })
        tar.add("bag/name", "x")
        #expect(try !Containers.read(tar.ended).reading.broken.isEmpty)
    }

    @Test func `a header whose sum is wrong ends the reading, and what came before is told`() throws {
        var tar = TarSample()
        tar.add("../evil", "x")
        tar.add("bag/name", "x")
        tar.bytes[1024 + 4] ^= 1
        let (reading, _) = try Containers.read(tar.ended)
        #expect(reading.broken == [.memberParent, .containerDamaged])
        #expect(!reading.isWhole)
    }
}
