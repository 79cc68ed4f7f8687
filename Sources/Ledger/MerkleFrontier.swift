import Fixity

/// The right edge of a Merkle tree that grows: enough to add leaves and to tell the root.
///
/// RFC 6962, section 2.1 (<https://www.rfc-editor.org/rfc/rfc6962#section-2.1>): a leaf is SHA-256(0x00 ‖ data), a node
/// SHA-256(0x01 ‖ left ‖ right), split at the largest power of two below the number of leaves; the root of no leaves is
/// SHA-256 of nothing.
package struct MerkleFrontier: Hashable, Sendable {
    /// How many leaves there are.
    package private(set) var size = 0
    /// The roots of the full subtrees, the largest first: one for each bit that is set in `size`.
    private var peaks: [[UInt8]] = []

    /// An empty tree.
    package init() {}

    /// The hash of a leaf: 32 bytes.
    package static func leaf(_ data: some Sequence<UInt8>) -> [UInt8] {
        var context = DigestContext(.sha256)
        context.update(CollectionOfOne(0))
        context.update(data)
        return context.finish().bytes
    }

    /// Adds a leaf by its hash.
    package mutating func append(_ leaf: [UInt8]) {
        var node = leaf
        // Each full subtree of the same height is joined, as a carry runs through a binary number.
        var rest = size
        while rest & 1 == 1 {
            node = Self.join(peaks.removeLast(), node)
            rest >>= 1
        }
        peaks.append(node)
        size += 1
    }

    /// The root of the tree: 32 bytes.
    package var root: [UInt8] {
        guard var root = peaks.last else { return Digest.of([], .sha256).bytes }
        for peak in peaks.dropLast().reversed() { root = Self.join(peak, root) }
        return root
    }

    private static func join(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var context = DigestContext(.sha256)
        context.update([1] + left + right)
        return context.finish().bytes
    }

    /// The state as bytes, for an index that wants to go on without reading all leaves.
    package var state: [UInt8] { peaks.flatMap(\.self) }

    /// A tree out of its saved state; nil where the bytes do not fit the size.
    package init?(size: Int, state: [UInt8]) {
        guard size >= 0, state.count == size.nonzeroBitCount * 32 else { return nil }
        self.size = size
        peaks = stride(from: 0, to: state.count, by: 32).map { Array(state[$0..<$0 + 32]) }
    }
}
