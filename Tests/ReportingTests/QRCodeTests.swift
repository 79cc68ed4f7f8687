import Foundation
import Reporting
import SystemPackage
import TestSupport
import Testing

/// The QR code of a paper, held against another program's, module by module.
@Suite(.scratch)
struct QRCodeTests {
    private static let texts = [
        "", "A", "USUL-2026-0001 sha512:" + String(repeating: "0123456789abcdef", count: 8), "Penilaian é ü 漢字",
        String(repeating: "x", count: 14), String(repeating: "y", count: 15), String(repeating: "z", count: 180),
        String(repeating: "q", count: 181), String(repeating: "panjang ", count: 83),
    ]

    @Test func `every module is that of another program, for versions 1 to 20`() throws {
        guard let bin = try Tool.pythonPeer("qrcode==8.2") else { return }
        var versions: Set<Int> = []
        var texts = Self.texts
        for length in stride(from: 1, to: 660, by: 23) { texts.append(String(repeating: "a", count: length)) }
        var cases: [[String: Any]] = []
        for text in texts {
            let code = try #require(QRCode(text), "\(text.utf8.count) bytes")
            versions.insert(code.version)
            let rows = (0..<code.size).map { row in
                (0..<code.size).map { code[$0, row] ? "1" : "0" }.joined()
            }
            cases.append(["text": text, "version": code.version, "mask": code.mask, "rows": rows])
        }
        let file = Scratch.folder.appending("codes.json")
        try JSONSerialization.data(withJSONObject: cases).write(to: URL(fileURLWithPath: file.string))
        let script = """
            import json, sys, qrcode
            from qrcode.util import QRData, MODE_8BIT_BYTE
            def make(text, version=None, mask=None):
                code = qrcode.QRCode(version=version, error_correction=qrcode.constants.ERROR_CORRECT_M, border=0,
                                     mask_pattern=mask)
                code.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE), optimize=0)
                code.make(fit=version is None)
                return code
            for case in json.load(open(sys.argv[1])):
                if not case["text"]: continue
                made = make(case["text"], case["version"], case["mask"]).get_matrix()
                rows = ["".join("1" if m else "0" for m in row) for row in made]
                assert rows == case["rows"], (case["version"], case["mask"], len(case["text"]))
                assert make(case["text"]).version == case["version"], case["version"]
            print("same")
            """
        let program = Scratch.folder.appending("codes.py").string
        try script.write(toFile: program, atomically: true, encoding: .utf8)
        let result = try Tool.run(bin.appending("python3").string, [program, file.string])
        #expect(result.status == 0 && result.text == "same\n", "\(result.errorText)")
        #expect(versions.count >= 17, "\(versions.sorted())")
    }

    @Test func `what is too long has no code, and a drawing stands alone`() throws {
        #expect(QRCode(String(repeating: "a", count: 666)) != nil)
        #expect(QRCode(String(repeating: "a", count: 667)) == nil)
        let drawing = try #require(QRCode("A")).svg
        #expect(drawing.hasPrefix("<svg xmlns=") && drawing.contains("viewBox=\"0 0 29 29\""))
        #expect(!drawing.contains("href") && !drawing.contains("script"))
    }
}
