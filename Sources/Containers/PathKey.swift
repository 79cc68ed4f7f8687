/// A path as a key: two are the same when their bytes are.
package struct PathKey: Hashable {
    /// The path.
    package let bytes: [UInt8]

    /// A key for a path.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package func hash(into hasher: inout Hasher) {
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }

    package static func == (left: PathKey, right: PathKey) -> Bool { left.bytes == right.bytes }
}
