import SystemPackage

/// A program that could not be run at all: which, why, what to do about it.
///
/// Two errors are equal when their codes are. What a program does once it runs is never an error: see `BoundedOutcome`.
package struct BoundedProcessError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may want to tell apart.
    package enum Code: Hashable, Sendable {
        /// The program is not on this machine, or somebody may have put it there who is not its owner.
        case missing
        /// The system would not start it.
        case start
        /// A signal ended it before it had an answer.
        case ended
    }

    /// The kind of failure.
    package let code: Code
    /// The program: its path, or the name that was looked for.
    package let program: String
    /// Why.
    package let reason: String
    /// What to do about it.
    package let remedy: String?

    /// A program that is looked for and is not there.
    ///
    /// - Parameters:
    ///   - name: the program's name.
    ///   - debianPackage: the package that has it.
    /// - Returns: the error.
    package static func missing(_ name: String, debianPackage: String) -> BoundedProcessError {
        BoundedProcessError(
            code: .missing,
            program: name,
            reason: "it is not installed",
            remedy: "install the package '\(debianPackage)'"
        )
    }

    /// A program that is there, and that others than the machine's owner could have written.
    static func distrusted(_ path: FilePath, because reason: String) -> BoundedProcessError {
        BoundedProcessError(
            code: .missing,
            program: path.string,
            reason: "it is not used: \(reason)",
            remedy: "let it, and the folders above it, belong to root and be writable by nobody else"
        )
    }

    /// No filter of system calls, without which nothing is started.
    static let noFilter = BoundedProcessError(
        code: .start,
        program: "libseccomp",
        reason: "it makes no filter of system calls for this machine",
        remedy: "use x86-64 or aarch64, with the package 'libseccomp2'"
    )

    static func start(_ program: FilePath, step: String, errno: Errno) -> BoundedProcessError {
        let reason = "\(step): \(errno.description)"
        return BoundedProcessError(code: .start, program: program.string, reason: reason, remedy: nil)
    }

    /// A program whose answer was wanted and that a signal ended.
    static func ended(_ program: FilePath, signal: Int32) -> BoundedProcessError {
        BoundedProcessError(
            code: .ended,
            program: program.string,
            reason: "signal \(signal) ended it before it had an answer",
            remedy: "run the command again; where memory is short, end other programs first"
        )
    }

    /// One line: which, why, what to do.
    package var description: String {
        "cannot run '\(program)': \(reason)" + (remedy.map { "; \($0)" } ?? "")
    }

    package static func == (left: BoundedProcessError, right: BoundedProcessError) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
