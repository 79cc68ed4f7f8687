import Fixity

/// Forms of texts that OCFL takes from elsewhere.
enum TextForm {
    /// Whether a text is a date and time of RFC 3339, section 5.6, with its time zone and to the second at least.
    ///
    /// `T` and `Z` may be small letters; a 60th second is one only at the end of a UTC day (section 5.7).
    static func isTimestamp(_ text: [UInt8]) -> Bool {
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= text.count else { return nil }
            var value = 0
            for index in range {
                guard (48...57).contains(text[index]) else { return nil }
                value = value * 10 + Int(text[index] - 48)
            }
            return value
        }
        func at(_ index: Int, _ accepted: String) -> Bool {
            index < text.count && accepted.utf8.contains(text[index])
        }
        guard let year = number(0..<4), at(4, "-"), let month = number(5..<7), at(7, "-"), let day = number(8..<10),
            at(10, "Tt"), let hour = number(11..<13), at(13, ":"), let minute = number(14..<16), at(16, ":"),
            let second = number(17..<19), (1...12).contains(month), hour < 24, minute < 60, second <= 60
        else {
            return false
        }
        guard (1...daysOf(month, of: year)).contains(day) else { return false }
        var place = 19
        if at(place, ".") {
            let first = place + 1
            place = first
            while place < text.count, (48...57).contains(text[place]) { place += 1 }
            guard place > first else { return false }
        }
        var offset = 0
        if at(place, "Zz") {
            place += 1
        } else {
            guard at(place, "+-"), let hours = number(place + 1..<place + 3), at(place + 3, ":"),
                let minutes = number(place + 4..<place + 6), hours < 24, minutes < 60
            else {
                return false
            }
            offset = (hours * 60 + minutes) * (at(place, "-") ? -1 : 1)
            place += 6
        }
        guard place == text.count else { return false }
        let minuteOfDay = ((hour * 60 + minute - offset) % 1440 + 1440) % 1440
        return second < 60 || minuteOfDay == 1439
    }

    private static func daysOf(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Whether a text is a URI: a scheme, a colon, and none but the characters of RFC 3986, section 2.
    static func isURI(_ text: [UInt8]) -> Bool {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > 0, isLetter(text[0]) else { return false }
        guard text[..<colon].allSatisfy({ isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }) else {
            return false
        }
        var index = colon + 1
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < text.count, HexDigits.value(of: text[index + 1]) != nil,
                    HexDigits.value(of: text[index + 2]) != nil
                else {
                    return false
                }
                index += 2
            } else if !isLetter(byte), !isDigit(byte), !"-._~:/?#[]@!$&'()*+,;=".utf8.contains(byte) {
                return false
            }
            index += 1
        }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) && byte < 0x80 }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

/// The name of a version folder, padded or not.
struct VersionName: Hashable {
    /// The number, from 1.
    let number: Int
    /// How many digits, where the first of them is a zero; nil for an unpadded name.
    let width: Int?

    /// Reads `v` and digits; nil for anything else, for zero, and for more digits than any object has.
    init?(_ name: some Collection<UInt8>) {
        guard name.first == UInt8(ascii: "v"), (2...19).contains(name.count) else { return nil }
        var value = 0
        for digit in name.dropFirst() {
            guard (48...57).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        guard value >= 1 else { return nil }
        number = value
        width = name.dropFirst().first == UInt8(ascii: "0") ? name.count - 1 : nil
    }
}

/// What a block of fixity holds against a file.
enum FixityKind: Hashable, Sendable {
    /// A digest.
    case digest(DigestAlgorithm)
    /// The length in bytes, in decimal (extension 0009).
    case size

    /// The algorithms that OCFL 1.1 or its extension 0009 has a name for; the others are known to BagIt only.
    private static let named: Set<DigestAlgorithm> = [
        .md5, .sha1, .sha256, .sha512, .sha512t256, .blake2b160, .blake2b256, .blake2b384, .blake2b512,
    ]

    /// The kind of that name; nil where no list that this program knows has it.
    ///
    /// OCFL 1.1, 3.4, and <https://ocfl.github.io/extensions/0009-digest-algorithms.html>.
    init?(name: [UInt8]) {
        guard let text = String(validating: name, as: UTF8.self) else { return nil }
        if text == "size" {
            self = .size
        } else if let algorithm = DigestAlgorithm(rawValue: text), Self.named.contains(algorithm) {
            self = .digest(algorithm)
        } else {
            return nil
        }
    }

    /// The code for a digest that is not written as it must be.
    var formCode: OCFLCode {
        switch self {
        case .digest(.sha1): .E029
        case .digest(.sha256): .E030
        case .digest(.sha512): .E031
        case .digest(.blake2b512): .E032
        default: .E057
        }
    }

    /// The name in inventories.
    var name: String {
        switch self {
        case .digest(let algorithm): algorithm.rawValue
        case .size: "size"
        }
    }
}
