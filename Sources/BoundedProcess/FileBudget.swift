import Foundation
import Synchronization

/// What all that is done with one file may use, however many programs work on it: time, processor, memory.
///
/// Each program gets the least of its own limits and of what is left. When something is used up, what runs is ended, and
/// what was still to run is not started: both end as `overBudget`. One value a file, which all its programs share.
package final class FileBudget: Sendable {
    /// How much there is.
    package struct Limits: Hashable, Sendable {
        /// By the clock, from the first program's start; while the machine sleeps it stands still.
        package var time: Duration
        /// Of the processor, all programs together.
        package var processor: Duration
        /// Bytes of address space, all programs that run at the same time together.
        package var memory: Int

        /// What offices need: a scan of some hundred pages takes two to three seconds of the processor a page.
        package init(time: Duration = .seconds(600), processor: Duration = .seconds(1200), memory: Int = 8 << 30) {
            self.time = time
            self.processor = processor
            self.memory = memory
        }
    }

    private struct State {
        var begun: SuspendingClock.Instant?
        var processor: Duration = .zero
        var memory = 0
        /// What was used up when something was ended or not started.
        var cut: String?
    }

    /// How much there is.
    package let limits: Limits
    private let state = Mutex(State())
    private let released = NSCondition()

    /// A budget of which nothing is used.
    package init(_ limits: Limits) { self.limits = limits }

    /// Why something was ended or left undone, as a sentence without a full stop; nil where nothing was.
    package var cut: String? { state.withLock { $0.cut } }

    /// Runs a program out of what is left.
    ///
    /// - Parameters:
    ///   - command: the program.
    ///   - limits: what it may use at the most.
    ///   - isolation: how it is kept apart.
    ///   - isInterrupted: asked several times a second whether to stop.
    /// - Returns: how it ended; `overBudget` where the budget ended it, or left nothing to start it with.
    /// - Throws: `BoundedProcessError` where it cannot be started.
    package func run(
        _ command: BoundedCommand,
        limits: ProcessLimits,
        isolation: Isolation,
        isInterrupted: () -> Bool
    ) throws(BoundedProcessError) -> BoundedOutcome {
        try run(limits: limits, isolation: isolation, isInterrupted: isInterrupted) {
            (tight) throws(BoundedProcessError) in
            try command.run(limits: tight, isolation: isolation, isInterrupted: isInterrupted)
        }
    }

    /// Does something with the file in a process, out of what is left.
    ///
    /// - Parameters:
    ///   - limits: what it may use at the most.
    ///   - isolation: how it is kept apart.
    ///   - isInterrupted: asked several times a second whether to stop.
    ///   - work: runs the process within the limits that it is given.
    /// - Returns: how it ended; `overBudget` where the budget ended it, or left nothing to start it with.
    /// - Throws: what `work` throws.
    package func run(
        limits: ProcessLimits,
        isolation: Isolation,
        isInterrupted: () -> Bool,
        _ work: (ProcessLimits) throws(BoundedProcessError) -> BoundedOutcome
    ) throws(BoundedProcessError) -> BoundedOutcome {
        var tight = limits
        tight.memory = min(limits.memory, self.limits.memory)
        guard reserve(tight.memory, isInterrupted) else { return .notStarted(.interrupted, isolation) }
        defer { release(tight.memory) }
        guard let left = left() else { return .notStarted(.overBudget, isolation) }
        tight.wall = min(limits.wall, left.time)
        tight.cpuSeconds = min(limits.cpuSeconds, max(1, Int((left.processor / .seconds(1)).rounded(.up))))
        let outcome = try work(tight)
        let isTime = outcome.ending == .wallTime && tight.wall < limits.wall
        let isProcessor = outcome.ending == .cpuTime && tight.cpuSeconds < limits.cpuSeconds
        state.withLock { state in
            state.processor += outcome.processor
            if isTime { note(timeIsOver: true, &state) }
            if isProcessor { note(timeIsOver: false, &state) }
        }
        return isTime || isProcessor ? outcome.ended(.overBudget) : outcome
    }

    private func note(timeIsOver: Bool, _ state: inout State) {
        guard state.cut == nil else { return }
        state.cut =
            timeIsOver
            ? "the \(Self.text(limits.time)) that one file may take are over"
            : "the \(Self.text(limits.processor)) of the processor that one file may use are used up"
    }

    private static func text(_ duration: Duration) -> String {
        let seconds = duration / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds)) seconds" : "\(seconds) seconds"
    }

    /// What is left; nil where something is used up, which is noted.
    private func left() -> (time: Duration, processor: Duration)? {
        state.withLock { state in
            let now = SuspendingClock.now
            let begun = state.begun ?? now
            state.begun = begun
            let time = limits.time - (now - begun)
            let processor = limits.processor - state.processor
            if state.cut == nil, time > .zero, processor > .zero { return (time, processor) }
            note(timeIsOver: time <= .zero, &state)
            return nil
        }
    }

    /// Waits until there is room beside the file's other programs; a program without others always has it.
    private func reserve(_ amount: Int, _ isInterrupted: () -> Bool) -> Bool {
        while true {
            let isThere = state.withLock { state in
                guard state.memory == 0 || state.memory + amount <= limits.memory else { return false }
                state.memory += amount
                return true
            }
            if isThere { return true }
            if isInterrupted() { return false }
            released.lock()
            _ = released.wait(until: Date(timeIntervalSinceNow: 0.05))
            released.unlock()
        }
    }

    private func release(_ amount: Int) {
        state.withLock { $0.memory -= amount }
        released.broadcast()
    }
}

extension BoundedOutcome {
    /// Nothing was started.
    static func notStarted(_ ending: Ending, _ isolation: Isolation) -> BoundedOutcome {
        BoundedOutcome(
            ending: ending,
            output: [],
            errors: [],
            isolation: isolation,
            duration: .zero,
            processor: .zero
        )
    }

    /// The same with another ending.
    fileprivate func ended(_ ending: Ending) -> BoundedOutcome {
        BoundedOutcome(
            ending: ending,
            output: output,
            errors: errors,
            isolation: isolation,
            duration: duration,
            processor: processor
        )
    }
}
