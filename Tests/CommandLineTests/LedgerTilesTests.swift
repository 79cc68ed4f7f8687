import Foundation
import SystemPackage
import TestSupport
import Testing

/// A log that is handed out in tiles: another program builds the same out of the lines.
@Suite(.scratch)
struct LedgerTilesTests {
    /// Every tile and the root, computed from the lines alone.
    private static let peer = """
        import base64, hashlib, os, sys
        home, folder = sys.argv[1:]
        h = lambda b: hashlib.sha256(b).digest()
        lines = open(os.path.join(home, 'ledger', 'events.jsonl'), 'rb').read().split(b'\\n')[:-1]
        level, hashes, want = 0, [h(b'\\x00' + line) for line in lines], {}
        def root(part):
            if len(part) == 1: return part[0]
            k = 1
            while k * 2 < len(part): k *= 2
            return h(b'\\x01' + root(part[:k]) + root(part[k:]))
        whole = base64.b64encode(root(hashes)).decode()
        while hashes:
            for n in range(0, len(hashes), 256):
                part = hashes[n:n + 256]
                want['tile/%d/%03d' % (level, n // 256) + ('' if len(part) == 256 else '.p/%d' % len(part))] = b''.join(part)
            hashes = [root(hashes[n:n + 256]) for n in range(0, len(hashes) - 255, 256)]
            level += 1
        have = {}
        for place, _, files in os.walk(os.path.join(folder, 'tile')):
            for name in files:
                path = os.path.join(place, name)
                have[os.path.relpath(path, folder)] = open(path, 'rb').read()
        said = open(os.path.join(folder, 'checkpoint')).read().split('\\n')
        assert (said[1], said[2]) == (str(len(lines)), whole), (said, len(lines), whole)
        assert all(have.get(path) == data for path, data in want.items()), (sorted(want), sorted(have))
        print(len(want), 'tiles')

        """

    private func check(_ office: Office, _ folder: String) throws -> ToolResult {
        try office.write(Self.peer, to: "peer.py")
        return try office.shell("python3 peer.py Arsip \(folder)")
    }

    @Test func `the tiles are those that another program computes, after each growth of the log`() throws {
        let office = try Office.founded()
        for (name, count) in [("satu", 3), ("dua", 290), ("tiga", 4)] {
            try #require(office.berkas("ingest", try office.batch(name, count: count).string, "-q").status == 0)
            let made = try office.berkas("ledger", "tiles", "--to", "log", "--json")
            #expect(made.status == 0, "\(made.everything)")
            if let result = try PublishedSchema.check(made.text) { #expect(result.status == 0, "\(result.errorText)") }
            let checked = try check(office, "log")
            #expect(checked.status == 0, "\(checked.text) \(checked.errorText)")
        }
        let again = try office.berkas("ledger", "tiles", "--to", "log")
        #expect(again.status == 0 && again.text.contains("0 new tiles"), "\(again.everything)")
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a folder with something else, or of another history, is left alone`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string, "-q").status == 0)
        try office.write("x", to: "penuh/catatan.txt")
        let full = try office.berkas("ledger", "tiles", "--to", "penuh")
        #expect(full.status == 1 && full.errorText.contains("catatan.txt"), "\(full.everything)")
        #expect(try office.berkas("ledger", "tiles", "--to", "Arsip/ledger/log").status != 0)
        try #require(office.berkas("ledger", "tiles", "--to", "log").status == 0)
        guard let script = Checkout.shared("found/evidence/rewrite-ledger.py") else { return }
        try #require(office.shell("python3 '\(script.string)' Arsip drop RKT-2024-0002").status == 0)
        let before = try TreeSnapshot.of(office.path("log"))
        let refused = try office.berkas("ledger", "tiles", "--to", "log")
        #expect(refused.status != 0 && refused.errorText.contains("not of this history"), "\(refused.everything)")
        #expect(try TreeSnapshot.of(office.path("log")) == before)
    }
}
