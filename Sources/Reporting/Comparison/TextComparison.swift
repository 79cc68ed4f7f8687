/// Two texts against each other: lines first, then the words of what changed.
package struct TextComparison: Hashable, Sendable {
    /// A run of text, and what became of it.
    package struct Part: Hashable, Sendable {
        /// What became of a text.
        package enum Kind: String, Hashable, Sendable {
            /// It stands in both.
            case same
            /// It stands in the first only.
            case removed
            /// It stands in the second only.
            case added
        }

        /// What became of it.
        package let kind: Kind
        /// The text, line ends in it.
        package var text: String
    }

    /// Lines that are the same, or that differ.
    package struct Block: Hashable, Sendable {
        /// The first line in the first text, from 1.
        package let left: Int
        /// The first line in the second text, from 1.
        package let right: Int
        /// The parts, in reading order.
        package let parts: [Part]

        /// Whether anything differs.
        package var isChanged: Bool { parts.contains { $0.kind != .same } }
    }

    /// All of both texts, in order.
    package let blocks: [Block]
    /// How many words stand in the first text only.
    package let removedWords: Int
    /// How many words stand in the second text only.
    package let addedWords: Int

    /// Compares two texts; white space at the ends of lines does not count.
    package init(_ left: String, _ right: String) {
        let first = Self.lines(of: left)
        let second = Self.lines(of: right)
        var blocks: [Block] = []
        var (place, beside) = (0, 0)
        var same: [String] = []
        func closeSame() {
            guard !same.isEmpty else { return }
            let text = same.joined(separator: "\n")
            blocks.append(
                Block(
                    left: place - same.count + 1,
                    right: beside - same.count + 1,
                    parts: [Part(kind: .same, text: text)]
                )
            )
            same = []
        }
        for pair in SequenceAlignment.pairs(first, second) + [(first.count, second.count)] {
            if place < pair.left || beside < pair.right {
                closeSame()
                let parts = Self.words(Array(first[place..<pair.left]), Array(second[beside..<pair.right]))
                blocks.append(Block(left: place + 1, right: beside + 1, parts: parts))
                (place, beside) = (pair.left, pair.right)
            }
            guard pair.left < first.count else { break }
            same.append(first[pair.left])
            (place, beside) = (pair.left + 1, pair.right + 1)
        }
        closeSame()
        self.blocks = blocks
        let parts = blocks.flatMap(\.parts)
        removedWords = Self.count(parts, .removed)
        addedWords = Self.count(parts, .added)
    }

    /// Whether nothing differs.
    package var isSame: Bool { !blocks.contains(where: \.isChanged) }

    private static func count(_ parts: [Part], _ kind: Part.Kind) -> Int {
        parts.filter { $0.kind == kind }.reduce(0) { $0 + $1.text.split(whereSeparator: \.isWhitespace).count }
    }

    private static func lines(of text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = line
            while let last = line.last, last.isWhitespace { line.removeLast() }
            return String(line)
        }
        while let last = lines.last, last.isEmpty { lines.removeLast() }
        return lines
    }

    /// The words of lines that changed: the same, gone and new ones, in an order that can be read.
    private static func words(_ left: [String], _ right: [String]) -> [Part] {
        let first = tokens(of: left)
        let second = tokens(of: right)
        var parts: [Part] = []
        func add(_ kind: Part.Kind, _ tokens: ArraySlice<String>) {
            guard !tokens.isEmpty else { return }
            let text = tokens.joined()
            if parts.last?.kind == kind {
                parts[parts.count - 1].text += text
            } else {
                parts.append(Part(kind: kind, text: text))
            }
        }
        var (place, beside) = (0, 0)
        for pair in SequenceAlignment.pairs(first, second) + [(first.count, second.count)] {
            add(.removed, first[place..<pair.left])
            add(.added, second[beside..<pair.right])
            guard pair.left < first.count else { break }
            add(.same, first[pair.left...pair.left])
            (place, beside) = (pair.left + 1, pair.right + 1)
        }
        return parts
    }

    /// Words and the white space between them, line ends among it.
    private static func tokens(of lines: [String]) -> [String] {
        var tokens: [String] = []
        var isSpace: Bool?
        for (index, line) in lines.enumerated() {
            if index > 0 { tokens.append("\n") }
            isSpace = nil
            for character in line {
                if character.isWhitespace == isSpace {
                    tokens[tokens.count - 1].append(character)
                } else {
                    tokens.append(String(character))
                }
                isSpace = character.isWhitespace
            }
        }
        return tokens
    }
}
