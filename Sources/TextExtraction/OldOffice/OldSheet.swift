/// One sheet of an old workbook, or one chart that is a sheet: its cells, texts on it, comments, page header and footer.
struct OldSheet {
    private struct Cell {
        let row: Int
        let column: Int
        let text: String
    }

    private struct Note {
        let cell: String
        let object: Int
        let author: String?
        var text: String
    }

    /// What the cells are read by; a sheet of before Excel 5.0 says it itself.
    private var book: OldWorkbook.Book
    private(set) var isEncrypted = false
    private let records: BIFFRecords
    private let limit: Int
    private var cells: [Cell] = []
    private var isInOrder = true
    /// How many bytes of text the cells have.
    private var size = 0
    private var waiting: (row: Int, column: Int)?
    private var notes: [Note] = []
    private var object: (number: Int, kind: Int) = (0, 0)
    private var remarks: [Int: String] = [:]
    private var lines: [String] = []
    private var chartLines: [String] = []
    private var margins: (header: String, footer: String) = ("", "")
    private var isChart = false
    private var lostTexts = 0
    /// How many cells refer to a text that is not there.
    private var missing = 0

    init(_ records: BIFFRecords, book: OldWorkbook.Book, limit: Int) {
        self.records = records
        self.book = book
        self.limit = limit
    }

    /// Reads the sheet that begins at a place.
    ///
    /// - Returns: where it ends; nil where it does not begin there, or not end.
    mutating func read(from start: Int) -> Int? {
        guard let first = records.record(at: start), records.version(of: first) != nil else { return nil }
        isChart = records.bytes.u16(first.start + 2) == 0x20
        var depth = 1
        var place = first.end
        while let record = records.record(at: place) {
            place = record.end
            if records.version(of: record) != nil {
                depth += 1
            } else if record.kind == BIFFRecords.Kind.end {
                depth -= 1
                if depth == 0 { return place }
            } else if record.kind == BIFFRecords.Kind.filePassword {
                isEncrypted = true
                return place
            } else if record.kind == BIFFRecords.Kind.seriesText {
                noteSeries(record)
            } else if depth == 1, size <= limit {
                note(record)
            }
        }
        return nil
    }

    /// The sheet as a page.
    func page(_ number: Int, name: String?) -> PageReading {
        var builder = TextBuilder(limit: limit)
        if !margins.header.isEmpty { builder.addLine(margins.header, .margin) }
        builder.endLine()
        let ordered = isInOrder ? cells : cells.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
        var last = (row: -1, column: 0)
        for cell in ordered where !builder.isFull {
            if cell.row != last.row {
                builder.endLine()
                last = (cell.row, 0)
            }
            for _ in last.column..<max(last.column, cell.column) { builder.addTab() }
            last.column = max(last.column, cell.column)
            builder.append(cell.text)
        }
        builder.endLine()
        for line in lines + chartLines {
            for part in line.split(whereSeparator: \.isNewline) {
                builder.append(String(part))
                builder.endLine()
            }
        }
        for note in notes {
            let text = note.text.isEmpty ? remarks[note.object] ?? "" : note.text
            let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
            if !line.isEmpty { builder.addLine("\(note.cell): \(line)", .comment, author: note.author) }
        }
        let known = Set(notes.map(\.object))
        for (_, text) in remarks.sorted(by: { $0.key < $1.key }).filter({ !known.contains($0.key) }) {
            builder.addLine(text, .comment)
        }
        if !margins.footer.isEmpty { builder.addLine(margins.footer, .margin) }
        return builder.page(number, name: name)
    }

    /// What was not read of it.
    func findings(page: Int) -> [ReadingFinding] {
        var findings: [ReadingFinding] = []
        func add(_ what: String) {
            var finding = ReadingFinding.partNotRead(what, .doubt)
            finding.page = page
            findings.append(finding)
        }
        if size > limit { findings.append(.tooMuchText(page: page, limit: limit)) }
        if missing > 0 { findings.append(.damaged("the texts of \(missing) cells are not in it", page: page)) }
        if isChart, chartLines.isEmpty { add("the chart that the sheet is") }
        if lostTexts > 0 { add("\(lostTexts) text boxes on the sheet") }
        return findings
    }

    // MARK: - Records

    private mutating func note(_ record: BIFFRecords.Record) {
        switch record.kind {
        case BIFFRecords.Kind.header: margins.header = margin(record)
        case BIFFRecords.Kind.footer: margins.footer = margin(record)
        case BIFFRecords.Kind.note: noteComment(record)
        case BIFFRecords.Kind.object: noteObject(record)
        case BIFFRecords.Kind.text: noteText(record)
        default:
            book.note(record, records)
            noteCell(record)
        }
    }

