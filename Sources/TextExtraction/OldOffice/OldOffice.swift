/// Documents of office programs before 2007: what they are, and what they say.
enum OldOffice {
    /// Reads a compound file.
    static func read(_ file: inout CompoundFile, limits: ReadingLimits, into found: inout Inspection) {
        switch file.kind {
        case .doc:
            found.format.set(.doc, name: "Microsoft Word 97 to 2003 document")
            guard let document = OldDocument(&file, limits: limits) else {
                found.findings.append(.damaged("it does not begin as a document of Word 6.0 or later"))
                break
            }
            found.isEncrypted = document.isEncrypted
            found.pages = document.pages
            found.pageCount = document.isEncrypted ? nil : document.pages.count
            found.findings += document.findings
        case .xls:
            found.format.set(.xls, name: "Microsoft Excel 97 to 2003 workbook")
            let stream = file.stream("Workbook") ?? file.stream("Book") ?? []
            add(OldWorkbook(stream, limits: limits), &found)
            if !found.isEncrypted {
                let name = CompoundFile.folded("MBD")
                found.findings += objects(file.storages.count { $0.name.starts(with: name) })
            }
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

    /// Names the documents of other programs that lie in a document.
    static func objects(_ count: Int) -> [ReadingFinding] {
        count == 0
            ? [] : [.partNotRead("what \(count == 1 ? "a document" : "\(count) documents") inside of it may say")]
    }

    /// Names the pictures in a document: where it has text, they are beside that.
    static func pictures(_ count: Int, isEmpty: Bool) -> [ReadingFinding] {
        let what = "what \(count == 1 ? "a picture" : "\(count) pictures") in it may say"
        return count == 0 ? [] : [.partNotRead(what, isEmpty ? .fault : .doubt)]
    }
}
