import ArchiveHome
import Fixity
package import RecordsModel
import SystemPackage

/// A part of the archive that is read in one night, so that all of it is read in as many nights as there are parts.
///
/// Every object and every package belongs to one part for good, by the digest of its path. The parts are gone through in
/// order: which is next stands in the ledger, so that a night that was left out is made up for and no chance leaves a record
/// unread for years.
package struct FixitySample: Hashable, Sendable {
    /// Which part, from 1.
    package let part: Int
    /// How many parts there are, from 1.
    package let parts: Int

    /// The most parts: less than a thousandth of the archive at a time would take years.
    package static let limit = 1000

    /// A part out of its numbers; nil where one is out of range.
    package init?(part: Int, of parts: Int) {
        guard (1...Self.limit).contains(parts), (1...parts).contains(part) else { return nil }
        self.part = part
        self.parts = parts
    }

    /// The sample that an event `fixity check` tells of; nil where it tells of none.
    package init?(_ event: Event) {
        guard event.event == .fixityCheck, case .object(let scope) = event.detail["scope"],
            let part = scope["part"]?.number, let parts = scope["of"]?.number
        else {
            return nil
        }
        self.init(part: part, of: parts)
    }

    /// The part behind the last one that was looked at.
    init(behind last: Int?, of parts: Int) {
        let count = min(max(1, parts), Self.limit)
        self.parts = count
        part = (last ?? 0) % count + 1
    }

    /// The scope as the ledger keeps it.
    var scope: JSONValue { .object(["part": .integer(part), "of": .integer(parts)]) }

    /// Whether an object or a package belongs to this part.
    func holds(_ path: FilePath) -> Bool {
        let digest = Digest.of(Array(path.string.utf8), .sha256).bytes.prefix(8)
        let number = digest.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return number % UInt64(parts) == UInt64(part - 1)
    }

    /// Into how many parts the archive falls, where each is at least so many per cent of it.
    ///
    /// - Parameter text: `5%`, `12.5%` or `5`.
    /// - Returns: nil where it is no percentage from 0.1 to 100.
    package static func parts(ofPercent text: String) -> Int? {
        let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
        guard digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }),
            let percent = Double(digits), (0.1...100).contains(percent)
        else {
            return nil
        }
        return Int((100 / percent + 1e-9).rounded(.down))
    }
}
