/// Texts and spreadsheets of OpenDocument (ISO/IEC 26300-1).
enum OpenDocument {
    /// Reads a text: one page.
    static func readText(_ parts: OfficeParts, limit: Int) -> (page: PageReading, fault: XMLFault?) {
        let margins = OpenDocumentText(limit: limit, mode: .margins)
        var fault = parts.content["styles.xml"].flatMap { XMLReader.read($0, margins) }
        let body = OpenDocumentText(limit: limit, mode: .text, objects: objects(in: parts, limit: limit))
        for header in margins.headers { body.addMargin(header) }
        let bodyFault = XMLReader.read(parts.content["content.xml"] ?? [], body)
        fault = bodyFault ?? fault
        body.addRemarks()
        for footer in margins.footers { body.addMargin(footer) }
        return (body.builder.page(1), fault)
    }

    /// Reads a spreadsheet: a page a sheet.
    static func readSheets(_ parts: OfficeParts, limits: ReadingLimits) -> (pages: [PageReading], fault: XMLFault?) {
        let margins = OpenDocumentText(limit: limits.pageText, mode: .margins)
        let marginFault = parts.content["styles.xml"].flatMap { XMLReader.read($0, margins) }
        let objects = objects(in: parts, limit: limits.pageText)
        let reader = OpenDocumentText(limit: limits.pageText, mode: .sheets(most: limits.pages), objects: objects)
        // What stands on every printed page stands once, with the first sheet.
        reader.margins = (margins.headers, margins.footers)
        let fault = XMLReader.read(parts.content["content.xml"] ?? [], reader)
        return (reader.pages, fault ?? marginFault)
    }

    /// How many charts, formulas and other documents inside of a document are read.
    private static let mostObjects = 500

    /// The texts of what is embedded, by the name of its folder: charts with their tables, formulas, documents.
    private static func objects(in parts: OfficeParts, limit: Int) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, content) in parts.content where name.hasSuffix("/content.xml") && texts.count < mostObjects {
            let reader = OpenDocumentText(limit: limit, mode: .text)
            _ = XMLReader.read(content, reader)
            texts[String(name.dropLast("/content.xml".count))] = reader.builder.text
        }
        return texts
    }

    /// Whether the package says that its parts are encrypted (part 2, 4.8.1).
    static func isEncrypted(_ parts: OfficeParts) -> Bool {
        guard let manifest = parts.content["META-INF/manifest.xml"] else { return false }
        let reader = Manifest()
        _ = XMLReader.read(manifest, reader)
        return reader.isEncrypted
    }

    private final class Manifest: XMLHandler {
        var isEncrypted = false
        var isFinished: Bool { isEncrypted }

        func start(_ name: String, _ attributes: XMLAttributes) { if name == "encryption-data" { isEncrypted = true } }

        func end(_ name: String) {}

        func text(_ piece: UnsafeBufferPointer<UInt8>) {}
    }
}
