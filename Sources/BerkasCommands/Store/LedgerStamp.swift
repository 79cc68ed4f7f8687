import ArchiveHome
import ArgumentParser
import FileSafety
import Ledger
import Operations
import RecordsModel
import SystemPackage

struct LedgerStampCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stamp",
        abstract: "Asks an authority outside for the time of a checkpoint, and takes its answer in.",
        discussion: """
            RFC 3161, by files: the request holds a digest and nothing of the archive. Carry it to a computer with a network, \
            and bring the answer back. It is verified against policy/trust/ (tsa-NAME.pem: the authority's root certificate) \
            by openssl, and becomes an event. Later checkpoints cover it, so that a stamp a year renews all older ones; \
            'berkas today' reminds of it.

              berkas ledger stamp --request cekpoin.tsq
              curl -H 'Content-Type: application/timestamp-query' --data-binary @cekpoin.tsq URL > cekpoin.tsr
              berkas ledger stamp --accept cekpoin.tsr

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("The new file for the request.", valueName: "file"))
    var request: String?

    @Option(help: ArgumentHelp("The file with the authority's answer.", valueName: "file"))
    var accept: String?

    func validate() throws {
        if (request == nil) == (accept == nil) { throw ValidationError("give --request or --accept") }
    }

    func run() throws {
        let home = try common.locateHome()
        let context = try common.context(for: home)
        if let request {
            let checkpoint = try LedgerStamp.request(to: FilePath(argument: request), home, context)
            try common.tell(
                "requested  \(request.displayed)  for \(Count.text(checkpoint.size, "line")); bring the answer back with --accept",
                [
                    "checkpoint": .string(checkpoint.description), "kind": .string("stamp-request"),
                    "lines": .integer(checkpoint.size), "path": .string(FilePath(argument: request).shown),
                ]
            )
        } else if let accept {
            let (stamp, isNew) = try LedgerStamp.accept(FilePath(argument: accept), home, context)
            let time = Moment(secondsSinceEpoch: stamp.time, offset: 0).description
            try common.tell(
                "\(isNew ? "stamped" : "known already")  \(Count.text(stamp.checkpoint.size, "line")) at \(time), "
                    + "vouched for by policy/trust/\(stamp.anchor.displayed)",
                [
                    "anchor": .string(stamp.anchor), "kind": .string("stamp"), "lines": .integer(stamp.checkpoint.size),
                    "new": .boolean(isNew), "time": .string(time),
                ]
            )
        }
        Terminal.flush()
    }
}
