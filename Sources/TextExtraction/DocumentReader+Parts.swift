import BoundedProcess
import FileSafety
import Foundation
import Glibc
import Synchronization
import SystemPackage

/// Where in a file a file is read that is attached to another: how deep, and out of whose budget.
struct Nesting: Sendable {
    /// How many files deep a file may lie in others.
    static let deepest = 3
    /// How many attached files are read of one file, those in others among them.
    static let most = 200

    /// How its programs are run: all that is attached is paid for by the file that was asked for.
    let programs: ReadingPrograms
    /// 0 for the file that was asked for.
    let depth: Int
    /// How many attached files may still be read.
    let left: Counter

    /// A number that all readings of one file share.
    final class Counter: Sendable {
        private let value: Mutex<Int>

        init(_ value: Int) { self.value = Mutex(value) }

        /// Takes one; false where none is left.
        func take() -> Bool {
            value.withLock { value in
                value -= 1
                return value >= 0
            }
        }
    }

    /// The same, one file deeper.
    var inner: Nesting { Nesting(programs: programs, depth: depth + 1, left: left) }
}

extension DocumentReader {
    /// Reads the files that are attached to a PDF, each by the readers of its own format, as parts of it.
    ///
    /// - Throws: `FileSafetyError` where one cannot be laid down to be read; `BoundedProcessError`; `CancellationError`.
    func readParts(of opened: inout OpenedDocument, _ nesting: Nesting) throws {
        guard let files = opened.inside?.files, !opened.reading.isEncrypted else { return }
        for (index, file) in files.enumerated() {
            let name = Self.distinct(file.name, index, among: files)
            let subject = "the attached file '\(name)'"
            if index == 100, files.count > 200 {
                opened.reading.findings.append(.partNotRead("what is in \(files.count - 100) more attached files"))
                return
            }
            guard nesting.depth < Nesting.deepest, nesting.left.take() else {
                opened.reading.findings.append(
                    .partNotRead("\(subject), which lies too deep in others or behind \(Nesting.most) others,")
                )
                continue
            }
            if opened.programs.budget.cut != nil {
                opened.reading.findings.append(.partNotRead(subject))
                continue
            }
            let outcome = try helper.run(
                "attached",
                opened.request.file,
                [String(file.object.number), String(file.object.generation)],
                limits: limits.document,
                by: opened.programs
            )
            guard outcome.isSuccess else {
                opened.reading.findings.append(.partNotRead("\(subject) (\(outcome.reason))"))
                continue
            }
            let place = try PartPlace(of: opened.request, index)
            defer { place.remove() }
            try place.lay(outcome.output)
            let request = ReadingRequest(file: place.file, name: Array(file.name.utf8), digest: "", pages: place.pages)
            opened.add(try read(request, nesting.inner), named: name, limit: limits.pages)
        }
    }

    /// A name that no file before it has.
    private static func distinct(_ name: String, _ index: Int, among files: [PDFInside.Attached]) -> String {
        let before = files[..<index].count { $0.name == name }
        return before == 0 ? name : "\(name) (\(before + 1))"
    }
}

/// Where an attached file lies while it is read.
private struct PartPlace {
    let folder: FilePath
    /// The file.
    let file: FilePath
    /// The folder for its finished pages; nil where none are kept.
    let pages: FilePath?

    /// Below the folder of finished pages, so that it goes with them; in a folder of its own where there is none.
    init(of request: ReadingRequest, _ index: Int) throws {
        if let pages = request.pages {
            folder = pages.appending("part-\(index)")
            self.pages = folder.appending("pages")
            let files = DurableFiles(home: RightsBelow(above: folder))
            try files.makeDirectories(folder)
        } else {
            var template = Array((NSTemporaryDirectory() + "/berkas-XXXXXX").utf8CString)
            guard unsafe mkdtemp(&template) != nil else {
                let reason = "no folder can be made for an attached file"
                throw FileSafetyError(
                    .noSpace,
                    operation: "make",
                    path: FilePath(NSTemporaryDirectory()),
                    reason: reason
                )
            }
            folder = FilePath(String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
            pages = nil
        }
        file = folder.appending("content")
    }

    func lay(_ content: [UInt8]) throws {
        let files = DurableFiles(home: RightsBelow(above: folder))
        try files.removeIfPresent(FilePath(file.string + ".new"))
        try files.replace(file, content)
    }

    /// Takes the file away again; finished pages stay until the whole is read.
    func remove() {
        let files = DurableFiles(home: RightsBelow(above: folder))
        if pages == nil { try? files.removeTree(folder) } else { try? files.removeIfPresent(file) }
    }
}

extension OpenedDocument {
    /// What a form of its own kind is called as a part.
    private static let formName = "XFA form"

