/// Documents of office programs before 2007: what they are, and what they say.
enum OldOffice {
    /// Reads a compound file.
    static func read(_ file: inout CompoundFile, limits: ReadingLimits, into found: inout Inspection) {
        switch file.kind {
        case .doc: found.format.set(.doc, name: "Microsoft Word 97 to 2003 document")
        case .xls:
            found.format.set(.xls, name: "Microsoft Excel 97 to 2003 workbook")
            let stream = file.stream("Workbook") ?? file.stream("Book") ?? []
            add(OldWorkbook(stream, limits: limits), &found)
            nameObjects(file.storages.count { $0.name.starts(with: CompoundFile.folded("MBD")) }, &found)
        case .encryptedPackage:
            found.format.name = "an encrypted Office Open XML document"
            found.isEncrypted = true
        case nil: break
        }
        if let damage = file.damage, found.format.format != nil, !found.isEncrypted {
            found.findings.append(.damaged("its container is damaged: \(damage)"))
        }
    }

    /// Reads a workbook of before there were compound files.
    ///
    /// - Returns: whether it is one.
    static func readOldest(_ file: [UInt8], limits: ReadingLimits, into found: inout Inspection) -> Bool {
        let records = BIFFRecords(file)
        guard let first = records.record(at: 0), first.end - first.start <= 16,
            let version = records.version(of: first),
            let kind = records.bytes.u16(first.start + 2), [0x10, 0x20, 0x40, 0x100].contains(kind)
        else { return false }
        found.format.set(.xls, name: "Microsoft Excel \(version).0 workbook")
        add(OldWorkbook(file, limits: limits), &found)
        return true
    }

    private static func add(_ book: OldWorkbook, _ found: inout Inspection) {
        found.isEncrypted = book.isEncrypted
        found.pages = book.pages
        found.pageCount = book.total
        if !book.isEncrypted { found.findings += book.findings }
    }

    private static func nameObjects(_ count: Int, _ found: inout Inspection) {
        guard count > 0, !found.isEncrypted else { return }
        found.findings.append(.partNotRead(count == 1 ? "a document inside of it" : "\(count) documents inside of it"))
    }
}
