/// Holds a later revision against a signed one, and says whether everything that differs may come after signing.
///
/// Both are walked side by side from the trailer on, by value. What can be reached must be the same, except where a rule
/// of this type lets something be added or changed. An object is held to every place that refers to it: what is drawn
/// stays wholly as it is, whatever else the same object may be. The walk keeps a list of what is still to be compared and
/// does not recurse. Objects that no update touched are the same, and only what they refer to is followed.
struct RevisionComparison {
    /// The signed revision.
    let old: PDFFile
    /// The later one.
    let new: PDFFile
    /// What may change.
    let permissions: SigningPermissions
    /// The fields of the later revision whose signatures are really later ones, by their objects.
    let laterSignatures: [PDFReference: SignatureFinding.Kind]
    /// What was appended.
    let updates: AppendedUpdates

    let oldRoles: DocumentRoles
    let newRoles: DocumentRoles
    /// What of the signed form is drawn by its defaults.
    let drawnByForm: FormDrawing
    private var waiting: [Step] = []
    private var compared: Set<Visit> = []
    private var pairs: Set<Pair> = []
    private(set) var newWidgets: Set<PDFReference> = []
    /// Appearances that a field no longer has.
    var released: Set<PDFReference> = []
    private(set) var changes: Changes = Changes()

    /// What was found.
    struct Changes {
        /// What may not be.
        var forbidden: [String] = []
        /// What may be, and yet may hide what was signed.
        var doubtful: [String] = []
        /// What may be.
        var permitted: [String] = []
        /// Where something visible may have come.
        var overlays: [PageOverlay] = []
    }

    /// A pair of values that is still to be compared, and where it stands.
    private struct Step {
        let old: PDFValue
        let new: PDFValue
        let place: String
        /// Whether it is drawn, or decides what is.
        let isDrawn: Bool
    }

    /// An object in one of the two ways of looking at it.
    private struct Visit: Hashable {
        let reference: PDFReference
        let isDrawn: Bool
    }

    /// Two objects that should be equal.
    private struct Pair: Hashable {
        let old: PDFReference
        let new: PDFReference
    }

    /// How many findings are kept.
    static let limit = 20

    /// Prepares a comparison.
    ///
    /// - Parameters:
    ///   - old: the signed revision.
    ///   - new: the later one, with its roles.
    ///   - newRoles: what the objects of the later one are.
    ///   - updates: what was appended to the signed one.
    ///   - permissions: what may change.
    ///   - laterSignatures: the fields that were really signed later.
    /// - Throws: where a revision cannot be read.
    init(
        old: PDFFile,
        new: PDFFile,
        newRoles: DocumentRoles,
        updates: AppendedUpdates,
        permissions: SigningPermissions,
        laterSignatures: [PDFReference: SignatureFinding.Kind]
    ) throws(PDFReadingError) {
        self.old = old
        self.new = new
        self.newRoles = newRoles
        self.updates = updates
        self.permissions = permissions
        self.laterSignatures = laterSignatures
        oldRoles = try DocumentRoles(old)
        drawnByForm = try FormDrawing(old, nodes: oldRoles.nodes)
        for node in newRoles.nodes where node.type == "Sig" {
            guard let reference = node.reference, oldRoles.roles[reference] == nil else { continue }
            if laterSignatures[reference] != nil || node.above.map({ newWidgets.contains($0) }) == true {
                newWidgets.insert(reference)
            }
        }
    }

    /// Compares everything.
    mutating func run() throws(PDFReadingError) -> Changes {
        let (before, after) = (try old.trailer(), try new.trailer())
        freeze(before["Encrypt"], after["Encrypt"], "the encryption")
        let free: Set<PDFName> = [
            "Encrypt", "Root", "Info", "ID", "Size", "Prev", "XRefStm", "Type", "W", "Index", "Filter", "DecodeParms",
            "Length", "DocChecksum",
        ]
        freeze(before, after, except: free, "the trailer")
        try compareInformation(before["Info"], after["Info"])
        try compareCatalogue(try old.catalogue(), try new.catalogue())
        while let step = waiting.popLast(), changes.forbidden.count < Self.limit { try compare(step) }
        if released.contains(where: { compared.contains(Visit(reference: $0, isDrawn: true)) }) {
            forbid("the appearance of a field that was changed is used elsewhere too")
        }
        if changes.forbidden.isEmpty { try judgeReferences() }
        if changes.forbidden.isEmpty { try judgeFreed() }
        // Programs read what is odd in different ways, so that an update must not bring it.
        let odd = new.oddities().filter { odd in
            odd.place >= old.end && !Self.harmless.contains { odd.words.contains($0) }
        }
        if !odd.isEmpty {
            let words = odd.map { "\($0.words) at \($0.place)" }.sorted().prefix(3).joined(separator: "; ")
            forbid("what was added is not well formed: \(words)")
        }
        return changes
    }

