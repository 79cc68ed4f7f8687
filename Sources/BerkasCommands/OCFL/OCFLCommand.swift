import ArgumentParser

struct OCFLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ocfl",
        abstract: "Works on OCFL objects and storage roots, whoever made them; needs no archive home.",
        subcommands: [OCFLValidate.self]
    )
}
