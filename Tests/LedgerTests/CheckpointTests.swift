import Ledger
import Testing

struct CheckpointTests {
    private let root = [UInt8](repeating: 0, count: 31) + [1]
    private static let rootText = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="
    private static let text = "tag:office.example,2026:ledger\n42\n\(rootText)\n"

    @Test func `a checkpoint is three lines in the form of C2SP`() {
        let checkpoint = Checkpoint(origin: "tag:office.example,2026:ledger", size: 42, root: root)
        #expect(checkpoint.description == Self.text)
        #expect(checkpoint.rootText == Self.rootText)
        #expect(Checkpoint(Self.text) == checkpoint)
    }

    @Test(arguments: [0, 1, 99, 1 << 40])
    func `a checkpoint is read as it was written`(size: Int) {
        let checkpoint = Checkpoint(origin: "caf\u{e9}", size: size, root: root)
        #expect(Checkpoint(checkpoint.description) == checkpoint)
    }

    @Test(arguments: [
        "", "\n", "a\n", "a\n0\n", "a\n0\n\(rootText)", "\n0\n\(rootText)\n", "a\n00\n\(rootText)\n",
        "a\n+1\n\(rootText)\n",
        "a\n-1\n\(rootText)\n", "a\n 1\n\(rootText)\n", "a\n1 \n\(rootText)\n", "a\nx\n\(rootText)\n", "a\n1\n\n",
        "a\n1\nAAAA\n", "a\n1\n\(rootText.dropLast())\n", "a\n1\n*\(rootText.dropFirst())\n",
        "a\r\n1\r\n\(rootText)\r\n",
        "a\n1\n\(rootText)\nmore\n", "a\n1\n\(rootText)\n\n", "a\n1\n\(rootText)\n\n— key AAAA\n",
        "a\n1\n\(rootText) \n",
        "a\n9223372036854775807\n\(rootText)\n", "a\n99999999999999999999\n\(rootText)\n", "a\nb\n1\n\(rootText)\n",
    ])
    func `anything else is refused`(text: String) {
        #expect(Checkpoint(text) == nil)
    }

    @Test func `base64 that says the same in another form is refused`() {
        // The last digit before the padding has two bits that say nothing: E to H would all be read as the same bytes.
        for digit in ["F", "G", "H"] {
            let root = Self.rootText.dropLast(2) + digit + "="
            #expect(Checkpoint("a\n1\n\(root)\n") == nil)
        }
    }
}
