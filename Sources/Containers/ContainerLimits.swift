/// How much a container may hold before it is given up: what a bomb runs into.
///
/// Every limit counts what comes out, not what the container promises.
package struct ContainerLimits: Hashable, Sendable {
    /// How many bytes may come out for each byte that the container has, once more than `grace` bytes came out.
    ///
    /// Text, and the headers of many small members, are packed at most 100 to 1 in practice; zeros by gzip 1,030 to 1.
    package var ratio = 200
    /// How many bytes may come out before the ratio is looked at: 64 MiB.
    package var grace = 64 << 20
    /// How many bytes may come out in all: 1 TiB.
    package var total = 1 << 40
    /// How many bytes a single member may have: 1 TiB.
    package var member = 1 << 40
    /// How many members there may be.
    package var members = 1_000_000
    /// How many components a path may have.
    package var depth = 64

    /// Which of the limits a finding is about.
    package enum Kind: Hashable, Sendable {
        /// Bytes that come out for each byte of the container.
        case ratio
        /// Bytes that come out in all.
        case total
        /// Bytes of one member.
        case member
        /// Members.
        case members
        /// Components of a path.
        case depth
    }

    /// The limits that are good for what archives send each other.
    package init() {}

    /// Whether so many bytes out of so many are too many.
    func isExceeded(expanded: Int, packed: Int) -> Bool {
        guard expanded > grace else { return false }
        let (allowed, overflow) = max(packed, 1).multipliedReportingOverflow(by: max(ratio, 1))
        return !overflow && expanded > allowed
    }
}

/// What the members of a container are wanted for, which decides how heavy a doubtful name weighs.
package struct ContainerUse: Hashable, Sendable {
    /// To be judged only: what is legal here and dangerous elsewhere is a warning.
    package static let validation = ContainerUse(refused: [])
    /// To be kept: what is dangerous on any system is refused.
    ///
    /// Names with a backslash, names that are one name where letter case or Unicode form does not count, and entries for
    /// "this folder".
    package static let importing = ContainerUse(refused: [.memberBackslash, .memberCollision, .memberDot])

    private let refused: Set<ContainerRule>

    /// The same use, with these rules a warning only: for a package whose maker is known to have names of that kind.
    package func tolerating(_ rules: Set<ContainerRule>) -> ContainerUse {
        ContainerUse(refused: refused.subtracting(rules))
    }

    /// The weight of a name that this system can hold, and others not.
    func weight(of rule: ContainerRule) -> ContainerFinding.Weight { refused.contains(rule) ? .invalid : .warning }
}
