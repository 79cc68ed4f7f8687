/// A file of a record whose text was not read, not yet or not whole, or may be wrong.
package struct UnreadEntry: Hashable, Sendable {
    /// How far it was read.
    package enum State: String, Hashable, Sendable {
        /// Nobody tried yet.
        case waiting = "belum dibaca"
        /// Not all of it could be read.
        case notRead = "tidak terbaca seluruhnya"
        /// All of it was read, and something may be wrong.
        case doubtful = "diragukan"
    }

    /// The record.
    package let record: String
    /// Its title.
    package let title: String
    /// The version.
    package let version: Int
    /// The file's name.
    package let file: String
    /// How far it was read.
    package let state: State
    /// Why, in words; empty where nobody tried.
    package let reasons: [String]

    /// A file out of its parts.
    package init(record: String, title: String, version: Int, file: String, state: State, reasons: [String]) {
        self.record = record
        self.title = title
        self.version = version
        self.file = file
        self.state = state
        self.reasons = reasons
    }
}

extension Paper {
    /// The files that are not found by their words, or by wrong ones.
    ///
    /// - Parameters:
    ///   - entries: the files, by record.
    ///   - frame: what every paper has.
    ///   - head: who signs for the office.
    /// - Returns: the paper.
    package static func unreadList(_ entries: [UnreadEntry], frame: PaperFrame, head: Signer?) -> Paper {
        var paper = Paper(.unreadList, frame)
        func count(_ state: UnreadEntry.State) -> String {
            IndonesianWords.counted(entries.count { $0.state == state })
        }
        paper.facts = [
            Fact("belum", "Belum dibaca", count(.waiting)),
            Fact("tidak_terbaca", "Tidak terbaca seluruhnya", count(.notRead)),
            Fact("diragukan", "Terbaca dan diragukan", count(.doubtful)),
        ]
        paper.tables = [
            PaperTable(id: "berkas", title: "Daftar file", fields: unreadFields, items: entries)
        ]
        paper.signatures = [SignatureBlock("Kepala Unit Kearsipan", head)]
        return paper
    }

    private static let unreadFields: [PaperTable.Field<UnreadEntry>] = [
        .numbering(),
        .init("Nomor arsip", key: "nomor_arsip", width: 32) { _, entry in .text(entry.record) },
        .init("Uraian", key: "uraian", width: 60) { _, entry in .text(entry.title) },
        .init("Versi", key: "versi", kind: .number, width: 14) { _, entry in .number(entry.version) },
        .init("File", key: "file", width: 40) { _, entry in .text(entry.file) },
        .init("Keadaan", key: "keadaan", width: 32) { _, entry in .text(entry.state.rawValue) },
        .init("Sebab", key: "sebab", width: 70, mayLack: true) { _, entry in
            .init(entry.reasons.isEmpty ? nil : entry.reasons.joined(separator: "; "))
        },
    ]
}