    /// What qpdf finds odd and every program reads alike: white space, and a count of objects that hides none.
    private static let harmless = ["whitespace seen before xref", "reported number of objects"]

    /// Whether an object is the widget of a field that was signed later.
    func isOfLaterSignature(_ widget: PDFReference) -> Bool {
        laterSignatures[widget] != nil || newWidgets.contains(widget)
    }

    mutating func forbid(_ words: String) {
        if changes.forbidden.count < Self.limit, !changes.forbidden.contains(words) { changes.forbidden.append(words) }
    }

    mutating func permit(_ words: String) {
        if changes.permitted.count < Self.limit, !changes.permitted.contains(words) { changes.permitted.append(words) }
    }

    mutating func doubt(_ words: String) {
        if changes.doubtful.count < Self.limit, !changes.doubtful.contains(words) { changes.doubtful.append(words) }
    }

    mutating func note(_ overlay: PageOverlay) { changes.overlays.append(overlay) }

    // MARK: - Equal by value

    /// Asks for two values to be the same, with all that they refer to.
    mutating func freeze(_ before: PDFValue?, _ after: PDFValue?, _ place: String, isDrawn: Bool = true) {
        waiting.append(Step(old: before ?? .null, new: after ?? .null, place: place, isDrawn: isDrawn))
    }

    /// Asks for the entries of two dictionaries to be the same, but for some keys.
    mutating func freeze(
        _ before: PDFDictionary,
        _ after: PDFDictionary,
        except free: Set<PDFName>,
        _ place: String,
        structure: Set<PDFName> = []
    ) {
        for key in Set(before.keys).union(after.keys).subtracting(free) {
            freeze(before[key], after[key], "\(place)/\(key)", isDrawn: !structure.contains(key))
        }
    }

    /// Compares a pair, and puts what it refers to on the list.
    private mutating func compare(_ step: Step) throws(PDFReadingError) {
        switch (step.old, step.new) {
        case (.reference(let before), .reference(let after)) where before == after:
            try compareObjects(before, step)
        case (.reference(let before), .reference(let after)):
            // Equal by value is equal, but a page or a field is one by its object.
            guard oldRoles.roles[before] == nil else { return forbid("\(step.place) refers to another object") }
            guard pairs.insert(Pair(old: before, new: after)).inserted else { return }
            freeze(try old.object(before), try new.object(after), step.place, isDrawn: step.isDrawn)
        case (.reference(let before), _):
            guard oldRoles.roles[before] == nil else { return forbid("\(step.place) has another value") }
            freeze(try old.object(before), step.new, step.place, isDrawn: step.isDrawn)
        case (_, .reference(let after)):
            freeze(step.old, try new.object(after), step.place, isDrawn: step.isDrawn)
        case (.array(let before), .array(let after)):
            guard before.count == after.count else { return forbid("\(step.place) has another length") }
            for (left, right) in zip(before, after) { freeze(left, right, step.place, isDrawn: step.isDrawn) }
        case (.dictionary(let before), .dictionary(let after)): freeze(before, after, step)
        case (.stream(let before, let left), .stream(let after, let right)):
            freeze(before, after, except: [], step.place)
            if try !old.hasSameData(left, as: right, in: new) { forbid("\(step.place) has other data") }
        default:
            if step.old != step.new, !step.old.isSameNumber(as: step.new) { forbid("\(step.place) has another value") }
        }
    }

    private mutating func freeze(_ before: PDFDictionary, _ after: PDFDictionary, _ step: Step) {
        for key in Set(before.keys).union(after.keys) {
            let isDrawn = step.isDrawn || StructuralKeys.never.contains(key)
            freeze(before[key], after[key], "\(step.place)/\(key)", isDrawn: isDrawn)
        }
    }

