import Acts
import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel
import SystemPackage

struct TransferCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Hands over what an approved list names: package, receipt, and only then removal here.",
        discussion: """
            For a deposit with the archives (penyerahan, kind serah) and a move to the unit kearsipan (pemindahan, kind \
            pindah). The list is proposed, assessed and approved with 'berkas disposal'.

            \(ExitStatus.help)
            """,
        subcommands: [TransferStart.self, TransferReceipt.self, TransferRemove.self, TransferClose.self]
    )
}

struct TransferStart: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Makes the package for the receiver.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Option(help: ArgumentHelp("The package's file; its ending tells the format.", valueName: "file"))
    var to: String

    @Option(help: ArgumentHelp("Where it is handed over, as the berita acara says it.", valueName: "words"))
    var place = ""

    @Option(help: ArgumentHelp("How, such as the medium.", valueName: "words"))
    var method = ""

    func run() throws {
        let acts = try TransferActs(common.openWriter())
        let status = try DisposalRendering.carryOut(target.list, common) { tell in
            let started = try acts.start(
                target.list,
                to: FilePath(argument: to),
                place: place,
                method: method,
                item: tell
            )
            if let package = started.package { try self.tell(package) }
            return started.list
        }
        try end(status)
    }

    private func tell(_ package: Pack.Outcome) throws {
        try common.tell(
            "packed \(Count.text(package.records, "record")) into \(package.path.string.displayed), "
                + "\(Size.text(package.bytes)), sha512 \(package.sha512.prefix(16))…",
            [
                "kind": .string("transfer package"), "list": .string(target.list.description),
                "path": .string(package.path.string), "bytes": .integer(package.bytes),
                "sha512": .string(package.sha512), "records": .integer(package.records),
            ]
        )
    }
}

struct TransferReceipt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt",
        abstract: "Records the receiver's word, which is a record.",
        discussion: """
            The receipt names each package by its SHA-512, as the receiver read it off what they have in hand. It is dated \
            from the handing over to today.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Option(help: ArgumentHelp("Who received.", valueName: "person"))
    var receiver: String

    @Option(help: ArgumentHelp("The day, YYYY-MM-DD.", valueName: "date"))
    var date: CivilDate

    @Option(help: ArgumentHelp("The record that is the receipt.", valueName: "id"))
    var letter: RecordID

    @Option(
        name: .customLong("sha512"),
        help: ArgumentHelp("The digest of a package on the receipt; its first 12 digits at least.", valueName: "digest")
    )
    var digests: [String] = []

    func run() throws {
        try TransferActs(common.openWriter()).receive(
            target.list,
            receiver: receiver,
            on: date,
            letter: letter,
            digests: digests
        )
        try common.tell(
            "recorded the receipt of \(target.list) by \(receiver.displayed) on \(date)",
            [
                "kind": .string("transfer receipt"), "list": .string(target.list.description),
                "receiver": .string(receiver), "letter": .string(letter.description),
            ]
        )
    }
}

struct TransferRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Removes here what the receiver has confirmed; the tombstones stay.",
        discussion: """
            The packages that were handed over are shown with --package: each is read and held against its digest before \
            anything is removed here.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    @Option(
        name: .customLong("package"),
        help: ArgumentHelp("The file of a package that was handed over.", valueName: "file")
    )
    var packages: [String] = []

    func run() throws {
        let acts = try TransferActs(common.openWriter())
        let files = packages.map { FilePath(argument: $0) }
        try end(
            try DisposalRendering.carryOut(target.list, common) {
                try acts.remove(target.list, packages: files, item: $0)
            }
        )
    }
}

struct TransferClose: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Closes a list that the receiver has confirmed; what was handed over stays here too.",
        discussion: ExitStatus.help
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var target: ListArgument

    func run() throws {
        try DisposalRendering.tellEnd(try TransferActs(common.openWriter()).close(target.list), common)
    }
}
