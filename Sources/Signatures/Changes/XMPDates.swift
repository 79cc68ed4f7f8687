/// The parts of XMP metadata that a program sets whenever it saves.
enum XMPDates {
    /// Their names, as attributes and as elements.
    static let names = [
        "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:InstanceID", "xmpMM:VersionID", "pdf:Producer", "xmp:CreatorTool",
    ]

    /// The metadata without the values of these parts, and without the padding at the end.
    static func removed(from metadata: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        var place = 0
        while place < metadata.count {
            if let end = valueEnd(metadata, at: place) {
                place = end
                continue
            }
            let isSpace = PDFTokenizer.isSpace(metadata[place])
            if !isSpace || kept.last != 0x20 { kept.append(isSpace ? 0x20 : metadata[place]) }
            place += 1
        }
        return kept
    }

    /// Where the value ends whose name, as attribute or opening tag, stands at an offset.
    private static func valueEnd(_ metadata: [UInt8], at place: Int) -> Int? {
        guard metadata[place] == UInt8(ascii: "x") || metadata[place] == UInt8(ascii: "p") else { return nil }
        guard place > 0 else { return nil }
        for name in names where metadata[place...].starts(with: name.utf8) {
            let behind = place + name.utf8.count
            guard behind + 1 < metadata.count else { return nil }
            if metadata[behind] == UInt8(ascii: "="), PDFTokenizer.isSpace(metadata[place - 1]) {
                let quote = metadata[behind + 1]
                guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
                return metadata[(behind + 2)...].firstIndex(of: quote).map { $0 + 1 }
            }
            if metadata[behind] == UInt8(ascii: ">"), metadata[place - 1] == UInt8(ascii: "<") {
                return metadata[behind...].firstIndex(of: UInt8(ascii: "<"))
            }
        }
        return nil
    }
}
