import FileSafety
import Foundation
import GRDB
import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Catalogue

/// Asking a catalogue writes nothing, waits for nobody and ends when it is told to.
@Suite(.scratch)
struct CatalogueReadingTests {
    private static let insert = """
        WITH RECURSIVE n (i) AS (VALUES (%) UNION ALL SELECT i + 1 FROM n WHERE i < % + 20000)
        INSERT INTO event (seq, event, line) SELECT i, 'uji', hex(randomblob(200)) FROM n
        """

    /// Set by one thread and looked at by others.
    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .sequentiallyConsistent) }
        func set() { value.store(true, ordering: .sequentiallyConsistent) }
    }

    private func add(_ catalogue: CatalogueDatabase, from seq: Int) throws {
        try catalogue.queue.write { try $0.execute(sql: Self.insert.replacing("%", with: "\(seq)")) }
    }

    private func count(_ catalogue: CatalogueDatabase) throws -> Int {
        var count = 0
        try catalogue.each("SELECT count(*), sum(length(line)) FROM event", []) { count = $0[0] }
        return count
    }

    /// Names, lengths, content and times of all that lies in the folder.
    private func state() throws -> String {
        let listing = try Tool.run(
            "bash",
            ["-c", "stat -c '%n %s %Y.%y %a' . catalogue* && sha512sum catalogue*"],
            directory: Scratch.folder
        )
        return listing.text
    }

    @Test func `a question leaves every file as it is, and makes none, with a log and without`() throws {
        let path = Scratch.folder.appending("catalogue.sqlite")
        let writer = try CatalogueDatabase.open(path)
        try add(writer, from: 1)
        let reader = try CatalogueDatabase.openForReading(path)
        // Somebody reads: the log stays.
        try writer.close()
        try reader.close()
        let log = FilePath(path.string + "-wal").string
        #expect(FileManager.default.fileExists(atPath: log), "the log was folded under a reader")
        for part in ["with a log and its index", "with a log alone"] {
            let before = try state()
            let catalogue = try CatalogueDatabase.openForReading(path)
            #expect(try count(catalogue) == 20001, "\(part)")
            try catalogue.close()
            #expect(try state() == before, "\(part)")
            try? FileManager.default.removeItem(atPath: path.string + "-shm")
        }
        // Whoever writes next folds it in.
        try CatalogueDatabase.open(path).close()
        #expect(!FileManager.default.fileExists(atPath: log))
        let before = try state()
        let catalogue = try CatalogueDatabase.openForReading(path)
        #expect(try count(catalogue) == 20001)
        try catalogue.close()
        #expect(try state() == before)
    }

    @Test func `a reader sees one state, however much is written and folded meanwhile`() throws {
        let path = Scratch.folder.appending("catalogue.sqlite")
        let writer = try CatalogueDatabase.open(path)
        var known = 0
        var readers: [(CatalogueDatabase, Int)] = []
        for round in 0..<6 {
            readers.append((try CatalogueDatabase.openForReading(path), known))
            try add(writer, from: 1 + round * 100_000)
            known += 20001
            for (reader, seen) in readers { #expect(try count(reader) == seen) }
            // Now and then nobody reads, and the log is folded.
            if round % 2 == 1 {
                for (reader, _) in readers { try reader.close() }
                readers = []
            }
            #expect(try count(CatalogueDatabase.openForReading(path)) == known)
        }
        let log = FilePath(path.string + "-wal")
        for (reader, _) in readers { try reader.close() }
        try add(writer, from: 1_000_000)
        #expect(try FileStatus.of(log).size == 0, "a long log is folded where nobody reads")
        try writer.close()
        #expect(!FileStatus.exists(log))
    }

    @Test func `readers beside a writer of another process always see whole groups`() throws {
        let path = Scratch.folder.appending("catalogue.sqlite")
        let writer = try CatalogueDatabase.open(path)
        let isDone = Flag()
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            do {
                if thread == 0 {
                    defer { isDone.set() }
                    for round in 0..<12 { try add(writer, from: 1 + round * 100_000) }
                } else {
                    while !isDone.isSet {
                        let reader = try CatalogueDatabase.openForReading(path)
                        let (one, two) = (try count(reader), try count(reader))
                        if one != two || one % 20001 != 0 { failures.withLock { $0.append("\(one) and \(two)") } }
                        try reader.close()
                    }
                }
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
        #expect(try count(CatalogueDatabase.openForReading(path)) == 12 * 20001)
    }

    @Test func `a copy can be written to, and the file stays as it is`() throws {
        let path = Scratch.folder.appending("catalogue.sqlite")
        let writer = try CatalogueDatabase.open(path)
        try add(writer, from: 1)
        let reader = try CatalogueDatabase.openForReading(path)
        let before = try state()
        let copy = try reader.copied()
        try add(copy, from: 100_000)
        #expect(try count(copy) == 40002)
        #expect(try count(reader) == 20001)
        #expect(try state() == before)
        #expect(throws: DatabaseError.self) { try add(reader, from: 200_000) }
    }

    @Test(arguments: ["reading", "copy"])
    func `a question ends when it is told to, whatever SQLite is doing`(kind: String) throws {
        let path = Scratch.folder.appending("catalogue.sqlite")
        try CatalogueDatabase.open(path).close()
        let isAsked = Flag()
        let isInterrupted: @Sendable () -> Bool = { isAsked.isSet }
        let reader = try CatalogueDatabase.openForReading(path, isInterrupted: isInterrupted)
        let catalogue = try kind == "copy" ? reader.copied(isInterrupted: isInterrupted) : reader
        let interrupted = CatalogueError(.interrupted, message: "", remedy: "")
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) { isAsked.set() }
        // Without an end.
        #expect(throws: interrupted) {
            let endless = "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i FROM n) SELECT max(i) FROM n"
            try catalogue.each(endless, []) { _ in }
        }
        #expect(throws: interrupted) { _ = try reader.copied(isInterrupted: isInterrupted) }
    }

    @Test func `where another process rewrites the file, a reader says so and does not wait for ever`() throws {
        let path = Scratch.folder.appending("catalogue.sqlite")
        try CatalogueDatabase.open(path).close()
        let mark = try FolderMark(Scratch.folder)
        try #require(mark.takeAlone() == .taken)
        #expect(throws: CatalogueError(.busy, message: "", remedy: "")) { try CatalogueDatabase.openForReading(path) }
        mark.drop()
        try CatalogueDatabase.openForReading(path).close()
    }
}
