/// A checkpoint short enough to be typed in from a paper: `1204-000G-40R4-0M30-E209-185G-R38E-35`.
///
/// The number of lines, the first 120 bits of the root as 24 characters in groups of four, and two check digits: what is
/// left of all characters before them, as one number of base 32, over 97. So one wrong character is always found, and so are
/// two neighbours that changed places. The characters are digits and letters without I, L, O and U, which are read for others.
/// Two histories with the same 120 bits take about 2^60 attempts to make; whoever needs more has the QR code beside it.
package struct ShortCheckpoint: Hashable, Sendable, CustomStringConvertible {
    /// How many lines the ledger has.
    package let size: Int
    /// The first 15 bytes of the root of the tree.
    package let beginning: [UInt8]

    /// How many bytes of the root are told.
    package static let length = 15

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The short form of a checkpoint.
    package init(_ checkpoint: Checkpoint) {
        size = checkpoint.size
        beginning = Array(checkpoint.root.prefix(Self.length))
    }

    /// Reads it as a person typed it: small letters, `O` for `0`, `I` and `L` for `1`, and spaces for hyphens are taken.
    ///
    /// Nil where it is none, or where the check digits say that something is mistyped.
    ///
    /// - Parameter text: the words.
    package init?(_ text: String) {
        guard let groups = Self.groups(of: text) else { return nil }
        guard Self.remainder(groups[..<7].joined()) == Int(groups[7]), let size = Int(groups[0]), size <= 1 << 40 else {
            return nil
        }
        var bytes: [UInt8] = []
        var (bits, count) = (0, 0)
        for letter in groups[1...6].joined().utf8 {
            guard let value = Self.alphabet.firstIndex(of: letter) else { return nil }
            (bits, count) = (bits << 5 | value, count + 5)
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
                bits &= (1 << count) - 1
            }
        }
        self.size = size
        beginning = bytes
    }

    /// Whether words have this shape, right or mistyped.
    package static func resembles(_ text: String) -> Bool { groups(of: text) != nil }

    /// The code as it is printed.
    package var description: String {
        let code = letters
        let groups = stride(from: 0, to: code.count, by: 4).map { String(decoding: code[$0..<$0 + 4], as: UTF8.self) }
        let check = Self.remainder("\(size)" + groups.joined())
        return (["\(size)"] + groups + [(check < 10 ? "0" : "") + "\(check)"]).joined(separator: "-")
    }

    private var letters: [UInt8] {
        var letters: [UInt8] = []
        var (bits, count) = (0, 0)
        for byte in beginning {
            (bits, count) = (bits << 8 | Int(byte), count + 8)
            while count >= 5 {
                count -= 5
                letters.append(Self.alphabet[bits >> count])
                bits &= (1 << count) - 1
            }
        }
        return letters
    }

    /// The eight groups of what was typed: the number of lines, six times four letters, two digits.
    private static func groups(of text: String) -> [String]? {
        let groups = text.split { $0 == "-" || $0 == "–" || $0.isWhitespace }.map { group in
            group.uppercased().map { letter in
                switch letter {
                case "O": "0"
                case "I", "L": "1"
                default: String(letter)
                }
            }.joined()
        }
        guard groups.count == 8, (1...13).contains(groups[0].utf8.count), groups[7].utf8.count == 2,
            (groups[0] + groups[7]).utf8.allSatisfy({ (48...57).contains($0) }),
            groups[1...6].allSatisfy({ $0.utf8.count == 4 && $0.utf8.allSatisfy(alphabet.contains) })
        else {
            return nil
        }
        return groups
    }

    /// What is left of a text over 97, as a number of base 32: 97 is a prime above all differences of two characters.
    private static func remainder(_ text: String) -> Int {
        text.utf8.reduce(0) { rest, letter in (rest * 32 + (alphabet.firstIndex(of: letter) ?? 0)) % 97 }
    }
}

/// What somebody outside of the home says that the log once committed to: a whole checkpoint, or its short form.
package struct CheckpointClaim: Hashable, Sendable {
    /// The log's name; empty where it is not told.
    package let origin: String
    /// How many lines the ledger had.
    package let size: Int
    /// The root of the tree: its 32 bytes, or those with which it begins.
    package let root: [UInt8]

    /// A claim out of its parts.
    package init(origin: String, size: Int, root: [UInt8]) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// What a whole checkpoint claims.
    package init(_ checkpoint: Checkpoint) {
        self.init(origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root)
    }

    /// What a short form claims.
    package init(_ short: ShortCheckpoint) { self.init(origin: "", size: short.size, root: short.beginning) }
}
