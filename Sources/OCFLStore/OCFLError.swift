/// Why the store could not do what was asked: which object or path, why, and what to do.
///
/// Two errors are equal when their codes are. What is merely wrong with an object is a `StoreFinding`, not an error.
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

    /// The kind of failure.
    package let code: Code
    /// The object's id or the path.
    package let subject: String
    /// What is wrong and why, without a full stop.
    package let message: String
    /// What to do, without a full stop.
    package let remedy: String

    /// An error out of its parts.
    package init(_ code: Code, subject: String, message: String, remedy: String) {
        self.code = code
        self.subject = subject
        self.message = message
        self.remedy = remedy
    }

    /// One line: which, what, why, what to do.
    package var description: String { "'\(subject)': \(message); \(remedy)" }

    package static func == (left: OCFLError, right: OCFLError) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

/// One thing that is wrong with a storage root or an object in it.
package struct StoreFinding: Hashable, Sendable {
    /// The code of the OCFL 1.1 specification (<https://ocfl.io/1.1/spec/validation-codes.html>).
    package let code: String
    /// The path of the object within the root; nil for the root itself.
    package let object: String?
    /// The version folder, where one version is concerned.
    package let version: String?
    /// The path within the object, or within the root.
    package let path: String?
    /// What is wrong, without a full stop.
    package let message: String

    /// A finding out of its parts.
    package init(code: String, object: String? = nil, version: String? = nil, path: String? = nil, message: String) {
        self.code = code
        self.object = object
        self.version = version
        self.path = path
        self.message = message
    }
}
