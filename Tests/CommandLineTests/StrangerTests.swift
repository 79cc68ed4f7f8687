import Foundation
import SystemPackage
import TestSupport
import Testing

/// What desktops leave beside files is told apart from damage.
@Suite(.scratch)
struct StrangerTests {
    private func office() throws -> Office {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 2).string, "-q").status == 0)
        try #require(office.berkas("pack", "RKT-2024-0001", "-q").status == 0)
        return office
    }

    private static let strew = """
        find Arsip -type d -exec touch {}/.DS_Store \\;
        find Arsip -type f ! -name '._*' ! -name .lock ! -name .DS_Store \
        -exec sh -c 'printf "\\0\\5\\26\\7" > "$(dirname "$1")/._$(basename "$1")"' _ {} \\;
        touch Arsip/store/Thumbs.db Arsip/packages/desktop.ini
        """

    private func lines(_ office: Office) throws -> Int {
        try office.content("ledger/events.jsonl").count { $0 == UInt8(ascii: "\n") }
    }

    @Test func `appledouble-home: strangers are one line and no damage, and the ledger grows by a line a night`() throws
    {
        let office = try office()
        try #require(office.shell(Self.strew).status == 0)
        for _ in 0..<3 {
            let before = try lines(office)
            let answer = try office.berkas("verify")
            #expect(answer.status == 0, "\(answer.everything)")
            #expect(answer.lines.count { $0.hasPrefix("strangers: ") } == 1, "\(answer.text)")
            #expect(answer.text.contains("all is well"))
            #expect(try lines(office) == before + 1)
        }
        let told = try office.berkas("verify", "--json").facts("strangers")
        #expect(told.count == 1 && (told.first?.number("count") ?? 0) > 20)
        let log = try office.berkas("ledger", "verify")
        #expect(log.status == 0 && log.text.contains("strangers: "), "\(log.everything)")
        #expect(try office.berkas("ingest", try office.batch("dua", count: 2).string, "-q").status == 0)
        #expect(try office.berkas("verify", "--sample", "50%").status == 0)
    }

    @Test func `the office may have strangers end a check with status 3`() throws {
        let office = try office()
        try #require(office.shell("echo 'strangers: report' >> Arsip/berkas.yaml").status == 0)
        #expect(try office.berkas("verify").status == 0)
        try #require(office.shell("touch Arsip/store/.DS_Store").status == 0)
        let answer = try office.berkas("verify", "-q")
        #expect(answer.status == 3 && answer.text.contains("strangers: 1 file"), "\(answer.everything)")
        try #require(office.shell("touch Arsip/ledger/.DS_Store").status == 0)
        #expect(try office.berkas("ledger", "verify").status == 3)
        try #require(office.shell("sed -i 's/strangers: report/strangers: maybe/' Arsip/berkas.yaml").status == 0)
        let wrong = try office.berkas("verify")
        #expect(wrong.status == 1 && wrong.errorText.contains("'strangers' must be"), "\(wrong.everything)")
    }

    @Test(arguments: [
        "echo x > $O/v1/content/files/._berkas-0.txt", "echo x > $O/lain.txt", "echo x > Arsip/packages/._x.tar",
        "echo x > Arsip/ledger/._leaves", "mkdir $O/v1/.DS_Store", "ln -s /etc/passwd $O/.DS_Store",
        "echo x > $O/v1/content/thumbs", "printf '\\0\\5\\26\\7' > $O/v1/._", "echo x > $O/v1/content/.hidden",
    ])
    func `whatever else does not belong there stays a finding`(script: String) throws {
        let office = try office()
        let object = try "O=Arsip/\(office.object(of: "RKT-2024-0001")); "
        try #require(office.shell("set -e; " + object + script).status == 0)
        let answer = try office.berkas("verify")
        #expect(answer.status == 5, "\(answer.everything)")
    }

    @Test func `a file of a record that has such a name is a record's file`() throws {
        let office = try Office.founded()
        try office.batch("aneh", "path,year,step,type\nThumbs.db,2024,1,disposisi\n", files: ["Thumbs.db": "isi\n"])
        try #require(office.berkas("ingest", "aneh", "-q").status == 0)
        #expect(try office.berkas("verify").status == 0)
        let object = try office.object(of: "RKT-2024-0001")
        try office.write("lain\n", to: "Arsip/\(object)/v1/content/files/Thumbs.db")
        let answer = try office.berkas("verify")
        #expect(answer.status == 5 && answer.text.contains("Thumbs.db"), "\(answer.everything)")
        #expect(try office.shell("rm Arsip/\(object)/v1/content/files/Thumbs.db").status == 0)
        #expect(try office.berkas("verify").status == 5)
    }
}
