/// What lies in an office document beside its own text: pictures, and files of other programs.
///
/// Each is a page of its own, read or named as not read. A picture that stands in many places is one, and icons, in
/// which no line of text has room, are none.
struct OfficeInside {
    private let parts: OfficeParts
    private let limits: ReadingLimits
    private var pictures: Set<String> = []
    private var packages: Set<String> = []
    private var unread: Set<String> = []

    /// How many pictures and packages of one document are read.
    private static let most = 200
    /// Smaller than this on a side, in pixels, is an icon or a line.
    private static let leastSide = 24
    /// Fewer pixels than this are an icon.
    private static let leastArea = 8_000

    /// What came of one part.
    private enum Outcome {
        case picture(PagePicture, isCut: Bool)
        case pages([PageReading], [ReadingFinding])
        case nothing
        case unread
    }

    /// Finds what lies in a document.
    init(_ parts: OfficeParts, _ limits: ReadingLimits) {
        self.parts = parts
        self.limits = limits
        let names = Set(parts.names)
        for name in parts.names where name.lowercased().hasSuffix(".rels") && name.lowercased() != "_rels/.rels" {
            // The tables behind charts are shown by the charts.
            if name.contains("/charts/_rels/") { collect(name, names, isChart: true) } else { collect(name, names) }
        }
        for name in parts.names where parts.content["mimetype"] != nil && !name.hasSuffix("/") {
            let folders = name.split(separator: "/")
            if folders.dropLast().contains("Pictures") || folders.first == "media" {
                pictures.insert(name)
            } else if folders.count == 1, name.hasPrefix("Object ") {
                unread.insert(name)
            }
        }
    }

    private mutating func collect(_ file: String, _ names: Set<String>, isChart: Bool = false) {
        var folders = file.split(separator: "/")
        if folders.count > 1 { folders.remove(at: folders.count - 2) }
        let part = folders.joined(separator: "/").dropLast(".rels".count)
        for relation in PackageRelations(of: String(part), in: parts).relations where names.contains(relation.part) {
            switch relation.type {
            case "image", "hdphoto": pictures.insert(relation.part)
            case "package": if !isChart { packages.insert(relation.part) }
            case "oleObject": if !isChart { unread.insert(relation.part) }
            case "video", "audio", "media": unread.insert(relation.part)
            default: break
            }
        }
    }

    /// Adds a page for each, behind those that are there.
    func add(to found: inout Inspection) {
        func order(_ one: String, _ other: String) -> Bool {
            (one.utf8.count, one) < (other.utf8.count, other)
        }
        let sorted = pictures.sorted(by: order) + packages.subtracting(pictures).sorted(by: order)
        let wanted = sorted.prefix(Self.most)
        var outcomes: [String: Outcome] = [:]
        // As bytes, and not as digests: nobody can make one picture hide another.
        var seen: Set<[UInt8]> = []
        _ = parts.read(Set(wanted)) { name, bytes in
            outcomes[name] = seen.insert(bytes).inserted ? look(at: bytes) : .nothing
        }
        for name in wanted {
            let number = (found.pages.last?.number ?? 0) + 1
            switch outcomes[name] ?? .unread {
            case .picture(let picture, let isCut):
                var page = PageReading(number: number)
                (page.part, page.picture) = (name, picture)
                if isCut { page.findings = [.damaged("the picture '\(name)' is cut short", page: number)] }
                found.pages.append(page)
            case .pages(let pages, let findings):
                for (index, page) in pages.enumerated() {
                    var page = page
                    (page.number, page.part) = (number + index, name)
                    for index in page.findings.indices { page.findings[index].page = page.number }
                    found.pages.append(page)
                }
                found.findings += findings
            case .nothing: break
            case .unread: found.findings.append(.partNotRead("the part '\(name)'"))
            }
        }
        for name in unread.sorted(by: order).prefix(Self.most) {
            found.findings.append(.partNotRead("the object '\(name)'"))
        }
        let left = max(0, sorted.count - Self.most) + max(0, unread.count - Self.most)
        if left > 0 { found.findings.append(.partNotRead("\(left) more pictures and objects")) }
    }

    /// Names each, where nothing of it can be drawn.
    func nameAll(in found: inout Inspection) {
        for name in pictures.union(packages).union(unread).sorted().prefix(Self.most) {
            found.findings.append(.partNotRead("the part '\(name)'"))
        }
    }

    private func look(at bytes: [UInt8]) -> Outcome {
        if let picture = PictureFile.picture(in: bytes) {
            let isIcon =
                min(picture.width, picture.height) < Self.leastSide
                || picture.width.multipliedReportingOverflow(by: picture.height).partialValue < Self.leastArea
            return isIcon
                ? .nothing : .picture(picture, isCut: bytes.starts(with: [0xFF, 0xD8]) && JPEGSegments.isCut(bytes))
        }
        if bytes.starts(with: [0x50, 0x4B]) { return package(bytes) }
        if String(decoding: bytes.prefix(4096), as: UTF8.self).contains("<svg") {
            let reader = VectorText(limit: limits.pageText)
            guard XMLReader.read(bytes, reader) == nil else { return .unread }
            return reader.builder.isEmpty ? .nothing : .pages([reader.builder.page(1)], [])
        }
        return .unread
    }

    /// A document inside of the document; what lies in that is named only.
    private func package(_ bytes: [UInt8]) -> Outcome {
        guard let inner = OfficeParts(bytes) else { return .unread }
        var pages: [PageReading] = []
        var findings: [ReadingFinding] = []
        if let body = WordDocument.body(of: inner) {
            let read = WordDocument.read(inner, body: body, limits: limits, depth: 1)
            guard read.fault == nil else { return .unread }
            (pages, findings) = ([read.page], read.findings)
        } else if let list = Workbook.list(of: inner) {
            let read = Workbook.read(inner, list: list, limits: limits)
            guard read.fault == nil else { return .unread }
            pages = read.pages
        } else {
            return .unread
        }
        let inside = OfficeInside(inner, limits)
        for name in inside.pictures.union(inside.packages).union(inside.unread).sorted().prefix(20) {
            findings.append(.partNotRead("the part '\(name)' of a document inside of it"))
        }
        return .pages(pages, findings)
    }
}

/// The text of a drawing in Scalable Vector Graphics.
private final class VectorText: XMLHandler {
    private(set) var builder: TextBuilder
    private var depth = 0

    init(limit: Int) { builder = TextBuilder(limit: limit) }

    var isFinished: Bool { builder.isFull }

    func start(_ name: String, _ attributes: XMLAttributes) {
        if name == "text" {
            builder.endLine()
            depth += 1
        } else if depth > 0 {
            builder.addSpace()
        }
    }

    func end(_ name: String) {
        guard name == "text" else { return }
        depth = max(0, depth - 1)
        builder.endLine()
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard depth > 0 else { return }
        unsafe builder.append(piece)
    }
}