    /// Compares an object with what it became: what is drawn as a whole, the rest by all its roles.
    private mutating func compareObjects(_ reference: PDFReference, _ step: Step) throws(PDFReadingError) {
        guard compared.insert(Visit(reference: reference, isDrawn: step.isDrawn)).inserted else { return }
        let roles = step.isDrawn ? [] : oldRoles.roles[reference] ?? []
        if roles.isEmpty, !updates.changed.contains(reference.number) {
            for link in try new.links(of: reference) {
                let value = PDFValue.reference(link.reference)
                let isDrawn = step.isDrawn || link.isDrawn
                waiting.append(Step(old: value, new: value, place: step.place, isDrawn: isDrawn))
            }
            return
        }
        let (before, after) = (try old.object(reference), try new.object(reference))
        guard !roles.isEmpty, case .dictionary(let left) = before, case .dictionary(let right) = after else {
            return freeze(before, after, step.place, isDrawn: step.isDrawn)
        }
        for role in roles {
            switch role {
            case .catalogue: continue
            case .pageTree:
                // iText writes there which version of it worked on the file.
                let isMark = try [old.resolve(left["ITXT"]), new.resolve(right["ITXT"])]
                    .allSatisfy { $0.string != nil || $0 == .null }
                freeze(left, right, except: isMark ? ["ITXT"] : [], "the page tree", structure: StructuralKeys.page)
            case .page:
                var free: Set<PDFName> = ["Annots"]
                if try isTagged(left, right) { free.formUnion(["Tabs", "StructParents"]) }
                freeze(left, right, except: free, "a page", structure: StructuralKeys.page)
                try compareAnnotations(try old.array(left["Annots"]), try new.array(right["Annots"]), on: reference)
            case .field(let name, let type): try compareField(name, type, left, right, reference)
            case .annotation: try compareAnnotation(left, right, reference)
            case .structure: try compareElement(left, right)
            }
        }
    }

    // MARK: - What was added

    /// What was added may use of the signed revision only what that used itself: another object may lie broken or hidden
    /// in it, and be seen by some programs once it is asked for.
    private mutating func judgeReferences() throws(PDFReadingError) {
        let known = Set(compared.map(\.reference))
        let doubtful = updates.references.filter { !updates.changed.contains($0.number) && !known.contains($0) }
        let others = updates.generations
        if doubtful.isEmpty, others.isEmpty { return }
        let reached = try old.reachable()
        for reference in doubtful where !reached.contains(reference) {
            if try old.object(reference) != .null {
                return forbid("what was added uses the object \(reference.number), which nothing that was signed used")
            }
        }
        let numbers = Dictionary(grouping: reached, by: \.number)
        for reference in others where numbers[reference.number]?.contains(where: { $0 != reference }) == true {
            return forbid("the object \(reference.number) came again with another generation")
        }
    }

    /// What was freed may not be in use: where the table names another generation, some programs go on reading the object,
    /// and others read nothing.
    ///
    /// qpdf says null for a reference to it, so that the signed revision itself is asked what its objects refer to.
    private mutating func judgeFreed() throws(PDFReadingError) {
        if updates.freed.isEmpty { return }
        var used = Array(updates.references)
        for reference in try new.reachable() where !updates.changed.contains(reference.number) {
            used += try old.ownObject(reference).links().map(\.reference)
        }
        for reference in used where updates.freed.contains(reference.number) {
            if try old.ownObject(reference) != .null {
                return forbid("the object \(reference.number) is in use, and was taken away later")
            }
        }
    }

    // MARK: - The document

    private mutating func compareCatalogue(
        _ before: PDFDictionary,
        _ after: PDFDictionary
    ) throws(PDFReadingError) {
        freeze(
            before,
            after,
            except: ["AcroForm", "DSS", "Extensions", "Version", "Metadata", "StructTreeRoot"],
            "the catalogue",
            structure: StructuralKeys.catalogue
        )
        try compareStructure(before["StructTreeRoot"], after["StructTreeRoot"])
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
            left == right || XMPProperties(left).map({ $0 == XMPProperties(right) }) == true
        {
            if left != right { permit("the date of change was set") }
            return
        }
        // Where nothing was said, what is said later contradicts nothing, and no page shows it.
        if before == nil, new.smallStream(after) != nil { return permit("metadata were added") }
        freeze(before, after, "the metadata", isDrawn: false)
    }
}
