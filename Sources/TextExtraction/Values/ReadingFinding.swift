/// One thing that is wrong with a file as something to read: what, on which page, why, and what to do about it.
///
/// Nothing of it keeps the file from being kept.
package struct ReadingFinding: Hashable, Sendable, Codable {
    /// What can be wrong.
    package enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        /// The format is none that is read.
        case unknownFormat = "unknown-format"
        /// The name claims another format than the content is.
        case extensionDiffers = "extension-differs"
        /// The file holds nothing.
        case empty
        /// The file is damaged: it could not be read, or not all of it.
        case damaged
        /// The file is encrypted, and nothing can be read without its password.
        case encrypted
        /// A scan with fewer than 200 pixels an inch.
        case lowResolution = "low-resolution"
        /// A page could not be read.
        case pageUnreadable = "page-unreadable"
        /// A page's text was recognised badly.
        case poorText = "poor-text"
        /// Reading took more time, memory or room than it may; what is told is what came until then.
        case limit
        /// What all that is done with a file may use is used up: the rest of it was not read.
        case budgetSpent = "budget-spent"
        /// A program that this format needs is not installed.
        case programMissing = "program-missing"
        /// Some characters of a text are none in its encoding, and are shown as U+FFFD.
        case encoding
        /// The text layer covers too little of what the page shows, or its words are none: the page was recognised too.
        case layerDistrusted = "layer-distrusted"
        /// The program that read it complained, and ended as if all were well.
        case complaint
        /// Something inside is of a kind that is not read: it is named.
        case partNotRead = "part-not-read"
        /// A value is shown as it is stored, not as the office program would show it: a formula without a result.
        case valueAsStored = "value-as-stored"
    }

    /// How much it matters.
    package enum Severity: String, Hashable, Sendable, Codable {
        /// Something could not be read.
        case fault
        /// All was read, and something of what was read may be wrong.
        case doubt
        /// Worth knowing; all was read.
        case warning
    }

    /// What is wrong.
    package var code: Code
    /// How much it matters.
    package var severity: Severity
    /// On which page; nil for the file as a whole.
    package var page: Int?
    /// What is wrong and why, in one sentence without a full stop.
    package var message: String
    /// What to do about it, in one sentence without a full stop.
    package var remedy: String

    /// A finding out of its parts.
    package init(_ code: Code, _ severity: Severity, page: Int? = nil, _ message: String, remedy: String) {
        self.code = code
        self.severity = severity
        self.page = page
        self.message = message
        self.remedy = remedy
    }
}
