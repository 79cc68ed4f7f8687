package import Containers

/// One thing that is wrong with a bag: which rule, where, what was found, what was expected.
package struct BagFinding: Hashable, Sendable {
    /// What a finding means for the bag.
    package enum Weight: String, Hashable, Sendable {
        /// The bag contradicts itself or the format, or could do harm: it is not valid, whatever is added to it.
        case invalid
        /// Something that the bag should have is absent; what is there is right. The bag could be completed.
        case incomplete
        /// Worth knowing; the bag is valid all the same.
        case warning
    }

    /// What it means for the bag.
    package let weight: Weight
    /// Which rule is broken.
    package let rule: BagRule
    /// The file that it is about, as the bytes of its path below the bag's folder, or of a member's name in a container;
    /// nil where it is about the whole.
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
        _ rule: BagRule,
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

    /// What the reading of a container found, as a finding about the bag in it.
    init(_ finding: ContainerFinding) {
        self.init(
            finding.weight == .invalid ? .invalid : .warning,
            BagRule(finding.rule),
            finding.path,
            found: finding.found,
            expected: finding.expected,
            limit: finding.limit
        )
    }

    /// The path on one line: whatever hides, breaks the line or is not UTF-8 is written as its code.
    package var shownPath: String? { path?.shown }
}

/// What a bag is judged to be (RFC 8493, section 3).
///
/// `invalid` comes before `incomplete`: a bag that lacks a file and has another one damaged cannot be made good by adding
/// what is absent, so that it is called invalid. Warnings change nothing.
package enum BagVerdict: String, Hashable, Sendable {
    /// Complete, and every digest verified.
    case valid
    /// Something is absent, and all that is there is right.
    case incomplete
    /// Something that is there is wrong.
    case invalid

    /// The verdict that findings add up to.
    package init(_ findings: some Sequence<BagFinding>) {
        var verdict = BagVerdict.valid
        for finding in findings {
            switch finding.weight {
            case .invalid:
                self = .invalid
                return
            case .incomplete: verdict = .incomplete
            case .warning: break
            }
        }
        self = verdict
    }
}
