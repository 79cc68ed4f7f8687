import Acts
package import ArchiveHome
package import Catalogue
import Disposal
import FileSafety
import Fixity
package import Foundation
import OfficeFiles
package import RecordsModel
package import Retention
package import SystemPackage

/// A proposed schedule with what it would change.
package struct ScheduleProposal: Sendable {
    /// The schedule; nil where the file has faults.
    package let schedule: RetentionSchedule?
    /// What is wrong with its rows, and the warnings.
    package let faults: [Fault]
    /// What it would change; nil where the file has faults.
    package let simulation: ScheduleSimulation?
    /// The simulation as canonical JSON; its digest is what an adoption names.
    package let report: Data
    /// SHA-512 of the report, 128 hexadecimal digits.
    package let digest: String
    let content: [UInt8]

    /// Reads a schedule and holds it against the one in force.
    ///
    /// - Parameters:
    ///   - file: the schedule, CSV.
    ///   - desk: what is in force.
    ///   - catalogue: the records.
    ///   - asOf: the day that "due at once" means.
    /// - Throws: `FileSafetyError` where it cannot be read, `OfficeFileError` for its encoding.
    package init(_ file: FilePath, desk: RetentionDesk, catalogue: CatalogueDatabase, asOf: CivilDate) throws {
        content = try OpenFile.content(of: file, limit: Home.scheduleLimit)
        let reading = RetentionSchedule.read(
            try TextEncoding.utf8(content, of: file),
            version: ScheduleVersion(digest: Digest.of(content, .sha512).hex, adopted: nil),
            fiscalMonth: desk.settings.fiscalMonth,
            knownTypes: desk.procedure.types.map(\.id)
        )
        schedule = reading.schedule
        faults = reading.faults
        guard let schedule else {
            (simulation, report, digest) = (nil, Data(), "")
            return
        }
        let facts = try desk.facts(of: nil, in: catalogue)
        let made = ScheduleSimulation(
            inForce: desk.adopted == nil ? nil : desk.calculator(desk.schedule, over: facts),
            proposed: desk.calculator(schedule, over: facts),
            records: facts,
            asOf: asOf
        )
        simulation = made
        report = try CanonicalJSON.document(made)
        digest = Digest.of(Array(report), .sha512).hex
    }
}

