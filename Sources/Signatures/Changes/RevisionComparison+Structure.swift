/// The structure of a tagged document (ISO 32000-2, 14.7).
///
/// Software that signs a tagged document adds an element for the widget of its signature, so that a screen reader comes
/// upon it. Nothing of that shows on a page. Every element that was signed stays as it was, and what is added holds
/// nothing but later signatures.
extension RevisionComparison {
    /// Holds the root of the structure against the earlier one, which may be an entry of the catalogue itself.
    mutating func compareStructure(_ before: PDFValue?, _ after: PDFValue?) throws(PDFReadingError) {
        guard allowsElements, case .dictionary(let left) = try old.resolve(before),
            case .dictionary(let right) = try new.resolve(after), before?.reference == nil || before == after
        else {
            return freeze(before, after, "the catalogue/StructTreeRoot", isDrawn: false)
        }
        try compareElement(left, right)
        try compareParents(left["ParentTree"], right["ParentTree"])
    }

    /// Whether a page may say in which order its fields are gone through, and where its structure is found.
    func isTagged(_ before: PDFDictionary, _ after: PDFDictionary) throws(PDFReadingError) -> Bool {
        guard allowsElements, try new.catalogue()["StructTreeRoot"] != nil else { return false }
        let number = try new.resolve(after["StructParents"])
        return before["StructParents"] == nil
            ? number == .null || number.integer != nil : before["StructParents"] == number
    }

    private var allowsElements: Bool { permissions.allowsForms && !laterSignatures.isEmpty }

    /// An element of the signed revision: it may get elements of later signatures below it.
    mutating func compareElement(_ before: PDFDictionary, _ after: PDFDictionary) throws(PDFReadingError) {
        let isRoot = try old.resolve(before["Type"]).name == "StructTreeRoot"
        guard allowsElements else {
            return freeze(before, after, except: [], "the structure", structure: StructuralKeys.element)
        }
        var free: Set<PDFName> = ["K"]
        if isRoot { free.formUnion(["ParentTree", "ParentTreeNextKey"]) }
        // What names elements or says which standard they are of comes with the first of them.
        if isRoot, before["K"] == nil { free.formUnion(["RoleMap", "Namespaces"]) }
        freeze(before, after, except: free, "the structure", structure: StructuralKeys.element)
        var rest = try old.structureItems(before)[...]
        for item in try new.structureItems(after) {
            if let next = rest.first, next == item {
                rest = rest.dropFirst()
                freeze(next, item, "the structure", isDrawn: false)
            } else if try !isElementOfSignature(item) {
                return forbid("the structure of the document was changed")
            }
        }
        if !rest.isEmpty { forbid("the structure of the document has lost an element, or has another order") }
    }

    /// Whether an element came later, and holds nothing but widgets of later signatures.
    private func isElementOfSignature(_ item: PDFValue) throws(PDFReadingError) -> Bool {
        var waiting = [item]
        var seen: Set<PDFReference> = []
        while let item = waiting.popLast() {
            guard let reference = item.reference, oldRoles.roles[reference] == nil, seen.insert(reference).inserted,
                seen.count <= Self.limit, let entries = try new.dictionary(item),
                Set(entries.keys).isSubset(of: ["Type", "S", "P", "K", "Pg", "T", "Lang", "ID", "NS", "A", "Alt"])
            else { return false }
            for kid in try new.structureItems(entries) {
                guard let part = try new.dictionary(kid) else { return false }
                if try new.resolve(part["Type"]).name == "OBJR" {
                    guard let widget = part["Obj"]?.reference, isOfLaterSignature(widget) else { return false }
                } else {
                    waiting.append(kid)
                }
            }
        }
        return true
    }

    /// The tree that leads from what is on a page to its element: what it said stays, what it says anew leads to new ones.
    private mutating func compareParents(_ before: PDFValue?, _ after: PDFValue?) throws(PDFReadingError) {
        let (left, right) = (try old.numberTree(before), try new.numberTree(after))
        guard let left, let right else { return freeze(before, after, "the structure/ParentTree", isDrawn: false) }
        for (key, value) in left { freeze(value, right[key], "the structure/ParentTree", isDrawn: false) }
        for (key, value) in right where left[key] == nil {
            // A page without marked content has an empty list.
            for item in try new.resolve(value) == .array([]) ? [] : [value] where try !isElementOfSignature(item) {
                forbid("the structure of the document was changed")
            }
        }
    }
}

extension PDFFile {
    /// What an element of a structure holds (`K`), as it is written: one item, or a list.
    func structureItems(_ entries: PDFDictionary) throws(PDFReadingError) -> [PDFValue] {
        switch try resolve(entries["K"]) {
        case .null: []
        case .array(let items): items
        default: [entries["K"] ?? .null]
        }
    }

    /// The elements that an element holds.
    func structureKids(_ entries: PDFDictionary) throws(PDFReadingError) -> [PDFValue] {
        var kids: [PDFValue] = []
        for item in try structureItems(entries) {
            guard case .dictionary(let part) = try resolve(item) else { continue }
            let type = try resolve(part["Type"]).name
            if type != "OBJR", type != "MCR" { kids.append(item) }
        }
        return kids
    }

    /// The values of a number tree (ISO 32000-2, 7.9.7); nil where it is none, or says a number twice.
    func numberTree(_ root: PDFValue?) throws(PDFReadingError) -> [Int: PDFValue]? {
        var values: [Int: PDFValue] = [:]
        var seen: Set<PDFReference> = []
        var waiting = [root ?? .null]
        while let item = waiting.popLast() {
            if let reference = item.reference, !seen.insert(reference).inserted { return nil }
            guard case .dictionary(let entries) = try resolve(item) else {
                if try resolve(item) == .null { continue }
                return nil
            }
            waiting += try array(entries["Kids"])
            let numbers = try array(entries["Nums"])
            guard numbers.count.isMultiple(of: 2), values.count <= DocumentRoles.limit else { return nil }
            for place in stride(from: 0, to: numbers.count, by: 2) {
                guard let number = try resolve(numbers[place]).integer,
                    values.updateValue(numbers[place + 1], forKey: number) == nil
                else { return nil }
            }
        }
        return values
    }
}
