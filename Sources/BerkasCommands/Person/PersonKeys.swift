import Acts
import ArchiveHome
import ArgumentParser
import FileSafety
import Operations
import RecordsModel
import SystemPackage

struct PersonEnrol: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol",
        abstract: "Enters a person's public key: from here on it signs for them.",
        discussion: """
            It takes the permission 'enrol-person'; where nobody has it, anybody may. Say how you know that the key is theirs:
            whoever enters a key vouches for it.

              ssh-keygen -t ed25519 -f ~/.ssh/berkas
              berkas person enrol 'Siti' --key ~/.ssh/berkas.pub --reason 'diserahkan sendiri, KTP dilihat'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The person, as policy/people.csv names them.", valueName: "person"))
    var name: String

    @Option(help: ArgumentHelp("The public key, a file that ends with '.pub'.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("How it is known that the key is theirs.", valueName: "words"))
    var reason = ""

    func run() throws {
        let writer = try common.openWriter()
        let entered = try KeyActs(writer).enrol(name, key: FilePath(argument: key), reason: reason)
        try common.tell(
            "\(entered.person.displayed) signs with \(entered.fingerprint)",
            [
                "kind": .string("person enrolled"), "person": .string(entered.person),
                "fingerprint": .string(entered.fingerprint), "reason": .string(entered.reason),
            ]
        )
    }
}

struct PersonRetire: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Retires a person's keys: what they signed until now stays signed, and nothing later is.",
        discussion: """
            Everybody may retire their own. Those of others take the permission 'enrol-person'.

              berkas person retire 'Siti' --reason 'laptop hilang'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The person.", valueName: "person"))
    var name: String

    @Option(
        help: ArgumentHelp("Only the key with this fingerprint, as 'person list' shows it.", valueName: "fingerprint")
    )
    var key: String?

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason = ""

    func run() throws {
        let writer = try common.openWriter()
        for retired in try KeyActs(writer).retire(name, fingerprint: key, reason: reason) {
            try common.tell(
                "retired: \(retired.fingerprint) of \(retired.person.displayed)",
                [
                    "kind": .string("person retired"), "person": .string(retired.person),
                    "fingerprint": .string(retired.fingerprint), "reason": .string(retired.reason),
                ]
            )
        }
    }
}
