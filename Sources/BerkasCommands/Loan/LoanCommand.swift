import Acts
import ArchiveHome
import ArgumentParser
import Loans
import Operations
import RecordsModel
import Reporting

struct LoanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loan",
        abstract: "Loans of paper originals (peminjaman): who has them, what for, and until when.",
        discussion: """
            A record whose paper is lent is neither destroyed nor handed over. The loan form and the card for the empty \
            place are 'berkas report loan-form' and 'berkas report out-indicator'.

            \(ExitStatus.help)
            """,
        subcommands: [LoanOut.self, LoanBack.self, LoanList.self]
    )
}

struct LoanOut: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "out",
        abstract: "Lends the paper originals of records.",
        discussion: """
            The place that a paper is taken from is the one in its record (lokasi), or --from for records that say none.

              berkas loan out RKT-2024-0007 --borrower 'Budi Santoso;Analis;19850101 201001 1 001' \\
                --unit Inspektorat --purpose 'reviu SAKIP' --until 2026-12-11 --approval 'ND 45/2026'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The records.", valueName: "id"))
    var records: [RecordID]

    @Option(help: ArgumentHelp("Who borrows, as 'name;office;NIP'; the name will do.", valueName: "person"))
    var borrower: SignerArgument?

    @Option(help: ArgumentHelp("The borrower's unit or office.", valueName: "name"))
    var unit = ""

    @Option(help: ArgumentHelp("How the borrower is reached.", valueName: "words"))
    var contact: String?

    @Option(help: ArgumentHelp("What for.", valueName: "words"))
    var purpose = ""

    @Option(help: ArgumentHelp("The day on which it must be back, YYYY-MM-DD.", valueName: "date"))
    var until: CivilDate?

    @Option(help: ArgumentHelp("The day on which it went out; else today.", valueName: "date"))
    var on: CivilDate?

    @Option(help: ArgumentHelp("What proves that it is allowed, such as a letter.", valueName: "words"))
    var approval: String?

    @Option(help: ArgumentHelp("A remark.", valueName: "words"))
    var note: String?

    @Option(help: ArgumentHelp("Where papers lie whose records do not say it.", valueName: "place"))
    var from: String?

    @Option(help: ArgumentHelp("How many pages go out; once for each record, in their order.", valueName: "count"))
    var pages: [Int] = []

    func validate() throws {
        if !pages.isEmpty, pages.count != records.count {
            throw ValidationError("--pages stands \(pages.count) times for \(records.count) records: once for each")
        }
    }

    func run() throws {
        var draft = LoanDraft()
        draft.items = records.enumerated().map { place, record in
            LoanDraft.Item(record, location: nil, pages: pages.isEmpty ? nil : pages[place])
        }
        draft.borrower = borrower?.signer.name ?? ""
        draft.nip = borrower?.signer.nip
        draft.position = borrower?.signer.position
        draft.unit = unit
        draft.contact = contact
        draft.purpose = purpose
        draft.out = on
        draft.due = until
        draft.approval = approval
        draft.note = note
        let start = try LoanActs(common.openWriter()).lend(draft, from: from)
        try common.tell(
            "lent \(start.id): \(Count.text(start.items.count, "record")) to \(start.terms.borrower.displayed), back by "
                + "\(start.terms.due)",
            [
                "kind": .string("loan out"), "loan": .string(start.id.description),
                "records": .array(start.items.map { .string($0.record.description) }),
                "borrower": .string(start.terms.borrower), "due": .string(start.terms.due.description),
            ]
        )
    }
}

struct LoanBack: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "back",
        abstract: "Takes papers back: the whole loan, or some of its records.",
        discussion: """
              berkas loan back PINJAM-2026-0001
              berkas loan back RKT-2024-0007 RKT-2024-0009 --note 'halaman 3 sobek'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The number of the loan, or of the records that are back.", valueName: "id"))
    var numbers: [String]

    @Option(help: ArgumentHelp("The day on which it came back; else today.", valueName: "date"))
    var on: CivilDate?

    @Option(help: ArgumentHelp("In what state it came back, or what else is to be said.", valueName: "words"))
    var note: String?

    func validate() throws {
        // A loan's number has the form of a record's.
        let loans = numbers.compactMap { LoanID($0) }
        if loans.count == 1, numbers.count == 1 { return }
        for number in numbers where LoanID(number) != nil || RecordID(number) == nil {
            throw ValidationError("'\(number)': name one loan, or the records that are back")
        }
    }

    func run() throws {
        let acts = try LoanActs(common.openWriter())
        let done =
            if let loan = numbers.first.flatMap({ LoanID($0) }) {
                [try acts.takeBack(loan, records: nil, on: on, note: note)]
            } else {
                try acts.takeBack(numbers.compactMap { RecordID($0) }, on: on, note: note)
            }
        for part in done {
            let rest = part.isWhole ? "the whole loan is back" : "others of it are out still"
            try common.tell(
                "back \(part.detail.loan): \(Count.text(part.records.count, "record")) on \(part.detail.on); \(rest)",
                [
                    "kind": .string("loan back"), "loan": .string(part.detail.loan.description),
                    "records": .array(part.records.map { .string($0.description) }),
                    "on": .string(part.detail.on.description), "whole": .boolean(part.isWhole),
                ]
            )
        }
    }
}

