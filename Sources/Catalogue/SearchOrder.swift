import Foundation
import GRDB
import RecordsModel

/// In which order hits are shown.
///
/// A question for the plan: the year that is named, then what the record is (signed and valid, final text, draft, anything else),
/// then the title. Any other question: a title that has all of it, the type of document that is named, the year, exact words before
/// stems, descriptions before pages, and only then what the record is. Of equals, what the index ranks higher, then the newer.
extension SearchRun {
    /// How many of the first are looked at closely: by their titles, their dates and what their signatures were worth.
    private static let looked = 100

    /// What is known of a hit at a glance.
    private struct Facts {
        let row: Int64
        let type: String
        let year: Int
        let isSigned: Bool
        let isUnsigned: Bool
        let isScanned: Bool
        let isOffice: Bool
        let isRemoved: Bool
    }

    /// What a closer look tells.
    private struct Details {
        var isKnown = false
        var isInvalid = false
        var isNumbered = false
        /// How many words of the question the title lacks.
        var lacks = 0
        /// How many words the title has besides.
        var exceeds = 0
        var day = 0
    }

    mutating func sort() throws {
        guard order.count > 1 else { return }
        // Of more than are looked at, those that should come first stand at the front.
        let known = isMore ? Array(order.prefix(max(Self.mostFirst, limit))) : order
        let places = Dictionary(known.enumerated().map { ($1, $0) }) { first, _ in first }
        func sorted(_ facts: [Facts], _ details: [Int64: Details]) -> [Facts] {
            facts.map { (facts: $0, key: key($0, details[$0.row])) }.sorted {
                $0.key == $1.key
                    ? (places[$0.facts.row] ?? 0) < (places[$1.facts.row] ?? 0)
                    : $0.key.lexicographicallyPrecedes($1.key)
            }.map(\.facts)
        }
        let rough = sorted(try facts(of: known), [:])
        let first = Array(rough.prefix(max(Self.looked, limit)))
        let fine = sorted(first, try details(of: first.map(\.row)))
        order = (fine + rough.dropFirst(first.count)).map(\.row) + order.dropFirst(known.count)
    }

    // MARK: - Keys

    /// What a record is compared by, the smaller first.
    private func key(_ facts: Facts, _ details: Details?) -> [Int] {
        let meaning = question.meaning
        let year = meaning.years.firstIndex(of: facts.year)
        let isOfYear = meaning.years.isEmpty || year != nil
        let details = details ?? Details()
        let stage = stage(facts, details)
        let lacks = [details.lacks, details.exceeds]
        if question.isForPlan {
            let newest = meaning.years.isEmpty ? -facts.year : year ?? meaning.years.count
            return [
                details.isNumbered ? 0 : 1, isOfYear ? 0 : 1, stage, newest, facts.isRemoved ? 1 : 0,
                facts.isOffice ? 0 : 1, wish(facts), -details.day,
            ] + lacks
        }
        let hit = found[facts.row]
        let isOfType = meaning.types.isEmpty || meaning.types.contains(facts.type)
        let isWhole = question.titleWords.count > 1 && details.lacks == 0 && details.isKnown
        return [
            details.isNumbered ? 0 : 1, isWhole && isOfYear ? 0 : 1, isOfType ? 0 : 1, isOfYear ? 0 : 1,
            hit?.tier.place ?? 0,
            hit?.place.rawValue ?? 0, stage, year ?? meaning.years.count, wish(facts),
        ] + lacks
    }

    /// What a record is: the plan signed and valid, one of which that is not said, its final text, a plan whose signature is not
    /// valid, a draft, anything else; what is asked for by its name first.
    private func stage(_ facts: Facts, _ details: Details) -> Int {
        let meaning = question.meaning
        guard let stage = sense.stages[facts.type] else { return 6 }
        switch stage {
        case .signed:
            return details.isInvalid || facts.isUnsigned ? 4 : facts.isSigned ? 1 : 2
        case .final: return meaning.isFinal && !meaning.isDraft ? 0 : meaning.isDraft ? 1 : 3
        case .draft: return meaning.isDraft ? 0 : 5
        }
    }

    /// Whether a record is not signed or not scanned where that is asked for.
    private func wish(_ facts: Facts) -> Int {
        let meaning = question.meaning
        return (meaning.isSigned && !facts.isSigned ? 1 : 0) + (meaning.isScan && !facts.isScanned ? 1 : 0)
    }

    // MARK: - What is known of hits

    private func facts(of rows: [Int64]) throws -> [Facts] {
        var found: [Facts] = []
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT row_id, type, year, signature, signer IS NOT NULL, unit = ?, removed IS NOT NULL FROM record
                WHERE row_id IN (\(rows.map(String.init).joined(separator: ",")))
                """,
            arguments: [sense.officeName]
        )
        while let row = try cursor.next() {
            let signature = (row[3] as String?).flatMap { SignatureKind(rawValue: $0) }
            // As a dossier sees it: where it is not said how, a signer is a signature.
            let hasSigner: Bool = row[4]
            let isSigned = signature.map { $0 != SignatureKind.none } ?? hasSigner
            found.append(
                Facts(
                    row: row[0],
                    type: row[1],
                    year: row[2],
                    isSigned: isSigned,
                    isUnsigned: signature == SignatureKind.none,
                    isScanned: signature == .wet,
                    isOffice: row[5],
                    isRemoved: row[6]
                )
            )
        }
        return found
    }

    private func details(of rows: [Int64]) throws -> [Int64: Details] {
        let stemmer = IndonesianStemmer()
        var known: [[UInt8]: Set<[UInt8]>] = [:]
        func forms(_ word: [UInt8]) -> Set<[UInt8]> {
            if let found = known[word] { return found }
            let found = Set([word] + (stemmer?.stems(of: word) ?? []))
            known[word] = found
            return found
        }
        let asked = question.titleWords.map { forms(Array($0.utf8)) }
        let numbers = query.terms.filter { $0.kind == .joined && $0.forms.count > 1 || $0.kind == .phrase }.map(\.forms)
        var found: [Int64: Details] = [:]
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT row_id, title, number, date, (SELECT instr(document, '"category":"invalid"') FROM version
                    WHERE record_row = row_id AND version = head)
                FROM record WHERE row_id IN (\(rows.map(String.init).joined(separator: ",")))
                """
        )
        while let row = try cursor.next() {
            var details = Details()
            details.isKnown = true
            details.isInvalid = (row[4] as Int? ?? 0) > 0
            details.day = (row[3] as String?).flatMap { CivilDate($0)?.daysSinceEpoch } ?? 0
            if let number = row[2] as String?, !numbers.isEmpty {
                let words = WordScanner.words(of: number).map(\.form)
                details.isNumbered = numbers.contains(words)
            }
            let title = WordScanner.words(of: row[1]).map(\.form).filter { word in
                let text = String(decoding: word, as: UTF8.self)
                return !QuestionWords.small.contains(text) && !QuestionWords.year.contains(text)
            }.map(forms)
            details.lacks = asked.count { word in !title.contains { !$0.isDisjoint(with: word) } }
            details.exceeds = title.count { word in !asked.contains { !$0.isDisjoint(with: word) } }
            found[row[0]] = details
        }
        return found
    }
}
