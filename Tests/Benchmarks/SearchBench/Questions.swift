import Catalogue
import Foundation
import RecordsModel

/// What people ask, of each kind about as often as they do.
struct Question {
    let kind: String
    let words: String
    var filter = RecordFilter()

    /// So many questions about a corpus of so many records.
    static func made(_ count: Int, of corpus: Corpus, records: Int) -> [Question] {
        var dice = Dice(99)
        return (0..<count).map { _ in one(of: corpus, records: records, &dice) }
    }

    private static func one(of corpus: Corpus, records: Int, _ dice: inout Dice) -> Question {
        let record = dice.number(records)
        let text = corpus.text(content: Corpus.contents(of: record)[0], page: 1)
        let page = text.split(whereSeparator: \.isWhitespace).map(String.init)
        func plain(_ word: String) -> String { word.trimmingCharacters(in: .alphanumerics.inverted) }
        func isWord(_ word: String) -> Bool { word.utf8.count > 3 && word.allSatisfy(\.isLetter) }
        let common = corpus.lines.lazy.map { $0.map(plain).filter(isWord) }
        func commonWord() -> String {
            while true { if let word = common[dice.number(corpus.lines.count)].first { return word } }
        }
        let words = page.map(plain).filter(isWord)
        let place = dice.number(max(1, page.count - 3))
        var filter = RecordFilter()
        switch dice.number(100) {
        case 0..<18: return Question(kind: "common word", words: commonWord())
        case 18..<36: return Question(kind: "two common words", words: "\(commonWord()) \(commonWord())")
        case 36..<42:
            return Question(kind: "words and year", words: "\(commonWord()) \(commonWord()) \(Corpus.year(of: record))")
        case 42..<55: return Question(kind: "word of a page", words: dice.one(of: words))
        case 55..<60: return Question(kind: "words of a page", words: "\(dice.one(of: words)) \(dice.one(of: words))")
        case 60..<68: return Question(kind: "letter's number", words: Corpus.number(of: record))
        case 68..<73:
            let number = page.first { $0.utf8.count > 4 && $0.contains(".") && $0.first?.isNumber == true }
            return Question(kind: "number of a page", words: number ?? "1.250.000")
        case 73..<80:
            return Question(
                kind: "phrase",
                words: "\"\(page[place..<min(page.count, place + 3)].joined(separator: " "))\""
            )
        case 80..<84: return Question(kind: "beginning", words: "\(dice.one(of: words).prefix(4 + dice.number(4)))*")
        case 84..<91: return Question(kind: "mistyped", words: Corpus.misread(commonWord(), &dice))
        case 91..<94:
            filter.year = Corpus.year(of: record)
            return Question(kind: "filter: year", words: commonWord(), filter: filter)
        case 94..<97:
            filter.unit = dice.one(of: Corpus.units)
            filter.step = 1 + dice.number(11)
            return Question(kind: "filter: unit, step", words: commonWord(), filter: filter)
        default:
            filter.signer = "Rahma"
            filter.after = CivilDate(year: Corpus.year(of: record) - 1, month: 3, day: 1)
            filter.before = CivilDate(year: Corpus.year(of: record) - 1, month: 4, day: 30)
            return Question(kind: "filter: signer, dates", words: "\(commonWord()) \(commonWord())", filter: filter)
        }
    }
}
