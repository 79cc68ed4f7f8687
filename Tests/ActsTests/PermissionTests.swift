import Acts
import Foundation
import SystemPackage
import TestSupport
import Testing

/// Who may do what, and what is said to whoever may not.
struct PermissionTests {
    private static let people = People([
        Person(name: "Ani Arsiparis", roles: ["arsiparis"]), Person(name: "Mira Pembaca", roles: ["reader"]),
        Person(name: " ani  arsiparis", roles: ["panitia"]),
    ])

    @Test func `R52 rows of one name are one person with the roles of both`() {
        let people = Self.people
        #expect(people.refusals(of: "propose", by: "ANI ARSIPARIS", needing: .propose).isEmpty)
        #expect(people.refusals(of: "assess", by: "Ani Arsiparis", needing: .assess).isEmpty)
        #expect(people.all(allowed: .propose).map(\.name) == ["Ani Arsiparis"])
    }

    @Test(arguments: [
        ("Mira Pembaca", Refusal.Code.notPermitted, "none of the roles (reader) allows it", "arsiparis"),
        ("Siapa Saja", .notPermitted, "the office's people do not include that name", "people.csv"),
        (" \u{200B}", .missing, "nobody is named", "name the person"),
    ])
    func `R52 who may not is told why, and who may`(
        name: String,
        code: Refusal.Code,
        message: String,
        remedy: String
    ) throws {
        let refusals = Self.people.refusals(of: "propose a list", by: name, needing: .propose)
        let refusal = try #require(refusals.first)
        #expect(refusals.count == 1 && refusal.code == code && refusal.subject == name)
        #expect(refusal.message.contains(message) && refusal.remedy.contains(remedy))
    }

    @Test func `R52 the roles that a new home begins with are those that hold by default`() throws {
        let file = Checkout.root.appending("Archive").appending("policy").appending("roles.csv")
        let lines = try String(contentsOfFile: file.string, encoding: .utf8).split(separator: "\n").dropFirst()
        let cells = lines.map { $0.split(separator: ",").map(String.init) }
        try #require(cells.allSatisfy { $0.count == 2 } && !cells.isEmpty)
        let (table, unknown) = RoleTable.reading(cells.map { ($0[0], $0[1]) })
        #expect(unknown.isEmpty)
        for permission in Permission.allCases {
            #expect(table.roles(allowing: permission) == RoleTable.standard.roles(allowing: permission))
        }
    }

    @Test func `R52 what no role allows is allowed to nobody, and a role of an unknown permission allows nothing`() {
        let (table, unknown) = RoleTable.reading([("arsiparis", "propose"), ("arsiparis", "fly"), (" ", "assess")])
        #expect(unknown == [1, 2])
        let people = People([Person(name: "Ani Arsiparis", roles: ["Arsiparis"])], roles: table)
        #expect(people.allows(.propose, to: "Ani Arsiparis") && !people.allows(.assess, to: "Ani Arsiparis"))
        let refusals = people.refusals(of: "assess a list", by: "Ani Arsiparis", needing: .assess)
        #expect(refusals.map(\.code) == [.notPermitted])
        #expect(refusals.first?.message.contains("no role in 'policy/roles.csv' allows it") == true)
    }
}
