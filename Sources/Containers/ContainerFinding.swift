import FileSafety

/// One thing that is wrong with a container or a member of it: which rule, where, what was found, what was expected.
package struct ContainerFinding: Hashable, Sendable {
    /// What a finding means.
    package enum Weight: String, Hashable, Sendable {
        /// The container contradicts itself or its format, or could do harm.
        case invalid
        /// Worth knowing; the container can be used all the same.
        case warning
    }

    /// What it means.
    package let weight: Weight
    /// Which rule is broken.
    package let rule: ContainerRule
    /// The member that it is about, as the bytes of its name; nil where it is about the whole.
    package let path: [UInt8]?
    /// What is wrong, in words, with what was found.
    package let found: String
    /// What was expected, where that is not plain from the rule.
    package let expected: String?
    /// Which limit was met, where it was one that the caller set.
    package let limit: ContainerLimits.Kind?

    /// A finding out of its parts.
    package init(
        _ weight: Weight,
        _ rule: ContainerRule,
        _ path: [UInt8]? = nil,
        found: String,
        expected: String? = nil,
        limit: ContainerLimits.Kind? = nil
    ) {
        self.limit = limit
        self.weight = weight
        self.rule = rule
        self.path = path
        self.found = found
        self.expected = expected
    }
}

extension Sequence<UInt8> {
    /// The bytes as text on one line: control characters, marks that turn the direction of writing, and bytes that are
    /// no UTF-8 are written out as `\n`, `\u{202E}` or `\xFF`.
    package var shown: String { Array(self).escaped }
}
