import Acts
import ArchiveHome
import Catalogue
package import Disposal
import Foundation
import Glibc
import OCFLStore
package import RecordsModel

/// What became of one item of a list when it was carried out.
package enum DisposalOutcome: Sendable {
    /// Its bytes are gone from here.
    case removed(Tombstone)
    /// A copy of it is in the package for the receiver.
    case transferred(RecordID)
    /// It stays, for these reasons, each a sentence without a full stop.
    case left(RecordID, [String])
}

/// Removes records from the home, a group at a time: bytes first, then the ledger, then the index.
struct Removal {
    /// How many records a group: what an interruption can leave for the next command to carry to its end.
    static let group = 100

    private let writer: ArchiveWriter
    private let list: DisposalList
    private let packages: [String: [CatalogueDatabase.Holding]]
    /// While records are removed nobody reads, so that no text of theirs comes about behind their removal.
    private let derived: DerivedLock
    private var gone: Set<String> = []
    private var nextCopy: Int

    /// Removing the items of a list that is being executed.
    ///
    /// - Throws: `FileSafetyError`, code `locked`, while another process reads.
    init(_ list: DisposalList, _ writer: ArchiveWriter) throws {
        self.list = list
        self.writer = writer
        derived = try DerivedReadings(home: writer.home, files: writer.context.files)
            .lock(holder: "process \(getpid()) since \(writer.context.now()), which removes records")
        packages = try writer.catalogue.packagesByRecord()
        nextCopy = (list.copies.keys.max() ?? 0) + 1
    }

    /// Removes records that were found to go, and enters why others stay.
    ///
    /// - Returns: what became of each, once it is so for good.
    mutating func carryOut(_ going: [RecordID], leaving: [(RecordID, [SkipReason])]) throws -> [DisposalOutcome] {
        try writer.transact { group in try fill(&group, going, leaving) }
    }

    /// Erases what the removed records left in the index.
    func finish() throws {
        guard !writer.eraseRemoved() else { return }
        throw OperationError(
            .partly,
            message: "the records are removed, and the catalogue's file still holds words of them",
            remedy: "run 'berkas rebuild' once no other command runs"
        )
    }

    private mutating func fill(
        _ group: inout ArchiveWriter.Group,
        _ going: [RecordID],
        _ leaving: [(RecordID, [SkipReason])]
    ) throws -> [DisposalOutcome] {
        var outcomes: [DisposalOutcome] = []
        let ids = Set(going.map(\.description))
        for id in going {
            let stone = try tombstone(of: id)
            let holding = packages[id.description] ?? []
            let kept = holding.filter { $0.isKept && !gone.contains($0.name) }.map(\.name)
            gone.formUnion(kept)
            let contents = Set(stone.versions.flatMap(\.files).map(\.sha512)).sorted()
            group.remove(
                try writer.home.objectID(of: id, in: writer.catalogue),
                packages: kept,
                contents: try contents.filter { try !writer.catalogue.isKept($0, besides: ids) }
            )
            let removed = DisposalItemRemoved(list: list.id, tombstone: stone, packages: kept)
            group.add(try writer.event(removed, record: id))
            let copies = try copies(of: id, stone, holding)
            if !copies.isEmpty {
                group.add(try writer.event(DisposalCopiesListed(list: list.id, copies: copies), record: id))
            }
            outcomes.append(.removed(stone))
        }
        for (id, reasons) in leaving {
            group.add(try writer.event(DisposalItemSkipped(list: list.id, reasons: reasons), record: id))
            outcomes.append(.left(id, reasons.map(\.message)))
        }
        return outcomes
    }

    private func tombstone(of id: RecordID) throws -> Tombstone {
        let versions = try writer.catalogue.versions(of: id).map { row in
            let document = try CanonicalJSON.decode(RecordDocument.self, from: Data(row.document.utf8))
            return Tombstone.Version(
                version: document.version,
                received: document.received,
                receivedBy: document.receivedBy,
                description: document.description,
                files: document.files
            )
        }
        let stone = Tombstone(
            of: id,
            on: list,
            versions: versions,
            by: writer.context.actor,
            at: writer.context.now()
        )
        guard let stone else {
            throw OperationError(
                .damaged,
                message: "\(list.id) is not under execution, or \(id) is not on it",
                remedy: "run 'berkas disposal show \(list.id)'; nothing was removed"
            )
        }
        return stone
    }

    /// The copies elsewhere that the archive knows of: paper, packages that were given out, the archive it came from.
    private mutating func copies(
        of id: RecordID,
        _ stone: Tombstone,
        _ holding: [CatalogueDatabase.Holding]
    ) throws -> [KnownCopy] {
        var places: [(KnownCopy.Class, String)] = []
        let locations = stone.versions.compactMap(\.description.location).filter { !$0.isBlank }
        for place in locations where !places.contains(where: { $0.1 == place }) { places.append((.paper, place)) }
        let isInk = stone.versions.contains { $0.description.signature == .wet }
        if locations.isEmpty, isInk {
            places.append((.paper, "the paper with the signature in ink; its place was not entered"))
        }
        places += holding.filter { !$0.isKept }.map { (.package, $0.name) }
        for line in try writer.catalogue.events(of: id) {
            let event = try Event(line: line)
            guard event.event == .accession else { continue }
            let origin = event.detail["checkpoint"]?.text?.split(separator: "\n").first.map(String.init)
            places.append((.other, "the archive that it came from: " + (origin ?? event.detail["bag"]?.text ?? "")))
        }
        for place in writer.home.settings.backups { places.append((.backup, place)) }
        return places.map { kind, place in
            defer { nextCopy += 1 }
            return KnownCopy(number: nextCopy, kind: kind, place: place)
        }
    }
}
