import SystemPackage

/// Walks through the objects of a PDF that are beside its pages' content: annotations, forms, attached files, layers.
struct PDFInsideReader {
    /// How many files, comments or layers are looked at.
    static let mostNames = 5_000
    /// How deep a tree of names, pages or fields goes.
    private static let mostDepth = 64
    /// How many bytes of one comment or value are kept.
    private static let mostText = 1 << 20

    let file: PDFObjects
    var found = PDFInside()
    var attached: Set<PDFObjects.Name> = []
    /// Which fields were told on which page, and which at all.
    var told: Set<PDFObjects.Name> = []

    /// Looks through a file.
    ///
    /// - Throws: where nothing of it can be looked at.
    static func read(_ path: FilePath) throws(PDFObjectsError) -> PDFInside {
        var reader = PDFInsideReader(file: try PDFObjects(path))
        reader.read()
        return reader.found
    }

    private init(file: PDFObjects) { self.file = file }

    private mutating func read() {
        let root = file.root
        let form = file.entry(root, "/AcroForm")
        takePages(of: root, needsAppearances: file.isTrue(file.entry(form, "/NeedAppearances")))
        takeLooseFields(of: form)
        takeFiles(in: file.entry(file.entry(root, "/Names"), "/EmbeddedFiles"))
        takeAssociated(root)
        takeForm(file.entry(form, "/XFA"), isAlone: file.isTrue(file.entry(root, "/NeedsRendering")))
        takeLayers(of: file.entry(root, "/OCProperties"))
        found.isCut = found.isCut || file.isSpent
        found.complaint = file.complaint()
    }

    // MARK: - Pages

    private mutating func takePages(of root: PDFObjects.Item, needsAppearances: Bool) {
        guard let top = file.entry(root, "/Pages") else { return }
        var seen: Set<PDFObjects.Name> = []
        var waiting: [(item: PDFObjects.Item, depth: Int)] = [(top, 0)]
        var number = 0
        while let (item, depth) = waiting.popLast(), !file.isSpent {
            if let name = file.name(of: item), !seen.insert(name).inserted { continue }
            let kids = file.entry(item, "/Kids")
            guard kids == nil || file.word(file.entry(item, "/Type")) == "Page" else {
                if depth < Self.mostDepth {
                    waiting += file.items(kids).reversed().map { ($0, depth + 1) }
                } else {
                    found.isCut = true
                }
                continue
            }
            number += 1
            takeAssociated(item)
            for annotation in file.items(file.entry(item, "/Annots")) {
                take(annotation, page: number, needsAppearances: needsAppearances)
            }
        }
    }

    private mutating func take(_ annotation: PDFObjects.Item, page: Int, needsAppearances: Bool) {
        let kind = file.word(file.entry(annotation, "/Subtype")) ?? ""
        let flags = file.number(file.entry(annotation, "/F")) ?? 0
        // Hidden, or not to be seen on a screen.
        let isHidden = flags & (2 | 32) != 0
        let appearance = file.entry(file.entry(annotation, "/AP"), "/N")
        let isPainted = appearance != nil && !isHidden
        takeAssociated(annotation)
        switch kind {
        case "Widget":
            takeField(annotation, page: page, isShown: !isHidden, hasLook: appearance != nil || needsAppearances)
        case "FileAttachment":
            takeFile(file.entry(annotation, "/FS"), name: nil)
            fallthrough
        case "Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline",
            "Squiggly",
            "StrikeOut", "Redact", "Stamp", "Caret", "Ink":
            let words =
                Self.trimmed(file.text(file.entry(annotation, "/Contents")))
                ?? richText(file.entry(annotation, "/RC"))
            guard let words else { return }
            var remark = PDFInside.Remark(page: page, kind: .comment, text: words)
            remark.author = Self.trimmed(file.text(file.entry(annotation, "/T")), most: 500)
            remark.date = Self.trimmed(file.text(file.entry(annotation, "/M")), most: 100)
            remark.isPainted = isPainted && kind == "FreeText"
            add(remark)
        case "Sound", "Movie", "Screen", "RichMedia", "3D":
            if found.unread.count < 100 { found.unread.append("what page \(page) plays (\(kind))") }
        default: return
        }
    }

