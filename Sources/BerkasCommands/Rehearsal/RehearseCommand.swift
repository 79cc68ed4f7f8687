import ArchiveHome
import ArgumentParser
import Foundation
import Operations
import RecordsModel
import SystemPackage

struct RehearseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Tries a command on a day to come, in a copy of the home that is removed afterwards.",
        discussion: """
            The home is copied to a temporary folder (TMPDIR), the clock of the copy is set to that day, and the command \
            runs there. Each line that it prints says "rehearsal", also on standard error; with --json each object stands \
            in the member 'line' of an object of kind "rehearsal". The home is not changed, and nothing of the copy can \
            come back: no archive imports a package that was made in it, and no paper is printed from it.

              berkas rehearse --as-of 2031-01-02 -- disposal propose --kind musnah --title 'Usul 2031' --due
              berkas rehearse --as-of 2031-01-02 -- today

            \(ExitStatus.help)
            """
    )

    @OptionGroup var common: CommonOptions

    @Option(name: .customLong("as-of"), help: ArgumentHelp("The day, YYYY-MM-DD, today or later.", valueName: "date"))
    var asOf: CivilDate

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command, behind '--'.", valueName: "command"))
    var command: [String] = []

    /// Commands whose files may leave the copy: the originals of records, and packages, which are marked.
    private static let mayWriteElsewhere: Set<String> = ["get", "page", "pack", "transfer"]

    func validate() throws {
        guard let name = ArgumentOrder.normalised(command).first, !name.hasPrefix("-") else {
            throw ValidationError("name the command behind '--', as in: berkas rehearse --as-of DATE -- today")
        }
        func has(_ option: String) -> Bool { command.contains { $0 == option || $0.hasPrefix(option + "=") } }
        if ["rehearse", "init", "witness"].contains(name) { throw ValidationError("'\(name)' is not rehearsed") }
        if has("--home") { throw ValidationError("the command works on the copy: --home stands before '--'") }
        if !Self.mayWriteElsewhere.contains(name), ["--to", "--html", "--file-as"].contains(where: has) {
            throw ValidationError(
                "a rehearsal writes no paper and no report to a file: it would look like a real one; leave --to away"
            )
        }
    }

    func run() throws {
        if Rehearsal.isOn != nil { throw ValidationError("a rehearsal is on") }
        let original = try common.locateHome()
        let context = try common.context(for: original)
        Shortfall.changeThings()  // An interruption has the time to remove the copy.
        let place = FilePath(NSTemporaryDirectory())
        let copy = try RehearsalCopy(of: original, for: asOf, in: place, context)
        let ahead = asOf.daysSinceEpoch - context.now().date.daysSinceEpoch
        Rehearsal.set(Rehearsal(home: copy.home, day: asOf, daysAhead: ahead))
        Terminal.begin(rehearsal: "\(asOf)")
        defer {
            Terminal.flush()
            Terminal.endRehearsal()
            Rehearsal.set(nil)
        }
        let status: Int32
        do {
            Terminal.error(
                "works on a copy of '\(original.path.string.displayed)' (\(Size.text(copy.bytes))); nothing of it comes back"
            )
            try settleClock()
            status = BerkasProgram.carryOut(words)
        } catch {
            tellRemoval(of: copy)
            throw error
        }
        Terminal.flush()
        tellRemoval(of: copy)
        if status != 0 { throw ExitCode(status) }
    }

    /// The words of the command, with what was said before it.
    private var words: [String] {
        var words: [String] = []
        if let person = common.person { words += ["--as", person] }
        if common.json { words.append("--json") }
        if common.quiet { words.append("--quiet") }
        return words + command
    }

    /// The clock of the copy is ahead because somebody asked for it: there it counts as confirmed.
    private func settleClock() throws {
        let home = try common.locateHome()
        guard home.hasTruth else { return }
        let told = try common.context(for: home)
        let writer = try ArchiveWriter(home, OperationContext(actor: told.actor, now: told.now))
        guard try !writer.clockLeaps().isEmpty else { return }
        _ = try ClockActs(writer).confirm(reason: "gladi (rehearsal)")
    }

    private func tellRemoval(of copy: RehearsalCopy) {
        do {
            try copy.remove()
            Terminal.error("the copy is removed")
        } catch {
            Shortfall.tell()
            Terminal.error("warning: the copy '\(copy.home.string)' is not removed whole: \(Message.of(error))")
        }
    }
}
