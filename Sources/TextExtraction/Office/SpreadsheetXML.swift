/// A workbook of Excel 2002 and 2003 in one XML file (SpreadsheetML): a page a sheet, a line a row, a tab between cells.
final class SpreadsheetXML: XMLHandler {
    /// The sheets that are over.
    private(set) var pages: [PageReading] = []
    private let limits: ReadingLimits
    private var builder: TextBuilder
    private var sheet: String?
    private var column = 0
    private var type = ""
    private var value: [UInt8]?

    init(limits: ReadingLimits) {
        self.limits = limits
        builder = TextBuilder(limit: limits.pageText)
    }

    var isFinished: Bool { pages.count >= limits.pages }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "Worksheet":
            sheet = attributes["Name"] ?? ""
            builder = TextBuilder(limit: limits.pageText)
        case "Row": column = 0
        case "Cell":
            // Cells that are empty are left out, and the next says its place.
            let place = attributes["Index"].flatMap { Int($0) } ?? column + 1
            for _ in 0..<max(0, min(place - max(column, 1), 16_384)) { builder.addTab() }
            column = max(place, column + 1)
        case "Data":
            type = attributes["Type"] ?? ""
            value = []
        case "Comment": builder.addSpace()
        default: break
        }
    }

    func end(_ name: String) {
        switch name {
        case "Data":
            guard let value else { break }
            if type == "DateTime" {
                let text = String(decoding: value, as: UTF8.self)
                let parts = text.split(separator: "T")
                let time = parts.dropFirst().first.map { $0.prefix(8) } ?? ""
                builder.append(time.isEmpty || time == "00:00:00" ? String(parts.first ?? "") : "\(parts[0]) \(time)")
            } else {
                builder.append(value)
            }
            self.value = nil
        case "Row": builder.endLine()
        case "Worksheet":
            guard let sheet else { break }
            pages.append(builder.page(pages.count + 1, name: sheet))
            self.sheet = nil
        default: break
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard let count = value?.count, count + piece.count <= limits.pageText else { return }
        unsafe value?.append(contentsOf: piece)
    }
}
