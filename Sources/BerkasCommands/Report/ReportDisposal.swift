import ArgumentParser
import FileSafety
import Foundation
import Operations
import RecordsModel
import Reporting
import Retention
import SystemPackage

struct ReportDisposal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disposal",
        abstract: "The papers of a disposal list: the list as proposed, or the minutes (berita acara) of its end.",
        discussion: """
            The file's ending tells the form: .html, .pdf, .xlsx or .csv. Numbers are asked for, never invented; what the \
            form asks for and nobody has said is named before the paper is written.

              berkas report disposal USUL-2026-0001 --form daftar --place Paringin --to usul-musnah.pdf
              berkas report disposal USUL-2026-0001 --form berita-acara --number 000.5.6.2/12/2026 --place Paringin \\
                --officer 'Siti;Arsiparis;19800101 200501 2 001' --to berita-acara.html

            \(ExitStatus.help)
            """
    )

    /// Which paper of the list.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        /// Daftar Arsip Usul Musnah, Usul Serah or Usul Pindah.
        case list = "daftar"
        /// Berita Acara Pemusnahan, Penyerahan or Pemindahan.
        case minutes = "berita-acara"
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument
    @OptionGroup var paper: PaperOptions

    @Option(help: ArgumentHelp("daftar (the list as proposed) or berita-acara (the minutes).", valueName: "form"))
    var form: Form

    @Option(help: ArgumentHelp("For a list: nasional (six columns) or kementerian (ten).", valueName: "columns"))
    var columns: DisposalPaper.ListForm = .national

    @Option(help: ArgumentHelp("Kepala Unit Kearsipan, as 'name;office;NIP'.", valueName: "signer"))
    var recordsHead: SignerArgument?

    @Option(help: ArgumentHelp("Kepala Unit Pengolah.", valueName: "signer"))
    var unitHead: SignerArgument?

    @Option(help: ArgumentHelp("Who answers for a destruction.", valueName: "signer"))
    var officer: SignerArgument?

    @Option(help: ArgumentHelp("The witness for the records service.", valueName: "signer"))
    var recordsWitness: SignerArgument?

    @Option(help: ArgumentHelp("Who gives.", valueName: "signer"))
    var giver: SignerArgument?

    @Option(help: ArgumentHelp("Who receives.", valueName: "signer"))
    var receiver: SignerArgument?

    @Option(help: ArgumentHelp("The office or unit that receives.", valueName: "name"))
    var receivingUnit: String?

    @Option(help: ArgumentHelp("Said of every record: asli, salinan …", valueName: "words"))
    var originality: String?

    @Option(help: ArgumentHelp("Said of every record: kertas, elektronik …", valueName: "words"))
    var medium: String?

    @Option(help: ArgumentHelp("Said of every record: baik, rapuh, rusak.", valueName: "words"))
    var condition: String?

    @Option(help: ArgumentHelp("Said of every record: vital, terjaga, biasa.", valueName: "words"))
    var category: String?

    func run() throws {
        let (reader, context) = try common.openReader()
        var said = DisposalPapers.Common()
        said.originality = originality
        said.medium = medium
        said.condition = condition
        said.category = category
        let made = try DisposalPapers(reader, context).paper(
            of: target.list,
            frame: paper.frame(of: reader.home, today: context.now().date),
            common: said
        )
        try paper.write(try form == .list ? list(made) : minutes(made), reader.home, common)
    }

    private func list(_ made: DisposalPaper) -> Paper {
        switch made.list.kind {
        case .destroy:
            made.proposedDestruction(form: columns, recordsUnitHead: recordsHead?.signer, unitHead: unitHead?.signer)
        case .deposit:
            made.proposedDeposit(form: columns, recordsUnitHead: recordsHead?.signer, unitHead: unitHead?.signer)
        case .move: made.proposedMove(recordsUnitHead: recordsHead?.signer, unitHead: unitHead?.signer)
        }
    }

    private func minutes(_ made: DisposalPaper) throws -> Paper {
        guard made.list.run != nil else {
            throw OperationError(
                .usage,
                message: "\(made.list.id) is \(made.list.state.rawValue): there is nothing yet to write minutes of",
                remedy: "carry it out first; the list as proposed is --form daftar"
            )
        }
        if made.list.kind == .destroy {
            var act = DestructionAct()
            act.officer = officer?.signer
            act.recordsWitness = recordsWitness?.signer
            return try made.destructionMinutes(act)
        }
        var act = HandoverAct()
        act.giver = giver?.signer
        act.receiver = receiver?.signer
        act.receivingUnit = receivingUnit
        return made.list.kind == .deposit ? made.depositMinutes(act) : made.moveMinutes(act)
    }
}

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

/// What every paper of the office is asked for, and how it is written.
struct PaperOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The file; .html, .pdf, .xlsx or .csv.", valueName: "file"))
    var to: String

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

    /// Number, date, place, letterhead and sheet.
    func frame(of home: Home, today: CivilDate) -> PaperFrame {
        PaperFrame(
            letterhead: Letterhead(office: home.settings.office),
            number: number,
            date: date ?? today,
            place: place,
            sheet: sheet
        )
    }

    /// Names what is empty, and writes the paper; nothing that is there is replaced.
    func write(_ paper: Paper, _ home: Home, _ common: CommonOptions) throws {
        for column in paper.emptyColumns { Terminal.error("note: \(column.message)") }
        for part in paper.missingParts { Terminal.error("note: '\(part)' is not filled in") }
        let target = FilePath(to)
        for (path, bytes) in try files(paper, home, target) {
            guard !FileStatus.exists(path) else {
                throw OperationError(
                    .exists,
                    message: "'\(path.string.displayed)' is there already",
                    remedy: "name another file with --to; nothing was replaced"
                )
            }
            try DurableFiles(tripwire: .none).replace(path, bytes)
            try common.tell(
                "wrote \(paper.title): \(path.string.displayed), \(Size.text(bytes.count))",
                [
                    "kind": .string("paper"), "paper": .string(paper.kind.rawValue), "path": .string(path.string),
                    "bytes": .integer(bytes.count),
                    "empty": .array((paper.emptyColumns.map(\.heading) + paper.missingParts).map { .string($0) }),
                ]
            )
        }
    }

    private func files(_ paper: Paper, _ home: Home, _ target: FilePath) throws -> [(FilePath, [UInt8])] {
        switch target.extension?.lowercased() {
        case "html": return [(target, Array(try page(paper, home).utf8))]
        case "pdf": return [(target, try PDFRenderer().bytes(of: page(paper, home), date: paper.date))]
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
                message: "the name '\(to.displayed)' does not tell the form of the paper",
                remedy: "end it with .html, .pdf, .xlsx or .csv"
            )
        }
    }

    private func page(_ paper: Paper, _ home: Home) throws -> String {
        let folder = home.path.appending("templates")
        let renderer = HTMLRenderer(templates: try TemplateSet.reading(folder))
        guard let template else { return try renderer.page(of: paper) }
        let file = FilePath(template)
        let bytes = try OpenFile.content(of: file, limit: TemplateSource.limit)
        let source = TemplateSource(
            name: file.stem ?? "",
            file: file.string,
            text: String(decoding: bytes, as: UTF8.self)
        )
        return try renderer.page(of: paper, by: source)
    }
}
