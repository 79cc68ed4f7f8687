import Containers
import Foundation
import Packaging
import SystemPackage
import TestSupport
import Testing

/// The suites beside the checkout: every bag and every container has the verdict that is expected of it.
@Suite(.scratch)
struct ConformanceTests {
    private struct Expectation: Decodable {
        let verdict: String?
        let kind: String?
        let what: String?
    }

    /// Unpacks a suite with GNU tar, and gives what is expected of each case.
    private func suite(_ name: String) throws -> [(name: String, path: FilePath, expected: Expectation)]? {
        guard let tar = Checkout.shared("conformance/\(name).tar"),
            let list = Checkout.shared("conformance/\(name).expected.json")
        else { return nil }
        let unpacked = try Tool.run("tar", ["-xf", tar.string], directory: Scratch.folder)
        try #require(unpacked.status == 0, "\(unpacked.errorText)")
        let data = try Data(contentsOf: URL(fileURLWithPath: list.string))
        return try JSONDecoder().decode([String: Expectation].self, from: data).sorted { $0.key < $1.key }
            .map { ($0.key, Scratch.folder.pushing(FilePath($0.key)), $0.value) }
    }

    @Test(.timeLimit(.minutes(60)), arguments: ["bagit/suite", "bagit/hard"])
    func `every bag of the suites has the verdict that is expected`(name: String) throws {
        guard let cases = try suite(name) else { return }
        #expect(cases.count > 30)
        for example in cases {
            let report = try BagValidator.validate(example.path)
            switch example.expected.verdict {
            case "valid": #expect(report.verdict == .valid, "\(example.name): \(report.findings)")
            case "invalid":
                // The suites call everything so that is not valid.
                #expect(report.verdict != .valid, "\(example.name)")
                #expect(!report.faults.isEmpty, "\(example.name)")
            default: #expect(report.verdict != .invalid, "\(example.name): \(report.findings)")
            }
        }
    }

    @Test(.timeLimit(.minutes(60)))
    func `every hostile container is refused or harmless, and none makes the reading hang`() throws {
        guard let cases = try suite("containers/hostile") else { return }
        // What these two hold is odd and does no harm: a control character in a name, and a time that nobody reads.
        let harmless = ["name-control.tar", "pax-garbage-time.tar"]
        for example in cases {
            let (reading, _) = try Containers.read(example.path, use: .importing)
            #expect(reading.broken.isEmpty == harmless.contains(example.name), "\(example.name): \(reading.told)")
            #expect(reading.expanded < 128 << 20, "\(example.name)")
        }
    }

    @Test(.timeLimit(.minutes(60)))
    func `every corrupt and hostile sample of libarchive's own tests is refused, and none hangs`() throws {
        guard let cases = try suite("containers/libarchive") else { return }
        for example in cases where example.expected.kind != "good" {
            let (reading, _) = try Containers.read(example.path, use: .importing)
            #expect(!reading.broken.isEmpty, "\(example.name)")
        }
    }

    @Test(.timeLimit(.minutes(60)))
    func `good samples of libarchive's own tests are read, or refused for a reason that is told`() throws {
        guard let cases = try suite("containers/libarchive") else { return }
        // What libarchive reads and a bag must not bring: links, holes, encryption, names that are no UTF-8, headers that
        // differ, a second archive, an end that is missing, and compressions around nothing.
        let reasons: Set<ContainerRule> = [
            .memberLink, .memberSparse, .memberEncrypted, .memberEncoding, .memberDuplicate, .memberMethod,
            .memberBackslash, .memberCollision, .containerHeaders, .containerSecond, .containerEnd,
            .containerTrailing, .containerFormat,
        ]
        var sound = 0
        for example in cases where example.expected.kind == "good" {
            let (reading, members) = try Containers.read(example.path)
            #expect(reading.broken.isSubset(of: reasons), "\(example.name): \(reading.told)")
            if reading.broken.isEmpty {
                sound += 1
                #expect(!members.files.isEmpty, "\(example.name)")
            }
        }
        #expect(sound >= 8)
    }
}
