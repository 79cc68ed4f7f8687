import Acts
import ArchiveHome
import ArgumentParser
import Disposal
import Operations
import RecordsModel

struct DisposalAssess: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assess",
        abstract: "Enters what a member of the panitia says of a list's items; one refusal stops an item.",
        discussion: """
            Without --agree or --refuse nothing is said. --agree-rest agrees to all that nobody has refused and that the \
            member has not spoken of yet.

              berkas disposal assess USUL-2026-0001 --agree-rest --refuse RKT-2019-0003 --reason 'masih dipakai' --as Ani

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Option(help: ArgumentHelp("This record may go.", valueName: "id"))
    var agree: [RecordID] = []

    @Flag(help: "All other records may go.")
    var agreeRest = false

    @Option(help: ArgumentHelp("This record may not go.", valueName: "id"))
    var refuse: [RecordID] = []

    @Option(help: ArgumentHelp("Why the refused records may not go.", valueName: "words"))
    var reason: String?

    func validate() throws {
        if agree.isEmpty, refuse.isEmpty, !agreeRest { throw ValidationError("say --agree, --agree-rest or --refuse") }
        if agreeRest, !agree.isEmpty { throw ValidationError("say --agree or --agree-rest, not both") }
    }

    func run() throws {
        let acts = try DisposalActs(common.openWriter())
        let said = try acts.assess(target.list, agreeing: agreeRest ? nil : agree, refusing: refuse, reason: reason)
        let agreed = said.opinions.count { $0.agrees }
        let refused = said.opinions.count - agreed
        try common.tell(
            "assessed \(said.list): \(agreed) may go, \(refused) may not",
            [
                "kind": .string("disposal assessed"), "list": .string(said.list.description),
                "agreed": .integer(agreed), "refused": .integer(refused),
            ]
        )
    }
}

struct DisposalAttach: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Names a record as evidence of a step.",
        discussion: """
            The paper is ingested first, under its own classification (000.5.x), and named by its number. Places in the \
            chain: \(EvidenceSlot.allCases.filter { $0 != .approvalLetter }.map(\.rawValue).joined(separator: ", ")). The \
            letter of approval comes with 'disposal approve'. Which document types each place takes stands in \
            policy/disposal-evidence.csv; a record proves one thing. A paper has number, date and signer: what its record \
            leaves open is said here.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Argument(help: ArgumentHelp("The place in the chain.", valueName: "slot"))
    var slot: EvidenceSlot

    @Argument(help: ArgumentHelp("The record that is the evidence.", valueName: "id"))
    var evidence: RecordID

    @Option(help: ArgumentHelp("The paper's number, where its record has none.", valueName: "number"))
    var number: String?

    @Option(help: ArgumentHelp("The paper's date, where its record has none.", valueName: "date"))
    var date: CivilDate?

    @Option(help: ArgumentHelp("Who signed it, where its record does not say.", valueName: "person"))
    var signer: String?

    func run() throws {
        let words = EvidenceWords(number: number, date: date, signer: signer)
        try DisposalActs(common.openWriter()).attach(target.list, slot, evidence, words)
        try common.tell(
            "attached \(evidence) to \(target.list) as \(slot.name)",
            [
                "kind": .string("disposal evidence attached"), "list": .string(target.list.description),
                "slot": .string(slot.rawValue), "record": .string(evidence.description),
            ]
        )
    }
}

struct DisposalLeaveOut: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave-out",
        abstract: "Takes a record off a list; it stays, and can be proposed again.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Argument(help: ArgumentHelp("The record.", valueName: "id"))
    var record: RecordID

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason = ""

    func run() throws {
        try DisposalActs(common.openWriter()).leaveOut(record, from: target.list, reason: reason)
        try common.tell(
            "left \(record) out of \(target.list)",
            [
                "kind": .string("disposal item left"), "list": .string(target.list.description),
                "record": .string(record.description), "reasons": .array([.string(reason)]),
            ]
        )
    }
}

