import Synchronization

private let told = Atomic(false)
private let aside = Atomic(false)
private let changes = Atomic(false)
private let notes = Mutex<Set<String>>([])

/// What an answer lacks: a command that gave one all the same ends with `ExitStatus.partly`.
enum Shortfall {
    /// Remembers that something was told as missing.
    static func tell() { told.store(true, ordering: .relaxed) }

    /// Whether anything was.
    static var isTold: Bool { told.load(ordering: .relaxed) }

    /// Whether a note is told for the first time: a command that opens its home twice says it once.
    static func isNews(_ note: String) -> Bool { notes.withLock { $0.insert(note).inserted } }

    /// Remembers that the index is damaged, and questions are to be answered without it.
    static func leaveIndexAside() { aside.store(true, ordering: .relaxed) }

    /// Remembers that the command may have changed something, and cannot simply be run again.
    static func changeThings() { changes.store(true, ordering: .relaxed) }

    /// Whether it may have.
    static var mayHaveChanged: Bool { changes.load(ordering: .relaxed) }

    /// Whether questions are answered without the index.
    static var isIndexAside: Bool { aside.load(ordering: .relaxed) }
}
