import Containers
import FileSafety
import Fixity
import Foundation
@testable import Packaging
import SystemPackage
import TestSupport
import Testing

/// One way to spoil a bag, and what must be said of it.
struct BagCase: Sendable, CustomTestStringConvertible {
    let what: String
    let rule: BagRule
    let verdict: BagVerdict
    let version: String
    let spoil: @Sendable (inout BagSample) -> Void

    init(
        _ what: String,
        _ rule: BagRule,
        _ verdict: BagVerdict = .invalid,
        version: String = "1.0",
        spoil: @escaping @Sendable (inout BagSample) -> Void
    ) {
        self.what = what
        self.rule = rule
        self.verdict = verdict
        self.version = version
        self.spoil = spoil
    }

    var testDescription: String { what }
}

private let manifest = "manifest-sha512.txt"
private let info = "bag-info.txt"

@Suite(.scratch)
struct BagRuleTests {
    static let declarations: [BagCase] = [
        BagCase("no bagit.txt", .declarationMissing) { $0.change("bagit.txt", nil) },
        BagCase("an empty bagit.txt", .declarationForm) { $0.change("bagit.txt", "") },
        BagCase("a third line", .declarationForm) { $0.change("bagit.txt", $0["bagit.txt"] + "X: y\n") },
        BagCase("an empty third line", .declarationForm) { $0.change("bagit.txt", $0["bagit.txt"] + "\n") },
        BagCase("swapped lines", .declarationForm) {
            $0.change("bagit.txt", "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n")
        },
        BagCase("a space behind the version", .declarationForm) {
            $0.change("bagit.txt", "BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n")
        },
        BagCase("two spaces before the version", .declarationForm) {
            $0.change("bagit.txt", "BagIt-Version:  1.0\nTag-File-Character-Encoding: UTF-8\n")
        },
        BagCase("no space before the version", .declarationForm) {
            $0.change("bagit.txt", "BagIt-Version:1.0\nTag-File-Character-Encoding: UTF-8\n")
        },
        BagCase("a label in another letter case", .declarationForm) {
            $0.change("bagit.txt", "Bagit-version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        },
        BagCase("a byte-order mark", .declarationForm) { $0.change("bagit.txt", "\u{FEFF}" + $0["bagit.txt"]) },
        BagCase("a line that is no UTF-8", .declarationForm) {
            $0.change("bagit.txt", Array("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8".utf8) + [0xFF, 0x0A])
        },
        BagCase("a version that is none", .declarationVersion) {
            $0.change("bagit.txt", $0["bagit.txt"].replacing("1.0", with: ".97"))
        },
        BagCase("a version with a zero too many", .declarationVersion) {
            $0.change("bagit.txt", $0["bagit.txt"].replacing("1.0", with: "1.00"))
        },
        BagCase("a version that nobody knows", .declarationVersion) {
            $0.change("bagit.txt", $0["bagit.txt"].replacing("1.0", with: "2.0"))
        },
        BagCase("an encoding that nobody knows", .declarationEncoding) {
            $0.change("bagit.txt", $0["bagit.txt"].replacing("UTF-8", with: "Klingon-8"))
        },
        BagCase("an encoding with options for iconv", .declarationEncoding) {
            $0.change("bagit.txt", $0["bagit.txt"].replacing("UTF-8", with: "ASCII//TRANSLIT"))
        },
        BagCase("a tag file not in its encoding", .tagEncoding) {
            $0.change(info, Array("Contact-Name: Caf".utf8) + [0xE9, 0x0A])
        },
        BagCase("text that is no ASCII though it should be", .tagEncoding) {
            $0.change("bagit.txt", $0["bagit.txt"].replacing("UTF-8", with: "US-ASCII"))
            $0.change(info, "Contact-Name: Café\n")
        },
        BagCase("half a character of UTF-16 at the end", .tagEncoding) {
            $0.change("bagit.txt", $0["bagit.txt"].replacing("UTF-8", with: "UTF-16"))
            $0.change(info, [0xFF, 0xFE, 0x41, 0x00, 0x3A, 0x00, 0x20, 0x00, 0x41])
        },
        BagCase("a byte-order mark in UTF-8", .tagMark, .valid) { $0.change(info, "\u{FEFF}" + $0[info]) },
        BagCase("a last line without its end", .tagUnterminated, .valid) {
            $0.change(info, "Source-Organization: Kantor")
        },
    ]

    static let manifests: [BagCase] = [
        BagCase("no manifest", .manifestMissing) { $0.change(manifest, nil) },
        BagCase("a manifest of an unknown algorithm only", .manifestMissing) {
            $0.files["manifest-foo.txt"] = $0.files[manifest]
            $0.change(manifest, nil)
        },
        BagCase("a manifest of an unknown algorithm beside a good one", .manifestAlgorithm, .valid) {
            $0.files["manifest-foo.txt"] = $0.files[manifest]
            $0.settle()
        },
        BagCase("an algorithm in capital letters", .manifestAlgorithm) {
            $0.files["manifest-SHA512.txt"] = $0.files[manifest]
            $0.change(manifest, nil)
        },
        BagCase("two manifests of one algorithm", .manifestRepeated) {
            $0.files["manifest-sha-512.txt"] = $0.files[manifest]
            $0.settle()
        },
        BagCase("a line without a path", .manifestLine) {
            $0.change(manifest, $0[manifest] + Digest.of([], .sha512).hex + "\n")
        },
        BagCase("a line with a path and no digest", .manifestLine) {
            $0.change(manifest, $0[manifest] + "  data/a.txt\n")
        },
        BagCase("an empty line", .manifestLine, .valid) { $0.change(manifest, $0[manifest] + "\n") },
        BagCase("a digest too short", .manifestDigest) {
            $0.change(manifest, $0[manifest].replacing(Digest.of("alpha\n".utf8, .sha512).hex, with: "abcd"))
        },
        BagCase("a digest with a letter that is no digit", .manifestDigest) {
            $0.change(manifest, "g" + $0[manifest].dropFirst())
        },
        BagCase("a path that leads upwards", .manifestPath) {
            $0.change(manifest, $0[manifest].replacing("data/a.txt", with: "data/../../a.txt"))
        },
        BagCase("a path from the root", .manifestPath) {
            $0.change(manifest, $0[manifest].replacing("data/a.txt", with: "/data/a.txt"))
        },
        BagCase("a path from somebody's home", .manifestPath) {
            $0.change(manifest, $0[manifest].replacing("data/a.txt", with: "~root/a.txt"))
        },
        BagCase("a path with a drive", .manifestPath) {
            $0.change(manifest, $0[manifest].replacing("data/a.txt", with: "C:/data/a.txt"))
        },
        BagCase("a path with an empty component", .manifestPath) {
            $0.change(manifest, $0[manifest].replacing("data/a.txt", with: "data//a.txt"))
        },
        BagCase("a tag file in a payload manifest", .manifestOutside) {
            $0.change(manifest, $0[manifest] + Digest.of($0.files["bagit.txt"] ?? [], .sha512).hex + "  bagit.txt\n")
        },
        BagCase("a file listed twice with one digest", .manifestDuplicate) {
            $0.change(manifest, $0[manifest] + $0[manifest])
        },
        BagCase("a file listed twice with one digest, in a draft", .manifestDuplicate, .valid, version: "0.97") {
            $0.change(manifest, $0[manifest] + $0[manifest])
        },
        BagCase("a file listed twice with two digests, in a draft", .manifestDuplicate, version: "0.97") {
            $0.change(manifest, $0[manifest] + Digest.of([1], .sha512).hex + "  data/a.txt\n")
        },
        BagCase("a percent sign as it is", .manifestPercent) {
            $0["data/100%"] = ""
            $0.change(manifest, $0.manifest(.sha512).replacing("100%25", with: "100%"))
        },
        BagCase("a space that is encoded", .manifestPercent) {
            $0["data/a b"] = ""
            $0.change(manifest, $0.manifest(.sha512).replacing("a b", with: "a%20b"))
        },
        BagCase("an asterisk before each path", .manifestLegacy, .valid) {
            $0.change(manifest, $0[manifest].replacing("  data", with: " *data"))
        },
        BagCase("./ before each path", .manifestLegacy, .valid) {
            $0.change(manifest, $0[manifest].replacing("data/", with: "./data/"))
        },
        BagCase("a path as md5sum escapes it", .manifestLegacy, .valid) {
            $0["data/back\\slash"] = ""
            let lines = $0.manifest(.sha512).split(separator: "\n").map { line in
                line.contains("\\") ? "\\" + line.replacing("\\", with: "\\\\") : String(line)
            }
            $0.change(manifest, lines.joined(separator: "\n") + "\n")
            $0.change(info, "Contact-Name: x\n")
        },
        BagCase("payload in a tag manifest", .tagmanifestPayload) {
            $0["tagmanifest-sha512.txt"] += $0[manifest]
        },
        BagCase("a tag manifest in a tag manifest", .tagmanifestItself) {
            $0["tagmanifest-md5.txt"] = $0.tagManifest(.md5)
            let digest = Digest.of($0.files["tagmanifest-md5.txt"] ?? [], .sha512).hex
            $0["tagmanifest-sha512.txt"] += "\(digest)  tagmanifest-md5.txt\n"
        },
        BagCase("a tag manifest without the payload manifest", .tagmanifestIncomplete) {
            $0["tagmanifest-sha512.txt"] = $0.tagManifest(.sha512).split(separator: "\n")
                .filter { !$0.contains("manifest-sha512") }.map { $0 + "\n" }.joined()
        },
        BagCase("a tag file that no tag manifest lists", .tagUnlisted, .valid) { $0["readme.txt"] = "x" },
    ]

    static let payload: [BagCase] = [
        BagCase("a payload file that is missing", .payloadMissing, .incomplete) { $0.files["data/a.txt"] = nil },
        BagCase("a payload file that is not listed", .payloadUnlisted) { $0["data/new"] = "x" },
        BagCase("a payload file that one of two manifests lists", .payloadUnlisted) {
            $0["manifest-md5.txt"] = $0.manifest(.md5).split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
            $0.settle()
        },
        BagCase("a payload file that is not listed in a draft", .payloadUnlisted, version: "0.96") {
            $0["data/new"] = "x"
        },
        BagCase("a payload file that changed", .payloadDigest) { $0["data/a.txt"] = "omega\n" },
        BagCase("a tag file that is missing", .tagMissing, .incomplete) {
            $0["readme.txt"] = "x"
            $0.settle()
            $0.files["readme.txt"] = nil
        },
        BagCase("a tag file that changed", .tagDigest) { $0[info] = "Source-Organization: Lain\nPayload-Oxum: 17.3\n" },
        BagCase("a name in another Unicode form", .nameForm, .valid) {
            $0["data/cafe\u{301}"] = "x"
            $0.change(manifest, $0.manifest(.sha512).replacing("cafe\u{301}", with: "caf\u{e9}"))
            $0.change(info, "Source-Organization: Kantor\n")
        },
        BagCase("a name that Windows reserves", .memberWindows, .valid) {
            $0["data/aux.txt"] = ""
            $0.change(manifest, $0.manifest(.sha512))
            $0.change(info, "Source-Organization: Kantor\n")
        },
        BagCase("what an operating system leaves behind", .memberSystem, .valid) {
            $0["data/.DS_Store"] = ""
            $0.change(manifest, $0.manifest(.sha512))
            $0.change(info, "Source-Organization: Kantor\n")
        },
        BagCase("names that differ by letter case", .memberCollision, .valid) {
            $0["data/A.txt"] = ""
            $0.change(manifest, $0.manifest(.sha512))
            $0.change(info, "Source-Organization: Kantor\n")
        },
    ]

    static let metadata: [BagCase] = [
        BagCase("a line without a label", .infoForm) { $0.change(info, "no label here\n") },
        BagCase("a line that goes on with nothing", .infoForm) { $0.change(info, "  folded\n") },
        BagCase("a space before the colon", .infoForm) { $0.change(info, "Contact-Name : x\n") },
        BagCase("a space before the colon, in a draft", .tagUnlisted, .valid, version: "0.97") {
            $0.change(info, "Contact-Name : x\n")
            $0["extra.txt"] = ""
        },
        BagCase("no space behind the colon", .infoForm) { $0.change(info, "Contact-Name:x\n") },
        BagCase("two days of bagging", .infoRepeated, .valid) {
            $0.change(info, "Bagging-Date: 2026-01-01\nBagging-Date: 2026-01-02\n")
        },
        BagCase("a sum that is words", .oxumForm) { $0.change(info, "Payload-Oxum: lots\n") },
        BagCase("a sum with a sign", .oxumForm) { $0.change(info, "Payload-Oxum: +17.3\n") },
        BagCase("a sum beyond all measure", .oxumForm) {
            $0.change(info, "Payload-Oxum: 99999999999999999999999.3\n")
        },
        BagCase("a sum twice", .oxumRepeated) { $0.change(info, "Payload-Oxum: 17.3\npayload-oxum: 17.3\n") },
        BagCase("a sum with too many files", .oxum) { $0.change(info, "Payload-Oxum: 17.4\n") },
        BagCase("a sum with too few octets", .oxum) { $0.change(info, "Payload-Oxum: 16.3\n") },
    ]

    static func fetching(_ lines: String, without path: String? = nil) -> @Sendable (inout BagSample) -> Void {
        { bag in
            if let path { bag.files[path] = nil }
            bag.change(info, "Source-Organization: Kantor\n")
            bag.change("fetch.txt", lines)
        }
    }

    static let fetch: [BagCase] = [
        BagCase(
            "a file to be fetched",
            .payloadUnfetched,
            .incomplete,
            spoil: fetching("https://example.org/a 6 data/a.txt\n", without: "data/a.txt")
        ),
        BagCase("a line without a path", .fetchLine, spoil: fetching("https://example.org/a 6\n")),
        BagCase("a length that is none", .fetchLine, spoil: fetching("https://example.org/a six data/a.txt\n")),
        BagCase("a path that leads upwards", .fetchPath, spoil: fetching("https://example.org/a 6 data/../../x\n")),
        BagCase("a path from the root", .fetchPath, spoil: fetching("https://example.org/a - /tmp/x\n")),
        BagCase("a path from home", .fetchPath, spoil: fetching("https://example.org/a - ~/x\n")),
        BagCase("a tag file", .fetchTag, spoil: fetching("https://example.org/a - bag-info.txt\n")),
        BagCase(
            "a file that no manifest lists",
            .fetchUnlisted,
            spoil: fetching("https://example.org/x 3 data/strange\n")
        ),
        BagCase(
            "a file twice",
            .fetchDuplicate,
            .valid,
            spoil: fetching("https://example.org/a 6 data/a.txt\nhttps://example.org/b 6 data/a.txt\n")
        ),
        BagCase("no URL", .fetchURL, spoil: fetching("a.txt 6 data/a.txt\n")),
        BagCase("a file of this computer", .fetchURL, spoil: fetching("FILE:///etc/passwd 6 data/a.txt\n")),
        BagCase("a wrong length", .fetchLength, .valid, spoil: fetching("https://example.org/a 7 data/a.txt\n")),
    ]

    /// What the report of a spoiled bag should say and does not.
    private func flaws(of example: BagCase) throws -> [String] {
        var bag = BagSample(version: example.version)
        example.spoil(&bag)
        let report = try bag.report()
        let told = report.findings.filter { $0.rule == example.rule }
        let weights = Set(told.map(\.weight))
        let isWeighed =
            switch example.verdict {
            case .valid: weights == [.warning]
            case .incomplete: weights == [.incomplete]
            case .invalid: weights.contains(.invalid)
            }
        let checks = [
            ("the verdict is \(report.verdict)", report.verdict == example.verdict),
            ("no finding of \(example.rule)", !told.isEmpty), ("the weights are \(weights)", isWeighed),
            ("a finding without words", told.allSatisfy { !$0.found.isEmpty && !$0.rule.section.isEmpty }),
        ]
        let flaws = checks.filter { !$0.1 }.map(\.0)
        return flaws.isEmpty ? [] : flaws + ["\(report.findings)"]
    }

    @Test(arguments: declarations)
    func `what is wrong with a declaration or a tag file's text is told`(example: BagCase) throws {
        #expect(try flaws(of: example) == [])
    }

    @Test(arguments: manifests)
    func `what is wrong with a manifest is told`(example: BagCase) throws {
        #expect(try flaws(of: example) == [])
    }

    @Test(arguments: payload)
    func `what is wrong with the files is told`(example: BagCase) throws {
        #expect(try flaws(of: example) == [])
    }

    @Test(arguments: metadata)
    func `what is wrong with the metadata is told`(example: BagCase) throws {
        #expect(try flaws(of: example) == [])
    }

    @Test(arguments: fetch)
    func `what is wrong with fetch is told, and nothing is fetched`(example: BagCase) throws {
        #expect(try flaws(of: example) == [])
    }

    @Test(arguments: BagVersion.known.map(\.description))
    func `a sound bag of every version has no finding`(version: String) throws {
        let report = try BagSample([.md5, .sha512], version: version).report()
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.version.description == version)
        #expect(report.payloadFiles == 3 && report.payloadOctets == 17)
        #expect(report.info.map(\.label) == ["Source-Organization", "Payload-Oxum"])
    }

    @Test func `everything that is wrong is told at once`() throws {
        var bag = BagSample()
        bag["data/a.txt"] = "omega\n"
        bag.files["data/c.txt"] = nil
        bag["data/new"] = ""
        bag.change(info, "Payload-Oxum: lots\n")
        let report = try bag.report()
        #expect(report.verdict == .invalid)
        #expect(
            report.faults == [
                "oxum-form bag-info.txt", "payload-digest data/a.txt", "payload-unlisted data/new",
                "payload-missing data/c.txt",
            ]
        )
    }

