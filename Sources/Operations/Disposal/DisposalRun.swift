package import Acts
package import ArchiveHome
package import Disposal
import Ledger
import RecordsModel

/// Carries out a list that destroys (pemusnahan).
///
/// Before anything goes, the ledger is recomputed and the catalogue is held against it and the store: nothing is destroyed
/// on the word of an index. Then each item is asked about again, goes with its tombstone, or stays with its reasons; a run
/// that was ended anywhere goes on with what is left.
package struct DisposalRun {
    private let writer: ArchiveWriter

    /// A run under a lock that is held.
    package init(_ writer: ArchiveWriter) { self.writer = writer }

    /// Executes a list, or goes on with an execution that was interrupted.
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - witnesses: who looks on; may be empty for a run that goes on.
    ///   - place: where, as the berita acara says it.
    ///   - method: how.
    ///   - item: told what became of each item, once it is so for good.
    /// - Returns: the list as it stands now.
    /// - Throws: `RefusedError`, `OperationError`: `damaged` where truth and index do not agree, `interrupted`.
    package func run(
        _ id: DisposalID,
        witnesses: [String],
        place: String,
        method: String,
        item: (DisposalOutcome) throws -> Void
    ) throws -> DisposalList {
        let act = "execute \(id)"
        var desk = try DisposalDesk(writer)
        var refusals = try desk.obstacles + writer.clockRefusals()
        if let list = desk.book[id], list.kind != .destroy {
            let message = "\(id) is a list '\(list.kind.rawValue)', and nothing of it is destroyed"
            refusals.append(
                Refusal(.wrongState, id.description, message, remedy: "hand it over with 'berkas transfer start \(id)'")
            )
        }
        try writer.require(refusals, act: act, subject: id.description)
        let begun = try writer.allowed(
            desk.rules.begin(
                id,
                witnesses: witnesses,
                due: desk.schedule,
                place: place,
                method: method,
                by: writer.context.actor
            ),
            act: act,
            subject: id.description
        )
        try writer.requireProof()
        if desk.book[id]?.state == .approved {
            try writer.enter(signing: writer.event(begun), as: .execute, subject: id.description)
        }
        let list = try writer.books.disposals().list(id)
        var removal = try Removal(list, writer)
        let counter = ProgressCounter(
            phase: "records",
            totalItems: list.pending.count,
            totalBytes: nil,
            report: writer.context.progress
        )
        var rest = list.pending[...]
        while !rest.isEmpty {
            try writer.context.stopIfInterrupted()
            let group = rest.prefix(Removal.group)
            rest = rest.dropFirst(group.count)
            let (going, leaving) = try recheck(Array(group), list, &desk)
            for outcome in try removal.carryOut(going, leaving: leaving) { try item(outcome) }
            counter.add(items: group.count, bytes: 0)
        }
        let executed = try writer.finish(id)
        try removal.finish()
        return executed
    }

    private func recheck(
        _ items: [DisposalItem],
        _ list: DisposalList,
        _ desk: inout DisposalDesk
    ) throws -> (going: [RecordID], leaving: [(RecordID, [SkipReason])]) {
        var going: [RecordID] = []
        var leaving: [(RecordID, [SkipReason])] = []
        for item in items {
            let current = try desk.current(item, of: list.kind, in: writer.root)
            switch item.recheck(against: current, list: list, today: desk.rules.today) {
            case .go: going.append(item.record)
            case .skip(let reasons): leaving.append((item.record, reasons))
            case .stop(let reasons):
                let refusals = reasons.map {
                    Refusal(
                        .scheduleChanged,
                        list.id.description,
                        $0.message,
                        remedy: "cancel \(list.id), and propose anew"
                    )
                }
                try writer.require(refusals, act: "execute \(list.id)", subject: list.id.description)
            }
        }
        return (going, leaving)
    }
}

extension ArchiveWriter {
    /// Holds the ledger against its own tree, and the catalogue against ledger and store.
    ///
    /// - Throws: `OperationError`, code `damaged`, with the first of what does not agree.
    func requireProof() throws {
        let facts = try LedgerFacts.read(home)
        var report = VerifyReport()
        report.findings += facts.report.findings.map { VerifyFinding($0, in: facts.report) }
        try CatalogueSweep(home: home, context: context).run(only: [], into: &report)
        guard let first = report.findings.first else { return }
        throw OperationError(
            .damaged,
            message:
                "ledger, store and catalogue do not agree in \(report.findings.count) places, such as: \(first.message)",
            remedy: "run 'berkas verify' and mend what it names; nothing was removed"
        )
    }

    /// Enters that nothing of a list is left to do, where that is so.
    func finish(_ id: DisposalID) throws -> DisposalList {
        let list = try books.disposals().list(id)
        guard list.state == .executing, list.pending.isEmpty else { return list }
        try enter([event(DisposalExecuted(list))])
        return try books.disposals().list(id)
    }
}
