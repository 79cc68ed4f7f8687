package import Acts
package import ArchiveHome
package import Disposal
import FileSafety
import Fixity
package import RecordsModel
package import SystemPackage

/// Hands the records of a list over: deposit with the archives (penyerahan) or move to the unit kearsipan (pemindahan).
///
/// Package first, then the receiver's word, and only then, if it is asked for and allowed, removal here.
package struct TransferActs {
    private let writer: ArchiveWriter

    /// Handing over under a lock that is held.
    package init(_ writer: ArchiveWriter) { self.writer = writer }

    private var actor: String { writer.context.actor }

    /// What a start made.
    package struct Started: Sendable {
        /// The list as it stands now.
        package let list: DisposalList
        /// The package; nil where every item was left out.
        package let package: Pack.Outcome?
    }

    /// Packs what may go, and enters that each record is in the package; what may not go is left out with its reasons.
    ///
    /// - Parameters:
    ///   - id: the list, approved.
    ///   - path: the package's file, outside the home; its ending tells the format.
    ///   - place: where it is handed over.
    ///   - method: how, such as a medium.
    ///   - item: told what became of each item.
    /// - Returns: the list and the package.
    /// - Throws: `RefusedError`; what packing throws.
    package func start(
        _ id: DisposalID,
        to path: FilePath,
        place: String,
        method: String,
        item: (DisposalOutcome) throws -> Void
    ) throws -> Started {
        let act = "hand over \(id)"
        var desk = try DisposalDesk(writer)
        let waiting = try desk.obstacles + writer.clockRefusals()
        try writer.require(waiting + wrongKind(desk.book[id], id), act: act, subject: id.description)
        let begun = try writer.allowed(
            desk.rules.begin(id, witnesses: [], due: desk.schedule, place: place, method: method, by: actor),
            act: act,
            subject: id.description
        )
        if desk.book[id]?.state == .approved {
            try writer.enter(signing: writer.event(begun), as: .handOver, subject: id.description)
        }
        let list = try writer.books.disposals().list(id)
        var going: [RecordID] = []
        var leaving: [(RecordID, [SkipReason])] = []
        for item in list.pending {
            let current = try desk.current(item, of: list.kind, in: writer.root)
            // A hold keeps records from leaving for good, not from being copied to the archives: it is asked about
            // again before anything is removed here.
            var copying = current
            copying.holds = []
            copying.dossierHolds = []
            switch item.recheck(against: copying, list: list, today: desk.rules.today) {
            case .go: going.append(item.record)
            case .skip(let reasons), .stop(let reasons): leaving.append((item.record, reasons))
            }
        }
        let package = going.isEmpty ? nil : try Pack(writer).run(.records(going), to: .file(path))
        var events: [Event] = []
        if let package {
            let detail = DisposalItemTransferred(
                list: id,
                package: path.lastComponent?.string ?? path.string,
                sha512: package.sha512
            )
            events += try going.map { try writer.event(detail, record: $0) }
        }
        events += try leaving.map { try writer.event(DisposalItemSkipped(list: id, reasons: $0.1), record: $0.0) }
        if !events.isEmpty { try writer.enter(events) }
        for record in going { try item(.transferred(record)) }
        for (record, reasons) in leaving { try item(.left(record, reasons.map(\.message))) }
        return Started(list: try writer.books.disposals().list(id), package: package)
    }

    /// Records the receiver's word (R31).
    ///
    /// - Throws: `RefusedError`.
    package func receive(
        _ id: DisposalID,
        receiver: String,
        on date: CivilDate,
        letter: RecordID,
        digests: [String]
    ) throws {
        let desk = try DisposalDesk(writer)
        let act = "record a receipt for \(id)"
        try writer.require(writer.clockRefusals(), act: act, subject: id.description)
        let verdict = desk.rules.receive(
            id,
            receiver: receiver,
            date: date,
            letter: letter,
            digests: digests,
            paper: desk.paper,
            by: actor
        )
        let received = try writer.allowed(verdict, act: act, subject: id.description)
        try writer.enter([writer.event(received)])
    }

    /// Removes here what the receiver has confirmed, and closes the list; what may not go stays.
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - packages: the files of the packages that were handed over, which are read before anything is removed.
    ///   - item: told what became of each item.
    /// - Returns: the list as it stands now.
    /// - Throws: `RefusedError` where nothing at all may be removed; `OperationError`, code `damaged` or `interrupted`.
    package func remove(
        _ id: DisposalID,
        packages: [FilePath],
        item: (DisposalOutcome) throws -> Void
    ) throws -> DisposalList {
        let act = "remove here what \(id) handed over"
        var desk = try DisposalDesk(writer)
        let list = try desk.book.list(id)
        let waiting = try desk.obstacles + writer.clockRefusals()
        try writer.require(waiting + wrongKind(list, id), act: act, subject: id.description)
        var going: [RecordID] = []
        var staying: [(RecordID, [Refusal])] = []
        for entry in list.transferred {
            let current = try desk.current(entry, of: list.kind, in: writer.root)
            let refusals = desk.rules.removalRefusals(of: entry.record, on: id, current: current, by: actor)
            if refusals.isEmpty { going.append(entry.record) } else { staying.append((entry.record, refusals)) }
        }
        if going.isEmpty {
            let nothing = Refusal(
                .nothingLeft,
                id.description,
                "nothing of \(id) waits to be removed here",
                remedy: "see 'berkas disposal show \(id)'"
            )
            let why = staying.flatMap(\.1)
            try writer.require(why.isEmpty ? [nothing] : why, act: act, subject: id.description)
        }
        let lost = desk.rules.packageRefusals(list, found: try digests(of: packages))
        try writer.require(lost, act: act, subject: id.description)
        try writer.requireProof()
        var removal = try Removal(list, writer)
        var rest = going[...]
        while !rest.isEmpty {
            try writer.context.stopIfInterrupted()
            let group = rest.prefix(Removal.group)
            rest = rest.dropFirst(group.count)
            for outcome in try removal.carryOut(Array(group), leaving: []) { try item(outcome) }
        }
        for (record, refusals) in staying {
            let attempt = RefusedAttempt(act: act, subject: record.description, refusals: refusals)
            try writer.enter([writer.event(attempt, record: record)])
            try item(.left(record, refusals.map(\.message)))
        }
        let left = staying.isEmpty ? try writer.finish(id) : try writer.books.disposals().list(id)
        try removal.finish()
        return left
    }

    /// The SHA-512 of files; one that is not there or cannot be read shows nothing, and is told.
    private func digests(of packages: [FilePath]) throws -> Set<String> {
        var found: Set<String> = []
        for path in packages {
            do {
                found.insert(try FileDigester().read(try OpenFile.reading(path)).digest.hex)
            } catch let error as FileSafetyError {
                writer.context.notice("'\(path.shown.displayed)' cannot be read: \(error.reason)")
            }
        }
        return found
    }

    /// Closes a list whose receiver has confirmed; what was handed over stays here too.
    ///
    /// - Throws: `RefusedError` without the receiver's word.
    package func close(_ id: DisposalID) throws -> DisposalList {
        let act = "close \(id)"
        let desk = try DisposalDesk(writer)
        let list = try desk.book.list(id)
        var refusals = wrongKind(list, id)
        refusals += desk.rules.people.refusals(of: act, by: actor, needing: .recordReceipt)
        if list.state != .executing || !list.pending.isEmpty || (!list.transferred.isEmpty && list.receipt == nil) {
            let message =
                "\(id) is \(list.state.rawValue), and \(list.receipt == nil ? "has no receipt" : "was confirmed")"
            refusals.append(
                Refusal(
                    .wrongState,
                    id.description,
                    message,
                    remedy: "see 'berkas disposal show \(id)' for what comes next"
                )
            )
        }
        try writer.require(refusals, act: act, subject: id.description)
        return try writer.finish(id)
    }

    private func wrongKind(_ list: DisposalList?, _ id: DisposalID) -> [Refusal] {
        guard list?.kind == .destroy else { return [] }
        return [
            Refusal(
                .wrongState,
                id.description,
                "\(id) destroys, and hands nothing over",
                remedy: "carry it out with 'berkas disposal execute \(id)'"
            )
        ]
    }
}
