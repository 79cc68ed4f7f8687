import Ledger
import Testing

/// The tree's hashes in tiles, as other programs serve logs (C2SP tlog-tiles).
@Suite
struct HashTilesTests {
    private static func leaf(_ number: Int) -> [UInt8] { MerkleFrontier.leaf("\(number)".utf8) }

    private static func hashes(_ tile: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: tile.count, by: 32).map { Array(tile[$0..<$0 + 32]) }
    }

    /// Every tile of a log of some lines, by its path.
    private static func tiles(_ size: Int) throws -> [String: [UInt8]] {
        var made = HashTiles()
        var tiles: [String: [UInt8]] = [:]
        for number in 0..<size { try made.append(leaf(number)) { tiles[$0.path] = $0.bytes } }
        for tile in made.partial { tiles[tile.path] = tile.bytes }
        return tiles
    }

    @Test(arguments: [
        (0, []), (1, ["tile/0/000.p/1"]), (255, ["tile/0/000.p/255"]), (256, ["tile/0/000", "tile/1/000.p/1"]),
        (300, ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"]),
    ])
    func `a log has these tiles`(size: Int, paths: [String]) throws {
        #expect(try Self.tiles(size).keys.sorted() == paths)
    }

    @Test func `of seventy thousand lines the tiles of each level are the hashes of the level below`() throws {
        let size = 70_000
        let tiles = try Self.tiles(size)
        #expect(tiles.keys.contains("tile/0/272") && tiles.keys.contains("tile/0/273.p/112"))
        #expect(tiles.keys.contains("tile/1/000") && tiles.keys.contains("tile/1/001.p/17"))
        #expect(tiles["tile/2/000.p/1"]?.count == 32)
        // The root of the first 65,536 lines is the one hash of level 2.
        var first = MerkleFrontier()
        for number in 0..<65_536 { first.append(Self.leaf(number)) }
        #expect(tiles["tile/2/000.p/1"] == first.root)
        // All tiles of level 0, one behind the other, are the leaves of the tree that has the log's root.
        var whole = first
        for number in 65_536..<size { whole.append(Self.leaf(number)) }
        var tree = MerkleFrontier()
        for index in 0...273 {
            let tile = tiles["tile/0/" + String(repeating: "0", count: 3 - "\(index)".count) + "\(index)"]
            for hash in Self.hashes(tile ?? tiles["tile/0/273.p/112"] ?? []) { tree.append(hash) }
        }
        #expect(whole.root == tree.root)
    }

    @Test func `a place above a thousand is told in groups of three digits`() {
        let tile = HashTiles.Tile(level: 0, index: 1_234_067, bytes: Array(repeating: 0, count: 256 * 32))
        #expect(tile.path == "tile/0/x001/x234/067")
        #expect(HashTiles.Tile(level: 3, index: 7, bytes: Array(repeating: 0, count: 64)).path == "tile/3/007.p/2")
    }
}
