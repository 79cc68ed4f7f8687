/// Where the objects of a storage root lie: the layouts that are registered and in common use.
///
/// <https://github.com/OCFL/extensions/tree/main/docs>. Each maps an id to one path, or to none where the id has no place
/// in it.
package enum StorageLayout: Hashable, Sendable {
    /// 0002: the id is the folder.
    case flatDirect
    /// 0003: folders out of the digest of the id, then the id, percent-encoded.
    case hashAndID(HashedTuples)
    /// 0004: folders out of the digest of the id, then the digest, or with `shortObjectRoot` what is left of it.
    case hashed(HashedTuples, shortObjectRoot: Bool)
    /// 0006: the id without its prefix is the folder; the prefix ends with the last delimiter.
    case flatOmitPrefix(delimiter: String)
    /// 0007: folders out of the id without its prefix, then the id without its prefix.
    case tuplesOmitPrefix(PrefixTuples)

    /// The layout of the stores that this program makes: 0003 with its registered defaults.
    package static let standard = StorageLayout.hashAndID(.standard)

    /// The registered name.
    package var name: String {
        switch self {
        case .flatDirect: "0002-flat-direct-storage-layout"
        case .hashAndID: "0003-hash-and-id-n-tuple-storage-layout"
        case .hashed: "0004-hashed-n-tuple-storage-layout"
        case .flatOmitPrefix: "0006-flat-omit-prefix-storage-layout"
        case .tuplesOmitPrefix: "0007-n-tuple-omit-prefix-storage-layout"
        }
    }

    /// What `ocfl_layout.json` says of it.
    package var summary: String {
        switch self {
        case .flatDirect: "Objects directly below the root, in folders named by their ids"
        case .hashAndID: "Hashed truncated n-tuple trees with encoded object ids encapsulating objects"
        case .hashed: "Hashed truncated n-tuple trees with the digests of object ids encapsulating objects"
        case .flatOmitPrefix: "Objects directly below the root, in folders named by their ids without the prefix"
        case .tuplesOmitPrefix: "N-tuple trees out of object ids without their prefixes"
        }
    }

    /// The folders from the storage root to an object's root, joined by `/`; nil for an id that has no place here.
    package func path(of id: String) -> String? {
        switch self {
        case .flatDirect: return Self.isFolderName(id.utf8) && id != "extensions" ? id : nil
        case .hashAndID(let tuples):
            guard !id.isEmpty else { return nil }
            let (digest, folders, _) = tuples.cut(id)
            return (folders + [Substring(EncodedID.folder(id, digest: digest))]).joined(separator: "/")
        case .hashed(let tuples, let isShort):
            let (digest, folders, rest) = tuples.cut(id)
            return (folders + [isShort ? rest : Substring(digest)]).joined(separator: "/")
        case .flatOmitPrefix(let delimiter):
            guard let rest = Self.behindPrefix(id, delimiter), Self.isFolderName(rest),
                !rest.elementsEqual("extensions".utf8)
            else {
                return nil
            }
            return String(decoding: rest, as: UTF8.self)
        case .tuplesOmitPrefix(let tuples): return tuples.path(of: id)
        }
    }

    /// What stands behind the last delimiter of an id, letters of either case taken as the same; the whole id where there is
    /// none.
    ///
    /// - Returns: nil where nothing stands behind it.
    static func behindPrefix(_ id: String, _ delimiter: String) -> ArraySlice<UInt8>? {
        let lower = { (byte: UInt8) -> UInt8 in (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
        let bytes = Array(id.utf8)
        let wanted = delimiter.utf8.map(lower)
        var start = bytes.count - wanted.count
        while start >= 0 {
            if bytes[start..<start + wanted.count].map(lower) == wanted {
                let rest = bytes[(start + wanted.count)...]
                return rest.isEmpty ? nil : rest
            }
            start -= 1
        }
        return bytes.isEmpty ? nil : bytes[...]
    }

    /// Whether bytes can be the name of one folder.
    static func isFolderName(_ name: some Collection<UInt8>) -> Bool {
        (1...255).contains(name.count) && !name.contains(UInt8(ascii: "/")) && !name.contains(0)
            && !name.elementsEqual(".".utf8) && !name.elementsEqual("..".utf8)
    }
}

/// How an id without its prefix is cut into folders, in layout 0007.
package struct PrefixTuples: Hashable, Sendable {
    /// Which side of a short id is filled with zeros.
    package enum Padding: String, Hashable, Sendable {
        /// In front.
        case left
        /// Behind.
        case right
    }

    /// What ends the prefix.
    package let delimiter: String
    /// Characters a folder, 1 to 32.
    package let tupleSize: Int
    /// Folders, 1 to 32.
    package let numberOfTuples: Int
    /// Where zeros are added.
    package let padding: Padding
    /// Whether the folders are cut out of the id read backwards.
    package let isReversed: Bool

    /// The registered defaults.
    package static let standard = PrefixTuples(
        unchecked: ":",
        tupleSize: 3,
        numberOfTuples: 3,
        padding: .left,
        isReversed: false
    )

    private init(unchecked delimiter: String, tupleSize: Int, numberOfTuples: Int, padding: Padding, isReversed: Bool) {
        self.delimiter = delimiter
        self.tupleSize = tupleSize
        self.numberOfTuples = numberOfTuples
        self.padding = padding
        self.isReversed = isReversed
    }

    /// Tuples within the registered limits; nil outside of them.
    package init?(delimiter: String, tupleSize: Int, numberOfTuples: Int, padding: Padding, isReversed: Bool) {
        guard !delimiter.isEmpty, (1...32).contains(tupleSize), (1...32).contains(numberOfTuples) else { return nil }
        self.init(
            unchecked: delimiter,
            tupleSize: tupleSize,
            numberOfTuples: numberOfTuples,
            padding: padding,
            isReversed: isReversed
        )
    }

    /// The folders to an object's root; nil for ids beyond 0x20 to 0x7F, and for those whose parts are no folder names.
    func path(of id: String) -> String? {
        guard id.utf8.allSatisfy({ (0x20...0x7F).contains($0) }),
            let rest = StorageLayout.behindPrefix(id, delimiter), StorageLayout.isFolderName(rest)
        else {
            return nil
        }
        let zeros = [UInt8](
            repeating: UInt8(ascii: "0"),
            count: max(0, tupleSize * numberOfTuples - rest.count)
        )
        var source: [UInt8] = padding == .left ? zeros + Array(rest) : Array(rest) + zeros
        if isReversed { source.reverse() }
        var parts: [ArraySlice<UInt8>] = []
        for number in 0..<numberOfTuples { parts.append(source[number * tupleSize..<(number + 1) * tupleSize]) }
        guard parts.allSatisfy({ StorageLayout.isFolderName($0) }) else { return nil }
        parts.append(rest)
        return String(decoding: Array(parts.joined(separator: [UInt8(ascii: "/")])), as: UTF8.self)
    }
}
