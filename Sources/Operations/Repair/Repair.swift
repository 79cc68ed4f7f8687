package import ArchiveHome
import Catalogue
import FileSafety
import Ledger
import RecordsModel
import SystemPackage

/// Brings a home that disks, copies or interruptions left inconsistent back to its last provable state.
///
/// It changes what can be proven, or what was never told as kept; it invents nothing, and puts aside whatever it takes out.
/// Each step is durable and can be taken again: where it is killed, running it again plans what is left.
package struct Repair {
    private let home: Home
    private let context: OperationContext

    /// A repair of a home; what it makes gets the rights of the home's top folder.
    ///
    /// - Throws: `FileSafetyError` where these cannot be read.
    package init(_ home: Home, _ context: OperationContext) throws {
        self.home = home
        self.context = try context.working(in: home)
    }

    /// Says what a repair would do, and changes nothing.
    ///
    /// - Parameter line: the line of the ledger to go back to; nil for the last provable state.
    /// - Returns: the steps, and what cannot be repaired.
    /// - Throws: `OperationError`, `FileSafetyError` where the home cannot be looked at.
    package func plan(backTo line: Int? = nil) throws -> RepairReport {
        var report = RepairReport()
        if let work = carriesOn() {
            report.steps = [work]
            report.isFirstPart = true
            return report
        }
        let aside = AsideFolder(home, on: context.now().date, files: context.files)
        let planner = RepairPlanner(home, context, aside: aside, backTo: line)
        try planner.plan()
        // Where the ledger cannot be brought in order, nothing is touched.
        report.steps = planner.canBegin ? planner.steps.map(\.step) : []
        report.obstacles = planner.obstacles
        report.isFirstPart = planner.isFirstPart
        report.lostLines = planner.lostLines
        return report
    }

    /// Repairs.
    ///
    /// - Parameter line: the line of the ledger to go back to; nil for the last provable state.
    /// - Returns: what was done, and what cannot be repaired.
    /// - Throws: `FileSafetyError`, code `locked`; `OperationError`, code `clock`; and where a step fails.
    package func run(backTo line: Int? = nil) throws -> RepairReport {
        try context.requireClock()
        var report = RepairReport()
        do {
            let lock = try home.takeLock(context, isBrief: false)
            defer { withExtendedLifetime(lock) {} }
            let aside = AsideFolder(home, on: context.now().date, files: context.files)
            if let work = carriesOn() {
                do {
                    try home.recover(context)
                    try home.dropWork(files: context.files)
                    report.steps.append(work)
                } catch let error as OperationError where error.code == .interrupted {
                    throw error
                } catch {
                    // What it was about to do is planned with all else.
                    context.notice("the interrupted command cannot be carried on: \(ErrorWords.of(error))")
                }
            }
            // Some of what is to be done is known only when the lines of the ledger are there again.
            for _ in 0..<4 {
                let planner = RepairPlanner(home, context, aside: aside, backTo: line)
                try planner.plan()
                report.obstacles = planner.obstacles
                report.lostLines = max(report.lostLines, planner.lostLines)
                guard planner.canBegin, !planner.steps.isEmpty else { break }
                report.steps += planner.steps.map(\.step)
                report.folder = aside.name
                try aside.begin(report.steps)
                for (_, act) in planner.steps {
                    try context.stopIfInterrupted()
                    try act()
                }
            }
        }
        if !report.steps.isEmpty || hasUntold { enter(&report) }
        return report
    }

    /// An interrupted command that wrote down what it was about to do, and that can be carried on as after any interruption.
    private func carriesOn() -> RepairStep? {
        guard home.hasIntent else { return nil }
        return RepairStep(
            area: .staging,
            what: "an interrupted command is carried to its end",
            why: "all that it needs lies in 'staging/work', as after any interruption",
            path: "staging/work"
        )
    }

    // MARK: - The event

    /// The folders of repairs that no event tells of yet, by their names.
    private var untold: [EntryName] {
        let entries = (try? FolderEntries(of: home.repair)) ?? .none
        return entries.filter { entry in
            let folder = home.repair.appending(entry.name)
            return entry.kind == .directory && FileStatus.exists(folder.appending(AsideFolder.list))
                && !FileStatus.exists(folder.appending(AsideFolder.entered))
        }.map(\.name)
    }

    private var hasUntold: Bool { !untold.isEmpty }

    private func enter(_ report: inout RepairReport) {
        do {
            let folders = untold
            let writer = try ArchiveWriter(home, context)
            let steps = report.steps.prefix(100).map { step -> JSONValue in
                .object([
                    "area": .string(step.area.rawValue), "path": step.path.map { .string($0) } ?? .null,
                    "what": .string(step.what),
                ])
            }
            var detail: [String: JSONValue] = [
                "count": .integer(report.steps.count),
                "folders": .array(folders.map { .string("repair/" + $0.shown) }),
                "lostLines": .integer(report.lostLines), "obstacles": .integer(report.obstacles.count),
                "steps": .array(Array(steps)),
            ]
            // What the ledger said before: somebody who has the whole one elsewhere can hold it against this.
            for folder in folders {
                let old = home.repair.appending(folder).appending("ledger").appending("checkpoint")
                guard let bytes = try? OpenFile.content(of: old, limit: 1 << 16),
                    let said = Checkpoint(String(decoding: bytes, as: UTF8.self))
                else {
                    continue
                }
                detail["before"] = .object(["root": .string(said.rootText), "size": .integer(said.size)])
            }
            try writer.enter([
                Event(seq: 0, time: context.now(), actor: context.actor, event: .repair, detail: detail)
            ])
            report.isEntered = true
            for folder in folders {
                let place = home.repair.appending(folder)
                try context.files.create(place.appending(AsideFolder.entered), [])
                try context.files.sync(place)
            }
        } catch {
            context.notice("the repair could not be entered in the ledger: \(ErrorWords.of(error))")
        }
    }
}
