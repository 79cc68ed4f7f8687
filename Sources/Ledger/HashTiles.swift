/// The hashes of a log's tree, cut into tiles as those who serve logs hand them out (C2SP tlog-tiles).
///
/// A tile holds up to 256 hashes of one level; a hash of level 1 stands for 256 lines, one of level 2 for 65,536. A full tile
/// never changes. Nothing of what the lines say is in it.
package struct HashTiles {
    /// One tile.
    package struct Tile: Hashable, Sendable {
        /// 0 for leaf hashes.
        package let level: Int
        /// Its place in the level, from 0.
        package let index: Int
        /// Its hashes, 32 bytes each, 1 to 256 of them.
        package let bytes: [UInt8]

        /// A tile out of its parts.
        package init(level: Int, index: Int, bytes: [UInt8]) {
            self.level = level
            self.index = index
            self.bytes = bytes
        }

        /// How many hashes a full tile has.
        package static let width = 256

        /// Whether it will never change.
        package var isFull: Bool { bytes.count == Self.width * 32 }

        /// Its path below the log's folder: `tile/0/x001/x234/067`, with `.p/N` behind it where it is not full.
        package var path: String { Self.path(level: level, index: index) + (isFull ? "" : ".p/\(bytes.count / 32)") }

        /// The path of a full tile.
        static func path(level: Int, index: Int) -> String {
            var groups: [String] = []
            var rest = index
            repeat {
                let group = String(rest % 1000)
                groups.insert(String(repeating: "0", count: 3 - group.utf8.count) + group, at: 0)
                rest /= 1000
            } while rest > 0
            return "tile/\(level)/" + groups.dropLast().map { "x\($0)/" }.joined() + (groups.last ?? "000")
        }
    }

    private var levels: [(bytes: [UInt8], next: Int)] = []

    /// Tiles of an empty log.
    package init() {}

    /// Adds a leaf hash.
    ///
    /// - Parameters:
    ///   - leaf: 32 bytes.
    ///   - body: given each tile that is full by now.
    /// - Throws: what `body` throws.
    package mutating func append(_ leaf: [UInt8], body: (Tile) throws -> Void) throws {
        var hash = leaf
        for level in 0... {
            if level == levels.count { levels.append(([], 0)) }
            levels[level].bytes += hash
            guard levels[level].bytes.count == Tile.width * 32 else { return }
            let tile = Tile(level: level, index: levels[level].next, bytes: levels[level].bytes)
            try body(tile)
            levels[level] = ([], levels[level].next + 1)
            hash = Self.root(of: tile.bytes)
        }
    }

    /// The tiles at the right edge, which are not full.
    package var partial: [Tile] {
        levels.enumerated().compactMap { level, there in
            there.bytes.isEmpty ? nil : Tile(level: level, index: there.next, bytes: there.bytes)
        }
    }

    private static func root(of hashes: [UInt8]) -> [UInt8] {
        var tree = MerkleFrontier()
        unsafe hashes.withUnsafeBytes { unsafe tree.append(leaves: $0) }
        return tree.root
    }
}
