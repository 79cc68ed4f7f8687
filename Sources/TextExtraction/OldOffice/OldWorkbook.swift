/// A workbook of Excel 2.0 to 2003 ([MS-XLS]; for what is older, <https://www.openoffice.org/sc/excelfileformat.pdf>):
/// a page a sheet, a line a row, a tab between cells.
struct OldWorkbook {
    /// What all sheets go by.
    struct Book {
        /// The version of the format: 2 to 5, or 8.
        var version: Int
        var codePage = CodePage(1252)
        var strings: [String] = []
        let formats = CellFormats()
        /// The texts of formats in their order, by which Excel 2.0 refers to them.
        var formatCount = 0

        init(version: Int) {
            self.version = version
            formats.start("cellXfs", XMLAttributes([]))
            // Cells of Excel 2.0 refer to the format itself.
            if version == 2 { for format in 0..<64 { noteStyle(format) } }
        }
    }

    private struct Sheet {
        let name: String
        let place: Int
        let isHidden: Bool
        let isModule: Bool

        /// The name; a sheet that is not shown is marked.
        var shownName: String? { name.isEmpty ? nil : isHidden ? name + " (hidden)" : name }
    }

    /// The pages, one a sheet.
    private(set) var pages: [PageReading] = []
    /// How many sheets there are.
    private(set) var total = 0
    private(set) var isEncrypted = false
    /// What was not read, or not whole.
    private(set) var findings: [ReadingFinding] = []
    private let records: BIFFRecords
    private let limits: ReadingLimits
    private var sheets: [Sheet] = []
    private var drawings: [UInt8] = []
    private var modules = 0

    /// Reads the stream `Workbook` or `Book`, or a file of a time before there were streams.
    init(_ stream: [UInt8], limits: ReadingLimits) {
        records = BIFFRecords(stream)
        self.limits = limits
        guard let first = records.record(at: 0), let version = records.version(of: first) else {
            findings.append(.damaged("it does not begin as a workbook"))
            return
        }
        var book = Book(version: version)
        // A workbook of Excel 4.0 has its sheets inside of it, others have them after it; older ones are one sheet.
        let kind = records.bytes.u16(first.start + 2) ?? 0
        let isBook = version >= 5 && ![0x10, 0x20, 0x40].contains(kind) || version == 4 && kind == 0x100
        let end = isBook ? readGlobals(&book, from: first) : 0
        guard !isEncrypted else { return }
        if sheets.isEmpty { findSheets(from: end) }
        total = sheets.count
        readSheets(&book)
        tell(book)
    }

    // MARK: - What all sheets go by

    private mutating func readGlobals(_ book: inout Book, from first: BIFFRecords.Record) -> Int {
        var place = first.end
        while let record = records.record(at: place), !isEncrypted {
            if record.kind == BIFFRecords.Kind.end { return record.end }
            if records.version(of: record) != nil { return place }
            place = record.end
            note(record, &book)
        }
        if !isEncrypted { findings.append(.damaged("it breaks off before its first sheet")) }
        return place
    }

    private mutating func note(_ record: BIFFRecords.Record, _ book: inout Book) {
        switch record.kind {
        case BIFFRecords.Kind.filePassword: isEncrypted = true
        case BIFFRecords.Kind.sheet: noteSheet(record, book)
        case BIFFRecords.Kind.drawingGroup:
            let parts = [record.start..<record.end] + records.continuations(of: record)
            for part in parts { drawings += records.bytes.bytes[part] }
        case BIFFRecords.Kind.sharedStrings:
            var reader = BIFFReader(records, [record.start..<record.end] + records.continuations(of: record))
            reader.skip(4)
            // No more than there are, however many it says.
            let count = reader.u32() ?? 0
            while book.strings.count < count, let text = reader.sharedString() { book.strings.append(text) }
        default: book.note(record, records)
        }
    }

