import ArchiveHome

/// Where a paper lies, taken apart: `Rak 1 / Boks 2 / Folder 3` is in box 2 on rack 1, in its folder 3.
///
/// The parts stand between slashes, the larger before the smaller, and begin with what they are.
struct ShelfPlace: Hashable {
    /// The parts up to the box, the box among them; nil where no box is named.
    let box: [String]?
    /// The parts up to the folder, the folder among them; nil where no folder is named.
    let folder: [String]?

    /// The words that a part may begin with, in lower case.
    private static let boxes = ["boks", "box"]
    private static let folders = ["folder"]

    /// Takes a place apart.
    init(_ location: String) {
        let parts = location.split(separator: "/").map { part in
            part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }.filter { !$0.isEmpty }
        func through(_ words: [String]) -> [String]? {
            let place = parts.firstIndex { part in
                words.contains { part.lowercased().hasPrefix($0 + " ") || part.lowercased() == $0 }
            }
            return place.map { Array(parts[...$0]) }
        }
        box = through(Self.boxes)
        folder = through(Self.folders)
    }

    /// What is behind the first word of a part: `Boks 2A` is number `2A`.
    static func number(of part: String) -> String {
        let words = part.split(separator: " ", maxSplits: 1)
        return words.count == 2 ? String(words[1]) : part
    }
}
