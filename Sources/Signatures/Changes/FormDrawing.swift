/// What of a form is drawn by its defaults: a later `/DA` or `/DR` may not change that.
struct FormDrawing {
    /// Whether there are fields other than signatures.
    private(set) var hasFields = false
    /// Whether a field without an appearance has no `/DA` of its own.
    private(set) var needsDefault = false
    /// The fonts that fields without an appearance are drawn in.
    private(set) var fonts: Set<PDFName> = []
    /// What appearances without resources of their own name, which some programs look for in the form's.
    private(set) var borrowed: Set<PDFName> = []
    /// Whether such an appearance cannot be read, so that it may name anything.
    private(set) var borrowsAnything = false

    /// Looks at the widgets of a form.
    init(_ file: PDFFile, nodes: [FormNode]) throws(PDFReadingError) {
        let form = try file.dictionary(try file.catalogue()["AcroForm"]) ?? [:]
        let drawsAll = try file.resolve(form["NeedAppearances"]) == .boolean(true)
        for node in nodes {
            try borrow(file.appearances(node.entries["AP"]), from: file)
            guard node.type != "Sig", node.entries["Kids"] == nil else { continue }
            hasFields = true
            let normal = try file.resolve(try file.dictionary(node.entries["AP"])?["N"])
            if normal != .null, !drawsAll { continue }
            let own = try file.inherited("DA", of: node.entries) { $0.string }
            if own == nil { needsDefault = true }
            let shared = try file.resolve(form["DA"]).string
            fonts.formUnion(Self.names(own ?? shared ?? []))
        }
    }

    /// The filters that are undone here; qpdf gives what it cannot undo as it is stored.
    private static let readable: Set<PDFName> = ["FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode"]

    /// Software that signs leaves an empty appearance, without resources, where a signature shows nothing.
    private mutating func borrow(_ appearances: [PDFValue], from file: PDFFile) throws(PDFReadingError) {
        for appearance in appearances {
            guard case .stream(let entries, _) = try file.resolve(appearance), entries["Resources"] == nil else {
                continue
            }
            let filter = try file.resolve(entries["Filter"])
            let filters = filter.name.map { [$0] } ?? []
            let more = try file.array(entries["Filter"]).map(\.name)
            let isReadable = (filters + more).allSatisfy { $0.map(Self.readable.contains) == true }
            guard isReadable, let data = file.smallStream(appearance) else {
                borrowsAnything = true
                continue
            }
            borrowed.formUnion(Self.names(data))
        }
    }

    /// Every name in a stretch of a content stream.
    private static func names(_ content: [UInt8]) -> Set<PDFName> {
        var names: Set<PDFName> = []
        let bytes = FileBytes(content)
        var tokens = PDFTokenizer(bytes, at: 0, limit: bytes.count)
        while true {
            let token = tokens.next()
            if token == .end { return names }
            if case .name(let name) = token { names.insert(PDFName(name)) }
        }
    }
}

/// A rectangle on a page, in the page's own units.
struct PageFrame: Hashable {
    /// Its corners, the lower left first.
    let left: Double
    /// See `left`.
    let bottom: Double
    /// See `left`.
    let right: Double
    /// See `left`.
    let top: Double

    /// A rectangle by its corners.
    init(left: Double, bottom: Double, right: Double, top: Double) {
        (self.left, self.bottom, self.right, self.top) = (left, bottom, right, top)
    }

    /// Reads an array of four numbers; nil for anything else.
    init?(_ value: PDFValue?, in file: PDFFile) throws(PDFReadingError) {
        var corners: [Double] = []
        for item in try file.array(value) {
            guard let number = try file.resolve(item).number else { return nil }
            corners.append(number)
        }
        guard corners.count == 4 else { return nil }
        (left, right) = (min(corners[0], corners[2]), max(corners[0], corners[2]))
        (bottom, top) = (min(corners[1], corners[3]), max(corners[1], corners[3]))
    }

    /// Whether it has no area.
    var isEmpty: Bool { left == right || bottom == top }
    /// Whether it is as large as an icon: in a smaller one programs draw theirs somewhere around it.
    var isOfIcon: Bool { (10...36).contains(right - left) && (10...36).contains(top - bottom) }
    /// Where the icon of a note may be drawn, whose upper left corner is what programs keep to.
    var aroundIcon: PageFrame {
        PageFrame(left: left - 4, bottom: min(bottom, top - 36), right: max(right, left + 36), top: top + 4)
    }
}

/// Where something visible was put over a page after signing.
struct PageOverlay: Hashable {
    /// The page, counted from 0.
    let page: Int
    /// Where on it.
    let frame: PageFrame
    /// Whether it may cover nothing there.
    var mayCoverNothing = false
}
