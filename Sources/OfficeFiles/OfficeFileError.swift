package import SystemPackage

/// A file that the office edits cannot be read as what it should be: which file, which line, why, what to do.
///
/// Two errors are equal when their codes are.
package struct OfficeFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: Hashable, Sendable {
        /// The bytes are in an encoding that is not read.
        case encoding
        /// The table is not well-formed.
        case malformed
        /// A value that must be there is missing or of the wrong kind.
        case invalid
        /// A newer version of Berkas wrote it.
        case newer
    }

    /// The kind of failure.
    package let code: Code
    /// The file.
    package let file: FilePath
    /// The line, from 1, where one can be named.
    package let line: Int?
    /// What is wrong and why, without a full stop.
    package let message: String
    /// What to do, without a full stop.
    package let remedy: String

    /// An error out of its parts.
    package init(_ code: Code, file: FilePath, line: Int? = nil, message: String, remedy: String) {
        self.code = code
        self.file = file
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    /// One line: which, what, why, what to do.
    package var description: String {
        "'\(file.string)'\(line.map { ", line \($0)" } ?? ""): \(message); \(remedy)"
    }

    package static func == (left: OfficeFileError, right: OfficeFileError) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
