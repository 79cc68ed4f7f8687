import Containers
import FileSafety
import Fixity
import Foundation
import Packaging
import SystemPackage
import TestSupport
import Testing

/// What a folder can hold that a bag must not, and what encodings tag files come in.
@Suite(.scratch)
struct BagFolderTests {
    @Test func `a FIFO is told and never waited on`() throws {
        let bag = try BagSample().write()
        try #require(SystemCalls.makeFIFO(bag.string + "/data/pipe"))
        let report = try BagValidator.validate(bag)
        #expect(report.faults == ["member-special data/pipe"])
    }

    @Test func `links are told and not followed`() throws {
        let bag = try BagSample().write()
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: bag.string + "/data/out", withDestinationPath: "/etc/passwd")
        try manager.createSymbolicLink(atPath: bag.string + "/data/folder", withDestinationPath: "/etc")
        try manager.createSymbolicLink(atPath: bag.string + "/readme.txt", withDestinationPath: "bagit.txt")
        let report = try BagValidator.validate(bag)
        #expect(report.faults == ["member-link data/folder", "member-link data/out", "member-link readme.txt"])
        #expect(report.payloadFiles == 3)
    }

    @Test func `a listed file that is a link is not the file`() throws {
        let bag = try BagSample().write()
        let path = bag.string + "/data/a.txt"
        try FileManager.default.moveItem(atPath: path, toPath: Scratch.folder.string + "/elsewhere")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "../../elsewhere")
        let report = try BagValidator.validate(bag)
        #expect(report.verdict == .invalid)
        #expect(report.faults.contains("member-link data/a.txt"))
    }

    @Test func `a bag reached through a link is looked at all the same`() throws {
        let bag = try BagSample().write()
        let link = Scratch.folder.appending("link")
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: bag.string)
        #expect(try BagValidator.validate(link).verdict == .valid)
    }

    @Test func `a bag without its payload folder is incomplete`() throws {
        var sample = BagSample()
        for path in ["data/a.txt", "data/c.txt", "data/sub/b.bin"] { sample.files[path] = nil }
        sample.change("bag-info.txt", "Payload-Oxum: 0.0\n")
        sample.change("manifest-sha512.txt", "")
        let bag = try sample.write()
        #expect(try BagValidator.validate(bag).findings.isEmpty)
        try FileManager.default.removeItem(atPath: bag.string + "/data")
        let report = try BagValidator.validate(bag)
        #expect(report.broken == [.dataMissing])
        #expect(report.verdict == .incomplete)
    }

    @Test func `a name that is no UTF-8 is told with its bytes`() throws {
        let bag = try BagSample().write()
        let name = Array((bag.string + "/data/caf").utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
        let descriptor = unsafe open(name, O_CREAT | O_WRONLY, 0o644)
        try #require(descriptor >= 0)
        close(descriptor)
        let report = try BagValidator.validate(bag)
        #expect(
            Set(report.faults) == [
                "member-encoding data/caf\\xE9", "payload-unlisted data/caf\\xE9", "oxum bag-info.txt",
            ]
        )
    }

    @Test func `a path deeper than the limit is told and not followed`() throws {
        var options = BagOptions()
        options.limits.depth = 5
        var sample = BagSample()
        sample["data/1/2/3/4/5/6/deep"] = ""
        let report = try sample.report(options)
        #expect(report.broken.contains(.memberLimit))
        #expect(report.faults.contains("member-limit data/1/2/3/4/5"))
    }

    @Test func `more files than the limit end the looking`() throws {
        var options = BagOptions()
        options.limits.members = 5
        #expect(try BagSample().report(options).broken.contains(.containerLimit))
    }

    @Test func `a file that nobody may read ends with an error that names it`() throws {
        guard getuid() != 0 else { return }
        let bag = try BagSample().write()
        try #require(SystemCalls.changeMode(bag.string + "/data/a.txt", 0))
        let error = #expect(throws: FileSafetyError.self) { try BagValidator.validate(bag) }
        #expect(error?.description.contains("data/a.txt") == true)
    }

    @Test func `nothing at the path is an error`() {
        #expect(throws: FileSafetyError.self) { try BagValidator.validate(Scratch.folder.appending("nothing")) }
    }

    @Test(arguments: ["\r\n", "\r", "\n"])
    func `lines may end in each of the three ways`(end: String) throws {
        var sample = BagSample()
        for name in ["bagit.txt", "bag-info.txt", "manifest-sha512.txt"] {
            sample.change(name, sample[name].replacing("\n", with: end))
        }
        sample["tagmanifest-sha512.txt"] = sample["tagmanifest-sha512.txt"].replacing("\n", with: end)
        #expect(try sample.report().findings.isEmpty)
    }

    @Test(arguments: ["ISO-8859-1", "windows-1252", "UTF-16", "UTF-16BE", "UTF-16LE", "Shift_JIS", "UTF-8", "utf-8"])
    func `tag files in the encoding that the bag declares are understood`(name: String) throws {
        var sample = BagSample()
        sample["bagit.txt"] = sample["bagit.txt"].replacing("UTF-8", with: name)
        // Letters that the encoding has: Katakana for the Japanese one.
        let label = name == "Shift_JIS" ? "アーカイブ" : "Café"
        sample["data/\(label)"] = ""
        sample["manifest-sha512.txt"] = sample.manifest(.sha512)
        sample["bag-info.txt"] = "Contact-Name: \(label)\n"
        for file in ["manifest-sha512.txt", "bag-info.txt"] {
            let source = try Scratch.file("text", sample.files[file] ?? [])
            let result = try Tool.run("iconv", ["-f", "UTF-8", "-t", name, source.string])
            try #require(result.status == 0)
            sample.files[file] = Array(result.output)
        }
        sample.settle()
        let source = try Scratch.file("text", sample.files["tagmanifest-sha512.txt"] ?? [])
        sample.files["tagmanifest-sha512.txt"] = Array(
            try Tool.run("iconv", ["-f", "UTF-8", "-t", name, source.string]).output
        )
        let report = try sample.report()
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.info.map { Array($0.value.utf8) } == [Array(label.utf8)])
    }

    @Test func `UTF-16 without a mark is read high byte first, and low byte first with a warning`() throws {
        for (bytes, isOdd) in [
            ([0x00, 0x41, 0x00, 0x3A, 0x00, 0x20, 0x00, 0x42, 0x00, 0x0A], false),
            ([0x41, 0x00, 0x3A, 0x00, 0x20, 0x00, 0x42, 0x00, 0x0A, 0x00], true),
        ] as [([UInt8], Bool)] {
            var sample = BagSample()
            sample.files["tagmanifest-sha512.txt"] = nil
            sample["bagit.txt"] = sample["bagit.txt"].replacing("UTF-8", with: "UTF-16")
            sample.files["bag-info.txt"] = bytes
            sample.files["manifest-sha512.txt"] = [0xFE, 0xFF] + sample.manifest(.sha512).utf8.flatMap { [0, $0] }
            let report = try sample.report()
            #expect(report.verdict == .valid, "\(report.findings)")
            #expect(report.info.first?.value == "B")
            #expect(report.warnings.contains(.tagMark) == isOdd)
        }
    }

    @Test(arguments: DigestAlgorithm.allCases)
    func `a manifest of every algorithm is verified`(algorithm: DigestAlgorithm) throws {
        var sample = BagSample([algorithm])
        #expect(try sample.report().findings.isEmpty)
        sample["data/a.txt"] = "alphA\n"
        #expect(try sample.report().broken == [.payloadDigest])
    }

    @Test func `digests in capital letters, and tabs before paths, are sound`() throws {
        var sample = BagSample()
        let lines = sample["manifest-sha512.txt"].split(separator: "\n").map { line in
            line.prefix(128).uppercased() + "\t \t" + line.dropFirst(130)
        }
        sample.change("manifest-sha512.txt", lines.joined(separator: "\n") + "\n")
        #expect(try sample.report().findings.isEmpty)
    }

    @Test func `CR, LF and the percent sign are read as RFC 8493 has them written`() throws {
        var sample = BagSample()
        sample["data/100%25 two\nlines\r.txt"] = "x"
        sample.change("manifest-sha512.txt", sample.manifest(.sha512).replacing("%0D", with: "%0d"))
        sample.change("bag-info.txt", "Contact-Name: x\n")
        let report = try sample.report()
        #expect(report.verdict == .valid, "\(report.findings)")
        #expect(report.warnings == [.memberControl])
    }

    @Test func `in a draft a percent sign is a percent sign, and a line end is decoded where it must be`() throws {
        var sample = BagSample(version: "0.97")
        sample["data/%7Ename"] = ""
        sample["data/two\nlines"] = ""
        sample.change("manifest-sha512.txt", sample.manifest(.sha512).replacing("%25", with: "%"))
        sample.change("bag-info.txt", "Contact-Name: x\n")
        #expect(try sample.report().verdict == .valid)
    }

    @Test func `two files whose names differ by form only are both verified, and told`() throws {
        var sample = BagSample()
        sample["data/caf\u{e9}"] = "one"
        let twin = "data/cafe\u{301}"
        // The dictionary of the sample takes the two for one: the second is made by hand.
        let digest = Digest.of("two".utf8, .sha512).hex
        sample.change("manifest-sha512.txt", sample.manifest(.sha512) + "\(digest)  \(twin)\n")
        sample.change("bag-info.txt", "Contact-Name: x\n")
        let bag = try sample.write()
        try Scratch.file("bag/\(twin)", Array("two".utf8))
        let report = try BagValidator.validate(bag)
        #expect(report.verdict == .valid, "\(report.findings)")
        #expect(report.payloadFiles == 5)
        #expect(report.warnings == [.memberCollision])
        try Scratch.file("bag/\(twin)", Array("TWO".utf8))
        #expect(try BagValidator.validate(bag).broken == [.payloadDigest])
    }

    @Test func `a draft's file that is listed in two letter cases is one file, and told`() throws {
        var sample = BagSample(version: "0.97")
        let line = "\(Digest.of("alpha\n".utf8, .sha512).hex)  data/A.TXT\n"
        sample.change("manifest-sha512.txt", sample["manifest-sha512.txt"] + line)
        #expect(try sample.report().verdict == .valid)
        sample.change("bagit.txt", sample["bagit.txt"].replacing("0.97", with: "1.0"))
        #expect(try sample.report().broken == [.payloadMissing])
    }

    @Test func `looking changes nothing`() throws {
        var sample = BagSample()
        sample["data/a.txt"] = "omega"
        let bag = try sample.write()
        let before = try TreeSnapshot.of(Scratch.folder)
        _ = try BagValidator.validate(bag)
        #expect(try TreeSnapshot.of(Scratch.folder) == before)
    }
}
