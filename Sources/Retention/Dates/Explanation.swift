package import RecordsModel

/// How the dates of one record came about, step by step (R8).
///
/// Each step has the values that went into it, so that JSON can print them, and a sentence in both languages.
package struct Explanation: Hashable, Sendable, Codable {
    /// One step of the derivation.
    package struct Step: Hashable, Sendable, Codable {
        /// What a step settles, in the order of the derivation.
        package enum Name: String, Sendable, Codable, CaseIterable {
            /// Which version of the schedule.
            case schedule
            /// The code that a person chose.
            case classification
            /// The row of the schedule.
            case row
            /// The event that starts the period, and its date.
            case trigger
            /// The first day that counts.
            case clock
            /// The active period.
            case active
            /// The event that the inactive period waits for besides.
            case inactiveTrigger = "inactive-trigger"
            /// The inactive period.
            case inactive
            /// The day on which it is eligible, and what is to be done.
            case due
            /// Where it stands on the day asked for.
            case state
        }

        /// What it settles.
        package let name: Name
        /// The values that went in and came out; dates as `YYYY-MM-DD`.
        package let values: [String: JSONValue]
        /// The step in words.
        package let text: BilingualText
    }

    /// The record.
    package let record: String
    /// The day asked for.
    package let asOf: CivilDate
    /// The steps, up to the one that could not be taken.
    package let steps: [Step]
    /// The whole in a sentence that can be read aloud.
    package let sentence: BilingualText
}

extension RetentionCalculator {
    /// How the dates of a record came about and where it stands on a day.
    package func explanation(for facts: RecordFacts, asOf: CivilDate) -> Explanation {
        let answer = answer(for: facts, asOf: asOf)
        var explainer = Explainer(calculator: self, facts: facts, answer: answer)
        explainer.explain()
        return Explanation(
            record: facts.id.description,
            asOf: asOf,
            steps: explainer.steps,
            sentence: explainer.sentence
        )
    }
}
