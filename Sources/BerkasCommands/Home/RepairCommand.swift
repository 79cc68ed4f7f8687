import ArchiveHome
import ArgumentParser
import Operations
import RecordsModel

struct RepairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Brings a home that a disk, a copy or an interruption left inconsistent to its last provable state.",
        discussion: """
            Ask first: --dry-run says what would be done, why that loses nothing, and what has to come from a package or a \
            copy; it changes nothing, and ends with 0 where there is nothing to do, with 3 where there is, with 5 where \
            something cannot be repaired here.

              berkas repair --dry-run
              berkas repair
              berkas repair --back-to 41     for a copy that was made while records were taken in: the state at line 41

            Nothing is invented: a line of the log is put back only with the hash that the checkpoint covers, an inventory only \
            where it is the one that the ledger names. What is taken out is kept in repair/DATE, and an event tells of it. \
            Killed anywhere, it is run again.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Flag(help: "Say what would be done, and change nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp("Go back to this line of the ledger; what lies behind it is put aside.", valueName: "line")
    )
    var backTo: Int?

    func validate() throws {
        if let backTo, backTo < 1 { throw ValidationError("--back-to must be 1 or more") }
    }

    func run() throws {
        let home = try common.locateHome()
        let repair = try Repair(home, common.context(for: home))
        let report = dryRun ? try repair.plan(backTo: backTo) : try repair.run(backTo: backTo)
        Terminal.clearProgress()
        for step in report.steps { try tell(step) }
        for obstacle in report.obstacles { try tell(obstacle) }
        try common.tell(
            summary(report),
            [
                "dryRun": .boolean(dryRun), "entered": .boolean(report.isEntered),
                "folder": report.folder.map { .string($0) } ?? .null, "kind": .string("summary"),
                "lostLines": .integer(report.lostLines), "more": .boolean(report.isFirstPart),
                "obstacles": .integer(report.obstacles.count), "steps": .integer(report.steps.count),
            ]
        )
        Terminal.flush()
        if !dryRun, !report.steps.isEmpty, !report.isEntered {
            Terminal.error("note: the repair is not entered in the ledger yet; 'berkas repair' enters it when it can")
        }
        try end(status(report))
    }

    private func status(_ report: RepairReport) -> ExitStatus {
        if !report.obstacles.isEmpty { return .integrityFault }
        if dryRun ? !report.steps.isEmpty : report.lostLines > 0 { return .partly }
        return .done
    }

    private func tell(_ step: RepairStep) throws {
        try common.tell(
            "\(dryRun ? "would do" : "done"): \(step.area.rawValue)\(step.path.map { " \($0.displayed)" } ?? ""): "
                + "\(step.what.displayed); \(step.why.displayed)",
            [
                "area": .string(step.area.rawValue), "done": .boolean(!dryRun), "kind": .string("repair"),
                "path": step.path.map { .string($0) } ?? .null, "what": .string(step.what), "why": .string(step.why),
            ]
        )
    }

    /// Told whatever was asked for: what cannot be repaired is never silent.
    private func tell(_ obstacle: RepairObstacle) throws {
        let object: [String: JSONValue] = [
            "area": .string(obstacle.area.rawValue), "kind": .string("obstacle"),
            "path": obstacle.path.map { .string($0) } ?? .null,
            "record": obstacle.record.map { .string($0) } ?? .null, "remedy": .string(obstacle.remedy),
            "what": .string(obstacle.what),
        ]
        let place = [obstacle.record, obstacle.path].compactMap { $0?.displayed }.joined(separator: " ")
        Terminal.result(
            common.json
                ? String(decoding: try CanonicalJSON.line(object), as: UTF8.self)
                : "cannot be repaired here: \(obstacle.area.rawValue) \(place): \(obstacle.what.displayed); "
                    + obstacle.remedy.displayed
        )
    }

    private func summary(_ report: RepairReport) -> String {
        let obstacles =
            report.obstacles.isEmpty ? "" : "; \(Count.text(report.obstacles.count, "thing")) cannot be repaired here"
        if report.steps.isEmpty {
            return (report.obstacles.isEmpty ? "there is nothing to repair" : "nothing was changed") + obstacles
        }
        let steps = Count.text(report.steps.count, "step")
        if dryRun {
            return "\(steps) would be taken"
                + (report.isFirstPart ? ", and what else there is would be looked at then" : "")
                + "\(obstacles); nothing was changed"
        }
        let kept = report.folder.map { "; what was put aside is in '\($0)'" } ?? ""
        let lost =
            report.lostLines == 0
            ? ""
            : "; \(Count.text(report.lostLines, "line")) that the ledger once named \(report.lostLines == 1 ? "is" : "are") "
                + "nowhere in this home: look for a newer copy"
        return "\(steps) taken\(kept)\(lost)\(obstacles); run 'berkas verify'"
    }
}
