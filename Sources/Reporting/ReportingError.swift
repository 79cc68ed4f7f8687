/// A paper cannot be made: what, which, why, and what to do.
///
/// Two errors are equal when their codes are.
package struct ReportingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: Hashable, Sendable {
        /// A template is not what a template must be.
        case template
        /// An outside program is not on this machine.
        case programMissing
        /// An outside program failed.
        case programFailed
        /// An outside program took longer than it may.
        case timedOut
        /// The paper is larger than the form allows.
        case tooLarge
        /// Something that is to be attached is not what it should be.
        case attachment
        /// The file system, or the library that writes the form, would not do it.
        case writing
    }

    /// The kind of failure.
    package let code: Code
    /// What is wrong, which and why, without a full stop.
    package let message: String
    /// What to do, without a full stop.
    package let remedy: String

    /// An error out of its parts.
    package init(_ code: Code, message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// One line: what, which, why, what to do.
    package var description: String { "\(message); \(remedy)" }

    package static func == (left: ReportingError, right: ReportingError) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
