import Foundation
import SystemPackage
import TestSupport
import Testing

/// Commands that are stopped, and commands that meet.
@Suite(.scratch)
struct InterruptionTests {
    private static let count = 1100

    @Test func `an ingest that is interrupted ends with 130, and running it again completes it`() throws {
        let office = try Office.founded()
        let batch = try office.batch("banyak", count: Self.count).string
        let running = try office.begin("ingest", batch, "--json")
        running.wait { running.outputSoFar.contains("\"kept\"") }
        running.interrupt()
        let stopped = running.end()
        #expect(stopped.status == 130, "\(stopped.errorText)")
        #expect(stopped.errorText.contains("again"), "what to do: \(stopped.errorText)")
        let told = try stopped.facts("kept").compactMap { $0.text("record") }
        #expect(!told.isEmpty && told.count < Self.count)
        let list = try Set(office.records().compactMap { $0.text("id") })
        #expect(list.isSuperset(of: told))
        let verified = try office.berkas("verify")
        #expect(verified.status == 0, "\(verified.everything)")
        let again = try #require(try office.berkas("ingest", batch, "--json").facts("summary").first)
        #expect(again.number("alreadyKept") == list.count)
        #expect(again.number("totalRecords") == Self.count)
        #expect(again.number("totalVersions") == Self.count)
        #expect(try office.berkas("verify").status == 0)
        #expect(try TreeSnapshot.of(office.home.appending("staging")).isEmpty)
    }

    @Test func `of two ingests at once one keeps the batch, and nothing is damaged`() throws {
        let office = try Office.founded()
        let first = try office.batch("satu", count: 300).string
        let second = try office.batch("dua", count: 300).string
        let one = try office.begin("ingest", first, "-q")
        let two = try office.begin("ingest", second, "-q")
        let answers = [one.end(), two.end()]
        for answer in answers {
            #expect(answer.status == 0 || answer.status == 6, "\(answer.errorText)")
            if answer.status == 6 { #expect(answer.errorText.contains("locked by")) }
        }
        let good = answers.count { $0.status == 0 }
        #expect(good >= 1)
        #expect(try office.records().count == 300 * good)
        #expect(try office.berkas("verify").status == 0)
        for batch in [first, second] { #expect(try office.berkas("ingest", batch, "-q").status == 0) }
        #expect(try office.records().count == 600)
    }

    @Test func `list, search, verify and ledger verify during an ingest report no fault`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("awal", count: 5).string, "-q").status == 0)
        let running = try office.begin("ingest", try office.batch("banyak", count: 700).string, "-q")
        // Once it has the lock: a look that came first would take it to enter its outcome.
        let work = office.home.appending("staging").appending("work").string
        running.wait { FileManager.default.fileExists(atPath: work) }
        var looks = 0
        while running.isRunning {
            for call in [["verify"], ["list", "--json"], ["ledger", "verify"], ["search", "berkas", "--json"]] {
                let answer = try office.berkas(call, killAfter: 40)
                #expect(answer.status == 0, "\(call): \(answer.everything.prefix(500))")
                looks += 1
            }
        }
        #expect(running.end().status == 0)
        #expect(looks > 0)
        #expect(try office.berkas("verify").status == 0)
        #expect(try office.records().count == 705)
    }

    @Test func `a writer that stands still in the middle of its commit is no fault, and nobody waits for it`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("awal", count: 5).string, "-q").status == 0)
        let running = try office.begin("ingest", try office.batch("banyak", count: 400).string, "-q")
        let intent = office.home.appending("staging").appending("work").appending("intent.json").string
        running.wait { FileManager.default.fileExists(atPath: intent) }
        running.pause()
        for call in [
            ["list", "--json"], ["show", "RKT-2024-0001"], ["search", "berkas"], ["ledger", "verify"], ["verify"],
        ] {
            let answer = try office.berkas(call, killAfter: 20)
            #expect([0, 6].contains(answer.status), "\(call), 137 is: it waited. \(answer.everything.prefix(400))")
        }
        running.resume()
        #expect(running.end().status == 0)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a verify that is interrupted ends with 130`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("banyak", count: 600).string, "-q").status == 0)
        let running = try office.begin("verify")
        usleep(400_000)
        let wasRunning = running.isRunning
        running.interrupt()
        let answer = running.end()
        #expect(answer.status == (wasRunning ? 130 : 0), "\(answer.everything)")
        #expect(try office.berkas("verify").status == 0)
    }
}
