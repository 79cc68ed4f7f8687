import FileSafety
import Foundation
import Ledger
import RecordsModel
import SystemPackage
import TestSupport

/// A ledger in the test's folder.
struct LedgerSample {
    static let origin = "tag:office.example,2026:ledger"

    let folder: LedgerFolder
    var path: FilePath { folder.path }

    /// An empty ledger.
    init(files: DurableFiles = DurableFiles()) throws {
        folder = LedgerFolder(Scratch.folder.appending("ledger"))
        try folder.create(origin: Self.origin, files: files)
    }

    /// A ledger of so many lines.
    static func of(_ count: Int) throws -> LedgerSample {
        let sample = try LedgerSample()
        let lines = try (0..<count).map { try line($0) }
        _ = try sample.folder.append(lines, behind: try sample.folder.end(), files: DurableFiles())
        return sample
    }

    /// The line of an event.
    static func line(_ seq: Int, _ event: EventType = .ingestion, _ detail: [String: JSONValue] = [:]) throws -> [UInt8]
    {
        let event = Event(
            seq: seq,
            time: Moment(secondsSinceEpoch: 1_700_000_000 + seq, offset: 28_800),
            actor: "Arsiparis",
            event: event,
            record: RecordID(prefix: "RKT", year: 2024, sequence: seq + 1),
            version: 1,
            detail: detail
        )
        return Array(try CanonicalJSON.line(event))
    }

    func content(_ name: String) throws -> [UInt8] { try OpenFile.content(of: path.appending(name), limit: 1 << 24) }

    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path.appending(name).string))
    }

    /// The lines of the log, without their line ends.
    func lines() throws -> [[UInt8]] {
        try content("events.jsonl").split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    func write(lines: [[UInt8]]) throws {
        try write("events.jsonl", lines.flatMap { $0 + [UInt8(ascii: "\n")] })
    }

    /// Rewrites leaves and checkpoint so that they fit the lines, as somebody would who covers his tracks.
    func reseal() throws {
        let lines = try lines()
        var frontier = MerkleFrontier()
        for line in lines { frontier.append(MerkleFrontier.leaf(line)) }
        try write("leaves", lines.flatMap { MerkleFrontier.leaf($0) })
        try write(
            "checkpoint",
            Checkpoint(origin: Self.origin, size: lines.count, root: frontier.root).description.utf8
        )
    }

    /// The lines that a verification names, 0 for the ledger as a whole.
    func named() throws -> [Int] { try folder.verify().findings.map { $0.line ?? 0 } }
}
