/// A workbook of Office Open XML (ECMA-376, part 1, chapter 18): a page a sheet, a line a row, a tab between cells.
enum Workbook {
    /// The part that lists the sheets; nil where this is no workbook.
    static func list(of parts: ZipParts) -> String? {
        let named = PackageRelations(of: "", in: parts).parts("officeDocument").first
        return [named, "xl/workbook.xml"].compactMap { $0 }.first { part in
            part.hasPrefix("xl/") && parts.content[part] != nil
        }
    }

    /// Reads the sheets.
    ///
    /// - Returns: the pages, and why they could not be read whole.
    static func read(
        _ parts: ZipParts,
        list: String,
        limits: ReadingLimits
    ) -> (pages: [PageReading], total: Int, fault: XMLFault?) {
        var fault: XMLFault?
        func note(_ found: XMLFault?) { if fault == nil { fault = found } }
        let relations = PackageRelations(of: list, in: parts)
        let sheets = SheetList()
        note(XMLReader.read(parts.content[list] ?? [], sheets))
        let formats = CellFormats()
        formats.countsFrom1904 = sheets.countsFrom1904
        for part in relations.parts("styles").prefix(1) { note(XMLReader.read(parts.content[part] ?? [], formats)) }
        let shared = SharedStrings(limit: limits.pageText)
        for part in relations.parts("sharedStrings").prefix(1) {
            note(XMLReader.read(parts.content[part] ?? [], shared))
        }
        let parted = Dictionary(relations.relations.map { ($0.id, $0.part) }) { first, _ in first }
        var pages: [PageReading] = []
        for sheet in sheets.sheets.prefix(limits.pages) {
            let number = pages.count + 1
            guard let part = parted[sheet.relation], let content = parts.content[part] else {
                pages.append(PageReading(number: number, name: sheet.name))
                continue
            }
            let text = SheetText(limit: limits.pageText, strings: shared.strings, formats: formats)
            note(XMLReader.read(content, text))
            for comments in PackageRelations(of: part, in: parts).parts("comments").prefix(10) {
                let reader = SheetComments(limit: limits.pageText)
                note(XMLReader.read(parts.content[comments] ?? [], reader))
                for comment in reader.comments {
                    text.builder.addLine("\(comment.cell): \(comment.text)", .comment, author: comment.author)
                }
            }
            pages.append(text.builder.page(number, name: sheet.name))
        }
        return (pages, sheets.sheets.count, fault)
    }

    /// The sheets of a workbook, in their order.
    private final class SheetList: XMLHandler {
        var sheets: [(name: String, relation: String)] = []
        var countsFrom1904 = false
        var isFinished: Bool { sheets.count > 100_000 }

        func start(_ name: String, _ attributes: XMLAttributes) {
            if name == "workbookPr" { countsFrom1904 = attributes.isTrue("date1904") }
            if name == "sheet", let relation = attributes["id"] { sheets.append((attributes["name"] ?? "", relation)) }
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

    /// The cells of one sheet.
    private final class SheetText: XMLHandler {
        var builder: TextBuilder
        private let strings: [[UInt8]]
        private let formats: CellFormats
        private var type = ""
        private var style: Int?
        private var value: [UInt8] = []
        private var isCollecting = false
        private let limit: Int

        init(limit: Int, strings: [[UInt8]], formats: CellFormats) {
            builder = TextBuilder(limit: limit)
            self.limit = limit
            self.strings = strings
            self.formats = formats
        }

        var isFinished: Bool { builder.isFull }

        func start(_ name: String, _ attributes: XMLAttributes) {
            switch name {
            case "c":
                type = attributes["t"] ?? "n"
                style = attributes["s"].flatMap { Int($0) }
                value = []
            case "v", "t": isCollecting = true
            default: break
            }
        }

        func end(_ name: String) {
            switch name {
            case "v", "t": isCollecting = false
            case "c":
                addCell()
                builder.addTab()
            case "row": builder.endLine()
            default: break
            }
        }

        func text(_ piece: UnsafeBufferPointer<UInt8>) {
            guard isCollecting, value.count + piece.count <= limit else { return }
            unsafe value.append(contentsOf: piece)
        }

        private func addCell() {
            guard !value.isEmpty else { return }
            switch type {
            case "s":
                guard let index = Int(String(decoding: value, as: UTF8.self)), strings.indices.contains(index) else {
                    return
                }
                builder.append(strings[index])
            case "b": builder.append(value == [0x31] ? "TRUE" : "FALSE")
            case "n": builder.append(formats.shown(String(decoding: value, as: UTF8.self), style: style))
            default: builder.append(value)
            }
        }
    }

    /// The comments of one sheet.
    private final class SheetComments: XMLHandler {
        var comments: [(cell: String, text: String, author: String?)] = []
        private var authors: [String] = []
        private var current: (cell: String, author: String?)?
        private var builder: TextBuilder
        private var isAuthor = false
        private var isCollecting = false
        private let limit: Int

        init(limit: Int) {
            self.limit = limit
            builder = TextBuilder(limit: limit)
        }

        var isFinished: Bool { comments.count > 100_000 }

        func start(_ name: String, _ attributes: XMLAttributes) {
            switch name {
            case "author":
                isAuthor = true
                builder = TextBuilder(limit: limit)
            case "comment":
                let author = attributes["authorId"].flatMap { Int($0) }.flatMap {
                    authors.indices.contains($0) ? authors[$0] : nil
                }
                current = (attributes["ref"] ?? "", author)
                builder = TextBuilder(limit: limit)
            case "t": isCollecting = true
            default: break
            }
        }

        func end(_ name: String) {
            switch name {
            case "author":
                authors.append(builder.text)
                isAuthor = false
            case "comment":
                if let current { comments.append((current.cell, builder.text, current.author)) }
                current = nil
            case "t": isCollecting = false
            default: break
            }
        }

        func text(_ piece: UnsafeBufferPointer<UInt8>) {
            if isAuthor || isCollecting { unsafe builder.append(piece) }
        }
    }
}
