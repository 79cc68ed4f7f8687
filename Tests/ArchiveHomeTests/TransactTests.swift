import ArchiveHome
import Catalogue
import FileSafety
import Foundation
import Ledger
import RecordsModel
import Synchronization
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// A group of changes is kept whole or not at all, and leaves nothing to be done by others.
@Suite(.scratch)
struct TransactTests {
    private struct Stopped: Error {}

    private func home() throws -> Home {
        try TestArchive(making: Scratch.folder.appending("home")).home()
    }

    private func event(_ words: String) -> Event {
        let detail: [String: JSONValue] = ["words": .string(words)]
        return Event(seq: 0, time: TestArchive.moment, actor: "Penguji", event: .fixityCheck, detail: detail)
    }

    /// Store, ledger and staging; the catalogue's own files change when it is only opened.
    private func truth(_ home: Home) throws -> [String: String] {
        try TreeSnapshot.of(home.path).filter { !$0.key.hasPrefix("catalogue.sqlite") && $0.key != ".lock" }
    }

    @Test
    func `a group that stays empty changes nothing and leaves no work`() throws {
        let home = try home()
        let before = try truth(home)
        let writer = try ArchiveWriter(home, TestArchive.context(), running: [])
        let said = try writer.transact { group in
            #expect(FileStatus.exists(home.work))
            #expect(group.isEmpty)
            try writer.context.files.create(home.work.appending("half"), Array("half".utf8))
            return "nothing new"
        }
        #expect(said == "nothing new")
        try writer.enter([])
        #expect(!FileStatus.exists(home.work))
        #expect(try truth(home) == before)
    }

