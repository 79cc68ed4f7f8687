import Acts
import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

struct PolicyDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Shows which lines of policy files are not as they were adopted.",
        discussion: """
            A line that is in force and gone has '-' before it, one that is new and not in force '+', each with its number.

              berkas policy diff
              berkas policy diff people.csv

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @OptionGroup var choice: PolicyChoice

    func run() throws {
        let (reader, _) = try common.openReader()
        let desk = try PolicyDesk(reader.home, reader.books)
        let unadopted = desk.unadopted
        let edited = desk.found.filter { unadopted.contains($0.file) && choice.includes($0.file) }
        for found in edited {
            if let problem = found.problem {
                throw OperationError(
                    .untrusted,
                    message: "'\(found.file.path)' cannot be read: \(problem)",
                    remedy: "put a plain file there that can be read"
                )
            }
            try tell(found.file, Self.lines(try desk.content(inForce: found.file)), Self.lines(found.bytes))
        }
        if edited.isEmpty, !common.quiet, !common.json { Terminal.result("every policy file is as it was adopted") }
        Terminal.flush()
    }

    private static func lines(_ bytes: [UInt8]?) -> [String] {
        String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0) }
    }

    private func tell(_ file: PolicyFile, _ before: [String], _ after: [String]) throws {
        var gone: [(line: Int, text: String)] = []
        var new: [(line: Int, text: String)] = []
        // As bytes: what looks the same may not be the same.
        for change in after.map(ExactText.init).difference(from: before.map(ExactText.init)) {
            switch change {
            case .remove(let place, _, _): gone.append((place + 1, before[place]))
            case .insert(let place, _, _): new.append((place + 1, after[place]))
            }
        }
        if common.json {
            func list(_ lines: [(line: Int, text: String)]) -> JSONValue {
                .array(lines.map { .object(["line": .integer($0.line), "text": .string($0.text)]) })
            }
            try common.tell(
                "",
                [
                    "kind": .string("policy difference"), "file": .string(file.path), "gone": list(gone),
                    "new": list(new),
                ]
            )
            return
        }
        let lines = gone.map { "-\($0.line): \($0.text.displayed)" } + new.map { "+\($0.line): \($0.text.displayed)" }
        try common.tell(([file.path] + lines.map { "  " + $0 }).joined(separator: "\n"), [:])
    }
}
