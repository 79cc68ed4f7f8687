import Dossiers
import RecordsModel

/// The time of the steps as a picture: grey what the procedure allows, blue what was used, red what is over.
///
/// What is over stands in words beside its bar, so that a print without colours says it too. A seal that came long after
/// everything else ends at the edge with an arrow: to scale it would leave the other steps no room.
struct DossierTimeline {
    private static let left = 370
    private static let right = 130
    private static let width = 1000
    private static let row = 22
    private static let nameLength = 48

    private let assessment: DossierAssessment

    init(_ assessment: DossierAssessment) { self.assessment = assessment }

    /// The picture; a sentence where there are no two dates.
    var svg: String {
        guard let span = assessment.span else {
            return "<p class=\"note\">Tidak ada dua tanggal yang dapat digambar.</p>"
        }
        let height = (assessment.steps.count + 2) * Self.row + 8
        let edge = Self.width - Self.right
        let scale = Scale(first: span.first, last: span.last, left: Self.left, width: edge - Self.left)
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Self.width) \(height)\" role=\"img\">",
            "<title>\(DossierPage.text("Garis waktu \(assessment.dossier)"))</title>",
            Self.label(Self.left, 14, span.first.description, anchor: "start"),
            Self.label(edge, 14, span.last.description, anchor: "end"),
        ]
        for (index, step) in assessment.steps.enumerated() { parts += bars(of: step, at: index, scale) }
        let legend = "abu-abu: waktu menurut SOP; biru: terpakai; merah: lewat, dengan jumlah hari kalender"
        parts.append(Self.label(Self.left, height - 8, legend, anchor: "start"))
        return (parts + ["</svg>"]).joined(separator: "\n")
    }

    private struct Scale {
        let first: CivilDate
        let last: CivilDate
        let left: Int
        let width: Int

        func place(_ day: CivilDate) -> Int {
            let day = min(day, last)
            return left
                + (day.daysSinceEpoch - first.daysSinceEpoch) * width / (last.daysSinceEpoch - first.daysSinceEpoch)
        }
    }

    private func bars(of step: DossierAssessment.Step, at index: Int, _ scale: Scale) -> [String] {
        let top = (index + 1) * Self.row
        let timing = step.timing
        let activity = "\(step.step.step). \(step.step.activity)"
        let name = activity.count > Self.nameLength ? activity.prefix(Self.nameLength - 1) + "…" : Substring(activity)
        var parts = [Self.label(4, top + 15, String(name), anchor: "start")]
        func bar(_ from: CivilDate, _ to: CivilDate, _ colour: String, _ words: String, thin: Bool = false) {
            let (start, end) = (scale.place(from), scale.place(to))
            let shape = "x=\"\(start)\" y=\"\(top + (thin ? 16 : 4))\" width=\"\(max(3, end - start))\""
            let height = thin ? 3 : 12
            let title = "<title>\(DossierPage.text(words))</title>"
            parts.append("<rect \(shape) height=\"\(height)\" fill=\"\(colour)\">\(title)</rect>")
        }
        if let since = timing.since?.day, let due = timing.due {
            bar(since, due, "#999999", "\(step.step.duration.text): \(since) - \(due)", thin: true)
        }
        guard let end = timing.ended ?? (timing.isLate ? assessment.asOf : nil) else { return parts }
        let start = timing.since.map { min($0.day, end) } ?? timing.first ?? end
        let due = timing.isLate ? timing.due.map { max($0, start) } ?? end : end
        if timing.ended != nil { bar(start, due, "#2b6cb0", "\(start) - \(end)") }
        guard due < end else { return parts }
        let words = "lewat \(timing.daysOver ?? 0) hari"
        bar(due, end, "#c53030", "\(words): \(due) - \(end)")
        let edge = scale.place(end)
        if end > scale.last {
            let points = "\(edge),\(top + 2) \(edge + 10),\(top + 10) \(edge),\(top + 18)"
            parts.append("<polygon points=\"\(points)\" fill=\"#c53030\"/>")
        }
        parts.append(Self.label(edge + 14, top + 15, words, anchor: "start"))
        return parts
    }

    private static func label(_ x: Int, _ y: Int, _ words: String, anchor: String) -> String {
        "<text x=\"\(x)\" y=\"\(y)\" font-size=\"12\" text-anchor=\"\(anchor)\">\(DossierPage.text(words))</text>"
    }
}
