import ArchiveHome
import ArgumentParser
import Catalogue
import FileSafety
import Intake
import Operations
import RecordsModel
import SystemPackage

/// What is taken in: a folder with a manifest, a manifest, or files that the command describes.
struct BatchOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A folder with a manifest, a manifest, or files together with --year --step --type.",
            valueName: "batch"
        )
    )
    var paths: [String]

    @OptionGroup var words: DescriptionOptions

    func validate() throws {
        if paths.isEmpty { throw ValidationError("name a folder with a manifest, a manifest, or files") }
        if words.isEmpty {
            guard paths.count == 1 else {
                throw ValidationError("name one folder or manifest; single files need --year, --step and --type")
            }
        } else if !words.isEnough {
            throw ValidationError("files need --year, --step and --type")
        }
    }

    /// The batch that is meant.
    func open() throws -> Batch {
        let files = paths.map { FilePath(argument: $0) }
        return words.isEmpty ? try Batch.open(files[0]) : Batch.files(files, described: words.description)
    }
}

/// What a command says of something that has no manifest.
struct DescriptionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Without a manifest: the fiscal year of the plan.", valueName: "year"))
    var year: String?

    @Option(help: ArgumentHelp("Without a manifest: the step of the procedure.", valueName: "step"))
    var step: String?

    @Option(
        help: ArgumentHelp("Without a manifest: the document type, an id of policy/sop-rkt.yaml.", valueName: "type")
    )
    var type: String?

    @Option(help: ArgumentHelp("Without a manifest: the unit; else the office.", valueName: "name"))
    var unit: String?

    @Option(help: ArgumentHelp("Without a manifest: the title; else the file's name.", valueName: "text"))
    var title: String?

    @Option(help: ArgumentHelp("Without a manifest: the document's own number.", valueName: "text"))
    var number: String?

    @Option(help: ArgumentHelp("Without a manifest: the date on the document, YYYY-MM-DD.", valueName: "date"))
    var date: String?

    @Option(help: ArgumentHelp("Without a manifest: who signed it.", valueName: "name"))
    var signer: String?

    @Option(help: ArgumentHelp("Without a manifest: basah, elektronik or tidak.", valueName: "kind"))
    var signature: String?

    @Option(
        name: .customLong("classification"),
        help: ArgumentHelp("Without a manifest: the classification code.", valueName: "code")
    )
    var classification: String?

    @Option(help: ArgumentHelp("Without a manifest: the security class.", valueName: "level"))
    var access: String?

    @Option(help: ArgumentHelp("Without a manifest: where the paper lies.", valueName: "place"))
    var location: String?

    @Option(help: ArgumentHelp("Without a manifest: what ties successive versions together.", valueName: "label"))
    var label: String?

    @Option(help: ArgumentHelp("Without a manifest: a remark.", valueName: "text"))
    var note: String?

    /// What is said, as the columns of a manifest.
    var description: Batch.Description {
        let values: [(IntakeColumns.Name, String?)] = [
            (.year, year), (.step, step), (.type, type), (.unit, unit), (.title, title), (.number, number),
            (.date, date), (.signer, signer), (.signature, signature), (.classification, classification),
            (.access, access), (.location, location), (.label, label), (.note, note),
        ]
        return values.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    /// Whether nothing is said.
    var isEmpty: Bool { description.isEmpty }
    /// Whether all is said that a record cannot do without.
    var isEnough: Bool { year != nil && step != nil && type != nil }
}

/// How a batch that was looked at ends.
enum BatchOutcome {
    /// Done, in part, or not at all.
    static func status(faults: Int, good: Int) -> ExitStatus {
        if faults == 0 { return .done }
        return good > 0 ? .partly : .failed
    }
}
