package import RecordsModel

/// Which document types may fill which place of a chain of evidence, as a file of the office says.
package struct EvidenceTypes: Hashable, Sendable {
    /// The place of the receiver's word, which is in no chain.
    package static let receipt = "tanda-terima"

    private var allowed: [String: [String]] = [:]

    /// A table out of the rows of a file; a place that has no row takes nothing.
    package init(_ rows: [(place: String, type: String)] = []) {
        for row in rows { allowed[row.place, default: []].append(row.type) }
    }

    /// The types that a place takes, in the order of the file.
    package func types(of place: String) -> [String] { allowed[place] ?? [] }
}

/// What a record that is to be evidence says of itself.
package struct EvidencePaper: Hashable, Sendable {
    /// The document type.
    package var type: String
    /// Its number, verbatim.
    package var number: String?
    /// Its date.
    package var date: CivilDate?
    /// Who signed it.
    package var signer: String?

    /// A paper out of its parts.
    package init(type: String, number: String? = nil, date: CivilDate? = nil, signer: String? = nil) {
        self.type = type
        self.number = number
        self.date = date
        self.signer = signer
    }

    /// What a record's description says.
    package init(_ said: RecordDescription) {
        self.init(type: said.type, number: said.number, date: said.date, signer: said.signer)
    }
}

/// What a person says of a paper that its record leaves open.
package struct EvidenceWords: Hashable, Sendable {
    /// Its number, verbatim.
    package var number: String?
    /// Its date.
    package var date: CivilDate?
    /// Who signed it.
    package var signer: String?

    /// Words out of their parts.
    package init(number: String? = nil, date: CivilDate? = nil, signer: String? = nil) {
        self.number = number
        self.date = date
        self.signer = signer
    }
}