struct LoanList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what is out, by the day on which it must be back.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var day: AsOfOptions

    @Flag(help: "Only loans that should have been back before today, or before --as-of.")
    var overdue = false

    @Flag(help: "Those too that are back.")
    var all = false

    func validate() throws {
        if overdue, all { throw ValidationError("give --overdue or --all, not both") }
    }

    func run() throws {
        let (reader, context) = try common.openReader()
        let book = try reader.books.loans()
        let today = day.asOf ?? context.now().date
        let shown = all ? book.loans : overdue ? book.overdue(on: today) : book.open
        for loan in shown {
            try common.tell(LoanRendering.text(loan, on: today), LoanRendering.object(loan, on: today))
        }
        if shown.isEmpty, !common.quiet { Terminal.error(overdue ? "no loan is overdue" : "nothing is lent") }
    }
}

/// How loans are shown.
enum LoanRendering {
    /// A loan with its records.
    static func text(_ loan: Loan, on day: CivilDate) -> String {
        let terms = loan.terms
        let state =
            if let closed = loan.closed { "back on \(closed)" } else if let days = loan.daysOver(on: day) {
                "OVERDUE (terlambat) by \(Count.text(days, "day"))"
            } else { "out" }
        let head =
            "\(loan.id)  \(state)  \(terms.out) to \(terms.due)  \(terms.borrower.displayed), \(terms.unit.displayed): "
            + terms.purpose.displayed
        let items = loan.items.map { item in
            let pages = item.pages.map { ", \(Count.text($0, "page"))" } ?? ""
            let back = item.back.map { "  back on \($0.on)\($0.note.map { ": " + $0.displayed } ?? "")" } ?? ""
            return "  \(item.record)  from \(item.location.displayed)\(pages)\(back)"
        }
        return ([head] + items).joined(separator: "\n")
    }

    /// Where a record's paper is, on a line of what is known of the record.
    static func line(_ loan: Loan) -> String {
        "  " + "lent (dipinjam)".padded(to: 26)
            + "to \(loan.terms.borrower.displayed), \(loan.terms.unit.displayed), until \(loan.terms.due) (\(loan.id))"
    }

    /// A loan as JSON.
    static func object(_ loan: Loan, on day: CivilDate) -> [String: JSONValue] {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        let terms = loan.terms
        return [
            "kind": .string("loan"), "loan": .string(loan.id.description), "borrower": .string(terms.borrower),
            "nip": text(terms.nip), "position": text(terms.position), "unit": .string(terms.unit),
            "contact": text(terms.contact), "purpose": .string(terms.purpose), "out": .string(terms.out.description),
            "due": .string(terms.due.description), "approval": text(terms.approval), "note": text(terms.note),
            "open": .boolean(loan.isOpen), "daysOver": loan.daysOver(on: day).map { .integer($0) } ?? .null,
            "asOf": .string(day.description), "lentBy": .string(loan.lentBy),
            "lentAt": .string(loan.lentAt.description), "items": .array(loan.items.map { .object(object($0)) }),
        ]
    }

    private static func object(_ item: Loan.Item) -> [String: JSONValue] {
        [
            "record": .string(item.record.description), "location": .string(item.location),
            "pages": item.pages.map { .integer($0) } ?? .null,
            "back": item.back.map { .string($0.on.description) } ?? .null,
            "backNote": item.back?.note.map { .string($0) } ?? .null,
            "backBy": item.back.map { .string($0.by) } ?? .null,
        ]
    }
}
