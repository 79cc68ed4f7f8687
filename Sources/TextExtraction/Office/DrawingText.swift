extension TextBuilder {
    /// Adds lines of their own, with the tabs that they have.
    mutating func addLines(_ text: String) {
        endLine()
        for line in text.split(separator: "\n") {
            for (index, cell) in line.split(separator: "\t", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { addTab() }
                append(String(cell))
            }
            endLine()
        }
    }
}

/// What a drawing of an office document says: boxes, shapes, charts and SmartArt (ECMA-376, part 1, chapters 20 and 21).
enum DrawingText {
    /// How many drawings and charts one part may refer to.
    private static let most = 1000

    /// The text of a drawing's part and of what it refers to, a line a paragraph.
    static func read(_ part: String, in parts: OfficeParts, limit: Int) -> (text: String, fault: XMLFault?) {
        var builder = TextBuilder(limit: limit)
        var fault: XMLFault?
        func note(_ found: XMLFault?) { if fault == nil { fault = found } }
        if let content = parts.content[part] {
            let shapes = ShapeText(limit: limit)
            note(XMLReader.read(content, shapes))
            builder.addLines(shapes.builder.text)
        }
        var seen: Set<String> = []
        for relation in PackageRelations(of: part, in: parts).relations {
            guard seen.count < most, seen.insert(relation.part).inserted else { continue }
            guard let read = referred(relation, in: parts, limit: limit) else { continue }
            note(read.fault)
            builder.addLines(read.text)
        }
        return (builder.text, fault)
    }

    /// The text of a chart or of SmartArt that a part refers to; nil for any other reference.
    static func referred(
        _ relation: PackageRelations.Relation,
        in parts: OfficeParts,
        limit: Int
    ) -> (text: String, fault: XMLFault?)? {
        guard let content = parts.content[relation.part] else { return nil }
        switch relation.type {
        case "chart", "chartEx":
            let chart = ChartText(limit: limit)
            var fault = XMLReader.read(content, chart)
            for shapes in PackageRelations(of: relation.part, in: parts).parts("chartUserShapes").prefix(10) {
                let reader = ShapeText(limit: limit)
                fault = fault ?? parts.content[shapes].flatMap { XMLReader.read($0, reader) }
                chart.builder.addLines(reader.builder.text)
            }
            return (chart.builder.text, fault)
        case "diagramData", "chartUserShapes":
            let reader = ShapeText(limit: limit)
            let fault = XMLReader.read(content, reader)
            return (reader.builder.text, fault)
        default: return nil
        }
    }
}

/// The text of boxes and shapes, a line a paragraph.
final class ShapeText: XMLHandler {
    private(set) var builder: TextBuilder
    private var paragraphs = 0
    private var isCollecting = false
    private var skipped = 0
    /// For each choice that is open: how much text there was, and whether something else was chosen.
    private var choices: [(start: Int, hasOther: Bool)] = []

    init(limit: Int) { builder = TextBuilder(limit: limit) }

    var isFinished: Bool { builder.isFull }

    func start(_ name: String, _ attributes: XMLAttributes) {
        if skipped > 0 {
            skipped += 1
            return
        }
        switch name {
        case "AlternateContent": choices.append((builder.bytes.count, false))
        case "Choice", "Fallback":
            // The same twice, for old programs and for new ones (ECMA-376, part 3, 7.6).
            if let choice = choices.last, choice.hasOther || builder.bytes.count > choice.start { skipped = 1 }
        case "chart", "relIds", "graphicFrame", "pic":
            if !choices.isEmpty { choices[choices.count - 1].hasOther = true }
        case "p":
            if paragraphs > 0 { builder.endLine() }
            paragraphs += 1
        case "t": isCollecting = paragraphs > 0
        case "br": builder.endLine()
        case "tab": builder.addTab()
        case "tc": if paragraphs > 0 { builder.addTab() }
        default: break
        }
    }

    func end(_ name: String) {
        if skipped > 0 {
            skipped -= 1
            return
        }
        switch name {
        case "AlternateContent": _ = choices.popLast()
        case "p":
            paragraphs = max(0, paragraphs - 1)
            builder.endLine()
        case "t": isCollecting = false
        default: break
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard isCollecting, skipped == 0 else { return }
        unsafe builder.append(piece)
    }
}

/// What a chart says: its titles, and a line a series with the name and the values that were stored when it was drawn.
final class ChartText: XMLHandler {
    var builder: TextBuilder
    private var series: Series?
    private var lastCategories: [String] = []
    private var target = Target.none
    private var value: [UInt8]?
    private var titles = 0
    private var isInText = 0
    private var skipped = 0
    private var choices: [Int] = []

    private struct Series {
        var names: [String] = []
        var categories: [String] = []
        var values: [String] = []
    }

    private enum Target {
        case none
        case name
        case categories
        case values
    }

    /// How many points of a series are read.
    private static let mostPoints = 100_000

    init(limit: Int) { builder = TextBuilder(limit: limit) }

    var isFinished: Bool { builder.isFull }

    func start(_ name: String, _ attributes: XMLAttributes) {
        if skipped > 0 {
            skipped += 1
            return
        }
        switch name {
        case "AlternateContent": choices.append(builder.bytes.count)
        case "Choice", "Fallback": if let start = choices.last, builder.bytes.count > start { skipped = 1 }
        case "ser", "strDim", "numDim": if series == nil { series = Series() }
        case "tx": if series != nil, target == .none { target = .name }
        case "cat", "xVal": target = .categories
        case "val", "yVal", "bubbleSize": target = .values
        case "lvl": if series != nil, target == .none { target = .categories }
        case "title": titles += 1
        case "p": isInText += 1
        case "t": if isInText > 0 { value = [] }
        case "v", "pt": value = []
        default: break
        }
    }

    func end(_ name: String) {
        if skipped > 0 {
            skipped -= 1
            return
        }
        switch name {
        case "AlternateContent": _ = choices.popLast()
        case "title": titles = max(0, titles - 1)
        case "p":
            isInText = max(0, isInText - 1)
            builder.endLine()
        case "t":
            if let value, isInText > 0 { builder.append(value) }
            value = nil
        case "v", "pt": take()
        case "tx": if target == .name { target = .none }
        case "cat", "xVal", "val", "yVal", "bubbleSize", "lvl": target = .none
        case "ser", "strDim", "numDim": finishSeries()
        default: break
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard skipped == 0, let count = value?.count, count + piece.count < 1 << 16 else { return }
        unsafe value?.append(contentsOf: piece)
    }

    private func take() {
        guard let value else { return }
        self.value = nil
        let stored = String(decoding: value, as: UTF8.self)
        let isLong = stored.utf8.count > 15
        let text = (isLong ? Double(stored).map(CellFormats.plain) : nil) ?? NumberFormat.tidied(stored)
        guard !text.allSatisfy(\.isWhitespace) else { return }
        switch target {
        case .name: series?.names.append(text)
        case .categories: if (series?.categories.count ?? 0) < Self.mostPoints { series?.categories.append(text) }
        case .values: if (series?.values.count ?? 0) < Self.mostPoints { series?.values.append(text) }
        case .none: if titles > 0 { builder.addLines(text) }
        }
    }

    private func finishSeries() {
        guard let series else { return }
        self.series = nil
        target = .none
        if !series.categories.isEmpty, series.categories != lastCategories {
            builder.addLines("\t" + series.categories.joined(separator: "\t"))
            lastCategories = series.categories
        }
        builder.addLines(series.names.joined(separator: " ") + "\t" + series.values.joined(separator: "\t"))
    }
}
