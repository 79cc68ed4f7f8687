/// A trigger phrase as a schedule publishes it and the event that it means.
package struct TriggerPhrase: Hashable, Sendable {
    /// How the phrase stands to the event.
    package enum Relation: Sendable {
        /// The period begins once it has happened: setelah, sejak, sesudah.
        case after
        /// The period lasts until it happens: sampai dengan, hingga, selama.
        case until
    }

    /// The phrase to the letter; empty where the schedule has none.
    package let text: String
    /// The event.
    package let kind: TriggerKind
    /// How the phrase stands to it.
    package let relation: Relation

    /// No phrase: the date on the document.
    package static let absent = TriggerPhrase(text: "", kind: .documentDate, relation: .after)

    /// A phrase with its meaning.
    package init(text: String, kind: TriggerKind, relation: Relation = .after) {
        self.text = text
        self.kind = kind
        self.relation = relation
    }

    /// Reads a phrase; nil where it is not understood.
    ///
    /// An id of a kind is a phrase too.
    package init?(_ text: String, vocabulary: RetentionVocabulary = .standard) {
        guard let (kind, relation) = Self.meaning(of: PhraseText(text).words, in: vocabulary) else { return nil }
        self.init(text: text, kind: kind, relation: relation)
    }

    /// The words that lead to an event, the longest first.
    private static let connectives: [(words: [String], relation: Relation, isState: Bool)] = [
        (["terhitung", "sejak"], .after, false), (["terhitung", "mulai"], .after, false),
        (["sampai", "dengan"], .until, false), (["as", "long", "as"], .until, true),
        (["setelah"], .after, false), (["sejak"], .after, false), (["sesudah"], .after, false),
        (["sampai"], .until, false), (["hingga"], .until, false), (["selama"], .until, true),
        (["after"], .after, false), (["since"], .after, false), (["from"], .after, false), (["until"], .until, false),
        (["while"], .until, true),
    ]

    /// The event that words mean, and how they stand to it.
    static func meaning(of words: [String], in vocabulary: RetentionVocabulary) -> (TriggerKind, Relation)? {
        var rest = words[...]
        var relation = Relation.after
        var isState = false
        if let lead = connectives.first(where: { words.starts(with: $0.words) }) {
            rest = rest.dropFirst(lead.words.count)
            relation = lead.relation
            isState = lead.isState
        }
        guard !rest.isEmpty else { return nil }
        for kind in vocabulary.triggers {
            if !isState, words.count == 1, rest.first == kind.id { return (kind, .after) }
            let phrases = isState ? kind.states : kind.phrases
            if phrases.contains(where: { !$0.contains("*") && rest.elementsEqual($0) }) { return (kind, relation) }
        }
        for kind in vocabulary.triggers where !isState {
            if kind.phrases.contains(where: { matches(rest, $0) }) { return (kind, relation) }
        }
        return nil
    }

    /// Whether words end in a phrase that begins with `*`, and nothing before it sets a condition of its own.
    private static func matches(_ words: ArraySlice<String>, _ phrase: [String]) -> Bool {
        guard phrase.first == "*", words.count >= phrase.count - 1 else { return false }
        let ending = phrase.dropFirst()
        let before = words.dropLast(ending.count)
        return words.suffix(ending.count).elementsEqual(ending) && before.allSatisfy { !conditions.contains($0) }
    }

    /// Words that make a phrase more than one event: such a phrase is not understood.
    private static let conditions: Set<String> = [
        "atau", "or", "kecuali", "except", "jika", "apabila", "bila", "if", "belum", "tidak", "bukan", ",", ";",
        "setelah", "sejak", "sesudah", "selama", "sampai", "hingga",
    ]
}
