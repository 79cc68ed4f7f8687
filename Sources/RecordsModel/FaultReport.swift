/// One thing that is wrong with a batch, or worth knowing about it: what, which, why and what to do.
package struct Fault: Hashable, Sendable, Codable {
    /// How much it matters.
    package enum Severity: String, Sendable, Codable {
        /// The row's record is not taken in.
        case fault
        /// The record is taken in all the same.
        case warning
    }

    /// How much it matters.
    package let severity: Severity
    /// The row as a spreadsheet counts it, the header being row 1; nil for the batch as a whole.
    package let row: Int?
    /// The column's name.
    package let column: String?
    /// The value found, verbatim.
    package let value: String?
    /// What is wrong and why, in one sentence without a full stop.
    package let message: String
    /// What to do about it, in one sentence without a full stop.
    package let remedy: String

    /// A fault out of its parts.
    package init(
        _ severity: Severity = .fault,
        row: Int? = nil,
        column: String? = nil,
        value: String? = nil,
        message: String,
        remedy: String
    ) {
        self.severity = severity
        self.row = row
        self.column = column
        self.value = value
        self.message = message
        self.remedy = remedy
    }
}
