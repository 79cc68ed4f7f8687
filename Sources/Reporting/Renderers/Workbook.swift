private import CLibXlsxWriter
import SystemPackage

/// A spreadsheet in the making; the only file that calls libxlsxwriter.
///
/// Given up without `close`, it leaves nothing behind.
@safe
struct Workbook: ~Copyable {
    /// How many rows a sheet holds (ECMA-376, as Excel limits it).
    static let rowLimit = 1_048_576
    /// How many columns a sheet holds.
    static let columnLimit = 16_384
    /// How many UTF-16 units a cell holds; what is longer is cut, and says so.
    static let textLimit = 32_767
    /// What stands at the end of a cell that was cut.
    static let cutMark = " … [dipotong; lengkap dalam CSV]"
    /// How many UTF-16 units the header or the footer of a page holds.
    private static let marginLimit = 200

    /// How cells look.
    enum Style: Int, CaseIterable {
        /// A column's heading.
        case heading
        /// A text.
        case text
        /// A whole number.
        case number
        /// A day.
        case date
    }

    /// How a sheet is printed.
    struct PrintSetup {
        /// The paper.
        let sheet: SheetSize
        /// Whether across.
        let isLandscape: Bool
        /// What stands above the page.
        let header: String
        /// What stands below it, beside the page's number.
        let footer: String
    }

    /// A sheet by its place, from 0.
    struct Sheet {
        fileprivate let place: Int
    }

    private let raw: UnsafeMutablePointer<lxw_workbook>
    private let state: State

    /// What the library hands out and owns: alive as long as the workbook.
    @safe
    private final class State {
        var sheets: [UnsafeMutablePointer<lxw_worksheet>] = unsafe []
        var formats: [UnsafeMutablePointer<lxw_format>] = unsafe []
        var isClosed = false
    }

    private init(adopting raw: UnsafeMutablePointer<lxw_workbook>) {
        unsafe self.raw = raw
        state = State()
    }

    deinit { if !state.isClosed { unsafe lxw_workbook_free(raw) } }

    /// Begins a spreadsheet that `close` writes to a path.
    static func create(_ path: FilePath, temporary: FilePath) throws(ReportingError) -> Workbook {
        let made = unsafe path.withPlatformString { file in
            unsafe temporary.withPlatformString { folder -> UnsafeMutablePointer<lxw_workbook>? in
                // The library keeps a copy of both texts.
                var options = unsafe lxw_workbook_options(
                    constant_memory: 0,
                    tmpdir: UnsafeMutablePointer(mutating: folder),
                    use_zip64: 0
                )
                return unsafe workbook_new_opt(file, &options)
            }
        }
        guard let made = unsafe made else { throw failure(LXW_ERROR_MEMORY_MALLOC_FAILED) }
        let workbook = unsafe Workbook(adopting: made)
        for style in Style.allCases { try workbook.addFormat(style) }
        return workbook
    }

    private func addFormat(_ style: Style) throws(ReportingError) {
        guard let format = unsafe workbook_add_format(raw) else { throw Self.failure(LXW_ERROR_MEMORY_MALLOC_FAILED) }
        unsafe format_set_text_wrap(format)
        unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
        switch style {
        case .heading:
            unsafe format_set_bold(format)
            unsafe format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
        case .text: unsafe format_set_num_format(format, "@")
        case .number: unsafe format_set_num_format(format, "0")
        // 0421 is Indonesian: the month's name comes in the words of the printed paper.
        case .date: unsafe format_set_num_format(format, "[$-421]d mmmm yyyy")
        }
        unsafe state.formats.append(format)
    }

    /// Says what the file is; `created` is in seconds since 1970.
    func setProperties(title: String, company: String, created: Int) throws(ReportingError) {
        let status = unsafe title.withCString { title in
            unsafe company.withCString { company -> lxw_error in
                var properties = unsafe lxw_doc_properties()
                unsafe properties.title = UnsafeMutablePointer(mutating: title)
                unsafe properties.company = UnsafeMutablePointer(mutating: company)
                // The library takes 0 for "now".
                unsafe properties.created = created == 0 ? 1 : created
                return unsafe workbook_set_properties(raw, &properties)
            }
        }
        try Self.check(status)
    }

    /// Adds a sheet.
    func addSheet(_ name: String) throws(ReportingError) -> Sheet {
        guard let sheet = unsafe workbook_add_worksheet(raw, name) else {
            throw ReportingError(
                .writing,
                message: "the spreadsheet takes no sheet of the name '\(name)'",
                remedy: "report this: names of sheets are chosen by Berkas"
            )
        }
        unsafe state.sheets.append(sheet)
        return unsafe Sheet(place: state.sheets.count - 1)
    }

    /// Sets a column's width.
    func setWidth(_ sheet: Sheet, column: Int, millimetres: Int) throws(ReportingError) {
        // A column of one character is 7 pixels at 96 to the inch, 1.85 mm, with 5 pixels of padding in all.
        let width = min(255, (Double(millimetres) - 1.3) / 1.85)
        let place = UInt16(clamping: column)
        try Self.check(unsafe worksheet_set_column(state.sheets[sheet.place], place, place, width, nil))
    }

