package import Dossiers
package import RecordsModel

/// A dossier held against the procedure as one page of HTML that stands alone, with its timeline as a picture (SVG).
///
/// Nothing is fetched and nothing runs; A4 landscape when it is printed. The same dossier gives the same bytes.
package struct DossierPage: Sendable {
    private let office: String
    private let procedure: Procedure
    private let assessment: DossierAssessment
    private let progress: DossierProgress
    private let checkpoint: PaperCheckpoint

    /// A page.
    ///
    /// - Parameters:
    ///   - office: the name of the office.
    ///   - procedure: the procedure.
    ///   - assessment: what is there and what is missing.
    ///   - progress: stages and seals.
    ///   - checkpoint: what the ledger commits to, which stands in the foot, with its code for a camera.
    package init(
        office: String,
        procedure: Procedure,
        assessment: DossierAssessment,
        progress: DossierProgress,
        checkpoint: PaperCheckpoint
    ) {
        self.office = office
        self.procedure = procedure
        self.assessment = assessment
        self.progress = progress
        self.checkpoint = checkpoint
    }

    private static let style = """
        @page { size: A4 landscape; margin: 12mm; @bottom-right { content: counter(page) " / " counter(pages) } }
        body { font: 10pt/1.35 "Liberation Sans", "DejaVu Sans", sans-serif; margin: 1em; color: #111 }
        h1 { font-size: 14pt; margin: 0 } h2 { font-size: 11pt; margin: 1em 0 .3em }
        table { border-collapse: collapse; width: 100% } tr { break-inside: avoid }
        th, td { border: 1px solid #999; padding: 2pt 5pt; text-align: left; vertical-align: top }
        .steps { font-size: 9pt } .bad { color: #a00000; font-weight: bold } .note { color: #555 }
        svg { width: 100%; height: auto } footer { margin-top: 1em; font-size: 8pt; color: #555; overflow-wrap: anywhere }
        .code svg { width: 26mm; height: 26mm }
        """

    /// The page.
    package var html: String {
        """
        <!DOCTYPE html>
        <html lang="id"><head><meta charset="utf-8"><title>\(Self.text("Berkas \(assessment.dossier)"))</title>
        <style>\(Self.style)</style></head>
        <body><h1>\(Self.text("Berkas \(assessment.dossier)"))</h1>
        <p>\(Self.text(procedure.title)), \(Self.text(office)), per \(assessment.asOf)</p>
        \(verdicts)
        \(history)<h2>Garis waktu</h2>
        \(DossierTimeline(assessment).svg)
        <h2>Langkah</h2>
        \(steps)
        \(assessment.notes.map { "<p class=\"note\">\(Self.text($0))</p>" }.joined(separator: "\n"))
        <footer>\(code)\(Self.text(checkpoint.foot))</footer></body></html>

        """
    }

    /// The checkpoint's code for a camera.
    private var code: String { checkpoint.drawing.map { "<div class=\"code\">\($0)</div>\n" } ?? "" }

    private var verdicts: String {
        let gaps = assessment.findings.count(where: \.isGap)
        let plan = assessment.validPlan.map { plan in
            let removed = plan.removedBy.map { "SUDAH DIKELUARKAN dengan \($0)" } ?? ""
            return [plan.id.description, plan.number ?? "", plan.date?.description ?? "", plan.signer ?? "", removed]
                .filter { !$0.isEmpty }.joined(separator: ", ")
        }
        let inTime = assessment.isInTime.map { $0 ? "ya" : "TIDAK: lewat \(assessment.daysOver) hari" }
        var rows = [
            ("Lengkap", gaps == 0 ? "ya" : "TIDAK: \(gaps) dokumen tidak ada", gaps > 0),
            (
                "RKT yang berlaku", plan ?? (assessment.plans.isEmpty ? "TIDAK ADA" : "tidak dapat ditentukan"),
                plan == nil
            ),
            ("Tepat waktu", inTime ?? "tidak dapat dihitung", assessment.isInTime == false),
            (
                "Waktu baku", assessment.standard + (assessment.standardDays.map { ", \($0) hari kalender" } ?? ""),
                false
            ),
        ]
        let earlier = assessment.plans.filter { assessment.isSigned && $0.id != assessment.validPlan?.id }
        if !earlier.isEmpty {
            let plans = earlier.map { "\($0.id), \($0.date?.description ?? "tanpa tanggal")" }.joined(separator: "; ")
            rows.insert(("RKT yang digantikan", plans, false), at: 2)
        }
        for stage in procedure.steps.last(where: { $0.stages != nil })?.stages ?? [] {
            let done = progress.stages[stage.id]
            rows.append((stage.name, done.map { "\($0.at), \($0.by)" } ?? "-", false))
        }
        let seal = progress.seal.map { seal in
            let reason = seal.detail.incomplete.map { ", tidak lengkap: \($0)" } ?? ""
            return "\(seal.act.at), \(seal.act.by), \(seal.detail.package)\(reason)"
        }
        rows.append(("Selesai", seal ?? "-", false))
        if let sealing = assessment.sealing, let due = sealing.due {
            let over =
                sealing.isLate
                ? ", lewat \(sealing.daysOver ?? 0) hari (\(sealing.workingDaysOver ?? 0) hari kerja)" : ""
            rows.append(("Batas pengarsipan", "\(due)\(over)", sealing.isLate))
        }
        return "<table>"
            + rows.map { name, value, isBad in
                "<tr><th>\(Self.text(name))</th><td\(isBad ? " class=\"bad\"" : "")>\(Self.text(value))</td></tr>"
            }.joined(separator: "\n") + "</table>"
    }

    /// All stages, seals and openings, where that is more than what stands above.
    private var history: String {
        guard progress.hasPast else { return "" }
        let names = procedure.steps.last { $0.stages != nil }?.stages ?? []
        let rows = progress.acts.map { act in
            let (what, words): (String, String?) =
                switch act.kind {
                case .stage(let detail): (names.first { $0.id == detail.stage }?.name ?? detail.stage, detail.note)
                case .seal(let detail):
                    ("Selesai", detail.package + (detail.incomplete.map { ", tidak lengkap: \($0)" } ?? ""))
                case .reopening(let detail): ("Dibuka kembali", detail.reason)
                }
            let cells = [act.at.description, what, act.by, words ?? ""].map { "<td>\(Self.text($0))</td>" }
            return "<tr>" + cells.joined() + "</tr>"
        }
        let heads = ["Waktu", "Tahap", "Oleh", "Keterangan"].map { "<th>\($0)</th>" }.joined()
        return "<h2>Riwayat</h2>\n<table><thead><tr>\(heads)</tr></thead><tbody>\n" + rows.joined(separator: "\n")
            + "\n</tbody></table>\n"
    }

    private var steps: String {
        let heads = [
            "No", "Kegiatan", "Pelaksana", "Waktu", "Dokumen", "Mulai dihitung", "Selesai", "Batas", "Hari",
            "Hari kerja", "Lewat (hari kerja)", "Catatan",
        ]
        let rows = assessment.steps.map { step in
            let timing = step.timing
            let records = step.records.map { record in
                let mark = record.removedBy == nil ? "" : " (dikeluarkan)"
                return Self.text("\(record.id) \(record.title)\(mark), \(record.date?.description ?? "tanpa tanggal")")
            }
            let input = step.input.map(\.id.description).joined(separator: ", ")
            var remarks = step.step.inputs.isEmpty || input.isEmpty ? [] : ["Kelengkapan: \(Self.text(input))"]
            remarks += step.rounds.map { Self.text(Self.words($0)) }
            remarks += step.findings.map { finding in
                "<span class=\"\(finding.isNote ? "note" : "bad")\">\(Self.text(Self.sentence(finding)))</span>"
            }
            let cells = [
                String(step.step.step), Self.text(step.step.activity),
                Self.text(step.step.actors.joined(separator: ", ")), Self.text(step.step.duration.text),
                records.joined(separator: "<br>"), Self.day(timing.since?.day), Self.day(timing.ended),
                Self.day(timing.due), Self.count(timing.calendarDays), Self.count(timing.workingDays),
                timing.daysOver.map { "\($0) (\(timing.workingDaysOver ?? 0))" } ?? "-",
                remarks.joined(separator: "<br>"),
            ]
            return "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        let widths = Self.widths.map { "<col style=\"width: \($0)%\">" }.joined()
        return "<table class=\"steps\"><colgroup>\(widths)</colgroup><thead><tr>"
            + heads.map { "<th>\($0)</th>" }.joined() + "</tr></thead><tbody>\n"
            + rows.joined(separator: "\n") + "\n</tbody></table>"
    }

    private static let widths = [3, 14, 9, 6, 24, 8, 8, 8, 4, 4, 5, 7]

    /// A round of corrections, in the language of the office.
    private static func words(_ round: SignatureRound) -> String {
        let text = round.received.map { "naskah \($0)" } ?? "naskah tanpa tanggal"
        let answer = round.answered.map { "\(round.isSigned ? "ditandatangani" : "dikoreksi") \($0)" } ?? "menunggu"
        let days = round.calendarDays.map { ", \($0) hari (\(round.workingDays ?? 0) hari kerja)" } ?? ""
        return "Putaran \(round.number): \(text), \(answer)\(days)"
    }

    /// What was found, in the language of the office.
    private static func sentence(_ finding: DossierFinding) -> String {
        switch finding.kind {
        case .missing: "tidak ada: \(finding.subject)"
        case .missingUnit: "belum ada dari \(finding.subject)"
        case .unitSilent: "\(finding.subject) diminta, dan tidak ada berkasnya pada langkah ini"
        case .missingInput: "kelengkapan tidak ada: \(finding.subject)"
        case .lateRound: "putaran koreksi terlambat: \(finding.subject.replacing("round ", with: ""))"
        case .noDate: "\(finding.subject): tanpa tanggal"
        case .late: "terlambat"
        case .outOfOrder: "selesai sebelum langkah yang mendahuluinya"
        case .filedBeforeSigned: "\(finding.subject): diarsipkan sebelum tanggalnya"
        case .twoPlans: "\(finding.subject): dua RKT bertanda tangan, tidak diketahui mana yang berlaku"
        case .superseded: "\(finding.subject): digantikan"
        case .removed: "\(finding.subject): sudah dikeluarkan dari arsip"
        case .unknownUnit: "satuan waktu tidak dikenal: \(finding.subject)"
        }
    }

    private static func day(_ day: CivilDate?) -> String { day?.description ?? "-" }
    private static func count(_ number: Int?) -> String { number.map(String.init) ?? "-" }

    static func text(_ text: String) -> String { HTMLText.escaped(PaperText.printable(text)) }
}
