import Foundation

/// Cuts text into the words and numbers that are searched for.
///
/// - A word is a run of letters, digits and marks; small letters, without diacritics.
/// - A number is one word however it is grouped: `1.250.000`, `1,250,000` and `Rp1.250.000,00` have `1250000`; `70,90` and
///   `70.9` have `70.9`. A dot before three digits groups, as Indonesian does it.
/// - What is grouped in no such way is several words side by side: `000.7.2.6`, `470/257/2023`.
/// - `%` is the word `persen`.
@safe
struct WordScanner {
    /// One word.
    struct Word: Equatable {
        /// What is searched for, in UTF-8.
        let form: [UInt8]
        /// Where it stands in the text, in bytes.
        let range: Range<Int>
        /// Whether it may have a stem: it has letters only.
        let isAlphabetic: Bool
    }

    /// How many bytes of a word count: what is longer was never a word.
    static let longest = 96
    private static let percent = Array("persen".utf8)
    private static let currencies = [Array("rp".utf8), Array("idr".utf8)]

    private let text: UnsafeBufferPointer<UInt8>
    private var place = 0
    private var waiting: [Word] = []

    /// A scanner of text that stays where it is as long as the scanner is used.
    init(_ text: UnsafeBufferPointer<UInt8>) { unsafe self.text = text }

    /// All words of a text.
    static func words(of text: String) -> [Word] {
        let bytes = Array(text.utf8)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            var scanner = unsafe WordScanner(buffer)
            var words: [Word] = []
            while let word = scanner.next() { words.append(word) }
            return words
        }
    }

    /// The next word; nil at the end.
    mutating func next() -> Word? {
        if !waiting.isEmpty { return waiting.removeFirst() }
        while unsafe place < text.count {
            let (scalar, length) = scalar(at: place)
            if scalar == "%" {
                place += length
                return Word(form: Self.percent, range: (place - length)..<place, isAlphabetic: false)
            }
            guard Self.isPart(scalar) else {
                place += length
                continue
            }
            if Self.isDigit(scalar), let number = number() { return number }
            return word()
        }
        return nil
    }

    // MARK: - Words

    private mutating func word() -> Word {
        let start = place
        var isASCII = true
        var isAlphabetic = true
        while unsafe place < text.count {
            let (scalar, length) = scalar(at: place)
            guard Self.isPart(scalar) else { break }
            if !scalar.isASCII { isASCII = false }
            if Self.isDigit(scalar) {
                // A sum of money begins here: its sign is a word of its own.
                if isASCII, Self.currencies.contains(lowered(start..<place)) { break }
                isAlphabetic = false
            }
            place += length
        }
        let range = start..<place
        var form = isASCII ? lowered(range) : folded(range)
        if form.count > Self.longest {
            var end = Self.longest
            while end > 0, form[end] & 0xC0 == 0x80 { end -= 1 }
            form.removeSubrange(end...)
        }
        return Word(form: form, range: range, isAlphabetic: isAlphabetic)
    }

    private func lowered(_ range: Range<Int>) -> [UInt8] {
        unsafe text[range].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    private func folded(_ range: Range<Int>) -> [UInt8] {
        let word = unsafe String(decoding: text[range], as: UTF8.self)
        var form: [UInt8] = []
        for scalar in word.decomposedStringWithCompatibilityMapping.unicodeScalars
        where scalar.properties.generalCategory != .nonspacingMark {
            form += Array(scalar.properties.lowercaseMapping.utf8)
        }
        return form
    }

    // MARK: - Numbers

    /// The number that begins here; nil where digits are part of a word such as `2a`.
    ///
    /// What is several numbers is told one by one.
    private mutating func number() -> Word? {
        var groups: [Range<Int>] = []
        var separators: [UInt8] = []
        var index = place
        while true {
            let start = index
            while unsafe index < text.count, (0x30...0x39).contains(unsafe text[index]) { index += 1 }
            guard index > start else { return nil }
            groups.append(start..<index)
            guard unsafe index + 1 < text.count, groups.count < 16, unsafe text[index] == 0x2E || text[index] == 0x2C,
                (0x30...0x39).contains(unsafe text[index + 1])
            else {
                break
            }
            separators.append(unsafe text[index])
            index += 1
        }
        // Letters right behind: a word.
        if unsafe index < text.count, Self.isPart(scalar(at: index).0) {
            guard groups.count > 1 else { return nil }
            groups.removeLast()
            separators.removeLast()
            index = groups[groups.count - 1].upperBound
        }
        let start = place
        place = index
        if let form = Self.canonical(groups.map { unsafe Array(text[$0]) }, separators) {
            return Word(form: Array(form.prefix(Self.longest)), range: start..<index, isAlphabetic: false)
        }
        let words = groups.map { group in
            Word(form: unsafe Array(text[group].prefix(Self.longest)), range: group, isAlphabetic: false)
        }
        waiting = Array(words.dropFirst())
        return words.first
    }

    /// The one form of a number that may be written in several; nil where the groups are no number.
    private static func canonical(_ groups: [[UInt8]], _ separators: [UInt8]) -> [UInt8]? {
        guard let last = separators.last else { return groups.first }
        let isGrouped = groups.dropFirst().allSatisfy { $0.count == 3 } && isLeading(groups[0])
        if isGrouped, separators.allSatisfy({ $0 == last }) { return Array(groups.joined()) }
        let whole = groups.dropLast()
        let grouping = separators.dropLast()
        if grouping.isEmpty
            || whole.dropFirst().allSatisfy({ $0.count == 3 }) && isLeading(groups[0])
                && grouping.allSatisfy({ $0 == grouping.first && $0 != last })
        {
            var decimals = groups[groups.count - 1]
            while decimals.last == 0x30 { decimals.removeLast() }
            return Array(whole.joined()) + (decimals.isEmpty ? [] : [0x2E] + decimals)
        }
        return nil
    }

    private static func isLeading(_ group: [UInt8]) -> Bool { group.count <= 3 && group.first != 0x30 }

    // MARK: - Characters

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return isDigit(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
            return true
        default: return false
        }
    }

    /// The character at a place and its length; a byte that is none stands for itself.
    private func scalar(at place: Int) -> (Unicode.Scalar, Int) {
        let first = unsafe text[place]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        guard length > 1, unsafe place + length <= text.count else { return ("\u{FFFD}", 1) }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let byte = unsafe text[place + offset]
            guard byte & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
        return (scalar, length)
    }
}
