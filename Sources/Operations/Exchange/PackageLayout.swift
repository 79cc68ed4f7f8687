import ArchiveHome
import Containers
import FileSafety
import Ledger
import RecordsModel
import SystemPackage

/// Where things lie in a package that Berkas made, for the one who packs and the one who imports.
enum PackageLayout {
    /// The events of the records, one a line, to the letter.
    static let events = "data/ledger/events.jsonl"
    /// What the ledger committed to behind the last of them.
    static let checkpoint = "data/ledger/checkpoint"
    /// The checkpoint in a package; nil where there is none.
    ///
    /// - Parameter package: a file that holds one, or a folder that is one.
    /// - Returns: the checkpoint, with the name of its log.
    /// - Throws: `FileSafetyError`; `FileChangedError`.
    static func checkpoint(in package: FilePath) throws -> Checkpoint? {
        try note(in: package).flatMap { Checkpoint($0.text) }
    }

    /// The checkpoint in a package with the signatures on it; nil where there is none.
    ///
    /// - Throws: as `checkpoint`.
    static func note(in package: FilePath) throws -> SignedNote? {
        let bytes: [UInt8]?
        if try FileStatus.following(package).kind == .directory {
            let file = package.pushing(FilePath(checkpoint))
            bytes = FileStatus.exists(file) ? try OpenFile.content(of: file, limit: 1 << 16) : nil
        } else {
            let place = Array("/\(checkpoint)".utf8.reversed())
            bytes = try ContainerReader.content(in: package, most: 1 << 16) { $0.reversed().starts(with: place) }
        }
        guard let note = bytes.flatMap({ SignedNote(String(decoding: $0, as: UTF8.self)) }),
            Checkpoint(note.text) != nil
        else {
            return nil
        }
        return note
    }

    /// The holds in force on the records, one a line; absent where there is none.
    static let holds = "data/ledger/holds.jsonl"
    /// The events by which holds were lifted that had taken effect on the records, to the letter; absent where none was.
    static let releases = "data/ledger/hold-releases.jsonl"
    /// The settings of the archive that made the package.
    static let settings = "data/berkas.yaml"
    /// The folder of all records.
    static let records = "data/records/"

    /// The folder of a version.
    static func folder(of id: RecordID, version: Int) -> String { "\(records)\(id)/v\(version)/" }

    /// Which files stand under another name than their own, one a line; absent where there is none.
    static let names = "data/names.jsonl"

    /// A line of `names`: where a file stands, and what it is called.
    static func line(path: String, name: String, nameBytes: String?) -> [String: JSONValue] {
        var line: [String: JSONValue] = ["name": .string(name), "path": .string(path)]
        if let nameBytes { line["nameBytes"] = .string(nameBytes) }
        return line
    }

    /// A path within a version as a package writes it: see `WrittenName`.
    ///
    /// - Parameters:
    ///   - path: the path, as the inventory has it.
    ///   - file: what `record.json` says of it; nil for what it does not name.
    /// - Returns: where it stands below the version's folder.
    static func place(of path: String, _ file: RecordFile?) -> String {
        guard path.behind("files/") != nil, let name = file?.trueName else {
            return WrittenName.inPackage(Array(path.utf8))
        }
        return "files/" + WrittenName.inPackage(name)
    }

    /// A path within a version as packages had it before: backslashes and control characters as `%5C`, `%0A`, all else as
    /// it is.
    static func earlierPlace(of path: String) -> String {
        guard path.utf8.contains(where: isHazardous) else { return path }
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = path.utf8.flatMap { byte -> [UInt8] in
            isHazardous(byte) ? [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]] : [byte]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isHazardous(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") }
}
