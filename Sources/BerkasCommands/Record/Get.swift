import ArchiveHome
import ArgumentParser
import Catalogue
import FileSafety
import Operations
import RecordsModel
import SystemPackage

struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Brings a record's files out, checked on their way.",
        discussion: """
            One record's files come straight into the folder; of several records, each into a folder of its number. A file \
            that is there and holds something else is never replaced.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("\(NamedRecord.help)", valueName: "id"))
    var records: [NamedRecord] = []

    @Option(help: ArgumentHelp("All records of a fiscal year.", valueName: "year"))
    var year: Int?

    @Option(help: ArgumentHelp("The folder to bring them to; made where it is missing.", valueName: "folder"))
    var to: String

    func validate() throws {
        if records.isEmpty == (year == nil) { throw ValidationError("name records, or --year") }
    }

    func run() throws {
        let (reader, context) = try common.openReader()
        var references = try records.map { try $0.reference(reader.catalogue, common) }
        if let year {
            var filter = RecordFilter()
            filter.leavesOutRemoved = true
            filter.year = year
            try reader.catalogue.list(filter) { record in
                if let id = RecordID(record.id) { references.append(RecordReference(id: id, version: nil)) }
            }
            if references.isEmpty {
                throw OperationError(
                    .noSuchRecord,
                    message: "there are no records of the year \(year)",
                    remedy: "run 'berkas list' to see which years there are"
                )
            }
        }
        let retrieve = Retrieve(reader, context)
        let folder = FilePath(argument: to)
        let isAlone = references.count == 1 && year == nil
        var statuses: [ExitStatus] = []
        for reference in references {
            do {
                let place = isAlone ? folder : folder.appending(reference.description.replacing("@", with: "-"))
                for file in try retrieve.files(of: reference, to: place) { try tell(file) }
            } catch let error as OperationError where error.code == .interrupted {
                Terminal.flush()
                throw error
            } catch {
                guard let status = ExitStatus(of: error) else { throw error }
                statuses.append(status)
                Terminal.error("berkas: \(Message.of(error))")
            }
        }
        Terminal.flush()
        if statuses.contains(.integrityFault) { try end(.integrityFault) }
        if let first = statuses.first { try end(statuses.count == references.count ? first : .partly) }
    }

    private func tell(_ file: Retrieve.Retrieved) throws {
        let reference = RecordReference(id: file.record, version: file.version)
        var object: [String: JSONValue] = [
            "bytes": .integer(file.size), "kind": .string("file"), "path": .string(file.path.shown),
            "record": .string(file.record.description), "sha512": .string(file.sha512),
            "version": .integer(file.version), "wasThere": .boolean(file.wasThere),
        ]
        let bytes = file.path.rawBytes
        if String(validating: bytes, as: UTF8.self) == nil { object["pathBytes"] = .string(HexadecimalText.of(bytes)) }
        try common.tell(
            "\(file.wasThere ? "already there" : "retrieved")  \(reference)  \(file.path.shown.displayed)  \(Size.text(file.size))",
            object
        )
    }
}
