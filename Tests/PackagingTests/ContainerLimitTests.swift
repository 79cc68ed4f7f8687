import Containers
import Packaging
import SystemPackage
import TestSupport
import Testing

/// Bombs run into limits, and each limit is an option.
@Suite(.scratch)
struct ContainerLimitTests {
    private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    @Test(arguments: ["gzip -9c", "zstd -19 -c", "xz -9c"])
    func `a tar that grows beyond the ratio is given up`(command: String) throws {
        var tar = TarSample()
        tar.add(Array("bag/zeros".utf8), zeros(8 << 20))
        tar.add("bag/behind", "x")
        let bytes = try Containers.packed(tar.ended, by: command)
        var limits = ContainerLimits()
        limits.grace = 1 << 20
        limits.ratio = 100
        let (reading, members) = try Containers.read(bytes, limits: limits)
        #expect(reading.broken == [.containerLimit], "\(reading.told)")
        #expect(reading.expanded <= 2 << 20 && members.files.isEmpty)
        limits.ratio = 1_000_000
        #expect(try Containers.read(bytes, limits: limits).reading.findings.isEmpty)
    }

    @Test func `a zip whose member grows beyond the ratio is given up`() throws {
        guard Tool.isPresent("zip") else { return }
        try Scratch.file("bag/zeros", zeros(8 << 20))
        try #require(try Tool.run("zip", ["-9qr", "bag.zip", "bag"], directory: Scratch.folder).status == 0)
        var limits = ContainerLimits()
        limits.grace = 1 << 20
        let (reading, members) = try Containers.read(Scratch.folder.appending("bag.zip"), limits: limits)
        #expect(reading.broken == [.containerLimit])
        #expect(members.files.isEmpty)
    }

    @Test func `more bytes in all than the limit are given up`() throws {
        var tar = TarSample()
        for number in 0..<8 { tar.add(Array("bag/\(number)".utf8), zeros(1 << 20)) }
        var limits = ContainerLimits()
        limits.total = 4 << 20
        let (reading, _) = try Containers.read(tar.ended, limits: limits)
        #expect(reading.broken == [.containerLimit])
        #expect(reading.expanded <= 4 << 20)
    }

    @Test func `a member larger than the limit is passed over and told, and the others are read`() throws {
        var tar = TarSample()
        tar.add(Array("bag/large".utf8), zeros(1 << 20))
        tar.add("bag/small", "x")
        var limits = ContainerLimits()
        limits.member = 1 << 16
        let (reading, members) = try Containers.read(tar.ended, limits: limits)
        #expect(reading.told == ["member-limit bag/large"])
        #expect(members.files.map(\.name) == [Array("bag/small".utf8)])
    }

    @Test func `more members than the limit are given up`() throws {
        var (tar, zip) = (TarSample(), ZipSample())
        for number in 0..<20 {
            tar.add("bag/\(number)", "x")
            zip.add("bag/\(number)", [1])
        }
        var limits = ContainerLimits()
        limits.members = 10
        for (name, bytes) in [("bag.tar", tar.ended), ("bag.zip", zip.bytes)] {
            let (reading, members) = try Containers.read(bytes, as: name, limits: limits)
            #expect(reading.broken == [.containerLimit], "\(name)")
            #expect(members.files.count <= 10)
        }
    }

    @Test func `a length that no file can have is a finding and no wait`() throws {
        for field in [
            [0x80, 0, 0, 0, 0x7F] + [UInt8](repeating: 0xFF, count: 7), [UInt8](repeating: 0xFF, count: 12),
            Array("77777777777".utf8),
        ] {
            var tar = TarSample()
            tar.bytes += TarSample.header(Array("bag/big".utf8), size: 0, sizeField: field)
            tar.addBlocks(Array("five!".utf8))
            let (reading, members) = try Containers.read(tar.ended)
            #expect(!reading.broken.isEmpty)
            #expect(members.files.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(60)), arguments: [3_000, 500_000])
    func `a name of that many folders is refused at once`(count: Int) throws {
        var tar = TarSample()
        for _ in 0..<8 {
            tar.addPax([("path", Array((String(repeating: "a/", count: count) + "x").utf8))])
            tar.add("short", "x")
        }
        tar.add("bag/last", "x")
        let (reading, members) = try Containers.read(tar.ended)
        // libarchive itself does not read the longest of them, so that there the two readers differ.
        #expect(reading.broken.contains(count < 10_000 ? .memberLong : .containerReaders))
        #expect(!members.files.contains { $0.name != Array("bag/last".utf8) })
    }

    @Test(.timeLimit(.minutes(60)))
    func `an extension header larger than any name needs ends the reading`() throws {
        var tar = TarSample()
        tar.addPax([("comment", [UInt8](repeating: 0x61, count: 2 << 20))])
        tar.add("bag/x", "x")
        #expect(try Containers.read(tar.ended).reading.broken == [.containerDamaged])
    }

    @Test(.timeLimit(.minutes(60)))
    func `a manifest of bad lines is told in a bounded number of findings`() throws {
        var bag = BagSample()
        bag.change("manifest-sha512.txt", bag["manifest-sha512.txt"] + String(repeating: "x\n", count: 50_000))
        bag.change("bag-info.txt", String(repeating: "no label\n", count: 50_000))
        bag.change("fetch.txt", String(repeating: "no fields\n", count: 50_000))
        let report = try bag.report()
        #expect(report.broken == [.manifestLine, .infoForm, .fetchLine])
        #expect(report.findings.count == 3003)
        #expect(report.findings.contains { $0.found == "49000 more lines of this kind" })
    }

    @Test func `manifests beyond what is held in memory are a finding`() throws {
        var options = BagOptions()
        options.tagBytes = 100
        let path = try Scratch.file("bag.tar", TarSample(BagSample()).ended)
        #expect(try BagValidator.validate(path, options).broken.contains(.memberLimit))
    }
}
