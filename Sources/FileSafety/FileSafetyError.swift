package import SystemPackage

/// Something that the file system would not do: which path, which operation, why, and what to do about it.
///
/// Two errors are equal when their codes are.
package struct FileSafetyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may want to tell apart.
    package enum Code: Hashable, Sendable {
        /// There is nothing at the path.
        case notFound
        /// Something is there already.
        case exists
        /// The disk, or the quota, is full.
        case noSpace
        /// The permissions forbid it.
        case permissionDenied
        /// The file system can only be read.
        case readOnly
        /// The path leads through a symbolic link, or is one.
        case symbolicLink
        /// The path leaves the folder that it must stay in.
        case outside
        /// A folder, FIFO, socket or device stands where a file must be.
        case notARegularFile
        /// Another process holds the lock.
        case locked
        /// The name, or the path, is longer than the file system takes.
        case nameTooLong
        /// The file is larger than the caller is ready to read.
        case tooLarge
        /// The file system has no locks.
        case noLocks
        /// Reading or writing failed in the device.
        case device
        /// Anything else.
        case other
    }

    /// The kind of failure.
    package let code: Code
    /// What was being done, as a verb: `read`, `write`, `rename`.
    package let operation: String
    /// The path that it was done to.
    package let path: FilePath
    /// What the system or the check says, in words.
    package let reason: String
    private let ownRemedy: String?

    /// A failure found by a check of our own.
    ///
    /// - Parameters:
    ///   - code: the kind of failure.
    ///   - operation: what was being done, as a verb.
    ///   - path: what it was done to.
    ///   - reason: why it failed.
    ///   - remedy: what to do about it, where that is more than what the kind says.
    package init(_ code: Code, operation: String, path: FilePath, reason: String, remedy: String? = nil) {
        ownRemedy = remedy
        self.code = code
        self.operation = operation
        self.path = path
        self.reason = reason
    }

    /// A failure reported by the system through `errno`.
    package init(errno: Errno, operation: String, path: FilePath) {
        let code: Code =
            switch errno {
            case .noSuchFileOrDirectory: .notFound
            case .fileExists, .directoryNotEmpty: .exists
            case .noSpace, .diskQuotaExceeded: .noSpace
            case .permissionDenied, .notPermitted: .permissionDenied
            case .readOnlyFileSystem: .readOnly
            case .tooManySymbolicLinkLevels: .symbolicLink
            case .notDirectory, .isDirectory, .noSuchAddressOrDevice: .notARegularFile
            case .fileNameTooLong: .nameTooLong
            case .ioError: .device
            case .noLocks: .noLocks
            default: .other
            }
        let reason =
            switch code {
            case .noSpace: "disk full: \(errno)"
            case .noLocks: "no locks on this file system: \(errno)"
            default: errno.description
            }
        self.init(code, operation: operation, path: path, reason: reason)
    }

    /// What to do about it, without a full stop; nil where there is nothing better than the reason.
    package var remedy: String? {
        if let ownRemedy { return ownRemedy }
        return switch code {
        case .noSpace: "free some space on that disk, then run the same command again: it carries on"
        case .permissionDenied: "ask the owner of that path for permission, or run as a user who has it"
        case .readOnly: "the disk is mounted read-only: mount it for writing, or copy the home to another disk"
        case .noLocks: "keep the home on a disk that has locks, or mount it with them"
        case .device: "the disk may be failing: copy what lies on it to another disk"
        case .nameTooLong: "give the file a shorter name"
        case .notFound: "check the path"
        case .exists: "name another place; nothing was replaced"
        case .symbolicLink: "name the file or folder itself, not a link to it"
        case .notARegularFile: "name a regular file, or a folder where one is asked for"
        case .outside: "name a path inside the folder"
        case .tooLarge: "check that it is the file that was meant"
        case .locked, .other: nil
        }
    }

    /// One line: what, which, why, what to do.
    package var description: String {
        "cannot \(operation) '\(path.shown)': \(reason)" + (remedy.map { "; \($0)" } ?? "")
    }

    package static func == (left: FileSafetyError, right: FileSafetyError) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
