/// The form: what may be filled and signed, and what its defaults may become.
extension RevisionComparison {
    mutating func compareForm(_ before: PDFDictionary, _ after: PDFDictionary) throws(PDFReadingError) {
        let free: Set<PDFName> = ["Fields", "SigFlags", "DR", "DA", "NeedAppearances"]
        freeze(before, after, except: free, "the form", structure: StructuralKeys.form)
        let (drawn, later) = (try old.resolve(before["NeedAppearances"]), try new.resolve(after["NeedAppearances"]))
        if (drawn == .boolean(true)) != (later == .boolean(true)), drawnByForm.hasFields {
            forbid("the form lets programs draw its fields anew, or no longer (NeedAppearances)")
        }
        if try old.resolve(before["DA"]) != new.resolve(after["DA"]), drawnByForm.needsDefault {
            freeze(before["DA"], after["DA"], "the form/DA")
        }
        try compareResources(before["DR"], after["DR"])
        try compareFieldLists(try old.array(before["Fields"]), try new.array(after["Fields"]), "the form")
    }

    /// Default resources may change where nothing that was signed is drawn by them.
    private mutating func compareResources(_ before: PDFValue?, _ after: PDFValue?) throws(PDFReadingError) {
        let (left, right) = (try old.dictionary(before) ?? [:], try new.dictionary(after) ?? [:])
        for kind in Set(left.keys).union(right.keys) {
            if drawnByForm.borrowsAnything {
                freeze(left[kind], right[kind], "the form's resources \(kind)")
                continue
            }
            let (entries, later) = (try old.dictionary(left[kind]) ?? [:], try new.dictionary(right[kind]) ?? [:])
            let drawn = kind == "Font" ? drawnByForm.borrowed.union(drawnByForm.fonts) : drawnByForm.borrowed
            for name in drawn where entries[name] != nil || later[name] != nil {
                freeze(entries[name], later[name], "the form's resource \(name)")
            }
        }
    }

    mutating func compareFieldLists(
        _ before: [PDFValue],
        _ after: [PDFValue],
        _ place: String
    ) throws(PDFReadingError) {
        var rest = before[...]
        for item in after {
            if let next = rest.first, next == item {
                rest = rest.dropFirst()
                freeze(next, item, "a field", isDrawn: false)
            } else {
                try judgeNewField(item)
            }
        }
        if !rest.isEmpty { forbid("\(place) has lost a field, or has its fields in another order") }
    }

    /// A field that came later must be a signature that came later, or hold nothing but such.
    private mutating func judgeNewField(_ item: PDFValue) throws(PDFReadingError) {
        var pending: [(PDFValue, PDFName?, SignatureFinding.Kind?)] = [(item, nil, nil)]
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
            } else {
                permit(kind == .signature ? "a signature was added" : "a document time stamp was added")
            }
            try judgeWidget(entries, reference, kind, of: "a signature")
        }
    }

    /// A later signature's widget draws inside of its own rectangle only; that of a time stamp nothing at all where no
    /// form may be filled.
    private mutating func judgeWidget(
        _ entries: PDFDictionary,
        _ reference: PDFReference,
        _ kind: SignatureFinding.Kind,
        of what: String
    ) throws(PDFReadingError) {
        try judgeAppearance(entries["AP"])
        let flags = try new.resolve(entries["F"]).integer ?? 0
        let frame = try PageFrame(entries["Rect"], in: new)
        if frame?.isEmpty == true || flags & 2 != 0 { return }
        guard frame != nil || entries["Rect"] == nil else {
            return forbid("a widget was added whose place is unreadable")
        }
        guard let frame, newRoles.pageOf[reference] != nil else { return }
        if kind == .documentTimestamp, !permissions.allowsForms {
            return forbid("a time stamp was added that shows something on a page")
        }
        // Bits 4 and 5: it would be drawn at another size or place than its rectangle.
        if flags & 0x18 != 0 { forbid("\(what) was added that is not drawn in its own rectangle") }
        let appearance = try new.dictionary(entries["AP"])
        var hasStream = false
        if case .stream = try new.resolve(appearance?["N"]) { hasStream = true }
        if !hasStream, !Set(entries.keys).isDisjoint(with: ["MK", "BS", "Border", "BE", "DA"]) {
            forbid("\(what) was added without an appearance, which each program draws in its own way")
        }
        noteOverlay(reference, frame, what)
    }

    /// An appearance has a box that it is clipped to: without one, some programs draw it over the whole page.
    mutating func judgeAppearance(_ value: PDFValue?) throws(PDFReadingError) {
        for entries in try new.appearanceStreams(value) where try PageFrame(entries["BBox"], in: new) == nil {
            forbid("an appearance came that has no box, which some programs draw over the whole page")
        }
    }

    private mutating func noteOverlay(_ widget: PDFReference, _ frame: PageFrame, _ what: String) {
        guard let page = newRoles.pageOf[widget] else { return }
        note(PageOverlay(page: page, frame: frame))
        permit("something visible was put over page \(page + 1) later: \(what)")
    }

    mutating func compareField(
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
            if let kind = try laterSigner(before, after, reference), permissions.allowsForms, !permissions.locks(name) {
                free.formUnion(["V", "AP", "AS", "F", "M", "MK", "DA", "StructParent"])
                permit("\(shown) was signed")
                try judgeWidget(after, reference, kind, of: shown)
            }
        } else if permissions.allowsForms, !permissions.locks(name), try isFilled(before, after) {
            // An appearance may follow its value; alone, it would show what the field does not say.
            // So may the default from which programs make it.
            free.formUnion(["V", "AP", "AS", "RV", "M", "DA"])
            if type == "Ch" { free.insert("I") }
            permit("\(shown) was filled")
            try judgeAppearance(after["AP"])
            if let frame = try PageFrame(before["Rect"], in: old), !frame.isEmpty {
                noteOverlay(reference, frame, shown)
            }
        }
        if free.contains("AP"), before["AP"] != after["AP"], let appearance = before["AP"]?.reference {
            released.insert(appearance)
        }
        freeze(before, after, except: free, shown, structure: StructuralKeys.annotation)
    }

    /// Who signed a field that waited, or the field that a widget belongs to; nil where nobody did.
    private func laterSigner(
        _ before: PDFDictionary,
        _ after: PDFDictionary,
        _ reference: PDFReference
    ) throws(PDFReadingError) -> SignatureFinding.Kind? {
        guard before["V"] == nil else { return nil }
        if after["V"] != nil { return laterSignatures[reference] }
        guard let parent = before["Parent"], parent == after["Parent"], let field = parent.reference,
            try old.dictionary(parent)?["V"] == nil, try new.dictionary(parent)?["V"] != nil
        else { return nil }
        return laterSignatures[field]
    }

    /// Whether a field, or the field that a widget belongs to, has another value.
    private func isFilled(_ before: PDFDictionary, _ after: PDFDictionary) throws(PDFReadingError) -> Bool {
        if try old.resolve(before["V"]) != new.resolve(after["V"]) { return true }
        guard before["V"] == nil, after["V"] == nil, let parent = before["Parent"], parent == after["Parent"] else {
            return false
        }
        return try old.resolve(try old.dictionary(parent)?["V"]) != new.resolve(try new.dictionary(parent)?["V"])
    }
}
