import FileSafety
import Foundation
import GRDB
import SystemPackage
import TestSupport
import Testing

@testable import Catalogue

/// A catalogue that is not ours, and what it can do: nothing.
@Suite(.scratch)
struct CatalogueDefenceTests {
    private static let path: FilePath.Component = "catalogue.sqlite"

    /// A catalogue with nothing in it, closed again.
    private func made() throws -> FilePath {
        let path = Scratch.folder.appending(Self.path)
        try CatalogueDatabase.open(path).close()
        return path
    }

    private func change(_ path: FilePath, _ sql: String) throws {
        let changed = try Tool.run("sqlite3", [path.string, sql])
        try #require(changed.status == 0, "\(changed.errorText)")
    }

    /// What is said of a catalogue by one who asks it and by one who writes it.
    private func words(_ path: FilePath) -> [CatalogueError?] {
        [{ _ = try CatalogueDatabase.openForReading(path) }, { _ = try CatalogueDatabase.open(path) }].map { body in
            do {
                try body()
                return nil
            } catch {
                return error as? CatalogueError
            }
        }
    }

    @Test func `the schema that files are held against is what the migrations make`() throws {
        let made = CatalogueSchema.text(of: try CatalogueSchema.expected(upTo: "012-erasure"))
        let fresh = try Scratch.file("whole.sql", made.utf8)
        let kept = try OpenFile.content(of: Checkout.root.pushing("Schemas/catalogue/whole.sql"), limit: 1 << 20)
        let isKept = kept == Array(made.utf8)
        #expect(
            isKept,
            "copy '\(fresh.string)' to Schemas/catalogue/whole.sql (BERKAS_KEEP_SCRATCH=1 keeps it): a migration was added"
        )
    }

    @Test(arguments: [
        (
            "CREATE TRIGGER jahat AFTER INSERT ON event BEGIN DELETE FROM record; END",
            "the trigger 'jahat' is in it"
        ),
        ("CREATE VIEW jahat AS SELECT 1", "the view 'jahat' is in it"),
        ("CREATE TABLE lain (x)", "the table 'lain' is in it"),
        ("CREATE INDEX lain ON record (title)", "the index 'lain' is in it"),
        ("CREATE VIRTUAL TABLE lain USING fts5 (x)", "the table 'lain' is in it"),
        ("DROP TABLE held; CREATE VIEW held AS SELECT 'HOLD-2026-0001' AS hold, id AS record FROM record", "'held'"),
        ("DROP TABLE package", "the table 'package' is missing"),
        ("ALTER TABLE record ADD COLUMN lain INTEGER DEFAULT 1", "the table 'record' is another"),
        ("CREATE VIEW \"a\u{1B}[2Jb\" AS SELECT load_extension('x.so')", "is in it"),
        ("ALTER TABLE grdb_migrations ADD COLUMN lain", "another program"),
    ])
    func `what the migrations did not make is named, and such a file is not asked`(sql: String, named: String) throws {
        guard Tool.isPresent("sqlite3") else { return }
        let path = try made()
        try change(path, sql)
        for error in words(path) {
            #expect(error?.code == .strange, "\(sql): \(String(describing: error))")
            #expect(error?.message.contains(named) == true, "\(String(describing: error))")
            #expect(error?.message.contains("\u{1B}") == false)
            #expect(error?.remedy.contains("berkas rebuild") == true)
        }
    }

    @Test func `a file of another program, an empty one and one that is none are told apart from ours`() throws {
        guard Tool.isPresent("sqlite3") else { return }
        let path = Scratch.folder.appending(Self.path)
        try change(path, "CREATE TABLE record (id); PRAGMA user_version = 7")
        #expect(words(path).map(\.?.code) == [.strange, .strange])
        try FileManager.default.removeItem(atPath: path.string)
        _ = FileManager.default.createFile(atPath: path.string, contents: Data())
        #expect(words(path).map(\.?.code) == [.damaged, nil])
        #expect(words(path).map(\.?.code) == [nil, nil])
        try Data(repeating: 65, count: 5000).write(to: URL(fileURLWithPath: path.string))
        #expect(words(path).map(\.?.code) == [.damaged, .damaged])
    }

    @Test func `a catalogue of an older version is migrated, and one that only says so is not believed`() throws {
        guard Tool.isPresent("sqlite3") else { return }
        let path = Scratch.folder.appending(Self.path)
        func older() throws {
            try? FileManager.default.removeItem(atPath: path.string)
            let queue = try DatabaseQueue(path: path.string)
            try CatalogueSchema.migrator.migrate(queue, upTo: "005-retention-pages")
            try queue.close()
        }
        try older()
        #expect(throws: CatalogueError(.older, message: "", remedy: "")) {
            try CatalogueDatabase.openForReading(path)
        }
        try CatalogueDatabase.open(path).close()
        try CatalogueDatabase.openForReading(path).close()
        try older()
        try change(path, "CREATE TRIGGER t AFTER INSERT ON grdb_migrations BEGIN DELETE FROM record; END")
        #expect(words(path).map(\.?.code) == [.strange, .strange])
    }

    @Test func `a link, a FIFO and a folder in the place of the catalogue or its log are refused`() throws {
        guard Tool.isPresent("mkfifo") else { return }
        for suffix in ["", "-wal", "-shm", "-journal"] {
            for script in ["ln -s sasaran", "mkfifo", "mkdir"] {
                let path = try made()
                let there = FilePath(path.string + suffix).string
                try? FileManager.default.removeItem(atPath: there)
                let done = try Tool.run("bash", ["-c", script + " '\(there)'"], directory: Scratch.folder)
                try #require(done.status == 0)
                #expect(throws: FileSafetyError.self, "\(suffix) \(script)") {
                    try CatalogueDatabase.openForReading(path)
                }
                #expect(throws: FileSafetyError.self, "\(suffix) \(script)") { try CatalogueDatabase.open(path) }
                #expect(!FileManager.default.fileExists(atPath: Scratch.folder.appending("sasaran").string))
                try FileManager.default.removeItem(atPath: there)
                if !suffix.isEmpty { try FileManager.default.removeItem(atPath: path.string) }
            }
        }
    }

    @Test func `a connection loads nothing, attaches nothing, and writes nothing that SQLite keeps for itself`() throws
    {
        let path = try made()
        let opened = try [CatalogueDatabase.open(path), CatalogueDatabase.openForReading(path), .empty()]
        for catalogue in opened {
            for sql in [
                "SELECT load_extension('/tmp/x.so')", "ATTACH DATABASE ':memory:' AS lain",
                "INSERT INTO search_index_data (id, block) VALUES (99, x'00')",
                "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'x'",
                "SELECT \(String(repeating: "(", count: 300))1\(String(repeating: ")", count: 300)) + "
                    + String(repeating: "1+", count: 300) + "1",
            ] {
                #expect(throws: DatabaseError.self, "\(sql.prefix(60))") {
                    try catalogue.queue.writeWithoutTransaction { try $0.execute(sql: sql) }
                }
            }
        }
    }

    @Test func `a page that is broken is an error and no answer`() throws {
        let path = try made()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path.string))
        // Cells that point outside of their page, on every page but the first.
        for page in 1..<bytes.count / 4096 {
            for place in 8..<200 where page * 4096 + place < bytes.count { bytes[page * 4096 + place] = 0xff }
        }
        try bytes.write(to: URL(fileURLWithPath: path.string))
        #expect(throws: CatalogueError(.damaged, message: "", remedy: "")) {
            let catalogue = try CatalogueDatabase.openForReading(path)
            _ = try catalogue.progress()
            _ = try catalogue.totals()
        }
    }
}
