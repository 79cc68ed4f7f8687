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

    @Option(help: ArgumentHelp("For files: the fiscal year of the plan.", valueName: "year"))
    var year: String?

    @Option(help: ArgumentHelp("For files: the step of the procedure.", valueName: "step"))
    var step: String?

    @Option(help: ArgumentHelp("For files: the document type, an id of policy/sop-rkt.yaml.", valueName: "type"))
    var type: String?

    @Option(help: ArgumentHelp("For files: the unit; else the office.", valueName: "name"))
    var unit: String?

    @Option(help: ArgumentHelp("For files: the title; else the file's name.", valueName: "text"))
    var title: String?

    @Option(help: ArgumentHelp("For files: the document's own number.", valueName: "text"))
    var number: String?

    @Option(help: ArgumentHelp("For files: the date on the document, YYYY-MM-DD.", valueName: "date"))
    var date: String?

    @Option(help: ArgumentHelp("For files: who signed it.", valueName: "name"))
    var signer: String?

    @Option(help: ArgumentHelp("For files: basah, elektronik or tidak.", valueName: "kind"))
    var signature: String?

    @Option(
        name: .customLong("classification"),
        help: ArgumentHelp("For files: the classification code.", valueName: "code")
    )
    var classification: String?

    @Option(help: ArgumentHelp("For files: the security class.", valueName: "level"))
    var access: String?

    @Option(help: ArgumentHelp("For files: where the paper lies.", valueName: "place"))
    var location: String?

    @Option(help: ArgumentHelp("For files: what ties successive versions together.", valueName: "label"))
    var label: String?

    @Option(help: ArgumentHelp("For files: a remark.", valueName: "text"))
    var note: String?

    func validate() throws {
        if paths.isEmpty { throw ValidationError("name a folder with a manifest, a manifest, or files") }
        if description.isEmpty {
            guard paths.count == 1 else {
                throw ValidationError("name one folder or manifest; single files need --year, --step and --type")
            }
        } else if year == nil || step == nil || type == nil {
            throw ValidationError("files need --year, --step and --type")
        }
    }

    private var description: Batch.Description {
        let values: [(IntakeColumns.Name, String?)] = [
            (.year, year), (.step, step), (.type, type), (.unit, unit), (.title, title), (.number, number),
            (.date, date), (.signer, signer), (.signature, signature), (.classification, classification),
            (.access, access), (.location, location), (.label, label), (.note, note),
        ]
        return values.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    /// The batch that is meant.
    func open() throws -> Batch {
        let files = paths.map { FilePath($0) }
        return description.isEmpty ? try Batch.open(files[0]) : Batch.files(files, described: description)
    }
}

/// How a batch that was looked at ends.
enum BatchOutcome {
    /// Done, in part, or not at all.
    static func status(faults: Int, good: Int) -> ExitStatus {
        if faults == 0 { return .done }
        return good > 0 ? .partly : .failed
    }
}
