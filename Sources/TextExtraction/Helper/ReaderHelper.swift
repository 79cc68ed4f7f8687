import BoundedProcess
import FileSafety
import Foundation
import Glibc
import SystemPackage

/// What the program does when it is started to read one file for another process of ours, inside `BoundedProcess`.
///
/// Libraries that take files apart (libmagic, libarchive, Expat, Leptonica, qpdf) run here and nowhere else: what a hostile
/// file does to them, it does to a process that can write to its standard output only. The program's entry hands over
/// when its first word is `ReaderHelper.word`.
package enum ReaderHelper {
    /// The first word of a call to the helper; no command has it.
    package static let word = "internal-read-file"
    /// How many bytes an attached file may have.
    static let attachedBytes = 256 << 20

    /// Reads one file and writes the answer to standard output.
    ///
    /// - Parameter words: what came behind `word`: `identify FILE`, `inspect FILE PAGES BYTES`, `png` or
    ///   `grey` with `FILE PAGE ACROSS DOWN TURN` (percent, percent, degrees), `part FILE NAME` with `png` or `grey` and the
    ///   same of a picture inside, `turn DEGREES` of a PNG at standard input, or `attached FILE OBJECT GENERATION` of a PDF.
    /// - Returns: the exit status: 0 when there is an answer, 1 when the file could not be read, 64 for other words.
    package static func run(_ words: [String]) -> CInt {
        do {
            switch (words.first, words.count) {
            case ("inspect", 4):
                guard let pages = Int(words[2]), let bytes = Int(words[3]) else { return 64 }
                var limits = ReadingLimits()
                (limits.pages, limits.pageText) = (pages, bytes)
                let inspection = try FileInspection(FilePath(words[1]), limits: limits).answer()
                write([UInt8](try JSONEncoder().encode(inspection)))
            case ("identify", 2):
                write([UInt8](try JSONEncoder().encode(try FileInspection(FilePath(words[1])).identity())))
            case ("part", 7):
                guard let form = PictureFile.Form(rawValue: words[3]),
                    let rendering = PictureFile.Rendering(form: form, Array(words[4...]))
                else {
                    return 64
                }
                write(try PictureFile.part(words[2], of: FilePath(words[1]), rendering: rendering))
            case ("attached", 4):
                guard let number = Int32(words[2]), let generation = Int32(words[3]) else { return 64 }
                let file = try PDFObjects(FilePath(words[1]))
                let object = file.object(PDFObjects.Name(number: number, generation: generation))
                guard let content = file.data(object, limit: attachedBytes) else {
                    throw PictureError(reason: "its content cannot be unpacked, or is too much")
                }
                write(content)
            case ("turn", 2):
                guard let turn = Int(words[1]), PageReading.turns.contains(turn) else { return 64 }
                write(try PictureFile.turned(standardInput(), by: turn))
            case ("png", 6), ("grey", 6):
                guard let form = PictureFile.Form(rawValue: words[0]), let page = Int(words[2]), page > 0,
                    let across = Int(words[3]), let down = Int(words[4]), (1...800).contains(across),
                    (1...800).contains(down), let turn = Int(words[5]), turn == 0 || PageReading.turns.contains(turn)
                else {
                    return 64
                }
                let path = FilePath(words[1])
                let status = try OpenFile.reading(path).status()
                let head = try OpenFile.reading(path).beginning(min(status.size, PictureKind.most))
                // What is none of them is a picture in the file's name only, and its pixels say so.
                let kind = PictureKind(head) ?? .jpeg
                let rendering = PictureFile.Rendering(form: form, across: across, down: down, turn: turn)
                write(try PictureFile.page(path, page, kind: kind, rendering: rendering))
            default: return 64
            }
            return 0
        } catch {
            write([UInt8]("\(error)\n".utf8), to: 2)
            return 1
        }
    }

    /// All of standard input.
    private static func standardInput() -> [UInt8] {
        var all: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = unsafe part.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress, $0.count) }
            guard count > 0 else { return all }
            all += part[..<count]
        }
    }

    /// Whoever reads it sees what is missing by itself.
    private static func write(_ bytes: [UInt8], to descriptor: CInt = 1) {
        _ = WholeWrite.write(bytes, to: descriptor)
    }
}

