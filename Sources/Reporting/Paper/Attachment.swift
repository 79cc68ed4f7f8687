/// Something that is attached to a paper: a thing that is only named, or a photograph that is printed.
package struct Attachment: Hashable, Sendable {
    /// The formats of photographs, told by their first bytes.
    package enum Format: String, Hashable, Sendable, CaseIterable {
        /// JPEG.
        case jpeg = "image/jpeg"
        /// PNG.
        case png = "image/png"

        fileprivate var signature: [UInt8] {
            switch self {
            case .jpeg: [0xFF, 0xD8, 0xFF]
            case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            }
        }
    }

    /// A photograph.
    package struct Photograph: Hashable, Sendable {
        /// The format.
        package let format: Format
        /// The file's bytes.
        package let bytes: [UInt8]
    }

    /// The longest photograph that is taken, in bytes.
    package static let limit = 8 << 20

    /// What it is.
    package let title: String
    /// The photograph, where it is one.
    package let photograph: Photograph?

    /// Something that is named and not printed.
    package init(_ title: String) {
        self.title = title
        photograph = nil
    }

    /// A photograph.
    ///
    /// - Throws: `ReportingError`: `tooLarge` above `limit`, `attachment` where the bytes begin as neither JPEG nor PNG.
    package init(_ title: String, photograph bytes: [UInt8]) throws(ReportingError) {
        guard bytes.count <= Self.limit else {
            throw ReportingError(
                .tooLarge,
                message: "the photograph '\(PaperText.printable(title))' has \(bytes.count) bytes",
                remedy: "make it smaller, to at most \(Self.limit) bytes"
            )
        }
        guard let format = Format.allCases.first(where: { bytes.starts(with: $0.signature) }) else {
            throw ReportingError(
                .attachment,
                message: "the photograph '\(PaperText.printable(title))' is neither JPEG nor PNG by its first bytes",
                remedy: "save it as JPEG or PNG"
            )
        }
        self.title = title
        photograph = Photograph(format: format, bytes: bytes)
    }
}
