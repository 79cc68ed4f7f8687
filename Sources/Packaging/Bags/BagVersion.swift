import Containers

/// A version of the BagIt specification, as `bagit.txt` says it.
///
/// Known are 1.0 (RFC 8493) and the drafts 0.93 to 0.97 before it (draft-kunze-bagit-00 to -14,
/// <https://datatracker.ietf.org/doc/html/draft-kunze-bagit-14>). What changed between them, as far as it decides a verdict:
/// until 0.95 the metadata stood in `package-info.txt`; until 0.97 a payload file had to be listed in one manifest only,
/// might be listed twice with the same digest, and paths were written as they are but for line ends; since 1.0 every
/// manifest lists every payload file once, and `%` is encoded too.
package struct BagVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number before the point.
    package let major: Int
    /// The number behind the point.
    package let minor: Int

    /// The version of RFC 8493.
    package static let current = BagVersion(major: 1, minor: 0)

    /// The versions whose rules are known, the oldest first.
    package static let known = [93, 94, 95, 96, 97].map { BagVersion(major: 0, minor: $0) } + [current]

    /// `M.N`, with the decimal digits that each version is written with.
    package var description: String { "\(major).\(minor)" }

    /// Whether it is one whose rules are known.
    var isKnown: Bool { Self.known.contains(self) }
    /// Whether the rules are those of RFC 8493 and not of a draft.
    var isFinal: Bool { self >= .current }
    /// What the file with the metadata is called.
    var infoName: String { self < BagVersion(major: 0, minor: 96) ? "package-info.txt" : "bag-info.txt" }

    package static func < (left: BagVersion, right: BagVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    private init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads digits, a point and digits; nil for anything else.
    init?(_ text: some Collection<UInt8>) {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, let major = Int(decimal: parts[0]), let minor = Int(decimal: parts[1]) else {
            return nil
        }
        // "1.00" is not how any version is written.
        guard "\(major).\(minor)".utf8.elementsEqual(text) else { return nil }
        self.init(major: major, minor: minor)
    }
}
