package import RecordsModel

/// A paper of the office, such as a list of records or the minutes of a destruction, before it is printed in any form.
///
/// It holds what the forms of `domain.md`, section 4.4, ask for. What the office gives and no program may invent, such as a
/// number, is nil until somebody gives it.
package struct Paper: Hashable, Sendable {
    /// Something that the form asks for beside its tables, such as the place or the method.
    package struct Fact: Hashable, Sendable {
        /// The stable name, by which a template can ask for it.
        package let key: String
        /// The words of the form.
        package let heading: String
        /// The value; nil where nobody has given it.
        package let value: String?
        /// Whether the form leaves it open, so that its absence is no gap.
        package let mayLack: Bool

        /// A fact out of its parts.
        package init(_ key: String, _ heading: String, _ value: String?, mayLack: Bool = false) {
            self.key = key
            self.heading = heading
            self.value = value
            self.mayLack = mayLack
        }
    }

    /// What kind of paper it is.
    package let kind: PaperKind
    /// The title.
    package var title: String
    /// Its own number, as the office gave it; nil where nobody did.
    package var number: String?
    /// The day that it bears.
    package let date: CivilDate
    /// Where it is signed; nil where nobody has said.
    package let place: String?
    /// The head of the sheet.
    package let letterhead: Letterhead
    /// Paragraphs before the facts.
    package var opening: [String] = []
    /// What the form asks for, in its order.
    package var facts: [Fact] = []
    /// The tables, in their order.
    package var tables: [PaperTable] = []
    /// Paragraphs behind the facts.
    package var closing: [String] = []
    /// Who signs, in the order of the form.
    package var signatures: [SignatureBlock] = []
    /// What is attached.
    package var attachments: [Attachment] = []
    /// A text for a camera, printed as a QR code; nil where the paper has none.
    package var code: String?
    /// The ledger's checkpoint, for the foot of each page and for a camera behind the last.
    package let checkpoint: PaperCheckpoint?
    /// The sheet that it is printed on.
    package let sheet: SheetSize

    /// A paper of a kind, with what every paper has.
    package init(_ kind: PaperKind, _ frame: PaperFrame) {
        self.kind = kind
        title = kind.title
        number = frame.number
        date = frame.date
        place = frame.place
        letterhead = frame.letterhead
        checkpoint = frame.checkpoint
        sheet = frame.sheet
    }

    /// Whether its widest table does not fit between the margins of an upright sheet.
    package var isWide: Bool { (tables.map(\.width).max() ?? 0) > sheet.width - SheetSize.margins }

    /// Whether its first pages are printed across the sheet: those of minutes and covers are upright, and only the lists
    /// behind them may lie; labels have no table on paper.
    package var isLandscape: Bool { isWide && kind.family == .list }
}

/// What every paper has beside its content.
package struct PaperFrame: Hashable, Sendable {
    /// The head of the sheet.
    package var letterhead: Letterhead
    /// The paper's own number; asked for, never invented.
    package var number: String?
    /// The day that the paper bears.
    package var date: CivilDate
    /// Where it is signed.
    package var place: String?
    /// The ledger's checkpoint.
    package var checkpoint: PaperCheckpoint?
    /// The sheet that it is printed on.
    package var sheet: SheetSize

    /// A frame out of its parts.
    package init(
        letterhead: Letterhead,
        number: String? = nil,
        date: CivilDate,
        place: String? = nil,
        checkpoint: PaperCheckpoint? = nil,
        sheet: SheetSize = .f4
    ) {
        self.letterhead = letterhead
        self.number = number
        self.date = date
        self.place = place
        self.checkpoint = checkpoint
        self.sheet = sheet
    }
}

/// The head of the office's paper (kop surat).
package struct Letterhead: Hashable, Sendable {
    /// What stands above the office's name, such as the region's.
    package var above: [String]
    /// The office.
    package var office: String
    /// What stands below it: address, telephone, electronic mail.
    package var below: [String]

    /// A head out of its lines.
    package init(above: [String] = [], office: String, below: [String] = []) {
        self.above = above
        self.office = office
        self.below = below
    }
}

/// The sheets that offices print on.
package enum SheetSize: String, Hashable, Sendable, CaseIterable {
    /// 215 mm by 330 mm, the sheet of Indonesian offices (folio).
    case f4 = "f4"
    /// 210 mm by 297 mm (ISO 216).
    case a4 = "a4"
    /// 148 mm by 210 mm (ISO 216), for a card in the place of a lent record.
    case a5 = "a5"

    /// The width of the upright sheet in millimetres.
    package var width: Int {
        switch self {
        case .f4: 215
        case .a4: 210
        case .a5: 148
        }
    }

    /// The height of the upright sheet in millimetres.
    package var height: Int {
        switch self {
        case .f4: 330
        case .a4: 297
        case .a5: 210
        }
    }

    /// What the left and the right margin take together, in millimetres.
    package static let margins = 35
}

/// One place for a signature.
package struct SignatureBlock: Hashable, Sendable {
    /// As what the person signs, such as `Saksi I`.
    package let role: String
    /// The office that the person holds; nil where the role says it.
    package let position: String?
    /// The name; nil where nobody has said, and a line is left to write on.
    package let name: String?
    /// The number of the civil servant (NIP), where it is known.
    package let nip: String?

    /// A place for a signature, out of its parts.
    package init(_ role: String, _ signer: Signer?) {
        self.role = role
        position = signer?.position
        name = signer?.name
        nip = signer?.nip
    }
}

/// A person who signs.
package struct Signer: Hashable, Sendable {
    /// The name, with titles as the person writes it.
    package var name: String
    /// The number of the civil servant (NIP), where the person has one.
    package var nip: String?
    /// The office that the person holds, such as `Sekretaris`.
    package var position: String?

    /// A person out of the parts.
    package init(_ name: String, nip: String? = nil, position: String? = nil) {
        self.name = name
        self.nip = nip
        self.position = position
    }
}
