/// A package that cannot be written as asked: which, why, what to do about it.
///
/// Two errors are equal when their codes are.
package struct PackagingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may want to tell apart.
    package enum Code: Hashable, Sendable {
        /// Something stands at the destination already.
        case exists
        /// The request itself cannot become a bag: bad or repeated paths, digests that are none, labels that break lines.
        case refused
        /// A file has not the length or the SHA-512 that was promised.
        case contentDiffers
        /// The library that makes the container failed, or this system lacks what it needs.
        case container
    }

    /// The kind of failure.
    package let code: Code
    /// What it is about: the path of a member or of a container, or the name of a bag.
    package let subject: String
    /// What is wrong with it.
    package let message: String
    /// What to do about it, in one sentence.
    package let remedy: String?
    /// With `refused`, everything that is wrong, one text each; empty with the other codes.
    package let problems: [String]

    init(_ code: Code, subject: String, message: String, remedy: String?, problems: [String] = []) {
        self.code = code
        self.subject = subject
        self.message = message
        self.remedy = remedy
        self.problems = problems
    }

    /// All that is wrong with a request, of which the message quotes the first ten.
    static func refused(bag: String, problems: [String]) -> PackagingError {
        let quoted = 10
        var message = "it cannot be written: " + problems.prefix(quoted).joined(separator: "; ")
        if problems.count > quoted { message += "; and \(problems.count - quoted) more" }
        let remedy = "give the files paths that a bag can hold, then pack again"
        return PackagingError(.refused, subject: bag, message: message, remedy: remedy, problems: problems)
    }

    /// The system lacks the locale in which names outside ASCII are written.
    static let noLocale = PackagingError(
        .container,
        subject: "C.UTF-8",
        message: "this system has no such locale, without which names outside ASCII cannot be written",
        remedy: "install the C library's locales, then pack again"
    )

    /// A member whose content is not the one promised.
    static func differs(_ member: String, what: String, expected: String, found: String) -> PackagingError {
        PackagingError(
            .contentDiffers,
            subject: member,
            message: "its \(what) should be \(expected), and is \(found)",
            remedy: "the file was changed or damaged where it is kept: put back a good copy of it, then pack again"
        )
    }

    /// One line: which, why, what to do.
    package var description: String {
        "cannot pack \(subject.quoted): \(message)" + (remedy.map { "; \($0)" } ?? "")
    }

    package static func == (left: PackagingError, right: PackagingError) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension String {
    /// The text between quotation marks, on one line: whatever breaks a line or hides is written as its code point.
    var quoted: String {
        var text = "'"
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "'"
    }
}
