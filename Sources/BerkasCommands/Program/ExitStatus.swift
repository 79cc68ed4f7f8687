import Acts
import ArchiveHome
import ArgumentParser
import BoundedProcess
import Catalogue
import FileSafety
import Fixity
import Intake
import Ledger
import OCFLStore
import OfficeFiles
import Operations
import Packaging
import Reporting
import Signatures

/// How the program ends; the table stands in every help text.
enum ExitStatus: Int32 {
    /// All that was asked for is done.
    case done = 0
    /// It failed, and nothing changed.
    case failed = 1
    /// A part is done; each item that had a fault was named.
    case partly = 3
    /// A rule forbids it: a hold, a date, an approval that is missing.
    case refused = 4
    /// Something that is kept is not what it was.
    case integrityFault = 5
    /// Another process holds the lock of the home.
    case locked = 6
    /// The words of the call cannot be understood.
    case usage = 64
    /// Somebody stopped it; run again, it carries on.
    case interrupted = 130

    /// The table for help texts and manual pages.
    static let help = """
        EXIT STATUS
          0    done
          1    failed, nothing changed
          3    done in part: some items had faults, each named
          4    refused by a rule
          5    an integrity fault was found
          6    the home is locked by another process
          64   the words of the call are wrong
          130  interrupted; running it again carries on
        """

    /// The status for an error of our own modules; nil for the argument parser's.
    init?(of error: any Error) {
        switch error {
        case let error as OperationError:
            self =
                switch error.code {
                case .noHome, .noSuchRecord, .removed, .exists, .unread, .foreign, .clock: .failed
                case .usage: .usage
                case .damaged, .untrusted: .integrityFault
                case .partly: .partly
                case .interrupted: .interrupted
                }
        case let error as FileSafetyError: self = error.code == .locked ? .locked : .failed
        case let error as PackagingError: self = error.code == .contentDiffers ? .integrityFault : .failed
        case let error as CatalogueError:
            self =
                switch error.code {
                case .nothingToSearch: .usage
                case .interrupted: .interrupted
                case .busy: .locked
                case .damaged, .strange, .older, .newer, .readOnly, .noSpace, .noLocks, .device: .failed
                }
        case let error as OCFLError: self = error.code == .unsupported ? .failed : .integrityFault
        case is LedgerError, is EventFault: self = .integrityFault
        case is RefusedError: self = .refused
        case is OfficeFileError, is BatchError, is FileChangedError, is ProfileError, is ReportingError,
            is TrustAnchors.UnreadableError,
            is BoundedProcessError:
            self = .failed
        case is CancellationError: self = .interrupted
        default: return nil
        }
    }
}

extension ParsableCommand {
    /// Ends the command with a status that is not success.
    func end(_ status: ExitStatus) throws {
        if status != .done { throw ExitCode(status.rawValue) }
    }
}

/// Words for errors.
enum Message {
    /// One line: what, which, why, what to do.
    static func of(_ error: any Error) -> String {
        if let error = error as? FileSafetyError, error.code == .locked {
            return "the home is \(error.reason); wait until it is done, or end it, then run the command again"
        }
        if error is CancellationError { return "interrupted; nothing was changed" }
        return ErrorWords.of(error)
    }
}
