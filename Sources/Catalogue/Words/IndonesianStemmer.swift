private import CStemmer

/// Stems of Indonesian words, by Snowball's algorithm (<https://snowballstem.org/algorithms/indonesian/stemmer.html>).
///
/// Used by one thread at a time.
@safe
final class IndonesianStemmer {
    private let raw: OpaquePointer
    /// Stems of words that came before: most words of a text come again.
    private var known: [[UInt8]: [[UInt8]]] = [:]
    private static let mostKnown = 20_000
    /// How long a word is stemmed: longer ones are no words.
    private static let longest = 40
    private static let shortest = 4

    /// Opens the stemmer; nil where the library has no Indonesian.
    init?() {
        guard let raw = unsafe sb_stemmer_new("indonesian", "UTF_8") else { return nil }
        unsafe self.raw = raw
    }

    deinit { unsafe sb_stemmer_delete(raw) }

    /// The stems of a word in small letters, none twice and none that is the word itself; mostly one.
    ///
    /// Snowball takes the longest beginning away, and where two are possible that is the wrong one at times: it makes
    /// `encana` of `perencanaan` and `nduduk` of `kependudukan`. There the other beginning is taken away as well.
    func stems(of word: [UInt8]) -> [[UInt8]] {
        guard word.count >= Self.shortest, word.count <= Self.longest else { return [] }
        if let found = known[word] { return found }
        let found = newStems(of: word)
        if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
        known[word] = found
        return found
    }

    private func newStems(of word: [UInt8]) -> [[UInt8]] {
        var stems = [stem(word)]
        if word.starts(with: Self.per), word.count > 6, Self.isVowel(word[3]) {
            stems.append(stem(Array(word.dropFirst(2))))
        }
        if word.starts(with: Self.kepe), word.count > 7 { stems.append(stem(Array(word.dropFirst(2)))) }
        var found: [[UInt8]] = []
        for stem in stems where stem.count > 1 && stem != word && !found.contains(stem) { found.append(stem) }
        return found
    }

    private static let per = Array("per".utf8)
    private static let kepe = Array("kepe".utf8)

    private static func isVowel(_ letter: UInt8) -> Bool { "aeiou".utf8.contains(letter) }

    private func stem(_ word: [UInt8]) -> [UInt8] {
        unsafe word.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, let found = unsafe sb_stemmer_stem(raw, base, CInt(buffer.count))
            else {
                return word
            }
            return unsafe [UInt8](UnsafeBufferPointer(start: found, count: Int(sb_stemmer_length(raw))))
        }
    }
}