    private mutating func add(_ row: Int, _ column: Int, _ text: String) {
        guard !text.isEmpty else { return }
        if let last = cells.last, (last.row, last.column) >= (row, column) { isInOrder = false }
        cells.append(Cell(row: row, column: column, text: text))
        size += text.utf8.count + 1
    }

    private mutating func noteCell(_ record: BIFFRecords.Record) {
        let bytes = records.bytes
        // Excel 2.0 has three bytes of attributes where later ones have the number of a style.
        let isOldest = book.version == 2
        let start = record.start + (isOldest ? 7 : 6)
        guard let row = bytes.u16(record.start), let column = bytes.u16(record.start + 2), start <= record.end else {
            if record.kind == 0x207 || isOldest && record.kind == 0x07 { noteString(record) }
            return
        }
        let style = isOldest ? (bytes.u8(record.start + 5) ?? 0) & 0x3F : bytes.u16(record.start + 4)
        func number(_ value: Double?) { if let value { add(row, column, shown(value, style)) } }
        switch record.kind {
        case 0x02 where isOldest: number(bytes.u16(start).map { Double($0) })
        case 0x03 where isOldest: number(bytes.double(start))
        case 0x203: number(bytes.double(start))
        case 0x27E: number(bytes.u32(start).map(Self.number))
        case 0xBD: noteNumbers(record, row, column)
        case 0xFD:
            if let index = bytes.u32(start), book.strings.indices.contains(index) {
                add(row, column, book.strings[index])
            } else {
                missing += 1
            }
        case 0x04 where isOldest, 0x204, 0xD6: add(row, column, text(record, at: start))
        case 0x05 where isOldest, 0x205:
            add(row, column, Self.word(bytes.u8(start) ?? 0, isError: bytes.u8(start + 1) == 1))
        case 0x06, 0x206, 0x406: noteFormula(start, row, column, style)
        case 0x207: noteString(record)
        case 0x07 where isOldest: noteString(record)
        default: break
        }
    }

    /// A number as a person sees it.
    private func shown(_ value: Double, _ style: Int?) -> String {
        let text = "\(value)"
        return book.formats.shown(text.hasSuffix(".0") ? String(text.dropLast(2)) : text, style: style)
    }

    /// A number in four bytes ([MS-XLS], 2.5.217).
    private static func number(_ packed: Int) -> Double {
        let value: Double
        if packed & 2 != 0 {
            value = Double(Int32(truncatingIfNeeded: packed) >> 2)
        } else {
            value = Double(bitPattern: UInt64(packed & 0xFFFF_FFFC) << 32)
        }
        return packed & 1 != 0 ? value / 100 : value
    }

    private mutating func noteNumbers(_ record: BIFFRecords.Record, _ row: Int, _ first: Int) {
        var column = first
        for place in stride(from: record.start + 4, to: record.end - 7, by: 6) {
            if let packed = records.bytes.u32(place + 2) {
                add(row, column, shown(Self.number(packed), records.bytes.u16(place)))
            }
            column += 1
        }
    }

    /// The result of a formula, as it was when the workbook was kept (2.5.133).
    private mutating func noteFormula(_ start: Int, _ row: Int, _ column: Int, _ style: Int?) {
        waiting = nil
        guard records.bytes.u16(start + 6) == 0xFFFF else {
            if let value = records.bytes.double(start) { add(row, column, shown(value, style)) }
            return
        }
        let value = records.bytes.u8(start + 2) ?? 0
        switch records.bytes.u8(start) {
        case 0: waiting = (row, column)
        case 1: add(row, column, Self.word(value, isError: false))
        case 2: add(row, column, Self.word(value, isError: true))
        default: break
        }
    }

    private mutating func noteString(_ record: BIFFRecords.Record) {
        guard let cell = waiting else { return }
        waiting = nil
        add(cell.row, cell.column, text(record, at: record.start))
    }

    /// A text of a record, after as many bytes as say how long it is.
    private func text(_ record: BIFFRecords.Record, at place: Int) -> String {
        let rest = place..<max(place, record.end)
        var reader = BIFFReader(records, [rest] + (book.version == 8 ? records.continuations(of: record) : []))
        switch book.version {
        case 8: return reader.unicode(reader.u16() ?? 0)
        case 2: return reader.letters(reader.u8() ?? 0, book.codePage)
        default: return reader.letters(reader.u16() ?? 0, book.codePage)
        }
    }

