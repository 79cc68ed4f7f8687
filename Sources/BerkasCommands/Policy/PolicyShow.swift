import Acts
import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

struct PolicyShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows of each policy file what is in force, since when, by whom, and whether it was edited since.",
        discussion: """
              berkas policy show
              berkas policy show people.csv

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @OptionGroup var choice: PolicyChoice

    func run() throws {
        let (reader, _) = try common.openReader()
        let desk = try PolicyDesk(reader.home, reader.books)
        for found in desk.found where choice.includes(found.file) {
            let adoption = desk.book.inForce(found.file)
            try common.tell(Self.text(found, adoption), Self.object(found, adoption))
        }
        Terminal.flush()
    }

    /// What became of a file, in a word.
    static func state(_ found: PolicyDesk.Found, _ adoption: PolicyBook.Adoption?) -> String {
        if found.problem != nil { return "unreadable" }
        guard let adoption else { return "new" }
        if adoption.text != found.text { return "edited" }
        return adoption.text.sha512 == nil ? "absent" : "in force"
    }

    private static func text(_ found: PolicyDesk.Found, _ adoption: PolicyBook.Adoption?) -> String {
        var line = "\(found.file.path.padded(to: 29))  \(state(found, adoption).padded(to: 10))"
        if let problem = found.problem { line += "  \(problem.displayed)" }
        guard let adoption else { return line + "  not in the ledger yet: the next command that writes enters it" }
        let by = "by \(adoption.actor.displayed)  (ledger \(adoption.seq))"
        line += "  in force since \(adoption.time) \(adoption.detail.basis == .found ? "as it was found" : by)"
        if adoption.detail.basis != .found {
            let words = [adoption.detail.authority, adoption.detail.reason].compactMap { $0?.displayed }
            line += "\n    \(words.joined(separator: ": "))"
        }
        if adoption.detail.basis == .open { line += "\n    nobody had the right to adopt it then" }
        return line
    }

    private static func object(_ found: PolicyDesk.Found, _ adoption: PolicyBook.Adoption?) -> [String: JSONValue] {
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        return [
            "kind": .string("policy"), "file": .string(found.file.path), "state": .string(state(found, adoption)),
            "sha512": text(found.text.sha512), "inForce": text(adoption?.text.sha512),
            "since": text(adoption?.time.description), "adoptedBy": text(adoption?.actor),
            "basis": text(adoption?.detail.basis.rawValue), "authority": text(adoption?.detail.authority),
            "reason": text(adoption?.detail.reason), "ledger": adoption.map { .integer($0.seq) } ?? .null,
            "problem": text(found.problem),
        ]
    }
}
