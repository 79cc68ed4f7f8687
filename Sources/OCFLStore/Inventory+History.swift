extension Inventory {
    /// The inventory as it was when a version was the newest: without what came later.
    ///
    /// In an object that only ever grows, as Berkas makes them, this is what that version's own inventory says.
    package func asOf(_ version: VersionNumber) -> Inventory {
        var earlier = self
        earlier.head = version.description
        earlier.versions = versions.filter { name, _ in VersionNumber(name).map { $0 <= version } ?? false }
        earlier.manifest = manifest.compactMapValues { paths in
            let kept = paths.filter { path in
                path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1).first
                    .flatMap { VersionNumber(Substring($0)) }.map { $0 <= version } ?? false
            }
            return kept.isEmpty ? nil : kept
        }
        return earlier
    }
}
