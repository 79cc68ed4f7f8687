import Acts
import ArchiveHome
import Catalogue
import Operations
import RecordsModel
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// Where the clock leapt forward, as the catalogue tells it without reading the whole ledger.
@Suite(.scratch)
struct ClockLeapTests {
    private static let day = 86_400
    private static let begin = TestArchive.moment.secondsSinceEpoch

    private static func moment(_ second: Int) -> Moment { Moment(secondsSinceEpoch: second, offset: 8 * 3600) }

    private static func context(_ second: Int) -> OperationContext {
        let now = moment(second)
        return OperationContext(actor: "Penguji", now: { now })
    }

    /// Enters an event at each of these seconds, all of them in one group.
    private static func enter(_ seconds: [Int], in archive: TestArchive) throws {
        guard let last = seconds.last else { return }
        let writer = try ArchiveWriter(archive.home(), context(last), running: [])
        try writer.enter(
            seconds.map {
                Event(seq: 0, time: moment($0), actor: "Penguji", event: .fixityCheck, detail: ["scope": .string("x")])
            }
        )
    }

    private static func leaps(_ archive: TestArchive, at second: Int, over days: Int) throws -> [ClockLeap] {
        let reader = try ArchiveReader(archive.home(), context(second))
        return try reader.catalogue.clockLeaps(over: days, until: moment(second))
    }

    @Test(arguments: [1, 2, 3, 4, 5])
    func `the leaps that are found are those of a walk over every event`(seed: Int) throws {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        var number = UInt64(seed)
        func next(_ bound: Int) -> Int {
            number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(number >> 33) % bound
        }
        var seconds: [Int] = []
        var second = Self.begin
        for _ in 0..<200 {
            second += next(12) == 0 ? next(90) * Self.day + next(3) : next(9 * Self.day)
            seconds.append(second)
        }
        try Self.enter(seconds, in: archive)
        let times = [Self.begin] + seconds
        let expected = zip(times, times.dropFirst()).filter { $1 - $0 > 45 * Self.day }.map { $0.1 }
        let found = try Self.leaps(archive, at: second, over: 45)
        #expect(found.map(\.to.secondsSinceEpoch) == expected)
        #expect(!expected.isEmpty, "a test without a leap proves nothing")
        #expect(found.allSatisfy { ($0.seq ?? 0) > 0 && $0.days >= 45 })
    }

    @Test func `exactly the days that are allowed are no leap, and a second more is one; now counts as an event`()
        throws
    {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        #expect(try Self.leaps(archive, at: Self.begin + 45 * Self.day, over: 45).isEmpty)
        let found = try Self.leaps(archive, at: Self.begin + 45 * Self.day + 1, over: 45)
        #expect(found.count == 1 && found.first?.seq == nil)
        #expect(try Self.leaps(archive, at: Self.begin + 45 * Self.day + 1, over: 46).isEmpty)
    }

    @Test func `what a time from outside has reached is no leap, and what lies further ahead of it still is one`()
        throws
    {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        let far = Self.begin + 2000 * Self.day
        try Self.enter([far], in: archive)
        #expect(try Self.leaps(archive, at: far, over: 45).count == 1)
        func enter(outside second: Int) throws {
            let time = Moment(secondsSinceEpoch: second, offset: 0).description
            let writer = try ArchiveWriter(archive.home(), Self.context(far), running: [])
            try writer.enter([
                Event(
                    seq: 0,
                    time: Self.moment(far),
                    actor: "Penguji",
                    event: .timeStampAccepted,
                    detail: ["time": .string(time)]
                )
            ])
        }
        try enter(outside: far - 46 * Self.day)
        #expect(try Self.leaps(archive, at: far, over: 45).count == 1)
        try enter(outside: far - 44 * Self.day)
        #expect(try Self.leaps(archive, at: far, over: 45).isEmpty)
        // What the clock says now is as far behind that time as any event may be.
        #expect(try Self.leaps(archive, at: far + 2 * Self.day, over: 45).isEmpty)
        #expect(try Self.leaps(archive, at: far + 46 * Self.day, over: 45).map(\.seq) == [nil])
        // A catalogue made anew says the same.
        _ = try ArchiveWriter(archive.home(), Self.context(far), makesIndexAnew: true, running: [])
        #expect(try Self.leaps(archive, at: far, over: 45).isEmpty)
    }

    @Test func `a leap stays after events of the leaping clock, until it is confirmed; a later one is another`() throws
    {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        let far = Self.begin + 2000 * Self.day
        try Self.enter([far, far + 1, far + 2], in: archive)
        #expect(try Self.leaps(archive, at: far + 3, over: 45).map(\.seq) == [1])
        let writer = try ArchiveWriter(archive.home(), Self.context(far + 4), running: [])
        #expect(throws: RefusedError.self) { try ClockActs(writer).confirm(reason: " ") }
        let confirmed = try ClockActs(writer).confirm(reason: "libur")
        #expect(confirmed.leaps.count == 1)
        #expect(try writer.clockLeaps().isEmpty)
        #expect(throws: RefusedError.self) { try ClockActs(writer).confirm(reason: "lagi") }
        #expect(try Self.leaps(archive, at: far + 5, over: 45).isEmpty)
        #expect(try Self.leaps(archive, at: far + 100 * Self.day, over: 45).count == 1)
        // How the office counts is read from the same table, and is not disturbed.
        #expect(try writer.catalogue.lastCounting() == nil && writer.catalogue.countingLines().isEmpty)
    }
}
