import Catalogue

extension ArchiveWriter {
    /// Erases what removed records left in the index's pages, where anything is owed.
    ///
    /// What cannot be done now is told, and done by the next command that writes: the records are gone whatever comes of it.
    ///
    /// - Returns: whether no word of a removed record is left.
    @discardableResult
    package func eraseRemoved() -> Bool {
        let fact = "words of removed records still stand in the catalogue"
        let remedy = "the next command that writes erases them, and so does 'berkas rebuild'"
        do {
            if try catalogue.eraseRemoved() { return true }
            context.notice("\(fact), which another process reads; \(remedy)")
        } catch {
            context.notice("\(fact): \(error); \(remedy)")
        }
        return false
    }
}
