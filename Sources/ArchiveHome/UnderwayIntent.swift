import FileSafety
import Foundation
import RecordsModel

/// What an intent that lies in a home's staging folder is about; asking changes nothing.
package struct UnderwayIntent: Sendable {
    /// The OCFL ids of objects that it puts in or takes away.
    package let objects: [String]
    /// The names of packages that it puts in or takes away.
    package let packages: [String]
    /// How many events the ledger had before.
    package let events: Int

    /// The intent of a home; nil where there is none, or it cannot be read.
    package init?(_ home: Home) {
        // What no command would carry out explains nothing, either.
        guard FileStatus.exists(home.intent), let intent = try? home.interruptedWork().intent else { return nil }
        let removals = intent.removals
        objects = intent.objects.map(\.id) + removals.map(\.object)
        packages = intent.packages.map(\.name) + removals.flatMap(\.packages)
        events = intent.ledger.events
    }
}

extension Home {
    /// Whether a group's intent is written down, so that the group will be carried to its end.
    package var hasIntent: Bool { FileStatus.exists(intent) }
}
