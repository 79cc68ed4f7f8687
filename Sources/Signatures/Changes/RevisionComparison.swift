/// Holds a later revision against a signed one, and says whether everything that differs may come after signing.
///
/// Both are walked side by side from the trailer on, by value and not by the update's table of contents, so that it does
/// not matter how a change was brought in. What can be reached must be the same, except where a rule of this type lets
/// something be added or changed; objects that nothing refers to show nothing. The walk keeps a list of what is still to
/// be compared and does not recurse.
struct RevisionComparison {
    /// The signed revision.
    let old: PDFFile
    /// The later one.
    let new: PDFFile
    /// What may change.
    let permissions: SigningPermissions
    /// The fields of the later revision whose signatures are really later ones, by their objects.
    let laterSignatures: [PDFReference: SignatureFinding.Kind]

    private let oldRoles: DocumentRoles
    private var waiting: [Step] = []
    private var compared: Set<PDFReference> = []
    private var newWidgets: Set<PDFReference> = []
    private(set) var changes: Changes = Changes()

    /// What was found.
    struct Changes {
        /// What may not be.
        var forbidden: [String] = []
        /// What may be.
        var permitted: [String] = []
    }

    /// A pair of values that is still to be compared, and where it stands.
    struct Step {
        let old: PDFValue
        let new: PDFValue
        let place: String
    }

    /// How many findings are kept.
    static let limit = 20

    /// Prepares a comparison.
    init(
        old: PDFFile,
        new: PDFFile,
        permissions: SigningPermissions,
        laterSignatures: [PDFReference: SignatureFinding.Kind]
    ) throws(PDFReadingError) {
        self.old = old
        self.new = new
        self.permissions = permissions
        self.laterSignatures = laterSignatures
        oldRoles = try DocumentRoles(old)
        for node in try FormTree.nodes(of: new) where node.type == "Sig" {
            guard let reference = node.reference, oldRoles.roles[reference] == nil else { continue }
            let parent = node.entries["Parent"]?.reference
            if laterSignatures[reference] != nil || parent.map({ newWidgets.contains($0) }) == true {
                newWidgets.insert(reference)
            }
        }
    }

    /// Compares everything.
    mutating func run() throws(PDFReadingError) -> Changes {
        let (before, after) = (try old.trailer(), try new.trailer())
        if before["Root"] != after["Root"] { forbid("the catalogue is another object") }
        freeze(before["Encrypt"], after["Encrypt"], "the encryption")
        try compareInformation(before["Info"], after["Info"])
        try compareCatalogue(try old.catalogue(), try new.catalogue())
        while let step = waiting.popLast(), changes.forbidden.count < Self.limit { try compare(step) }
        // Programs read what is odd in different ways, so that an update must not bring it.
        let odd = new.oddities().subtracting(old.oddities())
        if !odd.isEmpty {
            forbid("what was added is not well formed: \(odd.sorted().prefix(3).joined(separator: "; "))")
        }
        return changes
    }

    mutating func forbid(_ words: String) {
        if changes.forbidden.count < Self.limit, !changes.forbidden.contains(words) { changes.forbidden.append(words) }
    }

    mutating func permit(_ words: String) {
        if changes.permitted.count < Self.limit, !changes.permitted.contains(words) { changes.permitted.append(words) }
    }

    /// Asks for two values to be the same, with all that they refer to.
    mutating func freeze(_ before: PDFValue?, _ after: PDFValue?, _ place: String) {
        waiting.append(Step(old: before ?? .null, new: after ?? .null, place: place))
    }

    /// Asks for the entries of two dictionaries to be the same, but for some keys.
    mutating func freeze(
        _ before: PDFDictionary,
        _ after: PDFDictionary,
        except free: Set<PDFName>,
        _ place: String
    ) {
        for key in Set(before.keys).union(after.keys).subtracting(free) {
            freeze(before[key], after[key], "\(place)/\(key)")
        }
    }

    /// Compares a pair, and puts what it refers to on the list.
    private mutating func compare(_ step: Step) throws(PDFReadingError) {
        switch (step.old, step.new) {
        case (.reference(let before), .reference(let after)):
            guard before == after else { return forbid("\(step.place) refers to another object") }
            try compareObjects(before, step.place)
        case (.array(let before), .array(let after)):
            guard before.count == after.count else { return forbid("\(step.place) has another length") }
            for (left, right) in zip(before, after) { freeze(left, right, step.place) }
        case (.dictionary(let before), .dictionary(let after)):
            freeze(before, after, except: [], step.place)
        case (.stream(let before, let left), .stream(let after, let right)):
            freeze(before, after, except: [], step.place)
            try compareStreams(left, right, step.place)
        default:
            if step.old != step.new { forbid("\(step.place) has another value") }
        }
    }

