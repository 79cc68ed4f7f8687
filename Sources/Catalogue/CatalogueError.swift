/// Why the catalogue cannot be used: what is wrong, and what to do.
///
/// Two errors are equal when their codes are.
package struct CatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: Hashable, Sendable {
        /// The file is no catalogue, or is damaged.
        case damaged
        /// There is something in it that no catalogue of this program has.
        case strange
        /// An older version of Berkas made it, or it was not finished.
        case older
        /// A newer version of Berkas made it.
        case newer
        /// It cannot be opened for writing.
        case readOnly
        /// The words to look for hold nothing that can be looked for.
        case nothingToSearch
        /// The disk is full.
        case noSpace
        /// The file system has no locks.
        case noLocks
        /// Another program holds it.
        case busy
        /// The disk did not give it up, or did not take it.
        case device
        /// A person or the system asked the program to stop.
        case interrupted
    }

    /// The kind of failure.
    package let code: Code
    /// What is wrong and why, without a full stop.
    package let message: String
    /// What to do, without a full stop.
    package let remedy: String

    /// An error out of its parts.
    package init(_ code: Code, message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// One line: what, why, what to do.
    package var description: String { "\(message); \(remedy)" }

    package static func == (left: CatalogueError, right: CatalogueError) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
