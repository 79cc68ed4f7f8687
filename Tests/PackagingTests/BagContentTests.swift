import Fixity
import Packaging
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct BagContentTests {
    @Test(arguments: [
        ("a.tar", PackageFormat.tar), ("a.TAR.Gz", .tarGzip), ("a.b.tar.zst", .tarZstd), ("arsip 2024.ZIP", .zip),
    ])
    func `the ending of a file name says the format, letter case aside`(name: String, format: PackageFormat) {
        #expect(PackageFormat(fileName: name) == format)
    }

    @Test(arguments: ["", "tar", "a.gz", "a.tar.xz", "a.zip.part", "a.7z", "tar.zst"])
    func `other endings are no format`(name: String) {
        #expect(PackageFormat(fileName: name) == nil)
    }

    @Test(arguments: PackageFormat.allCases)
    func `a bag explains itself first and ends with its payload, both in byte order`(format: PackageFormat) throws {
        let (path, receipt) = try PackageSamples.write(try PackageSamples.members(), format)
        #expect(
            try PackageReading.names(of: path) == [
                "bagit.txt", "bag-info.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt", "README.txt",
                "data/empty",
                "data/r/v1/letter.txt", "data/r/v1/scan.tif",
            ]
        )
        #expect(receipt.payloadFiles == 3)
        #expect(receipt.payloadOctets == 300_006)
        #expect(receipt.libraries.contains("libarchive") && receipt.libraries.contains("zlib/"))
    }

    @Test func `the tag files say what RFC 8493 asks for`() throws {
        let (path, _) = try PackageSamples.write(try PackageSamples.members(), .tar)
        let entries = try PackageReading.entries(of: path)
        func digest(_ text: String) -> String { Digest.of(text.utf8, .sha512).hex }
        let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        let info = "Source-Organization: Kantor\nPayload-Oxum: 300006.3\n"
        let manifest = """
            \(digest(""))  data/empty
            \(digest("surat\n"))  data/r/v1/letter.txt
            \(Digest.of([UInt8](repeating: 7, count: 300_000), .sha512).hex)  data/r/v1/scan.tif\n
            """
        let tagManifest = """
            \(digest(declaration))  bagit.txt
            \(digest(info))  bag-info.txt
            \(digest(manifest))  manifest-sha512.txt
            \(digest("read me\n"))  README.txt\n
            """
        #expect(entries.prefix(4).map(\.sha512) == [declaration, info, manifest, tagManifest].map(digest))
    }

    @Test func `a manifest encodes CR, LF and the percent sign, and nothing else`() throws {
        let names = ["data/100%25", "data/a\rb\nc", "data/é ü\t\u{202E}*\\\u{2028}"]
        let members = names.map { PackageMember(path: $0, content: .bytes([]), modified: 0) }
        let (path, _) = try PackageSamples.write(members, .tar)
        let empty = Digest.of([], .sha512).hex
        let manifest = """
            \(empty)  data/100%2525
            \(empty)  data/a%0Db%0Ac
            \(empty)  data/é ü\t\u{202E}*\\\u{2028}\n
            """
        #expect(try PackageReading.entries(of: path)[2].sha512 == Digest.of(manifest.utf8, .sha512).hex)
    }

    @Test func `a tar says of its members no more than name, length and whole second`() throws {
        let (path, _) = try PackageSamples.write(try PackageSamples.members(), .tar)
        let entries = try PackageReading.entries(of: path)
        #expect(entries.allSatisfy { $0.kind == "0 644 0 0 '' ''" })
        let times = Array(repeating: sampleTime, count: 5) + [0, sampleTime + 1, sampleTime]
        #expect(entries.map { Int($0.time) } == times)
        #expect(try Tool.run("grep", ["-c", "PaxHeader", path.string]).status == 1)
    }

    @Test func `a zip stores its members and has their times in UTC`() throws {
        let (path, _) = try PackageSamples.write(try PackageSamples.members(), .zip)
        let entries = try PackageReading.entries(of: path)
        #expect(entries.allSatisfy { $0.kind == "100644 0" })
        #expect(entries[0].time == "2024-03-15 08:30:10")
        #expect(entries[5].time == "1980-01-01 00:00:00")
    }

    @Test(arguments: [
        (-1, "1980-01-01 00:00:00"), (315_532_802, "1980-01-01 00:00:02"), (951_782_400, "2000-02-29 00:00:00"),
        (4_107_542_399, "2100-02-28 23:59:58"), (4_107_542_400, "2100-03-01 00:00:00"),
        (1 << 40, "2107-12-31 23:59:58"),
        (1_735_689_598, "2024-12-31 23:59:58"),
    ])
    func `a zip's times are right at the edges of the calendar`(seconds: Int, text: String) throws {
        let member = PackageMember(path: "data/x", content: .bytes([]), modified: seconds)
        let (path, _) = try PackageSamples.write([member], .zip)
        #expect(try PackageReading.entries(of: path).last?.time == text)
    }

    @Test(arguments: PackageFormat.allCases)
    func `a bag without payload still has its data folder`(format: PackageFormat) throws {
        let (path, receipt) = try PackageSamples.write([], format)
        #expect(try PackageReading.names(of: path).last?.hasPrefix("data") == true)
        #expect(receipt.payloadFiles == 0)
    }

    @Test(arguments: PackageFormat.allCases)
    func `the receipt and the file beside the container have the container's digest`(format: PackageFormat) throws {
        let (path, receipt) = try PackageSamples.write(try PackageSamples.members(), format)
        let sums = try Tool.run("sha512sum", [path.lastComponent?.string ?? ""], directory: Scratch.folder)
        #expect(sums.text == "\(receipt.sha512)  package.\(format.rawValue)\n")
        #expect(try Tool.run("cat", [path.string + ".sha512"]).text == sums.text)
        #expect(try Tool.run("stat", ["-c", "%s", path.string]).text == "\(receipt.size)\n")
    }

    @Test func `the tar is the same inside every filter`() throws {
        let members = try PackageSamples.members()
        for format in [PackageFormat.tar, .tarGzip, .tarZstd] { try PackageSamples.write(members, format) }
        let unpack = "gzip -dc package.tar.gz | cmp - package.tar && zstd -qdc package.tar.zst | cmp - package.tar"
        #expect(try Tool.run("sh", ["-c", unpack], directory: Scratch.folder).status == 0)
    }
}
