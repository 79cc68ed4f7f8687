/// Documents of office programs before 2007: what they are, and what they say.
enum OldOffice {
    /// What was read of a document.
    private struct Content {
        var pages: [PageReading] = []
        /// How many pages there are.
        var total = 0
        var isEncrypted = false
        var findings: [ReadingFinding] = []
        /// The documents inside of it.
        var objects: [CompoundFile.Entry] = []
    }

    /// How many documents inside of one are read.
    private static let mostObjects = 200

    /// Reads a compound file.
    static func read(_ file: inout CompoundFile, limits: ReadingLimits, into found: inout Inspection) {
        let kind = file.kind
        switch kind {
        case .doc: found.format.set(.doc, name: "Microsoft Word 97 to 2003 document")
        case .xls: found.format.set(.xls, name: "Microsoft Excel 97 to 2003 workbook")
        case .encryptedPackage:
            found.format.name = "an encrypted Office Open XML document"
            found.isEncrypted = true
        case nil: break
        }
        guard let content = content(of: &file, limits: limits) else { return }
        add(content, &found)
        guard !found.isEncrypted else { return }
        readObjects(content.objects, of: &file, limits: limits, into: &found)
        if let damage = file.damage { found.findings.append(.damaged("its container is damaged: \(damage)")) }
    }

    private static func content(of file: inout CompoundFile, limits: ReadingLimits) -> Content? {
        var content = Content()
        switch file.kind {
        case .doc:
            guard let document = OldDocument(&file, limits: limits) else {
                content.findings = [.damaged("it does not begin as a document of Word 6.0 or later")]
                break
            }
            content.isEncrypted = document.isEncrypted
            content.pages = document.pages
            content.total = document.pages.count
            content.findings = document.findings
            content.objects = file.storages(in: "ObjectPool")
        case .xls:
            content = self.content(of: file.stream("Workbook") ?? file.stream("Book") ?? [], limits: limits)
            let name = CompoundFile.folded("MBD")
            content.objects = file.storages.filter { $0.name.starts(with: name) }
        case .encryptedPackage, nil: return nil
        }
        return content
    }

    private static func content(of workbook: [UInt8], limits: ReadingLimits) -> Content {
        let book = OldWorkbook(workbook, limits: limits)
        return Content(pages: book.pages, total: book.total, isEncrypted: book.isEncrypted, findings: book.findings)
    }

    private static func add(_ content: Content, _ found: inout Inspection) {
        found.isEncrypted = content.isEncrypted
        guard !content.isEncrypted else { return }
        found.pages = content.pages
        found.pageCount = content.total
        found.findings += content.findings
    }

    /// Reads the texts and workbooks that lie in a document, as pages after its own; what else lies there is named.
    private static func readObjects(
        _ objects: [CompoundFile.Entry],
        of file: inout CompoundFile,
        limits: ReadingLimits,
        into found: inout Inspection
    ) {
        // Each byte belongs to one of them: a directory that says otherwise is not followed for ever.
        var left = file.size
        var unread = 0
        for (index, object) in objects.enumerated() {
            guard index < mostObjects, left > 0, found.pages.count < limits.pages else {
                unread += 1
                continue
            }
            var inner = file.inside(object)
            left -= inner.size(ofStreamsIn: object)
            guard let content = content(of: &inner, limits: limits), !content.isEncrypted else {
                unread += 1
                continue
            }
            let name = "document \(index + 1) inside"
            let first = found.pages.count
            for page in content.pages.prefix(limits.pages - first) {
                var page = page
                page.number += first
                page.part = name
                for place in page.findings.indices { page.findings[place].page = page.number }
                found.pages.append(page)
            }
            found.findings += content.findings.map { finding in
                var finding = finding
                finding.message = "\(name): \(finding.message)"
                return finding
            }
            if let damage = inner.damage { found.findings.append(.damaged("\(name): \(damage)")) }
            unread += content.objects.count
        }
        if unread > 0 {
            let what = "what \(unread == 1 ? "a document" : "\(unread) documents") inside of it may say"
            found.findings.append(.partNotRead(what))
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
        add(content(of: file, limits: limits), &found)
        return true
    }

    /// Names the pictures in a document: where it has text, they are beside that.
    static func pictures(_ count: Int, isEmpty: Bool) -> [ReadingFinding] {
        let what = "what \(count == 1 ? "a picture" : "\(count) pictures") in it may say"
        return count == 0 ? [] : [.partNotRead(what, isEmpty ? .fault : .doubt)]
    }
}
