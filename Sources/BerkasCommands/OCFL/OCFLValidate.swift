import ArchiveHome
import ArgumentParser
import OCFLStore
import Operations
import RecordsModel
import SystemPackage

struct OCFLValidate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Holds an OCFL object, storage root or inventory against the specification, 1.0 or 1.1.",
        discussion: """
            Names everything that is wrong in one pass, each with the code and the section of the specification, what was \
            found and what was expected. An error breaks a MUST; a warning breaks a SHOULD and leaves the object valid; a note \
            says what was left out. Content is read once, whatever its digests. Changes nothing, and follows no link.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("An object's root, a storage root, or an inventory.json.", valueName: "path"))
    var path: String

    @Flag(help: "Do not read content: names, inventories and sidecars only.")
    var noFixity = false

    func run() throws {
        let summary = try OCFLValidator(options: options).validate(FilePath(argument: path)) { finding in
            guard finding.severity == .error || !common.quiet else { return }
            Self.tell(finding, json: common.json)
        }
        Terminal.clearProgress()
        for unread in summary.unread { Self.tell(unread, json: common.json) }
        try common.tell(summary.line, summary.object)
        Terminal.flush()
        if summary.errors > 0 { try end(.integrityFault) }
        if !summary.unread.isEmpty { try end(.failed) }
    }

    private var options: ValidationOptions {
        let shows = Terminal.errorIsTerminal && !common.quiet
        let line = ProgressLine()
        let counter = ProgressCounter(phase: "files", totalItems: nil, totalBytes: nil) { line.show($0) }
        return ValidationOptions(
            digestsContent: !noFixity,
            checkpoint: {
                guard Interruption.isRequested else { return }
                throw OperationError(
                    .interrupted,
                    message: "interrupted; nothing was changed",
                    remedy: "run the same command again"
                )
            },
            progress: { if shows { counter.add(items: $1, bytes: $2) } }
        )
    }

    private static func tell(_ finding: OCFLFinding, json: Bool) {
        Terminal.result(json ? finding.json : finding.line)
    }

    /// What could not be looked at is no result: it goes to standard error, and into the JSON, which a script reads.
    private static func tell(_ unread: OCFLUnread, json: Bool) {
        if json { Terminal.result(unread.json) }
        let place = [unread.object, unread.path].compactMap(\.self).filter { $0 != "." }.joined(separator: "/")
        Terminal.error("berkas: could not look at '\(place.displayed)': \(unread.reason.displayed)")
    }
}
