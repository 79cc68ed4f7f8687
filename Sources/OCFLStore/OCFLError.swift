/// Why the store could not do what was asked: which object or path, why, and what to do.
///
/// Two errors are equal when their codes are. What is merely wrong with an object is an `OCFLFinding`, not an error.
package struct OCFLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: Hashable, Sendable {
        /// There is no storage root at the path.
        case notAStorageRoot
        /// The root uses a version of OCFL or a layout that this program does not write.
        case unsupported
        /// There is no such object.
        case noSuchObject
        /// There is no such version, or no such file in it.
        case noSuchContent
        /// The object is not what its inventory, or its sidecar, says.
        case damaged
        /// What is to be installed does not follow what is there.
        case conflict
    }

    /// How much of the store a failure is about.
    package enum Extent: Hashable, Sendable {
        /// The object, or the file, that is named.
        case object
        /// The store itself: what is named is not where it must be, and what else is missing is not known.
        case store
        /// Nothing: what was asked for was not begun.
        case nothing
    }

    /// The kind of failure.
    package let code: Code
    /// How much of the store it is about.
    package let extent: Extent
    /// The object's id or the path.
    package let subject: String
    /// What is wrong and why, without a full stop.
    package let message: String
    /// What to do, without a full stop, where that lies in the store's own hands; what else is there is for the caller to say.
    package let remedy: String?

    /// An error out of its parts.
    package init(
        _ code: Code,
        subject: String,
        message: String,
        remedy: String? = nil,
        extent: Extent = .object
    ) {
        self.code = code
        self.extent = extent
        self.subject = subject
        self.message = message
        self.remedy = remedy
    }

    /// One line: which, what, why, and what to do where that is known here.
    package var description: String { "'\(subject)': \(message)" + (remedy.map { "; \($0)" } ?? "") }

    package static func == (left: OCFLError, right: OCFLError) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
