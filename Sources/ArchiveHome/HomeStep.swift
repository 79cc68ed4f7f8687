/// What is done each time a home is taken to work: under the lock, once store, ledger and catalogue are in step.
///
/// The protocol of writing knows nothing of retention. What the layers above owe a home at every beginning, such as an
/// event that tells of changed settings, they hand over as steps; they enter it as any command enters its events.
package struct HomeStep: Sendable {
    /// What it does, as a noun.
    package let name: String
    let run: @Sendable (ArchiveWriter) throws -> Void

    /// A step out of its parts.
    package init(_ name: String, run: @escaping @Sendable (ArchiveWriter) throws -> Void) {
        self.name = name
        self.run = run
    }
}
