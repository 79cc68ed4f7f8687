/// What some objects of a revision are.
///
/// They are held to the rules for that wherever else they are referred to from. An object that is several things is held to the rules for each.
struct DocumentRoles {
    /// What an object is.
    enum Role: Hashable {
        /// The page tree above the pages.
        case pageTree
        /// A page.
        case page
        /// A field or a widget of one, by the field's full name and type.
        case field(name: String, type: PDFName?)
        /// An annotation of a page.
        case annotation
        /// The catalogue.
        case catalogue
        /// An element of the structure that a tagged document has, or the root of these.
        case structure
    }

    /// The roles; other objects have none.
    private(set) var roles: [PDFReference: Set<Role>] = [:]
    /// The pages, in their order.
    private(set) var pages: [PDFReference] = []
    /// On which page an annotation stands first, counted from 0.
    private(set) var pageOf: [PDFReference: Int] = [:]
    /// The fields and widgets of the form.
    let nodes: [FormNode]

    /// How many pages and annotations are looked at.
    static let limit = 1_000_000

    /// Finds pages, fields and annotations.
    init(_ file: PDFFile) throws(PDFReadingError) {
        nodes = try FormTree.nodes(of: file)
        if let root = try file.trailer()["Root"]?.reference { add(.catalogue, to: root) }
        for node in nodes {
            if let reference = node.reference { add(.field(name: node.name, type: node.type), to: reference) }
        }
        var seen: Set<PDFReference> = []
        var waiting = [try file.catalogue()["Pages"] ?? .null]
        while let item = waiting.popLast() {
            guard let reference = item.reference, seen.insert(reference).inserted,
                let entries = try file.dictionary(item)
            else { continue }
            guard seen.count < Self.limit else { throw .limit("more than \(Self.limit) pages") }
            guard entries["Kids"] == nil else {
                add(.pageTree, to: reference)
                waiting += try file.array(entries["Kids"]).reversed()
                continue
            }
            add(.page, to: reference)
            for annotation in try file.array(entries["Annots"]) {
                guard let annotation = annotation.reference else { continue }
                if pageOf[annotation] == nil { pageOf[annotation] = pages.count }
                if !isField(annotation) { add(.annotation, to: annotation) }
            }
            pages.append(reference)
        }
        try findStructure(file)
    }

    private mutating func findStructure(_ file: PDFFile) throws(PDFReadingError) {
        var seen: Set<PDFReference> = []
        var waiting = [try file.catalogue()["StructTreeRoot"] ?? .null]
        while let item = waiting.popLast() {
            guard case .dictionary(let entries) = try file.resolve(item) else { continue }
            if let reference = item.reference {
                guard seen.insert(reference).inserted else { continue }
                guard seen.count < Self.limit else { throw .limit("more than \(Self.limit) elements of structure") }
                add(.structure, to: reference)
            }
            waiting += try file.structureKids(entries)
        }
    }

    private mutating func add(_ role: Role, to reference: PDFReference) {
        roles[reference, default: []].insert(role)
    }

    /// Whether an object is a field or a widget of one.
    func isField(_ reference: PDFReference) -> Bool {
        roles[reference]?.contains { if case .field = $0 { true } else { false } } == true
    }
}

/// Which entries of an object lead to other parts of the document, and not to what is drawn.
///
/// What any other entry refers to is drawn, or decides what is drawn, and stays wholly as it is. So an object that is a
/// field of the form and a list of resources at once is held to both.
enum StructuralKeys {
    /// What these refer to is drawn, whatever they stand in.
    static let never: Set<PDFName> = ["AP", "MK", "Resources", "XObject", "Font", "Pattern", "ExtGState", "Properties"]
    /// Of the catalogue.
    static let catalogue: Set<PDFName> = [
        "Pages", "AcroForm", "Outlines", "Names", "Dests", "StructTreeRoot", "OpenAction", "AA", "Threads",
        "PageLabels",
        "ViewerPreferences", "MarkInfo", "Perms", "Legal", "Collection", "DSS", "Metadata", "AF", "PieceInfo", "URI",
    ]
    /// Of a page, and of the tree above it.
    static let page: Set<PDFName> = [
        "Parent", "Kids", "Annots", "B", "AA", "PieceInfo", "Metadata", "AF", "SeparationInfo",
    ]
    /// Of an annotation, and of a field.
    static let annotation: Set<PDFName> = [
        "P", "Parent", "Kids", "Popup", "IRT", "Dest", "A", "AA", "PA", "V", "DV", "Lock", "SV", "AF",
    ]
    /// Of an element of the structure.
    static let element: Set<PDFName> = ["P", "K", "Pg", "Ref", "ParentTree", "IDTree"]
    /// Of the form.
    static let form: Set<PDFName> = ["Fields", "CO", "XFA"]
}
