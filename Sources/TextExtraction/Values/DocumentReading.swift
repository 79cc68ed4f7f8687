package import BoundedProcess

/// All that was read from one file's content: derived, and made again from the content alone.
///
/// Its JSON is `Schemas/reading.schema.json`, kept in `derived/` by the content's digest.
package struct DocumentReading: Hashable, Sendable, Codable {
    /// The version of the JSON form.
    package static let currentSchema = 2

    /// The version of the JSON form that it is written in.
    package var schema: Int
    /// The content's digest, in hexadecimal, as the caller gave it.
    package var digest: String
    /// What the file is.
    package var format: IdentifiedFormat
    /// How far it was read: the worst of its pages and findings; nil in a reading of schema 1, which did not say.
    package internal(set) var state: ReadingState?
    /// Whether the content is encrypted, so that it cannot be read or only in part.
    package var isEncrypted: Bool
    /// How many pages the file says that it has; nil where it could not be told.
    package var pageCount: Int?
    /// How many pages were read, the empty ones among them; nil in a reading of a program that did not count them.
    package var pagesRead: Int?
    /// The pages, in their order; fewer than `pageCount` where the file has too many to read.
    package var pages: [PageReading]
    /// What is wrong with the file as a whole; what is wrong with a page stands with the page.
    package var findings: [ReadingFinding]
    /// How the programs that read it were kept apart.
    package var isolation: Isolation

    /// A reading without pages yet.
    package init(digest: String, format: IdentifiedFormat, isolation: Isolation) {
        schema = Self.currentSchema
        self.digest = digest
        self.format = format
        self.isolation = isolation
        isEncrypted = false
        pages = []
        findings = []
    }

    /// All findings, those of the file first, then those of its pages in their order.
    package var allFindings: [ReadingFinding] { findings + pages.flatMap(\.findings) }

    /// The findings as a person is told them: pages that the file's budget did not reach are named in one line.
    package var toldFindings: [ReadingFinding] { allFindings.filter { $0.code != .budgetSpent || $0.page == nil } }
}
