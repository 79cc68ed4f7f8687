import Fixity
import OCFLStore
import RecordsModel

/// The findings that stand in a ledger: entered by a sweep, and not told as gone by a later one.
///
/// A sweep enters its summary and what is new since the last: the same fault is one line of the ledger, however many nights it
/// is found.
struct KnownFindings {
    /// The events that tell of them, the first entered first.
    private(set) var standing: [Event] = []
    private var places: [String: Int] = [:]

    /// What an event says of a finding that was there and is not found any more.
    static let gone = "no longer found"
    /// The most lines that one sweep enters for findings that are new, and for those that are gone.
    static let limit = 100
    /// How many bytes of a finding's words are entered.
    private static let wordLimit = 600

    /// The findings that stand after these events.
    ///
    /// Sweeps of earlier versions entered all that they found: those over everything told all there was.
    init(folding events: some Sequence<Event>) {
        for event in events where event.event == .fixityCheck {
            if let scope = event.detail["scope"] {
                guard event.detail["new"] == nil else { continue }
                if scope.text != nil { removeAll { _ in true } }
                let named = Set((scope.list ?? []).compactMap(\.text))
                if !named.isEmpty { removeAll { $0.record.map { named.contains($0) } ?? false } }
            } else if event.detail["outcome"]?.text == Self.gone {
                let key = Self.key(of: event)
                if places[key] != nil { removeAll { Self.key(of: $0) == key } }
            } else {
                let key = Self.key(of: event)
                guard places[key] == nil else { continue }
                places[key] = standing.count
                standing.append(event)
            }
        }
    }

    private mutating func removeAll(where isGone: (Event) -> Bool) {
        standing.removeAll(where: isGone)
        places = Dictionary(uniqueKeysWithValues: standing.enumerated().map { (Self.key(of: $1), $0) })
    }

    /// Whether a finding is known.
    func holds(_ event: Event) -> Bool { places[Self.key(of: event)] != nil }

    /// What a finding is known by: its place and its words, without numbers, which change from night to night.
    private static func key(of event: Event) -> String {
        let words = event.detail["message"]?.text ?? ""
        var plain = ""
        var wasDigit = false
        for scalar in words.unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            if !isDigit { plain.unicodeScalars.append(scalar) } else if !wasDigit { plain += "0" }
            wasDigit = isDigit
        }
        let place = ["area", "code", "path"].map { event.detail[$0]?.text ?? "" }
        return (place + [event.record ?? "", event.version.map { "\($0)" } ?? "", plain]).joined(separator: "\u{0}")
    }

    /// A finding as the ledger keeps it.
    static func event(_ finding: VerifyFinding, actor: String, time: Moment) -> Event {
        var detail: [String: JSONValue] = [
            "area": .string(finding.area.rawValue), "message": .string(cut(finding.message)),
            "outcome": .string("failure"),
        ]
        detail["code"] = finding.code.map { .string($0) }
        detail["path"] = finding.path.map { .string(cut($0)) }
        return Event(
            seq: 0,
            time: time,
            actor: actor,
            event: .fixityCheck,
            record: finding.record.flatMap { RecordID($0) },
            version: finding.version.flatMap { VersionNumber($0)?.number },
            detail: detail
        )
    }

    /// The same finding, told as gone.
    static func goneEvent(_ known: Event, actor: String, time: Moment) -> Event {
        var detail = known.detail
        detail["outcome"] = .string(gone)
        return Event(
            seq: 0,
            time: time,
            actor: actor,
            event: .fixityCheck,
            record: known.record.flatMap { RecordID($0) },
            version: known.version,
            detail: detail
        )
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > wordLimit else { return text }
        var cut = ""
        for character in text {
            guard cut.utf8.count + String(character).utf8.count <= wordLimit else { break }
            cut.append(character)
        }
        // What was cut off still tells one finding from another.
        return cut + "… " + Digest.of(text.utf8, .sha256).hex.prefix(16)
    }
}
