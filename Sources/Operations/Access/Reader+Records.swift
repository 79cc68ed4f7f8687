package import ArchiveHome
package import Catalogue
package import OCFLStore
package import RecordsModel
import SystemPackage

extension ArchiveReader {
    /// The inventory of a record's object, held against its sidecar and against the ledger's word for its newest version.
    ///
    /// - Throws: `OperationError`: `noSuchRecord`, or `damaged` where store and ledger disagree; `OCFLError`.
    package func inventory(of id: RecordID) throws -> (root: StorageRoot, inventory: Inventory) {
        try catalogue.require(id)
        let root = try StorageRoot.open(home.store)
        return (root, try root.inventory(of: home.objectID(of: id, in: catalogue)))
    }
}

extension CatalogueDatabase {
    /// Stops where there is no such record, or where only its tombstone is left.
    ///
    /// - Throws: `OperationError`, code `noSuchRecord` or `removed`.
    package func require(_ id: RecordID) throws {
        guard let summary = try summary(of: id) else { throw OperationError.noSuchRecord(id.description) }
        if summary.removal != nil { throw try removedError(id) }
    }
}
