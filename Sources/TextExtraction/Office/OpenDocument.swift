/// Texts and spreadsheets of OpenDocument (ISO/IEC 26300-1).
enum OpenDocument {
    /// What was read of one.
    struct Result {
        var pages: [PageReading]
        /// Why it could not be read whole.
        var fault: XMLFault?
        /// What is wrong with what is embedded.
        var findings: [ReadingFinding]
    }

    /// Reads a text: one page.
    static func readText(_ parts: OfficeParts, limit: Int) -> Result {
        let margins = OpenDocumentText(limit: limit, mode: .margins)
        var fault = parts.content["styles.xml"].flatMap { XMLReader.read($0, margins) }
        let (objects, findings) = objects(in: parts, limit: limit)
        let body = OpenDocumentText(limit: limit, mode: .text, objects: objects)
        for header in margins.headers { body.addMargin(header) }
        let bodyFault = XMLReader.read(parts.content["content.xml"] ?? [], body)
        fault = bodyFault ?? fault
        body.addRemarks()
        for footer in margins.footers { body.addMargin(footer) }
        return Result(pages: [body.builder.page(1)], fault: fault, findings: findings)
    }

    /// Reads a spreadsheet: a page a sheet.
    static func readSheets(_ parts: OfficeParts, limits: ReadingLimits) -> Result {
        let margins = OpenDocumentText(limit: limits.pageText, mode: .margins)
        let marginFault = parts.content["styles.xml"].flatMap { XMLReader.read($0, margins) }
        let (objects, findings) = objects(in: parts, limit: limits.pageText)
        let reader = OpenDocumentText(limit: limits.pageText, mode: .sheets(most: limits.pages), objects: objects)
        // What stands on every printed page stands once, with the first sheet.
        reader.margins = (margins.headers, margins.footers)
        let fault = XMLReader.read(parts.content["content.xml"] ?? [], reader)
        return Result(pages: reader.pages, fault: fault ?? marginFault, findings: findings)
    }

    /// How many charts, formulas and other documents inside of a document are read.
    private static let mostObjects = 500

    /// The texts of what is embedded, by the name of its folder: charts with their tables, formulas, documents.
    private static func objects(
        in parts: OfficeParts,
        limit: Int
    ) -> (texts: [String: String], findings: [ReadingFinding]) {
        var texts: [String: String] = [:]
        var findings: [ReadingFinding] = []
        let names = parts.content.keys.filter { $0.hasSuffix("/content.xml") }.sorted()
        for name in names.prefix(mostObjects) {
            let reader = OpenDocumentText(limit: limit, mode: .text)
            let fault = XMLReader.read(withoutDocumentType(parts.content[name] ?? []), reader)
            let folder = String(name.dropLast("/content.xml".count))
            if fault != nil { findings.append(.partNotRead("the object '\(folder)'")) }
            texts[folder] = reader.builder.text
        }
        if names.count > mostObjects { findings.append(.partNotRead("\(names.count - mostObjects) more objects")) }
        return (texts, findings)
    }

    /// Without a document type that names a file elsewhere and declares nothing: old formulas have one.
    private static func withoutDocumentType(_ content: [UInt8]) -> [UInt8] {
        let mark = Array("<!DOCTYPE".utf8)
        let head = content.prefix(1024)
        guard let start = head.indices.first(where: { head[$0...].starts(with: mark) }),
            let end = head[start...].firstIndex(where: { [0x3E, 0x5B].contains($0) }), head[end] == 0x3E
        else {
            return content
        }
        return Array(content[..<start] + content[(end + 1)...])
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
