import FileSafety

/// The extensions that are registered: <https://github.com/OCFL/extensions/tree/main/docs>, at befc324 of 29 January 2026.
enum RegisteredExtensions {
    /// Names of folders below `extensions`, in objects and storage roots.
    static let names: Set<String> = [
        "0001-digest-algorithms",
        "0002-flat-direct-storage-layout",
        "0003-hash-and-id-n-tuple-storage-layout",
        "0004-hashed-n-tuple-storage-layout",
        "0005-mutable-head",
        "0006-flat-omit-prefix-storage-layout",
        "0007-n-tuple-omit-prefix-storage-layout",
        "0008-schema-registry",
        "0009-digest-algorithms",
        "0010-differential-n-tuple-omit-prefix-storage-layout",
        "0011-direct-clean-path-layout",
        "0012-hash-and-no-prefix-id-n-tuple-storage-layout",
        "initial",
    ]

    /// Whether a folder is called after a registered extension.
    static func has(_ name: EntryName) -> Bool { name.text.map { names.contains($0) } ?? false }
}
