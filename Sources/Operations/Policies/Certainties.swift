package import Acts
package import ArchiveHome
import Catalogue
package import RecordsModel

/// Tells of acts how sure it is that the person who is said to have acted did so.
///
/// By the table that was in force when the act was entered: a line that came later proves nothing about it.
package struct Certainties {
    private let home: Home
    private let catalogue: CatalogueDatabase
    private let book: PolicyBook
    private let keys: KeyBook
    private var tables: [PolicyText: People] = [:]

    /// Opens the tables of a home.
    ///
    /// - Throws: `EventFault` where an event of policies cannot be true.
    package init(_ home: Home, _ books: Books) throws {
        self.home = home
        catalogue = books.catalogue
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

    /// Acts, each with how sure its person is.
    package mutating func judged(_ acts: [LedgerAct]) throws -> [LedgerAct] {
        var judged: [LedgerAct] = []
        for var act in acts {
            if let event = try catalogue.event(at: act.seq) { act.sure = certainty(of: event) }
            judged.append(act)
        }
        return judged
    }

    /// The acts that moved the due date of a record, each with how sure its person is.
    package mutating func datingActs(of record: RecordID) throws -> [LedgerAct] {
        let kinds = Array(Event.datingDecisions) + [.importAdopted, .classificationProposed]
        return try catalogue.events(of: kinds).filter { $0.record == record.description }.map { event in
            var act = LedgerAct(event, subject: record.description)
            act.sure = certainty(of: event)
            return act
        }
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
