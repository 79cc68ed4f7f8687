/// A workbook of Office Open XML (ECMA-376, part 1, chapter 18): a page a sheet, a line a row, a tab between cells.
enum Workbook {
    /// The part that lists the sheets; nil where this is no workbook.
    static func list(of parts: OfficeParts) -> String? {
        parts.main(in: "xl/", usual: "workbook.xml", kind: "spreadsheetml")
    }

    /// What was read of a workbook.
    struct Result {
        var pages: [PageReading] = []
        /// How many sheets it has.
        var total = 0
        /// Why it could not be read whole.
        var fault: XMLFault?
    }

    /// Reads the sheets; those that are hidden are marked in their names.
    static func read(_ parts: OfficeParts, list: String, limits: ReadingLimits) -> Result {
        var result = Result()
        func note(_ found: XMLFault?) { if result.fault == nil { result.fault = found } }
        let relations = PackageRelations(of: list, in: parts)
        let sheets = SheetList()
        note(XMLReader.read(parts.content[list] ?? [], sheets))
        result.total = sheets.sheets.count
        let formats = CellFormats()
        formats.countsFrom1904 = sheets.countsFrom1904
        for part in relations.parts("styles").prefix(1) { note(XMLReader.read(parts.content[part] ?? [], formats)) }
        let shared = SharedStrings(limit: limits.pageText)
        for part in relations.parts("sharedStrings").prefix(1) {
            note(XMLReader.read(parts.content[part] ?? [], shared))
        }
        let persons = CommentPersons()
        for part in relations.parts("person").prefix(10) { note(XMLReader.read(parts.content[part] ?? [], persons)) }
        let parted = Dictionary(relations.relations.map { ($0.id, $0.part) }) { first, _ in first }
        for sheet in sheets.sheets.prefix(limits.pages) {
            let number = result.pages.count + 1
            let name = sheet.name + (sheet.isHidden ? " (hidden)" : "")
            guard let part = parted[sheet.relation], let content = parts.content[part] else {
                var page = PageReading(number: number, name: name)
                page.findings.append(.damaged("the sheet's part is not in it", page: number))
                result.pages.append(page)
                continue
            }
            let text = SheetText(limit: limits.pageText, strings: shared.strings, formats: formats)
            note(XMLReader.read(content, text))
            note(addRemarks(of: part, in: parts, persons.names, to: text, limit: limits.pageText))
            for drawing in PackageRelations(of: part, in: parts).parts("drawing").prefix(100) {
                let read = DrawingText.read(drawing, in: parts, limit: limits.pageText)
                note(read.fault)
                text.builder.addLines(read.text)
            }
            text.addMargins(sheet: sheet.name)
            var page = text.builder.page(number, name: name)
            if text.formulas > 0 { page.findings.append(.formulas(text.formulas, page: number)) }
            result.pages.append(page)
        }
        return result
    }

    /// Adds a sheet's comments; of a talk that is also stored as one old comment, the talk.
    private static func addRemarks(
        of part: String,
        in parts: OfficeParts,
        _ persons: [String: String],
        to text: SheetText,
        limit: Int
    ) -> XMLFault? {
        var fault: XMLFault?
        let relations = PackageRelations(of: part, in: parts)
        var talked: Set<String> = []
        for part in relations.parts("threadedComment").prefix(10) {
            let reader = ThreadedComments(limit: limit)
            fault = fault ?? XMLReader.read(parts.content[part] ?? [], reader)
            for remark in reader.remarks {
                talked.insert(remark.cell)
                let author = remark.person.flatMap { persons[$0] }
                text.builder.addLine("\(remark.cell): \(remark.text)", .comment, author: author, date: remark.date)
            }
        }
        for part in relations.parts("comments").prefix(10) {
            let reader = SheetComments(limit: limit)
            fault = fault ?? XMLReader.read(parts.content[part] ?? [], reader)
            for comment in reader.comments where !talked.contains(comment.cell) {
                text.builder.addLine("\(comment.cell): \(comment.text)", .comment, author: comment.author)
            }
        }
        return fault
    }

    /// The sheets of a workbook, in their order.
    private final class SheetList: XMLHandler {
        var sheets: [(name: String, relation: String, isHidden: Bool)] = []
        var countsFrom1904 = false
        var isFinished: Bool { sheets.count > 100_000 }

        func start(_ name: String, _ attributes: XMLAttributes) {
            if name == "workbookPr" { countsFrom1904 = attributes.isTrue("date1904") }
            guard name == "sheet", let relation = attributes["id"] else { return }
            let isHidden = ["hidden", "veryHidden"].contains(attributes["state"])
            sheets.append((attributes["name"] ?? "", relation, isHidden))
        }

        func end(_ name: String) {}

        func text(_ piece: UnsafeBufferPointer<UInt8>) {}
    }

    /// The strings that cells refer to by number.
    private final class SharedStrings: XMLHandler {
        var strings: [[UInt8]] = []
        private let limit: Int
        private var current: [UInt8] = []
        private var isCollecting = false
        private var phonetic = 0

        init(limit: Int) { self.limit = limit }

        var isFinished: Bool { strings.count > 5_000_000 }

        func start(_ name: String, _ attributes: XMLAttributes) {
            switch name {
            case "si": current = []
            case "rPh": phonetic += 1
            case "t": isCollecting = phonetic == 0
            default: break
            }
        }

        func end(_ name: String) {
            switch name {
            case "si": strings.append(current)
            case "rPh": phonetic -= 1
            case "t": isCollecting = false
            default: break
            }
        }

        func text(_ piece: UnsafeBufferPointer<UInt8>) {
            guard isCollecting, current.count + piece.count <= limit else { return }
            unsafe current.append(contentsOf: piece)
        }
    }
}

extension ReadingFinding {
    /// Formulas that nothing has computed yet.
    static func formulas(_ count: Int, page: Int) -> ReadingFinding {
        ReadingFinding(
            .valueAsStored,
            .doubt,
            page: page,
            count == 1
                ? "a formula has no stored result, and is shown as the formula"
                : "\(count) formulas have no stored result, and are shown as formulas",
            remedy: "open the workbook in a spreadsheet program, save it there, and keep that file too"
        )
    }
}
