import Acts
import ArchiveHome
import Catalogue
import Disposal
import FileSafety
import Foundation
import Packaging
import RecordsModel
import SystemPackage

/// Holds that go along with records into another archive, so that nothing is destroyed there that is held here.
enum CarriedHolds {
    /// The holds in force on records, one a line, each naming just these records and where it comes from.
    static func lines(on records: [RecordID], writer: ArchiveWriter) throws -> [UInt8] {
        var holds = try Holds(writer.home, writer.books)
        let carried = try holds.carried(with: records, from: writer.home.settings.ledgerOrigin)
        return try carried.flatMap { try CanonicalJSON.line($0) + [UInt8(ascii: "\n")] }
    }

    /// The events by which holds were lifted that had taken effect on records, one a line, to the letter.
    ///
    /// They belong to no record, and without them nobody could tell a hold that was lifted from one that was left out.
    static func releases(amongst events: [Event], writer: ArchiveWriter) throws -> [UInt8] {
        let applied = Set(events.filter { $0.event == .holdApplied }.compactMap { $0.detail["hold"]?.text })
        if applied.isEmpty { return [] }
        var lines: [UInt8] = []
        try writer.catalogue.eachEvent(kind: EventType.holdReleased.rawValue) { line in
            guard let hold = try Event(line: line).detail["hold"]?.text, applied.contains(hold) else { return }
            lines += Array(line.utf8) + [UInt8(ascii: "\n")]
        }
        return lines
    }

    /// The holds that a package says were lifted, with the events that say so.
    ///
    /// - Throws: `OperationError`, code `damaged`, where a line cannot be read.
    static func released(_ bag: StagedBag) throws -> [(event: Event, said: HoldReleased)] {
        try values(of: PackageLayout.releases, in: bag, otherwise: "lifts no hold") { line in
            guard let event = try? CanonicalJSON.decode(Event.self, from: line),
                let said = try? HoldReleased(of: event)
            else {
                return nil
            }
            return (event, said)
        }
    }

    /// What the lines of a file of a package say; none where there is no such file.
    ///
    /// - Throws: `OperationError`, code `damaged`, where a line says nothing: what would be missing is not guessed.
    private static func values<Value>(
        of name: String,
        in bag: StagedBag,
        otherwise fault: String,
        _ read: (Data) -> Value?
    ) throws -> [Value] {
        guard let file = bag.file(name) else { return [] }
        let path = bag.folder.pushing(FilePath(String(decoding: file.path, as: UTF8.self)))
        let bytes = try OpenFile.content(of: path, limit: 64 << 20)
        return try bytes.split(separator: UInt8(ascii: "\n")).enumerated().map { index, line in
            guard let value = read(Data(line)) else {
                throw OperationError(
                    .damaged,
                    message: "line \(index + 1) of '\(name)' in the package \(fault)",
                    remedy: "ask for the package anew; nothing was imported"
                )
            }
            return value
        }
    }

    /// Where the holds that a package lists and the events of its records do not agree, one refusal a record and hold.
    ///
    /// - Parameters:
    ///   - placed: the holds in force, as the package lists them.
    ///   - lifted: the holds that it says were lifted.
    ///   - records: the records with their events. Events that came from archives further back are not asked: those holds
    ///     were placed anew by the archive that made the package.
    /// - Returns: the refusals; empty where they agree.
    /// - Throws: `EventFault` for an event that says what cannot be.
    static func disagreements(
        _ placed: [HoldPlaced],
        lifted: Set<HoldID>,
        _ records: [PackagedRecord]
    ) throws -> [Refusal] {
        var listed: [RecordID: Set<HoldID>] = [:]
        for hold in placed {
            guard case .records(let ids) = hold.scope else { continue }
            for id in ids { listed[id, default: []].insert(hold.hold) }
        }
        var refusals: [Refusal] = []
        for record in records {
            var told: Set<HoldID> = []
            for value in record.events where value["event"]?.text == EventType.holdApplied.rawValue {
                let event = try CanonicalJSON.decode(Event.self, from: CanonicalJSON.line(value))
                told.insert(try HoldApplied(of: event).hold)
            }
            let held = told.subtracting(lifted)
            let here = listed[record.id] ?? []
            refusals += held.subtracting(here).sorted().map {
                refusal(record.id, "its events say that \($0) holds it, and '\(PackageLayout.holds)' does not name it")
            }
            refusals += here.subtracting(held).sorted().map {
                refusal(record.id, "'\(PackageLayout.holds)' says that \($0) holds it, and its events do not")
            }
        }
        return refusals
    }

    private static func refusal(_ record: RecordID, _ why: String) -> Refusal {
        Refusal(
            .holdsDisagree,
            record.description,
            "\(record): \(why)",
            remedy: "ask the archive that sent it to pack it anew: 'berkas pack \(record) --to FILE'"
        )
    }

    /// The holds that came with a package.
    ///
    /// - Throws: `OperationError`, code `damaged`, where a line cannot be read: the records would come in without it.
    static func read(_ bag: StagedBag) throws -> [HoldPlaced] {
        try values(of: PackageLayout.holds, in: bag, otherwise: "is no hold") { line in
            let hold = try? CanonicalJSON.decode(HoldPlaced.self, from: line)
            guard let hold, hold.faults.isEmpty, hold.origin != nil, case .records = hold.scope else { return nil }
            return hold
        }
    }
}

extension ArchiveWriter {
    /// Places the holds that come with records, under numbers of this archive, before the records are kept.
    ///
    /// Whoever imports need not be allowed to place holds: they are in force already. One that was lifted here stays
    /// lifted, however often the package comes in.
    func place(_ carried: [HoldPlaced], on records: Set<RecordID>) throws {
        var book = try books.holds()
        for hold in carried {
            guard case .records(let named) = hold.scope else { continue }
            var known: Set<RecordID> = []
            for there in book.holds where there.terms.origin == hold.origin {
                if case .records(let ids) = there.terms.scope { known.formUnion(ids) }
            }
            let fresh = named.filter { records.contains($0) && !known.contains($0) }
            guard !fresh.isEmpty else { continue }
            guard let number = book.nextID(in: context.now().date.year) else {
                throw OperationError(
                    .exists,
                    message: "the numbers of holds of this year are used up",
                    remedy: "import again next year; nothing was imported"
                )
            }
            var placed = hold
            placed.hold = number
            placed.scope = .records(fresh)
            try enter([event(placed)])
            book = try books.holds()
        }
    }
}
