import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel
import SystemPackage
import TextExtraction

struct PageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page",
        abstract: "Brings out a page of a record as a picture.",
        discussion: """
            For scans whose text was recognised badly, and for whoever wants to see the stamp. A PDF's page comes with --dpi \
            pixels an inch, a picture with the pixels that it has.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("\(NamedRecord.help)", valueName: "id"))
    var record: NamedRecord

    @Option(help: ArgumentHelp("The page, from 1.", valueName: "number"))
    var page = 1

    @Option(help: ArgumentHelp("The file, where the record has several.", valueName: "name"))
    var file: String?

    @Option(help: ArgumentHelp("Pixels an inch of a PDF's page.", valueName: "number"))
    var dpi = 150

    @Option(help: ArgumentHelp("The PNG file to write.", valueName: "file"))
    var to: String

    func validate() throws {
        if page < 1 { throw ValidationError("--page must be at least 1") }
        if !(20...600).contains(dpi) { throw ValidationError("--dpi must be from 20 to 600") }
    }

    func run() throws {
        let (reader, context) = try common.openReader()
        let image = PageImage(reader, context, helper: try HelperProgram.own())
        let named = try record.reference(reader.catalogue, common)
        let written = try image.write(
            page: page,
            of: named,
            file: file,
            dpi: dpi,
            to: FilePath(argument: to)
        )
        let reference = RecordReference(id: named.id, version: written.version)
        let what = "\(reference)  \(written.name.displayed) page \(page)"
        try common.tell(
            "\(written.wasThere ? "already there" : "written      ")  \(what)  \(to.displayed)  \(Size.text(written.size))",
            [
                "bytes": .integer(written.size), "file": .string(written.name), "kind": .string("page image"),
                "page": .integer(page), "path": .string(to), "record": .string(reference.id.description),
                "version": .integer(written.version), "wasThere": .boolean(written.wasThere),
            ]
        )
        Terminal.flush()
    }
}
