/// What an old Word document says of runs of its bytes: which paragraphs are in a table, and what was corrected
/// ([MS-DOC], 2.9.55, 2.9.174: pages of 512 bytes with properties; 2.6: the properties).
struct WordRuns {
    /// What is said of characters.
    struct Mark: Hashable {
        /// Inserted or deleted while changes were tracked.
        var kind: TextSpan.Kind?
        var author: String?
        var date: String?
        /// Another sign than the one that stands in the text.
        var symbol: UInt16?
    }

    /// What is said of a paragraph, as bits.
    enum Paragraph {
        static let isInTable: UInt16 = 1
        static let endsRow: UInt16 = 2
        static let endsInnerCell: UInt16 = 4
    }

    private struct Run {
        var start: Int
        let end: Int
        let value: UInt16
    }

    /// Of each character what is said of its paragraph; empty where nothing is known.
    private(set) var paragraphs: [UInt16] = []
    /// Of each character the number of its mark, from 1; empty where nothing is known.
    private(set) var characters: [UInt16] = []
    /// The marks.
    private(set) var marks: [Mark] = []
    private let header: WordHeader
    private let stream: LittleBytes
    private let tables: LittleBytes
    private var authors: [String] = []
    private var known: [Mark: UInt16] = [:]

    /// Reads the properties of a text of Word 97 or later.
    init(_ header: WordHeader, _ stream: LittleBytes, tables: LittleBytes, of text: WordPieces) {
        self.header = header
        self.stream = stream
        self.tables = tables
        let place = header.place(.correctionAuthors)
        authors = Self.names(tables, place.start, place.count)
        let paragraphRuns = runs(.paragraphRuns)
        if !paragraphRuns.isEmpty { paragraphs = Self.spread(paragraphRuns, over: text) }
        var found: [Run] = []
        for (start, end, place) in pages(.characterRuns, width: 1) {
            let length = stream.u8(place) ?? 0
            let mark = mark(place + 1, length)
            guard mark != Mark(), start < end else { continue }
            if let number = known[mark] {
                found.append(Run(start: start, end: end, value: number))
            } else if marks.count < 0xFFF0 {
                marks.append(mark)
                known[mark] = UInt16(marks.count)
                found.append(Run(start: start, end: end, value: UInt16(marks.count)))
            }
        }
        if !found.isEmpty { characters = Self.spread(found, over: text) }
    }

    // MARK: - Pages of properties

    /// The runs of a table, with the place of what is said of each.
    private func pages(_ table: WordHeader.Table, width: Int) -> [(start: Int, end: Int, place: Int)] {
        let place = header.place(table)
        let count = min(place.count, tables.count) / 8
        var seen: Set<Int> = []
        var found: [(start: Int, end: Int, place: Int)] = []
        for index in 0..<count {
            guard let number = tables.u32(place.start + 4 * (count + 1) + 4 * index) else { break }
            let page = (number & 0x3F_FFFF) * 512
            guard page + 512 <= stream.count, seen.insert(page).inserted, let runs = stream.u8(page + 511) else {
                continue
            }
            for run in 0..<runs {
                guard let start = stream.u32(page + 4 * run), let end = stream.u32(page + 4 * run + 4),
                    let half = stream.u8(page + 4 * (runs + 1) + width * run), half > 0
                else { continue }
                found.append((start, end, page + 2 * half))
            }
        }
        return found
    }

    private func runs(_ table: WordHeader.Table) -> [Run] {
        pages(table, width: 13).compactMap { start, end, place in
            // How many bytes there are is told in one byte or, after a zero, in the next; a style's number comes first.
            let first = stream.u8(place) ?? 0
            let length = first == 0 ? 2 * (stream.u8(place + 1) ?? 0) : 2 * first - 1
            let value = paragraph(place + (first == 0 ? 4 : 3), length - 2)
            return value != 0 && start < end ? Run(start: start, end: end, value: value) : nil
        }
    }

