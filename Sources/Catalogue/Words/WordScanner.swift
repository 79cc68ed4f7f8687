import Foundation

/// Cuts text into the words and numbers that are searched for.
///
/// - A word is a run of letters, digits and marks; small letters, without diacritics.
/// - A number is one word however it is grouped: `1.250.000`, `1,250,000` and `Rp1.250.000,00` have `1250000`; `70,90` and
///   `70.9` have `70.9`. A dot before three digits groups, as Indonesian does it.
/// - What is grouped in no such way is several words side by side: `000.7.2.6`, `470/257/2023`.
/// - `%` is the word `persen`.
/// - What is not seen is no part of a word: soft hyphens, and characters without width.
/// - A word that a hyphen parts at the end of a line is whole; its two parts are told beside it. A doubled word
///   (`undang-undang`) stays two words.
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
        /// Whether it is a part of the word told before it, and stands at the same place in the order of words.
        var isBeside = false
    }

    /// How many bytes of a word count: what is longer was never a word.
    static let longest = 96
    private static let percent = Array("persen".utf8)
    private static let currencies = [Array("rp".utf8), Array("idr".utf8)]

    private let text: UnsafeBufferPointer<UInt8>
    private var place = 0
    private var waiting: [Word] = []
    /// What words may be passed over; nil where all are told.
    private let sieve: WordSieve?

    /// A scanner of text that stays where it is as long as the scanner is used.
    init(_ text: UnsafeBufferPointer<UInt8>, sieve: WordSieve? = nil) {
        unsafe self.text = text
        self.sieve = sieve
    }

    /// All words of a text; with a sieve, those that it lets through and perhaps others.
    static func words(of text: String, sieve: WordSieve? = nil) -> [Word] {
        let bytes = Array(text.utf8)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            var scanner = unsafe WordScanner(buffer, sieve: sieve)
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
            if let sieve, let end = plainEnd(), unsafe !sieve.lets(text[place..<end]) {
                place = end
                continue
            }
            if Self.isDigit(scalar), let number = number() { return number }
            return joined(word())
        }
        return nil
    }

    /// What was typed as a phrase of FTS5, to the letter; nil where there is no word in it.
    static func phrase(_ text: some StringProtocol) -> String? {
        let plain = String(text).filter { $0 != "\"" && $0 != "\u{2}" && $0 != "\u{0}" }
        return words(of: plain).isEmpty ? nil : "\"\(plain)\""
    }

    // MARK: - Line ends

    /// How many lines one word may go over.
    private static let mostLines = 4

    /// The word that goes on in the next line where a hyphen ends this one, with its parts waiting; else the word itself.
    private mutating func joined(_ first: Word) -> Word {
        var parts = [first]
        while parts.count < Self.mostLines, let next = continuation(of: parts[parts.count - 1]) { parts.append(next) }
        guard parts.count > 1 else { return first }
        waiting = parts.map { Word(form: $0.form, range: $0.range, isAlphabetic: true, isBeside: true) }
        return Word(
            form: Array(parts.flatMap(\.form).prefix(Self.longest)),
            range: first.range.lowerBound..<parts[parts.count - 1].range.upperBound,
            isAlphabetic: true
        )
    }

    /// The part of a word that stands in the next line; nil where the word ends here.
    private mutating func continuation(of part: Word) -> Word? {
        guard part.isAlphabetic, part.form.count > 1, let start = nextLine() else { return nil }
        let before = place
        guard unsafe start < text.count else { return nil }
        let (first, _) = scalar(at: start)
        guard first.properties.isLowercase else { return nil }
        place = start
        let next = word()
        if next.isAlphabetic, next.form.count > 1, !Self.isSaidTwice(part.form, next.form) { return next }
        place = before
        return nil
    }

    /// Whether two parts are one word said twice: undang-undang, perundang-undangan.
    private static func isSaidTwice(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        let most = min(first.count, second.count)
        return first == second
            || most >= 4 && (4...most).contains { first.suffix($0).elementsEqual(second.prefix($0)) }
    }

    /// Where the next line begins if a hyphen, or a soft one that the word passed over, ends this one.
    private func nextLine() -> Int? {
        var index = place
        var hasHyphen = isSoftHyphen(endingAt: place)
        while unsafe index < text.count {
            let (scalar, length) = scalar(at: index)
            guard ["-", "\u{2010}", "\u{AD}", "\u{AC}"].contains(scalar), !(hasHyphen && scalar != "\u{AD}") else {
                break
            }
            hasHyphen = true
            index += length
        }
        guard hasHyphen else { return nil }
        func passSpaces() {
            while unsafe index < text.count, [0x20, 0x09, 0x0D].contains(unsafe text[index]) { index += 1 }
        }
        passSpaces()
        guard unsafe index < text.count, unsafe text[index] == 0x0A else { return nil }
        index += 1
        passSpaces()
        // Recognition takes a line that stands a little apart for a paragraph: an empty line may be between.
        if unsafe index < text.count, unsafe text[index] == 0x0A {
            index += 1
            passSpaces()
        }
        return index
    }

    private func isSoftHyphen(endingAt end: Int) -> Bool {
        unsafe end > 1 && text[end - 2] == 0xC2 && text[end - 1] == 0xAD
    }

    // MARK: - Words

    private mutating func word() -> Word {
        let start = place
        var isASCII = true
        var isAlphabetic = true
        // Without what is not seen behind it.
        var end = place
        while unsafe place < text.count {
            let (scalar, length) = scalar(at: place)
            if Self.isUnseen(scalar) {
                isASCII = false
                place += length
                continue
            }
            guard Self.isPart(scalar) else { break }
            if !scalar.isASCII { isASCII = false }
            if Self.isDigit(scalar) {
                // A sum of money begins here: its sign is a word of its own.
                if isASCII, Self.currencies.contains(lowered(start..<place)) { break }
                isAlphabetic = false
            }
            place += length
            end = place
        }
        let range = start..<end
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
        where scalar.properties.generalCategory != .nonspacingMark && !Self.isUnseen(scalar) {
            form += Array(scalar.properties.lowercaseMapping.utf8)
        }
        return form
    }

    /// Where the word that begins here ends; nil where it has anything but plain letters, or may go on behind a hyphen.
    private func plainEnd() -> Int? {
        var end = place
        while unsafe end < text.count, Self.isPlain(unsafe text[end]) { end += 1 }
        guard end > place, end - place <= Self.longest else { return nil }
        guard unsafe end < text.count else { return end }
        let next = unsafe text[end]
        return next < 0x80 && next != 0x2D && !(0x30...0x39).contains(next) ? end : nil
    }

    private static func isPlain(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

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
        if isPart(at: index) {
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

    /// Whether a word goes on at a place, what is not seen passed over.
    private func isPart(at place: Int) -> Bool {
        var index = place
        while unsafe index < text.count {
            let (scalar, length) = scalar(at: index)
            guard Self.isUnseen(scalar) else { return Self.isPart(scalar) }
            index += length
        }
        return false
    }

    /// Whether it is a soft hyphen or has no width: it parts nothing that a person sees.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x200B...0x200F, 0x2060...0x2064, 0xFEFF: true
        default: false
        }
    }

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
