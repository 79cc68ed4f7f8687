import Catalogue
import Ledger
import RecordsModel

/// Makes the catalogue anew from the truth.
package enum Rebuild {
    /// Follows the whole ledger into a new catalogue beside the old one, and puts it in its place.
    ///
    /// - Parameters:
    ///   - home: the home.
    ///   - context: who works, and whom to tell.
    ///   - steps: what the new index is given beside what the truth tells, and that enters nothing.
    /// - Returns: what was made.
    /// - Throws: as taking the lock does.
    package static func run(
        _ home: Home,
        _ context: OperationContext,
        running steps: [HomeStep] = []
    ) throws -> RebuildReport {
        // It makes the index and enters nothing: what is owed at the beginning of work, the next command enters.
        let writer = try ArchiveWriter(home, context, makesIndexAnew: true, running: steps)
        return RebuildReport(
            totals: try writer.catalogue.totals(),
            events: writer.end.frontier.size,
            faults: writer.faults
        )
    }
}
