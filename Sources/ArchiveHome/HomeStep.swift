/// What is done each time a home is taken to work: under the lock, once store, ledger and catalogue are in step.
///
/// The protocol of writing knows nothing of retention. What the layers above owe a home at every beginning, such as an
/// event that tells of changed settings, they hand over as steps; they enter it as any command enters its events.
package struct HomeStep: Sendable {
    let run: @Sendable (ArchiveWriter) throws -> Void

    /// A step that does this.
    package init(run: @escaping @Sendable (ArchiveWriter) throws -> Void) { self.run = run }
}
