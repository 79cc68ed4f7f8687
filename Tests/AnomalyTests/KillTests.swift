import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch, .serialized)
struct KillTests {
    @Test
    func `killed at a hundred moments of an ingest, the next command recovers and nothing reported is lost`() throws {
        let binary = try Checkout.binary.string
        let base = Scratch.folder.appending("base")
        // Among them PDFs that can hold no signature, and some that the helper looks at.
        let rows = (0..<36).map { number in
            let head = number % 6 == 4 ? "%PDF-1.4\n" : number % 6 == 5 ? "%PDF-1.7 /ByteRange\n" : ""
            return BatchFolder.Row(
                "berkas \(number).txt",
                head + String(repeating: "isi \(number) ", count: 2000)
            )
        }
        let drafts = (1...4).map { BatchFolder.Row("draf-\($0).txt", "draf versi \($0)").labelled("draf") }
        let first = try BatchFolder(Scratch.folder.appending("first"), Array(rows.prefix(6)) + Array(drafts.prefix(2)))
        let batch = try BatchFolder(Scratch.folder.appending("batch"), rows + drafts)
        #expect(try Tool.run(binary, ["init", base.string]).status == 0)
        #expect(try Tool.run(binary, ["--home", base.string, "ingest", "--no-read", first.path.string]).status == 0)

        let home = Scratch.folder.appending("home").string
        func fresh() throws {
            try? FileManager.default.removeItem(atPath: home)
            try FileManager.default.copyItem(atPath: base.string, toPath: home)
        }
        let ingest = ["--home", home, "--json", "ingest", "--no-read", batch.path.string]
        try fresh()
        let begin = ContinuousClock.now
        #expect(try Tool.run(binary, ingest).status == 0)
        let whole = begin.duration(to: .now)
        let seconds = Double(whole.components.seconds) + Double(whole.components.attoseconds) / 1e18

        var killed = 0
        for moment in 0..<100 {
            try fresh()
            let run = try Tool.run(binary, ingest, killAfter: seconds * Double(moment) / 95)
            if run.status == 128 + 9 { killed += 1 }
            let place: Comment = "moment \(moment) of 100, status \(run.status)"
            let reported = Self.objects(run).filter { $0["kind"] as? String == "kept" }
            let check = try Tool.run(binary, ["--home", home, "verify"])
            #expect(check.status == 0, "\(check.text)\(check.errorText) \(place)")
            let there = try Tool.run(binary, ["--home", home, "--json", "list"])
            let heads = Dictionary(
                uniqueKeysWithValues: Self.objects(there).map {
                    ($0["id"] as? String ?? "", $0["versions"] as? Int ?? 0)
                }
            )
            for item in reported {
                let head = heads[item["record"] as? String ?? ""] ?? 0
                #expect(head >= (item["version"] as? Int ?? .max), "reported as kept and gone: \(item) \(place)")
            }
            #expect(try Tool.run(binary, ingest).status == 0, place)
            let complete = Self.objects(try Tool.run(binary, ["--home", home, "--json", "list"]))
            #expect(complete.count == 37, place)
            #expect(complete.reduce(0) { $0 + ($1["versions"] as? Int ?? 0) } == 40, place)
            #expect(try Tool.run(binary, ["--home", home, "verify"]).status == 0, place)
        }
        // The moments are spread over the time that a whole run takes; a machine that is faster now gets to the end.
        #expect(killed >= 50, "only \(killed) of 100 runs were still going when they were killed")
    }

    private static func objects(_ result: ToolResult) -> [[String: Any]] {
        result.lines.compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }
}
