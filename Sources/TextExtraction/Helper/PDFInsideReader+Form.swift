extension PDFInsideReader {
    /// How many parents a field may have.
    private static let mostParents = 32

    // MARK: - Fields of AcroForm

    /// A field as its widget shows it, with what it inherits.
    private struct Field {
        var label: String?
        var type: String?
        var flags = 0
        var value: PDFObjects.Item?
        var rich: PDFObjects.Item?
        var options: PDFObjects.Item?
        /// The object that has the field's own name: the widgets of one field share it.
        var owner: PDFObjects.Name?
    }

    private func field(of widget: PDFObjects.Item) -> Field {
        var field = Field()
        var names: [String] = []
        var seen: Set<PDFObjects.Name> = []
        var spoken: String?
        var item: PDFObjects.Item? = widget
        for _ in 0..<Self.mostParents {
            guard let here = item else { break }
            let id = file.name(of: here)
            if let id, !seen.insert(id).inserted { break }
            if let name = Self.trimmed(file.text(file.entry(here, "/T")), most: 500) {
                names.append(name)
                if field.owner == nil { field.owner = id }
            }
            if spoken == nil { spoken = Self.trimmed(file.text(file.entry(here, "/TU")), most: 500) }
            if field.type == nil { field.type = file.word(file.entry(here, "/FT")) }
            if field.flags == 0 { field.flags = file.number(file.entry(here, "/Ff")) ?? 0 }
            if field.value == nil { field.value = file.entry(here, "/V") }
            if field.rich == nil { field.rich = file.entry(here, "/RV") }
            if field.options == nil { field.options = file.entry(here, "/Opt") }
            item = file.entry(here, "/Parent")
        }
        field.label = spoken ?? (names.isEmpty ? nil : names.reversed().joined(separator: "."))
        return field
    }

    /// How long a value is that is not found on a page by chance.
    private static let longValue = 4

    /// Takes the field of a widget: once, on the first page that shows it.
    ///
    /// - Parameters:
    ///   - widget: the widget, or a field that has none.
    ///   - page: the page.
    ///   - isShown: whether it is there to be seen.
    ///   - hasLook: whether the file says how it looks; poppler draws it also where the file does not.
    mutating func takeField(_ widget: PDFObjects.Item, page: Int, isShown: Bool, hasLook: Bool) {
        let field = field(of: widget)
        if let owner = field.owner ?? file.name(of: widget), !told.insert(owner).inserted { return }
        guard let value = value(of: field) else { return }
        var remark = PDFInside.Remark(page: page, kind: .field, text: value)
        remark.label = field.label
        // A box that is ticked shows a sign, and no word.
        remark.isPainted = isShown && (hasLook || value.count >= Self.longValue) && field.type != "Btn"
        add(remark)
    }

    private func value(of field: Field) -> String? {
        switch field.type {
        case "Sig": return nil
        case "Btn":
            // What is pressed holds nothing.
            if field.flags & 1 << 16 != 0 { return nil }
            guard let state = file.word(field.value) ?? Self.trimmed(file.text(field.value)), state != "Off" else {
                return nil
            }
            let options = file.items(field.options)
            if let index = Int(state), options.indices.contains(index) {
                return Self.trimmed(file.text(options[index]))
            }
            return state
        case "Ch":
            let chosen = file.items(field.value)
            let values = (chosen.isEmpty ? [field.value] : chosen.map { $0 }).compactMap { Self.trimmed(file.text($0)) }
            let shown = values.map { value in shownChoice(value, among: field.options) }
            return shown.isEmpty ? nil : shown.joined(separator: ", ")
        default:
            return Self.trimmed(file.text(field.value)) ?? file.word(field.value) ?? richText(field.rich)
        }
    }

    /// What a choice is shown as, where it is stored as something else.
    private func shownChoice(_ value: String, among options: PDFObjects.Item?) -> String {
        for option in file.items(options) {
            let pair = file.items(option)
            guard pair.count == 2, Self.trimmed(file.text(pair[0])) == value else { continue }
            return Self.trimmed(file.text(pair[1])) ?? value
        }
        return value
    }

    /// Takes fields that no page shows.
    mutating func takeLooseFields(of form: PDFObjects.Item?) {
        var seen: Set<PDFObjects.Name> = []
        var waiting = Array(file.items(file.entry(form, "/Fields")).reversed())
        while let item = waiting.popLast(), !file.isSpent {
            if let name = file.name(of: item), !seen.insert(name).inserted { continue }
            let kids = file.items(file.entry(item, "/Kids"))
            // The kids of a field may be its widgets, which were met on their pages.
            guard kids.allSatisfy({ file.entry($0, "/T") == nil }) else {
                waiting += kids.reversed()
                continue
            }
            takeField(item, page: 1, isShown: false, hasLook: false)
        }
    }

    // MARK: - XFA

    /// Takes the texts and values of a form of Adobe's XFA kind: one stream, or packets one behind the other.
    mutating func takeForm(_ form: PDFObjects.Item?, isAlone: Bool) {
        guard let form else { return }
        var packets: [(name: String, content: [UInt8])] = []
        var size = 0
        func take(_ name: String, _ stream: PDFObjects.Item) {
            guard size < PDFObjects.mostText, let data = file.data(stream, limit: PDFObjects.mostText - size) else {
                found.unread.append("the part '\(name)' of its XFA form")
                return
            }
            size += data.count
            packets.append((name, data))
        }
        if file.isStream(form) {
            take("xdp", form)
        } else {
            let parts = file.items(form)
            for index in stride(from: 0, to: parts.count - 1, by: 2).prefix(1000) {
                take(Self.trimmed(file.text(parts[index]), most: 100) ?? "?", parts[index + 1])
            }
        }
        let (lines, fault) = XFAText.read(packets)
        found.form = lines
        if let fault { found.unread.append("a part of its XFA form (\(fault.words))") }
        if lines.isEmpty, found.unread.isEmpty { found.unread.append("its XFA form, in which no words were found,") }
        found.isFormAlone = isAlone || !found.remarks.contains { $0.kind == .field } && told.isEmpty
    }
}
