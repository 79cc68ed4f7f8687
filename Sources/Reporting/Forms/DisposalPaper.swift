package import Acts
package import Disposal
package import RecordsModel

/// A letter that a paper names as its ground.
package struct LetterReference: Hashable, Sendable {
    /// Its number, verbatim.
    package var number: String
    /// Its date.
    package var date: CivilDate?
    /// Its subject (perihal).
    package var subject: String?

    /// A letter out of its parts.
    package init(number: String, date: CivilDate? = nil, subject: String? = nil) {
        self.number = number
        self.date = date
        self.subject = subject
    }

    /// `nomor 000.5.6.2/12/2026 tanggal 24 November 2026 perihal …`.
    package var words: String {
        "nomor \(number)" + (date.map { " tanggal \(IndonesianWords.day($0))" } ?? "")
            + (subject.map { " perihal \($0)" } ?? "")
    }
}

/// What the papers of one list of records are made from.
package struct DisposalPaper: Sendable {
    /// The forms of a proposed list.
    package enum ListForm: String, Hashable, Sendable, CaseIterable {
        /// That of Perka ANRI 37/2016: six columns.
        case national = "nasional"
        /// That of ministries: ten columns, with the schedule's periods.
        case ministry = "kementerian"
    }

    /// The list.
    package let list: DisposalList
    /// What the forms say of its records.
    package let entries: [RecordID: RecordEntry]
    /// What every paper has beside its content.
    package let frame: PaperFrame
    /// The schedule's name, such as the regulation that sets it; nil where nobody has said.
    package let schedule: String?
    /// SHA-512 of the list as it was frozen, 128 hexadecimal digits; nil where it was not computed.
    package let digest: String?
    /// What was done with the list, each with how sure its person is.
    package let acts: [LedgerAct]

    /// A list with what its papers say of its records; records without an entry have what the list says.
    package init(
        _ list: DisposalList,
        entries: some Sequence<RecordEntry>,
        frame: PaperFrame,
        schedule: String? = nil,
        digest: String? = nil,
        acts: [LedgerAct] = []
    ) {
        self.list = list
        self.entries = Dictionary(entries.map { ($0.record, $0) }) { first, _ in first }
        self.frame = frame
        self.schedule = schedule
        self.digest = digest
        self.acts = acts
    }

    /// The digest in groups of eight digits, so that a person can compare it and a line can end.
    var digestWords: String? {
        digest.map { digest in
            let digits = Array(digest)
            return stride(from: 0, to: digits.count, by: 8).map { String(digits[$0..<min($0 + 8, digits.count)]) }
                .joined(separator: " ")
        }
    }

    /// Which list the paper is of, for people and for a camera: every paper of a list has it.
    var identity: [Paper.Fact] {
        [
            Paper.Fact("nomor_usul", "Nomor usul", list.id.description),
            Paper.Fact("sidik_usul", "Sidik usul (SHA-512)", digestWords, mayLack: true),
        ]
    }

    /// What a camera reads off the paper: number and digest of the list.
    var codeText: String? { digest.map { "\(list.id) sha512:\($0)" } }

    /// The entry of an item, filled with what the list says.
    private func entry(_ item: DisposalItem) -> RecordEntry {
        guard var entry = entries[item.record] else { return RecordEntry(item) }
        entry.fill(from: item)
        return entry
    }

    /// The entries of all items.
    var proposed: [RecordEntry] { list.items.map(entry) }

    /// The entries of the items that nobody refused and nothing left out.
    var agreed: [RecordEntry] {
        list.items.filter { item in
            switch list.outcome(item.record) {
            case .refused, .skipped: false
            case .pending, .removed, .transferred: true
            }
        }.map(entry)
    }

    /// The entries of the items that went: removed, or handed over.
    var gone: [RecordEntry] {
        list.items.filter { item in
            switch list.outcome(item.record) {
            case .removed, .transferred: true
            case .pending, .refused, .skipped: false
            }
        }.map(entry)
    }

    /// The facts that every paper of a list begins with.
    var head: [Paper.Fact] {
        identity + [
            Paper.Fact("unit_pengolah", "Unit pengolah", list.unit),
            Paper.Fact("dasar_jra", "Dasar JRA", scheduleWords),
        ]
    }

    /// The schedule's name, and the version under which the list was frozen.
    var scheduleWords: String {
        [schedule, "versi \(list.scheduleVersion.prefix(12))"].compactMap(\.self).joined(separator: ", ")
    }

    /// The approval as a ground: who, number and date, and the subject where it was told.
    func approval(subject: String?) -> String? {
        list.approval.map { approval in
            let letter = LetterReference(number: approval.number, date: approval.date, subject: subject)
            return "\(approval.authority.name), \(letter.words)"
        }
    }

    /// The items that stay, and why.
    var left: PaperTable? {
        let items = list.items.filter { item in
            switch list.outcome(item.record) {
            case .refused, .skipped: true
            case .pending, .removed, .transferred: false
            }
        }
        guard !items.isEmpty else { return nil }
        let fields: [PaperTable.Field<DisposalItem>] = [
            .numbering(),
            .init("Nomor arsip", key: "nomor_arsip", width: 35) { _, item in .text(item.record.description) },
            .init("Uraian", key: "uraian", width: 75) { _, item in .text(item.title) },
            .init("Alasan", key: "alasan", width: 55) { [list] _, item in
                .text(list.outcome(item.record).reasonToStay)
            },
        ]
        return PaperTable(id: "tetap-disimpan", title: "Arsip yang tetap disimpan", fields: fields, items: items)
    }

    /// The copies elsewhere, each with its state (R26).
    var copies: PaperTable? {
        let copies = list.copies.sorted { $0.key < $1.key }.map(\.value)
        guard !copies.isEmpty else { return nil }
        let fields: [PaperTable.Field<DisposalList.Copy>] = [
            .numbering(),
            .init("Nomor arsip", key: "nomor_arsip", width: 35) { _, copy in .text(copy.record.description) },
            .init("Jenis salinan", key: "jenis_salinan", width: 25) { _, copy in .text(copy.description.kind.words) },
            .init("Tempat", key: "tempat", width: 55) { _, copy in .text(copy.description.place) },
            .init("Keadaan", key: "keadaan", width: 50) { _, copy in
                let ending = copy.destroyed
                return .text(
                    ending.map { "dimusnahkan \(IndonesianWords.day($0.at.date)) oleh \($0.by): \($0.reason)" }
                        ?? "belum dimusnahkan"
                )
            },
        ]
        return PaperTable(id: "salinan", title: "Salinan di tempat lain", fields: fields, items: copies)
    }
}

