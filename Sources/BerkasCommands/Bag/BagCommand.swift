import ArgumentParser

struct BagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bag",
        abstract: "Works on BagIt bags, whoever made them.",
        subcommands: [BagValidate.self]
    )
}
