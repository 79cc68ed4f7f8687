/// The names of the streams in a compound file, in which office programs kept documents until 2007
/// ([MS-CFB], 2.6.1: directory entries of 128 bytes, which lie at multiples of 128).
///
/// Every multiple is looked at, whether the directory's chain leads there or not: a chain can be endless, a file cannot.
enum CompoundFile {
    /// What the streams say that it is; nil where it is something else.
    enum Kind {
        /// A document of Word, 97 to 2003.
        case doc
        /// A workbook of Excel, 5.0 to 2003.
        case xls
        /// A document of a later program, encrypted ([MS-OFFCRYPTO], 2.3.4.4).
        case encryptedPackage
    }

    private static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// Tells what kind of document a compound file holds.
    static func kind(of file: [UInt8]) -> Kind? {
        guard file.starts(with: magic) else { return nil }
        let names: [(Kind, [UInt8])] = [
            (.encryptedPackage, utf16("EncryptedPackage")), (.doc, utf16("WordDocument")), (.xls, utf16("Workbook")),
            (.xls, utf16("Book")),
        ]
        var found: [Kind] = []
        var place = 512
        while place + 128 <= file.count {
            // The length of the name in bytes with its zero, and a kind of entry that is in use.
            let length = Int(file[place + 64]) | Int(file[place + 65]) << 8
            if [1, 2, 5].contains(file[place + 66]), length > 2, length <= 64 {
                for (kind, name) in names where length == name.count + 2 {
                    if file[place..<(place + name.count)].elementsEqual(name) { found.append(kind) }
                }
            }
            place += 128
        }
        return [Kind.encryptedPackage, .doc, .xls].first { found.contains($0) }
    }

    private static func utf16(_ text: String) -> [UInt8] { text.utf8.flatMap { [$0, 0] } }
}
