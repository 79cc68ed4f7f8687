import Acts
import ArgumentParser

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "The files by which the office decides: what is in force, what was edited since, and adopting it.",
        discussion: """
            People, roles, the procedure, holidays, access classes, classification, kinds of evidence and 'berkas.yaml' count
            as they were adopted, by their digests. An edit is noticed by the next command that writes, and stands in the ledger.
            Acts that rest on an edited file are refused until somebody adopts it who has the right ('adopt-policy') under the
            version before. What is in force is kept in 'policy/history'. A retention schedule is adopted with 'berkas
            retention adopt'.

            \(ExitStatus.help)
            """,
        subcommands: [PolicyShow.self, PolicyDiff.self, PolicyAdopt.self]
    )
}

/// The policy files that a command is about.
struct PolicyChoice: ParsableArguments {
    @Argument(help: ArgumentHelp("Only these files.", valueName: "file"))
    var files: [PolicyFile] = []

    /// Whether it is about a file: where none is named, about all.
    func includes(_ file: PolicyFile) -> Bool { files.isEmpty || files.contains(file) }
}

/// A policy file as a word of a command: `people.csv`, or its path in the home.
extension PolicyFile: ExpressibleByArgument {
    /// The file of that name.
    package init?(argument: String) {
        guard let file = Self.allCases.first(where: { $0.rawValue == argument || $0.path == argument }) else {
            return nil
        }
        self = file
    }

    /// What may be named.
    package static var allValueStrings: [String] { allCases.map(\.rawValue) }
}
