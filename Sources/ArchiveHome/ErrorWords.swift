import FileSafety
import Ledger
import OCFLStore

/// What a person reads of an error: what, which, why, and what to do, in one line.
///
/// Modules that could be published alone give codes, and know no command of this program: what to type is said here.
package enum ErrorWords {
    /// The whole line.
    package static func of(_ error: any Error) -> String {
        switch error {
        case let error as FileSafetyError where error.code == .device:
            "cannot \(error.operation) '\(error.path.shown)': \(error.reason); \(failingDisk)"
        case let error as OCFLError: "\(error)" + (remedy(of: error).map { "; \($0)" } ?? "")
        case is LedgerError:
            "\(error); run 'berkas ledger verify', then 'berkas repair --dry-run' to see what can be put right"
        default: "\(error)"
        }
    }

    private static let bringing =
        "run 'berkas repair --dry-run': it names what to bring, and from which package or copy"

    private static let failingDisk =
        "the disk may be failing: copy the home to another disk and run 'berkas verify' there"

    /// What to do about what the store lacks; nil where the error says it itself.
    private static func remedy(of error: OCFLError) -> String? {
        switch (error.code, error.extent) {
        case (_, _) where error.remedy != nil: nil
        case (.unsupported, _): nil
        case (.notAStorageRoot, _), (.noSuchObject, _), (_, .store), (_, .object): Self.bringing
        case (_, .nothing): "run 'berkas verify'; nothing was replaced"
        }
    }
}
