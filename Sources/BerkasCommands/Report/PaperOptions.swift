import ArchiveHome
import ArgumentParser
import FileSafety
import Foundation
import Intake
import Operations
import RecordsModel
import Reporting
import SystemPackage

/// Who signs, as a word of a command: `name`, `name;office` or `name;office;NIP`.
struct SignerArgument: ExpressibleByArgument {
    let signer: Signer

    init?(argument: String) {
        let parts = argument.split(separator: ";", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard let name = parts.first, !name.isEmpty, parts.count <= 3 else { return nil }
        func part(_ place: Int) -> String? { parts.count > place && !parts[place].isEmpty ? parts[place] : nil }
        signer = Signer(name, nip: part(2), position: part(1))
    }
}

extension DisposalPaper.ListForm: ExpressibleByArgument {}
extension SheetSize: ExpressibleByArgument {}

/// What a person says of the records of a paper, since the archive does not know it.
struct FactOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Said of every record: asli, salinan …", valueName: "words"))
    var originality: String?

    @Option(help: ArgumentHelp("Said of every record: kertas, elektronik …", valueName: "words"))
    var medium: String?

    @Option(help: ArgumentHelp("Said of every record: baik, rapuh, rusak.", valueName: "words"))
    var condition: String?

    @Option(help: ArgumentHelp("Said of every record: vital, terjaga, biasa.", valueName: "words"))
    var category: String?

    @Option(
        help: ArgumentHelp(
            "What is said of each: CSV with the column record, and any of originality, medium, condition, category, "
                + "quantity, items, published, link, into, device, converted.",
            valueName: "file"
        )
    )
    var facts: String?

    /// What was said.
    func said() throws -> PaperFacts {
        var said = PaperFacts()
        said.all.originality = originality
        said.all.medium = medium
        said.all.condition = condition
        said.all.category = category
        if let facts { try said.read(FilePath(argument: facts)) }
        return said
    }
}

