import Foundation
import RecordsModel
import Retention
import SystemPackage
import TestSupport
import Testing

struct SampleScheduleTests {
    private static func schedule() throws -> RetentionSchedule {
        let file = Checkout.root.appending("Archive/policy/retention/contoh.csv")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.string)))
        let reading = RetentionSchedule.read(bytes, version: Schedules.version)
        #expect(reading.faults.isEmpty, "\(reading.faults)")
        return try #require(reading.schedule)
    }

    @Test
    func `R60 every row of the shipped schedule is a sample, and names where it comes from`() throws {
        let schedule = try Self.schedule()
        #expect(schedule.rows.count > 20)
        #expect(schedule.rows.allSatisfy { $0.isSample && $0.basis.utf8.starts(with: "CONTOH: ".utf8) })
        #expect(schedule.hasSample)
    }

    @Test
    func `the code decides the fate of much the same paper`() throws {
        let schedule = try Self.schedule()
        #expect(schedule.row(code: "000.7.2.6", type: "rkt")?.disposition.disposition == .permanent)
        #expect(schedule.row(code: "000.7.2.7", type: "rkt")?.disposition.disposition == .destroy)
        #expect(schedule.row(code: "700.1.1.3", type: "rkt")?.disposition.disposition == .destroy)
        #expect(schedule.row(code: "000.1.5", type: "notulen")?.disposition.disposition == .personDecides)
        for code in ["000.5.6.1", "000.5.6.2", "000.5.6.3", "000.5.7"] {
            #expect(schedule.row(code: code, type: "berita-acara") != nil)
        }
        #expect(schedule.row(code: "000.5.6.2", type: "berita-acara")?.disposition.disposition == .permanent)
        #expect(schedule.row(code: "000.5.6.1", type: "berita-acara")?.disposition.disposition == .destroy)
    }
}
