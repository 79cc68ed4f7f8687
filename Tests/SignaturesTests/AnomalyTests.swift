import Foundation
import RecordsModel
import Signatures
import SystemPackage
import TestSupport
import Testing

/// Damage: whatever is done to a signed file, nothing traps and no changed document is called valid.
struct AnomalyTests {
    private func example(_ name: String) throws -> (SignatureVerifier, [UInt8])? {
        guard let folder = Checkout.shared("conformance/signatures") else { return nil }
        var anchors = TrustAnchors()
        for anchor in ["root.pem", "tsa-root.pem"] {
            let path = folder.appending("trust").appending(anchor)
            try anchors.add(
                pem: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.string))),
                name: anchor,
                for: Set(TrustAnchors.Use.allCases)
            )
        }
        let now = try #require(Moment("2026-01-02T08:00:00+08:00"))
        let file = try Data(contentsOf: URL(fileURLWithPath: folder.appending(name).string))
        return (SignatureVerifier(anchors: anchors, now: now), [UInt8](file))
    }

    /// Numbers that are the same in every run (the generator of Numerical Recipes).
    private struct Numbers {
        var state: UInt32 = 20_260_124
        mutating func below(_ limit: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(UInt64(state) * UInt64(limit) >> 32)
        }
    }

    @Test(arguments: [
        "pades-b-b-rsa2048.pdf", "pades-b-lta-crl.pdf", "object-streams.pdf", "encrypted-empty-password-r6.pdf",
    ])
    func `a file cut off anywhere is never wholly valid`(name: String) throws {
        guard let (verifier, file) = try example(name) else { return }
        #expect(verifier.report(on: file).category == .valid)
        var numbers = Numbers()
        let cuts = (1..<40).map { file.count - $0 } + (0..<60).map { _ in numbers.below(file.count) }
        for cut in cuts {
            let report = verifier.report(on: Array(file.prefix(cut)))
            // White space at the end is no part of a signature, and a cut between revisions leaves a whole file.
            let lost = file[cut...].allSatisfy { [0x0A, 0x0D, 0x20].contains($0) }
            let isRevision =
                report.coversWholeFile && String(decoding: file.prefix(cut).suffix(7), as: UTF8.self).contains("%%EOF")
            if !lost, !isRevision { #expect(report.category != .valid, "cut at \(cut)") }
        }
    }

    @Test(arguments: ["pades-b-b-rsa2048.pdf", "two-signatures.pdf", "certified-docmdp3.pdf", "linearized.pdf"])
    func `a file with one byte changed outside of the signature's string is never valid`(name: String) throws {
        guard let (verifier, file) = try example(name) else { return }
        var numbers = Numbers()
        let holes = holes(of: file)
        #expect(!holes.isEmpty)
        var tried = 0
        while tried < 150 {
            let place = numbers.below(file.count)
            if holes.contains(where: { $0.contains(place) }) { continue }
            tried += 1
            var changed = file
            changed[place] ^= UInt8(1 << numbers.below(8))
            let report = verifier.report(on: changed)
            #expect(report.category != .valid, "byte \(place)")
        }
    }

    @Test
    func `noise in the signature's string never traps, and padding that is not zero is refused`() throws {
        guard let (verifier, file) = try example("pades-b-t-rsa3072.pdf"), let hole = holes(of: file).first else {
            return
        }
        var numbers = Numbers()
        for _ in 0..<200 {
            var changed = file
            for _ in 0...numbers.below(4) {
                let place = hole.lowerBound + 1 + numbers.below(hole.count - 2)
                changed[place] = Array("0123456789abcdef".utf8)[numbers.below(16)]
            }
            _ = verifier.report(on: changed)
        }
        var padded = file
        padded[hole.upperBound - 2] = UInt8(ascii: "1")
        #expect(verifier.report(on: padded).category == .invalid)
    }

    @Test
    func `what is no PDF has no signature, and says so`() throws {
        let now = try #require(Moment("2026-01-02T08:00:00+08:00"))
        let verifier = SignatureVerifier(anchors: TrustAnchors(), now: now)
        for text in ["", "x", "<html></html>", "%PDF", "%PDF-1.7", "%PDF-1.7\n%%EOF", "%PDF-1.7\nstartxref\n0\n%%EOF"] {
            let report = verifier.report(on: Array(text.utf8))
            #expect(report.category == .none && report.readable == .no, "\(text)")
            #expect(report.summary.contains("no signature"))
        }
        let lost = verifier.report(on: Array("%PDF-1.7\n<< /ByteRange [0 1 2 3] /Contents <00> >>".utf8))
        #expect(lost.category == .cannotTell)
    }

    @Test
    func `deep nesting, loops and huge numbers end in a verdict`() throws {
        let now = try #require(Moment("2026-01-02T08:00:00+08:00"))
        let verifier = SignatureVerifier(anchors: TrustAnchors(), now: now)
        var objects = SmallPDF.objects
        let cases: [[Int: String]] = [
            [9: String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)],
            [9: "<< /Type /Sig /ByteRange [0 99999999999999999999 1 1] /Contents <00> >>"],
            [9: "<< /Type /Sig /ByteRange 9 0 R /Contents 9 0 R >>"],
            [5: "<< /Fields [5 0 R 7 0 R] /Kids [5 0 R] /FT /Sig /V 9 0 R >>"],
            [7: "<< /FT /Sig /T (a) /Kids [7 0 R 11 0 R] /Parent 7 0 R /V 7 0 R >>"],
            [2: "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2147483647 >>"],
            [1: "<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R /DSS << /Certs [1 0 R 4 0 R] /CRLs 3 0 R >> >>"],
        ]
        for change in cases {
            objects = SmallPDF.objects.merging(change) { $1 }
            #expect(verifier.report(on: SmallPDF(objects).bytes).category != .valid)
            var later = SmallPDF()
            later.append(change)
            #expect(verifier.report(on: later.bytes).category != .valid)
        }
    }

    /// Where the long hexadecimal strings stand.
    private func holes(of file: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for (place, byte) in file.enumerated() where byte == UInt8(ascii: "<") {
            guard let end = file[place...].firstIndex(of: UInt8(ascii: ">")), end - place > 2000 else { continue }
            if file[(place + 1)..<end].allSatisfy({ $0.isHexadecimal }) { found.append(place..<end + 1) }
        }
        return found
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool {
        (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }
}