    /// Says what a PDF has beside its pages and is not read, or not as it is shown.
    mutating func tellInside(isXFA: Bool) {
        guard let inside else {
            if isXFA { reading.findings.append(.partNotRead("the form of Adobe's XFA kind that it is")) }
            return
        }
        for what in inside.unread.prefix(100) { reading.findings.append(.partNotRead(what)) }
        if inside.unread.count > 100 {
            reading.findings.append(.partNotRead("what is in \(inside.unread.count - 100) more parts"))
        }
        if !inside.hidden.isEmpty {
            let names = inside.hidden.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
            let more = inside.hidden.count > 10 ? " and \(inside.hidden.count - 10) more" : ""
            let what = "what stands on the layers \(names)\(more), which are switched off,"
            reading.findings.append(
                .partNotRead(what, .doubt, remedy: "switch the layers on in a program that shows it")
            )
        }
        if inside.isCut {
            reading.findings.append(.limit("it has more comments, fields or attached files than are looked at"))
        }
        if let complaint = inside.complaint { reading.findings.append(.complaint(complaint)) }
    }

    /// Takes what was read of an attached file.
    mutating func add(_ part: DocumentReading, named name: String, limit: Int) {
        let subject = "the attached file '\(name)'"
        let isUnread = part.pages.isEmpty
        for finding in part.findings {
            if isUnread, finding.severity == .fault {
                reading.findings.append(.partNotRead("\(subject) (\(finding.message))", remedy: finding.remedy))
            } else {
                var told = finding
                told.page = nil
                told.message = "\(subject): \(finding.message)"
                reading.findings.append(told)
            }
        }
        for var page in part.pages {
            guard reading.pages.count + parts.count < limit else {
                let words = "it and the files attached to it have more than \(limit) pages"
                if !reading.findings.contains(where: { $0.message.hasSuffix(words) }) {
                    reading.findings.append(.limit(words))
                }
                return
            }
            page.part = page.part.map { "\(name) / \($0)" } ?? name
            parts.append(page)
        }
    }

    /// Puts comments and values behind the texts of their pages, and the parts behind the pages.
    func withInside(_ reading: DocumentReading) -> DocumentReading {
        var reading = reading
        let own = reading.pages.count
        if let inside {
            var places: [Int: Int] = [:]
            for (index, page) in reading.pages.enumerated() { places[page.number] = index }
            for (number, remarks) in Dictionary(grouping: inside.remarks, by: \.page) {
                if let place = places[number] { reading.pages[place].add(remarks) }
            }
            addForm(inside, to: &reading)
        }
        reading.pages += parts
        let first = own == 0 ? 0 : reading.pages[own - 1].number
        for index in own..<reading.pages.count {
            let number = first + index - own + 1
            reading.pages[index].number = number
            for place in reading.pages[index].findings.indices { reading.pages[index].findings[place].page = number }
        }
        return reading
    }

    private func addForm(_ inside: PDFInside, to reading: inout DocumentReading) {
        guard !inside.form.isEmpty || inside.isFormAlone else { return }
        var lines = inside.form
        if !inside.isFormAlone {
            // What the pages show as well is not said twice.
            let shown = reading.pages.map { ShownWords($0.text) }
            lines = lines.filter { line in
                let value = line.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? line
                return !shown.contains { $0.contain(value) }
            }
        } else {
            for index in reading.pages.indices
            where reading.pages.count <= 2 || reading.pages[index].text.utf8.count < 600 {
                reading.pages[index].findings.append(.standsForForm(page: reading.pages[index].number))
            }
        }
        guard !lines.isEmpty else { return }
        var page = PageReading(number: 1, text: lines.joined(separator: "\n"), source: .text)
        page.part = Self.formName
        reading.pages.append(page)
    }
}

/// The words of a page, to see whether it has others among them.
private struct ShownWords {
    private let text: String

    init(_ text: String) { self.text = " " + Self.plain(text) + " " }

    private static func plain(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }

    func contain(_ words: String) -> Bool {
        let plain = Self.plain(words)
        return !plain.isEmpty && text.contains(" " + plain + " ")
    }
}

extension PageReading {
    /// Adds comments and values behind the text; those that the page shows anyway stand in it already.
    fileprivate mutating func add(_ remarks: [PDFInside.Remark]) {
        let shown = ShownWords(text)
        var bytes = Array(text.utf8)
        for remark in remarks where !(remark.isPainted && shown.contain(remark.text)) {
            if !bytes.isEmpty { bytes.append(0x0A) }
            let start = bytes.count
            if let label = remark.label { bytes += Array("\(label): ".utf8) }
            bytes += Array(remark.text.utf8)
            spans.append(
                TextSpan(remark.kind, start: start, end: bytes.count, author: remark.author, date: remark.date)
            )
            if source == .none { source = .text }
        }
        text = String(decoding: bytes, as: UTF8.self)
    }
}

extension ReadingFinding {
    /// A page that only says that another program is needed to see the form that the document is.
    static func standsForForm(page: Int) -> ReadingFinding {
        partNotRead(
            "the page stands for a form that few programs show: the form's words come behind it, and how it looks",
            .doubt,
            remedy: "open the file in Adobe Reader, and file what it shows as a PDF or a scan of its own",
            page: page
        )
    }
}
