import Acts
import RecordsModel
import Testing

/// Who an account is, and when two names are one person.
struct IdentityTests {
    private let people = People([
        Person(name: "Siti", roles: [], accounts: ["siti", "arsip@pc-1"], actsFor: ["Budi"]),
        Person(name: "S. Aminah", roles: [], accounts: ["siti@pc-2"]),
        Person(name: "Budi", roles: [], accounts: ["budi"]),
        Person(name: "Tuti", roles: []), Person(name: "Umar", roles: [], accounts: ["arsip@pc-2"]),
    ])

    private func account(_ name: String, _ host: String = "pc-1") -> Account { Account(name: name, uid: 7, host: host) }

    @Test(arguments: [
        ("Siti", "siti", "pc-1", true), ("SITI", "siti", "pc-9", true), ("Siti", "arsip", "pc-1", true),
        ("Siti", "arsip", "pc-2", false), ("Budi", "siti", "pc-1", true), ("Budi", "other", "pc-1", false),
        ("Tuti", "siti", "pc-1", false), ("Tuti", "other", "pc-1", true), ("Nobody", "other", "pc-1", true),
        ("Nobody", "budi", "pc-1", false), ("Umar", "arsip", "pc-1", false), ("S. Aminah", "siti", "pc-2", true),
        ("S. Aminah", "siti", "pc-1", false), ("Siti", "Siti", "pc-1", false),
    ])
    func `an account works as its own person, or for whom the table lets it`(
        name: String,
        user: String,
        host: String,
        isAllowed: Bool
    ) {
        let refusals = people.accountRefusals(of: name, under: account(user, host))
        #expect(refusals.isEmpty == isAllowed, "\(refusals)")
        #expect(refusals.allSatisfy { $0.code == .wrongAccount && $0.subject == name })
    }

    @Test func `how sure a person is comes from the account, and from nothing that was typed`() {
        #expect(people.certainty(of: "siti", under: account("siti")) == .account)
        #expect(people.certainty(of: "Budi", under: account("siti")) == .delegated)
        #expect(people.certainty(of: "Tuti", under: account("other")) == .typed)
        #expect(people.certainty(of: "Nobody", under: account("siti")) == .typed)
        #expect(people.certainty(of: "Siti", under: nil) == .typed)
    }

    @Test func `names are one person where they are spelt alike or share an account, unless on two computers`() {
        #expect(people.areSame("Siti", " siti "))
        #expect(people.areSame("Siti", "S. Aminah") && people.areSame("S. Aminah", "Siti"))
        #expect(!people.areSame("Siti", "Budi") && !people.areSame("Siti", "Umar") && !people.areSame("Tuti", "Nobody"))
        #expect(people.distinct(["Siti", "S. Aminah", " ", "Tuti", "tuti"]) == ["Siti", "Tuti"])
    }
}
