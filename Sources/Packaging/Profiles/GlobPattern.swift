/// A pattern of paths in which an asterisk stands for any number of characters, a slash among them.
///
/// BagIt Profiles 1.4.0: "asterisks can represent zero or more characters". The specification points to glob(7), where an
/// asterisk stops at a slash, and takes `*` for "all files", of which most are in folders: the latter is followed.
struct GlobPattern {
    private let pieces: [[UInt8]]

    /// A pattern out of its text.
    init(_ pattern: String) {
        pieces = Array(pattern.utf8).split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map {
            Array($0)
        }
    }

    /// Whether the whole path fits; the work grows with the path's length and not with the number of asterisks.
    func matches(_ path: [UInt8]) -> Bool {
        guard let first = pieces.first, let last = pieces.last else { return false }
        guard pieces.count > 1 else { return path == first }
        guard path.starts(with: first), path.count >= first.count + last.count else { return false }
        guard path.suffix(last.count).elementsEqual(last) else { return false }
        var rest = path[first.count..<path.count - last.count]
        for piece in pieces[1..<pieces.count - 1] where !piece.isEmpty {
            guard let place = Self.place(of: piece, in: rest) else { return false }
            rest = rest[(place + piece.count)...]
        }
        return true
    }

    private static func place(of piece: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard text.count >= piece.count else { return nil }
        for place in text.startIndex...text.endIndex - piece.count where text[place...].starts(with: piece) {
            return place
        }
        return nil
    }
}