    mutating func add(_ remark: PDFInside.Remark) {
        guard found.remarks.count < 50_000 else {
            found.isCut = true
            return
        }
        found.remarks.append(remark)
    }

    /// The words of a text in XHTML, as comments and values have it beside their plain words.
    func richText(_ item: PDFObjects.Item?) -> String? {
        guard let text = file.text(item) else { return nil }
        return Self.trimmed(HyperText.read(Array(text.utf8), limit: Self.mostText).text)
    }

    /// A text without control characters and spaces around it; nil where nothing is left.
    static func trimmed(_ text: String?, most: Int = mostText) -> String? {
        guard let text else { return nil }
        var bytes = Array(text.utf8.prefix(most))
        for index in bytes.indices {
            if bytes[index] == 0x0D { bytes[index] = 0x0A }
            if bytes[index] < 0x20, bytes[index] != 0x0A { bytes[index] = 0x20 }
        }
        let kept = bytes.drop { $0 <= 0x20 }
        guard let last = kept.lastIndex(where: { $0 > 0x20 }) else { return nil }
        return String(decoding: kept[...last], as: UTF8.self)
    }

    // MARK: - Files

    private mutating func takeFiles(in tree: PDFObjects.Item?) {
        guard let tree else { return }
        var seen: Set<PDFObjects.Name> = []
        var waiting: [(item: PDFObjects.Item, depth: Int)] = [(tree, 0)]
        while let (item, depth) = waiting.popLast(), !file.isSpent {
            // A tree whose branch is one of its own stems is a ring.
            if let name = file.name(of: item), !seen.insert(name).inserted { continue }
            let pairs = file.items(file.entry(item, "/Names"))
            for index in stride(from: 0, to: pairs.count - 1, by: 2) {
                takeFile(pairs[index + 1], name: file.text(pairs[index]))
            }
            let kids = file.items(file.entry(item, "/Kids"))
            if !kids.isEmpty, depth >= Self.mostDepth { found.isCut = true }
            if depth < Self.mostDepth { waiting += kids.reversed().map { ($0, depth + 1) } }
        }
    }

    /// Files that belong to the document, a page or an annotation (PDF 2.0, `AF`).
    private mutating func takeAssociated(_ item: PDFObjects.Item) {
        guard let list = file.entry(item, "/AF") else { return }
        if file.isDictionary(list) { takeFile(list, name: nil) }
        for one in file.items(list) { takeFile(one, name: nil) }
    }

    private mutating func takeFile(_ specification: PDFObjects.Item?, name: String?) {
        guard let specification, let embedded = file.entry(specification, "/EF") else { return }
        let keys = ["/UF", "/F", "/Unix", "/DOS", "/Mac"]
        let stream = keys.compactMap { [file] in file.entry(embedded, $0) }.first { [file] in file.isStream($0) }
        let names = keys.compactMap { [file] in file.text(file.entry(specification, $0)) }
        let said = names.first { !$0.isEmpty } ?? name
        let shown = Self.trimmed(said, most: 300) ?? "attached file \(found.files.count + 1)"
        guard let object = file.name(of: stream) else {
            found.unread.append("the attached file '\(shown)', whose content is not there,")
            return
        }
        guard attached.insert(object).inserted else { return }
        guard found.files.count < Self.mostNames else {
            found.isCut = true
            return
        }
        found.files.append(PDFInside.Attached(name: shown, object: object))
    }

    // MARK: - Layers

    private mutating func takeLayers(of properties: PDFObjects.Item?) {
        guard let properties, let usual = file.entry(properties, "/D") else { return }
        let all = file.items(file.entry(properties, "/OCGs"))
        var off = Set(file.items(file.entry(usual, "/OFF")).compactMap { file.name(of: $0) })
        if file.word(file.entry(usual, "/BaseState")) == "OFF" {
            let on = Set(file.items(file.entry(usual, "/ON")).compactMap { file.name(of: $0) })
            off = Set(all.compactMap { file.name(of: $0) }).subtracting(on)
        }
        var seen: Set<PDFObjects.Name> = []
        for layer in all {
            guard let name = file.name(of: layer), off.contains(name), seen.insert(name).inserted else { continue }
            found.hidden.append(Self.trimmed(file.text(file.entry(layer, "/Name")), most: 100) ?? "?")
            if found.hidden.count == 100 { break }
        }
    }
}
