import Acts
import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

struct PolicyAdopt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Puts policy files in force as they lie there.",
        discussion: """
            Without a file: all that were edited; where none was, all that nobody adopted yet. It takes the permission
            'adopt-policy' under the version in force; where that gives it to nobody, anybody may, and the ledger says so.

              berkas policy diff
              berkas policy adopt --reason 'pegawai baru' --authority 'SK 800/12/2026' --as 'Kepala Dinas'

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @OptionGroup var choice: PolicyChoice

    @Option(help: ArgumentHelp("Why.", valueName: "words"))
    var reason = ""

    @Option(help: ArgumentHelp("On whose word, such as a decree.", valueName: "words"))
    var authority: String?

    func run() throws {
        let writer = try common.openWriter()
        guard let adopted = try PolicyActs(writer).adopt(choice.files, authority: authority, reason: reason) else {
            try common.tell(
                "nothing to adopt: every policy file is as somebody adopted it",
                ["kind": .string("policy adopted"), "files": .array([])]
            )
            return
        }
        try common.tell(adopted.files.map { Self.line($0) }.joined(separator: "\n"), Self.object(adopted))
        if adopted.basis == .open, !common.quiet, !common.json {
            Terminal.error("note: the version in force gave the right to adopt to nobody; the ledger says so")
        }
    }

    private static func line(_ text: PolicyText) -> String {
        "in force: \(text.file)  " + (text.sha512.map { "SHA-512 \($0.prefix(16))…" } ?? "no such file")
    }

    private static func object(_ adopted: PolicyAdopted) -> [String: JSONValue] {
        [
            "kind": .string("policy adopted"), "basis": .string(adopted.basis.rawValue),
            "authority": adopted.authority.map { .string($0) } ?? .null, "reason": .string(adopted.reason),
            "files": .array(
                adopted.files.map {
                    .object(["file": .string($0.file), "sha512": $0.sha512.map { .string($0) } ?? .null])
                }
            ),
        ]
    }
}
