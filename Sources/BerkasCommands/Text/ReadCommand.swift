import ArchiveHome
import ArgumentParser
import BoundedProcess
import Catalogue
import Operations
import RecordsModel
import TextExtraction

struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Reads what is kept: what each file is, and the text of its pages.",
        discussion: """
            Takes what has not been read yet: what 'ingest --no-read' or 'import' brought in, what was interrupted, and what \
            lacked a program that is installed now. Pages that are pictures are recognised, one a core at a time; a page that \
            is done is kept, so that an interrupted run carries on. What is wrong with a file is named by its page and stops \
            nothing else.

            Texts lie in 'derived/' and are made from the contents alone: the originals are never touched, and what is \
            deleted there is made anew by the next run.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("Only these records, each with @vN for one version.", valueName: "id"))
    var records: [RecordArgument] = []

    @Option(help: ArgumentHelp("Only the records of a fiscal year.", valueName: "year"))
    var year: Int?

    @Flag(help: "Read anew what was read before.")
    var redo = false

    func validate() throws {
        if year != nil, !records.isEmpty { throw ValidationError("name records, or give --year: not both") }
    }

    func run() throws {
        let home = try common.locateHome()
        let context = try common.context(for: home)
        let scope: ReadContents.Scope =
            records.isEmpty ? year.map { .year($0) } ?? .everything : .records(records.map(\.reference))
        let report = try ReadingRendering.run(home, context, scope, redo: redo, common)
        try ReadingRendering.summarise(report, common)
        Terminal.flush()
        try end(report.faulty + report.failed == 0 ? .done : report.files == 0 ? .failed : .partly)
    }
}

/// How it is shown what was read.
enum ReadingRendering {
    /// Reads, and tells of each file.
    static func run(
        _ home: Home,
        _ context: OperationContext,
        _ scope: ReadContents.Scope,
        redo: Bool,
        _ common: CommonOptions
    ) throws -> ReadReport {
        if let weakness = Isolation.best.weakness { context.notice(weakness) }
        let reading = try ReadContents(home, context, helper: HelperProgram.own())
        do {
            let report = try reading.run(scope, redo: redo) { item in
                try tell(item, common)
                Terminal.flush()
            }
            Terminal.clearProgress()
            return report
        } catch {
            Terminal.flush()
            throw error
        }
    }

    private static func tell(_ item: ReadItem, _ common: CommonOptions) throws {
        switch item {
        case .failed(let content, let why):
            let reference = RecordReference(id: content.record, version: content.version)
            if common.json {
                let object: [String: JSONValue] = [
                    "file": .string(content.name), "kind": .string("reading failure"), "message": .string(why),
                    "record": .string(content.record.description), "version": .integer(content.version),
                ]
                Terminal.result(String(decoding: try CanonicalJSON.line(object), as: UTF8.self))
            } else {
                Terminal.error("fault: \(reference) \(content.name.displayed) was not read: \(why.displayed)")
            }
        case .read(let content, let reading):
            let reference = RecordReference(id: content.record, version: content.version)
            try common.tell(
                "read          \(reference)  \(content.name.displayed)  \(facts(reading))",
                object(reading, file: content.name, of: reference)
            )
            guard !common.json else { return }
            for finding in reading.toldFindings {
                Terminal.error(line(finding, of: "\(reference) \(content.name.displayed)"))
            }
        }
    }

    /// The JSON object of kind `reading`.
    static func object(_ reading: DocumentReading, file: String, of reference: RecordReference) -> [String: JSONValue] {
        [
            "file": .string(file), "findings": .array(reading.allFindings.map { finding($0) }),
            "format": reading.format.format.map { .string($0.rawValue) } ?? .null,
            "isEncrypted": .boolean(reading.isEncrypted), "kind": .string("reading"),
            "mediaType": .string(reading.format.mediaType), "name": .string(reading.format.name),
            "pages": reading.pageCount.map { .integer($0) } ?? .null,
            "pagesRead": reading.pagesRead.map { .integer($0) } ?? .null,
            "recognised": .integer(reading.pages.count { $0.source == .recognised }),
            "record": .string(reference.id.description), "sha512": .string(reading.digest),
            "state": .string((reading.state ?? .read).rawValue),
            "version": .integer(reference.version ?? 1),
        ]
    }

    /// One line: where, what, why, what to do.
    static func line(_ finding: ReadingFinding, of subject: String) -> String {
        let place = subject + (finding.page.map { ", page \($0)" } ?? "")
        return "\(finding.severity.rawValue): \(place): \(finding.message.displayed); \(finding.remedy.displayed)"
    }

    /// Why a file was not read whole, or may be read wrongly.
    static func reasons(_ reading: DocumentReading?) -> [ReadingFinding] {
        reading?.toldFindings.filter { $0.severity != .warning } ?? []
    }

    /// The JSON object of a finding.
    static func finding(_ finding: ReadingFinding) -> JSONValue {
        .object([
            "code": .string(finding.code.rawValue), "message": .string(finding.message),
            "page": finding.page.map { .integer($0) } ?? .null, "remedy": .string(finding.remedy),
            "severity": .string(finding.severity.rawValue),
        ])
    }

    /// What a file is, in a few words: format, pages, resolution, where its text comes from.
    static func facts(_ reading: DocumentReading) -> String {
        // Of what libmagic says of a picture, the first words will do; a version tells something of any file.
        let said = reading.format.name.split(separator: ", ").map { String($0).displayed }
        var parts = Array(said.prefix(1)) + said.dropFirst().filter { $0.hasPrefix("version ") }
        if reading.isEncrypted { parts.append("encrypted") }
        if let count = reading.pageCount {
            parts.append(Count.text(count, "page"))
            if let read = reading.pagesRead, read < count { parts.append("\(read) read") }
        }
        let pictures = reading.pages.compactMap(\.picture)
        if let widest = pictures.max(by: { $0.width * $0.height < $1.width * $1.height }) {
            let resolutions = pictures.compactMap { [$0.horizontalDPI, $0.verticalDPI].compactMap(\.self).min() }
            parts.append(
                "\(widest.width) x \(widest.height) pixels"
                    + (resolutions.min().map { ", \($0) dpi" } ?? "") + ", \(widest.colour.rawValue)"
            )
        }
        let recognised = reading.pages.filter { $0.source == .recognised }
        if !recognised.isEmpty {
            let least = recognised.compactMap(\.confidence).min().map { ", confidence \(Int($0))" } ?? ""
            parts.append("\(recognised.count) recognised\(least)")
        }
        return parts.joined(separator: ", ")
    }

    /// Tells the numbers.
    static func summarise(_ report: ReadReport, _ common: CommonOptions) throws {
        func line(_ name: String, _ value: Int) -> String { "  " + name.padded(to: 30) + String(value) }
        var text = ["", report.files == 0 ? "Nothing new was read." : "Read:"]
        if report.files > 0 {
            text += [
                line("files (file)", report.files), line("pages (halaman)", report.pages),
                line("  read (terbaca)", report.pagesRead), line("  recognised (OCR)", report.recognised),
                line("  poor (kurang jelas)", report.poor),
            ]
        }
        if report.faulty + report.failed > 0 {
            text.append(line("not read whole (tidak terbaca)", report.faulty + report.failed))
        }
        if report.forgotten > 0 { text.append(line("forgotten, kept no more", report.forgotten)) }
        try common.tell(
            text.joined(separator: "\n"),
            [
                "contents": .integer(report.contents), "cut": .integer(report.cut), "failed": .integer(report.failed),
                "faulty": .integer(report.faulty), "files": .integer(report.files),
                "forgotten": .integer(report.forgotten), "kind": .string("reading summary"),
                "pages": .integer(report.pages), "pagesRead": .integer(report.pagesRead), "poor": .integer(report.poor),
                "recognised": .integer(report.recognised),
            ]
        )
    }
}