extension PaperTable.Field {
    /// The column `No`.
    static func numbering(_ heading: String = "No") -> PaperTable.Field<Item> {
        .init(heading, key: "no", kind: .number, width: 10) { number, _ in .number(number) }
    }
}

extension ItemState {
    /// Why a record stays, in the words of a paper; empty where it went.
    fileprivate var reasonToStay: String {
        switch self {
        case .refused(let by, let reason): "ditolak \(by): \(reason)"
        case .skipped(let reasons): reasons.map(\.words).joined(separator: "; ")
        case .pending, .transferred, .removed: ""
        }
    }
}

extension SkipReason {
    /// The reason in the words of a paper.
    package var words: String {
        let which = holds.isEmpty ? "" : " (" + holds.map(\.description).joined(separator: ", ") + ")"
        switch code {
        case .held: return "dibekukan" + which
        case .dossierHeld: return "arsip lain dari berkasnya dibekukan" + which
        case .notDue: return "belum jatuh tempo"
        case .otherAction: return "JRA menetapkan tindakan lain"
        case .rowChanged: return "baris JRA yang berlaku berubah"
        case .versionChanged: return "ada versi baru"
        case .digestChanged: return "isinya tidak sama dengan yang disetujui"
        case .onLoan: return "sedang dipinjam"
        case .unclassified: return "belum diklasifikasi"
        case .absent: return "tidak ditemukan"
        case .byHand: return "dikeluarkan dari daftar: \(message)"
        case .scheduleChanged: return "JRA berubah setelah persetujuan"
        }
    }
}
