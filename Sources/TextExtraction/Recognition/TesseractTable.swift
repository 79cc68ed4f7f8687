/// What tesseract prints as a table (`tsv`): a row a page, block, paragraph, line and word.
///
/// Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
struct TesseractTable {
    /// The text: words with a space between, lines and paragraphs ended.
    let text: String
    /// How many words there are.
    let words: Int
    /// How many of them are doubtful.
    let doubtful: Int
    /// The mean confidence over all characters; nil without words.
    let confidence: Double?
    /// How much there is that the recognition is sure of: the characters of words of two and more, by their confidence.
    let weight: Double
    /// The words that it is sure of.
    let sure: [String]

    /// Takes the table apart; rows that are none are passed over.
    init(_ table: [UInt8]) {
        var text: [UInt8] = []
        var line: [Int] = []
        var (words, doubtful, characters) = (0, 0, 0)
        var (sum, weight) = (0.0, 0.0)
        var sure: [String] = []
        for row in table.split(separator: 0x0A) {
            let cells = row.split(separator: 0x09, maxSplits: 11, omittingEmptySubsequences: false)
            guard cells.count == 12, cells[0].elementsEqual([0x35]) else { continue }
            let place = cells[1...4].map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
            let word = Self.word(cells[11])
            guard !word.isEmpty else { continue }
            if !text.isEmpty {
                if place == line {
                    text.append(0x20)
                } else {
                    // A blank line between paragraphs.
                    text += place.dropLast() == line.dropLast() ? [0x0A] : [0x0A, 0x0A]
                }
            }
            line = place
            text += word
            let confidence = min(100, max(0, Double(String(decoding: cells[10], as: UTF8.self)) ?? 0))
            let shown = String(decoding: word, as: UTF8.self)
            let length = shown.unicodeScalars.count
            words += 1
            characters += length
            sum += confidence * Double(length)
            if confidence < OCRThresholds.word {
                doubtful += 1
            } else {
                sure.append(shown)
                if length > 1 { weight += confidence * Double(length) }
            }
        }
        self.text = String(decoding: text, as: UTF8.self)
        self.words = words
        self.doubtful = doubtful
        self.weight = weight
        self.sure = sure
        confidence = characters == 0 ? nil : (sum / Double(characters) * 10).rounded() / 10
    }

    private static func word(_ cell: ArraySlice<UInt8>) -> [UInt8] { cell.filter { $0 > 0x20 && $0 != 0x7F } }
}
