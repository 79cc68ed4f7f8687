import Acts
import ArgumentParser
import Disposal
import Operations
import RecordsModel

struct DisposalObject: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "object",
        abstract: "Objects to a list: it is not carried out while one objection stands.",
        discussion: """
            Anybody whom policy/people.csv names may object, with a reason, while something of the list is left to do. \
            Between its approval and its execution a destruction waits 'disposal-wait-days' of berkas.yaml (7), so that \
            there is time for it. An objection ends where the list is cancelled, or is lifted with --lift: by whoever \
            made it, or by the authority that approves the list, which names the objector with --of.

              berkas disposal object USUL-2026-0001 --reason 'masih dipakai dalam perkara' --as 'Budi'
              berkas disposal object USUL-2026-0001 --lift --reason 'perkara selesai' --as 'Budi'
              berkas disposal object USUL-2026-0001 --lift --of 'Budi' --reason 'sudah disalin' --as 'Bupati Contoh'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason = ""

    @Flag(help: "Lift an objection instead.")
    var lift = false

    @Option(help: ArgumentHelp("With --lift: whose objection; else one's own.", valueName: "person"))
    var of: String?

    func validate() throws {
        if of != nil, !lift { throw ValidationError("--of belongs to --lift") }
    }

    func run() throws {
        let acts = try DisposalActs(common.openWriter())
        guard lift else {
            let said = try acts.object(target.list, reason: reason)
            return try common.tell(
                "objected to \(said.list): it is not carried out while that stands",
                [
                    "kind": .string("disposal objected"), "list": .string(said.list.description),
                    "reason": .string(said.reason),
                ]
            )
        }
        let said = try acts.liftObjection(of: of, to: target.list, reason: reason)
        try common.tell(
            "lifted the objection of \(said.objector.displayed) to \(said.list)",
            [
                "kind": .string("disposal objection lifted"), "list": .string(said.list.description),
                "objector": .string(said.objector), "reason": .string(said.reason),
            ]
        )
    }
}
