import Foundation
import RecordsModel
import Signatures
import SystemPackage
import TestSupport
import Testing

/// The two collections of signed files beside the checkout.
enum Collections {
    /// The day of the check: within what the files' own lists of revoked certificates cover.
    static let day = "2026-11-30T08:00:00+08:00"

    /// What is said of one file.
    struct Example: Sendable, CustomTestStringConvertible {
        /// The file.
        let name: String
        /// What is wanted, in the list's words.
        let wanted: String
        /// Whether both anchors of the suite are trusted, or the one of the folder.
        let isOfSuite: Bool
        var testDescription: String { name }
    }

    /// The files that were made to deceive, with what is wanted of the first signature.
    static var deceiving: [Example] {
        guard let data = list("found/signatures"),
            let items = try? JSONDecoder().decode([String: [String: String]].self, from: data)
        else { return [] }
        return items.keys.sorted().map { name in
            Example(
                name: name,
                wanted: items[name]?["first_signature"] ?? "",
                isOfSuite: items[name]?["trust"] == "suite"
            )
        }
    }

    private struct Suite: Decodable {
        let cases: [Case]
        struct Case: Decodable {
            let file: String
            let category: String
        }
    }

    /// The suite, with the category that is wanted.
    static var suite: [Example] {
        guard let data = list("conformance/signatures"), let suite = try? JSONDecoder().decode(Suite.self, from: data)
        else { return [] }
        return suite.cases.map { Example(name: $0.file, wanted: $0.category, isOfSuite: true) }
    }

    private static func list(_ folder: String) -> Data? {
        guard let folder = Checkout.sharedQuietly(folder) else { return nil }
        return try? Data(contentsOf: URL(fileURLWithPath: folder.appending("expected.json").string))
    }

    /// The bytes of a file of one of the two.
    static func bytes(_ path: FilePath) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.string)))
    }

    /// A verifier with the anchors that an example is judged by.
    static func verifier(_ example: Example, suite: FilePath, found: FilePath?) throws -> SignatureVerifier {
        let trust = suite.appending("trust")
        let signers = example.isOfSuite ? trust.appending("root.pem") : (found ?? trust).appending("root.pem")
        var anchors = TrustAnchors()
        try anchors.add(files: [
            ("root.pem", try bytes(signers)), ("tsa-root.pem", try bytes(trust.appending("tsa-root.pem"))),
        ])
        return SignatureVerifier(anchors: anchors, now: Moment(day) ?? Moment(secondsSinceEpoch: 0, offset: 0))
    }
}
