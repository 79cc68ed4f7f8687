/// The annotations of a page.
extension RevisionComparison {
    mutating func compareAnnotations(
        _ before: [PDFValue],
        _ after: [PDFValue],
        on page: PDFReference
    ) throws(PDFReadingError) {
        var rest = before[...]
        for item in after {
            if let next = rest.first, next == item {
                rest = rest.dropFirst()
                freeze(next, item, "an annotation", isDrawn: false)
            } else if let reference = item.reference, isOfLaterSignature(reference) {
                if try new.resolve(try new.dictionary(item)?["Subtype"]).name != "Widget" {
                    forbid("an annotation was added that is no widget of a signature")
                }
                if let first = newRoles.pageOf[reference], newRoles.pages[first] != page {
                    forbid("one signature was put on several pages")
                }
            } else if permissions.allowsAnnotations, let reference = item.reference,
                oldRoles.roles[reference] == nil, let entries = try new.dictionary(item)
            {
                try judgeComment(entries, on: page)
            } else {
                forbid("an annotation was added to a page")
            }
        }
        if !rest.isEmpty { forbid("an annotation was removed from a page, or stands in another order") }
    }

    /// An annotation of the signed revision, no field; under DocMDP 3 the words of a comment may change.
    mutating func compareAnnotation(
        _ before: PDFDictionary,
        _ after: PDFDictionary,
        _ reference: PDFReference
    ) throws(PDFReadingError) {
        var free: Set<PDFName> = []
        let kind = try old.resolve(before["Subtype"]).name
        if permissions.allowsAnnotations, kind == "Text" || kind == "Popup" {
            free = ["Contents", "RC", "M", "T", "Subj", "State", "StateModel"]
            if before != after { permit("a comment was changed") }
        }
        freeze(before, after, except: free, "an annotation", structure: StructuralKeys.annotation)
    }

    /// A comment may come under DocMDP 3 where it hides nothing: a note's icon, or its window that is closed.
    ///
    /// Lines through the text and colours over it may come by the letter; whether they hide something nobody can tell.
    private mutating func judgeComment(_ entries: PDFDictionary, on page: PDFReference) throws(PDFReadingError) {
        let kind = try new.resolve(entries["Subtype"]).name
        let frame = try PageFrame(entries["Rect"], in: new)
        if entries["A"] != nil || entries["AA"] != nil || entries["Kids"] != nil || entries["FT"] != nil {
            return forbid("an annotation was added that does something")
        }
        switch kind {
        case "Popup"?:
            guard try new.resolve(entries["Open"]) != .boolean(true), entries["AP"] == nil else {
                return forbid("an open window was added to a page")
            }
            permit("a comment was added")
        case "Text"?:
            // As large as its icon; each program may draw that from the corner at its own size.
            guard let frame, frame.isOfIcon, try new.resolve(entries["Open"]) != .boolean(true),
                Set(entries.keys).isDisjoint(with: ["BS", "Border", "BE", "MK"])
            else {
                return forbid("a note was added that may hide what was signed")
            }
            permit("a comment was added")
            try judgeAppearance(entries["AP"])
            guard let number = newRoles.pages.firstIndex(of: page) else { return }
            // A note that brings its own picture may show anything: then nothing may stand under it.
            note(PageOverlay(page: number, frame: frame.aroundIcon, mayCoverNothing: entries["AP"] != nil))
            permit("something visible was put over page \(number + 1) later: a comment")
        case "Highlight"?, "Underline"?, "Squiggly"?, "StrikeOut"?:
            doubt("an annotation was added that may hide what was signed")
        default: forbid("an annotation was added or changed that may hide what was signed")
        }
    }
}
