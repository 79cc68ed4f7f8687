import GRDB

/// Words of the texts that are nearly the word that was asked for: misread by recognition, or mistyped.
///
/// They are found by the trigrams of the vocabulary, each word once, and not of the texts: measured, an index of all
/// trigrams is ten times as large and five times as slow to make.
package enum NearWords {
    /// A word of the texts that is near to another.
    package struct Near: Hashable, Sendable {
        /// The word, as it stands in the index.
        package let word: String
        /// How many letters have to be changed, added, left out, or changed places with their neighbour.
        package let distance: Int
        /// How many pages have it.
        package let pages: Int
    }

    /// How many near words of one word are looked for.
    static let most = 5

    /// How many letters a word has at least.
    private static let shortest = 4
    /// How long a word may be to be compared.
    private static let longest = 40
    /// How many words that share trigrams are compared letter by letter.
    private static let candidates = 1000
    /// On how many words a trigram may stand to be looked for where it need not be.
    private static let rareTrigram = 200

    /// Whether a word of an index is one that near misses are looked for among: not a number, though recognition may have
    /// read a digit for a letter.
    static func isKept(_ word: WordScanner.Word) -> Bool {
        guard (shortest...longest).contains(word.form.count) else { return false }
        if word.isAlphabetic { return true }
        let digits = word.form.count { (0x30...0x39).contains($0) || $0 == 0x2E }
        return digits <= 2 && word.form.count - digits > digits
    }

    /// Counts a word on more pages, or on fewer; one that is on no page any more goes.
    static func adjust(_ word: String, by count: Int, in database: Database) throws {
        guard count != 0 else { return }
        let update = try database.cachedStatement(sql: "UPDATE vocabulary SET pages = pages + ? WHERE word = ?")
        try update.execute(arguments: [count, word])
        if count > 0, database.changesCount == 0 {
            try database.cachedStatement(sql: "INSERT INTO vocabulary (word, pages) VALUES (?, ?)")
                .execute(arguments: [word, count])
            let row = database.lastInsertedRowID
            let statement = try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO vocabulary_trigram (trigram, word_row) VALUES (?, ?)"
            )
            for trigram in trigrams(of: word) { try statement.execute(arguments: [trigram, row]) }
        } else if count < 0 {
            let find = try database.cachedStatement(sql: "SELECT row_id FROM vocabulary WHERE word = ? AND pages <= 0")
            guard let row = try Int64.fetchOne(find, arguments: [word]) else { return }
            let drop = try database.cachedStatement(
                sql: "DELETE FROM vocabulary_trigram WHERE trigram = ? AND word_row = ?"
            )
            for trigram in trigrams(of: word) { try drop.execute(arguments: [trigram, row]) }
            try database.cachedStatement(sql: "DELETE FROM vocabulary WHERE row_id = ?").execute(arguments: [row])
        }
    }

    /// The words that are near to one, the nearest first, of those the one on more pages; the word itself is not among
    /// them.
    static func near(_ word: String, limit: Int, in database: Database) throws -> [Near] {
        guard (shortest...longest).contains(word.utf8.count) else { return [] }
        let allowed = mostChanges(word)
        let (asked, least) = try asked(of: trigrams(of: word), allowed, in: database)
        let marks = asked.map { _ in "?" }.joined(separator: ", ")
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT word, pages FROM vocabulary JOIN
                  (SELECT word_row, count(*) AS shared FROM vocabulary_trigram WHERE trigram IN (\(marks))
                   GROUP BY word_row HAVING shared >= ?) ON word_row = row_id
                WHERE length(word) BETWEEN ? AND ? ORDER BY shared DESC, pages DESC, word LIMIT ?
                """,
            arguments: StatementArguments(asked)
                + [least, word.unicodeScalars.count - allowed, word.unicodeScalars.count + allowed, candidates]
        )
        var found: [Near] = []
        while let row = try rows.next() {
            let other: String = row[0]
            guard let distance = distance(word, other, most: allowed), distance > 0 else { continue }
            found.append(Near(word: other, distance: distance, pages: row[1]))
        }
        found.sort { ($0.distance, -$0.pages, $0.word) < ($1.distance, -$1.pages, $1.word) }
        return Array(found.prefix(limit))
    }

    /// The word of a few that is nearest to one; nil where none is near.
    ///
    /// Of three letters, one with two of them in each other's place.
    static func nearest(to word: String, among words: Set<String>) -> String? {
        guard word.utf8.count > 2 else { return nil }
        let allowed = mostChanges(word)
        let isShort = word.utf8.count < shortest
        let found = words.compactMap { other -> (distance: Int, word: String)? in
            guard abs(other.utf8.count - word.utf8.count) <= allowed, other.utf8.count > 2,
                let distance = distance(word, other, most: allowed), distance > 0,
                other.utf8.count >= shortest && !isShort || other.utf8.sorted() == word.utf8.sorted()
            else {
                return nil
            }
            return (distance, other)
        }
        return found.min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    /// Which of a word's trigrams are looked for, and how many of them a near word has at least.
    ///
    /// Each change spoils three trigrams at the most, so that a near word has all but those. As many as it must have, less
    /// one, can be left out, and it still has one of the others: the commonest are, which half the vocabulary has.
    private static func asked(
        of trigrams: [String],
        _ allowed: Int,
        in database: Database
    ) throws -> (trigrams: [String], least: Int) {
        let least = max(1, trigrams.count - 3 * allowed)
        let statement = try database.cachedStatement(
            sql: "SELECT count(*) FROM (SELECT 1 FROM vocabulary_trigram WHERE trigram = ? LIMIT 2000)"
        )
        let counted = try trigrams.map { (try Int.fetchOne(statement, arguments: [$0]) ?? 0, $0) }
        let sorted = counted.sorted { $0 < $1 }
        var asked = sorted.map(\.1)
        var kept = least
        while kept > 1, sorted[asked.count - 1].0 > rareTrigram {
            asked.removeLast()
            kept -= 1
        }
        return (asked, kept)
    }

    /// How many changes a word of that length may have: one up to seven letters, two above.
    private static func mostChanges(_ word: String) -> Int { word.unicodeScalars.count <= 7 ? 1 : 2 }

    /// The trigrams of a word, with its ends marked, each once.
    static func trigrams(of word: String) -> [String] {
        let scalars = ["^" as Unicode.Scalar, "^"] + Array(word.unicodeScalars) + ["$"]
        var found: [String] = []
        for start in 0..<(scalars.count - 2) {
            var trigram = String.UnicodeScalarView()
            trigram.append(contentsOf: scalars[start..<(start + 3)])
            let text = String(trigram)
            if !found.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { found.append(text) }
        }
        return found
    }

    /// How many changes lie between two words (optimal string alignment); nil where they are more than `most`.
    static func distance(_ left: String, _ right: String, most: Int) -> Int? {
        let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        guard abs(left.count - right.count) <= most else { return nil }
        var before: [Int] = []
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                var cost = previous[column] + (left[row] == right[column] ? 0 : 1)
                cost = min(cost, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            if (current.min() ?? 0) > most { return nil }
            (before, previous) = (previous, current)
        }
        let distance = previous[right.count]
        return distance <= most ? distance : nil
    }
}
