/// How far a page, an attached part or a whole file was read: three states, and nothing between.
package enum ReadingState: String, Hashable, Sendable, Codable, Comparable, CaseIterable {
    /// All of it was read, and nothing speaks against what was read. A page may be empty.
    case read
    /// All of it was read, and something of it may be wrong: a finding says why.
    case doubtful
    /// It was not read, or not all of it: a finding says why, and what to do.
    case notRead = "not-read"

    private var rank: Int {
        switch self {
        case .read: 0
        case .doubtful: 1
        case .notRead: 2
        }
    }

    package static func < (one: ReadingState, other: ReadingState) -> Bool { one.rank < other.rank }
}

extension ReadingFinding.Severity {
    /// What a finding of this severity makes of the page, or the file, that it stands with.
    package var state: ReadingState {
        switch self {
        case .fault: .notRead
        case .doubt: .doubtful
        case .warning: .read
        }
    }
}

extension DocumentReading {
    /// Says of each page and of the whole how far it was read: the worst of what was found.
    ///
    /// Nothing else sets a state, so that a finding and a state can't contradict each other.
    mutating func settleStates() {
        func worst(_ findings: [ReadingFinding]) -> ReadingState { findings.map(\.severity.state).max() ?? .read }
        for index in pages.indices { pages[index].state = worst(pages[index].findings) }
        state = max(worst(findings), pages.compactMap(\.state).max() ?? .read)
    }
}