    @Test
    func `a body that throws changes nothing, leaves no work, and the writer goes on`() throws {
        let home = try home()
        let before = try truth(home)
        let writer = try ArchiveWriter(home, TestArchive.context(), running: [])
        #expect(throws: Stopped.self) {
            try writer.transact { group in
                group.add(event("never"))
                try writer.context.files.create(home.work.appending("half"), Array("half".utf8))
                throw Stopped()
            }
        }
        #expect(!FileStatus.exists(home.work))
        #expect(try truth(home) == before)
        let size = writer.end.frontier.size
        try writer.enter([event("one"), event("two")])
        #expect(writer.end.frontier.size == size + 2)
        #expect(try home.ledger.readCheckpoint() == writer.end.checkpoint)
        var words: [String] = []
        try home.ledger.read(from: 0) { event, _ in
            if let text = event.detail["words"]?.text { words.append("\(event.seq) \(text)") }
        }
        #expect(words == ["\(size) one", "\(size + 1) two"])
    }

    /// An event of some seconds after the home's last, signed or not.
    private func event(_ words: String, after seconds: Int, isSigned: Bool = false) -> Event {
        var event = event(words)
        event.time = Moment(secondsSinceEpoch: event.time.secondsSinceEpoch + seconds, offset: event.time.offset)
        if isSigned { event.signature = ActSignature(checkpoint: "a", key: "b", value: "c") }
        return event
    }

    @Test
    func `a signed event keeps the time that was signed, and what was made after it and goes in front is no later`()
        throws
    {
        let home = try home()
        let writer = try ArchiveWriter(home, TestArchive.context(), running: [])
        let size = writer.end.frontier.size
        let acts = [
            event("package", after: 7), event("seal", after: 5, isSigned: true), event("print", after: 6),
        ]
        try writer.enter(acts)
        var times: [Int] = []
        try home.ledger.read(from: 0) { event, _ in
            guard event.seq >= size else { return }
            times.append(event.time.secondsSinceEpoch - TestArchive.moment.secondsSinceEpoch)
        }
        #expect(times == [5, 5, 6])
        let before = try truth(home)
        let late = [event("late", after: 3, isSigned: true)]
        #expect(throws: OperationError.self) { try writer.enter(late) }
        #expect(try truth(home) == before, "a clock that was set back meanwhile: nothing is written")
        try writer.enter([event("late", after: 3)])
        #expect(writer.timeOfLastEvent?.secondsSinceEpoch == TestArchive.moment.secondsSinceEpoch + 6)
    }

    @Test
    func `what the catalogue cannot take is kept all the same, and no row of the group stands`() throws {
        let home = try home()
        let writer = try ArchiveWriter(home, TestArchive.context(), running: [])
        let size = writer.end.frontier.size
        let row = "INSERT INTO event (seq, event, line) VALUES (\(size + 1), 'x', '{}')"
        try #require(Tool.run("sqlite3", [home.catalogue.string, row]).status == 0)
        #expect(throws: CatalogueError.self) { try writer.enter([event("one"), event("two")]) }
        #expect(try home.ledger.readCheckpoint().size == size + 2)
        #expect(try writer.catalogue.event(at: size) == nil)
    }

    @Test
    func `a full disk before the intent leaves no work for the next command to speak of`() throws {
        let home = try home()
        let before = try truth(home)
        let isFull = Atomic(false)
        let tripwire = Tripwire { step in
            if step.path.string.hasSuffix("events.jsonl"), step.kind == .write,
                isFull.exchange(false, ordering: .relaxed)
            {
                throw FileSafetyError(.noSpace, operation: "write", path: step.path, reason: "injected")
            }
        }
        do {
            let writer = try ArchiveWriter(home, TestArchive.context(asking: tripwire), running: [])
            isFull.store(true, ordering: .relaxed)
            #expect(throws: FileSafetyError.self) { try writer.enter([event("never")]) }
            let isStillFull = isFull.load(ordering: .relaxed)
            #expect(!isStillFull)
        }
        #expect(!FileStatus.exists(home.work))
        #expect(try truth(home) == before)
    }

    @Test
    func `steps are run in their order, once each, under the lock and with everything in step`() throws {
        let home = try home()
        let seen = Mutex<[String]>([])
        func step(_ name: String) -> HomeStep {
            HomeStep { writer in
                seen.withLock { $0.append(name) }
                #expect(!FileStatus.exists(home.work))
                #expect(try home.ledger.readCheckpoint() == writer.end.checkpoint)
                #expect(try writer.catalogue.progress()?.end == writer.end)
                #expect(throws: FileSafetyError.self) {
                    _ = try ArchiveWriter(home, TestArchive.context(), running: [])
                }
                try writer.enter([event(name)])
            }
        }
        do {
            let writer = try ArchiveWriter(home, TestArchive.context(), running: [step("first"), step("second")])
            #expect(seen.withLock { $0 } == ["first", "second"])
            #expect(try home.ledger.readCheckpoint() == writer.end.checkpoint)
        }
        // A question whose index is missing changes nothing, and so owes the home nothing.
        try FileManager.default.removeItem(atPath: home.catalogue.string)
        let reader = try ArchiveReader(home, TestArchive.context())
        #expect(seen.withLock { $0 } == ["first", "second"])
        #expect(!FileManager.default.fileExists(atPath: home.catalogue.string))
        try reader.catalogue.close()
    }

    @Test
    func `a rebuild carries an interrupted command to its end once, and enters nothing of its own`() throws {
        let home = try home()
        // Once whole, to know the step before which the catalogue follows; then the same, cut short there.
        let counting = FaultPlan()
        do {
            let writer = try ArchiveWriter(home, TestArchive.context(counting), running: [])
            try writer.enter([event("counted")])
        }
        let commit = try #require(counting.steps.lastIndex { $0.kind == .commit })
        do {
            let crash = FaultPlan(failing: commit, kind: .crash)
            let writer = try ArchiveWriter(home, TestArchive.context(crash), running: [])
            #expect(throws: FileSafetyError.self) { try writer.enter([event("cut short")]) }
        }
        #expect(home.hasIntent)
        let notices = Mutex<[String]>([])
        let context = OperationContext(
            actor: "Penguji",
            now: { TestArchive.moment },
            notice: { notice in notices.withLock { $0.append(notice) } }
        )
        let report = try Rebuild.run(home, context)
        #expect(!FileStatus.exists(home.work))
        #expect(try home.ledger.readCheckpoint().size == report.events)
        _ = try ArchiveWriter(home, context, running: [])
        #expect(notices.withLock { $0.filter { $0.contains("carried to its end") }.count } == 1)
    }
}
