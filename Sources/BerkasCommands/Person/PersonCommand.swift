import ArgumentParser

struct PersonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "The people of the office: their roles, accounts, and the keys that sign for them.",
        discussion: """
            Who is who stands in 'policy/people.csv'. A person's SSH key signs what they decide: with an agent, a hardware token
            or a passphrase, as 'ssh-keygen -Y sign' does it. 'signed-acts' in berkas.yaml says which acts must be signed.

            \(ExitStatus.help)
            """,
        subcommands: [ListPeople.self, PersonEnrol.self, PersonRetire.self]
    )
}
