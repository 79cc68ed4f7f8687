import ArchiveHome
import RecordsModel

/// Where things lie in a package that Berkas made, for the one who packs and the one who imports.
enum PackageLayout {
    /// The events of the records, one a line, to the letter.
    static let events = "data/ledger/events.jsonl"
    /// What the ledger committed to behind the last of them.
    static let checkpoint = "data/ledger/checkpoint"
    /// The holds in force on the records, one a line; absent where there is none.
    static let holds = "data/ledger/holds.jsonl"
    /// The settings of the archive that made the package.
    static let settings = "data/berkas.yaml"
    /// The folder of all records.
    static let records = "data/records/"

    /// The folder of a version.
    static func folder(of id: RecordID, version: Int) -> String { "\(records)\(id)/v\(version)/" }

    /// A path within a version as a package writes it.
    ///
    /// Backslashes and control characters are written as `%5C`, `%0A`: a careful reader refuses a container whose names
    /// have them, and `record.json` keeps the name as it is. The percent sign itself stays; a version has one file.
    static func place(of path: String) -> String {
        guard path.utf8.contains(where: isHazardous) else { return path }
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = path.utf8.flatMap { byte -> [UInt8] in
            isHazardous(byte) ? [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]] : [byte]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isHazardous(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") }
}
