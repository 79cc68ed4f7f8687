import ArchiveHome
import BoundedProcess
import Fixity
import Foundation
package import Ledger
package import RecordsModel
import SystemPackage

/// A checkpoint that a time-stamping authority outside of the office stamped (RFC 3161), as an event of the ledger keeps it.
///
/// Later checkpoints cover the event, and with it the stamp: to stamp a newer one renews all older ones.
package struct StampedCheckpoint: Sendable {
    /// The checkpoint.
    package let checkpoint: Checkpoint
    /// The authority's answer: a `TimeStampResp` in DER.
    let response: [UInt8]
    /// The time that the authority states, in seconds since 1970.
    package let time: Int
    /// The file of `policy/trust/` that vouched for the authority.
    package let anchor: String

    init(checkpoint: Checkpoint, response: [UInt8], time: Int, anchor: String) {
        self.checkpoint = checkpoint
        self.response = response
        self.time = time
        self.anchor = anchor
    }

    /// What an event tells of; nil for any other event, and for one that tells of none.
    package init?(_ event: Event, origin: String) {
        guard event.event == .timeStampAccepted, let said = Self.checkpoint(of: event, origin: origin),
            let response = event.detail["response"]?.text.flatMap({ Data(base64Encoded: $0) }),
            let time = event.detail["time"]?.text.flatMap({ Moment($0) })
        else {
            return nil
        }
        self.init(
            checkpoint: said,
            response: Array(response),
            time: time.secondsSinceEpoch,
            anchor: event.detail["anchor"]?.text ?? ""
        )
    }

    /// The checkpoint that a request or a stamp is over.
    static func checkpoint(of event: Event, origin: String) -> Checkpoint? {
        guard let size = event.detail["checkpointSize"]?.number, let root = event.detail["checkpointRoot"]?.text else {
            return nil
        }
        return Checkpoint("\(origin)\n\(size)\n\(root)\n")
    }

    /// The detail of the event.
    var detail: [String: JSONValue] {
        [
            "anchor": .string(anchor), "checkpointRoot": .string(checkpoint.rootText),
            "checkpointSize": .integer(checkpoint.size), "response": .string(Data(response).base64EncodedString()),
            "time": .string(Moment(secondsSinceEpoch: time, offset: 0).description),
        ]
    }
}

/// `openssl ts`: what makes requests for time stamps and verifies them, without network.
struct TimeStampTool {
    private let program: FilePath
    private let isInterrupted: @Sendable () -> Bool

    /// - Throws: `BoundedProcessError`, code `missing`.
    init(_ isInterrupted: @escaping @Sendable () -> Bool) throws {
        program = try ProgramFinder.require("openssl", debianPackage: "openssl")
        self.isInterrupted = isInterrupted
    }

    /// What is stamped of a checkpoint: the SHA-512 of its three lines.
    private static func digest(_ checkpoint: Checkpoint) -> String {
        Digest.of(checkpoint.description.utf8, .sha512).hex
    }

    /// The request for a stamp over a checkpoint, in DER.
    func request(_ checkpoint: Checkpoint) throws -> [UInt8] {
        let words = ["ts", "-query", "-digest", Self.digest(checkpoint), "-sha512", "-cert"]
        let outcome = try run(words.map { .text($0) }, [])
        guard outcome.isSuccess, outcome.output.first == 0x30 else {
            throw OperationError(
                .unread,
                message: "'openssl ts' made no request: \(outcome.complaint ?? "it said nothing")",
                remedy: "see whether the installed openssl is whole; nothing was written"
            )
        }
        return outcome.output
    }

    /// Why an answer is no trusted stamp over a checkpoint; nil where it is one.
    ///
    /// - Parameters:
    ///   - response: the file of the answer.
    ///   - checkpoint: the checkpoint.
    ///   - anchor: a file of trust anchors in PEM form.
    ///   - time: the day at which the authority's certificate must be alive, in seconds since 1970; nil for now.
    /// - Returns: the reason.
    /// - Throws: `BoundedProcessError` where openssl cannot be run.
    func objection(_ response: FilePath, over checkpoint: Checkpoint, anchor: FilePath, at time: Int? = nil) throws
        -> String?
    {
        var words: [BoundedCommand.Word] = [
            .text("ts"), .text("-verify"), .text("-digest"), .text(Self.digest(checkpoint)), .text("-in"), .input(0),
            .text("-CAfile"), .input(1),
        ]
        if let time { words += [.text("-attime"), .text(String(time))] }
        let outcome = try run(words, [response, anchor])
        guard !outcome.isSuccess else { return nil }
        let lines = String(decoding: outcome.errors, as: UTF8.self).split(separator: "\n")
        // The library's lines: thread, 'error', code, library, function, reason, file, line.
        let fields = lines.last { $0.contains(":error:") }?.split(separator: ":", omittingEmptySubsequences: false)
        let reason = fields.flatMap { $0.count > 5 ? String($0[5]) : nil }
        return (reason ?? outcome.complaint ?? "it is none").displayed
    }

    /// The time that an answer states, in seconds since 1970; nil where it states none.
    func time(_ response: FilePath) throws -> Int? {
        let words: [BoundedCommand.Word] = [.text("ts"), .text("-reply"), .text("-in"), .input(0), .text("-text")]
        let outcome = try run(words, [response])
        let text = String(decoding: outcome.output, as: UTF8.self)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Time stamp: ") }) else { return nil }
        return Self.seconds(String(line.dropFirst("Time stamp: ".count)))
    }

    /// `Nov 30 17:00:05 2026 GMT`, with parts of a second or without, in seconds since 1970.
    static func seconds(_ text: String) -> Int? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 5, parts[4] == "GMT", let month = months.firstIndex(of: parts[0]), let day = Int(parts[1]),
            let year = Int(parts[3])
        else {
            return nil
        }
        let clock = parts[2].split(separator: ".")[0]
        func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return Moment("\(year)-\(padded(month + 1))-\(padded(day))T\(clock)+00:00")?.secondsSinceEpoch
    }

    private func run(_ words: [BoundedCommand.Word], _ inputs: [FilePath]) throws -> BoundedOutcome {
        let limits = ProcessLimits(wall: .seconds(60), cpuSeconds: 30, memory: 512 << 20, output: 1 << 20)
        // Its settings are of no use here, and lie where it may not look.
        let settings = ["OPENSSL_CONF": "/dev/null"]
        return try BoundedCommand(program, words, inputs: inputs, environment: settings).run(
            limits: limits,
            isInterrupted: isInterrupted
        )
    }
}
