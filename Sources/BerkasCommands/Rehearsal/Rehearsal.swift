import RecordsModel
import Synchronization
import SystemPackage

private let current = Mutex<Rehearsal?>(nil)

/// The rehearsal that this process works in: in which copy, and how far its clock is ahead.
///
/// In this process only: nothing outside of it, such as a variable, can set a clock.
struct Rehearsal: Sendable {
    /// The copy of the home.
    let home: FilePath
    /// The day that is tried.
    let day: CivilDate
    /// How many days the clock is ahead.
    let daysAhead: Int

    /// The rehearsal that is on; nil where everything counts.
    static var isOn: Rehearsal? { current.withLock { $0 } }

    /// Begins it, or ends it.
    static func set(_ rehearsal: Rehearsal?) { current.withLock { $0 = rehearsal } }
}
