/// The number of an OCFL version, from 1, written `v1` without padding.
package struct VersionNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number.
    package let number: Int

    /// A version by its number, which must be at least 1.
    package init(_ number: Int) {
        precondition(number >= 1, "an OCFL version counts from 1")
        self.number = number
    }

    /// Reads `vN` without padding and with at most nine digits; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.first == UInt8(ascii: "v"), text.utf8.dropFirst().first != UInt8(ascii: "0"),
            text.utf8.dropFirst().allSatisfy({ (48...57).contains($0) }), text.utf8.count <= 10,
            let number = Int(text.dropFirst()), number >= 1
        else {
            return nil
        }
        self.number = number
    }

    /// The version after this one.
    package var next: VersionNumber { VersionNumber(number + 1) }

    /// The folder's name.
    package var description: String { "v\(number)" }

    package static func < (left: VersionNumber, right: VersionNumber) -> Bool { left.number < right.number }
}
