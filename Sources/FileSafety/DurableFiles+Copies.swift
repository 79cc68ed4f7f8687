package import SystemPackage

/// A backup made with hard links (`cp -al`, `rsync --link-dest`) shares its files with the home: what is written in place
/// would be written in the backup too. So the link is broken first.
extension DurableFiles {
    /// Gives a file that has further names bytes of its own: written anew beside it, synced, and renamed over it.
    ///
    /// - Parameters:
    ///   - path: the file, which need not be there.
    ///   - length: how many of its bytes are kept; nil for all.
    ///   - always: whether it is written anew even if it has no further name.
    /// - Throws: `FileSafetyError`.
    func separate(_ path: FilePath, upTo length: Int? = nil, always: Bool = false) throws {
        guard let status = try? FileStatus.of(path), status.kind == .file else { return }
        guard status.linkCount > 1 || always else { return }
        let staged = FilePath(path.string + ".new")
        try removeIfPresent(staged)
        try tripwire.pass(.write, staged)
        let old = try OpenFile.reading(path)
        let new = try openNew(staged)
        try Self.copy(old, to: new, length ?? .max)
        try tripwire.pass(.sync, staged)
        try new.sync()
        try rename(staged, to: path)
        let folder = path.removingLastComponent()
        try sync(folder.isEmpty ? "." : folder)
    }

    private static func copy(_ old: borrowing OpenFile, to new: borrowing OpenFile, _ length: Int) throws {
        var left = length
        while left > 0 {
            let piece = try old.beginning(min(left, 1 << 20))
            guard !piece.isEmpty else { return }
            try unsafe piece.withUnsafeBytes { buffer in try unsafe new.write(buffer) }
            left -= piece.count
        }
    }

    /// Makes a database ready for a writer that writes in place (SQLite): there, with the home's rights, and without
    /// further names.
    ///
    /// Its write-ahead log goes with it, and its shared memory is made anew: whoever still reads the old file has all
    /// three as they were. (The log and the shared memory take their rights from the file,
    /// <https://www.sqlite.org/src/file/src/os_unix.c>, `findCreateFileMode`.)
    package func prepareDatabase(_ path: FilePath) throws {
        let parts = ["", "-wal", "-shm"].map { FilePath(path.string + $0) }
        guard FileStatus.exists(path) else {
            try create(path, [])
            return
        }
        guard parts.contains(where: { ((try? FileStatus.of($0))?.linkCount ?? 0) > 1 }) else { return }
        for part in parts.dropLast() { try separate(part, always: true) }
        try removeIfPresent(parts[2])
    }
}