struct DisposalApprove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Enters the approval of a list, with its letter, which is a record.",
        discussion: """
            From ten years of retention on, or without a row in the schedule, Kepala ANRI approves a destruction; under \
            ten the Bupati; a deposit Kepala LKD; a move Kepala Unit Kearsipan.

              berkas disposal approve USUL-2026-0001 --authority bupati --approver 'Bupati Contoh' \\
                --letter RKT-2026-0012 --number '045/77/2026' --date 2026-11-20

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Option(help: ArgumentHelp("bupati, kepala-anri, kepala-lkd or kepala-unit-kearsipan.", valueName: "authority"))
    var authority: DisposalAuthority

    @Option(help: ArgumentHelp("Who signed the letter.", valueName: "person"))
    var approver: String

    @Option(help: ArgumentHelp("The record that is the letter.", valueName: "id"))
    var letter: RecordID

    @Option(help: ArgumentHelp("The letter's number.", valueName: "number"))
    var number: String

    @Option(help: ArgumentHelp("The letter's date, YYYY-MM-DD.", valueName: "date"))
    var date: CivilDate

    func run() throws {
        let said = DisposalRules.Letter(authority: authority, by: approver, record: letter, number: number, date: date)
        let approved = try DisposalActs(common.openWriter()).approve(target.list, said)
        try common.tell(
            "approved \(approved.list) by \(authority.name), \(approver.displayed), \(number.displayed) of \(date)",
            [
                "kind": .string("disposal approved"), "list": .string(approved.list.description),
                "authority": .string(authority.rawValue), "approver": .string(approver),
                "letter": .string(letter.description),
            ]
        )
    }
}

struct DisposalExecute: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "execute",
        abstract: "Destroys what an approved list names and what may still go; the tombstones stay.",
        discussion: """
            Ledger, store and catalogue are held against each other first. Then every record is asked about again: due, \
            not held, the same schedule, version and digest. What may not go is left, with its reasons. Bytes are \
            removed, not wiped. Interrupted, it goes on when it is run again.

              berkas disposal execute USUL-2026-0001 --witness 'Saksi Satu' --witness 'Saksi Dua' \\
                --place 'Paringin' --method 'penghapusan berkas digital'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Option(help: ArgumentHelp("Who looks on; at least two, each with the role 'saksi'.", valueName: "person"))
    var witness: [String] = []

    @Option(help: ArgumentHelp("Where, as the berita acara says it.", valueName: "words"))
    var place = ""

    @Option(help: ArgumentHelp("How, as the berita acara says it.", valueName: "words"))
    var method = ""

    func run() throws {
        let work = try DisposalRun(common.openWriter())
        let status = try DisposalRendering.carryOut(target.list, common) { tell in
            try work.run(target.list, witnesses: witness, place: place, method: method, item: tell)
        }
        try end(status)
    }
}

struct DisposalCancel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Gives a list up; what was removed until then stays removed.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason = ""

    func run() throws {
        try DisposalActs(common.openWriter()).cancel(target.list, reason: reason)
        try common.tell(
            "cancelled \(target.list)",
            ["kind": .string("disposal cancelled"), "list": .string(target.list.description)]
        )
    }
}

struct DisposalCopies: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copies",
        abstract: "Shows the copies elsewhere of what a list removed, or confirms that they were destroyed by hand.",
        discussion: """
              berkas disposal copies USUL-2026-0001
              berkas disposal copies USUL-2026-0001 --destroyed 1 --destroyed 2 --method 'dicacah'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Option(help: ArgumentHelp("This copy was destroyed.", valueName: "number"))
    var destroyed: [Int] = []

    @Flag(help: "All copies that are open were destroyed.")
    var allDestroyed = false

    @Option(help: ArgumentHelp("How.", valueName: "words"))
    var method = ""

    func validate() throws {
        if allDestroyed, !destroyed.isEmpty { throw ValidationError("say --destroyed or --all-destroyed, not both") }
    }

    func run() throws {
        guard destroyed.isEmpty, !allDestroyed else {
            let acts = try DisposalActs(common.openWriter())
            let count = try acts.confirmCopies(allDestroyed ? nil : destroyed, of: target.list, method: method)
            try common.tell(
                "confirmed: \(count) \(count == 1 ? "copy" : "copies") of \(target.list) destroyed",
                [
                    "kind": .string("disposal copies destroyed"), "list": .string(target.list.description),
                    "copies": .integer(count),
                ]
            )
            return
        }
        let (reader, _) = try common.openReader()
        let list = try reader.books.disposals().list(target.list)
        for (number, copy) in list.copies.sorted(by: { $0.key < $1.key }) {
            try common.tell(DisposalRendering.line(copy, number), DisposalRendering.object(copy, number, list.id))
        }
        Terminal.flush()
        if list.copies.isEmpty, !common.quiet { Terminal.error("no copy elsewhere is known") }
    }
}
