package import SystemPackage

/// One step that changes what a disk holds, named before it is taken.
package struct DurableStep: Hashable, Sendable, CustomStringConvertible {
    /// What the step does.
    package enum Kind: String, Sendable {
        /// Makes a file and writes its content, or a part of it.
        case write
        /// Waits until content or names have reached the disk.
        case sync
        /// Gives a file or folder another name.
        case rename
        /// Makes a folder.
        case makeDirectory
        /// Adds lines to the end of a file.
        case append
        /// Cuts a file to a length.
        case truncate
        /// Takes a name away.
        case remove
        /// Commits a transaction of the catalogue.
        case commit
    }

    /// What the step does.
    package let kind: Kind
    /// What it does it to.
    package let path: FilePath

    /// A step out of its parts.
    package init(_ kind: Kind, _ path: FilePath) {
        self.kind = kind
        self.path = path
    }

    /// The kind and the path.
    package var description: String { "\(kind.rawValue) \(path)" }
}

/// The seam through which tests see, and fail, every durable step.
///
/// Every write, sync, rename and removal of the archive asks its tripwire first. In the shipped program the answer is
/// always yes; a test throws at the Nth step, which is a full disk, or at the Nth and all later ones, which is a crash.
/// (The discipline of SQLite's anomaly tests, <https://www.sqlite.org/testing.html>.)
package struct Tripwire: Sendable {
    private let check: (@Sendable (DurableStep) throws -> Void)?

    /// Lets every step pass.
    package static let none = Tripwire(check: nil)

    private init(check: (@Sendable (DurableStep) throws -> Void)?) { self.check = check }

    /// Asks `check` before each step; what it throws, the step throws.
    package init(_ check: @escaping @Sendable (DurableStep) throws -> Void) { self.check = check }

    /// Asks whether the step may be taken.
    package func pass(_ kind: DurableStep.Kind, _ path: FilePath) throws {
        guard let check else { return }
        try check(DurableStep(kind, path))
    }
}
