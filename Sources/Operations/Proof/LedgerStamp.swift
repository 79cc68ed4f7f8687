package import ArchiveHome
import Catalogue
import FileSafety
package import Ledger
import RecordsModel
import Reporting
package import SystemPackage

/// Time from outside: a time-stamping authority says that a checkpoint existed at a time (RFC 3161), by files alone.
///
/// The request holds a digest and nothing of the archive. Whoever has a network carries it to an authority and brings the
/// answer back.
package enum LedgerStamp {
    /// After how many days a newer checkpoint is stamped: before certificates end and algorithms age.
    package static let days = 365

    /// Makes a request for the newest checkpoint, and enters that it was made.
    ///
    /// - Parameters:
    ///   - file: the new file.
    ///   - home: the home.
    ///   - context: who asks, and when.
    /// - Returns: what is to be stamped.
    /// - Throws: `OperationError`; `BoundedProcessError` without openssl; `FileSafetyError`, code `exists`.
    package static func request(to file: FilePath, _ home: Home, _ context: OperationContext) throws -> Checkpoint {
        try home.requireReal("a request for a time stamp")
        let writer = try ArchiveWriter(home, context)
        try home.requireOutsideTruth(file.removingLastComponent())
        let checkpoint = writer.end.checkpoint
        let request = try TimeStampTool(context.isInterrupted).request(checkpoint)
        let files = DurableFiles(tripwire: context.tripwire)
        try files.create(file, request)
        try files.sync(file)
        try writer.enter([
            writer.event(
                .timeStampRequested,
                ["checkpointRoot": .string(checkpoint.rootText), "checkpointSize": .integer(checkpoint.size)]
            )
        ])
        return checkpoint
    }

    /// Takes an authority's answer in.
    ///
    /// - Parameters:
    ///   - file: the answer.
    ///   - home: the home.
    ///   - context: who takes it in, and when.
    /// - Returns: the stamp, and whether the ledger knows it since just now.
    /// - Throws: `OperationError`: `usage` where nothing was requested or there is no trust anchor; `untrusted` where no anchor
    ///   vouches for the answer; `damaged` where the ledger does not begin with what was stamped; `clock`.
    package static func accept(
        _ file: FilePath,
        _ home: Home,
        _ context: OperationContext
    ) throws -> (stamp: StampedCheckpoint, isNew: Bool) {
        let writer = try ArchiveWriter(home, context)
        let origin = writer.end.origin
        let requested = try writer.catalogue.events(of: [.timeStampRequested])
            .compactMap { StampedCheckpoint.checkpoint(of: $0, origin: origin) }
        guard !requested.isEmpty else {
            throw OperationError(
                .usage,
                message: "no time stamp was requested for this log",
                remedy: "make a request with 'berkas ledger stamp --request FILE'"
            )
        }
        let response = try OpenFile.content(of: file, limit: 1 << 18)
        let tool = try TimeStampTool(context.isInterrupted)
        let (checkpoint, anchor) = try find(file, among: requested, anchors: anchors(home), tool)
        guard try home.ledger.begins(with: checkpoint) else {
            throw OperationError(
                .damaged,
                message:
                    "history was cut back or rewritten: \(checkpoint.size) lines were stamped, and this ledger does not "
                    + "begin with them",
                remedy: "find out what happened; bring back the newest copy of the home"
            )
        }
        guard let time = try tool.time(file), time <= writer.context.now().secondsSinceEpoch + 86_400 else {
            throw OperationError(
                .clock,
                message: "the stamp states no time, or one that is still to come",
                remedy: "hold the computer's clock against another; nothing was taken in"
            )
        }
        let stamp = StampedCheckpoint(
            checkpoint: checkpoint,
            response: response,
            time: time,
            anchor: anchor.lastComponent?.string ?? ""
        )
        let known = try stamps(writer.catalogue, origin: origin)
        guard !known.contains(where: { $0.response == response }) else { return (stamp, false) }
        try writer.enter([writer.event(.timeStampAccepted, stamp.detail)])
        return (stamp, true)
    }

    /// The stamps that the ledger tells of, in the order in which they came in.
    static func stamps(_ catalogue: CatalogueDatabase, origin: String) throws -> [StampedCheckpoint] {
        try catalogue.events(of: [.timeStampAccepted]).compactMap { StampedCheckpoint($0, origin: origin) }
    }

    /// The anchors for time stamps in `policy/trust/`: those whose names begin with `tsa`, or all where there is none.
    static func anchors(_ home: Home) throws -> [FilePath] {
        let all = try SignatureCheck.trust(of: home)
        let own = all.filter { $0.lastComponent?.string.lowercased().hasPrefix("tsa") ?? false }
        return own.isEmpty ? all : own
    }

    /// Which of the requested checkpoints an answer is over, and which anchor vouches for it.
    private static func find(
        _ file: FilePath,
        among requested: [Checkpoint],
        anchors: [FilePath],
        _ tool: TimeStampTool
    ) throws -> (Checkpoint, FilePath) {
        guard !anchors.isEmpty else {
            throw OperationError(
                .usage,
                message: "there is no trust anchor in 'policy/trust/'",
                remedy:
                    "put the authority's root certificate there, as 'tsa-NAME.pem', once you know that it is its own"
            )
        }
        var objection = ""
        for checkpoint in requested.reversed() {
            for anchor in anchors {
                guard let words = try tool.objection(file, over: checkpoint, anchor: anchor) else {
                    return (checkpoint, anchor)
                }
                if objection.isEmpty { objection = words }
            }
        }
        throw OperationError(
            .untrusted,
            message:
                "'\(file.shown.displayed)' is no trusted time stamp over a checkpoint that was requested: \(objection)",
            remedy: "ask the authority again with a new request, or put its root certificate into 'policy/trust/'"
        )
    }
}

/// Holds the time stamps that the ledger tells of against the anchors of the office.
struct StampSweep {
    let home: Home
    let context: OperationContext
    let facts: LedgerFacts

    /// Verifies each stamp anew, at the time that it states.
    func run(into report: inout VerifyReport) throws {
        guard !facts.stamps.isEmpty else { return }
        let (tool, anchors): (TimeStampTool, [FilePath])
        do {
            (tool, anchors) = (try TimeStampTool(context.isInterrupted), try LedgerStamp.anchors(home))
        } catch {
            context.shortfall("the ledger's time stamps were not verified: \(ErrorWords.of(error))")
            return
        }
        guard !anchors.isEmpty else {
            context.shortfall("the ledger's time stamps were not verified: there is no trust anchor in 'policy/trust/'")
            return
        }
        for (line, stamp) in facts.stamps {
            try context.stopIfInterrupted()
            guard let stamp else {
                find(line, "tells of a time stamp, and holds none", &report)
                continue
            }
            let folder = try TemporaryFolder.make()
            let file = try folder.write("response.tsr", stamp.response)
            let objections = try anchors.map {
                try tool.objection(file, over: stamp.checkpoint, anchor: $0, at: stamp.time)
            }
            let isStated = try tool.time(file) == stamp.time
            if let words = objections.contains(nil) ? (isStated ? nil : "it states another time") : objections[0] {
                find(line, "tells of a time stamp that no anchor of 'policy/trust/' vouches for: \(words)", &report)
            }
        }
    }

    private func find(_ line: Int, _ message: String, _ report: inout VerifyReport) {
        report.findings.append(VerifyFinding(LedgerFinding(line: line, message: message), in: facts.report))
    }
}
