import FileSafety
import SystemPackage

/// The kept leaf hashes, read in pieces: a ledger of any length takes no more memory than one of a few lines.
@safe
final class LeafFile {
    private let file: OpenFile
    /// How many whole leaf hashes it holds.
    let count: Int
    /// Its length in bytes.
    let bytes: Int
    private let window = UnsafeMutableRawBufferPointer.allocate(byteCount: LeafFile.piece * 32, alignment: 16)
    private var first = 0
    private var held = 0

    /// How many leaf hashes are read at a time.
    private static let piece = 1 << 15

    /// Opens the file.
    ///
    /// - Throws: `FileSafetyError`.
    init(_ path: FilePath) throws {
        let file = try OpenFile.reading(path)
        bytes = try file.status().size
        count = bytes / 32
        self.file = file
    }

    deinit { unsafe window.deallocate() }

    /// Reads the piece that begins with a leaf.
    private func load(_ index: Int) throws {
        held = try unsafe file.read(into: window, at: index * 32) / 32
        first = index
        guard held > 0 else {
            throw LedgerError(.damaged, message: "'leaves' became shorter while it was read")
        }
    }

    /// Whether the leaf hash in a place, from 0, is this one.
    func holds(_ leaf: [UInt8], at index: Int) throws -> Bool {
        if index < first || index >= first + held { try load(index) }
        let place = (index - first) * 32
        return unsafe window[place..<place + 32].elementsEqual(leaf)
    }

    /// Adds the leaf hashes of a range to a tree.
    func add(_ range: Range<Int>, to frontier: inout MerkleFrontier) throws {
        guard range.upperBound <= count else {
            throw LedgerError(.damaged, message: "'leaves' has \(count) entries, not \(range.upperBound)")
        }
        var next = range.lowerBound
        while next < range.upperBound {
            // Pieces begin at multiples of their length, so that each is full subtrees.
            if next < first || next >= first + held { try load(next / Self.piece * Self.piece) }
            guard next < first + held else {
                throw LedgerError(.damaged, message: "'leaves' became shorter while it was read")
            }
            let end = min(range.upperBound, first + held)
            unsafe frontier.append(
                leaves: UnsafeRawBufferPointer(rebasing: window[(next - first) * 32..<(end - first) * 32])
            )
            next = end
        }
    }
}