    /// The properties of a run: what each is called, and where its value lies.
    private func properties(_ start: Int, _ length: Int) -> [(name: Int, place: Int)] {
        var found: [(name: Int, place: Int)] = []
        var place = start
        while place + 2 <= start + length, let name = stream.u16(place) {
            place += 2
            found.append((name, place))
            switch name >> 13 {
            case 0, 1: place += 1
            case 3: place += 4
            case 6:
                let count = stream.u8(place) ?? 0
                // The definition of a table has a length of two bytes; one of tabs may be longer than it can say.
                place += name == 0xD608 ? (stream.u16(place) ?? 0) + 1 : count == 255 ? length : count + 1
            case 7: place += 3
            default: place += 2
            }
        }
        return found
    }

    private func paragraph(_ start: Int, _ length: Int) -> UInt16 {
        var value: UInt16 = 0
        for property in properties(start, length) where stream.u8(property.place) != 0 {
            switch property.name {
            case 0x2416: value |= Paragraph.isInTable
            case 0x2417, 0x244C: value |= Paragraph.endsRow
            case 0x244B: value |= Paragraph.endsInnerCell
            default: break
            }
        }
        return value
    }

    private func mark(_ start: Int, _ length: Int) -> Mark {
        var mark = Mark()
        var (inserter, deleter): (Int?, Int?)
        var (insertion, deletion): (Int?, Int?)
        for property in properties(start, length) {
            switch property.name {
            case 0x0800: if stream.u8(property.place) == 1 { mark.kind = .deleted }
            case 0x0801: if stream.u8(property.place) == 1, mark.kind == nil { mark.kind = .inserted }
            case 0x4804: inserter = stream.u16(property.place)
            case 0x4863: deleter = stream.u16(property.place)
            case 0x6805: insertion = stream.u32(property.place)
            case 0x6864: deletion = stream.u32(property.place)
            case 0x6A09: mark.symbol = stream.u16(property.place + 2).map { UInt16($0) }
            default: break
            }
        }
        guard let kind = mark.kind else { return mark }
        let author = kind == .deleted ? deleter : inserter
        mark.author = author.flatMap { authors.indices.contains($0) ? authors[$0] : nil }
        mark.date = (kind == .deleted ? deletion : insertion).flatMap(Self.date)
        return mark
    }

    /// Runs of bytes as numbers of characters: the first that says something of a byte is believed.
    private static func spread(_ runs: [Run], over text: WordPieces) -> [UInt16] {
        var ordered: [Run] = []
        for var run in runs.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            run.start = max(run.start, ordered.last?.end ?? 0)
            if run.start < run.end { ordered.append(run) }
        }
        var values = [UInt16](repeating: 0, count: text.units.count)
        for piece in text.pieces {
            let last = piece.place + piece.count * piece.width
            var low = 0
            var high = ordered.count
            while low < high {
                let middle = (low + high) / 2
                if ordered[middle].end <= piece.place { low = middle + 1 } else { high = middle }
            }
            while low < ordered.count, ordered[low].start < last {
                let start = max(0, ordered[low].start - piece.place) / piece.width
                let end = min(piece.count, (ordered[low].end - piece.place + piece.width - 1) / piece.width)
                for index in start..<max(start, end) { values[piece.first + index] = ordered[low].value }
                low += 1
            }
        }
        return values
    }

    // MARK: - Names and dates

    /// A list of texts, each after its length (2.2.4).
    private static func names(_ tables: LittleBytes, _ start: Int, _ count: Int) -> [String] {
        guard count > 6, tables.u16(start) == 0xFFFF, let number = tables.u16(start + 2),
            let extra = tables.u16(start + 4)
        else { return [] }
        var names: [String] = []
        var place = start + 6
        while names.count < number, place < start + count, let length = tables.u16(place) {
            names.append(tables.wide(place + 2, length))
            place += 2 + 2 * length + extra
        }
        return names
    }

    /// A date and time in four bytes (2.9.70), as the document's writer saw it.
    private static func date(_ packed: Int) -> String? {
        let (minute, hour, day) = (packed & 63, packed >> 6 & 31, packed >> 11 & 31)
        let (month, year) = (packed >> 16 & 15, 1900 + (packed >> 20 & 511))
        guard (1...31).contains(day), (1...12).contains(month), hour < 24, minute < 60 else { return nil }
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):00"
    }
}
