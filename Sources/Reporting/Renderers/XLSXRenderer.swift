import RecordsModel
package import SystemPackage

/// Writes a paper as a spreadsheet (Office Open XML, ECMA-376) through libxlsxwriter.
///
/// A sheet for each table: the headings are the first row, frozen and repeated on every printed page; dates are dates,
/// numbers are numbers, and everything else is a text, never a formula or a link, with the same words as in the CSV. A last
/// sheet, `Keterangan`, has what the printed paper says around its tables. The sheets are set up for printing as the paper
/// is. The same paper gives the same bytes: the time of creation is the beginning of the paper's day in UTC.
package struct XLSXRenderer: Hashable, Sendable {
    /// The largest spreadsheet that is read back, in bytes.
    private static let limit = 256 << 20
    /// Days from 30 December 1899, the 0 of a spreadsheet's calendar, to 1 January 1970.
    private static let epoch = 25_569

    /// Where temporary files are made; nil for the system's own place.
    package let temporary: FilePath?

    /// A renderer.
    package init(temporary: FilePath? = nil) { self.temporary = temporary }

    /// The file's bytes.
    ///
    /// - Throws: `ReportingError`: `tooLarge` where a table has more rows than a sheet can hold, `writing`.
    package func bytes(of paper: Paper) throws(ReportingError) -> [UInt8] {
        let folder = try TemporaryFolder.make(below: temporary)
        let name: FilePath.Component = "paper.xlsx"
        let workbook = try Workbook.create(folder.path.appending(name), temporary: folder.path)
        try workbook.setProperties(
            title: PaperText.printable(paper.title),
            company: PaperText.printable(paper.letterhead.office),
            created: paper.date.daysSinceEpoch * 86_400
        )
        var names: Set<String> = []
        for table in paper.tables { try write(table, of: paper, to: workbook, names: &names) }
        try writeNotes(paper, to: workbook, names: &names)
        try workbook.close()
        return try folder.read(name, limit: Self.limit)
    }

    private func write(
        _ table: PaperTable,
        of paper: Paper,
        to workbook: borrowing Workbook,
        names: inout Set<String>
    ) throws(ReportingError) {
        guard table.rows.count < Workbook.rowLimit, table.columns.count <= Workbook.columnLimit else {
            throw ReportingError(
                .tooLarge,
                message: "'\(table.title)' has \(table.rows.count) rows, and a sheet holds \(Workbook.rowLimit)",
                remedy: "ask for fewer records at a time"
            )
        }
        let sheet = try workbook.addSheet(Self.sheetName(table.title, names: &names))
        for (place, column) in table.columns.enumerated() {
            try workbook.setWidth(sheet, column: place, millimetres: column.width)
            try workbook.write(sheet, 0, place, text: PaperText.guarded(column.heading), style: .heading)
        }
        for (number, row) in table.rows.enumerated() {
            for (place, cell) in row.enumerated() {
                switch cell {
                case .number(let value) where value.magnitude < 1 << 53:
                    try workbook.write(sheet, number + 1, place, number: Double(value), style: .number)
                // The calendar of spreadsheets has a 29 February 1900 and begins in that year.
                case .date(let date) where date.daysSinceEpoch + Self.epoch > 60:
                    let serial = Double(date.daysSinceEpoch + Self.epoch)
                    try workbook.write(sheet, number + 1, place, number: serial, style: .date)
                case .empty:
                    try workbook.writeBlank(sheet, number + 1, place, style: .text)
                default:
                    try workbook.write(sheet, number + 1, place, text: CSVRenderer.text(cell), style: .text)
                }
            }
        }
        let isLandscape = table.width > paper.sheet.width - SheetSize.margins
        try workbook.setUpPrinting(sheet, Self.printSetup(paper, isLandscape: isLandscape))
    }

    /// What the printed paper says around its tables.
    private func writeNotes(
        _ paper: Paper,
        to workbook: borrowing Workbook,
        names: inout Set<String>
    ) throws(ReportingError) {
        let sheet = try workbook.addSheet(Self.sheetName("Keterangan", names: &names))
        try workbook.setWidth(sheet, column: 0, millimetres: 50)
        try workbook.setWidth(sheet, column: 1, millimetres: 120)
        for (place, heading) in ["Uraian", "Isi"].enumerated() {
            try workbook.write(sheet, 0, place, text: heading, style: .heading)
        }
        for (place, note) in paper.notes.enumerated() {
            try workbook.write(sheet, place + 1, 0, text: PaperText.guarded(note.heading), style: .text)
            try workbook.write(sheet, place + 1, 1, text: PaperText.guarded(note.words), style: .text)
        }
        try workbook.setUpPrinting(sheet, Self.printSetup(paper, isLandscape: false))
    }

    private static func printSetup(_ paper: Paper, isLandscape: Bool) -> Workbook.PrintSetup {
        Workbook.PrintSetup(
            sheet: paper.sheet,
            isLandscape: isLandscape,
            header: PaperText.printable(paper.title),
            footer: paper.checkpoint.map { PaperText.printable($0.line) } ?? ""
        )
    }

    /// A name that a sheet may have: at most 31 UTF-16 units, none of `[]:*?/\`, no apostrophe at an end, used once.
    private static func sheetName(_ title: String, names: inout Set<String>) -> String {
        var name = ""
        for scalar in PaperText.printable(title).unicodeScalars where !"[]:*?/\\'".unicodeScalars.contains(scalar) {
            if name.utf16.count + String(scalar).utf16.count > 26 { break }
            name.unicodeScalars.append(scalar)
        }
        if PaperText.isBlank(name) { name = "Tabel" }
        var candidate = name
        var number = 2
        while !names.insert(candidate.lowercased()).inserted {
            candidate = name + " " + String(number)
            number += 1
        }
        return candidate
    }
}

extension Paper {
    /// What the printed paper says around its tables, as pairs of a heading and words, in the order of the sheet.
    package var notes: [(heading: String, words: String)] {
        var notes = letterhead.above.map { (heading: "Kop", words: $0) }
        notes += [("Kantor", letterhead.office)] + letterhead.below.map { ("Kop", $0) }
        notes += [("Judul", title), ("Nomor", number ?? ""), ("Tanggal", IndonesianWords.day(date))]
        notes.append(("Tempat", place ?? ""))
        notes += opening.map { ("Pembuka", $0) }
        notes += facts.map { ($0.heading, $0.value ?? "") }
        notes += closing.map { ("Penutup", $0) }
        for table in tables { notes += table.totals.map { ($0.heading, $0.value) } }
        notes += signatures.map { block in
            let parts = [block.position, block.name, block.nip.map { "NIP " + $0 }].compactMap(\.self)
            return (block.role, parts.joined(separator: ", "))
        }
        notes += attachments.map { ("Lampiran", $0.title) }
        return notes + [
            ("Titik periksa", checkpoint?.line ?? ""), ("Titik periksa, bentuk pendek", checkpoint?.short ?? ""),
        ]
    }
}
