/// What programs say on standard error though they end as if all were well.
///
/// Warnings are for who makes such files. Errors are not: what is shown or read may lack something.
enum ProgramComplaints {
    /// The first error that poppler tells of, in its words; nil where it tells of none.
    static func poppler(_ errors: [UInt8]) -> String? {
        lines(errors).first { line in
            let head = line.prefix { $0 != ":" && $0 != "(" }
            return head.hasSuffix("Error") || head.hasSuffix("Error ") || head.hasPrefix("Unimplemented")
        }
    }

    /// What the libraries for pictures say.
    enum Picture: Equatable {
        /// A part of the pixels is missing.
        case cut(String)
        /// Something else.
        case doubt(String)
    }

    /// The worst that a library for pictures tells of; nil where that is nothing, or warnings.
    static func picture(_ errors: [UInt8]) -> Picture? {
        let said = lines(errors).filter { line in
            // Photographs of many a camera have these, and show all of what they should.
            !["warning", "Warning", "Invalid SOS parameters", "extraneous bytes", "Inconsistent progression"]
                .contains { line.contains($0) }
        }
        let missing = ["Premature end", "premature end", "Not enough data", "Read error", "Corrupt JPEG data"]
        if let line = said.first(where: { line in missing.contains { line.contains($0) } }) { return .cut(line) }
        return said.first.map { .doubt($0) }
    }

    private static func lines(_ errors: [UInt8]) -> [String] {
        errors.split(separator: 0x0A).prefix(200).map { line in
            let text = String(decoding: line.prefix(200), as: UTF8.self)
            return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
        }
    }
}

extension ReadingFinding {
    /// A program that complained, and ended as if all were well.
    static func complaint(_ words: String, page: Int? = nil) -> ReadingFinding {
        ReadingFinding(
            .complaint,
            .doubt,
            page: page,
            "something of it may be missing or wrong: the program that reads it says '\(words)'",
            remedy: "compare the text with what the file shows"
        )
    }

    /// A text layer whose words are not what the page shows.
    static func layerDistrusted(_ reason: String, page: Int) -> ReadingFinding {
        ReadingFinding(
            .layerDistrusted,
            .doubt,
            page: page,
            "the page's own text is not what it shows: \(reason); what was recognised in its picture is kept with it",
            remedy: "look at the picture of the page; its own text cannot be copied or searched as it is shown"
        )
    }
}