/// What the helper says of a file.
struct Inspection: Codable {
    /// What it is.
    var format: IdentifiedFormat
    /// Whether it cannot be read without a password.
    var isEncrypted = false
    /// Whether nothing could be said of it: no answer says so, the lack of one does.
    var isUntold = false
    /// What a PDF has beside its pages; nil where nobody could look.
    var inside: PDFInside?
    /// How many pages it has, where that is known.
    var pageCount: Int?
    /// Its pages: with their text, or with what the headers of pictures say.
    var pages: [PageReading] = []
    /// What is wrong with it.
    var findings: [ReadingFinding] = []
}

/// Looks at one file: what it is, and what an office document or a plain text says.
struct FileInspection {
    private let path: FilePath
    private let limits: ReadingLimits
    /// How many bytes of a text or of an old office file are read.
    private static let mostBytes = 256 << 20

    init(_ path: FilePath, limits: ReadingLimits = ReadingLimits()) {
        self.path = path
        self.limits = limits
    }

    /// What libmagic says alone: the answer where looking closer came to nothing.
    func identity() throws -> Inspection {
        let verdict = try MagicLibrary.open().look(at: path)
        var found = Inspection(format: IdentifiedFormat(format: nil, mediaType: verdict.mediaType, name: verdict.name))
        if let format = DocumentFormat.allCases.first(where: { $0.mediaType == verdict.mediaType }) {
            found.format.set(format, name: verdict.name)
        }
        return found
    }

