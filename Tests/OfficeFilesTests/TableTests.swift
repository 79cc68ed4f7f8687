import OfficeFiles
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct TableTests {
    private func table(_ text: String, _ columns: [String] = ["level", "name"]) throws -> [[String: String]] {
        try PolicyFiles.table(try Scratch.file("access.csv", text.utf8), columns: columns)
    }

    @Test func `a table is read a row a dictionary, blank rows aside`() throws {
        let rows = try table("Level;NAME;note\nbiasa;Terbuka;x\n\n;;\nrahasia;\"R; S\"\n")
        let expected = [["level": "biasa", "name": "Terbuka", "note": "x"], ["level": "rahasia", "name": "R; S"]]
        #expect(rows == expected)
    }

    @Test func `a missing or empty file is an empty table`() throws {
        #expect(try PolicyFiles.table(Scratch.folder.appending("nowhere.csv"), columns: ["level"]).isEmpty)
        #expect(try table("").isEmpty)
        #expect(try table("level,name\n").isEmpty)
    }

    @Test func `a missing column is named`() {
        let error = #expect(throws: OfficeFileError.self) { try table("level,title\nbiasa,x\n") }
        #expect(error?.code == .invalid)
        #expect(error?.message == "the column 'name' is missing")
    }

    @Test(arguments: [
        ("level,name\nbiasa,Biasa, Terbuka\n", 2), ("level,name\na,b\n\"c,d\n", 3),
        ("level,name\n\"a\n\",b\nc,d\"\n", 4),
    ])
    func `a row that is not well-formed is named by its line`(text: String, line: Int) {
        let error = #expect(throws: OfficeFileError.self) { try table(text) }
        #expect(error?.code == .malformed)
        #expect(error?.line == line)
    }

    @Test(arguments: [
        ("access.csv", ["level", "name"]), ("classification.csv", ["code", "title"]), ("people.csv", ["name", "role"]),
    ])
    func `the tables of the checkout are read`(name: String, columns: [String]) throws {
        let folder = Checkout.root.pushing("Archive/policy")
        let rows = try PolicyFiles.table(folder.appending(name), columns: columns)
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { row in columns.allSatisfy { row[$0]?.isEmpty == false } })
    }
}
