import ArchiveHome
import Catalogue
import Foundation
import Operations
import RecordsModel
import Synchronization
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// Copies of a home that is being written to.
@Suite(.scratch, .serialized)
struct HotCopyTests {
    /// A home with a writer that goes on while its gate is open.
    private final class LiveHome: Sendable {
        let archive: TestArchive
        private struct State {
            var kept: Set<String> = []
            var isOpen = false
            var isDone = false
            var failure: String?
        }
        private let state = Mutex(State())

        init(_ path: FilePath) throws { archive = try TestArchive(making: path) }

        /// What was reported as kept so far.
        var kept: Set<String> { state.withLock { $0.kept } }
        var failure: String? { state.withLock { $0.failure } }

        func open() { state.withLock { $0.isOpen = true } }
        func close() { state.withLock { $0.isOpen = false } }
        func end() { state.withLock { $0.isDone = true } }

        /// Takes in records, versions and packages until it is ended.
        func write(batches: FilePath) {
            var number = 0
            while !state.withLock({ $0.isDone }) {
                guard state.withLock({ $0.isOpen }) else {
                    usleep(300)
                    continue
                }
                number += 1
                do {
                    try work(number, batches)
                } catch {
                    state.withLock { $0.failure = "\(error)" }
                    return
                }
            }
        }

        private func work(_ number: Int, _ batches: FilePath) throws {
            let context = TestArchive.context()
            if number % 9 == 5 {
                let writer = try ArchiveWriter(try archive.home(), context)
                _ = try Pack(writer).run(.year(2024), to: .home(ending: "tar"))
            } else {
                var rows = [BatchFolder.Row("berkas-\(number).txt", "isi \(number)")]
                if number % 2 == 0 {
                    rows.append(BatchFolder.Row("draf-\(number).txt", "draf \(number)").labelled("draf"))
                }
                let batch = try BatchFolder(batches.appending("\(number)"), rows)
                let done = archive.ingest(batch, rowsPerGroup: 1)
                if let error = done.error { throw error }
                state.withLock { $0.kept.formUnion(done.kept.map { String($0.prefix { $0 != " " }) }) }
            }
        }
    }

    /// The same numbers in every run, so that a failure can be had again.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private func versions(_ archive: TestArchive) throws -> Set<String> {
        let reader = try ArchiveReader(try archive.home(), TestArchive.context())
        var found: Set<String> = []
        var ids: [RecordID] = []
        try reader.catalogue.list(.init()) { if let id = RecordID($0.id) { ids.append(id) } }
        for id in ids {
            for version in try reader.catalogue.versions(of: id) { found.insert("\(id)@v\(version.version)") }
        }
        return found
    }

    @Test func `200 copies of a live home all open, all repair, and lose nothing that was reported as kept before`()
        throws
    {
        var numbers = Numbers(state: 20_261_123)
        var copies = 0
        var repaired = 0
        var backwards = 0
        for epoch in 0..<10 {
            let live = try LiveHome(Scratch.folder.appending("live-\(epoch)"))
            let batches = Scratch.folder.appending("batches-\(epoch)")
            let thread = Thread { live.write(batches: batches) }
            thread.stackSize = 8 << 20
            thread.start()
            defer { live.end() }
            for number in 0..<20 {
                live.open()
                usleep(UInt32.random(in: 0..<30_000, using: &numbers))
                let before = live.kept
                let copy = TestArchive(at: Scratch.folder.appending("copy"))
                // A file that goes away while it is copied is no failure of the copy that is made.
                _ = try Tool.run("cp", ["-a", live.archive.path.string, copy.path.string])
                live.close()
                #expect(live.failure == nil)
                let place: Comment = "copy \(number) of \(epoch)"
                let steps = try check(copy, before, place)
                copies += 1
                if steps.taken > 0 { repaired += 1 }
                if steps.wentBack { backwards += 1 }
                try FileManager.default.removeItem(atPath: copy.path.string)
            }
        }
        print("\(copies) copies, \(repaired) of them repaired, \(backwards) taken back to an earlier line")
        #expect(copies == 200)
        #expect(repaired > 20, "a copy that is never torn proves nothing")
    }

    private func check(_ copy: TestArchive, _ before: Set<String>, _ place: Comment) throws -> (
        taken: Int, wentBack: Bool
    ) {
        let home = try copy.home()
        let context = TestArchive.context()
        do {
            _ = try ArchiveReader(home, context)
        } catch {
            #expect(ErrorWords.of(error).contains("berkas re"), "\(error) \(place)")
        }
        _ = try Repair(home, context).plan()
        var report = try Repair(home, context).run()
        var taken = report.steps.count
        // What the store does not have any more is named with the line to go back to.
        var wentBack = false
        while !report.obstacles.isEmpty {
            let lines = report.obstacles.compactMap { obstacle in
                obstacle.remedy.firstMatch(of: /berkas repair --back-to ([0-9]+)/).flatMap { Int($0.output.1) }
            }
            guard let line = lines.min(), !wentBack else {
                #expect(report.obstacles.isEmpty, "\(report.obstacles) \(place)")
                break
            }
            wentBack = true
            report = try Repair(home, context).run(backTo: line)
            taken += report.steps.count
        }
        let findings = try copy.faults()
        #expect(findings.isEmpty, "\(findings) \(place)")
        let there = try versions(copy)
        #expect(before.subtracting(there).isEmpty, "lost: \(before.subtracting(there)) \(place)")
        #expect(try Repair(home, context).plan().steps.isEmpty, place)
        return (taken, wentBack)
    }
}
