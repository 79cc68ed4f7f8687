extension PageReading {
    /// The text with what is more than text set off, in the signs of CriticMarkup: `{++inserted++}`, `{--deleted--}`,
    /// `{>>author: comment<<}`; a note stands in `[^…]`.
    ///
    /// See <https://github.com/CriticMarkup/CriticMarkup-toolkit>.
    package var markedText: String {
        guard spans.contains(where: { ![.margin, .field, .layer, .recognised].contains($0.kind) }) else { return text }
        let bytes = Array(text.utf8)
        // At one place, what ends there comes before what begins there.
        var openings: [Int: [String]] = [:]
        var closings: [Int: [String]] = [:]
        for span in spans where span.start <= span.end && span.end <= bytes.count && span.start >= 0 {
            let marks: (String, String)
            switch span.kind {
            case .inserted: marks = ("{++", "++}")
            case .deleted: marks = ("{--", "--}")
            case .comment: marks = ("{>>" + (span.author.map { $0 + ": " } ?? ""), "<<}")
            case .note: marks = ("[^", "]")
            case .margin, .field, .layer, .recognised: continue
            }
            openings[span.start, default: []].append(marks.0)
            closings[span.end, default: []].insert(marks.1, at: 0)
        }
        var marked: [UInt8] = []
        for index in 0...bytes.count {
            for mark in closings[index] ?? [] { marked += Array(mark.utf8) }
            for mark in openings[index] ?? [] { marked += Array(mark.utf8) }
            if index < bytes.count { marked.append(bytes[index]) }
        }
        return String(decoding: marked, as: UTF8.self)
    }
}
