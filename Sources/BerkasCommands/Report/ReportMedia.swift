import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel
import Reporting

extension Paper.ConversionForm: ExpressibleByArgument {}

/// Which records were converted (alih media), and how.
struct ConversionOptions: ParsableArguments {
    @OptionGroup var list: OfficeListOptions

    @Argument(
        help: ArgumentHelp("Only these records; else all that pass and say where their paper lies.", valueName: "id")
    )
    var records: [RecordID] = []

    @Option(help: ArgumentHelp("nasional (six columns) or kantor (nine).", valueName: "columns"))
    var columns: Paper.ConversionForm = .national

    @Option(help: ArgumentHelp("Said of every record: what it was converted into.", valueName: "words"))
    var into: String?

    @Option(help: ArgumentHelp("Said of every record: what it was converted with.", valueName: "words"))
    var device: String?

    @Option(help: ArgumentHelp("Said of every record: the day of its conversion, YYYY-MM-DD.", valueName: "date"))
    var convertedOn: CivilDate?

    /// Gathers the converted records, and names those that are no paper.
    func open() throws -> (desk: OfficeListOptions.Desk, records: [ConvertedRecord]) {
        let desk = try list.open(records: records)
        let (found, without) = try desk.papers.conversions(of: desk.gathered)
        if !without.isEmpty {
            Terminal.error(
                "note: \(Count.text(without.count, "record")) left out, which do not say where a paper of them lies "
                    + "(lokasi): \(RecordNames.text(without))"
            )
        }
        if found.isEmpty {
            throw OperationError(
                .noSuchRecord,
                message: "no record says where a paper of it lies, so that none was converted from paper",
                remedy: "name others; nothing was written"
            )
        }
        return (desk, found.map(filled))
    }

    /// A record with what is said of every record; the table of facts goes before.
    private func filled(_ record: ConvertedRecord) -> ConvertedRecord {
        var record = record
        record.into = record.into ?? into
        record.device = record.device ?? device
        record.date = record.date ?? convertedOn
        return record
    }
}

struct ReportConversionMinutes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversion-minutes",
        abstract: "Berita Acara Alih Media with its list: what was scanned, how, and that the paper is kept.",
        discussion: """
              berkas report conversion-minutes --year 2024 --number 000.5.7/3/2026 --place Paringin \\
                --media 'kertas ke PDF' --process 'dipindai 300 dpi' --operator 'Siti;Arsiparis;1980' \\
                --to ba-alih-media.pdf

            \(ExitStatus.help)
            """,
        aliases: ["berita-acara-alih-media"]
    )

    @OptionGroup var conversion: ConversionOptions

    @Option(help: ArgumentHelp("The day or days of the work, in words; else the paper's day.", valueName: "words"))
    var time: String?

    @Option(help: ArgumentHelp("From which kind of medium to which.", valueName: "words"))
    var media: String?

    @Option(help: ArgumentHelp("How it was done.", valueName: "words"))
    var process: String?

    @Option(help: ArgumentHelp("Who did it, as 'name;office;NIP'; may stand several times.", valueName: "signer"))
    var `operator`: [SignerArgument] = []

    func validate() throws { try conversion.list.paper.requireFile() }

    func run() throws {
        let (desk, records) = try conversion.open()
        var act = ConversionAct()
        act.time = time
        act.place = conversion.list.paper.place
        act.media = media
        act.process = process
        act.operators = self.operator.map(\.signer)
        act.unitHead = conversion.list.unitHead?.signer
        act.unit = desk.unit
        let made = Paper.conversionMinutes(records, act, form: conversion.columns, frame: desk.frame)
        try conversion.list.write(made, desk)
    }
}

struct ReportConversionList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversion-list",
        abstract: "Daftar Arsip Alih Media alone.",
        discussion: ExitStatus.help,
        aliases: ["daftar-arsip-alih-media"]
    )

    @OptionGroup var conversion: ConversionOptions

    func validate() throws { try conversion.list.paper.requireFile() }

    func run() throws {
        let (desk, records) = try conversion.open()
        var act = ConversionAct()
        act.unit = desk.unit
        act.unitHead = conversion.list.unitHead?.signer
        let made = Paper.conversionList(records, act, form: conversion.columns, frame: desk.frame)
        try conversion.list.write(made, desk)
    }
}
