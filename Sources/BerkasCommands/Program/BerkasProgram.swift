import ArchiveHome
import ArgumentParser
import Catalogue
import Foundation
import Glibc
import Operations
import RecordsModel
import SystemPackage

/// The program: words in, exit status out.
package enum BerkasProgram {
    /// Runs the command that the words name; messages go to standard error, results to standard output.
    ///
    /// - Parameter arguments: the words behind the program's name.
    /// - Returns: the exit status (see `ExitStatus`).
    package static func run(_ arguments: [String]) -> Int32 {
        // This program, started by itself to judge the signatures of files with nothing else in reach.
        if arguments == [SignatureCheck.judging] { return SignatureCheck.serve() }
        defer { Terminal.flush() }
        signal(SIGPIPE, SIG_IGN)  // A reader that went away is no reason to stop halfway through a write.
        Interruption.install()
        if let option = CommandWords.brokenOption(arguments) {
            Terminal.error("berkas: the value of \(option.displayed) is no text in UTF-8; write it in UTF-8")
            return ExitStatus.usage.rawValue
        }
        let status = carryOut(arguments)
        return status == ExitStatus.done.rawValue && Shortfall.isTold ? ExitStatus.partly.rawValue : status
    }

    /// Carries out the command that the words name, and tells what stopped it.
    static func carryOut(_ arguments: [String]) -> Int32 {
        do {
            var command = try Berkas.parseAsRoot(ArgumentOrder.normalised(arguments))
            try command.run()
            return ExitStatus.done.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch let error as CatalogueError
            where error.code == .damaged && !Shortfall.isIndexAside && !Shortfall.mayHaveChanged && Terminal.takeBack()
        {
            // Asked again without the index, of which a page may be broken anywhere.
            Terminal.error("note: \(Message.of(error))")
            Shortfall.leaveIndexAside()
            return carryOut(arguments)
        } catch {
            if let status = ExitStatus(of: error) {
                Terminal.error("berkas: \(Message.of(error))")
                return status.rawValue
            }
            // Words that the parser did not take, or a request for help.
            let status = Berkas.exitCode(for: error)
            let text = Berkas.fullMessage(for: error)
            if status == .success { Terminal.result(text) } else { Terminal.error(text) }
            return status == .success ? 0 : ExitStatus.usage.rawValue
        }
    }
}

/// The command tree.
struct Berkas: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "berkas",
        abstract: "Keeps the records of a government office's yearly plans: whole, found, and proven.",
        discussion: ExitStatus.help,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Filing:",
                subcommands: [Init.self, Check.self, IngestCommand.self, ImportCommand.self, ReadCommand.self]
            ),
            CommandGroup(
                name: "Finding:",
                subcommands: [
                    List.self, Show.self, History.self, Search.self, Get.self, TextCommand.self, PageCommand.self,
                    DiffCommand.self,
                ]
            ),
            CommandGroup(
                name: "The dossier:",
                subcommands: [
                    DossierCommand.self, ReceiveDossier.self, CheckFiling.self, ApproveFiling.self, SealDossier.self,
                    ReopenDossier.self,
                ]
            ),
            CommandGroup(name: "Day by day:", subcommands: [TodayCommand.self, ClockCommand.self, LoanCommand.self]),
            CommandGroup(name: "The office:", subcommands: [PolicyCommand.self, PersonCommand.self]),
            CommandGroup(
                name: "Retention:",
                subcommands: [
                    RetentionCommand.self, Classify.self, HoldCommand.self, DisposalCommand.self, TransferCommand.self,
                ]
            ),
            CommandGroup(
                name: "Proving:",
                subcommands: [
                    RehearseCommand.self, VerifyCommand.self, RepairCommand.self, ProveCommand.self,
                    PackCommand.self, RebuildCommand.self,
                    LedgerCommand.self, WitnessCommand.self,
                    BagCommand.self,
                    OCFLCommand.self, SignatureCommand.self, ReportCommand.self,
                ]
            ),
        ]
    )
}
