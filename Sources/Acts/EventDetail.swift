package import RecordsModel

/// The particulars of one kind of event, as a value: written and read here and nowhere else.
///
/// Reading is strict. The ledger is proof: a detail with a member too many, too few or of another kind was not written by
/// this program, and nothing may be destroyed on its word.
package protocol EventDetail: Hashable, Sendable, Codable {
    /// The kind of event that has this detail.
    static var type: EventType { get }
    /// What is wrong with the values, each in one sentence without a full stop; empty where nothing is.
    var faults: [String] { get }
}

/// What one detail may hold at most.
package enum EventLimit {
    /// Items of a list, copies, witnesses and the like.
    package static let items = 100_000
    /// Bytes of one text.
    package static let text = 65_536
}

extension EventDetail {
    /// Reads the detail of an event.
    ///
    /// - Throws: `EventFault` that names the event and the member.
    package init(of event: Event) throws(EventFault) {
        guard event.event == Self.type else {
            throw EventFault(event, .shape, "it is no event '\(Self.type)'")
        }
        let decoded: Self
        let isSame: Bool
        do {
            let line = try CanonicalJSON.line(event.detail)
            decoded = try CanonicalJSON.decode(Self.self, from: line)
            // What is lost on the way through the value has no place in it; canonical JSON is compared to the byte.
            isSame = try CanonicalJSON.line(decoded).elementsEqual(line)
        } catch let error as DecodingError {
            throw EventFault(event, .shape, error.sentence)
        } catch {
            throw EventFault(event, .shape, "its detail cannot be read")
        }
        guard isSame else { throw EventFault(event, .shape, decoded.difference(from: event.detail)) }
        if let fault = decoded.faults.first { throw EventFault(event, .value, fault) }
        self = decoded
    }

    /// The detail as it stands in the ledger.
    package func detail() throws -> [String: JSONValue] {
        guard case .object(let members) = try JSONValue(encoding: self) else { return [:] }
        return members
    }

    private func difference(from found: [String: JSONValue]) -> String {
        let expected = (try? detail()) ?? [:]
        let names = found.keys.sorted().filter { found[$0] != expected[$0] }.map { "'\($0.displayed)'" }
        let place = names.isEmpty ? "" : ", in " + names.joined(separator: ", ")
        return "its detail has what does not belong there" + place
    }
}

extension Event {
    /// An event out of a detail.
    package init(
        _ detail: some EventDetail,
        seq: Int,
        time: Moment,
        actor: String,
        record: RecordID? = nil,
        version: Int? = nil
    ) throws {
        self.init(
            seq: seq,
            time: time,
            actor: actor,
            event: type(of: detail).type,
            record: record,
            version: version,
            detail: try detail.detail()
        )
    }
}

extension Event {
    /// The record that the event names, to the letter.
    package func namedRecord() throws(EventFault) -> RecordID {
        guard let text = record, let id = RecordID(text), id.description == text else {
            throw EventFault(self, .shape, "it names no record")
        }
        return id
    }
}

extension JSONValue {
    /// What a value is as JSON.
    package init(encoding value: some Encodable) throws {
        self = try CanonicalJSON.decode(JSONValue.self, from: CanonicalJSON.line(value))
    }
}

/// An event that cannot be true: which one, what is wrong, what to do.
///
/// Holds and lists cannot be told then, and nothing may be destroyed: a missing answer is never "not held".
package struct EventFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of fault.
    package enum Code: String, Hashable, Sendable {
        /// The detail has another shape than its kind of event has.
        case shape
        /// A value is out of range.
        case value
        /// It comes before an event that it stands behind, or twice.
        case order
        /// It speaks of a hold, list, item or copy that is not there.
        case unknown
        /// What it says had happened before.
        case again
        /// What it says could not happen then.
        case state
        /// It breaks the rule that nobody does two of proposing, assessing and approving.
        case samePerson
    }

    /// The kind of fault.
    package let code: Code
    /// The event's place in the ledger.
    package let seq: Int
    /// The kind of event.
    package let event: EventType
    /// What is wrong, in one sentence without a full stop.
    package let message: String

    /// A fault of an event.
    package init(_ event: Event, _ code: Code, _ message: String) {
        self.code = code
        seq = event.seq
        self.event = event.event
        self.message = message
    }

    /// One line: which event, what, what to do.
    package var description: String {
        "event \(seq) ('\(event.rawValue.displayed)') cannot be true: \(message); run 'berkas ledger verify', then "
            + "'berkas repair --dry-run' to see what can be put right"
    }
}

extension DecodingError {
    /// What is wrong and where, in one sentence without a full stop.
    fileprivate var sentence: String {
        func place(_ path: [any CodingKey], _ last: (any CodingKey)? = nil) -> String {
            let names = (path + (last.map { [$0] } ?? [])).map { key in key.intValue.map { "\($0)" } ?? key.stringValue
            }
            return names.isEmpty ? "its detail" : "'" + names.joined(separator: ".").displayed + "'"
        }
        return switch self {
        case .keyNotFound(let key, let context): "\(place(context.codingPath, key)) is missing"
        case .valueNotFound(_, let context): "\(place(context.codingPath)) is empty"
        case .typeMismatch(_, let context): "\(place(context.codingPath)) is of another kind"
        case .dataCorrupted(let context):
            "\(place(context.codingPath)) cannot be read: \(context.debugDescription.displayed)"
        @unknown default: "its detail cannot be read"
        }
    }
}

extension Sequence<String> {
    /// A fault for every text that is blank or longer than a text may be.
    package func textFaults(_ name: String) -> [String] {
        compactMap { text in
            if text.isBlank { return "'\(name)' is empty" }
            return text.utf8.count > EventLimit.text ? "'\(name)' is longer than \(EventLimit.text) bytes" : nil
        }
    }
}

/// One act: who did what to which, and when (R62).
package struct LedgerAct: Hashable, Sendable {
    /// The place in the ledger.
    package let seq: Int
    /// When.
    package let time: Moment
    /// Who.
    package let actor: String
    /// What.
    package let event: EventType
    /// What it was done to, such as a hold, a list or a record.
    package let subject: String
    /// The record, where the act concerns one only.
    package let record: String?
    /// The account that entered it; nil in events of earlier versions.
    package let account: Account?
    /// How sure the person is, by the table in force then.
    package var sure: Certainty = .typed

    /// The act that an event tells of.
    package init(_ event: Event, subject: String) {
        seq = event.seq
        time = event.time
        actor = event.actor
        self.event = event.event
        self.subject = subject
        record = event.record
        account = event.writtenBy
    }
}