    /// Compares an object with what it became, each once and by its role.
    private mutating func compareObjects(_ reference: PDFReference, _ place: String) throws(PDFReadingError) {
        guard compared.insert(reference).inserted else { return }
        let (before, after) = (try old.object(reference), try new.object(reference))
        switch (oldRoles.roles[reference], before, after) {
        case (.catalogue, _, _): return
        case (.page, .dictionary(let before), .dictionary(let after)):
            freeze(before, after, except: ["Annots"], "a page")
            try compareAnnotations(try old.array(before["Annots"]), try new.array(after["Annots"]))
        case (.field(let name, let type), .dictionary(let before), .dictionary(let after)):
            try compareField(name, type, before, after, reference)
        case (.annotation, .dictionary(let before), .dictionary(let after)) where permissions.allowsAnnotations:
            if before != after { permit("an annotation was changed") }
            try compareAnnotation(before, after)
        default: freeze(before, after, place)
        }
    }

    private mutating func compareStreams(
        _ before: PDFReference,
        _ after: PDFReference,
        _ place: String
    ) throws(PDFReadingError) {
        if try !old.hasSameData(before, as: after, in: new) { forbid("\(place) has other data") }
    }

    // MARK: - The document

    private mutating func compareCatalogue(
        _ before: PDFDictionary,
        _ after: PDFDictionary
    ) throws(PDFReadingError) {
        freeze(
            before,
            after,
            except: ["AcroForm", "DSS", "Extensions", "Version", "Metadata"],
            "the catalogue"
        )
        if before["DSS"] != after["DSS"] { permit("validation data were added") }
        try compareMetadata(before["Metadata"], after["Metadata"])
        let (form, newForm) = (try old.dictionary(before["AcroForm"]), try new.dictionary(after["AcroForm"]))
        if form != nil || newForm != nil { try compareForm(form ?? [:], newForm ?? [:]) }
    }

    /// The document information may get a new date and say another program made it; nothing of it shows on a page.
    private mutating func compareInformation(_ before: PDFValue?, _ after: PDFValue?) throws(PDFReadingError) {
        let (left, right) = (try old.dictionary(before) ?? [:], try new.dictionary(after) ?? [:])
        freeze(left, right, except: ["ModDate", "Producer"], "the document information")
        if left["ModDate"] != right["ModDate"] { permit("the date of change was set") }
    }

    private mutating func compareMetadata(_ before: PDFValue?, _ after: PDFValue?) throws(PDFReadingError) {
        if let left = old.smallStream(before), let right = new.smallStream(after),
            XMPDates.removed(from: left) == XMPDates.removed(from: right)
        {
            if left != right { permit("the date of change was set") }
            return
        }
        freeze(before, after, "the metadata")
    }

    // MARK: - The form

    private mutating func compareForm(_ before: PDFDictionary, _ after: PDFDictionary) throws(PDFReadingError) {
        var free: Set<PDFName> = ["Fields", "SigFlags", "DR"]
        if permissions.allowsForms { free.insert("NeedAppearances") }
        if before.isEmpty { free.insert("DA") }
        freeze(before, after, except: free, "the form")
        try compareResources(before["DR"], after["DR"])
        try compareFieldLists(try old.array(before["Fields"]), try new.array(after["Fields"]), "the form")
    }

    /// Default resources may only grow, a kind at a time.
    private mutating func compareResources(_ before: PDFValue?, _ after: PDFValue?) throws(PDFReadingError) {
        guard let left = try old.dictionary(before) else { return }
        let right = try new.dictionary(after) ?? [:]
        for (kind, value) in left {
            guard let entries = try old.dictionary(value) else {
                freeze(value, right[kind], "the form's resources")
                continue
            }
            let later = try new.dictionary(right[kind]) ?? [:]
            for (key, item) in entries { freeze(item, later[key], "the form's resource \(key)") }
        }
    }

    private mutating func compareFieldLists(
        _ before: [PDFValue],
        _ after: [PDFValue],
        _ place: String
    ) throws(PDFReadingError) {
        var rest = before[...]
        for item in after {
            if let next = rest.first, next == item {
                rest = rest.dropFirst()
                freeze(next, item, "a field")
            } else {
                try judgeNewField(item, inherited: nil)
            }
        }
        if !rest.isEmpty { forbid("\(place) has lost a field, or has its fields in another order") }
    }

