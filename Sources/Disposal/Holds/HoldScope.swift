import Acts
package import RecordsModel
package import Retention

/// What a hold covers, including what arrives later (R35).
///
/// Written as `{"kind": "class", "of": ["000.7.2"]}`; only `record` has several members in `of`.
package enum HoldScope: Hashable, Sendable {
    /// These records.
    case records([RecordID])
    /// A dossier and everything in it: `RKT` covers `RKT/2024`.
    case dossier(String)
    /// Every record of a fiscal year.
    case year(Int)
    /// Every record of a unit.
    case unit(String)
    /// A classification code and everything below it, by its segments: `000.7.2` covers `000.7.2.6`, not `000.7.20`.
    case classification(String)
    /// Every record that a search for these words finds.
    case search(String)

    /// The name of the kind in the ledger.
    package var kind: String {
        switch self {
        case .records: "record"
        case .dossier: "dossier"
        case .year: "year"
        case .unit: "unit"
        case .classification: "class"
        case .search: "search"
        }
    }

    /// What of that kind, as texts.
    package var members: [String] {
        switch self {
        case .records(let records): records.map(\.description)
        case .dossier(let text), .unit(let text), .classification(let text), .search(let text): [text]
        case .year(let year): [CivilDate.padded(year, to: 4)]
        }
    }

    /// A scope by the name of its kind; nil where the kind is not known or a member cannot be one.
    package init?(kind: String, of members: [String]) {
        if kind == "record" {
            let records = members.compactMap { RecordID($0) }
            guard records.count == members.count else { return nil }
            self = .records(records)
            return
        }
        guard members.count == 1, let member = members.first else { return nil }
        switch kind {
        case "dossier": self = .dossier(member)
        case "unit": self = .unit(member)
        case "class": self = .classification(member)
        case "search": self = .search(member)
        case "year":
            guard member.utf8.count == 4, member.utf8.allSatisfy({ (48...57).contains($0) }), let year = Int(member)
            else {
                return nil
            }
            self = .year(year)
        default: return nil
        }
    }

    /// What is wrong with it, each in one sentence without a full stop; empty where nothing is.
    package var faults: [String] {
        switch self {
        case .records(let records):
            if records.isEmpty { return ["the scope names no record"] }
            if records.count > EventLimit.items { return ["the scope names more than \(EventLimit.items) records"] }
            return Set(records).count == records.count ? [] : ["the scope names a record twice"]
        case .year(let year):
            return (1900...2200).contains(year) ? [] : ["the year \(year) is not from 1900 to 2200"]
        case .classification(let code):
            return ClassCode(code) == nil ? ["'\(code.displayed)' is no classification code"] : []
        case .dossier(let text), .unit(let text), .search(let text):
            return [text].textFaults("scope")
        }
    }

    /// The scope as a person reads it.
    package var summary: String {
        switch self {
        case .records(let records) where records.count > 3: "\(records.count) records"
        default: kind + " " + members.map(\.displayed).joined(separator: ", ")
        }
    }
}

extension HoldScope: Codable {
    private enum Key: String, CodingKey {
        case kind
        case of
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let kind = try container.decode(String.self, forKey: .kind)
        let members = try container.decode([String].self, forKey: .of)
        guard let scope = HoldScope(kind: kind, of: members) else {
            let problem = "'\(kind)' of '\(members.prefix(3).joined(separator: ", "))' is no scope"
            throw DecodingError.dataCorruptedError(forKey: .of, in: container, debugDescription: problem)
        }
        self = scope
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(members, forKey: .of)
    }
}

/// A classification code as its segments, `000.7.2.6`.
///
/// Letter case and spaces around a segment do not matter, everything else is verbatim.
package struct ClassCode: Hashable, Sendable {
    private let segments: [PersonName]

    /// Reads a code; nil where it is empty or has an empty segment.
    package init?(_ text: String) {
        segments = text.split(separator: ".", omittingEmptySubsequences: false).map { PersonName(String($0)) }
        if segments.contains(where: \.isEmpty) { return nil }
    }

    /// Whether a code is this one or lies below it.
    package func covers(_ other: ClassCode) -> Bool { other.segments.starts(with: segments) }
}

/// What a hold looks at in a record.
package struct HoldFacts: Hashable, Sendable {
    /// The record.
    package var id: RecordID
    /// The dossier that it belongs to.
    package var dossier: String
    /// The fiscal year of the plan.
    package var year: Int
    /// The unit that it comes from.
    package var unit: String
    /// Its classification code; nil where nobody has chosen one.
    package var classification: String?

    /// Facts out of their parts.
    package init(id: RecordID, dossier: String, year: Int, unit: String, classification: String?) {
        self.id = id
        self.dossier = dossier
        self.year = year
        self.unit = unit
        self.classification = classification
    }

    /// What a hold looks at, out of what retention looks at.
    package init(_ facts: RecordFacts) {
        self.init(
            id: facts.id,
            dossier: facts.dossier,
            year: facts.year,
            unit: facts.unit,
            classification: facts.classification
        )
    }
}

/// Whether a search for these words finds that record now.
///
/// Asked anew each time, so that what arrives later counts. It throws where it cannot tell; nothing is "not held" then.
package typealias HoldSearch = (_ words: String, _ record: RecordID) throws -> Bool

/// A scope made ready to be held against many records.
struct HoldMatcher: Hashable, Sendable {
    private enum Kind: Hashable, Sendable {
        case records(Set<RecordID>)
        case dossier([PersonName])
        case year(Int)
        case unit(PersonName)
        case classification(ClassCode)
        case search(String)
        case everything
    }

    private let kind: Kind

    init(_ scope: HoldScope) {
        kind =
            switch scope {
            case .records(let records): .records(Set(records))
            case .dossier(let text): .dossier(Self.path(text))
            case .year(let year): .year(year)
            case .unit(let text): .unit(PersonName(text))
            // A code that cannot be read was refused when it was entered; were it here, it would hold all.
            case .classification(let code): ClassCode(code).map { .classification($0) } ?? .everything
            case .search(let words): .search(words)
            }
    }

    private static func path(_ dossier: String) -> [PersonName] {
        dossier.split(separator: "/").map { PersonName(String($0)) }
    }

    /// Whether it covers the record.
    func covers(_ facts: HoldFacts, search: HoldSearch) throws -> Bool {
        switch kind {
        case .records(let records): records.contains(facts.id)
        case .dossier(let path): Self.path(facts.dossier).starts(with: path)
        case .year(let year): facts.year == year
        case .unit(let unit): PersonName(facts.unit) == unit
        case .classification(let code): facts.classification.flatMap { ClassCode($0) }.map(code.covers) ?? false
        case .search(let words): try search(words, facts.id)
        case .everything: true
        }
    }

    /// Whether it covers a dossier as a whole; only a hold on the dossier or on what it lies in does.
    func covers(dossier: String) -> Bool {
        if case .dossier(let path) = kind { Self.path(dossier).starts(with: path) } else { false }
    }
}
