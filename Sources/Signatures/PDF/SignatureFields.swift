/// A signature field of the form (ISO 32000-2, 12.7.5.5).
struct SignatureField {
    /// The field's object; nil where it stands directly in a list.
    let reference: PDFReference?
    /// Its full name: the partial names from the root of the form down, joined by full stops.
    let name: String
    /// Its entries.
    let entries: PDFDictionary
    /// The signature dictionary; nil where the field waits to be signed.
    let value: PDFDictionary?
    /// The object that the signature dictionary is, or that holds it.
    let owner: PDFReference?
}

/// A field of the form of any type, or a widget of one.
struct FormNode {
    /// Its object; nil where it stands directly in a list.
    let reference: PDFReference?
    /// The full name of the field.
    let name: String
    /// Its type, inherited or its own.
    let type: PDFName?
    /// Its entries.
    let entries: PDFDictionary
    /// The node above it, of whose kids it is one.
    let above: PDFReference?
    /// Whether it is only a widget of the field above it.
    let isWidgetOnly: Bool
}

/// The form of a revision, as a list of its nodes in the order of the form.
enum FormTree {
    /// How many nodes a form may have.
    static let limit = 100_000

    /// Every field and widget, parents before kids; a node that is its own ancestor, or has two, is met once.
    static func nodes(of file: PDFFile) throws(PDFReadingError) -> [FormNode] {
        guard let form = try file.dictionary(try file.catalogue()["AcroForm"]) else { return [] }
        var nodes: [FormNode] = []
        var seen: Set<PDFReference> = []
        var waiting: [(PDFValue, String, PDFName?, PDFReference?)] = try file.array(form["Fields"]).reversed()
            .map { ($0, "", nil, nil) }
        while let (item, above, inherited, parent) = waiting.popLast() {
            if let reference = item.reference, !seen.insert(reference).inserted { continue }
            guard let entries = try file.dictionary(item) else { continue }
            guard nodes.count < limit else { throw .limit("more than \(limit) fields") }
            let partial = try file.resolve(entries["T"]).string
            let type = try file.resolve(entries["FT"]).name ?? inherited
            var name = above
            if let partial { name = above.isEmpty ? PDFText.decoded(partial) : above + "." + PDFText.decoded(partial) }
            let isWidgetOnly = partial == nil && entries["Parent"] != nil
            nodes.append(
                FormNode(
                    reference: item.reference,
                    name: name,
                    type: type,
                    entries: entries,
                    above: parent,
                    isWidgetOnly: isWidgetOnly
                )
            )
            for kid in try file.array(entries["Kids"]).reversed() {
                waiting.append((kid, name, type, item.reference))
            }
        }
        return nodes
    }

    /// The signature fields, signed and unsigned, in the order of the form.
    static func signatureFields(of file: PDFFile) throws(PDFReadingError) -> [SignatureField] {
        var fields: [SignatureField] = []
        for node in try nodes(of: file) where node.type == "Sig" {
            let value = try value(of: node, in: file)
            // A value that a damaged file lost leaves a field of which nobody knows whether it was signed.
            if value == nil, file.isRepaired, node.entries["V"] != nil { continue }
            // A widget beside its field, and a node that only groups others, hold no value.
            if value == nil, node.isWidgetOnly { continue }
            if value == nil, try hasNamedKids(node, file) { continue }
            fields.append(
                SignatureField(
                    reference: node.reference,
                    name: node.name,
                    entries: node.entries,
                    value: value,
                    owner: node.entries["V"]?.reference ?? node.reference
                )
            )
        }
        return fields
    }

    /// The signature dictionary of a field; an empty one where the value is something else or unreadable.
    private static func value(of node: FormNode, in file: PDFFile) throws(PDFReadingError) -> PDFDictionary? {
        do throws(PDFReadingError) {
            switch try file.resolve(node.entries["V"]) {
            case .null: return nil
            case .dictionary(let entries): return entries
            default: return [:]
            }
        } catch {
            guard case .damaged = error else { throw error }
            return [:]
        }
    }

    private static func hasNamedKids(_ node: FormNode, _ file: PDFFile) throws(PDFReadingError) -> Bool {
        for kid in try file.array(node.entries["Kids"]) where try file.dictionary(kid)?["T"] != nil {
            return true
        }
        return false
    }
}
