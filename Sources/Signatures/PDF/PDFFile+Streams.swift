extension PDFFile {
    /// The data of a stream that is not encrypted, filters applied, also where no section lists it; nil where a filter is
    /// unknown or it is too long.
    static func inflated(_ object: PlacedObject, in bytes: FileBytes) -> [UInt8]? {
        guard let data = object.data, data.count <= Limits.filtered * 4,
            let entries = bytes.slice(object.value), let body = bytes.slice(data)
        else { return nil }
        // Alone in a file of its own, where its length is what was measured.
        var own = Array("%PDF-1.7\n".utf8)
        let first = own.count
        own += Array("1 0 obj\n<< /Type /Catalog >>\nendobj\n".utf8)
        let second = own.count
        own += Array("2 0 obj\n".utf8) + entries.dropLast(2) + Array(" /Length \(body.count) >>\nstream\n".utf8)
        own += body + Array("\nendstream\nendobj\n".utf8)
        let table = own.count
        func line(_ offset: Int) -> [UInt8] {
            let digits = String(offset)
            return Array((String(repeating: "0", count: max(0, 10 - digits.count)) + digits + " 00000 n \n").utf8)
        }
        own += Array("xref\n0 3\n0000000000 65535 f \n".utf8) + line(first) + line(second)
        own += Array("trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n".utf8)
        let alone = try? PDFFile(FileBytes(own), end: own.count, password: nil, repairing: false)
        return alone?.smallStream(.reference(PDFReference(number: 2, generation: 0)))
    }

    /// The streams of an appearance (`AP`), those of its states too, as they are referred to.
    func appearances(_ appearance: PDFValue?) throws(PDFReadingError) -> [PDFValue] {
        var streams: [PDFValue] = []
        for item in (try dictionary(appearance) ?? [:]).values {
            switch try resolve(item) {
            case .stream: streams.append(item)
            case .dictionary(let states):
                for state in states.values {
                    if case .stream = try resolve(state) { streams.append(state) }
                }
            default: continue
            }
        }
        return streams
    }

    /// The dictionaries of these streams.
    func appearanceStreams(_ appearance: PDFValue?) throws(PDFReadingError) -> [PDFDictionary] {
        var found: [PDFDictionary] = []
        for item in try appearances(appearance) {
            if case .stream(let entries, _) = try resolve(item) { found.append(entries) }
        }
        return found
    }

    /// What an entry says that is passed on from above (`Parent`): of a page, or of a field.
    ///
    /// - Parameters:
    ///   - key: the entry.
    ///   - entries: where to begin.
    ///   - read: gives what a value says; nil for one that says nothing, and is passed over.
    /// - Returns: what the nearest says; nil where none does.
    /// - Throws: where an object cannot be read.
    func inherited<Said>(
        _ key: PDFName,
        of entries: PDFDictionary,
        _ read: (PDFValue) -> Said?
    ) throws(PDFReadingError) -> Said? {
        var entries = entries
        for _ in 0..<Limits.depth {
            if let value = entries[key], let said = read(try resolve(value)) { return said }
            guard let parent = try dictionary(entries["Parent"]) else { return nil }
            entries = parent
        }
        return nil
    }
}
