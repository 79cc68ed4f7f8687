import Fixity
import Packaging
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct PeerTests {
    /// Names outside ASCII, but none with a percent sign, which bagit-python does not decode.
    private func members() throws -> [PackageMember] {
        try PackageSamples.members() + [
            try PackageSamples.file("data/surat é 😀.txt", Array("isi".utf8)),
            try PackageSamples.file("data/two\nlines", Array("baris".utf8)),
            try PackageSamples.file("metadata/record.json", Array("{}".utf8)),
        ]
    }

    @Test(arguments: PackageFormat.allCases)
    func `bagit-python finds the bag valid`(format: PackageFormat) throws {
        guard let bin = try Tool.pythonPeer("bagit==1.8.1") else { return }
        let (path, _) = try PackageSamples.write(try members(), format)
        let unpack = """
            case $1 in *.zip) unzip -q -^ "$1" ;; *.zst) zstd -qdc "$1" | tar -x ;; *) tar -xf "$1" ;; esac
            """
        let environment = ["LC_ALL": "C.UTF-8"]
        let words = ["-c", unpack, "sh", path.string]
        let unpacked = try Tool.run("sh", words, environment: environment, directory: Scratch.folder)
        #expect(unpacked.status == 0, "\(unpacked.errorText)")
        let bag = Scratch.folder.appending("bag").string
        let validate = [bin.appending("bagit.py").string, "--validate", bag]
        let validated = try Tool.run(bin.appending("python").string, validate, environment: environment)
        #expect(validated.status == 0, "\(validated.errorText)")
        #expect(validated.errorText.contains("is valid"))
    }

    @Test(arguments: PackageFormat.allCases, ["C", "C.UTF-8"])
    func `the tools of the field accept the container`(format: PackageFormat, locale: String) throws {
        let (path, _) = try PackageSamples.write(try members(), format)
        let commands: [[String]] =
            switch format {
            case .tar, .tarGzip: [["tar", "-tf"], ["bsdtar", "-tf"], ["7z", "t"]]
            case .tarZstd: [["tar", "--zstd", "-tf"], ["bsdtar", "-tf"], ["zstd", "-t"]]
            case .zip: [["unzip", "-t"], ["bsdtar", "-tf"], ["7z", "t"], ["python3", "-m", "zipfile", "-t"]]
            }
        for command in commands where Tool.isPresent(command[0]) {
            // bsdtar 3.6.2 cannot show a name that the locale has no letters for, and says so by its status.
            if command[0] == "bsdtar", locale == "C" { continue }
            let result = try Tool.run(command[0], command.dropFirst() + [path.string], environment: ["LC_ALL": locale])
            #expect(result.status == 0, "\(command): \(result.text) \(result.errorText)")
        }
        let checked = try Tool.run("sha512sum", ["--strict", "-c", path.string + ".sha512"], directory: Scratch.folder)
        #expect(checked.status == 0, "\(checked.errorText)")
    }

    @Test func `a zip of more members than its old form counts is read whole`() throws {
        let members = (0..<66_000).map {
            PackageMember(path: "data/\($0 % 64)/\($0)", content: .bytes([UInt8($0 & 255)]), modified: sampleTime)
        }
        let (path, receipt) = try PackageSamples.write(members, .zip)
        #expect(receipt.payloadFiles == 66_000)
        let count = """
            import sys, zipfile
            z = zipfile.ZipFile(sys.argv[1])
            assert z.testzip() is None
            print(len(z.infolist()))
            """
        #expect(try Tool.run("python3", ["-c", count, path.string]).text == "66004\n")
        for command in [["unzip", "-tq"], ["bsdtar", "-tf"], ["7z", "t"]] where Tool.isPresent(command[0]) {
            #expect(try Tool.run(command[0], command.dropFirst() + [path.string]).status == 0, "\(command)")
        }
    }
}