/// Decides about retention: which schedule is in force, under which code a record stands, when something happened.
package struct RetentionActs {
    private let writer: ArchiveWriter
    private let people: People

    /// Deciding under a lock that is held.
    package init(_ writer: ArchiveWriter) throws {
        self.writer = writer
        people = try writer.home.people()
    }

    private var actor: String { writer.context.actor }

    /// Adopts a schedule: from here on it is in force, and the one before stays as it was (R5, R6).
    ///
    /// - Parameters:
    ///   - file: the schedule, CSV.
    ///   - authority: the regulation that it comes from, verbatim (R60).
    ///   - simulation: the digest of the simulation that was looked at, or at least its first 12 digits.
    ///   - asOf: the day that the simulation was made for.
    /// - Returns: what was entered.
    /// - Throws: `RefusedError` where the person may not, where the file has faults, or where the simulation is another one.
    package func adopt(
        _ file: FilePath,
        authority: String,
        simulation: String,
        asOf: CivilDate
    ) throws -> (proposal: ScheduleProposal, adopted: ScheduleAdopted) {
        let act = "adopt a retention schedule"
        let desk = try RetentionDesk(writer.home, writer.catalogue)
        let proposal = try ScheduleProposal(file, desk: desk, catalogue: writer.catalogue, asOf: asOf)
        let digest = Digest.of(proposal.content, .sha512).hex
        var refusals = people.refusals(of: act, by: actor, needing: .adoptSchedule)
        if authority.isBlank {
            refusals.append(
                Refusal(.missing, file.string, "no authority is named", remedy: "give the regulation with --authority")
            )
        }
        if proposal.schedule == nil {
            let count = proposal.faults.count { $0.severity == .fault }
            refusals.append(
                Refusal(
                    .malformed,
                    file.string,
                    "the schedule has \(count) faults",
                    remedy: "run 'berkas retention simulate' to see each of them"
                )
            )
        } else if simulation.utf8.count < 12 || !proposal.digest.hasPrefix(simulation.lowercased()) {
            refusals.append(
                Refusal(
                    .wrongState,
                    file.string,
                    "the simulation named is not the one of this file, these records and \(asOf)",
                    remedy: "run 'berkas retention simulate' again, read it, and name the digest that it ends with"
                )
            )
        }
        if let adopted = desk.adopted, adopted.digest == digest {
            refusals.append(
                Refusal(
                    .alreadyDone,
                    file.string,
                    "this schedule is in force already, since \(adopted.adopted)",
                    remedy: "nothing needs to be done"
                )
            )
        }
        try writer.require(refusals, act: act, subject: file.lastComponent?.string ?? file.string)
        let entered = try keep(proposal, digest: digest, authority: authority)
        // All dates are stale now, and a question keeps none.
        try? RetentionDesk(writer.home, writer.catalogue).refresh(writer.catalogue)
        return (proposal, entered)
    }

    private func keep(_ proposal: ScheduleProposal, digest: String, authority: String) throws -> ScheduleAdopted {
        let today = writer.context.now().date
        let name = "retention/\(today)-\(digest.prefix(12)).csv"
        let files = writer.context.files
        let place = writer.home.policy.appending(name)
        try files.makeDirectories(place.removingLastComponent())
        let isNew = !FileStatus.exists(place)
        let rows = proposal.schedule?.rows ?? []
        let detail = ScheduleAdopted(
            adopted: today,
            authority: authority,
            digest: digest,
            file: name,
            rows: rows.count,
            samples: rows.count(where: \.isSample),
            simulation: proposal.digest
        )
        do {
            // Kept before the ledger names it. A crash between the two leaves a file that no event speaks of.
            try files.replace(place, proposal.content)
            try writer.enter(writer.firstCounting() + [writer.event(detail)])
        } catch {
            // Where the intent was written, the event is entered, now or by the next command; else nothing will name the file.
            let isNamed = try writer.catalogue.adoptedSchedules().contains { $0.file == name }
            if isNew, !isNamed, !writer.home.hasIntent {
                for leftover in [place, FilePath(place.string + ".new")] { try? files.removeIfPresent(leftover) }
            }
            throw error
        }
        return detail
    }

    /// Chooses the classification code of a record.
    ///
    /// - Throws: `RefusedError`: by a person who may not, under a code that no schedule in force knows (R4), without a
    ///   reason. `OperationError`, code `noSuchRecord`.
    package func classify(_ id: RecordID, code: String, reason: String) throws -> Classified {
        let act = "choose the classification of \(id)"
        let desk = try RetentionDesk(writer.home, writer.catalogue)
        let facts = try desk.facts(of: id, in: writer.catalogue).own
        let before = facts.classification
        var refusals = people.refusals(of: act, by: actor, needing: .classify)
        refusals += Self.missing(reason, "reason", of: id)
        if desk.schedule.rows(code: code).isEmpty {
            let codes = desk.schedule.rows.map(\.code).joined(separator: ", ")
            refusals.append(
                Refusal(
                    .malformed,
                    id.description,
                    "the schedule in force has no row for the code '\(code)'",
                    remedy: desk.adopted == nil
                        ? "adopt a schedule first: run 'berkas retention simulate FILE'"
                        : "choose one of \(codes), or adopt a schedule that has it"
                )
            )
        }
        try writer.require(refusals, act: act, subject: id.description, record: id)
        let detail = Classified(code: code, before: before, reason: reason)
        // Entered together with the holds that the record comes under by it.
        var holds = try Holds(writer.home, writer.books)
        let applied = try holds.fresh(on: facts, code: code).map { try writer.event(HoldApplied(hold: $0), record: id) }
        try writer.enter([writer.event(detail, record: id)] + applied)
        try writer.catalogue.setHeldCurrent()
        return detail
    }

    /// Enters an event that starts the period of records, the same for all of them.
    ///
    /// - Throws: `RefusedError` for a kind that nobody enters, a person who may not, no reason; nothing is entered then.
    package func enterTrigger(_ kind: String, on date: CivilDate, of ids: [RecordID], reason: String) throws {
        let act = "enter the event '\(kind)'"
        for id in ids { try writer.catalogue.require(id) }
        var refusals = people.refusals(of: act, by: actor, needing: .enterTrigger)
        refusals += Self.missing(reason, "reason", of: ids.first)
        let kinds = RetentionVocabulary.standard.triggers.filter(\.isEntered).map(\.id)
        if !kinds.contains(kind) {
            refusals.append(
                Refusal(
                    .malformed,
                    kind,
                    "'\(kind)' is no event that a person enters",
                    remedy: "name one of \(kinds.joined(separator: ", "))"
                )
            )
        }
        try writer.require(refusals, act: act, subject: kind, record: ids.count == 1 ? ids.first : nil)
        let detail = TriggerEntered(trigger: kind, date: date, reason: reason)
        try writer.enter(try ids.map { try writer.event(detail, record: $0) })
    }

    /// Puts the date of such an event right, or takes it back; both values stay in the history (R13).
    ///
    /// - Parameters:
    ///   - seq: the place in the ledger of the event as it was entered.
    ///   - date: the right date; nil where it did not happen.
    ///   - reason: why.
    /// - Returns: what was entered.
    /// - Throws: `OperationError`, code `usage`, where there is no such event; `RefusedError`.
    package func correctTrigger(_ seq: Int, to date: CivilDate?, reason: String) throws -> TriggerCorrected {
        let act = "correct the event \(seq) of the ledger"
        guard let standing = try writer.catalogue.standingTrigger(seq), let id = RecordID(standing.record),
            let before = CivilDate(standing.date)
        else {
            throw OperationError(
                .usage,
                message: "the event \(seq) of the ledger is no event of retention that still stands",
                remedy: "run 'berkas history ID': the number stands behind 'ledger'"
            )
        }
        var refusals = people.refusals(of: act, by: actor, needing: .enterTrigger)
        refusals += Self.missing(reason, "reason", of: id)
        try writer.require(refusals, act: act, subject: standing.kind, record: id)
        let detail = TriggerCorrected(
            corrects: seq,
            trigger: standing.kind,
            before: before,
            date: date,
            reason: reason
        )
        try writer.enter([writer.event(detail, record: id)])
        return detail
    }

    private static func missing(_ text: String, _ name: String, of id: RecordID?) -> [Refusal] {
        guard text.isBlank else { return [] }
        return [Refusal(.missing, id?.description ?? "", "no \(name) is given", remedy: "give one with --\(name)")]
    }
}
