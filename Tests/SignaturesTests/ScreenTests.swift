import Foundation
import RecordsModel
import Signatures
import SystemPackage
import TestSupport
import Testing

/// What is let pass without a look must not be able to hold a signature.
struct ScreenTests {
    private func canHold(_ bytes: [UInt8], pieces: Int) -> Bool {
        var screen = SignatureScreen()
        var place = 0
        while place < bytes.count {
            let end = min(bytes.count, place + pieces)
            unsafe bytes[place..<end].withUnsafeBytes { unsafe screen.pass($0) }
            place = end
        }
        return screen.canHoldSignature
    }

    private static let signed: [String] = [
        "<< /ByteRange [0 1 2 3] >>", "<</Type/Sig>>", "/FT /Sig", "/Type /DocTimeStamp", "/#42yteRange[",
        "/Byt#65Range",
        "/#42#79#74#65#52#61#6e#67#65", "/S#69g ", "/#53ig", "/SigFlags 3",
        "/#44#6F#63#54#69#6D#65#53#74#61#6D#70", "//ByteRange", "/Byte/ByteRange", "/Si/Sig",
    ]

    @Test(arguments: signed)
    func `a name of a signature is seen however it is written, wherever the bytes are cut`(_ text: String) {
        let bytes = Array("%PDF-1.7\n".utf8) + [0xFF, 0x00, 0x2F] + Array(text.utf8) + Array(" end".utf8)
        for pieces in [1, 2, 3, 5, 7, 11, 36, 37, 38, 4096] {
            #expect(canHold(bytes, pieces: pieces), "\(text) in pieces of \(pieces)")
        }
    }

    @Test(arguments: [
        "<< /Type /Catalog >>", "ByteRange", "/byterange", "/Byte Range", "/#42", "/#4", "/#", "/", "/Byte#52ang",
        "/Si g",
        "/ByteRang#6", "/#5Xig",
    ])
    func `what is no such name is passed over`(_ text: String) {
        for pieces in [1, 4, 4096] { #expect(!canHold(Array(text.utf8), pieces: pieces), "\(text)") }
    }

    @Test func `every file of the suite in which the verifier finds a signature can hold one`() throws {
        guard let suite = Checkout.shared("conformance/signatures"), let found = Checkout.shared("found/signatures")
        else {
            return
        }
        let verifier = SignatureVerifier(
            anchors: TrustAnchors(),
            now: Moment(secondsSinceEpoch: 1_790_000_000, offset: 0)
        )
        var looked = 0
        for folder in [suite, found] {
            let names = FileManager.default.enumerator(atPath: folder.string)?.compactMap { $0 as? String } ?? []
            for name in names.sorted() where name.hasSuffix(".pdf") {
                let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder.string + "/" + name)))
                guard verifier.report(on: bytes).signatureCount > 0 else { continue }
                looked += 1
                #expect(canHold(bytes, pieces: 1 << 16), "\(name)")
            }
        }
        #expect(looked > 100)
    }
}
