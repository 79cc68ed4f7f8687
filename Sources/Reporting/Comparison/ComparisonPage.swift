/// A comparison of two texts as one page of HTML that stands alone: side by side, what went left and what came right.
package struct ComparisonPage: Sendable {
    /// How many lines that are the same stand round a change.
    private static let context = 3

    private let title: String
    private let left: String
    private let right: String
    private let comparison: TextComparison

    /// A page.
    ///
    /// - Parameters:
    ///   - title: what is compared.
    ///   - left: the name of the first text.
    ///   - right: the name of the second text.
    ///   - comparison: the comparison.
    package init(title: String, left: String, right: String, _ comparison: TextComparison) {
        self.title = title
        self.left = left
        self.right = right
        self.comparison = comparison
    }

    private static let style = """
        @page { size: A4 landscape; margin: 12mm }
        body { font: 10pt/1.4 "Liberation Sans", "DejaVu Sans", sans-serif; margin: 1em }
        table { border-collapse: collapse; width: 100%; table-layout: fixed }
        th, td { border: 1px solid #999; padding: 2pt 5pt; text-align: left; vertical-align: top; overflow-wrap: anywhere }
        td { white-space: pre-wrap }
        th.n, td.n { width: 3em; color: #555; text-align: right }
        td.gap { color: #555; text-align: center }
        del { background: #fbd5d5 } ins { background: #cdeccd; text-decoration: none; font-weight: bold }
        """

    /// The page.
    package var html: String {
        let counts = "\(comparison.removedWords) words removed, \(comparison.addedWords) words added"
        let summary = comparison.isSame ? "No word differs." : counts
        return """
            <!DOCTYPE html>
            <html lang="id"><head><meta charset="utf-8"><title>\(Self.text(title))</title>
            <style>\(Self.style)</style></head>
            <body><h1>\(Self.text(title))</h1><p>\(summary)</p>
            <table><thead><tr><th class="n"></th><th>\(Self.text(left))</th><th class="n"></th><th>\(Self.text(right))</th></tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table></body></html>

            """
    }

    private var rows: [String] {
        comparison.blocks.enumerated().flatMap { index, block in
            block.isChanged
                ? [changed(block)] : same(block, isFirst: index == 0, isLast: index == comparison.blocks.count - 1)
        }
    }

    private func changed(_ block: TextComparison.Block) -> String {
        func side(_ kind: TextComparison.Part.Kind, _ tag: String) -> String {
            block.parts.filter { $0.kind == .same || $0.kind == kind }.map { part in
                let text = Self.text(part.text)
                return part.kind == .same ? text : "<\(tag)>\(text)</\(tag)>"
            }.joined()
        }
        return Self.row(block.left, side(.removed, "del"), block.right, side(.added, "ins"))
    }

    /// The lines next to a change; those between are counted only.
    private func same(_ block: TextComparison.Block, isFirst: Bool, isLast: Bool) -> [String] {
        let lines = (block.parts.first?.text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        let head = isFirst ? 0 : min(Self.context, lines.count)
        let tail = isLast ? 0 : min(Self.context, lines.count - head)
        var rows: [String] = []
        func line(_ index: Int) -> String {
            let text = Self.text(String(lines[index]))
            return Self.row(block.left + index, text, block.right + index, text)
        }
        for index in 0..<head { rows.append(line(index)) }
        let hidden = lines.count - head - tail
        if hidden > 0 {
            rows.append(
                "<tr><td class=\"gap\" colspan=\"4\">\(hidden) line\(hidden == 1 ? "" : "s") the same</td></tr>"
            )
        }
        for index in (lines.count - tail)..<lines.count { rows.append(line(index)) }
        return rows
    }

    private static func row(_ left: Int, _ first: String, _ right: Int, _ second: String) -> String {
        "<tr><td class=\"n\">\(left)</td><td>\(first)</td><td class=\"n\">\(right)</td><td>\(second)</td></tr>"
    }

    /// Lines as they stand on the page.
    private static func text(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { HTMLText.escaped(PaperText.printable(String($0))) }.joined(separator: "\n")
    }
}
