/// A text of Word 6.0 to 2003 ([MS-DOC]): its pages are parted where their writer did so, or it is one.
///
/// Headers come first, notes and comments after the paragraph that they are on, text boxes and footers last.
struct OldDocument {
    /// The pages.
    private(set) var pages: [PageReading] = []
    private(set) var isEncrypted = false
    /// What was not read, or not whole.
    private(set) var findings: [ReadingFinding] = []
    private let limits: ReadingLimits
    private let header: WordHeader
    private let text: WordPieces
    private let runs: WordRuns?
    private let tables: LittleBytes

    /// Reads a document; nil where it does not begin as one of Word 6.0 or later.
    init?(_ file: inout CompoundFile, limits: ReadingLimits) {
        let stream = LittleBytes(file.stream("WordDocument") ?? [])
        guard let header = WordHeader(stream) else { return nil }
        self.limits = limits
        self.header = header
        isEncrypted = header.isEncrypted
        var own: [UInt8]?
        if header.isUnicode, !isEncrypted {
            own = file.stream(header.usesTableOne ? "1Table" : "0Table")
            if own == nil { own = file.stream(header.usesTableOne ? "0Table" : "1Table") }
        }
        tables = header.isUnicode ? LittleBytes(own ?? []) : stream
        text = WordPieces(header, stream, tables: tables, limit: isEncrypted ? 0 : limits.pageText)
        runs = header.isUnicode && !isEncrypted ? WordRuns(header, stream, tables: tables, of: text) : nil
        if !isEncrypted { read(file) }
    }

    private mutating func read(_ file: CompoundFile) {
        if let damage = text.damage { findings.append(.damaged(damage)) }
        var reader = OldText(text, runs, limits: limits)
        let (headers, footers) = margins()
        for words in headers { reader.add(words, .margin) }
        let notes =
            remarks(.footnotes, .note, .footnoteReferences, .footnoteTexts, size: 2)
            + remarks(.endnotes, .note, .endnoteReferences, .endnoteTexts, size: 2)
            + remarks(.comments, .comment, .commentReferences, .commentTexts, size: header.isUnicode ? 30 : 20)
        reader.read(header.range(.main), remarks: notes.sorted { $0.place < $1.place })
        reader.add(words(header.range(.boxes)), nil)
        reader.add(words(header.range(.marginBoxes)), .margin)
        for words in footers { reader.add(words, .margin) }
        pages = reader.pages
        if text.isFull, let last = pages.indices.last {
            pages[last].findings.append(.tooMuchText(page: last + 1, limit: limits.pageText))
        }
        if reader.hasMorePages { findings.append(.limit("it has more than \(limits.pages) pages")) }
        tell(pictures: reader.pictures, file)
    }

    private func words(_ range: Range<Int>) -> String { OldText.words(of: range, text, runs, limits: limits) }

    // MARK: - Notes, comments, headers

    /// A note or comment without the space after its sign.
    private func note(_ range: Range<Int>) -> String {
        words(range).split(separator: "\n").map { String($0.drop { $0 == " " }) }.joined(separator: "\n")
    }

    /// Where the parts of a text begin, by a table of places, the last of which is where they end; nil where it is broken.
    private func places(_ table: WordHeader.Table, in range: Range<Int>) -> [Int]? {
        let place = header.place(table)
        let count = min(place.count, tables.count) / 4
        guard count > 1 else { return nil }
        var places: [Int] = []
        var last = 0
        for index in 0..<count {
            guard let value = tables.u32(place.start + 4 * index), value >= last else { return nil }
            last = value
            places.append(min(value, range.count) + range.lowerBound)
        }
        return places
    }

    /// The notes or comments of a text, each with the character that it is on; what belongs to none comes last.
    private func remarks(
        _ part: WordHeader.Part,
        _ kind: TextSpan.Kind,
        _ references: WordHeader.Table,
        _ texts: WordHeader.Table,
        size: Int
    ) -> [OldText.Remark] {
        let range = header.range(part).clamped(to: 0..<text.units.count)
        guard !range.isEmpty else { return [] }
        let place = header.place(references)
        let count = max(0, (min(place.count, tables.count) - 4) / (4 + size))
        let owners = kind == .comment && header.isUnicode ? self.owners : []
        var remarks: [OldText.Remark] = []
        var rest = range.lowerBound
        if let begins = places(texts, in: range), count > 0, begins.count > count {
            for index in 0..<count {
                guard let at = tables.u32(place.start + 4 * index) else { break }
                let words = note(begins[index]..<begins[index + 1])
                rest = begins[index + 1]
                guard !words.isEmpty else { continue }
                let detail = place.start + 4 * (count + 1) + size * index
                let author = tables.u16(detail + 20).flatMap { owners.indices.contains($0) ? owners[$0] : nil }
                remarks.append(OldText.Remark(place: at, kind: kind, text: words, author: author))
            }
        }
        let left = note(rest..<range.upperBound)
        if !left.isEmpty { remarks.append(OldText.Remark(place: .max, kind: kind, text: left, author: nil)) }
        return remarks
    }

    /// Who commented: names one after the other ([MS-DOC], 2.8.12).
    private var owners: [String] {
        let (start, count) = header.place(.commentAuthors)
        var names: [String] = []
        var place = start
        while place < start + count, let length = tables.u16(place) {
            names.append(tables.wide(place + 2, length))
            place += 2 + 2 * length
        }
        return names
    }

    /// What stands over and under the pages, each once: six for each section, after six of other kinds (2.2.2).
    private func margins() -> (headers: [String], footers: [String]) {
        let range = header.range(.margins).clamped(to: 0..<text.units.count)
        guard !range.isEmpty else { return ([], []) }
        guard let begins = places(.marginTexts, in: range) else { return ([words(range)], []) }
        var seen: Set<String> = [""]
        var found: (headers: [String], footers: [String]) = ([], [])
        // What separates notes from the text is mostly a line, and no words.
        for index in 0..<(begins.count - 1) where begins[index] < begins[index + 1] {
            let words = words(begins[index]..<begins[index + 1])
            guard seen.insert(words).inserted else { continue }
            if index < 6 || [0, 1, 4].contains((index - 6) % 6) {
                found.headers.append(words)
            } else {
                found.footers.append(words)
            }
        }
        return found
    }

    // MARK: - What was not read

    private mutating func tell(pictures inText: Int, _ file: CompoundFile) {
        let objects = file.storages(in: "ObjectPool").count
        let drawings = header.place(.drawings)
        // An object shows itself in the text as a picture.
        let pictures =
            max(0, inText - objects) + OfficeDrawing.pictures(in: Array(tables.part(drawings.start, drawings.count)))
        let isEmpty = pages.allSatisfy { $0.text.isEmpty }
        findings += OldOffice.pictures(pictures, isEmpty: isEmpty)
        let letters = text.units.count { $0 > 0x20 && $0 != WordPieces.nothing }
        if isEmpty, letters > 0, findings.isEmpty, objects == 0 {
            findings.append(.partNotRead("none of its pages shows text: what its \(letters) characters say"))
        }
    }
}
