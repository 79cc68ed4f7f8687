import RecordsModel
import Testing

struct RecordIDTests {
    @Test(arguments: [
        ("RKT-2024-0007", "RKT-2024-0007"), ("rkt-2024-7", "RKT-2024-0007"), ("Rkt-2024-000007", "RKT-2024-0007"),
        ("RKT-2024-12345", "RKT-2024-12345"), ("A1-1999-1", "A1-1999-0001"),
    ])
    func `an id is read leniently and written in one form`(text: String, written: String) throws {
        let id = try #require(RecordID(text))
        #expect(id.description == written)
        #expect(RecordID(id.description) == id)
    }

    @Test(arguments: [
        "", "RKT", "RKT-2024", "RKT-2024-", "RKT-2024-0", "RKT-2024-0000", "RKT-24-1", "RKT-02024-1",
        "RKT-2024-1-1",
        "-2024-1", "RKT--2024-1", "RKT-2024-x", "RKT-2024--1", "RKT-2024-+1", "R T-2024-1",
        " RKT-2024-1", "RKT-2024-1 ",
        "RKT_2024_1", "ABCDEFGHIJKLMNOPQ-2024-1", "RKT-2024-99999999999999999999", "RKT-20٢4-1", "RKT-2024-٧",
        "ß-2024-1",
        "ﬁ-2024-1", "rkſ-2024-1", "rkt-2024-1\n",
    ])
    func `what is no id is refused`(text: String) {
        #expect(RecordID(text) == nil)
    }

    private static let references: [(String, Int?)] = [
        ("RKT-2024-0007", nil), ("RKT-2024-0007@v1", 1), ("rkt-2024-7@v12", 12), ("RKT-2024-12345@v3", 3),
    ]

    @Test(arguments: references)
    func `a reference names a version, or the newest`(text: String, version: Int?) throws {
        let reference = try #require(RecordReference(text))
        #expect(reference.version == version)
        #expect(RecordReference(reference.description) == reference)
        #expect(reference.description == reference.id.description + (version.map { "@v\($0)" } ?? ""))
    }

    @Test(arguments: [
        "", "@v1", "RKT-2024-7@", "RKT-2024-7@1", "RKT-2024-7@v", "RKT-2024-7@v0", "RKT-2024-7@v-1", "RKT-2024-7@v+2",
        "RKT-2024-7@v1@v2", "RKT-2024-7@v1 ", "RKT-2024-7@x1", "RKT@v1", "RKT-2024-7@v٣",
    ])
    func `what is no reference is refused`(text: String) {
        #expect(RecordReference(text) == nil)
    }

    @Test func `a five-digit sequence stands behind a four-digit one`() throws {
        let texts = ["RKT-2023-0002", "ABC-2024-0001", "RKT-2024-0009", "RKT-2024-10000"]
        let ids = try texts.map { try #require(RecordID($0)) }
        #expect(ids.shuffled().sorted() == ids)
    }

    @Test(arguments: [
        ("RKT", true), ("A", true), ("X9", true), ("", false), ("rkt", false), ("RK-T", false), ("É", false),
    ])
    func `a prefix is capital letters and digits`(text: String, isPrefix: Bool) {
        #expect(RecordID.isPrefix(text) == isPrefix)
    }

    @Test func `a prefix has at most sixteen characters`() {
        #expect(RecordID.isPrefix(String(repeating: "A", count: 16)))
        #expect(!RecordID.isPrefix(String(repeating: "A", count: 17)))
    }
}
