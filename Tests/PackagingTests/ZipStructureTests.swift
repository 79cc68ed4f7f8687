import Containers
import Packaging
import SystemPackage
import TestSupport
import Testing

/// A zip says everything twice, and both must say the same.
@Suite(.scratch)
struct ZipStructureTests {
    private func sample(_ change: (inout ZipSample) -> Void) throws -> ContainerReading {
        var zip = ZipSample()
        zip.add("bag/a", Array("alpha".utf8))
        zip.add("bag/b", Array("bravo".utf8))
        change(&zip)
        return try Containers.read(zip.bytes, as: "bag.zip").reading
    }

    @Test func `a zip made by the book has no finding`() throws {
        #expect(try sample { _ in }.findings.isEmpty)
    }

    @Test func `two names of one member are refused`() throws {
        let reading = try sample { $0.members[1].localName = Array("bag/c".utf8) }
        #expect(reading.told == ["container-headers bag/b"])
    }

    @Test func `two lengths of one member are refused`() throws {
        #expect(try sample { $0.members[0].localSize = 50 }.told == ["container-headers bag/a"])
    }

    @Test func `two ways of packing one member are refused`() throws {
        #expect(try sample { $0.members[0].localMethod = 8 }.told == ["container-headers bag/a"])
    }

    @Test func `flags that differ are refused`() throws {
        #expect(try sample { $0.members[0].localFlags = 0x801 }.told == ["container-headers bag/a"])
    }

    @Test func `bytes between two members, or before the first, are refused`() throws {
        #expect(try sample { $0.members[1].gap = [1, 2, 3] }.told == ["container-layout bag/b"])
        #expect(try sample { $0.beforeDirectory = Array("hidden".utf8) }.broken == [.containerLayout])
        #expect(try sample { $0.behindDirectory = Array("hidden".utf8) }.broken == [.containerLayout])
        // With something before the first member, it does not even begin like a zip.
        #expect(try sample { $0.members[0].gap = Array("#!/bin/sh\n".utf8) }.broken == [.containerFormat])
        let program = try sample { $0.members[0].gap = [0x50, 0x4B, 0x03, 0x04] }
        #expect(program.broken == [.containerLayout])
    }

    @Test func `two entries for the same bytes are refused`() throws {
        let reading = try sample { $0.repeated = 0 }
        #expect(reading.refuses(.containerLayout))
        #expect(reading.refuses(.memberDuplicate))
    }

    @Test(arguments: [0, 1, 3, 65_535])
    func `a directory of another length than the end says is refused`(count: Int) throws {
        #expect(try !sample { $0.count = count }.broken.isEmpty)
    }

    @Test func `bytes behind the end are refused, a comment is not`() throws {
        var zip = ZipSample()
        zip.add("bag/a", [1])
        #expect(try Containers.read(zip.bytes + [1], as: "a.zip").reading.broken == [.containerTrailing])
        var commented = zip.bytes
        commented[commented.count - 2] = 5
        commented += Array("hello".utf8)
        #expect(try Containers.read(commented, as: "b.zip").reading.findings.isEmpty)
        // A comment that looks like an end itself.
        var confusing = zip.bytes
        confusing[confusing.count - 2] = 22
        confusing += zip.bytes.suffix(22)
        #expect(try !Containers.read(confusing, as: "c.zip").reading.broken.isEmpty)
    }

    @Test func `thousands of entries that overlap are refused at once`() throws {
        var zip = ZipSample()
        for number in 0..<2000 { zip.add("bag/\(number)", [1]) }
        zip.repeated = 0
        let reading = try Containers.read(zip.bytes, as: "bag.zip").reading
        #expect(reading.broken == [.containerLayout, .memberDuplicate])
    }

    @Test(arguments: [
        "zip -qr -", "zip -0qr -", "zip -qr -fd -", "bsdtar --format zip -cf -", "7z a -tzip -so x.zip",
        "python3 -m zipfile -c /dev/stdout",
    ])
    func `zips of the tools of the field are read`(command: String) throws {
        guard Tool.isPresent(String(command.prefix { $0 != " " })) else { return }
        try BagSample().write()
        let words = ["-c", "\(command) bag > bag.zip"]
        let made = try Tool.run("sh", words, environment: ["LC_ALL": "C.UTF-8"], directory: Scratch.folder)
        guard made.status == 0 else {
            print("LEFT OUT: '\(command)' does not write to standard output here: \(made.errorText)")
            return
        }
        let report = try BagValidator.validate(Scratch.folder.appending("bag.zip"))
        #expect(report.verdict == .valid, "\(report.findings)")
        #expect(report.warnings.isSubset(of: [.containerTrailing]))
        #expect(report.format == .zip && report.payloadFiles == 3)
    }
}
