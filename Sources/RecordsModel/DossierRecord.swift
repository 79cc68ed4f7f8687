/// A record as a dossier sees it: what it is, from when, by whom signed, and when it was filed.
package struct DossierRecord: Hashable, Sendable {
    /// The accession number.
    package let id: RecordID
    /// The step of the procedure.
    package let step: Int
    /// The document type's id.
    package let type: String
    /// The unit that it comes from.
    package let unit: String
    /// The title.
    package let title: String
    /// The document's own number.
    package let number: String?
    /// The date on the document.
    package let date: CivilDate?
    /// Who signed.
    package let signer: String?
    /// How it was signed.
    package let signature: SignatureKind?
    /// When its newest version was filed.
    package let received: Moment
    /// How many versions it has.
    package let versions: Int
    /// By which list it was removed; nil for one that is here.
    package let removedBy: String?

    /// A record out of its parts.
    package init(
        id: RecordID,
        step: Int,
        type: String,
        unit: String,
        title: String,
        number: String?,
        date: CivilDate?,
        signer: String?,
        signature: SignatureKind?,
        received: Moment,
        versions: Int = 1,
        removedBy: String? = nil
    ) {
        self.id = id
        self.step = step
        self.type = type
        self.unit = unit
        self.title = title
        self.number = number
        self.date = date
        self.signer = signer
        self.signature = signature
        self.received = received
        self.versions = versions
        self.removedBy = removedBy
    }

    /// Whether it is said to be signed: by how, or by naming a signer where it is not said how.
    package var isSaidToBeSigned: Bool {
        switch signature {
        case .wet?, .electronic?: true
        case SignatureKind.none?: false
        case nil: signer != nil
        }
    }
}
