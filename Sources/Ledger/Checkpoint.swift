import Foundation

/// What a log commits to: its name, how many lines it has, and the root of their tree.
///
/// The body of a C2SP tlog-checkpoint (<https://c2sp.org/tlog-checkpoint>): three lines, the root in base64. Printed on
/// every report and put into every package, so that a paper in somebody else's cupboard witnesses the log.
package struct Checkpoint: Hashable, Sendable, CustomStringConvertible {
    /// The log's name, one line.
    package let origin: String
    /// How many lines the ledger has.
    package let size: Int
    /// The root of the tree: 32 bytes.
    package let root: [UInt8]

    /// A checkpoint out of its parts.
    package init(origin: String, size: Int, root: [UInt8]) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Reads the three lines; nil where they are anything else, down to a byte.
    package init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, !lines[0].isEmpty, let size = Int(lines[1]), (0...Self.sizeLimit).contains(size),
            let root = Data(base64Encoded: String(lines[2])), root.count == 32
        else {
            return nil
        }
        self.init(origin: String(lines[0]), size: size, root: Array(root))
        // Base64 and decimal numbers have more than one form; only the one that is written counts.
        guard description.utf8.elementsEqual(text.utf8) else { return nil }
    }

    /// More lines than any ledger has; few enough to compute with.
    private static let sizeLimit = 1 << 40

    /// The root in base64.
    package var rootText: String { Data(root).base64EncodedString() }

    /// The three lines, each with its line end.
    package var description: String { "\(origin)\n\(size)\n\(rootText)\n" }
}

/// How a checkpoint that was kept elsewhere stands to a ledger.
package enum CheckpointStanding: Hashable, Sendable {
    /// The ledger begins with the lines that the checkpoint commits to.
    case consistent
    /// It has so many lines, and they are others.
    case rewritten
    /// It has fewer lines than the checkpoint commits to.
    case longer
    /// The checkpoint is of a log with another name.
    case ofAnotherLog
}
