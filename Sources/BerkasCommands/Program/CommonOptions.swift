import ArchiveHome
import ArgumentParser
import FileSafety
import Foundation
import Glibc
import Operations
import RecordsModel
import SystemPackage

/// The options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The archive home. Else BERKAS_HOME, else the nearest folder 'Archive' with a berkas.yaml.",
            valueName: "folder"
        )
    )
    var home: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who answers for it. Else BERKAS_AS, else the login name.", valueName: "person")
    )
    var person: String?

    @Option(
        help: ArgumentHelp(
            "The private key that signs an act, or the '.pub' of one in an agent. Else BERKAS_KEY, else the agent is asked.",
            valueName: "file"
        )
    )
    var signWith: String?

    @Flag(help: "Results as JSON Lines: one object a line, each with a 'kind'.")
    var json = false

    @Flag(name: [.short, .long], help: "No progress and no result lines; faults are told all the same.")
    var quiet = false

    /// Finds the home.
    func locateHome() throws -> Home {
        if let rehearsal = Rehearsal.isOn {
            if home != nil { throw ValidationError("the command works on the copy: --home stands before '--'") }
            return try Home.open(rehearsal.home, inRehearsal: true)
        }
        let named = home ?? CommandWords.environment("BERKAS_HOME")
        let found = try Home.locate(named: named.map { FilePath(argument: $0) }, from: CommandWords.folder)
        if let notice = found.noticeForRoot { Terminal.error("note: \(notice)") }
        return found
    }

    /// Whether the person who works was named, and is not just whoever is logged in.
    var isPersonNamed: Bool {
        [person, ProcessInfo.processInfo.environment["BERKAS_AS"]].contains { $0.map { !$0.isEmpty } ?? false }
    }

    /// Who works.
    var actor: String {
        if let person, !person.isEmpty { return person }
        if let person = ProcessInfo.processInfo.environment["BERKAS_AS"], !person.isEmpty { return person }
        let name = NSUserName()
        return name.isEmpty ? "uid \(getuid())" : name
    }

    /// The key that signs; nil where an agent is asked.
    private var keyFile: FilePath? {
        (signWith ?? CommandWords.environment("BERKAS_KEY")).flatMap { $0.isEmpty ? nil : FilePath(argument: $0) }
    }

    /// What an operation in a home is given beside its subject.
    ///
    /// Where nobody is named, the account's own person works, as `policy/people.csv` has it.
    ///
    /// - Throws: `OperationError` where the settings name a time zone that does not exist.
    func context(for home: Home) throws -> OperationContext {
        let owner = isPersonNamed ? nil : PolicyDesk.owner(of: .ofThisProcess, in: home)
        return try context(timeZone: home.settings.timeZone, actor: owner)
    }

    /// What an operation is given beside its subject.
    ///
    /// - Parameters:
    ///   - timeZone: the office's.
    ///   - person: who works; nil for whoever was named, or is logged in.
    /// - Returns: the context.
    /// - Throws: `OperationError` where the settings name a time zone that does not exist.
    func context(timeZone: String, actor person: String? = nil) throws -> OperationContext {
        guard let now = OperationContext.clock(in: timeZone, ahead: Rehearsal.isOn?.daysAhead ?? 0) else {
            throw OperationError(
                .noHome,
                message: "berkas.yaml names the time zone '\(timeZone)', which does not exist",
                remedy: "give an IANA name such as Asia/Makassar"
            )
        }
        let shows = Terminal.errorIsTerminal && !quiet
        let line = ProgressLine()
        return OperationContext(
            actor: person ?? actor,
            keyFile: keyFile,
            now: now,
            notice: { if Shortfall.isNews($0) { Terminal.error("note: \($0)") } },
            shortfall: {
                Shortfall.tell()
                Terminal.error("warning: \($0)")
            },
            leavesIndexAside: Shortfall.isIndexAside,
            tookLock: { Shortfall.changeThings() },
            progress: { if shows { line.show($0) } },
            isInterrupted: { Interruption.isRequested }
        )
    }

    /// Opens the home for asking.
    func openReader() throws -> (ArchiveReader, OperationContext) {
        let home = try locateHome()
        let context = try context(for: home)
        let reader = try ArchiveReader(home, context)
        Terminal.clearProgress()
        return (reader, context)
    }

    /// Opens the home for changing.
    ///
    /// - Parameter change: what is otherwise with this work.
    /// - Returns: the home under its lock.
    /// - Throws: as `ArchiveWriter` does.
    func openWriter(_ change: (OperationContext) -> OperationContext = { $0 }) throws -> ArchiveWriter {
        let home = try locateHome()
        let writer = try ArchiveWriter(home, change(try context(for: home)))
        Terminal.clearProgress()
        return writer
    }

    /// Writes a line of the result unless `--quiet` was given; with `--json`, only `object`.
    func tell(_ text: @autoclosure () -> String, _ object: @autoclosure () throws -> [String: JSONValue]) throws {
        guard !quiet else { return }
        Terminal.result(json ? String(decoding: try CanonicalJSON.line(try object()), as: UTF8.self) : text())
    }
}

/// A record's number as a word of a command.
struct RecordArgument: ExpressibleByArgument {
    let reference: RecordReference

    init?(argument: String) {
        guard let reference = RecordReference(argument) else { return nil }
        self.reference = reference
    }
}

/// The options that narrow a list of records.
struct FilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this fiscal year.", valueName: "year"))
    var year: Int?

    @Option(help: ArgumentHelp("Only units with this in their name.", valueName: "name"))
    var unit: String?

    @Option(help: ArgumentHelp("Only this step of the procedure.", valueName: "step"))
    var step: Int?

    @Option(help: ArgumentHelp("Only this document type.", valueName: "type"))
    var type: String?

    @Option(help: ArgumentHelp("Only documents by a signer with this in the name.", valueName: "name"))
    var signer: String?

    @Option(help: ArgumentHelp("Only documents dated on this day, YYYY-MM-DD, or later.", valueName: "date"))
    var after: CivilDate?

    @Option(help: ArgumentHelp("Only documents dated on this day or earlier.", valueName: "date"))
    var before: CivilDate?

    @Option(help: ArgumentHelp("Only what lies there: words of the place, side by side ('rak 2').", valueName: "place"))
    var location: String?

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp("Only this classification code and those below it.", valueName: "code")
    )
    var classification: String?
}
