/// How a program ended, and what it said until then.
package struct BoundedOutcome: Sendable {
    /// The ways to end.
    package enum Ending: Hashable, Sendable {
        /// By itself, with this status.
        case exited(Int)
        /// By a signal: mostly a crash.
        case signalled(Int)
        /// Killed when its time by the clock was over.
        case wallTime
        /// Killed when its processor time was over.
        case cpuTime
        /// Killed when it wrote more than it may.
        case tooMuchOutput
        /// Killed, or not started, because what all programs of its file may use was used up: see `FileBudget`.
        case overBudget
        /// Killed because its caller was to stop.
        case interrupted
    }

    /// How it ended.
    package let ending: Ending
    /// What it wrote to standard output, up to the limit.
    package let output: [UInt8]
    /// What it wrote to standard error, up to the limit.
    package let errors: [UInt8]
    /// How it was kept apart from the rest of the machine.
    package let isolation: Isolation
    /// How long it ran by the clock.
    package let duration: Duration
    /// How much processor time it used; of a program that was killed, at most that of one core.
    package let processor: Duration

    /// Whether it ended by itself with status 0.
    package var isSuccess: Bool { ending == .exited(0) }

    /// The first line of standard error that says something, at most 200 characters, without control characters; nil
    /// where there is none.
    package var complaint: String? { Self.complaint(in: errors) }

    /// The same of what something wrote to standard error.
    static func complaint(in errors: [UInt8]) -> String? {
        for line in errors.split(separator: 0x0A).prefix(100) {
            let text = String(decoding: line.prefix(800), as: UTF8.self)
            let shown = String(
                String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 })
            )
            let trimmed = shown.drop { $0 == " " }
            if !trimmed.isEmpty { return String(trimmed.prefix(200)) }
        }
        return nil
    }
}
