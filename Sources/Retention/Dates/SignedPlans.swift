import RecordsModel

/// The signed plans of each dossier, whose events the drafts follow where their row says so.
package struct SignedPlans: Sendable {
    private var dossiers: [ExactText: [RecordFacts]] = [:]

    /// No plan at all: a row that follows one has not started.
    package static let none = SignedPlans([], types: [])

    /// The plans among records.
    ///
    /// - Parameters:
    ///   - facts: records, of which those of other types are passed over.
    ///   - types: the document types that are the signed plan, from the settings.
    package init(_ facts: some Sequence<RecordFacts>, types: [String]) {
        for record in facts where types.contains(where: { $0.utf8.elementsEqual(record.type.utf8) }) {
            dossiers[ExactText(record.dossier), default: []].append(record)
        }
    }

    /// The plans of a dossier; several where a plan was revised.
    package func plans(of dossier: String) -> [RecordFacts] { dossiers[ExactText(dossier)] ?? [] }
}
