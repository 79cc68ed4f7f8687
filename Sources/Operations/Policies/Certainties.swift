package import Acts
package import ArchiveHome
package import RecordsModel

/// Tells of acts how sure it is that the person who is said to have acted did so.
///
/// By the table that was in force when the act was entered: a line that came later proves nothing about it.
package struct Certainties {
    private let home: Home
    private let book: PolicyBook
    private let keys: KeyBook
    private var tables: [PolicyText: People] = [:]

    /// Opens the tables of a home.
    ///
    /// - Throws: `EventFault` where an event of policies cannot be true.
    package init(_ home: Home, _ books: Books) throws {
        self.home = home
        book = try books.policies()
        keys = try books.keys()
    }

    /// How sure the person of an event is; `typed` where the table of then cannot be read.
    package mutating func certainty(of event: Event) -> Certainty {
        if isSigned(event) { return .key }
        guard let account = event.writtenBy, let text = book.inForce(.people, before: event.seq)?.text else {
            return .typed
        }
        if tables[text] == nil {
            let bytes = try? home.kept(text)
            tables[text] = (try? PolicyDesk.people(of: bytes, roles: nil, in: home)) ?? People([])
        }
        return tables[text]?.certainty(of: event.actor, under: account) ?? .typed
    }

    /// Whether an event has the valid signature of a key that was the person's then.
    private func isSigned(_ event: Event) -> Bool {
        guard let signature = event.signature,
            let key = keys.key(signature.key, of: event.actor, before: event.seq),
            let content = try? ActSignature.content(of: event, at: signature.checkpoint)
        else {
            return false
        }
        return (try? SecureShell.isValid(signature.value, of: content, by: key.key)) ?? false
    }
}
