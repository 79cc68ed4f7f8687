package import RecordsModel

/// What another schedule would change for one record; the first that applies, in the order of the cases.
package enum ScheduleChange: String, Hashable, Sendable, Codable, CaseIterable {
    /// It had a rule and would have none.
    case noRuleAnyMore = "no-rule-any-more"
    /// It is not due on the day asked for, and would be.
    case dueAtOnce = "due-at-once"
    /// It had no rule and would have one.
    case newlyRuled = "newly-ruled"
    /// Something else would become of it in the end.
    case dispositionChanged = "disposition-changed"
    /// It would be due earlier, or at all.
    case dueEarlier = "due-earlier"
    /// It would be due later, or not at all.
    case dueLater = "due-later"
    /// It would be due on the same day, and go to the records unit on another one, or wait for another event.
    case activeChanged = "active-changed"
    /// Nothing.
    case unchanged
}

/// What would change under a proposed schedule, in a form that always has the same bytes.
///
/// `CanonicalJSON.document` writes it; the digest of that is what an adoption must name. It holds no time of its making
/// and nothing that depends on the order in which the records came.
package struct ScheduleSimulation: Hashable, Sendable, Codable {
    /// The dates under one schedule.
    package struct Side: Hashable, Sendable, Codable {
        /// The phase on the day asked for.
        package let phase: RetentionPhase
        /// The row of its file, as a spreadsheet counts it.
        package let row: Int?
        /// The last day of the active period.
        package let activeEnd: CivilDate?
        /// The first day on which it is eligible.
        package let due: CivilDate?
        /// What is to be done then.
        package let action: RetentionAction?
        /// The final disposition to the letter.
        package let disposition: String?
    }

    /// One record for which something would change.
    package struct Item: Hashable, Sendable, Codable {
        /// The record.
        package let record: String
        /// What would change.
        package let change: ScheduleChange
        /// Under the schedule in force.
        package let before: Side
        /// Under the proposed one.
        package let after: Side
    }

    /// The name and version of the shape.
    package let schema: String
    /// The day asked for.
    package let asOf: CivilDate
    /// The digest of the schedule in force; nil where there is none.
    package let inForce: String?
    /// The digest of the proposed one.
    package let proposed: String
    /// How many records each change concerns, all of them named, also those with none.
    package let totals: [String: Int]
    /// The records for which something would change, in the order of their numbers.
    package let items: [Item]

    /// Compares two schedules over records.
    ///
    /// - Parameters:
    ///   - inForce: the schedule in force, with the office's settings and plans; nil where there is none.
    ///   - proposed: the proposed one, with the same plans.
    ///   - records: each record once, in any order.
    ///   - asOf: the day that "at once" means.
    package init(
        inForce: RetentionCalculator?,
        proposed: RetentionCalculator,
        records: some Sequence<RecordFacts>,
        asOf: CivilDate
    ) {
        var counts: [ScheduleChange: Int] = [:]
        var found: [(id: RecordID, item: Item)] = []
        for facts in records {
            let before = Self.dates(of: facts, under: inForce)
            let after = proposed.dates(for: facts)
            let (old, new) = (Self.row(before, inForce), Self.row(after, proposed))
            let change = Self.change(before, old, after, new, asOf: asOf)
            counts[change, default: 0] += 1
            if change == .unchanged { continue }
            let item = Item(
                record: facts.id.description,
                change: change,
                before: Self.side(before, old, asOf: asOf, version: proposed.schedule.version),
                after: Self.side(after, new, asOf: asOf, version: proposed.schedule.version)
            )
            found.append((facts.id, item))
        }
        schema = "berkas/retention-simulation/1"
        self.asOf = asOf
        self.inForce = inForce?.schedule.version.digest
        self.proposed = proposed.schedule.version.digest
        totals = Dictionary(uniqueKeysWithValues: ScheduleChange.allCases.map { ($0.rawValue, counts[$0] ?? 0) })
        items = found.sorted { $0.id < $1.id }.map(\.item)
    }

    private static func dates(of facts: RecordFacts, under calculator: RetentionCalculator?) -> RetentionDates {
        if let calculator { return calculator.dates(for: facts) }
        return RetentionDates(obstacle: facts.classification == nil ? .noClassification : .noRule)
    }

    private static func row(_ dates: RetentionDates, _ calculator: RetentionCalculator?) -> ScheduleRow? {
        guard let index = dates.row else { return nil }
        return calculator?.schedule.rows[index]
    }

    private static func change(
        _ before: RetentionDates,
        _ old: ScheduleRow?,
        _ after: RetentionDates,
        _ new: ScheduleRow?,
        asOf: CivilDate
    ) -> ScheduleChange {
        if old != nil, new == nil { return .noRuleAnyMore }
        guard let new else { return .unchanged }
        if let due = after.due, due <= asOf, before.due.map({ $0 > asOf }) ?? true { return .dueAtOnce }
        guard let old else { return .newlyRuled }
        if old.disposition.disposition != new.disposition.disposition { return .dispositionChanged }
        // Two rules with exceptions are one only where they say the same.
        let hasException = new.disposition.disposition == .personDecides
        if hasException, !isSame(old.disposition.text, new.disposition.text) { return .dispositionChanged }
        if before.due != after.due {
            // No due date is later than any.
            guard let earlier = before.due else { return .dueEarlier }
            guard let later = after.due else { return .dueLater }
            return later < earlier ? .dueEarlier : .dueLater
        }
        let isSameActive = before.activeEnd == after.activeEnd && before.obstacle == after.obstacle
        return isSameActive ? .unchanged : .activeChanged
    }

    private static func isSame(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

    private static func side(
        _ dates: RetentionDates,
        _ row: ScheduleRow?,
        asOf: CivilDate,
        version: ScheduleVersion
    ) -> Side {
        Side(
            phase: RetentionAnswer(asOf: asOf, version: version, dates: dates).phase,
            row: row?.row,
            activeEnd: dates.activeEnd,
            due: dates.due,
            action: dates.action,
            disposition: row?.disposition.text
        )
    }
}
