package import Disposal
package import RecordsModel

extension Paper {
    /// Laporan Audit Retensi: the auditor's questions with Ya, Tidak or Tidak dapat dijawab, and what stands behind each
    /// (`domain.md`, section 7).
    ///
    /// - Parameters:
    ///   - audit: the answers.
    ///   - asOf: the day on which the questions were answered.
    ///   - frame: what every paper has.
    ///   - auditor: who signs as auditor.
    ///   - unitHead: who signs for the unit kearsipan.
    /// - Returns: the paper.
    package static func retentionAudit(
        _ audit: RetentionAudit,
        asOf: CivilDate,
        frame: PaperFrame,
        auditor: Signer?,
        unitHead: Signer?
    ) -> Paper {
        var paper = Paper(.retentionAudit, frame)
        let counts = AuditAnswer.Value.allCases.map { value in
            PaperTable.Total("Jawaban '\(value.formWords)'", String(audit.answers.count { $0.value == value }))
        }
        paper.facts = [
            Fact("tahun", "Tahun yang diaudit", CivilDate.padded(audit.year, to: 4)),
            Fact("keadaan_pada", "Keadaan pada", IndonesianWords.day(asOf)),
        ]
        paper.tables = [
            PaperTable(
                id: "jawaban",
                title: "Pertanyaan dan jawaban",
                fields: answerFields,
                items: audit.answers,
                totals: counts
            ),
            PaperTable(
                id: "temuan",
                title: "Arsip dan bukti di balik jawaban",
                fields: findingFields,
                items: audit.answers.flatMap { answer in answer.behind.map { (answer.question, $0) } }
            ),
        ]
        paper.signatures = [
            SignatureBlock("Kepala Unit Kearsipan", unitHead), SignatureBlock("Auditor", auditor),
        ]
        return paper
    }

    private static let answerFields: [PaperTable.Field<AuditAnswer>] = [
        .init("No", key: "no", kind: .number, width: 10) { _, answer in .number(answer.question.number) },
        .init("Pertanyaan", key: "pertanyaan", width: 78) { _, answer in .text(answer.question.words) },
        .init("Jawaban", key: "jawaban", width: 30) { _, answer in .text(answer.value.formWords) },
        .init("Jumlah di balik jawaban", key: "jumlah", kind: .number, width: 22) { _, answer in
            .number(answer.behind.count)
        },
        .init("Keterangan", key: "keterangan", width: 35, mayLack: true) { _, answer in
            answer.forcedBy.isEmpty
                ? .empty
                : .text("menurut jawaban nomor " + answer.forcedBy.map { String($0.number) }.joined(separator: ", "))
        },
    ]

    private static let findingFields: [PaperTable.Field<(AuditQuestion, AuditAnswer.Behind)>] = [
        .init("No", key: "no", kind: .number, width: 12) { number, _ in .number(number) },
        .init("Nomor pertanyaan", key: "nomor_pertanyaan", kind: .number, width: 22) { _, found in
            .number(found.0.number)
        },
        .init("Arsip atau bukti", key: "arsip", width: 46) { _, found in .text(found.1.subject) },
        .init("Keterangan", key: "keterangan", width: 95) { _, found in .text(found.1.words) },
    ]
}

extension AuditQuestion {
    /// The place of the question on the report, from 1.
    fileprivate var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}

extension AuditAnswer.Value {
    /// The answer in the words of the form.
    package var formWords: String {
        switch self {
        case .yes: "Ya"
        case .no: "Tidak"
        case .cannotTell: "Tidak dapat dijawab"
        case .nothing: "Tidak ada yang dinilai"
        }
    }
}
