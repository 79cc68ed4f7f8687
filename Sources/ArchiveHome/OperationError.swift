package import RecordsModel

/// Why an operation stopped: what, which, why, and what to do.
///
/// Two errors are equal when their codes are.
package struct OperationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: Hashable, Sendable {
        /// There is no archive home.
        case noHome
        /// There is no such record or version.
        case noSuchRecord
        /// The record was removed, and its tombstone is here.
        case removed
        /// What is to be written is there already, and is something else.
        case exists
        /// What is asked for was not read, or is not there to be read.
        case unread
        /// The call contradicts itself.
        case usage
        /// The computer's clock cannot be right.
        case clock
        /// The truth contradicts itself.
        case damaged
        /// Something in the home is not what this program puts there, and is not believed: nothing was touched.
        case untrusted
        /// The home was found above the current folder and belongs to another user.
        case foreign
        /// What was asked for is done, and something that belongs to it is not.
        case partly
        /// A person or the system asked the program to stop.
        case interrupted
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

    /// There is no record of that id.
    package static func noSuchRecord(_ id: String) -> OperationError {
        OperationError(
            .noSuchRecord,
            message: "there is no record '\(id)'",
            remedy: "run 'berkas list' or 'berkas search WORDS' to find its number"
        )
    }

    /// The record has no such version.
    package static func noSuchVersion(_ version: Int, of id: RecordID) -> OperationError {
        OperationError(
            .noSuchRecord,
            message: "\(id) has no version \(version)",
            remedy: "run 'berkas show \(id)' to see its versions"
        )
    }

    package static func == (left: OperationError, right: OperationError) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