/// What every paper of the office is asked for, and how it is written.
struct PaperOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The paper's file; .html, .pdf, .xlsx or .csv.", valueName: "file"))
    var to: String?

    @Option(help: ArgumentHelp("The paper's own number.", valueName: "number"))
    var number: String?

    @Option(help: ArgumentHelp("The paper's day, YYYY-MM-DD; else today.", valueName: "date"))
    var date: CivilDate?

    @Option(help: ArgumentHelp("Where it is signed.", valueName: "place"))
    var place: String?

    @Option(help: ArgumentHelp("f4 or a4.", valueName: "sheet"))
    var sheet: SheetSize = .f4

    @Option(help: ArgumentHelp("A Mustache template instead of that of 'templates/'.", valueName: "file"))
    var template: String?

    @Option(help: ArgumentHelp("Keep the paper as a record, under this classification code.", valueName: "code"))
    var fileAs: String?

    @Option(help: ArgumentHelp("With --file-as: the document type of that record.", valueName: "type"))
    var fileType = "berita-acara"

    /// Stops where no file is named, or where a template would be passed over.
    func requireFile() throws {
        guard let to else { throw ValidationError("name the paper's file with --to") }
        let ending = FilePath(argument: to).extension?.lowercased()
        if template != nil, ending == "xlsx" || ending == "csv" {
            throw ValidationError("--template is for .html and .pdf: a table has none")
        }
    }

    /// Number, date, place, letterhead and sheet.
    func frame(of home: Home, today: CivilDate, checkpoint: PaperCheckpoint? = nil) -> PaperFrame {
        PaperFrame(
            letterhead: Letterhead(office: home.settings.office),
            number: number,
            date: date ?? today,
            place: place,
            checkpoint: checkpoint,
            sheet: sheet
        )
    }

    /// Names what is empty, enters the paper in the ledger, and writes it; nothing that is there is replaced.
    ///
    /// - Parameters:
    ///   - paper: the paper.
    ///   - subject: what it is of, for the ledger.
    ///   - facts: SHA-512 of the table of facts that it was made with.
    ///   - mayGoUnentered: whether it is written, with a note, where the home cannot be written to.
    ///   - home: the home.
    ///   - common: who prints.
    /// - Throws: `OperationError`: `exists` where a file is there; `ReportingError` for a template or a program that fails;
    ///   `FileSafetyError` where the home cannot be written to.
    func write(
        _ paper: Paper,
        of subject: String,
        facts: String? = nil,
        mayGoUnentered: Bool = false,
        _ home: Home,
        _ common: CommonOptions
    ) throws {
        for column in paper.emptyColumns { Terminal.error("note: \(column.message)") }
        for part in paper.missingParts { Terminal.error("note: '\(part)' is not filled in") }
        let made = try files(paper, home, FilePath(argument: to ?? ""))
        for (path, _) in made where FileStatus.exists(path) {
            throw OperationError(
                .exists,
                message: "'\(path.string.displayed)' is there already",
                remedy: "name another file with --to; nothing was replaced"
            )
        }
        let printed = PaperPrinted(paper, of: subject, files: made, facts: facts)
        do {
            try PaperPress(home, common.context(for: home)).enter(printed)
        } catch  where mayGoUnentered && PaperPress.isUnwritable(error) {
            Terminal.error("note: the home cannot be written to: the ledger will not name this paper")
        }
        for (path, bytes) in made {
            try DurableFiles(tripwire: .none).replace(path, bytes)
            try common.tell(
                "wrote \(paper.title): \(path.string.displayed), \(Size.text(bytes.count))",
                [
                    "kind": .string("paper"), "paper": .string(paper.kind.rawValue), "path": .string(path.string),
                    "bytes": .integer(bytes.count), "empty": .array(paper.unfilled.map { .string($0) }),
                ]
            )
        }
        if let fileAs { try file(made.map(\.0), paper, under: fileAs, home, common) }
    }

    /// Takes the paper in as a record of its own, with its own retention.
    private func file(
        _ paths: [FilePath],
        _ paper: Paper,
        under code: String,
        _ home: Home,
        _ common: CommonOptions
    ) throws {
        let writer = try common.openWriter()
        let policy = try writer.home.intakePolicy()
        var said: Batch.Description = [
            .year: String(paper.date.year), .step: String(policy.procedure.steps.count), .type: fileType,
            .title: paper.title, .date: paper.date.description, .classification: code,
        ]
        said[.number] = number
        let batch = Batch.files(paths, described: said)
        let survey = try Ingest.survey(batch, policy: policy, books: writer.books)
        try IngestRendering.tell(survey.faults, common)
        var ingest = Ingest(writer, policy: policy)
        let report = try ingest.run(batch, survey: survey) { try IngestRendering.tell($0, common) }
        Terminal.flush()
        if report.versions == 0 {
            throw OperationError(
                .usage,
                message: "the paper was written, and is not kept as a record",
                remedy: "set right what was named above, then 'berkas ingest' the file"
            )
        }
    }

    private func files(_ paper: Paper, _ home: Home, _ target: FilePath) throws -> [(FilePath, [UInt8])] {
        switch target.extension?.lowercased() {
        case "html": return [(target, Array(try page(paper, home).utf8))]
        case "pdf":
            let renderer = PDFRenderer { Interruption.isRequested }
            return [(target, try renderer.bytes(of: page(paper, home), date: paper.date))]
        case "xlsx": return [(target, try XLSXRenderer().bytes(of: paper))]
        case "csv":
            let files = CSVRenderer().files(of: paper)
            guard files.count > 1 else { return files.map { (target, $0.content) } }
            let stem = target.stem ?? ""
            return zip(paper.tables, files).map { table, file in
                (target.removingLastComponent().appending("\(stem)-\(table.id).csv"), file.content)
            }
        default:
            throw OperationError(
                .usage,
                message: "the name '\(target.string.displayed)' does not tell the form of the paper",
                remedy: "end it with .html, .pdf, .xlsx or .csv"
            )
        }
    }

    private func page(_ paper: Paper, _ home: Home) throws -> String {
        let folder = home.path.appending("templates")
        let renderer = HTMLRenderer(templates: try TemplateSet.reading(folder))
        guard let template else { return try renderer.page(of: paper) }
        let file = FilePath(argument: template)
        let bytes = try OpenFile.content(of: file, limit: TemplateSource.limit)
        let source = TemplateSource(
            name: file.stem ?? "",
            file: file.string,
            text: String(decoding: bytes, as: UTF8.self)
        )
        return try renderer.page(of: paper, by: source)
    }
}
