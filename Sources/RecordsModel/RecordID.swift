/// The accession number of a record, such as `RKT-2024-0007`.
///
/// Given when the record is committed, under the lock, never shown before and never used again. The sequence counts
/// from 1 within a prefix and a year and is written with at least four digits.
package struct RecordID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The archive's prefix: capital letters and digits, from `berkas.yaml`.
    package let prefix: String
    /// The fiscal year of the plan that the record belongs to.
    package let year: Int
    /// The running number within prefix and year, from 1.
    package let sequence: Int

    /// An identifier out of its parts.
    package init(prefix: String, year: Int, sequence: Int) {
        self.prefix = prefix
        self.year = year
        self.sequence = sequence
    }

    /// Reads an identifier as people write it: letter case and leading zeroes do not matter.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        // Letters outside ASCII are no letters of a prefix, even where their capitals are: 'ß' is not 'SS'.
        guard parts.count == 3, parts[0].utf8.allSatisfy({ $0 < 128 }), Self.isPrefix(parts[0].uppercased()),
            parts[1].utf8.count == 4, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
            parts[2].utf8.allSatisfy({ (48...57).contains($0) }), let year = Int(parts[1]),
            let sequence = Int(parts[2]),
            sequence > 0
        else {
            return nil
        }
        self.init(prefix: parts[0].uppercased(), year: year, sequence: sequence)
    }

    /// Whether a text can be an archive's prefix: 1 to 16 characters A to Z and 0 to 9.
    package static func isPrefix(_ text: String) -> Bool {
        (1...16).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }

    /// The one written form.
    package var description: String {
        prefix + "-" + CivilDate.padded(year, to: 4) + "-" + CivilDate.padded(sequence, to: 4)
    }

    package static func < (left: RecordID, right: RecordID) -> Bool {
        (left.year, left.prefix, left.sequence) < (right.year, right.prefix, right.sequence)
    }
}

/// One version of a record, `RKT-2024-0007@v2`, or its newest where no version is named.
package struct RecordReference: Hashable, Sendable, CustomStringConvertible {
    /// The record.
    package let id: RecordID
    /// The version from 1, or nil for the newest.
    package let version: Int?

    /// A reference out of its parts.
    package init(id: RecordID, version: Int?) {
        self.id = id
        self.version = version
    }

    /// Reads `ID` or `ID@vN`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let id = RecordID(parts[0]) else { return nil }
        guard parts.count == 2 else {
            self.init(id: id, version: nil)
            return
        }
        let digits = parts[1].utf8.dropFirst()
        guard parts[1].utf8.first == UInt8(ascii: "v"), digits.allSatisfy({ (48...57).contains($0) }),
            let version = Int(parts[1].dropFirst()), version > 0
        else {
            return nil
        }
        self.init(id: id, version: version)
    }

    /// The written form, with the version where one is named.
    package var description: String { id.description + (version.map { "@v\($0)" } ?? "") }
}

extension RecordID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = RecordID(text), id.description == text else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no accession number")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
