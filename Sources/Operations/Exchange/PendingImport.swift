import Acts
package import ArchiveHome
import Catalogue
import Foundation
package import RecordsModel
package import Retention

/// Decisions of another archive that came along with a record, and that nobody here has adopted.
///
/// What binds more, a hold, takes effect at once. What could shorten a period is history until a person has seen the dates
/// before and after.
package struct PendingImport: Sendable {
    /// The record.
    package let record: RecordID
    /// The accession that brought them.
    package let accession: Event
    /// The decisions, in their order.
    package let decisions: [Event]
    /// Where the record stands without them.
    package let before: RetentionAnswer
    /// Where it would stand with them.
    package let after: RetentionAnswer
    /// The facts that it is judged by, without and with them.
    let facts: (before: RecordFacts, after: RecordFacts)
    /// All records of its dossier.
    let dossier: [RecordFacts]

    /// The decisions that wait, in the order of the ledger.
    ///
    /// - Parameters:
    ///   - wanted: only of these records; all where it is empty.
    ///   - catalogue: the index.
    ///   - desk: what is in force.
    ///   - asOf: the day that phases are told for.
    /// - Returns: an entry an accession whose decisions wait.
    /// - Throws: `DecodingError` where a carried event is none; `OperationError`, code `noSuchRecord`.
    static func all(
        of wanted: [RecordID],
        in catalogue: CatalogueDatabase,
        _ desk: RetentionDesk,
        asOf: CivilDate
    ) throws -> [PendingImport] {
        for id in wanted { try catalogue.require(id) }
        let adopted = Set(try catalogue.events(of: [.importAdopted]).compactMap { $0.detail["accession"]?.number })
        var found: [PendingImport] = []
        for accession in try catalogue.events(of: [.accession]) where accession.isHistoryOnly {
            guard !adopted.contains(accession.seq), let id = accession.record.flatMap({ RecordID($0) }),
                wanted.isEmpty || wanted.contains(id), try catalogue.summary(of: id) != nil
            else {
                continue
            }
            let own = try catalogue.events(of: Array(Event.datingDecisions)).filter { $0.record == id.description }
            // What was decided here and came back with the record is in force as it is.
            let decisions = try accession.carriedDecisions().filter { !own.contains($0) }
            if decisions.isEmpty { continue }
            found.append(try PendingImport(id, accession, decisions, catalogue, desk, asOf))
        }
        return found
    }

    private init(
        _ id: RecordID,
        _ accession: Event,
        _ decisions: [Event],
        _ catalogue: CatalogueDatabase,
        _ desk: RetentionDesk,
        _ asOf: CivilDate
    ) throws {
        record = id
        self.accession = accession
        self.decisions = decisions
        let (own, dossier) = try desk.facts(of: id, in: catalogue)
        self.dossier = dossier
        let supposed = own.supposing(decisions, of: accession.seq)
        facts = (own, supposed)
        before = desk.calculator(desk.schedule, over: dossier).answer(for: own, asOf: asOf)
        let others = dossier.map { $0.id == id ? supposed : $0 }
        after = desk.calculator(desk.schedule, over: others).answer(for: supposed, asOf: asOf)
    }

    /// The dates of events that the decisions enter.
    var dates: [(kind: String, date: CivilDate)] {
        decisions.compactMap { event in
            guard let kind = event.detail["trigger"]?.text,
                let date = event.detail["date"]?.text.flatMap({ CivilDate($0) })
            else {
                return nil
            }
            return (kind, date)
        }
    }
}

extension RecordFacts {
    /// The facts as they would be with decisions that came along.
    fileprivate func supposing(_ decisions: [Event], of accession: Int) -> RecordFacts {
        var facts = self
        var entered: [Int: TriggerFact] = [:]
        for event in decisions {
            if event.event == .classified, let code = event.detail["code"]?.text { facts.classification = code }
            if event.event == .triggerCorrected, let corrected = event.detail["corrects"]?.number,
                let before = entered[corrected], let place = facts.triggers.firstIndex(of: before)
            {
                facts.triggers.remove(at: place)
            }
            guard let kind = event.detail["trigger"]?.text,
                let date = event.detail["date"]?.text.flatMap({ CivilDate($0) })
            else {
                continue
            }
            let fact = TriggerFact(kind: kind, date: date, seq: accession)
            entered[event.seq] = fact
            facts.triggers.append(fact)
        }
        return facts
    }
}

