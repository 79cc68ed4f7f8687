import Acts
import ArchiveHome
import FileSafety
import Foundation
import Operations
import RecordsModel
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// What an interrupted command wrote down is changed, every word of it in turn: it is refused and nothing is touched, or it
/// comes to what was meant.
@Suite(.scratch, .serialized)
struct HostileIntentTests {
    /// A home that was left in the middle of a group, and what the group would have come to.
    private struct Interrupted {
        let archive: TestArchive
        let truth: [String: String]
    }

    /// What `work` leaves where it is cut short at a step behind its intent.
    private static func interrupted(
        _ base: TestArchive,
        at later: DurableStep.Kind?,
        _ work: (TestArchive, OperationContext) throws -> Void
    ) throws -> Interrupted {
        let counting = FaultPlan()
        let good = try TestArchive(copying: base, to: Scratch.folder.appending("good"))
        try work(good, TestArchive.context(counting))
        let intent = try #require(
            counting.steps.lastIndex { $0.kind == .rename && $0.path.lastComponent?.string == "intent.json" }
        )
        let rest = counting.steps[(intent + 1)...]
        let step = later.flatMap { kind in rest.firstIndex { $0.kind == kind } } ?? intent + 1
        let archive = try TestArchive(copying: base, to: Scratch.folder.appending("cut"))
        try? work(archive, TestArchive.context(FaultPlan(failing: step, kind: .crash)))
        try #require(FileStatus.exists(archive.path.pushing("staging/work/intent.json")))
        return Interrupted(archive: archive, truth: try truth(of: good))
    }

    private static func truth(of archive: TestArchive) throws -> [String: String] {
        var all: [String: String] = [:]
        for part in ["store", "ledger", "packages", "staging"] {
            for (path, content) in try TreeSnapshot.of(archive.path.appending(part)) {
                all["\(part)/\(path)"] = content
            }
        }
        return all
    }

    /// Everything below a folder but the words of the lock.
    private static func all(_ folder: FilePath) throws -> [String: String] {
        try TreeSnapshot.of(folder).filter { $0.key != ".lock" && !$0.key.hasSuffix("/.lock") }
    }

    // MARK: - Changing

    /// What stands in the place of a text.
    private static let texts = [
        "", ".", "..", "/", "../../../victim", "../victim/Documents", "/etc/passwd", "a/../../victim", "\u{0}",
        "victim\u{0}", "\u{1B}[2J", "0", "objects/0", "objects/../objects/0", "../store",
        String(repeating: "a", count: 128),
        String(repeating: "A", count: 128), String(repeating: "x", count: 300_000),
        "tag:uji.example,2026:RKT-2024-0001",
        "tag:uji.example,2026:RKT-2018-0003", "tag:uji.example,2026:RKT-2023-0001",
    ]

    private static let numbers = [-1, 0, 1, 2, 3, 7, 1_000_000, Int(Int32.max), .max, .min]

    /// Every way of changing one value in a document, however deep.
    private static func changed(_ value: JSONValue) -> [JSONValue] {
        switch value {
        case .string(let text):
            let near = [text + "x", String(text.dropLast()), text.uppercased(), "./" + text, text + "/.."]
            return (texts + near).filter { $0 != text }.map { .string($0) } + [.null, .integer(0), .array([])]
        case .integer(let number):
            let near = [number &+ 1, number &- 1, number &* 2]
            return (numbers + near).filter { $0 != number }.map { .integer($0) } + [.null, .string("0"), .decimal(0.5)]
        case .boolean(let value): return [.boolean(!value), .null, .integer(1)]
        case .array(let list):
            var all: [JSONValue] = [.null, .array(list + [.string("../../victim")]), .array(list + [.object([:])])]
            for (index, member) in list.enumerated() {
                all += changed(member).map { .array(list[..<index] + [$0] + list[(index + 1)...]) }
                all.append(.array(list + [member]))
                all.append(.array(Array(list[..<index] + list[(index + 1)...])))
            }
            return all
        case .object(let members):
            var all: [JSONValue] = [.null, .object(members.merging(["path": .string("../victim")]) { $1 })]
            for (name, member) in members {
                all += changed(member).map { .object(members.merging([name: $0]) { $1 }) }
                all.append(.object(members.filter { $0.key != name }))
            }
            return all
        case .decimal, .null: return []
        }
    }

    /// Holds every change of the intent against what may come of it; returns how many were refused.
    private static func tryAll(_ interrupted: Interrupted, in file: FilePath) throws -> Int {
        let victim = Scratch.folder.appending("victim")
        for path in ["Documents/surat.txt", "objects/0/inventory.json"] {
            let place = victim.pushing(FilePath(path))
            try FileManager.default.createDirectory(
                atPath: place.removingLastComponent().string,
                withIntermediateDirectories: true
            )
            try "milik orang lain".write(toFile: place.string, atomically: true, encoding: .utf8)
        }
        let value = try CanonicalJSON.decode(
            JSONValue.self,
            from: FileManager.default.contents(atPath: file.string) ?? Data()
        )
        let outside = try all(Scratch.folder)
        var refused = 0
        let changes = changed(value)
        #expect(changes.count > 100)
        for change in changes {
            let run = try TestArchive(copying: interrupted.archive, to: Scratch.folder.appending("run"))
            defer { try? FileManager.default.removeItem(atPath: run.path.string) }
            let text = try CanonicalJSON.document(change)
            try text.write(to: URL(fileURLWithPath: run.path.pushing("staging/work/intent.json").string))
            let before = try all(run.path)
            let shown: Comment = "\(String(decoding: text.prefix(3000), as: UTF8.self))"
            do {
                _ = try ArchiveWriter(try run.home(), TestArchive.context())
                // What was changed does not matter: an object that is in its place needs no folder to come from.
                #expect(try truth(of: run) == interrupted.truth, shown)
            } catch let error as OperationError {
                refused += 1
                #expect(error.code == .untrusted, "\(error) \(shown)")
                #expect(error.description.contains("nothing was touched"), "\(error)")
                #expect(error.description.allSatisfy { $0 != "\u{0}" && $0 != "\u{1B}" && $0 != "\n" }, "\(error)")
                #expect(error.description.utf8.count < 1500, "\(error)")
                #expect(try all(run.path) == before, "\(error) \(shown)")
            }
            #expect(try all(victim).count == 5, shown)
        }
        // Not one of them touched anything beside its home.
        #expect(try all(Scratch.folder) == outside)
        return refused
    }

    private static func home(_ rows: [BatchFolder.Row]) throws -> TestArchive {
        let base = try TestArchive(making: Scratch.folder.appending("base"))
        #expect(base.ingest(try BatchFolder(Scratch.folder.appending("first"), rows)).error == nil)
        return base
    }

    // MARK: - Tests

    @Test(arguments: [nil, DurableStep.Kind.append])
    func `the intent of an ingest, changed anywhere, is refused or comes to what was meant`(
        _ later: DurableStep.Kind?
    ) throws {
        let base = try Self.home([BatchFolder.Row("a.txt", "satu"), .init("b.txt", "draf 1").labelled("draf")])
        let batch = try BatchFolder(
            Scratch.folder.appending("second"),
            [BatchFolder.Row("c.txt", "tiga"), .init("d.txt", "draf 2").labelled("draf")]
        )
        let cut = try Self.interrupted(base, at: later) { _ = $0.ingest(batch, $1) }
        #expect(try Self.tryAll(cut, in: cut.archive.path.pushing("staging/work/intent.json")) > 100)
        #expect(try cut.archive.faults().isEmpty)
        #expect(try Self.truthWithoutSweep(cut))
    }

    @Test func `the intent of a package, changed anywhere, is refused or comes to what was meant`() throws {
        let base = try Self.home([BatchFolder.Row("a.txt", "satu")])
        let cut = try Self.interrupted(base, at: nil) { archive, context in
            _ = try Pack(try ArchiveWriter(try archive.home(), context)).run(.year(2024), to: .home(ending: "tar"))
        }
        #expect(try Self.tryAll(cut, in: cut.archive.path.pushing("staging/work/intent.json")) > 80)
    }

    @Test func `the intent that closes the log, changed anywhere, is refused or comes to what was meant`() throws {
        let base = try Self.home([BatchFolder.Row("a.txt", "satu")])
        let cut = try Self.interrupted(base, at: nil) { archive, context in
            _ = try CloseLedger.run(atLeast: 1, try archive.home(), context)
        }
        #expect(try Self.tryAll(cut, in: cut.archive.path.pushing("staging/work/intent.json")) > 80)
    }

    @Test(arguments: [nil, DurableStep.Kind.append])
    func `the intent of a destruction, changed anywhere, removes nothing but what its events say`(
        _ later: DurableStep.Kind?
    ) throws {
        let (base, list) = try DisposalFaultTests.approved()
        let cut = try Self.removal(base, list, at: later)
        #expect(try Self.tryAll(cut, in: cut.archive.path.pushing("staging/work/intent.json")) > 100)
    }

    /// A destruction that is cut short behind the intent that names the removals.
    private static func removal(
        _ base: TestArchive,
        _ list: DisposalID,
        at later: DurableStep.Kind?
    ) throws -> Interrupted {
        let counting = FaultPlan()
        let good = try TestArchive(copying: base, to: Scratch.folder.appending("good"))
        _ = try DisposalFaultTests.execute(good, list, counting)
        let intents = counting.steps.indices.filter {
            counting.steps[$0].kind == .rename && counting.steps[$0].path.lastComponent?.string == "intent.json"
        }
        for intent in intents {
            let rest = counting.steps[(intent + 1)...]
            let step = later.flatMap { kind in rest.firstIndex { $0.kind == kind } } ?? intent + 1
            let path = Scratch.folder.appending("cut")
            try? FileManager.default.removeItem(atPath: path.string)
            let archive = try TestArchive(copying: base, to: path)
            _ = try? DisposalFaultTests.execute(archive, list, FaultPlan(failing: step, kind: .crash))
            let said = FileManager.default.contents(atPath: path.string + "/staging/work/intent.json") ?? Data()
            guard String(decoding: said, as: UTF8.self).contains("\"object\"") else { continue }
            let carried = try TestArchive(copying: archive, to: Scratch.folder.appending("carried"))
            _ = try ArchiveWriter(try carried.home(), TestArchive.context())
            return Interrupted(archive: archive, truth: try truth(of: carried))
        }
        throw OperationError(.usage, message: "no intent of a removal was found", remedy: "")
    }

    /// Whether the interrupted group came to what was meant, the sweep that looked at it left aside.
    private static func truthWithoutSweep(_ cut: Interrupted) throws -> Bool {
        let now = try truth(of: cut.archive)
        return cut.truth.filter { $0.key.hasPrefix("store/") } == now.filter { $0.key.hasPrefix("store/") }
    }

    @Test func `an intent of format 1, which an older program left, is carried to its end`() throws {
        let base = try Self.home([BatchFolder.Row("b.txt", "draf 1").labelled("draf")])
        let batch = try BatchFolder(
            Scratch.folder.appending("second"),
            [BatchFolder.Row("c.txt", "tiga"), .init("d.txt", "draf 2").labelled("draf")]
        )
        let cut = try Self.interrupted(base, at: nil) { _ = $0.ingest(batch, $1) }
        let file = cut.archive.path.pushing("staging/work/intent.json")
        let said = try #require(FileManager.default.contents(atPath: file.string))
        var text = String(decoding: said, as: UTF8.self)
        // To the letter what the program wrote before: a path for each object, and nothing of what came later.
        text = text.replacing("\"format\" : 2", with: "\"format\" : 1")
        text = text.replacing(/"number" : (\d+)/) { "\"staged\" : \"objects/\($0.output.1)\"" }
        text = text.replacing("  \"closesLog\" : false,\n", with: "")
        text = text.replacing(/,\s*"removals" : \[\s*\]/, with: "")
        try #require(text.contains("objects/0") && !text.contains("number") && !text.contains("removals"))
        try text.write(toFile: file.string, atomically: true, encoding: .utf8)
        _ = try ArchiveWriter(try cut.archive.home(), TestArchive.context())
        #expect(try Self.truth(of: cut.archive) == cut.truth)
        #expect(try cut.archive.faults().isEmpty)
    }

    @Test func `an intent of an earlier group does not cut the ledger back`() throws {
        let base = try Self.home([BatchFolder.Row("a.txt", "satu")])
        let second = try BatchFolder(Scratch.folder.appending("second"), [BatchFolder.Row("c.txt", "tiga")])
        let third = try BatchFolder(Scratch.folder.appending("third"), [BatchFolder.Row("d.txt", "empat")])
        let cut = try Self.interrupted(base, at: nil) { _ = $0.ingest(second, $1) }
        // A copy that was taken while commands ran: the work folder of one moment, the ledger of a later one.
        let late = try TestArchive(copying: base, to: Scratch.folder.appending("late"))
        for batch in [second, third] { #expect(late.ingest(batch).error == nil) }
        let truth = try Self.truth(of: late)
        let staging = late.path.appending("staging").string
        try FileManager.default.removeItem(atPath: staging)
        try FileManager.default.copyItem(atPath: cut.archive.path.appending("staging").string, toPath: staging)
        let error = #expect(throws: OperationError.self) { try ArchiveWriter(try late.home(), TestArchive.context()) }
        #expect(error?.code == .untrusted && error?.remedy.contains("berkas repair") ?? false)
        #expect(try Self.truth(of: late).filter { !$0.key.hasPrefix("staging") } == truth)
        // Put aside, it is in nobody's way.
        let home = try late.home()
        #expect(try home.objectionToWork() != nil)
        try home.putWorkAside(to: late.path.pushing("repair/2026-01-01/work"), files: DurableFiles())
        #expect(try home.objectionToWork() == nil)
        #expect(try late.faults().isEmpty)
    }
}
