import BoundedProcess
import Foundation
import RecordsModel
import Signatures
import SystemPackage
import TestSupport
import Testing

@testable import Operations

/// Drawing confirms a verdict on what came after signing, or takes it back.
struct SignatureDrawingTests {
    private typealias Picture = SignatureDrawing.Picture

    private func picture(_ change: (inout [UInt8]) -> Void = { _ in }) -> Picture {
        var pixels = [UInt8](repeating: 255, count: 40 * 20 * 3)
        change(&pixels)
        return Picture(width: 40, height: 20, pixels: pixels[...])
    }

    @Test
    func `one pixel that differs is seen, and a shade is not`() {
        let white = picture()
        let dot = picture { $0[(10 * 40 + 20) * 3 + 1] = 200 }
        let shade = picture { $0[(10 * 40 + 20) * 3 + 1] = 250 }
        #expect(SignatureDrawing.difference([white], [white], 4..<5, []) == nil)
        #expect(SignatureDrawing.difference([white], [shade], 4..<5, []) == nil)
        #expect(SignatureDrawing.difference([white], [dot], 4..<5, []) == 4)
        #expect(SignatureDrawing.difference([white, white], [white], 4..<6, []) == 5)
        let wide = Picture(width: 20, height: 40, pixels: white.pixels)
        #expect(SignatureDrawing.difference([white], [wide], 4..<5, []) == 4)
    }

    @Test
    func `where a note brings a picture, only blank paper may be covered`() throws {
        let white = picture()
        let dot = picture { $0[(10 * 40 + 20) * 3 + 1] = 60 }
        for mayCoverNothing in [false, true] {
            let text = """
                {"page":4,"left":0.4,"top":0.4,"right":0.6,"bottom":0.6,"mayCoverNothing":\(mayCoverNothing)}
                """
            let box = try JSONDecoder().decode(RevisionDrawing.Rectangle.self, from: Data(text.utf8))
            #expect(SignatureDrawing.difference([white], [dot], 4..<5, [box]) == nil)
            #expect(SignatureDrawing.difference([dot], [white], 4..<5, [box]) == (mayCoverNothing ? 4 : nil))
        }
    }

    @Test
    func `pictures stand one after the other, and anything else is none`() {
        let one = Array("P6\n2 1\n255\n".utf8) + [1, 2, 3, 4, 5, 6]
        #expect(SignatureDrawing.pictures(one + one)?.count == 2)
        #expect(SignatureDrawing.pictures(one)?.first?.pixels.elementsEqual([1, 2, 3, 4, 5, 6]) == true)
        #expect(SignatureDrawing.pictures(Array(one.dropLast())) == nil)
        #expect(SignatureDrawing.pictures(Array("P5\n2 1\n255\n".utf8) + [1, 2]) == nil)
        #expect(SignatureDrawing.pictures(Array("P6\n99999999 99999999\n255\n".utf8)) == nil)
    }

    private func report(_ folder: FilePath, _ name: String) throws -> SignatureReport {
        func bytes(_ name: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.appending(name).string)))
        }
        var anchors = TrustAnchors()
        try anchors.add(files: [("root.pem", try bytes("root.pem"))])
        let now = try #require(Moment("2026-11-30T08:00:00+08:00"))
        return SignatureVerifier(anchors: anchors, now: now).report(on: try bytes(name))
    }

    @Test(arguments: ["form-overlay-filled.pdf", "e1-ssa-approval-staf.pdf"])
    func `what was permitted explains what differs, and without it nothing is valid`(_ name: String) throws {
        guard let folder = Checkout.shared("found/signatures"), Tool.isPresent("pdftoppm") else { return }
        let judged = try report(folder, name)
        let drawing = SignatureDrawing(folder.appending(name), FileBudget(FileBudget.Limits()))
        let confirmed = drawing.confirmed(judged)
        #expect(confirmed.signatures.first?.verdict == .valid, "\(confirmed.signatures.first?.explanations ?? [])")
        #expect(confirmed.drawings == nil && judged.drawings?.isEmpty == false)

        var unexplained = judged
        for place in judged.drawings?.indices ?? 0..<0 { unexplained.drawings?[place].rectangles = [] }
        let doubted = drawing.confirmed(unexplained)
        #expect(doubted.signatures.first?.verdict == .cannotTell)
        #expect(doubted.signatures.first?.reason == .shownOtherwise)
        #expect(doubted.category == .cannotTell)
    }

    @Test
    func `what cannot be drawn is not valid`() throws {
        guard let folder = Checkout.shared("found/signatures"), Tool.isPresent("pdftoppm") else { return }
        let judged = try report(folder, "form-overlay-filled.pdf")
        let gone = SignatureDrawing("/nonexistent/x.pdf", FileBudget(FileBudget.Limits())).confirmed(judged)
        #expect(gone.signatures.first?.verdict == .cannotTell && gone.signatures.first?.reason == .unreadable)
        let other = SignatureDrawing(folder.appending("plain.pdf"), FileBudget(FileBudget.Limits())).confirmed(judged)
        #expect(other.signatures.first?.verdict == .cannotTell)
    }
}
