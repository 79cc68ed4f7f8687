/// Files that are written in letters and are something besides plain text: told by their content, whatever their name is.
enum WrittenText {
    /// Reads a page of the web, Rich Text Format, MIME, or an office document of 2003 in XML.
    ///
    /// - Returns: whether it was one of them.
    static func read(_ file: [UInt8], limits: ReadingLimits, into found: inout Inspection) -> Bool {
        if file.starts(with: "{\\rtf".utf8) {
            readRichText(file, limits, &found)
        } else if MailParts.isMessage(file) {
            readMessage(file, limits, &found)
        } else if HyperText.isPage(file) {
            found.format.set(.html, name: "HTML document")
            let text = PlainText.decoded(file, charset: charset(of: file))
            add([HyperText.read(text, limit: limits.pageText)], limits, &found)
        } else {
            return readOfficeXML(file, limits, &found)
        }
        return true
    }

    private static func add(_ texts: [TextBuilder], _ limits: ReadingLimits, _ found: inout Inspection) {
        for text in texts.prefix(limits.pages) {
            found.pages.append(text.page(found.pages.count + 1))
        }
        found.pageCount = texts.count
    }

    private static func readRichText(_ file: [UInt8], _ limits: ReadingLimits, _ found: inout Inspection) {
        found.format.set(.rtf, name: "Rich Text Format")
        let text = RichText(file, limit: limits.pageText)
        add([text.builder], limits, &found)
        if text.objects > 0 {
            found.findings.append(
                .partNotRead("\(text.objects) pictures or objects in the text", text.builder.isEmpty ? .fault : .doubt)
            )
        }
        if text.isCut { found.findings.append(.damaged("it ends in the middle of a group")) }
    }

    private static func readMessage(_ file: [UInt8], _ limits: ReadingLimits, _ found: inout Inspection) {
        found.format.set(.mhtml, name: "MIME document of several parts")
        let message = MailParts(file, limit: limits.pageText)
        add(message.texts, limits, &found)
        for name in message.unread.prefix(100) { found.findings.append(.partNotRead("the part '\(name)'")) }
    }

    /// The character set that a page of the web names in its head.
    private static func charset(of file: [UInt8]) -> String? {
        let head = String(decoding: file.prefix(4096), as: UTF8.self).lowercased()
        guard let mark = head.firstRange(of: "charset=") else { return nil }
        let name = head[mark.upperBound...].drop { "\"' ".contains($0) }
            .prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
        return name.isEmpty ? nil : String(name)
    }

    private static func readOfficeXML(_ file: [UInt8], _ limits: ReadingLimits, _ found: inout Inspection) -> Bool {
        let head = String(decoding: file.prefix(8192), as: UTF8.self)
        guard head.contains("<?xml") else { return false }
        let fault: XMLFault?
        if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            found.format.set(.spreadsheetML, name: "Microsoft Excel 2003 workbook (XML)")
            let book = SpreadsheetXML(limits: limits)
            fault = XMLReader.read(file, book)
            found.pages = book.pages
            found.pageCount = book.pages.count
        } else if FlatPackage.isOne(head), let parts = OfficeParts(flat: file),
            let body = WordDocument.body(of: parts)
        {
            found.format.set(.wordML, name: "Microsoft Word document (Office Open XML in one file)")
            let read = WordDocument.read(parts, body: body, limits: limits)
            fault = read.fault
            (found.pages, found.pageCount) = ([read.page], 1)
            found.findings += read.findings
            OfficeInside(parts, limits).nameAll(in: &found)
        } else if head.contains("http://schemas.microsoft.com/office/word/2003/wordml") {
            found.format.set(.wordML, name: "Microsoft Word 2003 document (XML)")
            let text = WordText(limit: limits.pageText)
            fault = XMLReader.read(file, text)
            add([text.builder], limits, &found)
        } else {
            return false
        }
        if let fault { found.findings.append(.damaged(fault.words)) }
        return true
    }
}

extension ReadingFinding {
    /// Something inside a document that is of a kind that is not read.
    static func partNotRead(
        _ what: String,
        _ severity: Severity = .fault,
        remedy: String = "look at the file itself; what stands there cannot be found by its words",
        page: Int? = nil
    ) -> ReadingFinding {
        ReadingFinding(.partNotRead, severity, page: page, "\(what) was not read", remedy: remedy)
    }
}
