import Foundation
import SystemPackage
import TestSupport
import Testing

/// A ledger longer than memory.
@Suite(.scratch)
struct LargeLedgerTests {
    /// Forty million lines in a closed part that lies elsewhere, their leaf hashes a hole in a file, and one line behind them.
    private static let make = """
        import hashlib, json, sys
        count, ledger = 40_000_000, sys.argv[1]
        sha = lambda data: hashlib.sha256(data).digest()
        heights = [bytes(32)]
        while 1 << len(heights) <= count: heights.append(sha(b"\\1" + heights[-1] * 2))
        peaks = [heights[n] for n in reversed(range(len(heights))) if count >> n & 1]
        event = {"actor": "A", "detail": {"last": count}, "event": "ledger part closed", "seq": count,
                 "time": "2026-11-23T08:00:00+08:00"}
        line = json.dumps(event, separators=(",", ":")).encode()
        leaf = sha(b"\\0" + line)
        root = leaf
        for peak in reversed(peaks): root = sha(b"\\1" + peak + root)
        with open(ledger + "/leaves", "wb") as file:
            file.truncate(count * 32)
            file.seek(count * 32)
            file.write(leaf)
        open(ledger + "/events.jsonl", "wb").write(line + b"\\n")
        import base64
        origin = open(ledger + "/checkpoint").readline()
        open(ledger + "/checkpoint", "w").write(f"{origin}{count + 1}\\n{base64.b64encode(root).decode()}\\n")
        """

    @Test func `forty million lines are verified in a few megabytes`() throws {
        guard Tool.isPresent("python3") else { return }
        let office = try Office.founded()
        try office.write(Self.make, to: "make.py")
        let made = try office.shell("python3 make.py Arsip/ledger && rm Arsip/catalogue.sqlite*")
        try #require(made.status == 0, "\(made.errorText)")
        // What the program maps without any ledger is some hundred megabytes; the leaves alone are 1.28 GB.
        let answer = try office.shell("ulimit -v 900000; \"$BERKAS\" ledger verify")
        #expect(answer.status == 5, "\(answer.text)\(answer.errorText)")
        #expect(
            answer.lines.filter { $0.hasPrefix("fault") }.count == 1
                && answer.text.contains("lines 1 to 40000000 are missing"),
            "\(answer.text)"
        )
        #expect(answer.text.contains("40000001 events"))
    }
}
