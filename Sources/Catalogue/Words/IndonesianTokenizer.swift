import GRDB

/// The tokenizer of the texts' index (<https://www.sqlite.org/fts5.html#custom_tokenizers>): exact words, and beside each
/// its stems under a mark.
///
/// A document has `perencanaan` and, at the same place, `␂rencana`. A query says which it means: a phrase that begins with
/// the mark is looked for by its stems, any other by its words. So a document that has the word itself matches twice where
/// another matches once, and ranks above. See `TextQuery`.
final class IndonesianTokenizer: FTS5CustomTokenizer {
    static let name = "indonesian"
    /// Stands in front of stems, and of queries for them: a control character, which is part of no word.
    static let mark: UInt8 = 2

    private let stemmer: IndonesianStemmer

    init(db: Database, arguments: [String]) throws {
        guard let stemmer = IndonesianStemmer() else {
            throw DatabaseError(message: "libstemmer has no Indonesian")
        }
        self.stemmer = stemmer
    }

    func tokenize(
        context: UnsafeMutableRawPointer?,
        tokenization: FTS5Tokenization,
        pText: UnsafePointer<CChar>?,
        nText: CInt,
        tokenCallback: @escaping FTS5TokenCallback
    ) -> CInt {
        guard let pText = unsafe pText, nText > 0 else { return 0 }
        return unsafe pText.withMemoryRebound(to: UInt8.self, capacity: Int(nText)) { base in
            let text = unsafe UnsafeBufferPointer(start: base, count: Int(nText))
            let isMarked = unsafe text[0] == Self.mark
            let asksForStems = isMarked && tokenization.contains(.query)
            var scanner = unsafe WordScanner(text)
            func send(_ form: [UInt8], _ range: Range<Int>, isBeside: Bool) -> CInt {
                unsafe form.withUnsafeBytes { bytes in
                    let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                    // 1 is FTS5_TOKEN_COLOCATED.
                    return unsafe tokenCallback(
                        context,
                        isBeside ? 1 : 0,
                        start,
                        CInt(bytes.count),
                        CInt(range.lowerBound),
                        CInt(range.upperBound)
                    )
                }
            }
            while let word = scanner.next() {
                let stems = word.isAlphabetic ? stemmer.stems(of: word.form) : []
                var status = send(word.form, word.range, isBeside: word.isBeside)
                for stem in stems where status == 0 {
                    // Asked for, a stem is also looked for as a word: what is its own stem has no mark.
                    if asksForStems { status = send(stem, word.range, isBeside: true) }
                    if status == 0, !tokenization.contains(.query) || asksForStems {
                        status = send([Self.mark] + stem, word.range, isBeside: true)
                    }
                }
                if asksForStems, stems.isEmpty, status == 0, word.isAlphabetic {
                    status = send([Self.mark] + word.form, word.range, isBeside: true)
                }
                guard status == 0 else { return status }
            }
            return 0
        }
    }
}
