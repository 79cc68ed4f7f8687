import RecordsModel

/// A series of numbers that acts are known by, such as `HOLD` or `USUL`.
package protocol NumberSeries: Sendable {
    /// What the numbers begin with: capital letters.
    static var prefix: String { get }
}

/// The series of holds (pembekuan).
package enum HoldSeries: NumberSeries {
    /// What the numbers begin with.
    package static let prefix = "HOLD"
}

/// The series of lists of records to dispose of (daftar usul).
package enum ListSeries: NumberSeries {
    /// What the numbers begin with.
    package static let prefix = "USUL"
}

/// The series of loans of paper originals (peminjaman).
package enum LoanSeries: NumberSeries {
    /// What the numbers begin with.
    package static let prefix = "PINJAM"
}

/// The number of a hold, such as `HOLD-2026-0003`.
package typealias HoldID = SerialNumber<HoldSeries>
/// The number of a disposal list, such as `USUL-2026-0001`.
package typealias DisposalID = SerialNumber<ListSeries>
/// The number of a loan, such as `PINJAM-2026-0001`.
package typealias LoanID = SerialNumber<LoanSeries>

/// A number within a series and a year, given when the act is committed and never used again.
///
/// Written with a year of four digits and at least four digits behind it.
package struct SerialNumber<Series: NumberSeries>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The highest running number; more of one kind in one year is a mistake and not an archive.
    package static var limit: Int { 999_999_999 }

    /// The year, 1 to 9999.
    package let year: Int
    /// The running number within the year, from 1 to `limit`.
    package let sequence: Int

    /// A number out of its parts; nil where one is out of range.
    package init?(year: Int, sequence: Int) {
        guard (1...9999).contains(year), (1...Self.limit).contains(sequence) else { return nil }
        self.year = year
        self.sequence = sequence
    }

    /// Reads a number as people write it: letter case and leading zeroes do not matter.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        func digits(_ part: some StringProtocol) -> Int? {
            (1...12).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
        }
        guard parts.count == 3, parts[0].utf8.allSatisfy({ $0 < 128 }), parts[0].uppercased() == Series.prefix,
            parts[1].utf8.count == 4, let year = digits(parts[1]), let sequence = digits(parts[2])
        else {
            return nil
        }
        self.init(year: year, sequence: sequence)
    }

    /// The first number of a year that is behind all of these; nil where the year or the series is at its end.
    package static func next(in year: Int, after used: some Sequence<Self>) -> Self? {
        let last = used.lazy.filter { $0.year == year }.map(\.sequence).max() ?? 0
        return Self(year: year, sequence: last + 1)
    }

    /// The one written form.
    package var description: String {
        Series.prefix + "-" + CivilDate.padded(year, to: 4) + "-" + CivilDate.padded(sequence, to: 4)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.year, left.sequence) < (right.year, right.sequence)
    }
}

extension SerialNumber: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let number = Self(text), number.description == text else {
            let problem = "'\(text)' is no number \(Series.prefix)-YYYY-NNNN"
            throw DecodingError.dataCorruptedError(in: container, debugDescription: problem)
        }
        self = number
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
