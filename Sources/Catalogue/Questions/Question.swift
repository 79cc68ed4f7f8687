/// A question as it is understood: what must be found, and what is meant to come first.
struct Question {
    /// One thing that must be found, in any of several ways.
    struct Clause: Hashable {
        /// One way.
        enum Way: Hashable {
            /// A word, number, phrase or beginning.
            case term(TextQuery.Term)
            /// Words that must all be there.
            case all([TextQuery.Term])
            /// What a record is, by its words in `facets`.
            case facet(String)
        }

        /// Why it is asked for.
        enum Kind: Hashable {
            /// It stands in the question and means nothing else.
            case content
            /// The plan itself, or a type of document.
            case plan, type
            /// A year, a stage, a signature.
            case year, meaning
        }

        let kind: Kind
        var ways: [Way]
        /// The words of the question that it came from.
        let words: [String]

        /// The terms of all its ways, to be marked where they stand.
        var terms: [TextQuery.Term] {
            ways.flatMap { way -> [TextQuery.Term] in
                switch way {
                case .term(let term): [term]
                case .all(let terms): terms
                case .facet: []
                }
            }
        }
    }

    /// What is meant beside the words.
    struct Meaning: Hashable {
        var years: [Int] = []
        /// The document types that are named, other than the plan's.
        var types: Set<String> = []
        var isPlan = false
        var isSigned = false
        var isFinal = false
        var isDraft = false
        var isScan = false
        /// What was read as a year without being one: `tahun lalu`.
        var relativeYear: String?
    }

    var clauses: [Clause]
    let meaning: Meaning
    /// The words of the question that a title is held against.
    let titleWords: [String]

    /// Whether it asks for the plan and for nothing else.
    var isForPlan: Bool {
        meaning.isPlan && meaning.types.isEmpty && !clauses.contains { $0.kind == .content }
    }

    /// The clauses whose words need not be found if nothing is: what is meant.
    var withoutMeanings: Question {
        var question = self
        let kept = clauses.filter { $0.kind != .meaning }
        if !kept.isEmpty { question.clauses = kept }
        return question
    }

    /// The question without some of its clauses.
    func without(_ dropped: [Clause]) -> Question {
        var question = self
        question.clauses.removeAll { dropped.contains($0) }
        return question
    }

    /// What is marked where it stands.
    var marked: TextQuery { TextQuery(terms: clauses.flatMap(\.terms)) }

    /// The single words that must be found, as they stand in the index.
    var words: [String] {
        clauses.flatMap { clause -> [String] in
            clause.ways.compactMap { way in
                if case .term(let term) = way, clause.kind == .content { term.word } else { nil }
            }
        }
    }
}

/// Which form of each word is asked for.
enum QuestionTier {
    /// The words themselves.
    case exact
    /// Also words of the same stem; in descriptions also those that begin so.
    case broad
    /// Also near words, by the word.
    case near([String: [String]])

    /// How near to the question what it finds is.
    var tier: SearchTier {
        switch self {
        case .exact: .exact
        case .broad: .stem
        case .near: .near
        }
    }

    func described(_ term: TextQuery.Term) -> String {
        switch self {
        case .exact: term.exact
        case .broad: term.broadest
        case .near(let near): Self.expanded(term, term.broadest, near)
        }
    }

    func written(_ term: TextQuery.Term) -> String {
        switch self {
        case .exact: term.exact
        case .broad: term.broad
        case .near(let near): Self.expanded(term, term.broad, near)
        }
    }

    private static func expanded(_ term: TextQuery.Term, _ own: String, _ near: [String: [String]]) -> String {
        let others = term.word.flatMap { near[$0] } ?? []
        return others.isEmpty ? own : "(" + ([own] + others.map { "\"\($0)\"" }).joined(separator: " OR ") + ")"
    }
}

extension Question.Clause {
    /// The clause as an expression of FTS5 in some columns; a facet is asked for in its own.
    func expression(in columns: String, _ form: (TextQuery.Term) -> String) -> String {
        let parts = ways.map { way -> String in
            switch way {
            case .term(let term): "(\(columns) : (\(form(term))))"
            case .all(let terms): "(\(columns) : (\(terms.map(form).joined(separator: " AND "))))"
            case .facet(let word): "(facets : \(word))"
            }
        }
        return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " OR ")))"
    }

    /// The terms that rows can be ranked by: what is put together of several is gathered from all rows of each.
    func ranking(_ form: (TextQuery.Term) -> String) -> String? {
        let terms = ways.filter { if case .facet = $0 { false } else { true } }
        guard terms.count == 1, case .term(let term) = terms[0], term.kind != .prefix, term.forms.count == 1 else {
            return nil
        }
        return form(term)
    }
}
