/// What an outside program may use, at the most.
///
/// A program that reaches a limit ends, and nothing else does. There is always one process and no other: a program that
/// starts another is refused by the system (`EPERM`).
package struct ProcessLimits: Hashable, Sendable {
    /// How long it may run by the clock; then it is killed.
    package var wall: Duration
    /// How many seconds of processor time it may use (`RLIMIT_CPU`).
    package var cpuSeconds: Int
    /// How many bytes of address space it may have (`RLIMIT_AS`): memory, and the libraries that it maps.
    package var memory: Int
    /// How many bytes it may write to standard output.
    package var output: Int
    /// How many bytes of standard error are kept; what goes beyond is thrown away, and no fault.
    package var errors = 64 << 10
    /// How many files it may have open (`RLIMIT_NOFILE`).
    package var openFiles = 64
    /// Whether it may start threads of its own.
    package var mayStartThreads = false

    /// Limits out of the four that have no value that fits all programs.
    package init(wall: Duration, cpuSeconds: Int, memory: Int, output: Int) {
        self.wall = wall
        self.cpuSeconds = cpuSeconds
        self.memory = memory
        self.output = output
    }
}
