package import BoundedProcess

/// How the programs that read one file are run: how far apart, out of which budget, and until when.
package struct ReadingPrograms: Sendable {
    /// What all of them may use together.
    package let budget: FileBudget
    /// How they are kept apart.
    package let isolation: Isolation
    /// Asked several times a second whether to stop.
    package let isInterrupted: @Sendable () -> Bool

    /// A way to run programs.
    package init(budget: FileBudget, isolation: Isolation, isInterrupted: @escaping @Sendable () -> Bool) {
        self.budget = budget
        self.isolation = isolation
        self.isInterrupted = isInterrupted
    }

    /// Runs one.
    ///
    /// - Throws: `BoundedProcessError` where it cannot be run; `CancellationError` where it was to stop.
    func run(_ command: BoundedCommand, _ limits: ProcessLimits) throws -> BoundedOutcome {
        let outcome = try budget.run(command, limits: limits, isolation: isolation, isInterrupted: isInterrupted)
        if outcome.ending == .interrupted { throw CancellationError() }
        return outcome
    }
}
