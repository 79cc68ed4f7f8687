import Acts
import ArchiveHome
import ArgumentParser
import Disposal
import FileSafety
import Foundation
import Operations
import RecordsModel
import Reporting
import SystemPackage

struct ReportDisposal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disposal",
        abstract: "The papers of a disposal list: as proposed, the panitia's consideration, the minutes of its end.",
        discussion: """
            The file's ending tells the form: .html, .pdf, .xlsx or .csv. Numbers are asked for, never invented; what the \
            form asks for and nobody has said is named before the paper is written. Each paper bears the list's number and its \
            digest, as text and as a QR code.

              berkas report disposal USUL-2026-0001 --form daftar --place Paringin --to usul-musnah.pdf
              berkas report disposal USUL-2026-0001 --form pertimbangan --to pertimbangan.pdf
              berkas report disposal USUL-2026-0001 --form berita-acara --number 000.5.6.2/12/2026 --place Paringin \\
                --officer 'Siti;Arsiparis;19800101 200501 2 001' --to berita-acara.html

            \(ExitStatus.help)
            """
    )

    /// Which paper of the list.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        /// Daftar Arsip Usul Musnah, Usul Serah or Usul Pindah.
        case list = "daftar"
        /// Surat Pertimbangan of the panitia.
        case consideration = "pertimbangan"
        /// Berita Acara Pemusnahan, Penyerahan or Pemindahan.
        case minutes = "berita-acara"
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument
    @OptionGroup var paper: PaperOptions
    @OptionGroup var facts: FactOptions

    @Option(
        help: ArgumentHelp("daftar (the list), pertimbangan (the consideration) or berita-acara.", valueName: "form")
    )
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

    func validate() throws { try paper.requireFile() }

    func run() throws {
        let (reader, context) = try common.openReader()
        let said = try facts.said()
        let papers = DisposalPapers(reader)
        let made = try papers.paper(
            of: target.list,
            frame: paper.frame(of: reader.home, today: context.now().date),
            facts: said
        )
        let form =
            switch form {
            case .list: list(made)
            case .consideration: try consideration(made, papers)
            case .minutes: try minutes(made, papers)
            }
        try paper.write(form, of: target.list.description, facts: said.digest, reader.home, common)
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

    private func consideration(_ made: DisposalPaper, _ papers: DisposalPapers) throws -> Paper {
        guard made.list.kind != .move else {
            throw OperationError(
                .usage,
                message: "\(made.list.id) moves records, and no panitia considers that",
                remedy: "print the list with --form daftar"
            )
        }
        let decree = try papers.letter(.committeeDecree, of: made.list)
        return made.consideration(try papers.members(of: made.list), decree: decree)
    }

    private func minutes(_ made: DisposalPaper, _ papers: DisposalPapers) throws -> Paper {
        guard made.list.run != nil else {
            throw OperationError(
                .usage,
                message: "\(made.list.id) is \(made.list.state.rawValue): there is nothing yet to write minutes of",
                remedy: "carry it out first; the list as proposed is --form daftar"
            )
        }
        if made.list.kind == .destroy {
            var act = DestructionAct()
            act.consideration = try papers.letter(.consideration, of: made.list)
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