    private mutating func noteSheet(_ record: BIFFRecords.Record, _ book: Book) {
        guard sheets.count < 100_000, let place = records.bytes.u32(record.start),
            let state = records.bytes.u8(record.start + 4), let kind = records.bytes.u8(record.start + 5)
        else { return }
        var reader = BIFFReader(records, [(record.start + 6)..<max(record.start + 6, record.end)])
        let count = reader.u8() ?? 0
        let name = book.version == 8 ? reader.unicode(count) : reader.letters(count, book.codePage)
        sheets.append(Sheet(name: name, place: place, isHidden: state & 3 != 0, isModule: kind == 6))
    }

    // MARK: - Sheets

    /// Sheets that no list names: each part that begins as one does.
    private mutating func findSheets(from start: Int) {
        var place = start
        var depth = 0
        while let record = records.record(at: place) {
            if records.version(of: record) != nil {
                if depth == 0, sheets.count < 100_000 {
                    sheets.append(Sheet(name: "", place: place, isHidden: false, isModule: false))
                }
                depth += 1
            } else if record.kind == BIFFRecords.Kind.end {
                depth = max(0, depth - 1)
            }
            place = record.end
        }
    }

    private mutating func readSheets(_ book: inout Book) {
        // Each byte belongs to one sheet: a list that says otherwise is not followed for ever.
        var left = 2 * records.bytes.count
        for sheet in sheets {
            if sheet.isModule {
                modules += 1
                continue
            }
            guard pages.count < limits.pages else { break }
            let number = pages.count + 1
            var reader = OldSheet(records, book: book, limit: limits.pageText)
            let end = left > 0 ? reader.read(from: sheet.place) : nil
            left -= max(0, (end ?? sheet.place) - sheet.place)
            var page = reader.page(number, name: sheet.shownName)
            if end == nil {
                page.findings.append(.damaged("the sheet is not in it, or not all of it", page: number))
            }
            if reader.isEncrypted { isEncrypted = true }
            page.findings += reader.findings(page: number)
            pages.append(page)
        }
        total = max(0, total - modules)
    }

    /// What was not read.
    private mutating func tell(_ book: Book) {
        let isEmpty = pages.allSatisfy { $0.text.isEmpty }
        findings += OldOffice.pictures(OfficeDrawing.pictures(in: drawings), isEmpty: isEmpty)
        if total == 0, findings.isEmpty { findings.append(.damaged("it has no sheets")) }
        if isEmpty, book.strings.contains(where: { !$0.isEmpty }), findings.isEmpty {
            findings.append(.damaged("its texts belong to no cell"))
        }
        if isEncrypted { pages = [] }
    }
}

extension OldWorkbook.Book {
    /// Takes what says how cells are read, in the whole workbook or before the cells of an old one.
    mutating func note(_ record: BIFFRecords.Record, _ records: BIFFRecords) {
        let bytes = records.bytes
        switch record.kind {
        case BIFFRecords.Kind.codePage: codePage = CodePage(bytes.u16(record.start) ?? 1252)
        case BIFFRecords.Kind.dateMode: formats.countsFrom1904 = bytes.u16(record.start) == 1
        case 0x1E, 0x41E: noteFormat(record, records)
        case 0x243, 0x443: noteStyle(bytes.u8(record.start + 1) ?? 0)
        case 0xE0: noteStyle(bytes.u16(record.start + 2) ?? 0)
        default: break
        }
    }

    /// The code of a number format, in the words that a workbook of Office Open XML has for it.
    private mutating func noteFormat(_ record: BIFFRecords.Record, _ records: BIFFRecords) {
        var reader = BIFFReader(records, [record.start..<record.end])
        var number = formatCount
        if record.kind == 0x41E {
            let own = reader.u16() ?? 0
            if version >= 5 { number = own }
        }
        formatCount += 1
        let code: String
        if version == 8 {
            code = reader.unicode(reader.u16() ?? 0)
        } else {
            code = reader.letters(reader.u8() ?? 0, codePage)
        }
        formats.start("numFmt", XMLAttributes([("numFmtId", String(number)), ("formatCode", code)]))
    }

    fileprivate func noteStyle(_ format: Int) {
        formats.start("xf", XMLAttributes([("numFmtId", String(format))]))
    }
}
