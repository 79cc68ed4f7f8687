/// What a repair does, or would do.
package struct RepairStep: Hashable, Sendable {
    /// The part of the home.
    package let area: RepairArea
    /// What is done, in one sentence without a full stop.
    package let what: String
    /// Why that loses nothing, in one sentence without a full stop.
    package let why: String
    /// What it is done to, relative to the home.
    package let path: String?
}

/// What cannot be repaired here.
package struct RepairObstacle: Hashable, Sendable {
    /// The part of the home.
    package let area: RepairArea
    /// What is wrong.
    package let what: String
    /// What to do: a command that can be typed.
    package let remedy: String
    /// The record that is concerned.
    package let record: String?
    /// What is concerned, relative to the home.
    package let path: String?
}

/// The parts of a home that a repair knows.
package enum RepairArea: String, Sendable {
    /// The event log, its leaf hashes and its checkpoint.
    case ledger
    /// The OCFL storage root.
    case store
    /// Sealed packages.
    case packages
    /// Texts of policy files that the ledger names.
    case policy
    /// Work in progress.
    case staging
    /// The index.
    case catalogue
    /// Files that a desktop left.
    case strangers
    /// Rights of files and folders.
    case modes
}

/// What a repair came to.
package struct RepairReport: Sendable {
    /// What was done; what would be done, where it was only asked.
    package var steps: [RepairStep] = []
    /// What cannot be repaired here.
    package var obstacles: [RepairObstacle] = []
    /// The folder, relative to the home, that keeps what was put aside; nil where nothing was done.
    package var folder: String?
    /// Whether more may be planned when these steps are done.
    package var isFirstPart = false
    /// Lines that the ledger once named and that are nowhere in this home.
    package var lostLines = 0
    /// Whether the repair was entered in the ledger.
    package var isEntered = false

    /// A report of nothing.
    package init() {}
}
