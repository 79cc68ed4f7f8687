import FileSafety
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

/// The public suite of OCFL and harder objects of our own, each with the verdict that it must have.
@Suite(.scratch)
struct FixtureTests {
    private struct Expected: Decodable {
        let verdict: String
        let codes: [String]?
    }

    /// Codes that mean the same rule: 1.1 gave some of 1.0 a code of their own.
    private static let near: [String: Set<String>] = [
        "E037": ["E110"], "E001": ["E104"], "E011": ["E012", "E013"], "E012": ["E011", "E013"],
        "E013": ["E011", "E012"],
    ]

    @Test(arguments: [("official", 126), ("hard", 26)])
    func `every object of a suite has the verdict and the codes that it must have`(suite: String, count: Int) throws {
        guard let folder = Checkout.shared("conformance/ocfl") else { return }
        let place = try Scratch.directory(suite)
        let unpacked = try Tool.run("tar", ["-xf", folder.appending("\(suite).tar").string, "-C", place.string])
        try #require(unpacked.status == 0, "\(unpacked.errorText)")
        let table = Data(try OpenFile.content(of: folder.appending("\(suite).expected.json"), limit: 1 << 20))
        let expected = try JSONDecoder().decode([String: Expected].self, from: table)
        #expect(expected.count >= count)
        let before = try TreeSnapshot.of(place)
        for (name, wanted) in expected.sorted(by: { $0.key < $1.key }) {
            var codes: Set<String> = []
            let summary = try OCFLValidator().validate(place.pushing(FilePath(name))) { codes.insert($0.code.rawValue) }
            #expect(summary.unread.isEmpty, "\(name)")
            #expect(summary.isValid == (wanted.verdict == "valid"), "\(name): \(codes.sorted())")
            for code in wanted.codes ?? [] {
                let isTold = codes.contains(code) || !codes.isDisjoint(with: Self.near[code] ?? [])
                #expect(isTold, "\(name) has \(code), told is \(codes.sorted())")
            }
            // Good objects of the public suite are good without a word.
            if wanted.verdict == "valid", wanted.codes?.isEmpty ?? false { #expect(codes.isEmpty, "\(name): \(codes)") }
        }
        #expect(try TreeSnapshot.of(place) == before)
    }
}
