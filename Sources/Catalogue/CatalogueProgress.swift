import Foundation
import GRDB

/// How far the catalogue has followed the ledger.
package struct CatalogueProgress: Hashable, Sendable {
    /// The ledger's name.
    package let origin: String
    /// How many events the catalogue knows.
    package let events: Int
    /// The byte of the log behind the last of them.
    package let bytes: Int
    /// The state of the Merkle tree there.
    package let frontier: [UInt8]

    /// Progress out of its parts.
    package init(origin: String, events: Int, bytes: Int, frontier: [UInt8]) {
        self.origin = origin
        self.events = events
        self.bytes = bytes
        self.frontier = frontier
    }
}

extension CatalogueDatabase {
    /// How far the catalogue has followed the ledger; nil where it has not begun.
    package func progress() throws -> CatalogueProgress? {
        try Self.translated {
            try queue.read { database in
                let row = try Row.fetchOne(database, sql: "SELECT origin, events, bytes, frontier FROM progress")
                return row.map { row in
                    CatalogueProgress(
                        origin: row[0],
                        events: row[1],
                        bytes: row[2],
                        frontier: Array(row[3] as Data)
                    )
                }
            }
        }
    }
}
