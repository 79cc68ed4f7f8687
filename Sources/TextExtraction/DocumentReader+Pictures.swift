import BoundedProcess

extension DocumentReader {
    /// Fewer words than this that recognition is sure of are what it sees in a logo or a photograph.
    private static let fewestWords = 3

    /// Says which pictures inside of an office document are recognised: those whose pixels may be decoded.
    func openInnerPictures(_ opened: inout OpenedDocument) {
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

    /// A picture of a page has more pixels than this on its longer side; a logo has fewer, and stands upright.
    private static let leastPage = 1000

    /// Whether a picture inside may be a page that lies on a side.
    func mayLie(_ page: PageReading) -> Bool {
        guard page.part != nil, let picture = page.picture else { return true }
        return max(picture.width, picture.height) >= Self.leastPage
    }

    /// How a picture inside is brought to the resolution that recognition is best at.
    ///
    /// Its size on the paper is the document's choice, so that pixels have to tell: of a screen, of a scan, of a camera.
    func partScale(_ picture: PagePicture) -> PictureScale {
        let longest = max(picture.width, picture.height)
        let percent = longest < 1200 ? 300 : longest < 2400 ? 200 : longest <= 5000 ? 100 : max(10, 500_000 / longest)
        return PictureScale(across: percent, down: percent, dpi: Recogniser.resolution)
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

extension DocumentReading {
    /// Leaves out logos and photographs: pictures inside of a document in which there was nothing to read, and nothing wrong.
    mutating func dropPicturesWithoutText() {
        pages.removeAll { $0.part != nil && $0.picture != nil && $0.text.isEmpty && $0.findings.isEmpty }
        let own = pages.count { $0.part == nil }
        for index in pages.indices where pages[index].part != nil && pages[index].number != index + 1 && index >= own {
            pages[index].number = index + 1
            for place in pages[index].findings.indices { pages[index].findings[place].page = index + 1 }
        }
    }
}
