/// Why the ledger cannot be used.
///
/// Two errors are equal when their codes are.
package struct LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: Hashable, Sendable {
        /// A file of the ledger is missing.
        case missing
        /// The files contradict each other.
        case damaged
    }

    /// The kind of failure.
    package let code: Code
    /// What is wrong and why, without a full stop.
    package let message: String

    /// An error out of its parts.
    package init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// One line: what, why; what to do is for the caller to say.
    package var description: String { "the ledger cannot be used: \(message)" }

    package static func == (left: LedgerError, right: LedgerError) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

/// One thing that is wrong with the ledger.
package struct LedgerFinding: Hashable, Sendable {
    /// The line, from 1; nil for the ledger as a whole.
    package let line: Int?
    /// What is wrong, without a full stop.
    package let message: String

    /// A finding out of its parts.
    package init(line: Int?, message: String) {
        self.line = line
        self.message = message
    }
}
