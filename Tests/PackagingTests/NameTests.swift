import FileSafety
import Fixity
import Packaging
import SystemPackage
import TestSupport
import Testing

/// Names that a careless writer changes, joins or dies of.
private let oddNames: [String] = [
    "caf\u{e9}", "cafe\u{301}", "two\nlines", "return\rhere", "100%", "%0A", "\u{200F}\u{5D0}\u{5D1}.pdf",
    "\u{202E}fdp.exe", "😀👩‍👩‍👧.png", "\u{301}combining first", " space ", "*star", "back\\slash", "quote'\"`$", "-rf",
    "tab\t", "\u{2028}separator", String(repeating: "n", count: 255), String(repeating: "\u{ac00}", count: 85),
    "\u{1112}\u{1161}\u{11ab}", "\u{212b}", "\u{1b05}\u{1b35}", "\u{10FFFF}", "\u{FEFF}bom", "~", "CON", "a:b",
]

@Suite(.scratch)
struct NameTests {
    private func members() -> [PackageMember] {
        let nested = oddNames.prefix(4).map { "folder \($0)/\u{301}in a folder" }
        return (oddNames + nested).enumerated().map { index, name in
            PackageSamples.text("data/" + name, "content of \(index)")
        }
    }

    private var expected: [String: String] {
        var found: [String: String] = [:]
        for member in members() {
            guard case .bytes(let bytes) = member.content else { continue }
            found[PackageReading.hex(member.path.utf8)] = Digest.of(bytes, .sha512).hex
        }
        return found
    }

    @Test(arguments: PackageFormat.allCases)
    func `Python reads every odd name byte for byte`(format: PackageFormat) throws {
        let (path, _) = try PackageSamples.write(members(), format)
        let skipped = PackageReading.hex("bag/".utf8).count
        let entries = try PackageReading.entries(of: path).dropFirst(4)
        let found = Dictionary(uniqueKeysWithValues: entries.map { (String($0.name.dropFirst(skipped)), $0.sha512) })
        #expect(found == expected)
    }

    @Test(arguments: ["C", "C.UTF-8"])
    func `GNU tar unpacks every odd name byte for byte`(locale: String) throws {
        let (path, _) = try PackageSamples.write(members(), .tar)
        let found = try PackageReading.extractedByTar(path, locale: locale)
        let payload = PackageReading.hex("data/".utf8)
        #expect(found.filter { $0.key.hasPrefix(payload) } == expected)
    }

    @Test(arguments: [PackageFormat.tar, .zip])
    func `names that differ by Unicode form only are two files`(format: PackageFormat) throws {
        let names = ["data/caf\u{e9}", "data/cafe\u{301}"]
        let twins = names.map { PackageMember(path: $0, content: .bytes(Array($0.utf8)), modified: 0) }
        let (path, receipt) = try PackageSamples.write(twins, format)
        #expect(receipt.payloadFiles == 2)
        let entries = try PackageReading.entries(of: path).suffix(2)
        #expect(Set(entries.map(\.name)) == Set(names.map { PackageReading.hex("bag/\($0)".utf8) }))
        #expect(Set(entries.map(\.sha512)) == Set(names.map { Digest.of($0.utf8, .sha512).hex }))
    }

    @Test func `a tar's names survive a reader that composes names`() throws {
        guard Tool.isPresent("bsdtar") else { return }
        let names = ["caf\u{e9}", "cafe\u{301}"]
        let twins = names.map { PackageMember(path: "data/" + $0, content: .bytes([]), modified: 0) }
        let (path, _) = try PackageSamples.write(twins, .tar)
        let environment = ["LC_ALL": "C.UTF-8"]
        let result = try Tool.run("bsdtar", ["-xf", path.string], environment: environment, directory: Scratch.folder)
        #expect(result.status == 0, "\(result.errorText)")
        let found = try FolderEntries(of: Scratch.folder.appending("bag").appending("data")).map(\.name.bytes)
        #expect(found.map { PackageReading.hex($0) } == names.map { PackageReading.hex($0.utf8) }.sorted())
    }

    @Test func `a tar of composed names has nothing that GNU tar warns of`() throws {
        let member = PackageMember(path: "data/caf\u{e9}", content: .bytes([]), modified: 0)
        let (path, _) = try PackageSamples.write([member], .tar)
        let listed = try Tool.run("tar", ["-tf", path.string], environment: ["LC_ALL": "C.UTF-8"])
        #expect(listed.status == 0)
        #expect(listed.errorText.isEmpty)
    }

    @Test(arguments: ["plain.tar", "two\nlines.tar", "back\\slash.tar", "return\r.tar", "é ü.tar", " space .tar"])
    func `sha512sum accepts the file beside a container of any name`(name: String) throws {
        try PackageSamples.write([], .tar, as: name)
        let checked = try Tool.run("sha512sum", ["--strict", "-c", "--", name + ".sha512"], directory: Scratch.folder)
        #expect(checked.status == 0, "\(checked.errorText)")
    }
}
