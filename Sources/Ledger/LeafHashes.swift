import FileSafety
package import SystemPackage

/// The leaf hashes of a log in a file, wherever it lies: 32 bytes a line.
///
/// With all of them any older state of the log can be computed: nobody needs to know beforehand which one somebody holds.
package struct LeafHashes: Sendable {
    private let file: FilePath

    /// The leaf hashes in a file.
    package init(_ file: FilePath) { self.file = file }

    /// How many there are.
    ///
    /// - Returns: nil where the file's length is no number of hashes.
    /// - Throws: `FileSafetyError`.
    package func count() throws -> Int? {
        let size = try FileStatus.of(file).size
        return size % 32 == 0 ? size / 32 : nil
    }

    /// Hands on the hashes of the first lines, in pieces of whole hashes.
    ///
    /// - Parameters:
    ///   - size: how many lines.
    ///   - body: given each piece, which is valid during the call only.
    /// - Returns: the tree over them.
    /// - Throws: `LedgerError`, code `damaged`, where there are fewer; what `body` throws.
    @discardableResult
    package func read(_ size: Int, body: (UnsafeRawBufferPointer) throws -> Void) throws -> MerkleFrontier {
        let file = try OpenFile.reading(self.file)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { unsafe buffer.deallocate() }
        var frontier = MerkleFrontier()
        var place = 0
        while place < size * 32 {
            let wanted = min(buffer.count, size * 32 - place)
            let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
            guard try unsafe file.read(into: part, at: place) == wanted else {
                throw LedgerError(.damaged, message: "'leaves' has fewer than \(size) entries")
            }
            unsafe frontier.append(leaves: UnsafeRawBufferPointer(part))
            try unsafe body(UnsafeRawBufferPointer(part))
            place += wanted
        }
        return frontier
    }

    /// The root of the tree over the first lines.
    ///
    /// - Throws: as `read`.
    package func root(_ size: Int) throws -> [UInt8] { try unsafe read(size) { _ in }.root }

    /// Whether they begin with what a checkpoint commits to.
    ///
    /// - Throws: `FileSafetyError`.
    package func begin(with checkpoint: Checkpoint) throws -> Bool {
        guard let count = try count(), checkpoint.size <= count else { return false }
        return try root(checkpoint.size) == checkpoint.root
    }
}
