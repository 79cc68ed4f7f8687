import Foundation
import RecordsModel
import Signatures
import SystemPackage
import TestSupport
import Testing

/// Files made for one run, each right or wrong in one place, by `cases.py` and by pyHanko.
@Suite(.scratch)
struct PeerTests {
    @Test(.timeLimit(.minutes(10)))
    func `every file made for this run has a verdict that is accepted`() throws {
        guard let bin = try Tool.pythonPeer("pyhanko==0.38.0") else { return }
        let script = Checkout.root.appending("Tests/SignaturesTests/cases.py")
        let made = try Tool.run(bin.appending("python3").string, [script.string, Scratch.folder.string])
        try #require(made.status == 0, "\(made.errorText)")
        func bytes(_ name: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: Scratch.folder.appending(name).string)))
        }
        var anchors = TrustAnchors()
        try anchors.add(files: try ["root.pem", "tsa-root.pem"].map { ($0, try bytes($0)) })
        let now = try #require(Moment("2026-01-02T08:00:00+08:00"))
        let verifier = SignatureVerifier(anchors: anchors, now: now)
        let expected = try JSONDecoder().decode([String: [[String]]].self, from: Data(try bytes("expected.json")))
        #expect(expected.count > 130)
        for (name, accepted) in expected.sorted(by: { $0.key < $1.key }) {
            let report = verifier.report(on: try bytes(name))
            // A list with nothing in it stands for a file that has no signature any more.
            let wanted = accepted == [[]] ? [] : accepted
            let told = report.signatures.map { "\($0.field): \($0.verdict.rawValue) \($0.explanations) \($0.changes)" }
            #expect(report.signatures.count == wanted.count, "\(name): \(told)")
            for (found, verdicts) in zip(report.signatures, wanted) {
                #expect(verdicts.contains(found.verdict.rawValue), "\(name): \(told)")
            }
        }
    }
}