/// Shows what waits, and changes nothing.
package struct AskImports {
    private let ask: AskRetention

    /// Opens a home for asking.
    package init(_ home: Home, _ context: OperationContext) throws { ask = try AskRetention(home, context) }

    /// What waits of these records, or of all.
    ///
    /// - Throws: `OperationError`, code `noSuchRecord`.
    package func pending(of records: [RecordID]) throws -> [PendingImport] {
        try PendingImport.all(of: records, in: ask.catalogue, ask.desk, asOf: ask.today)
    }
}

extension RetentionActs {
    /// Puts decisions in force that came along with records.
    ///
    /// It takes the permission that each decision takes here. From a code under which a record is kept for ever to one under
    /// which it is not, whoever imported it cannot adopt.
    ///
    /// - Parameters:
    ///   - records: whose; empty for all that wait.
    ///   - reason: why.
    ///   - because: why dates count that cannot be believed.
    /// - Returns: what was adopted.
    /// - Throws: `RefusedError` with all reasons of all records; nothing is entered then.
    package func adoptImports(of records: [RecordID], reason: String, because: String?) throws -> [PendingImport] {
        let act = "adopt the decisions of another archive"
        let desk = try RetentionDesk(writer.home, writer.catalogue)
        let today = writer.context.now().date
        let pending = try PendingImport.all(of: records, in: writer.catalogue, desk, asOf: today)
        var refusals = Self.missing(reason, "reason", of: records.first)
        let kinds = Set(pending.flatMap(\.decisions).map(\.event))
        for (kind, permission) in Self.permissions where kinds.contains(kind) {
            refusals += people.refusals(of: act, by: actor, needing: permission)
        }
        for id in records where !pending.contains(where: { $0.record == id }) {
            refusals.append(
                Refusal(
                    .nothingLeft,
                    id.description,
                    "no decision of another archive waits for \(id)",
                    remedy: "see 'berkas import show'"
                )
            )
        }
        var details: [(RecordID, ImportAdopted)] = []
        for item in pending {
            let found = try item.dates.flatMap { try doubts(about: $0.date, $0.kind, of: item.record) }
            let isTold = !found.isEmpty && !(because ?? "").isBlank
            if !isTold { refusals += found }
            refusals += samePersonRefusals(item, desk)
            let detail = ImportAdopted(
                accession: item.accession.seq,
                before: item.before.dates.due,
                after: item.after.dates.due,
                reason: reason,
                because: isTold ? because : nil
            )
            details.append((item.record, detail))
        }
        let subject = pending.count == 1 ? pending[0].record.description : "import"
        try writer.require(refusals, act: act, subject: subject)
        if details.isEmpty { return [] }
        try writer.enter(try details.map { try writer.event($0.1, record: $0.0) })
        // A record may come under a hold by its code.
        try writer.applyHolds()
        return pending
    }

    private static let permissions: [(EventType, Permission)] = [
        (.classified, .classify), (.triggerEntered, .enterTrigger), (.triggerCorrected, .enterTrigger),
        (.reviewClosed, .closeReview),
    ]

    private func samePersonRefusals(_ item: PendingImport, _ desk: RetentionDesk) -> [Refusal] {
        guard let code = item.facts.after.classification,
            desk.keepsForEver(item.facts.before, item.dossier, instead: code),
            people.areSame(item.accession.actor, actor) || writer.isSameAccount(as: item.accession, people)
        else {
            return []
        }
        return [
            Refusal(
                .samePerson,
                actor,
                "'\(actor.displayed)' imported \(item.record), which is kept for ever here and would not be then, and cannot "
                    + "adopt that",
                remedy: "let another person adopt it: 'berkas import adopt \(item.record) --reason … --as PERSON'"
            )
        ]
    }
}
