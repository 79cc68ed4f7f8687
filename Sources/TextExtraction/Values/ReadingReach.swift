extension DocumentReading {
    /// Counts the document's own pages that were read, and says which were not where the file's budget ended it.
    ///
    /// - Parameter cut: why the rest was left, a sentence without a full stop; nil where nothing was.
    mutating func tellReach(_ cut: String?) {
        pagesRead = pages.count { page in
            page.part == nil && (page.source != .none || !page.findings.contains { $0.severity == .fault })
        }
        guard let cut else { return }
        let left = pages.filter { page in page.findings.contains { $0.code == .budgetSpent } }.map(\.number)
        let what: String
        if left.isEmpty {
            what = pages.isEmpty ? "nothing of it was read" : "it was not read to its end"
        } else {
            let total = pageCount.map { " of \($0)" } ?? ""
            what =
                (left.count == 1 ? "page " : "pages ") + Self.ranges(left) + total
                + (left.count == 1 ? " was not read" : " were not read")
        }
        findings.insert(.overBudget("\(cut): \(what)"), at: 0)
    }

    /// Numbers in words: `3 to 60, 62`.
    static func ranges(_ numbers: [Int]) -> String {
        var parts: [(first: Int, last: Int)] = []
        for number in numbers.sorted() {
            if let last = parts.last, number <= last.last + 1 {
                parts[parts.count - 1].last = number
            } else {
                parts.append((number, number))
            }
        }
        let shown = parts.prefix(20).map { $0.first == $0.last ? "\($0.first)" : "\($0.first) to \($0.last)" }
        return shown.joined(separator: ", ") + (parts.count > 20 ? " and more" : "")
    }
}

extension ReadingFinding {
    private static let largerBudget =
        "raise 'file-budget' in berkas.yaml, then read the record again with 'berkas read --redo ID'"

    /// A page that was left because the file's budget is spent.
    static func overBudget(page: Int) -> ReadingFinding {
        ReadingFinding(
            .budgetSpent,
            .fault,
            page: page,
            "the page was not read: all that the file may use is used up",
            remedy: largerBudget
        )
    }

    /// A file whose budget is spent.
    static func overBudget(_ message: String) -> ReadingFinding {
        ReadingFinding(.budgetSpent, .fault, message, remedy: largerBudget)
    }
}
