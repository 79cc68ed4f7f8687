import ArchiveHome
import ArgumentParser
import FileSafety
import Operations
import Packaging
import RecordsModel
import SystemPackage

struct ImportPackage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "package",
        abstract: "Takes in a package of another archive, or any valid bag.",
        discussion: """
            The bag is validated whole before anything is kept. The records of a package that Berkas made keep their numbers, \
            their versions and their history; what is here already is not kept twice, and a number that means something \
            else here is refused with both sides shown. A bag of another program becomes one record, described by --year, \
            --step, --type and the options below. The source is never changed. It takes the permission 'import'.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(
        help: ArgumentHelp("A package, or a bag: a file that holds one, or a folder that is one.", valueName: "path")
    )
    var path: String

    @Option(help: ArgumentHelp("A BagIt Profile (JSON) that the bag must follow too.", valueName: "file"))
    var profile: String?

    @Flag(help: "The bag lies at the top of its archive, without a folder of its own.")
    var topLevel = false

    @OptionGroup(title: "For a bag of another program")
    var words: DescriptionOptions

    @OptionGroup var acceptance: AcceptanceOptions

    @OptionGroup(title: "Limits, against containers that are made to do harm")
    var limits: LimitOptions

    func run() throws {
        var options = try limits.options(profile: profile, common)
        options.takesTop = topLevel
        let writer = try common.openWriter()
        let taking = Import(writer, signatures: try acceptance.intake(of: writer.home, writer.context, common))
        let outcome = try taking.run(FilePath(argument: path), description: words.description, options: options) {
            item in
            try tell(item)
            Terminal.flush()
        }
        Terminal.clearProgress()
        switch outcome {
        case .invalid(let report):
            try report.tellFindings(common)
            report.tellOfTop(asked: topLevel)
            try conclude("the bag is \(report.verdict.rawValue)", status: .integrityFault)
        case .contradictory(let faults, let report):
            try report.tellFindings(common)
            try tell(faults)
            try conclude("the package contradicts itself", status: .integrityFault)
        case .refused(let faults, let report):
            try report.tellFindings(common)
            try tell(faults)
            try conclude("refused", status: .refused)
        case .undescribed(let faults, let report):
            try report.tellFindings(common)
            try tell(faults)
            try conclude("what is said of the bag is wrong", status: .failed)
        case .done(let done, let report):
            try report.tellFindings(common)
            try summarise(done)
            Terminal.flush()
        }
    }

    private func conclude(_ why: String, status: ExitStatus) throws {
        Terminal.flush()
        Terminal.error("berkas: \(why); nothing was imported from '\(FilePath(argument: path).shown.displayed)'")
        try end(status)
    }

    private func tell(_ faults: [Fault]) throws {
        for fault in faults {
            Terminal.result(
                common.json ? String(decoding: try CanonicalJSON.line(fault.object), as: UTF8.self) : fault.line
            )
        }
    }

    private func tell(_ item: ImportItem) throws {
        switch item {
        case .imported(let record, let versions, let files, let bytes):
            let shown =
                versions.count == 1 ? "v\(versions.lowerBound)" : "v\(versions.lowerBound) to v\(versions.upperBound)"
            try common.tell(
                "imported      \(record)  \(shown)  \(Count.text(files, "file")), \(Size.text(bytes))",
                [
                    "bytes": .integer(bytes), "files": .integer(files), "first": .integer(versions.lowerBound),
                    "kind": .string("imported"), "last": .integer(versions.upperBound),
                    "record": .string(record.description),
                ]
            )
        case .alreadyKept(let record, let versions):
            try common.tell(
                "already kept  \(record)  \(Count.text(versions, "version"))",
                ["kind": .string("known"), "record": .string(record.description), "versions": .integer(versions)]
            )
        }
    }

    private func summarise(_ report: ImportReport) throws {
        func line(_ name: String, _ value: Int, _ more: String = "") -> String {
            "  " + name.padded(to: 30) + String(value) + more
        }
        let from = report.origin.map { "imported from \($0.displayed)" } ?? "imported the bag \(report.bag.displayed)"
        let text =
            [
                "",
                report.versions == 0 ? "Nothing new was kept." : "Kept, and safe on the disk; \(from):",
                line("new records (arsip)", report.records),
                line("new versions (versi)", report.versions),
                line("files (file)", report.files, "  (\(Size.text(report.bytes)))"),
                line("already kept (sudah ada)", report.alreadyKept),
            ]
            + (report.waiting == 0
                ? []
                : [line("decisions that wait", report.waiting, "  (they are history until 'berkas import adopt')")])
        try common.tell(
            text.joined(separator: "\n"),
            [
                "alreadyKept": .integer(report.alreadyKept), "bag": .string(report.bag),
                "bytes": .integer(report.bytes), "files": .integer(report.files), "kind": .string("import"),
                "origin": report.origin.map { .string($0) } ?? .null, "records": .integer(report.records),
                "versions": .integer(report.versions), "waiting": .integer(report.waiting),
            ]
        )
    }
}
