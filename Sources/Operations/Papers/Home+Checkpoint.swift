package import ArchiveHome
import Ledger
package import Reporting

extension Home {
    /// What the ledger commits to now, as a paper shows it.
    ///
    /// - Throws: `LedgerError`, `FileSafetyError` where it cannot be read.
    package var paperCheckpoint: PaperCheckpoint {
        get throws {
            let checkpoint = try ledger.readCheckpoint()
            return PaperCheckpoint(text: checkpoint.description, short: ShortCheckpoint(checkpoint).description)
        }
    }
}