    /// The whole answer.
    ///
    /// - Throws: `FileSafetyError`, `MagicError` where nothing at all can be said.
    func answer() throws -> Inspection {
        let size = try OpenFile.reading(path).status().size
        let verdict = try MagicLibrary.open().look(at: path)
        var found = Inspection(
            format: IdentifiedFormat(format: nil, mediaType: verdict.mediaType, name: verdict.name)
        )
        if size == 0 {
            found.format.name = "an empty file"
            found.findings.append(
                ReadingFinding(.empty, .fault, "the file holds nothing", remedy: "look for the file that was meant")
            )
            return found
        }
        let head = try OpenFile.reading(path).beginning(1024)
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || verdict.mediaType == "application/zip" {
            try readZip(into: &found)
        } else if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            try readCompound(into: &found)
        } else if isPDF(head, verdict) {
            found.format.set(.pdf, name: verdict.mediaType == "application/pdf" ? verdict.name : "PDF document")
            lookInside(&found)
        } else if !verdict.mediaType.hasPrefix("text/"), let picture = PictureKind(head) {
            found.format.set(picture.format, name: verdict.name)
            readPicture(picture, into: &found)
        } else if verdict.mediaType == "application/octet-stream", try OfficeParts.mayHaveFront(path) {
            try readZip(into: &found)
            if found.format.format == nil { try readPlain(verdict, size: size, into: &found) }
        } else {
            try readPlain(verdict, size: size, into: &found)
        }
        return found
    }

    /// A PDF may have up to a kilobyte of something else in front (ISO 32000-1, annex H, 3.4.1, note 13).
    private func isPDF(_ head: [UInt8], _ verdict: MagicVerdict) -> Bool {
        if verdict.mediaType == "application/pdf" { return true }
        let mark = Array("%PDF-".utf8)
        guard head.count >= mark.count, !verdict.mediaType.hasPrefix("text/") else { return false }
        return (0...(head.count - mark.count)).contains { head[$0..<($0 + mark.count)].elementsEqual(mark) }
    }

    /// Looks for what a PDF has beside its pages; one that qpdf cannot open is left to poppler, which says why.
    private func lookInside(_ found: inout Inspection) {
        do throws(PDFObjectsError) {
            found.inside = try PDFInsideReader.read(path)
        } catch {
            if case .damaged(let words) = error {
                found.findings.append(.partNotRead("what it has beside its pages (\(words))"))
            }
        }
    }

    // MARK: - Office documents

    private func readZip(into found: inout Inspection) throws {
        let zip = try ZipParts(path)
        let parts = OfficeParts(zip, of: path)
        let isOdd = zip.damage != nil || (WordDocument.body(of: parts) ?? Workbook.list(of: parts)) == nil
        guard isOdd, !zip.isEncrypted, !zip.isTooLarge, openDocument(parts) == nil || zip.damage != nil,
            let (mended, count) = try OfficeParts.mended(of: path), count > 0 || zip.damage == nil
        else {
            return readOffice(parts, damage: zip.damage, zip, into: &found)
        }
        readOffice(mended, damage: nil, zip, into: &found)
        guard found.format.format != nil, count > 0 else { return }
        found.findings.append(
            ReadingFinding(
                .damaged,
                .warning,
                "\(count) bytes in front of the document or behind it do not belong to it, and were passed over",
                remedy: "ask for a copy that did not come through the program that put them there"
            )
        )
    }

    private func readOffice(
        _ parts: OfficeParts,
        damage: String?,
        _ zip: ZipParts,
        into found: inout Inspection
    ) {
        var fault: XMLFault?
        if let body = WordDocument.body(of: parts) {
            found.format.set(.docx, name: "Microsoft Word document (Office Open XML)")
            let read = WordDocument.read(parts, body: body, limits: limits)
            (found.pages, fault, found.pageCount) = ([read.page], read.fault, 1)
            found.findings += read.findings
        } else if let list = Workbook.list(of: parts) {
            found.format.set(.xlsx, name: "Microsoft Excel workbook (Office Open XML)")
            let read = Workbook.read(parts, list: list, limits: limits)
            (found.pages, fault, found.pageCount) = (read.pages, read.fault, read.total)
        } else if let kind = openDocument(parts) {
            found.format.set(kind, name: kind == .odt ? "OpenDocument text" : "OpenDocument spreadsheet")
            if OpenDocument.isEncrypted(parts) {
                found.isEncrypted = true
                return
            }
            let read =
                kind == .odt
                ? OpenDocument.readText(parts, limit: limits.pageText)
                : OpenDocument.readSheets(parts, limits: limits)
            (found.pages, fault, found.pageCount) = (read.pages, read.fault, read.pages.count)
            found.findings += read.findings
        } else {
            claimDamaged(zip, found.format.mediaType, into: &found)
        }
        found.isEncrypted = found.isEncrypted || zip.isEncrypted
        guard found.format.format != nil else { return }
        if zip.isTooLarge {
            found.findings.append(.limit("it holds more than may be read, as a bomb does"))
        } else if let damage, !found.isEncrypted {
            found.findings.append(.damaged("its container is damaged: \(damage)"))
        }
        if let fault { found.findings.append(.damaged(fault.words)) }
        if !found.isEncrypted, !zip.isTooLarge { OfficeInside(parts, limits).add(to: &found) }
    }

    /// A zip that libmagic takes for an office file by its beginning, though its parts cannot be found.
    private func claimDamaged(_ parts: ZipParts, _ mediaType: String, into found: inout Inspection) {
        guard let claimed = DocumentFormat.allCases.first(where: { $0.mediaType == mediaType }) else { return }
        found.format.set(claimed, name: found.format.name)
        if !parts.isTooLarge, parts.damage == nil { found.findings.append(.damaged("its main part is not in it")) }
    }

    private func openDocument(_ parts: OfficeParts) -> DocumentFormat? {
        guard let declared = parts.content["mimetype"], parts.names.contains("content.xml") else { return nil }
        let type = String(decoding: declared.prefix(256), as: UTF8.self)
        for format in [DocumentFormat.odt, .ods]
        where type == format.mediaType || type == format.mediaType + "-template" {
            return format
        }
        return nil
    }

    private func readCompound(into found: inout Inspection) throws {
        guard var file = CompoundFile(try OpenFile.content(of: path, limit: Self.mostBytes)) else { return }
        OldOffice.read(&file, limits: limits, into: &found)
    }

    // MARK: - Pictures and texts

    private func readPicture(_ kind: PictureKind, into found: inout Inspection) {
        do {
            let read = try PictureFile.pages(of: path, kind: kind, most: limits.pages)
            found.pages = read.pictures.enumerated().map { index, picture in
                var page = PageReading(number: index + 1)
                page.picture = picture
                return page
            }
            found.pageCount = read.count
            if read.count == nil { found.findings.append(.limit("it has more than \(limits.pages) pages")) }
            if let damage = read.damage { found.findings.append(.damaged(damage)) }
            if read.isMoving {
                found.findings.append(.partNotRead("what comes after the first of its moving pictures", .doubt))
            }
            for page in read.cut {
                found.pages[page - 1].findings.append(
                    .damaged("it is cut short, and a part of the page is not in it", page: page)
                )
            }
        } catch {
            found.findings.append(.damaged(error.reason))
        }
    }

    private func readPlain(_ verdict: MagicVerdict, size: Int, into found: inout Inspection) throws {
        // What libmagic calls a mail, a font or a program may be a text that begins like one: its letters decide.
        let isUnknown = verdict.mediaType == "application/octet-stream"
        let isText = verdict.mediaType.hasPrefix("text/") || verdict.charset != "binary"
        let isSheet = verdict.mediaType == DocumentFormat.xls.mediaType
        guard isText || isUnknown || isSheet, verdict.mediaType != "application/postscript" else { return }
        guard size <= Self.mostBytes else {
            found.findings.append(.limit("it has \(size) bytes, more than a text may have"))
            return
        }
        let file = try OpenFile.content(of: path, limit: Self.mostBytes)
        if OldOffice.readOldest(file, limits: limits, into: &found) { return }
        if WrittenText.read(file, limits: limits, into: &found) { return }
        guard let text = PlainText(file) else { return }
        found.format.set(.txt, name: "plain text in \(text.encoding.rawValue)")
        found.pageCount = text.pages.count
        for (index, page) in text.pages.prefix(limits.pages).enumerated() {
            var reading = PageReading(number: index + 1, text: page, source: page.isEmpty ? .none : .text)
            if page.utf8.count > limits.pageText {
                reading.text = String(decoding: page.utf8.prefix(limits.pageText), as: UTF8.self)
                reading.findings.append(.tooMuchText(page: index + 1, limit: limits.pageText))
            }
            found.pages.append(reading)
        }
        if text.zeros > 0 {
            found.findings.append(
                ReadingFinding(
                    .encoding,
                    .doubt,
                    "\(text.zeros == 1 ? "a zero byte stands" : "\(text.zeros) zero bytes stand") in the text, where characters may have been lost; they are left out",
                    remedy: "look at the file itself, and ask for a whole copy where something is missing"
                )
            )
        }
        if text.faults > 0 {
            found.findings.append(
                ReadingFinding(
                    .encoding,
                    .doubt,
                    "\(text.faults) places are no characters in \(text.encoding.rawValue) and are shown as U+FFFD",
                    remedy: "look at the file itself where such a mark stands"
                )
            )
        }
    }
}

extension IdentifiedFormat {
    /// Makes it one of the formats that are read.
    mutating func set(_ format: DocumentFormat, name: String) {
        self.format = format
        mediaType = format.mediaType
        self.name = name
    }
}

extension XMLFault {
    /// What is wrong, in words.
    var words: String {
        switch self {
        case .documentType: "a part of it has a document type, which office documents may not have"
        case .tooDeep: "its elements lie more than \(XMLReader.depth) deep"
        case .malformed(let words): "a part of it is no well-formed XML: \(words)"
        }
    }
}

extension ReadingFinding {
    /// A file that cannot be read, or not to its end.
    static func damaged(_ reason: String, page: Int? = nil) -> ReadingFinding {
        ReadingFinding(
            .damaged,
            .fault,
            page: page,
            "the file is damaged: \(reason)",
            remedy: "ask for a good copy; the file is kept as it came"
        )
    }

    /// A file, or a page, that takes more than it may.
    static func limit(_ reason: String, page: Int? = nil) -> ReadingFinding {
        ReadingFinding(
            .limit,
            .fault,
            page: page,
            "not all of it was read: \(reason)",
            remedy: "look at the file itself; it is kept as it came"
        )
    }
}
