/// A path as a key: two are the same when their bytes are.
struct PathKey: Hashable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func hash(into hasher: inout Hasher) {
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }

    static func == (left: PathKey, right: PathKey) -> Bool { left.bytes == right.bytes }
}
