import ArchiveHome
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

    /// The holds that came with a package.
    ///
    /// - Throws: `OperationError`, code `damaged`, where a line cannot be read: the records would come in without it.
    static func read(_ bag: StagedBag) throws -> [HoldPlaced] {
        guard let file = bag.file(PackageLayout.holds) else { return [] }
        let path = bag.folder.pushing(FilePath(String(decoding: file.path, as: UTF8.self)))
        let bytes = try OpenFile.content(of: path, limit: 64 << 20)
        return try bytes.split(separator: UInt8(ascii: "\n")).enumerated().map { index, line in
            let hold = try? CanonicalJSON.decode(HoldPlaced.self, from: Data(line))
            guard let hold, hold.faults.isEmpty, hold.origin != nil, case .records = hold.scope else {
                throw OperationError(
                    .damaged,
                    message: "line \(index + 1) of '\(PackageLayout.holds)' in the package is no hold",
                    remedy: "ask for the package anew; nothing was imported"
                )
            }
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
