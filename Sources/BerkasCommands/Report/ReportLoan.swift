import Acts
import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel
import Reporting

/// The loan that a paper is of, and how the paper is written.
struct LoanPaperOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var paper: PaperOptions

    @Argument(help: ArgumentHelp("The number of the loan, such as PINJAM-2026-0001.", valueName: "loan"))
    var loan: LoanID

    /// Opens the home.
    func open() throws -> (papers: OfficePapers, frame: PaperFrame) {
        let home = try common.locateHome()
        let context = try common.context(for: home)
        let papers = try OfficePapers(home, context, facts: PaperFacts())
        Terminal.clearProgress()
        return (papers, paper.frame(of: home, today: papers.today, checkpoint: try papers.checkpoint))
    }
}

struct ReportLoanForm: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loan-form",
        abstract: "Formulir Peminjaman Arsip: the form that borrower and keeper sign.",
        discussion: ExitStatus.help,
        aliases: ["formulir-peminjaman"]
    )

    @OptionGroup var target: LoanPaperOptions

    @Option(help: ArgumentHelp("Who lends (petugas arsip), as 'name;office;NIP'.", valueName: "signer"))
    var keeper: SignerArgument?

    func validate() throws { try target.paper.requireFile() }

    func run() throws {
        let (papers, frame) = try target.open()
        let made = Paper.loanForm(try papers.loan(target.loan), frame: frame, keeper: keeper?.signer)
        try target.paper.write(made, of: target.loan.description, papers.home, target.common)
    }
}

struct ReportOutIndicator: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "out-indicator",
        abstract: "Kartu Keluar: the A5 card for the empty place of what is lent; each print is counted.",
        discussion: ExitStatus.help,
        aliases: ["kartu-keluar"]
    )

    @OptionGroup var target: LoanPaperOptions

    func validate() throws { try target.paper.requireFile() }

    func run() throws {
        let (papers, frame) = try target.open()
        let subject = target.loan.description
        let prints = try papers.catalogue.prints(of: .outIndicator, subject: subject)
        let made = Paper.outIndicator(try papers.loan(target.loan), print: prints + 1, frame: frame)
        try target.paper.write(made, of: subject, papers.home, target.common)
    }
}
