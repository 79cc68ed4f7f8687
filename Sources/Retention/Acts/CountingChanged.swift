import Acts
package import RecordsModel

/// How the office counts is otherwise than the ledger said last, or is said for the first time.
///
/// A change of the settings moves due dates as another schedule does, so that it has its place in the ledger.
package struct CountingChanged: EventDetail {
    /// The kind of event.
    package static let type = EventType.countingChanged

    /// The settings, each as `berkas.yaml` names it under `retention`.
    package struct Counting: Hashable, Sendable, Codable {
        /// Whether the active and the inactive period are added where the length decides who approves.
        package let addsPeriods: Bool
        /// Whether the day of the event is the first day of the period.
        package let countsStartingDay: Bool
        /// The cut-off of rows that name none, in its written form.
        package let cutoff: String
        /// The month, 1 to 12, that the fiscal year begins in.
        package let fiscalMonth: Int
        /// The document types that are the signed plan, in the order of the file.
        package let planTypes: [String]

        /// Settings as the ledger keeps them.
        package init(_ settings: RetentionSettings) {
            addsPeriods = settings.addsPeriods
            countsStartingDay = settings.countsStartingDay
            cutoff = settings.cutoff.name
            fiscalMonth = settings.fiscalMonth
            planTypes = settings.planTypes
        }
    }

    /// What held before; nil where the ledger had not said.
    package var before: Counting?
    /// What holds from here on.
    package var after: Counting

    /// A detail out of its parts.
    package init(before: Counting?, after: Counting) {
        self.before = before
        self.after = after
    }

    /// What is wrong with the values.
    package var faults: [String] {
        [before, after].compactMap(\.self).flatMap { counting in
            [counting.cutoff].textFaults("cutoff") + counting.planTypes.textFaults("planTypes")
                + ((1...12).contains(counting.fiscalMonth) ? [] : ["'fiscalMonth' is not from 1 to 12"])
        }
    }
}
