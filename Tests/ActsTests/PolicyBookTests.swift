import Acts
import RecordsModel
import Testing

/// Which texts of policy files are in force, as the ledger tells it.
struct PolicyBookTests {
    private static let one = String(repeating: "a", count: 128)
    private static let two = String(repeating: "b", count: 128)

    private func event(_ detail: some EventDetail, _ seq: Int) throws -> Event {
        try Event(detail, seq: seq, time: Moment(secondsSinceEpoch: seq, offset: 0), actor: "Siti")
    }

    private func adopted(_ file: String, _ sha512: String?, _ basis: PolicyAdopted.Basis, at seq: Int) throws -> Event {
        let text = PolicyText(file: file, sha512: sha512)
        return try event(PolicyAdopted(files: [text], basis: basis, authority: nil, reason: "a"), seq)
    }

    private func changed(_ file: String, _ sha512: String?, at seq: Int) throws -> Event {
        try event(PolicyChanged(files: [PolicyText(file: file, sha512: sha512)]), seq)
    }

    @Test func `a change is noticed and not in force until it is adopted`() throws {
        let book = try PolicyBook(folding: [
            adopted("people.csv", Self.one, .found, at: 1), changed("people.csv", Self.two, at: 2),
            adopted("people.csv", Self.two, .right, at: 5), changed("people.csv", nil, at: 7),
        ])
        #expect(book.inForce(.people)?.text.sha512 == Self.two && book.inForce(.people)?.detail.basis == .right)
        #expect(book.inForce(.people, before: 5)?.text.sha512 == Self.one)
        #expect(book.inForce(.people, before: 1) == nil && book.inForce(.roles) == nil)
        #expect(book.found(.people) == PolicyText(file: "people.csv", sha512: nil))
        #expect(book.texts.count == 3)
    }

    @Test func `what was in force is not found anew, and a digest that is none is no event`() throws {
        let first = try adopted("people.csv", Self.one, .found, at: 1)
        let again = try adopted("people.csv", Self.two, .found, at: 2)
        #expect(throws: EventFault.self) { try PolicyBook(folding: [first, again]) }
        let broken = try changed("people.csv", "ABC", at: 1)
        #expect(throws: EventFault.self) { try PolicyBook(folding: [broken]) }
        let none = try event(PolicyChanged(files: []), 1)
        #expect(throws: EventFault.self) { try PolicyBook(folding: [none]) }
    }

    @Test func `every act rests on the people, but for those that only stop others`() {
        let free: Set<Permission> = [.placeHold, .cancel, .readAudit, .witness, .adoptPolicy]
        for permission in Permission.allCases {
            #expect(permission.restsOn.isSuperset(of: [.people, .roles]) != free.contains(permission))
        }
    }
}
