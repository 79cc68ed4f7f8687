/// What all that is done with one file may use, as `berkas.yaml` says it under `file-budget`: judging its signatures when it
/// comes in, and reading it.
///
/// Spent, the rest of the file is named as not read, and the next file is taken.
package struct FileBudgetSettings: Hashable, Sendable {
    /// The values that may be set: a week, and a tebibyte.
    package static let allowed = (seconds: 1...604_800, memoryMiB: 64...1_048_576)

    /// Seconds by the clock.
    package let seconds: Int
    /// Seconds of the processor, all programs together.
    package let processorSeconds: Int
    /// MiB of memory, all programs that run at the same time together.
    package let memoryMiB: Int

    /// What holds where the office says nothing: a scan takes two to three seconds of the processor a page, on an old
    /// computer some nine, so that a hundred pages are read everywhere.
    package init(seconds: Int = 600, processorSeconds: Int = 1200, memoryMiB: Int = 8192) {
        self.seconds = seconds
        self.processorSeconds = processorSeconds
        self.memoryMiB = memoryMiB
    }
}
