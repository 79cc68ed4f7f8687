/// What a file is by its content, and whether its name says the same.
package struct IdentifiedFormat: Hashable, Sendable, Codable {
    /// The format; nil for one whose content is not read.
    package var format: DocumentFormat?
    /// The media type: of the format, or of libmagic's where it is none of ours.
    package var mediaType: String
    /// The format in words, with its version where the content tells it: "PDF document, version 1.4".
    package var name: String
    /// The extension that the file's name claims, in small letters; nil where it has none.
    package var claimed: String?
    /// Whether the claimed extension is one of the format; nil where nothing can be said.
    package var agrees: Bool?

    /// A format out of its parts.
    package init(format: DocumentFormat?, mediaType: String, name: String) {
        self.format = format
        self.mediaType = mediaType
        self.name = name
    }

    /// Holds the format against the name that the file came with.
    mutating func compare(with fileName: [UInt8]) {
        let base = fileName.split(separator: 0x2F).last ?? []
        guard let dot = base.lastIndex(of: 0x2E), dot > base.startIndex, dot + 1 < base.endIndex else { return }
        let bytes = base[(dot + 1)...].prefix(32)
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return }
        let extensionText = String(decoding: bytes, as: UTF8.self).lowercased()
        claimed = extensionText
        let owners = DocumentFormat.allCases.filter { $0.extensions.contains(extensionText) }
        if let format {
            agrees = owners.contains(format)
        } else if !owners.isEmpty {
            agrees = false
        }
    }
}
