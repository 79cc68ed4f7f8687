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
}
