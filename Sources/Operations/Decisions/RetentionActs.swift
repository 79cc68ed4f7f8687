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
    let writer: ArchiveWriter
    let people: People

    /// Deciding under a lock that is held.
    package init(_ writer: ArchiveWriter) throws {
        self.writer = writer
        people = try writer.people()
    }

    var actor: String { writer.context.actor }

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
        refusals += try writer.clockRefusals()
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
            try writer.enter(writer.firstCounting(), signing: writer.event(detail), as: .adopt, subject: name)
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

    /// Enters an event that starts the period of records, the same for all of them.
    ///
    /// - Parameters:
    ///   - kind: the kind of event.
    ///   - date: when it happened.
    ///   - ids: the records.
    ///   - reason: how that is known.
    ///   - because: why a date counts that cannot be believed; it stands in the events of the records that it is needed for.
    /// - Throws: `RefusedError` for a kind that nobody enters, a person who may not, no reason, a date that cannot be
    ///   believed; nothing is entered then.
    package func enterTrigger(
        _ kind: String,
        on date: CivilDate,
        of ids: [RecordID],
        reason: String,
        because: String? = nil
    ) throws {
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
        var details: [(RecordID, TriggerEntered)] = []
        for id in ids {
            let doubts = try doubts(about: date, kind, of: id)
            let isTold = !doubts.isEmpty && !(because ?? "").isBlank
            if !isTold { refusals += doubts }
            let said = TriggerEntered(trigger: kind, date: date, reason: reason, because: isTold ? because : nil)
            details.append((id, said))
        }
        try writer.require(refusals, act: act, subject: kind, record: ids.count == 1 ? ids.first : nil)
        try writer.enter(try details.map { try writer.event($0.1, record: $0.0) })
    }

    /// Puts the date of such an event right, or takes it back; both values stay in the history (R13).
    ///
    /// - Parameters:
    ///   - seq: the place in the ledger of the event as it was entered.
    ///   - date: the right date; nil where it did not happen.
    ///   - reason: why.
    ///   - because: why a date counts that cannot be believed.
    /// - Returns: what was entered.
    /// - Throws: `OperationError`, code `usage`, where there is no such event; `RefusedError`.
    package func correctTrigger(
        _ seq: Int,
        to date: CivilDate?,
        reason: String,
        because: String? = nil
    ) throws -> TriggerCorrected {
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
        let doubts = try date.map { try self.doubts(about: $0, standing.kind, of: id) } ?? []
        let isTold = !doubts.isEmpty && !(because ?? "").isBlank
        if !isTold { refusals += doubts }
        try writer.require(refusals, act: act, subject: standing.kind, record: id)
        let detail = TriggerCorrected(
            corrects: seq,
            trigger: standing.kind,
            before: before,
            date: date,
            reason: reason,
            because: isTold ? because : nil
        )
        try writer.enter([writer.event(detail, record: id)])
        return detail
    }

    /// Why the date of an event of a record cannot be believed.
    func doubts(about date: CivilDate, _ kind: String, of id: RecordID) throws -> [Refusal] {
        let document = try writer.catalogue.summary(of: id)?.date.flatMap { CivilDate($0) }
        return writer.plausibleDates.refusals(of: date, what: "the event '\(kind)'", subject: id, document: document)
    }

    static func missing(_ text: String, _ name: String, of id: RecordID?) -> [Refusal] {
        guard text.isBlank else { return [] }
        return [Refusal(.missing, id?.description ?? "", "no \(name) is given", remedy: "give one with --\(name)")]
    }
}
