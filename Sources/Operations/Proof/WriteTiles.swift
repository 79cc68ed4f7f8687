package import ArchiveHome
import Catalogue
import FileSafety
package import Ledger
import RecordsModel
package import SystemPackage

/// Writes the log's hash tiles and its checkpoint for those who serve them to others (C2SP tlog-tiles), without the lines.
///
/// ```
/// DIR/
///   checkpoint             what the log commits to, signed where the log has its key here
///   tile/0/000             the leaf hashes of the first 256 lines
///   tile/0/001.p/44        those of the next 44
///   tile/1/000.p/1         the roots of 256 lines each
/// ```
package enum WriteTiles {
    private static let checkpoint: FilePath.Component = "checkpoint"
    private static let tiles: FilePath.Component = "tile"

    /// Writes what is not there yet; the checkpoint comes last, so that nobody is promised a tile that is still to come.
    ///
    /// - Parameters:
    ///   - folder: a new or empty folder, or that of the last time.
    ///   - reader: the home.
    ///   - context: whom to tell.
    /// - Returns: the checkpoint, and how many tiles are new.
    /// - Throws: `OperationError`: `exists` where something else is there; `damaged` where what was written before is not of
    ///   this history, or where ledger and checkpoint contradict each other.
    package static func run(
        to folder: FilePath,
        _ reader: ArchiveReader,
        _ context: OperationContext
    ) throws -> (note: SignedNote, written: Int) {
        let home = reader.home
        let said = try CheckpointSigner.newest(of: home)
        let note = try CheckpointSigner(home, reader.catalogue, context).note(said)
        try home.requireOutsideTruth(folder)
        try requireOwn(folder, home)
        let files = context.files
        try files.makeDirectories(folder)
        var (tiles, written) = (HashTiles(), 0)
        func write(_ tile: HashTiles.Tile) throws {
            try context.stopIfInterrupted()
            let place = folder.pushing(FilePath(tile.path))
            if FileStatus.exists(place) {
                let there = try OpenFile.content(of: place, limit: 1 << 14)
                if there == tile.bytes { return }
                if tile.isFull { throw contradiction(place) }
            }
            try files.makeDirectories(place.removingLastComponent())
            try files.replace(place, tile.bytes)
            written += 1
            // What stood there before it was full is of no use any more.
            if tile.isFull { try files.removeTree(FilePath(place.string + ".p")) }
        }
        let tree = try unsafe LeafHashes(home.ledger.leaves).read(said.size) { piece in
            for start in stride(from: 0, to: piece.count, by: 32) {
                try tiles.append(unsafe Array(piece[start..<start + 32]), body: write)
            }
        }
        guard tree.root == said.root else {
            throw OperationError(
                .damaged,
                message: "'leaves' is not what the ledger's checkpoint names: no new checkpoint was handed out",
                remedy: "run 'berkas ledger verify'"
            )
        }
        for tile in tiles.partial { try write(tile) }
        try files.replace(folder.appending(checkpoint), note.description.utf8)
        return (note, written)
    }

    private static func contradiction(_ place: FilePath) -> OperationError {
        OperationError(
            .damaged,
            message: "'\(place.shown.displayed)' was handed out before and is not of this history",
            remedy: "run 'berkas ledger verify --against' with the checkpoint beside it"
        )
    }

    /// Refuses a folder that holds anything else, or what an older history handed out.
    private static func requireOwn(_ folder: FilePath, _ home: Home) throws {
        try CheckpointOffer.require(
            nothingIn: folder,
            but: [checkpoint.string, checkpoint.string + ".new", tiles.string]
        )
        let file = folder.appending(checkpoint)
        guard FileStatus.exists(file) else { return }
        let text = String(decoding: try OpenFile.content(of: file, limit: 1 << 20), as: UTF8.self)
        guard let said = SignedNote(text).flatMap({ Checkpoint($0.text) }) ?? Checkpoint(text),
            said.origin.utf8.elementsEqual(home.settings.ledgerOrigin.utf8), try home.ledger.begins(with: said)
        else {
            throw contradiction(file)
        }
    }
}
