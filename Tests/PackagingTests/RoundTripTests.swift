import Containers
import FileSafety
import Fixity
import Foundation
import Packaging
import SystemPackage
import TestSupport
import Testing

/// What is packed here is read here, whatever its name, length or number.
@Suite(.scratch)
struct RoundTripTests {
    /// A name in each script that offices write in, and those that readers change, join or die of.
    static let names: [String] = [
        "caf\u{e9}", "cafe\u{301}", "\u{212b}", "\u{c5}", "A\u{30a}", "\u{1112}\u{1161}\u{11ab}", "\u{d55c}",
        "two\nlines",
        "return\rhere", "100%", "%0A", "\u{5D0}\u{5D1}.pdf", "\u{202E}fdp.exe", "😀👩‍👩‍👧.png", " space ", "*star",
        "back\\slash",
        "-rf", "tab\t", "\u{1b05}\u{1b35}", "\u{10FFFF}", "\u{FEFF}bom", "CON", "a:b", "नमस्ते", "ภาษาไทย", "漢字",
        "Ελληνικά",
        "кириллица", "العربية", "ᮘᮞ ᮞᮥᮔ᮪ᮓ", "ꦗꦮ", String(repeating: "n", count: 255),
        String(repeating: "\u{ac00}", count: 85),
    ]

    private func members() -> [PackageMember] {
        Self.names.enumerated().flatMap { index, name in
            ["data/\(name)", "data/folder \(index)/\(name)", "meta/\(name)"].map {
                PackageSamples.text($0, "content of \($0.utf8.count) \(index)")
            }
        }
    }

    private func expected() -> [[UInt8]: [UInt8]] {
        Dictionary(
            uniqueKeysWithValues: members().map { member in
                guard case .bytes(let bytes) = member.content else { return ([], []) }
                return (Array("bag/\(member.path)".utf8), bytes)
            }
        )
    }

    @Test(arguments: PackageFormat.allCases)
    func `every name comes back byte for byte, those that differ by Unicode form among them`(format: PackageFormat)
        throws
    {
        let (path, receipt) = try PackageSamples.write(members(), format, as: "bag.\(format.rawValue)")
        let (reading, found) = try Containers.read(path)
        #expect(reading.broken.isEmpty, "\(reading.told)")
        let wanted = expected()
        let names = Set(wanted.keys)
        let files = Dictionary(uniqueKeysWithValues: found.files.map { ($0.name, $0.content) })
        #expect(files.count == wanted.count + 4)
        #expect(files.filter { names.contains($0.key) } == wanted)
        let report = try BagValidator.validate(path)
        #expect(report.verdict == .valid, "\(report.findings)")
        #expect(report.payloadFiles == receipt.payloadFiles && report.payloadOctets == receipt.payloadOctets)
        var options = BagOptions.importing
        options.use = .importing.tolerating([.memberBackslash, .memberCollision])
        let staging = try BagImport.stage(
            path,
            into: Scratch.folder.appending("staged"),
            options: options,
            files: DurableFiles()
        )
        #expect(staging.bag?.payload.count == receipt.payloadFiles, "\(staging.report.findings)")
    }

    @Test(arguments: ["C", "C.UTF-8"])
    func `the tools of the field unpack the same names`(locale: String) throws {
        let (path, _) = try PackageSamples.write(members(), .tar)
        #expect(try PackageReading.extractedByTar(path, locale: locale).count == members().count + 4)
        guard Tool.isPresent("unzip") else { return }
        let (zip, _) = try PackageSamples.write(members(), .zip)
        let tested = try Tool.run("unzip", ["-tq", zip.string], environment: ["LC_ALL": locale])
        #expect(tested.status == 0, "\(tested.errorText)")
    }

    @Test func `the empty bag comes back`() throws {
        for format in PackageFormat.allCases {
            let (path, _) = try PackageSamples.write([], format, as: "bag.\(format.rawValue)")
            let report = try BagValidator.validate(path)
            #expect(report.findings.isEmpty, "\(format): \(report.findings)")
        }
    }

    @Test func `a name of more than 255 bytes is refused before anything is written`() throws {
        let member = PackageSamples.text("data/" + String(repeating: "n", count: 256), "x")
        let error = #expect(throws: PackagingError.self) { try PackageSamples.write([member], .tar) }
        #expect(error?.code == .refused)
        #expect(try PackageSamples.leftovers().isEmpty)
    }

    @Test(.timeLimit(.minutes(60)), arguments: [PackageFormat.tar, .zip])
    func `more members than 65,535 come back`(format: PackageFormat) throws {
        let members = (0..<66_000).map {
            PackageMember(path: "data/\($0 % 64)/\($0)", content: .bytes([UInt8($0 & 255)]), modified: sampleTime)
        }
        let (path, _) = try PackageSamples.write(members, format, as: "bag.\(format.rawValue)")
        let report = try BagValidator.validate(path)
        #expect(report.findings.isEmpty)
        #expect(report.payloadFiles == 66_000)
    }

    @Test(.timeLimit(.minutes(60)), .enabled(if: LargeTests.areWanted))
    func `a member of more than 8 GiB comes back`() throws {
        let size = (8 << 30) + 4097
        let file = Scratch.folder.appending("large").string
        try #require(FileManager.default.createFile(atPath: file, contents: nil))
        try #require(SystemCalls.setLength(file, size))
        let digest = try FileDigester(.sha512).read(OpenFile.reading(FilePath(file))).digest.hex
        let member = PackageMember(
            path: "data/large",
            content: .file(FilePath(file), size: size, sha512: digest),
            modified: sampleTime
        )
        // On a disk: the scratch folder may be memory.
        let folder = FilePath(FileManager.default.temporaryDirectory.path).appending("berkas-large-\(getpid())")
        try DurableFiles().makeDirectories(folder)
        defer { try? DurableFiles().removeTree(folder) }
        for format in [PackageFormat.tar, .zip] {
            let path = folder.appending("bag.\(format.rawValue)")
            _ = try BagWriter(files: DurableFiles()).write(
                name: "bag",
                members: [member],
                info: [:],
                modified: sampleTime,
                format: format,
                to: path
            )
            let report = try BagValidator.validate(path)
            #expect(report.findings.isEmpty, "\(report.findings)")
            #expect(report.payloadOctets == size)
            if format == .tar {
                let listed = try Tool.run("tar", ["-tvf", path.string], environment: ["LC_ALL": "C"])
                #expect(listed.status == 0 && listed.text.contains("\(size)"))
            } else if Tool.isPresent("unzip") {
                #expect(try Tool.run("unzip", ["-tq", path.string]).status == 0)
            }
            try DurableFiles().removeTree(path)
        }
    }
}

/// Tests that read and write tens of gigabytes.
enum LargeTests {
    /// Whether to run them: with `CI=true` or `BERKAS_LARGE_TESTS=1`.
    static let areWanted: Bool = {
        let environment = ProcessInfo.processInfo.environment
        if environment["CI"] == "true" || environment["BERKAS_LARGE_TESTS"] == "1" { return true }
        print("LEFT OUT: members of more than 8 GiB (BERKAS_LARGE_TESTS=1 runs them; they need 10 GB of disk)")
        return false
    }()
}
