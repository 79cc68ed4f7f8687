/// What some objects of a revision are, so that they are held to the rules for that wherever else they are referred to
/// from.
struct DocumentRoles {
    /// What an object is.
    enum Role: Hashable {
        /// A page.
        case page
        /// A field or a widget of one, by the field's full name and type.
        case field(name: String, type: PDFName?)
        /// An annotation that is no widget of the form.
        case annotation
        /// The catalogue.
        case catalogue
    }

    /// The roles; other objects have none.
    private(set) var roles: [PDFReference: Role] = [:]
    /// How many pages there are.
    private(set) var pageCount = 0

    /// How many pages and annotations are looked at.
    static let limit = 1_000_000

    /// Finds pages, fields and annotations.
    init(_ file: PDFFile) throws(PDFReadingError) {
        if let root = try file.trailer()["Root"]?.reference { roles[root] = .catalogue }
        for node in try FormTree.nodes(of: file) {
            guard let reference = node.reference else { continue }
            roles[reference] = .field(name: node.name, type: node.type)
        }
        var seen: Set<PDFReference> = []
        var waiting = [try file.catalogue()["Pages"] ?? .null]
        while let item = waiting.popLast() {
            guard let reference = item.reference, seen.insert(reference).inserted,
                let entries = try file.dictionary(item)
            else { continue }
            guard seen.count < Self.limit else { throw .limit("more than \(Self.limit) pages") }
            guard entries["Kids"] == nil else {
                waiting += try file.array(entries["Kids"])
                continue
            }
            guard roles[reference] == nil else { continue }
            roles[reference] = .page
            pageCount += 1
            for annotation in try file.array(entries["Annots"]) {
                guard let reference = annotation.reference, roles[reference] == nil else { continue }
                roles[reference] = .annotation
            }
        }
    }
}
