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
    package mutating func append(_ leaf: [UInt8]) { append(leaf, leaves: 1) }

    /// Adds a full subtree by its root; `leaves`, a power of two, divides the size.
    private mutating func append(_ root: [UInt8], leaves: Int) {
        var node = root
        // Each full subtree of the same height is joined, as a carry runs through a binary number.
        var rest = size / leaves
        while rest & 1 == 1 {
            node = Self.join(peaks.removeLast(), node)
            rest >>= 1
        }
        peaks.append(node)
        size += leaves
    }

    /// Adds leaves by their hashes, which lie one behind the other.
    package mutating func append(leaves: UnsafeRawBufferPointer) {
        precondition(leaves.count % 32 == 0, "a leaf hash has 32 bytes")
        var hasher = DigestContext(.sha256)
        var next = 0
        while next < leaves.count / 32 {
            // The largest full subtree that begins here and that the rest can fill.
            let rest = leaves.count / 32 - next
            let fitting = 1 << (Int.bitWidth - 1 - rest.leadingZeroBitCount)
            let width = size == 0 ? fitting : min(fitting, size & -size)
            let part = unsafe UnsafeRawBufferPointer(rebasing: leaves[next * 32..<(next + width) * 32])
            append(unsafe Self.root(ofFull: part, &hasher), leaves: width)
            next += width
        }
    }

    /// The root over a power of two of leaves.
    private static func root(ofFull leaves: UnsafeRawBufferPointer, _ hasher: inout DigestContext) -> [UInt8] {
        var count = leaves.count / 32
        guard count > 1 else { return unsafe Array(leaves) }
        let nodes = UnsafeMutableRawBufferPointer.allocate(byteCount: count * 16, alignment: 16)
        let pair = UnsafeMutableRawBufferPointer.allocate(byteCount: 65, alignment: 16)
        defer {
            unsafe nodes.deallocate()
            unsafe pair.deallocate()
        }
        unsafe pair[0] = 1
        let children = unsafe UnsafeMutableRawBufferPointer(rebasing: pair[1...])
        var below = unsafe leaves
        while count > 1 {
            for index in 0..<count / 2 {
                unsafe children.copyMemory(from: UnsafeRawBufferPointer(rebasing: below[index * 64..<index * 64 + 64]))
                unsafe hasher.update(UnsafeRawBufferPointer(pair))
                let place = unsafe UnsafeMutableRawBufferPointer(rebasing: nodes[index * 32..<index * 32 + 32])
                unsafe hasher.restart(writingTo: place)
            }
            // A node is written where its children were read or before them.
            unsafe below = UnsafeRawBufferPointer(nodes)
            count /= 2
        }
        return unsafe Array(nodes[..<32])
    }

    /// The root of the tree: 32 bytes.
    package var root: [UInt8] {
        guard var root = peaks.last else { return Digest.of([], .sha256).bytes }
        for peak in peaks.dropLast().reversed() { root = Self.join(peak, root) }
        return root
    }

    /// The hash of a node over two others.
    static func join(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
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
