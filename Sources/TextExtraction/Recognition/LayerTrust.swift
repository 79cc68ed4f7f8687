import Foundation

/// Whether the words of a page's text layer can be believed, told by the words alone.
///
/// A layer is not what a page shows, but what a program says that it shows: the table from glyphs to letters may be
/// wrong, or missing, and then the letters are others. Measured: see docs/reading.md, "A text layer has to earn its
/// trust".
enum LayerTrust {
    /// The pairs of letters that Indonesian or English has most, 220 of 676: the first letter, then all second ones.
    ///
    /// Counted on 180,000 letters of an office's papers and 115,000 of English manuals.
    private static let pairs: [UInt8: Set<UInt8>] = {
        var pairs: [UInt8: Set<UInt8>] = [:]
        for line in common.split(separator: "\n") {
            let letters = Array(line.utf8)
            pairs[letters[0]] = Set(letters.dropFirst(2))
        }
        return pairs
    }()

    private static let common = """
        a abcdefghiklmnprstwy
        b aeilouy
        c aehiklot
        d aeiosu
        e abcdefghklmnprstvxy
        f afiort
        g aeghiknru
        h aeiotu
        i abcdefghklmnoprstv
        j au
        k aehistu
        l adeilosuy
        m abeiopsu
        n acdegijosty
        o bcdfgklmnoprstuvw
        p aeiloprtu
        r acdegijkmorstuy
        s acehiopstu
        t aehinorsuwy
        u adeklmnprst
        v aei
        w ahiou
        x t
        y aos
        """

    /// Below which part of common pairs words count as none of these languages.
    ///
    /// Measured: pages of both languages have 0.93 and more, their worst fifteen words in a row 0.70; the same text with
    /// its letters changed for others has at most 0.55.
    static let leastShare = 0.62
    /// How many pairs there have to be for a judgement.
    static let leastPairs = 60
    /// Above which part of letters of other scripts, and of signs that are no letters at all, a layer is not believed.
    static let mostForeign = 0.3

    /// Which part of the pairs of letters in words are common ones; nil where there are too few to tell.
    static func commonShare(_ text: String, least: Int = leastPairs) -> Double? {
        var (all, known) = (0, 0)
        var last: UInt8?
        for byte in text.utf8 {
            let letter = (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
            guard (0x61...0x7A).contains(letter) else {
                last = nil
                continue
            }
            if let last {
                all += 1
                if pairs[last]?.contains(letter) == true { known += 1 }
            }
            last = letter
        }
        return all >= least ? Double(known) / Double(all) : nil
    }

    /// Which part of the characters are letters of another script, or none that anybody could read.
    static func foreignShare(_ text: String) -> Double {
        var (all, foreign) = (0, 0)
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            all += 1
            switch scalar.value {
            // Latin letters with their marks, and signs of every kind.
            case 0..<0x250, 0x1E00..<0x1F00, 0x2000..<0x2C00, 0xFB00...0xFB06: break
            default: foreign += 1
            }
        }
        return all >= 20 ? Double(foreign) / Double(all) : 0
    }

    /// Whether the words are unlike Indonesian, English and numbers.
    static func isUnlike(_ text: String) -> Bool {
        if foreignShare(text) > mostForeign { return true }
        return commonShare(text).map { $0 < leastShare } ?? false
    }

    /// The words of three letters and digits and more, in small letters.
    static func words(_ text: String) -> Set<String> {
        Set(
            text.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0.count >= 3 }.map(String.init)
        )
    }

    /// Which part of the layer's words were recognised in the page's picture too; nil where it has too few to tell.
    static func agreement(of words: Set<String>, with recognised: String) -> Double? {
        guard words.count >= 5 else { return nil }
        return Double(words.intersection(Self.words(recognised)).count) / Double(words.count)
    }
}
