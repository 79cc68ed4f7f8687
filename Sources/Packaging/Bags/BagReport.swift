package import Containers
package import Fixity

/// What the looking at a bag came to.
package struct BagReport: Sendable {
    /// Valid, incomplete or invalid.
    package let verdict: BagVerdict
    /// What was found, the container's first, then by path; nothing where all is well.
    package let findings: [BagFinding]
    /// The version of BagIt that the bag was judged by.
    package let version: BagVersion
    /// The container; nil for a bag that is a folder, and for a file that is no container.
    package let format: ContainerFormat?
    /// The algorithms of the payload manifests.
    package let algorithms: [DigestAlgorithm]
    /// How many payload files there are.
    package let payloadFiles: Int
    /// The sum of their lengths in bytes.
    package let payloadOctets: Int
    /// How many tag files there are.
    package let tagFiles: Int
    /// What `bag-info.txt` says: labels with values, in order.
    package let info: [(label: String, value: String)]
    /// Whether the bag stands at the top of its container, and has no folder of its own there.
    package internal(set) var standsAtTop = false

    /// How many findings weigh so much.
    package func count(_ weight: BagFinding.Weight) -> Int { findings.count { $0.weight == weight } }
}

/// How far the looking at a bag is.
package struct BagProgress: Hashable, Sendable {
    /// Files done.
    package let files: Int
    /// Files in all, where known.
    package let totalFiles: Int?
    /// Bytes read.
    package let bytes: Int
}

/// How a bag is to be looked at.
package struct BagOptions: Sendable {
    /// What a bomb runs into.
    package var limits = ContainerLimits()
    /// How many bytes the tag files that are read whole (manifests and their like) may have together: 256 MiB.
    package var tagBytes = 256 << 20
    /// What the bag is wanted for.
    package var use = ContainerUse.validation
    /// Whether a bag is looked for at the top of a container, where a folder of its own belongs (RFC 8493, section 4).
    package var takesTop = false
    /// A profile that it must follow too.
    package var profile: BagProfile?
    /// Asked now and then whether to stop.
    package var isInterrupted: @Sendable () -> Bool = { false }
    /// Told now and then how far the work is.
    package var progress: @Sendable (BagProgress) -> Void = { _ in }

    /// The options of `bag validate` where none is given.
    package init() {}

    /// The options for keeping a bag: names that are dangerous on any system are refused.
    package static var importing: BagOptions {
        var options = BagOptions()
        options.use = .importing
        return options
    }
}
