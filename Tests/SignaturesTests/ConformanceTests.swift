import Foundation
import RecordsModel
import Signatures
import SystemPackage
import TestSupport
import Testing

/// The collection beside the checkout: every signature has a verdict that is accepted.
struct ConformanceTests {
    private struct Expected: Decodable {
        let cases: [Case]

        struct Case: Decodable {
            let file: String
            let category: String
            let password: String?
            let signature_count: Int
            let signature_count_accept: [Int]
            let unsigned_fields: Int
            let signatures: [Signature]
        }

        struct Signature: Decodable {
            let field: String
            let kind: String
            let verdict_accept: [String]
            let covers_whole_file: Bool?
            let changed_after_accept: [String]
            let signer_cn: String?
            let claimed_time: String?
            let timestamp_time: String?
            let timestamp: String
            let certification: Int?
            let subfilter: String?
        }
    }

    private func verifier(_ folder: FilePath, at day: String, password: String? = nil) throws -> SignatureVerifier {
        var anchors = TrustAnchors()
        try anchors.add(
            files: try ["root.pem", "tsa-root.pem"].map { name in
                (name, try bytes(folder.appending("trust").appending(name)))
            }
        )
        return SignatureVerifier(anchors: anchors, now: try #require(Moment(day)), password: password)
    }

    private func bytes(_ path: FilePath) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.string)))
    }

    /// No verdict changes with the day of the check before 2040.
    @Test(.timeLimit(.minutes(10)), arguments: ["2026-01-02T08:00:00+08:00", "2039-12-30T08:00:00+08:00"])
    func `every signature of the collection has a verdict that is accepted`(day: String) throws {
        guard let folder = Checkout.shared("conformance/signatures") else { return }
        let list = try bytes(folder.appending("expected.json"))
        let expected = try JSONDecoder().decode(Expected.self, from: Data(list))
        #expect(expected.cases.count > 90)
        let verifier = try verifier(folder, at: day)
        for example in expected.cases {
            let report = verifier.report(on: try bytes(folder.appending(example.file)))
            let name = example.file
            #expect(example.signature_count_accept.contains(report.signatureCount), "\(name)")
            #expect(report.unsignedFields == example.unsigned_fields, "\(name)")
            guard report.signatureCount == example.signature_count else { continue }
            for (wanted, found) in zip(example.signatures, report.signatures) {
                let told = "\(name), \(found.verdict.rawValue): \(found.explanations) \(found.changes)"
                #expect(wanted.verdict_accept.contains(found.verdict.rawValue), "\(told)")
                #expect(found.field == wanted.field && found.kind.rawValue == wanted.kind, "\(told)")
                #expect(found.certification == wanted.certification, "\(told)")
                #expect(found.claimedTime == wanted.claimed_time.flatMap { Moment($0) }, "\(told)")
                if let changes = found.changedAfter {
                    #expect(wanted.changed_after_accept.contains(changes.rawValue), "\(told)")
                }
                if let covers = wanted.covers_whole_file { #expect(found.coversWholeFile == covers, "\(told)") }
                if let signer = wanted.signer_cn, let name = found.signerCommonName {
                    #expect(name == signer, "\(told)")
                }
                guard found.verdict == .valid else { continue }
                #expect(found.timestamp.rawValue == wanted.timestamp, "\(told)")
                #expect(found.timestampTime == wanted.timestamp_time.flatMap { Moment($0) }, "\(told)")
                #expect(found.evidence.contains { $0.role == "trust anchor" }, "\(told)")
            }
        }
    }

    @Test
    func `a file that opens with a password is judged once the word is known`() throws {
        guard let folder = Checkout.shared("conformance/signatures") else { return }
        let list = try bytes(folder.appending("expected.json"))
        let expected = try JSONDecoder().decode(Expected.self, from: Data(list))
        for example in expected.cases {
            guard let password = example.password else { continue }
            let content = try bytes(folder.appending(example.file))
            let day = "2026-01-02T08:00:00+08:00"
            let closed = try verifier(folder, at: day).report(on: content)
            #expect(closed.readable == .password && closed.category == .cannotTell)
            let open = try verifier(folder, at: day, password: password).report(on: content)
            #expect(open.signatureCount == 1 && open.category == .valid, "\(open)")
        }
    }

    @Test
    func `without trust anchors nothing is valid`() throws {
        guard let folder = Checkout.shared("conformance/signatures") else { return }
        let now = try #require(Moment("2026-01-02T08:00:00+08:00"))
        let verifier = SignatureVerifier(anchors: TrustAnchors(), now: now)
        for name in ["pades-b-b-rsa2048.pdf", "pades-b-lta-crl.pdf", "timestamp-only-sha256.pdf", "ecdsa-p256.pdf"] {
            let report = verifier.report(on: try bytes(folder.appending(name)))
            #expect(report.category == .cannotTell, "\(name)")
        }
    }

    @Test
    func `a report keeps every field in JSON and is read again as it was`() throws {
        guard let folder = Checkout.shared("conformance/signatures") else { return }
        let verifier = try verifier(folder, at: "2026-01-02T08:00:00+08:00")
        let report = verifier.report(on: try bytes(folder.appending("pades-b-lta-crl.pdf")))
        let data = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(SignatureReport.self, from: data) == report)
        let plain = verifier.report(on: try bytes(folder.appending("byte-range-malformed-missing.pdf")))
        let text = String(decoding: try JSONEncoder().encode(plain), as: UTF8.self)
        for key in ["timestamp_time", "certification", "proven_time", "covers_whole_file"] {
            #expect(text.contains("\"\(key)\":null"), "\(key)")
        }
    }
}