    /// Writes a text, never a formula or a link; row and column from 0.
    func write(_ sheet: Sheet, _ row: Int, _ column: Int, text: String, style: Style) throws(ReportingError) {
        let status = unsafe worksheet_write_string(
            state.sheets[sheet.place],
            UInt32(clamping: row),
            UInt16(clamping: column),
            Self.fitting(text),
            state.formats[style.rawValue]
        )
        try Self.check(status)
    }

    /// Writes a number.
    func write(_ sheet: Sheet, _ row: Int, _ column: Int, number: Double, style: Style) throws(ReportingError) {
        let status = unsafe worksheet_write_number(
            state.sheets[sheet.place],
            UInt32(clamping: row),
            UInt16(clamping: column),
            number,
            state.formats[style.rawValue]
        )
        try Self.check(status)
    }

    /// Leaves a cell empty, with its border.
    func writeBlank(_ sheet: Sheet, _ row: Int, _ column: Int, style: Style) throws(ReportingError) {
        let status = unsafe worksheet_write_blank(
            state.sheets[sheet.place],
            UInt32(clamping: row),
            UInt16(clamping: column),
            state.formats[style.rawValue]
        )
        try Self.check(status)
    }

    /// Sets a sheet up for the printer: paper, direction, repeated headings, one page wide, page x of y.
    func setUpPrinting(_ sheet: Sheet, _ setup: PrintSetup) throws(ReportingError) {
        let page = unsafe state.sheets[sheet.place]
        unsafe worksheet_freeze_panes(page, 1, 0)
        try Self.check(unsafe worksheet_repeat_rows(page, 0, 0))
        // Paper sizes of the file format (ECMA-376, 18.3.1.63): 14 is folio, 8.5 by 13 inches, 9 is A4, 11 is A5.
        let size: UInt8 =
            switch setup.sheet {
            case .f4: 14
            case .a4: 9
            case .a5: 11
            }
        unsafe worksheet_set_paper(page, size)
        if setup.isLandscape { unsafe worksheet_set_landscape(page) } else { unsafe worksheet_set_portrait(page) }
        // Inches: left, right, top, bottom.
        unsafe worksheet_set_margins(page, 0.6, 0.6, 0.8, 0.8)
        unsafe worksheet_fit_to_pages(page, 1, 0)
        try Self.check(unsafe worksheet_set_header(page, "&C&\"-,Bold\"" + Self.inMargin(setup.header)))
        let footer = "&L&8" + Self.inMargin(setup.footer) + "&R&8Halaman &P dari &N"
        try Self.check(unsafe worksheet_set_footer(page, footer))
    }

    /// Writes the file; the workbook is used up.
    func close() throws(ReportingError) {
        state.isClosed = true
        // Frees the workbook, also where it fails.
        try Self.check(unsafe workbook_close(raw))
    }

    // MARK: - Texts

    /// A text that a cell holds, cut where it is too long, with `_x0041_` kept from being read as a character's number.
    static func fitting(_ text: String) -> String {
        var escaped = ""
        let scalars = Array(text.unicodeScalars)
        for (place, scalar) in scalars.enumerated() {
            // ECMA-376, 22.4.2.4: in a string, _xHHHH_ is a character.
            if scalar == "_", place + 6 < scalars.count, scalars[place + 1] == "x", scalars[place + 6] == "_",
                scalars[(place + 2)...(place + 5)].allSatisfy({ $0.properties.isASCIIHexDigit })
            {
                escaped += "_x005F"
            }
            escaped.unicodeScalars.append(scalar)
        }
        return cut(escaped, to: textLimit, mark: cutMark)
    }

    /// A text in the margin of a page, where `&` begins a code.
    private static func inMargin(_ text: String) -> String {
        var doubled = ""
        for scalar in cut(text, to: marginLimit / 2, mark: "…").unicodeScalars {
            if scalar == "&" { doubled += "&" }
            doubled.unicodeScalars.append(scalar)
        }
        return doubled
    }

    /// The first of a text's UTF-16 units, with a mark where something was left out.
    private static func cut(_ text: String, to limit: Int, mark: String) -> String {
        guard text.utf16.count > limit else { return text }
        var kept = ""
        var count = mark.utf16.count
        for scalar in text.unicodeScalars {
            count += UTF16.width(scalar)
            if count > limit { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + mark
    }

    // MARK: - Failures

    private static func check(_ status: lxw_error) throws(ReportingError) {
        if status != LXW_NO_ERROR { throw failure(status) }
    }

    private static func failure(_ status: lxw_error) -> ReportingError {
        let words = unsafe lxw_strerror(status).map { unsafe String(cString: $0) } ?? "error \(status.rawValue)"
        return ReportingError(
            .writing,
            message: "the spreadsheet cannot be written: \(words)",
            remedy: "free some space for temporary files, and check that their folder can be written to"
        )
    }
}