    @Test func `what is damaged outweighs what is missing`() throws {
        var bag = BagSample()
        bag.files["data/c.txt"] = nil
        bag.change(info, "Source-Organization: Kantor\n")
        #expect(try bag.report().verdict == .incomplete)
        bag["data/a.txt"] = "omega\n"
        #expect(try bag.report().verdict == .invalid)
    }

    @Test func `every code has a test of its own`() throws {
        let folder = Checkout.root.appending("Tests").appending("PackagingTests").string
        var tests = ""
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix("Tests.swift") {
            tests += try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        }
        for rule in BagRule.allCases {
            #expect(tests.contains(".\(rule)") || tests.contains("\"\(rule.rawValue) "), "no test speaks of \(rule)")
        }
        #expect(Set(BagRule.allCases.map(\.rawValue)).count == BagRule.allCases.count)
    }

    @Test
    func `every rule of a container is a rule of the bag in it, under the same code`() {
        for rule in ContainerRule.allCases { #expect(BagRule(rule).rawValue == rule.rawValue) }
        let finding = ContainerFinding(.warning, .memberCollision, [0x61], found: "x", expected: "y", limit: .depth)
        let told = BagFinding(.warning, .memberCollision, [0x61], found: "x", expected: "y", limit: .depth)
        #expect(BagFinding(finding) == told)
    }
}