    private static func word(_ value: Int, isError: Bool) -> String {
        guard isError else { return value == 0 ? "FALSE" : "TRUE" }
        return switch value {
        case 0x00: "#NULL!"
        case 0x07: "#DIV/0!"
        case 0x0F: "#VALUE!"
        case 0x17: "#REF!"
        case 0x1D: "#NAME?"
        case 0x24: "#NUM!"
        default: "#N/A"
        }
    }

    // MARK: - What is no cell

    private func margin(_ record: BIFFRecords.Record) -> String {
        var reader = BIFFReader(records, [record.start..<record.end])
        guard book.version == 8 else { return Self.words(reader.letters(reader.u8() ?? 0, book.codePage)) }
        return Self.words(reader.unicode(reader.u16() ?? 0))
    }

    /// A page header's words without what says where and how they stand: `&L&"Arial"&12Dinas &P` ([MS-XLS], 2.4.136).
    static func words(_ code: String) -> String {
        var words = ""
        var rest = Substring(code)
        while let sign = rest.popFirst() {
            guard sign == "&" else {
                words.append(sign.isNewline ? " " : sign)
                continue
            }
            switch rest.popFirst() {
            case "&": words.append("&")
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "K": rest = rest.dropFirst(min(6, rest.prefix { $0.isHexDigit || "+-".contains($0) }.count))
            case "L", "C", "R": if !words.isEmpty { words.append(" ") }
            case .some(let digit) where digit.isASCII && digit.isNumber: rest = rest.drop { $0.isASCII && $0.isNumber }
            default: break
            }
        }
        return words.split(separator: " ").joined(separator: " ")
    }

    private mutating func noteComment(_ record: BIFFRecords.Record) {
        var reader = BIFFReader(records, [record.start..<record.end])
        guard let row = reader.u16(), let column = reader.u16(), let third = reader.u16() else { return }
        if book.version == 8 {
            let object = reader.u16() ?? 0
            let author = reader.unicode(reader.u16() ?? 0)
            let cell = Self.name(row, column)
            notes.append(Note(cell: cell, object: object, author: author.isEmpty ? nil : author, text: ""))
            return
        }
        // A long one goes on in records of their own, which have no row.
        let text = reader.letters(third, book.codePage)
        size += text.utf8.count
        if row == 0xFFFF, !notes.isEmpty {
            notes[notes.count - 1].text += text
        } else {
            notes.append(Note(cell: Self.name(row, column), object: -1, author: nil, text: text))
        }
    }

    /// A cell by the letters of its column and its row: `B7`.
    private static func name(_ row: Int, _ column: Int) -> String {
        var letters = ""
        var rest = column + 1
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters + String(row + 1)
    }

    private mutating func noteObject(_ record: BIFFRecords.Record) {
        let bytes = records.bytes
        // What stands there is the kind and the number in Excel 97 as in the earlier ones.
        object = (bytes.u16(record.start + 6) ?? 0, bytes.u16(record.start + 4) ?? 0)
        // A text box of before Excel 97 ends with its text and the text's fonts.
        let lengths = record.start + (book.version == 5 ? 44 : 40)
        guard book.version < 8, object.kind == 6, let count = bytes.u16(lengths), count > 0 else { return }
        let start = record.end - (bytes.u16(lengths + 4) ?? 0) - (count + count % 2)
        guard start >= lengths + 10 else {
            lostTexts += 1
            return
        }
        addLine(book.codePage.text(bytes.part(start, count)))
    }

    private mutating func noteText(_ record: BIFFRecords.Record) {
        guard let count = records.bytes.u16(record.start + 10), count > 0 else { return }
        var reader = BIFFReader(records, records.continuations(of: record))
        let text = reader.unicode(count)
        if object.kind == 0x19 {
            remarks[object.number] = text
            size += text.utf8.count
        } else {
            addLine(text)
        }
    }

    private mutating func addLine(_ text: String) {
        lines.append(text)
        size += text.utf8.count + 1
    }

    private mutating func noteSeries(_ record: BIFFRecords.Record) {
        var reader = BIFFReader(records, [(record.start + 2)..<max(record.start + 2, record.end)])
        let count = reader.u8() ?? 0
        let text = book.version == 8 ? reader.unicode(count) : reader.letters(count, book.codePage)
        guard !text.isEmpty, size <= limit else { return }
        chartLines.append(text)
        size += text.utf8.count + 1
    }
}
