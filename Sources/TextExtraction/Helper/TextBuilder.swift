/// Puts a page's text together: runs, tabs and line ends as they come, none of them twice or at the end.
///
/// Separators wait until the next text, so that offsets hold and nothing has to be trimmed.
struct TextBuilder {
    private struct Opened {
        let kind: TextSpan.Kind
        let author: String?
        let date: String?
        var start: Int?
    }

    /// The text in UTF-8.
    private(set) var bytes: [UInt8] = []
    /// The spans that are over, in the order of their ends.
    private(set) var spans: [TextSpan] = []
    /// How many spans a page may have: a long text that was corrected for months has some thousands.
    static let mostSpans = 50_000
    /// Whether spans were left out because there are more.
    private(set) var hasMoreSpans = false
    /// Whether text was left out because there is more than `limit` bytes.
    private(set) var isFull = false
    private let limit: Int
    private var open: [Opened] = []
    private var newLines = 0
    private var tabs = 0
    private var space = false

    init(limit: Int) { self.limit = limit }

    /// The text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// Whether there is none.
    var isEmpty: Bool { bytes.isEmpty }

    /// What was put together as a page, with its spans in their order, and what was left out of it.
    func page(_ number: Int, name: String? = nil) -> PageReading {
        var page = PageReading(number: number, name: name, text: text, source: isEmpty ? .none : .text)
        page.spans = spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        if isFull { page.findings.append(.tooMuchText(page: number, limit: limit)) }
        if hasMoreSpans { page.findings.append(.tooManySpans(page: number)) }
        return page
    }

    /// Adds text; control characters become spaces.
    mutating func append(_ piece: some Collection<UInt8>) {
        guard !piece.isEmpty, !isFull else { return }
        guard bytes.count + piece.count + tabs + 3 <= limit else {
            isFull = true
            return
        }
        flush()
        for byte in piece { bytes.append(byte < 0x20 || byte == 0x7F ? 0x20 : byte) }
    }

    /// Adds text.
    mutating func append(_ piece: String) { append(piece.utf8) }

    /// Ends a line; several ends without text between are one.
    mutating func endLine() {
        newLines = max(newLines, 1)
        tabs = 0
        space = false
    }

    /// Goes to the next cell, or over a tab; empty cells count, except at a row's end.
    mutating func addTab() {
        if tabs < 1 << 14 { tabs += 1 }
        space = false
    }

    /// A space, unless something stronger separates.
    mutating func addSpace() { space = true }

    /// Begins a span, which starts where the next text does.
    mutating func begin(_ kind: TextSpan.Kind, author: String? = nil, date: String? = nil) {
        // What was replaced and what replaces it are two words.
        let changes: [TextSpan.Kind] = [.inserted, .deleted]
        if changes.contains(kind), let last = spans.last, last.end == bytes.count, last.kind != kind,
            changes.contains(last.kind)
        {
            addSpace()
        }
        open.append(Opened(kind: kind, author: author, date: date))
    }

    /// Ends the span of that kind that was begun last; nothing is kept of one without text.
    mutating func end(_ kind: TextSpan.Kind) {
        guard let index = open.lastIndex(where: { $0.kind == kind }) else { return }
        let span = open.remove(at: index)
        guard let start = span.start, start < bytes.count else { return }
        guard spans.count < Self.mostSpans else {
            hasMoreSpans = true
            return
        }
        spans.append(TextSpan(kind, start: start, end: bytes.count, author: span.author, date: span.date))
    }

    /// Adds a line that is a span, behind what is there.
    mutating func addLine(_ text: String, _ kind: TextSpan.Kind, author: String? = nil, date: String? = nil) {
        endLine()
        begin(kind, author: author, date: date)
        for line in text.split(separator: "\n") {
            append(String(line))
            endLine()
        }
        end(kind)
    }

    /// Puts a line that is a span in front of what is there.
    mutating func putFirst(_ text: String, _ kind: TextSpan.Kind) {
        var line = TextBuilder(limit: limit - bytes.count)
        line.addLine(text, kind)
        guard !line.isEmpty, !isEmpty else {
            if isEmpty, !isFull { addLine(text, kind) }
            isFull = isFull || line.isFull
            return
        }
        let shift = line.bytes.count + 1
        guard bytes.count + shift <= limit else {
            isFull = true
            return
        }
        bytes = line.bytes + [0x0A] + bytes
        for index in spans.indices {
            spans[index].start += shift
            spans[index].end += shift
        }
        spans = line.spans + spans
    }

    private mutating func flush() {
        if !bytes.isEmpty {
            if newLines > 0 { bytes.append(0x0A) }
            if tabs > 0 {
                bytes.append(contentsOf: repeatElement(0x09, count: tabs))
            } else if space, newLines == 0, bytes.last != 0x20 {
                bytes.append(0x20)
            }
        }
        (newLines, tabs, space) = (0, 0, false)
        var index = open.count
        // Those without a start are the last.
        while index > 0, open[index - 1].start == nil {
            index -= 1
            open[index].start = bytes.count
        }
    }
}