    /// A field that came later must be a signature that came later, or hold nothing but such.
    private mutating func judgeNewField(_ item: PDFValue, inherited: PDFName?) throws(PDFReadingError) {
        var pending: [(PDFValue, PDFName?, SignatureFinding.Kind?)] = [(item, inherited, nil)]
        var seen: Set<PDFReference> = []
        while let (item, inherited, above) = pending.popLast() {
            guard let reference = item.reference, let entries = try new.dictionary(item) else {
                return forbid("a field was added that is no signature")
            }
            guard seen.insert(reference).inserted, seen.count < FormTree.limit else { continue }
            let type = try new.resolve(entries["FT"]).name ?? inherited
            let kind = laterSignatures[reference] ?? above
            if entries["A"] != nil || entries["AA"] != nil { forbid("an action was added with a field") }
            let kids = try new.array(entries["Kids"])
            for kid in kids { pending.append((kid, type, kind)) }
            guard let kind, type == "Sig" else {
                if kids.isEmpty { forbid("a field was added that is no later signature") }
                continue
            }
            if kind == .signature, !permissions.allowsForms {
                forbid("a signature was added")
            } else if kind == .documentTimestamp, try showsSomething(entries) {
                forbid("a time stamp was added that shows something on a page")
            } else {
                permit(kind == .signature ? "a signature was added" : "a document time stamp was added")
            }
        }
    }

    private func showsSomething(_ widget: PDFDictionary) throws(PDFReadingError) -> Bool {
        guard widget["AP"] != nil else { return false }
        var corners: [Double] = []
        for item in try new.array(widget["Rect"]) {
            switch try new.resolve(item) {
            case .integer(let value): corners.append(Double(value))
            case .real(let text): corners.append(Double(String(decoding: text, as: UTF8.self)) ?? 0)
            default: return true
            }
        }
        guard corners.count == 4 else { return !corners.isEmpty }
        return corners[0] != corners[2] && corners[1] != corners[3]
    }

    private mutating func compareField(
        _ name: String,
        _ type: PDFName?,
        _ before: PDFDictionary,
        _ after: PDFDictionary,
        _ reference: PDFReference
    ) throws(PDFReadingError) {
        let shown = "the field '\(name)'"
        if before["Kids"] != nil {
            try compareFieldLists(try old.array(before["Kids"]), try new.array(after["Kids"]), shown)
        }
        var free: Set<PDFName> = before["Kids"] == nil ? [] : ["Kids"]
        if type == "Sig" {
            // A field that waited may be signed; one that is signed stays as it is.
            if before["V"] == nil, after["V"] != nil, laterSignatures[reference] != nil, permissions.allowsForms,
                !permissions.locks(name)
            {
                free.formUnion(["V", "AP", "AS", "F", "M", "MK", "DA"])
                permit("\(shown) was signed")
            }
        } else if permissions.allowsForms, !permissions.locks(name) {
            free.insert("V")
            var isFilled = valueChanged(before["V"], after["V"])
            if before["V"] == nil, after["V"] == nil, let parent = before["Parent"], parent == after["Parent"] {
                isFilled = valueChanged(try old.dictionary(parent)?["V"], try new.dictionary(parent)?["V"])
            }
            if isFilled { permit("\(shown) was filled") }
            // An appearance may follow its value; alone, it would show what the field does not say.
            if isFilled { free.formUnion(["AP", "AS", "RV", "M"]) }
            if type == "Ch" { free.insert("I") }
            if type == "Btn" { free.insert("AS") }
        }
        freeze(before, after, except: free, shown)
    }

    private func valueChanged(_ before: PDFValue?, _ after: PDFValue?) -> Bool {
        do throws(PDFReadingError) { return try old.resolve(before) != new.resolve(after) } catch { return true }
    }

    // MARK: - Annotations

    private mutating func compareAnnotations(_ before: [PDFValue], _ after: [PDFValue]) throws(PDFReadingError) {
        var rest = before[...]
        for item in after {
            if let next = rest.first, next == item {
                rest = rest.dropFirst()
                freeze(next, item, "an annotation")
            } else if let reference = item.reference, newWidgets.contains(reference) {
                continue
            } else if permissions.allowsAnnotations, let entries = try new.dictionary(item) {
                try compareAnnotation([:], entries)
                permit("an annotation was added")
            } else {
                forbid("an annotation was added to a page")
            }
        }
        if !rest.isEmpty { forbid("an annotation was removed from a page, or stands in another order") }
    }

    /// Under DocMDP 3 annotations may come and change, but not such that can lie over what was signed and hide it.
    private mutating func compareAnnotation(_ before: PDFDictionary, _ after: PDFDictionary) throws(PDFReadingError) {
        if before == after { return }
        let kind = try new.resolve(after["Subtype"]).name
        let harmless: Set<PDFName> = ["Text", "Popup", "Highlight", "Underline", "Squiggly", "StrikeOut"]
        guard let kind, harmless.contains(kind), after["AP"] == nil || before["AP"] == after["AP"],
            after["A"] == before["A"], after["AA"] == before["AA"]
        else {
            return forbid("an annotation was added or changed that may hide what was signed")
        }
    }
}
