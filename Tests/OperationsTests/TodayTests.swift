import ArchiveHome
import Catalogue
import Operations
import RecordsModel
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// The row about dossiers is there where somebody tells of them, and nowhere else.
@Suite(.scratch)
struct TodayTests {
    private func report(_ dossiers: Today.Dossiers?) throws -> TodayReport {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        return try Today(archive.home(), TestArchive.context(), dossiers: dossiers).run(asOf: nil)
    }

    @Test func `without an assessment there is no row about dossiers`() throws {
        let rows = try report(nil).rows
        let silent: [TodayReport.Topic] = [.dossiers, .clock, .policy]
        #expect(rows.map(\.topic) == TodayReport.Topic.allCases.filter { !silent.contains($0) })
    }

    @Test func `an assessment is asked for the day, and its first items stand in front of everything`() throws {
        let items = (1...12).map { TodayReport.Item("RKT/\(2000 + $0)", "terlambat", day: TestArchive.moment.date) }
        let made = try report { _, _, day in
            #expect(day == TestArchive.moment.date)
            return DossierStanding(items)
        }
        let row = try #require(made.rows.first)
        #expect(row.topic == .dossiers && row.isCalling && row.count == 12)
        #expect(row.items == Array(items.prefix(Today.shown)))
    }

    @Test func `an assessment that finds nothing late is quiet`() throws {
        let row = try #require(try report { _, _, _ in DossierStanding([]) }.rows.first)
        #expect(row.topic == .dossiers && !row.isCalling && row.remedy == nil)
    }
}
