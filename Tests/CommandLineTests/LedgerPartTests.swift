import Foundation
import SystemPackage
import TestSupport
import Testing

/// R51: old parts of the log are put away by rule, and the chain of proof spans them.
@Suite(.scratch)
struct LedgerPartTests {
    private static let part = "ledger/parts/events-000000001-000000005.jsonl"

    /// An archive with a closed part of five lines, and four more lines behind it.
    private static func office() throws -> Office {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string).status == 0)
        let closed = try office.berkas("ledger", "close", "--as", "Siti")
        try #require(closed.status == 0, "\(closed.everything)")
        #expect(closed.text.hasPrefix("closed: \(part), lines 1 to 5\n  sha512 "))
        try #require(office.berkas("ingest", try office.batch("dua", count: 3).string).status == 0)
        return office
    }

    @Test func `R51 verify, rebuild, history and pack read through the parts of a closed log as through one file`()
        throws
    {
        let office = try Self.office()
        #expect(try office.berkas("ledger", "verify").text.hasPrefix("the ledger is whole: 9 events"))
        let events = try office.berkas("history", "--json").facts("event")
        #expect(events.compactMap { $0.number("seq") } == Array(0..<9))
        let closing = try #require(events.first { $0.text("event") == "ledger part closed" })
        #expect(closing.text("actor") == "Siti" && closing.number("seq") == 5)
        let digest = try Tool.run("sha512sum", [office.home.pushing(FilePath(Self.part)).string])
        #expect(digest.text.hasPrefix(try #require(closing.part("detail")?.text("sha512"))))
        let before = try office.berkas("list", "--json").text
        try FileManager.default.removeItem(atPath: office.home.appending("catalogue.sqlite").string)
        #expect(try office.berkas("rebuild").status == 0)
        #expect(try office.berkas("list", "--json").text == before)
        #expect(try office.berkas("pack", "--year", "2024").status == 0)
        let verified = try office.berkas("verify")
        #expect(verified.status == 0, "\(verified.everything)")
    }

    @Test func `R51 a closed part that was changed or is gone is named, with its lines, and status 5`() throws {
        let office = try Self.office()
        let file = office.home.pushing(FilePath(Self.part))
        let whole = try office.content(Self.part)
        let changed = String(decoding: whole, as: UTF8.self).replacing("berkas-1.txt", with: "berkas-9.txt")
        try changed.write(toFile: file.string, atomically: true, encoding: .utf8)
        let found = try office.berkas("ledger", "verify", "--json")
        #expect(found.status == 5)
        #expect(try found.facts("finding").first?.text("path") == String(Self.part.dropFirst("ledger/".count)) + ":4")
        try FileManager.default.removeItem(atPath: file.string)
        let gone = try office.berkas("ledger", "verify")
        #expect(gone.status == 5 && gone.everything.contains("lines 1 to 5 are missing"), "\(gone.everything)")
        let truth = try office.truth()
        let refused = try office.berkas("ingest", try office.batch("tiga", count: 1).string)
        #expect(refused.status != 0 && refused.errorText.contains("the log has"), "\(refused.everything)")
        #expect(try office.truth() == truth)
        try whole.write(to: URL(fileURLWithPath: file.string))
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `with --at-least a log that has fewer lines stays open`() throws {
        let office = try Self.office()
        let truth = try office.truth()
        let kept = try office.berkas("ledger", "close", "--at-least", "5", "--json")
        #expect(kept.status == 0)
        #expect(try kept.facts().first?.number("lines") == 4)
        #expect(try office.truth() == truth)
        #expect(try office.berkas("ledger", "close", "--at-least", "4").status == 0)
        #expect(try office.berkas("ledger", "close", "--at-least", "0").status == 64)
    }

    @Test func `a log that is damaged is not closed`() throws {
        let office = try Self.office()
        let text = String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self)
        let file = office.home.appending("ledger").appending("events.jsonl").string
        try text.replacing("berkas-2.txt", with: "berkas-7.txt").write(toFile: file, atomically: true, encoding: .utf8)
        let refused = try office.berkas("ledger", "close")
        #expect(refused.status == 5, "\(refused.everything)")
        #expect(
            !FileManager.default.fileExists(
                atPath: office.home.pushing("ledger/parts/events-000000005-000000008.jsonl").string
            )
        )
    }
}
