import Foundation
import RecordsModel
import Signatures
import SystemPackage
import TestSupport
import Testing

/// What is let pass without a look must not be able to hold a signature.
struct ScreenTests {
    private static func screen(_ bytes: [UInt8], pieces: Int) -> SignatureScreen {
        var screen = SignatureScreen()
        var place = 0
        while place < bytes.count {
            let end = min(bytes.count, place + pieces)
            unsafe bytes[place..<end].withUnsafeBytes { unsafe screen.pass($0) }
            place = end
        }
        return screen
    }

    private static let signed: [String] = [
        "<< /ByteRange [0 1 2 3] >>", "<</Type/Sig>>", "/FT /Sig", "/Type /DocTimeStamp", "/#42yteRange[",
        "/Byt#65Range", "/ByteRange% a comment\n[0 1 2 3]", "/ByteRange\n%\n[%\n0 1 2 3]",
        "/#42#79#74#65#52#61#6e#67#65", "/S#69g ", "/#53ig", "/SigFlags 3",
        "/#44#6F#63#54#69#6D#65#53#74#61#6D#70", "//ByteRange", "/Byte/ByteRange", "/Si/Sig", "/#3IyteRange",
        "/Type/ObjStm", "/Type/Obj#53tm", "/First 20", "/First%", "/First\r", "/#46irst 4", "/First#00 4", "/First",
        "/Encrypt 5 0 R", "/En#63rypt<<",
    ]

    @Test(arguments: signed)
    func `a name of a signature is seen however it is written, wherever the bytes are cut`(_ text: String) {
        for (before, behind) in [("/\u{0}/ ", " end"), ("", ""), (String(repeating: "/Si", count: 40), "/")] {
            let bytes = Array("%PDF-1.7\n".utf8) + [0xFF, 0x00, 0x2F] + Array((before + text + behind).utf8)
            for pieces in Array(1...60) + [4096] {
                #expect(Self.screen(bytes, pieces: pieces).canHoldSignature, "\(text) in pieces of \(pieces)")
            }
        }
    }

    @Test(arguments: [
        "<< /Type /Catalog >>", "ByteRange", "/byterange", "/Byte Range", "/#42", "/#4", "/#", "/", "/ByteRang",
        "/Si g", "/Firs t", "/ObjSt", "/Encryp", "/DocTimeStam",
    ])
    func `what is no such name is passed over`(_ text: String) {
        for pieces in [1, 4, 4096] {
            let screen = Self.screen(Array(("%PDF-1.4\n" + text + " end").utf8), pieces: pieces)
            #expect(screen.isPDF && !screen.canHoldSignature, "\(text)")
        }
    }

    @Test func `a longer name that begins as the dictionary of an object stream does is passed over`() {
        for name in ["/FirstChar 3", "/First1", "/Firsts"] {
            let bytes = Array(("%PDF-1.4\n" + name + " end").utf8)
            #expect(!Self.screen(bytes, pieces: 4096).canHoldSignature, "\(name)")
            // Where a piece ends inside of it nobody knows yet what it is: it is looked at.
            #expect(Self.screen(bytes, pieces: 15).canHoldSignature, "\(name)")
        }
    }

    @Test func `a PDF says so in its first kilobyte, whatever its file is called`() {
        for (junk, isPDF) in [(0, true), (3, true), (1024, true), (1025, false)] {
            let bytes = [UInt8](repeating: 0x20, count: junk) + Array("%PDF-1.4 /Sig".utf8)
            for pieces in [1, 7, 1000, 4096] {
                let screen = Self.screen(bytes, pieces: pieces)
                #expect(screen.isPDF == isPDF && screen.canHoldSignature == isPDF, "\(junk) in pieces of \(pieces)")
            }
        }
        #expect(!Self.screen(Array("PK /Sig".utf8), pieces: 3).canHoldSignature)
    }

    @Test(arguments: ["conformance/signatures", "found/signatures"])
    func `no file of a suite in which anything of a signature is found is ruled out`(_ part: String) throws {
        guard let folder = Checkout.shared(part) else { return }
        let verifier = SignatureVerifier(
            anchors: TrustAnchors(),
            now: Moment(secondsSinceEpoch: 1_790_000_000, offset: 0)
        )
        let names = FileManager.default.enumerator(atPath: folder.string)?.compactMap { $0 as? String } ?? []
        var (looked, ruledOut) = (0, 0)
        for name in names.sorted() where name.hasSuffix(".pdf") {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder.string + "/" + name)))
            let isPossible = Self.screen(bytes, pieces: 1 << 16).canHoldSignature
            #expect(Self.screen(bytes, pieces: 41).canHoldSignature == isPossible, "\(name)")
            if !isPossible { ruledOut += 1 }
            let report = verifier.report(on: bytes)
            // All but a file without any signature, and without a field for one.
            guard report.category != .none || report.unsignedFields > 0 else { continue }
            looked += 1
            #expect(isPossible, "\(name): \(report.category)")
        }
        print("\(part): \(looked) files with something of a signature, \(ruledOut) files ruled out")
        #expect(looked > 25)
    }
}
