import OfficeFiles
import SystemPackage
import Testing

struct TextEncodingTests {
    private static let sample = "jalur;tahun\ncaf\u{e9};cafe\u{301}\r\n😀;\u{10ffff};\u{feff}\n"

    private func utf16(_ text: String, highFirst: Bool) -> [UInt8] {
        ([0xfeff] + Array(text.utf16)).flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xff))
            return highFirst ? [high, low] : [low, high]
        }
    }

    private func refusal(_ bytes: [UInt8]) -> OfficeFileError? {
        do throws(OfficeFileError) {
            _ = try TextEncoding.utf8(bytes, of: "intake.csv")
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["", "a", sample, "\u{0800}\u{d7ff}\u{e000}\u{ffff}"])
    func `UTF-8 with and without a mark and UTF-16 of both orders are the same text, to the byte`(text: String) throws {
        let bytes = Array(text.utf8)
        let forms = [bytes, [0xef, 0xbb, 0xbf] + bytes, utf16(text, highFirst: true), utf16(text, highFirst: false)]
        for form in forms { #expect(try TextEncoding.utf8(form, of: "intake.csv") == bytes) }
    }

    @Test(arguments: [true, false])
    func `UTF-16 with an odd number of bytes is refused`(highFirst: Bool) {
        let error = refusal(utf16("a\nb", highFirst: highFirst) + [0x61])
        #expect(error?.code == .encoding)
        #expect(error?.line == 2)
    }

    @Test(arguments: [[0xd800], [0xdc00], [0xdc00, 0xd800], [0xd800, 0x61]] as [[UInt16]], [true, false])
    func `a lone surrogate is refused with its line`(units: [UInt16], highFirst: Bool) {
        let bytes = (Array("a\nb\n".utf16) + units + Array("\nc".utf16)).flatMap { unit -> [UInt8] in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xff))
            return highFirst ? [high, low] : [low, high]
        }
        let error = refusal((highFirst ? [0xfe, 0xff] : [0xff, 0xfe]) + bytes)
        #expect(error?.code == .encoding)
        #expect(error?.line == 3)
    }

    @Test(
        arguments: [
            [0xe9], [0xc3], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0x80], [0xe2, 0x82],
        ] as [[UInt8]]
    )
    func `bytes that are no UTF-8 are refused with their line, and with what to do`(bytes: [UInt8]) {
        let error = refusal(Array("satu\ndua\n".utf8) + bytes + Array("\nempat".utf8))
        #expect(error?.code == .encoding)
        #expect(error?.line == 3)
        #expect(error?.description.hasPrefix("'intake.csv', line 3: ") == true)
        #expect(error?.remedy.contains("UTF-8") == true)
    }

    @Test func `UTF-16 without a mark is refused for its zero bytes`() {
        let unmarked = Array(utf16("path,year\na,2024\n", highFirst: false).dropFirst(2))
        #expect(refusal(unmarked)?.code == .encoding)
        #expect(refusal(unmarked)?.line == 1)
        #expect(refusal(Array("a\nb\0\n".utf8))?.line == 2)
    }

    @Test func `a zero character is refused in UTF-16 as in UTF-8`() {
        for highFirst in [true, false] {
            #expect(refusal(utf16("a\nb\0\n", highFirst: highFirst))?.code == .encoding)
            #expect(refusal(utf16("a\nb\0\n", highFirst: highFirst))?.line == 2)
        }
    }

    @Test func `UTF-32 is not taken for UTF-16`() {
        let text = "path,year\n".utf8.flatMap { byte -> [UInt8] in [byte, 0, 0, 0] }
        #expect(refusal([0xff, 0xfe, 0, 0] + text)?.code == .encoding)
    }
}
