import ArchiveHome
package import RecordsModel

/// What a kasubbag needs to know of a day, on one screen.
package struct TodayReport: Sendable {
    /// What a row is about.
    package enum Topic: String, Hashable, Sendable, CaseIterable {
        /// The computer's clock leapt forward, and nobody has said that it was right.
        case clock
        /// Policy files that were edited and not adopted.
        case policy
        /// Dossiers that are late, or wait for somebody.
        case dossiers
        /// Records without a classification code.
        case classification
        /// Papers that should have been back.
        case loans
        /// Records whose period ends soon, or has ended.
        case retention
        /// Files whose text was not read, not yet or not whole, or may be wrong.
        case reading
        /// When the bytes were read last.
        case fixity
        /// When the last package was made.
        case packing = "package"
        /// When somebody outside of the office looked at the log last.
        case witness
        /// When an authority outside stamped the time of the log last.
        case stamp

        /// What it is called.
        package var words: String {
            switch self {
            case .clock: "clock (jam)"
            case .policy: "policy (kebijakan)"
            case .dossiers: "dossiers (berkas)"
            case .classification: "classification (klasifikasi)"
            case .loans: "loans (peminjaman)"
            case .retention: "retention (retensi)"
            case .reading: "reading (pembacaan)"
            case .fixity: "fixity (keutuhan)"
            case .packing: "package (paket)"
            case .witness: "outside look (saksi)"
            case .stamp: "time stamp (stempel waktu)"
            }
        }
    }

    /// One thing below a row.
    package struct Item: Hashable, Sendable {
        /// Which dossier, record or loan.
        package let subject: String
        /// What is the matter, in a sentence without a full stop.
        package let message: String
        /// The day that matters, where there is one.
        package let day: CivilDate?

        /// An item out of its parts.
        package init(_ subject: String, _ message: String, day: CivilDate? = nil) {
            self.subject = subject
            self.message = message
            self.day = day
        }
    }

    /// One row.
    package struct Row: Hashable, Sendable {
        /// What it is about.
        package let topic: Topic
        /// Whether a person should do something.
        package let isCalling: Bool
        /// How it stands, in a sentence without a full stop.
        package let message: String
        /// What to do; nil where nothing is to be done.
        package let remedy: String?
        /// How many things are behind it.
        package let count: Int
        /// The first of them.
        package let items: [Item]

        /// A row out of its parts.
        package init(
            _ topic: Topic,
            isCalling: Bool,
            _ message: String,
            remedy: String? = nil,
            count: Int = 0,
            items: [Item] = []
        ) {
            self.topic = topic
            self.isCalling = isCalling
            self.message = message
            self.remedy = isCalling ? remedy : nil
            self.count = count
            self.items = items
        }
    }

    /// The day.
    package let asOf: CivilDate
    /// Whose archive it is.
    package let office: String
    /// The rows, in the order of the topics.
    package let rows: [Row]
    /// The ledger's checkpoint; nil where nothing was kept yet.
    package let checkpoint: String?
}

/// What the assessment of dossiers says of a day.
///
/// The row about dossiers is there only where somebody tells it: nothing is printed of what was not asked.
package struct DossierStanding: Hashable, Sendable {
    /// The dossiers that are late or wait, the most pressing first.
    package let items: [TodayReport.Item]

    /// A standing out of its items; none where nothing is late.
    package init(_ items: [TodayReport.Item]) { self.items = items }
}
