package import Acts
package import RecordsModel

/// A copy of a removed record elsewhere, which this program cannot reach (R26).
package struct KnownCopy: Hashable, Sendable, Codable {
    /// The classes of copies, each listed with its state.
    package enum Class: String, Hashable, Sendable, Codable, CaseIterable {
        /// The paper that was scanned; it is destroyed by an act of its own (R61).
        case paper = "paper"
        /// A backup of the home.
        case backup = "backup"
        /// A package that was made of it.
        case package = "package"
        /// Anything else, such as a copy that was given out.
        case other = "other"

        /// The class in the words of a paper.
        package var words: String {
            switch self {
            case .paper: "kertas"
            case .backup: "cadangan"
            case .package: "paket"
            case .other: "lainnya"
            }
        }
    }

    /// The number within the list, from 1.
    package var number: Int
    /// The class.
    package var kind: Class
    /// Where it is, such as a shelf, a medium or a file name.
    package var place: String

    /// A copy out of its parts.
    package init(number: Int, kind: Class, place: String) {
        self.number = number
        self.kind = kind
        self.place = place
    }
}

/// The detail of `disposal copies listed`: copies of the event's record, to be destroyed by hand.
package struct DisposalCopiesListed: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalCopiesListed

    /// The list.
    package var list: DisposalID
    /// The copies.
    package var copies: [KnownCopy]

    /// A detail out of its parts.
    package init(list: DisposalID, copies: [KnownCopy]) {
        self.list = list
        self.copies = copies
    }

    /// What is wrong with the values.
    package var faults: [String] {
        var faults = copies.map(\.place).textFaults("place")
        if copies.isEmpty { faults.append("'copies' is empty") }
        if copies.count > EventLimit.items { faults.append("'copies' has more than \(EventLimit.items) members") }
        if copies.contains(where: { $0.number < 1 }) { faults.append("a copy's number is not from 1") }
        if Set(copies.map(\.number)).count != copies.count { faults.append("'copies' has a number twice") }
        return faults
    }
}

/// The detail of `disposal copy destroyed`: a person's word that a copy elsewhere is gone.
package struct DisposalCopyDestroyed: EventDetail {
    /// The kind of event.
    package static let type = EventType.disposalCopyDestroyed

    /// The list.
    package var list: DisposalID
    /// The copy's number within the list.
    package var copy: Int
    /// How it was destroyed, in the person's words.
    package var method: String

    /// A detail out of its parts.
    package init(list: DisposalID, copy: Int, method: String) {
        self.list = list
        self.copy = copy
        self.method = method
    }

    /// What is wrong with the values.
    package var faults: [String] { [method].textFaults("method") }
}
