import BoundedProcess

extension DocumentReader {
    /// Fewer words than this that recognition is sure of are what it sees in a logo or a photograph.
    private static let fewestWords = 3

    /// Says which pictures inside of an office document are recognised: those whose pixels may be decoded.
    func openParts(_ opened: inout OpenedDocument) {
        for index in opened.reading.pages.indices {
            let page = opened.reading.pages[index]
            guard let part = page.part, let picture = page.picture else { continue }
            let (count, overflow) = picture.width.multipliedReportingOverflow(by: picture.height)
            if overflow || count > limits.pixels {
                let size = "\(picture.width) by \(picture.height) pixels"
                opened.reading.pages[index].findings.append(
                    .limit("the picture '\(part)' has \(size)", page: page.number)
                )
            } else {
                opened.waiting.append(index)
            }
        }
    }

    /// Draws a picture inside of an office document.
    func drawPart(
        _ part: String,
        _ scale: PictureScale,
        _ opened: OpenedDocument
    ) throws -> BoundedOutcome {
        try helper.run(
            "part",
            opened.request.file,
            [part, "grey", String(scale.across), String(scale.down), "0"],
            limits: limits.picture,
            by: opened.programs
        )
    }

    /// Whether what was recognised in a picture is a text at all.
    func isText(_ table: TesseractTable) -> Bool { table.sure.count >= Self.fewestWords }
}
