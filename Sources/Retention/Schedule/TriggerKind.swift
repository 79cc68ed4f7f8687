/// A kind of event that starts a retention period, with the words that schedules use for it.
package struct TriggerKind: Hashable, Sendable {
    /// Where the date of such an event comes from.
    package enum Source: Sendable {
        /// The date on the document, or an event entered in its place where it has none.
        case document
        /// The year of the record and the office's fiscal year.
        case fiscalYear
        /// An event that a person enters.
        case event
    }

    /// The id in events, commands and JSON, such as `fiscal-year-ended`.
    package let id: String
    /// What has happened, in English: behind "after" or "because".
    package let english: String
    /// What has happened, in Indonesian: behind "setelah".
    package let indonesian: String
    /// Where its date comes from.
    package let source: Source
    /// Kinds of event that have happened with it: who supersedes a paper need not say that it is no longer valid.
    package let alsoBy: [String]
    /// The phrases behind "setelah", "sejak", "sampai dengan"; a `*` at the beginning stands for any words.
    let phrases: [[String]]
    /// The phrases behind "selama", which name the state that the event ends.
    let states: [[String]]

    /// A kind out of its parts; phrases are words in lower case.
    package init(
        _ id: String,
        english: String,
        indonesian: String,
        source: Source = .event,
        phrases: [String],
        states: [String] = [],
        alsoBy: [String] = []
    ) {
        self.id = id
        self.english = english
        self.indonesian = indonesian
        self.source = source
        self.alsoBy = alsoBy
        self.phrases = phrases.map { $0.split(separator: " ").map(String.init) }
        self.states = states.map { $0.split(separator: " ").map(String.init) }
    }

    package static func == (left: TriggerKind, right: TriggerKind) -> Bool { left.id.utf8.elementsEqual(right.id.utf8) }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// Whether a person can enter such an event: not where the date follows from the year.
    package var isEntered: Bool { source != .fiscalYear }

    /// Whether an event of that kind is one of these.
    package func isMet(by kind: String) -> Bool {
        kind.utf8.elementsEqual(id.utf8) || alsoBy.contains { $0.utf8.elementsEqual(kind.utf8) }
    }
}
