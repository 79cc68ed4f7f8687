import RecordsModel

/// Makes the catalogue anew from the truth.
package enum Rebuild {
    /// Follows the whole ledger into a new catalogue beside the old one, and puts it in its place.
    ///
    /// - Throws: as taking the lock does.
    package static func run(_ home: Home, _ context: OperationContext) throws -> RebuildReport {
        try ArchiveWriter.rebuilding(home, context).1
    }
}
