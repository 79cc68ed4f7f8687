import OCFLStore
import Testing

struct StorageLayoutTests {
    private static let long = String(repeating: "abcdefghij", count: 26)
    /// The vectors of the extension's text, and one of an id as Berkas writes it.
    private static let vectors: [(String, String)] = [
        ("object-01", "3c0/ff4/240/object-01"),
        ("..hor/rib:le-$id", "487/326/d8c/%2e%2ehor%2frib%3ale-%24id"),
        (
            long,
            "55b/432/806/" + String(repeating: "abcdefghij", count: 10)
                + "-55b432806f4e270da0cf23815ed338742179002153cd8d896f23b3e2d8a14359"
        ),
        (
            "tag:disdukcapil.example,2026:RKT-2024-0001",
            "dd4/f8d/db2/tag%3adisdukcapil%2eexample%2c2026%3aRKT-2024-0001"
        ),
    ]

    @Test(arguments: vectors)
    func `ids lie where extension 0003 puts them`(id: String, path: String) {
        #expect(StorageLayout.standard.path(of: id) == path)
    }

    @Test func `an encoded id of 100 characters stays, one of 101 is cut`() {
        let layout = StorageLayout.standard
        let whole = String(repeating: "a", count: 100)
        #expect(layout.path(of: whole)?.hasSuffix("/" + whole) == true)
        #expect(layout.path(of: whole + "a")?.split(separator: "/").last?.utf8.count == 165)
        // 34 characters of three bytes when they are encoded.
        let colons = layout.path(of: String(repeating: ":", count: 34))?.split(separator: "/").last
        #expect(colons?.hasPrefix(String(repeating: "%3a", count: 33) + "%-") == true)
    }

    @Test func `names are percent-encoded byte by byte, in lower case`() {
        let folder = StorageLayout.standard.path(of: "Az09-_ ~é/.")?.split(separator: "/").last
        #expect(folder == "Az09-_%20%7e%c3%a9%2f%2e")
    }

    @Test func `ids that differ by Unicode form lie in two places`() {
        #expect(StorageLayout.standard.path(of: "caf\u{e9}") != StorageLayout.standard.path(of: "cafe\u{301}"))
    }

    @Test(arguments: [("v1", 1), ("v9", 9), ("v10", 10), ("v999999999", 999_999_999)])
    func `a version is read as it is written`(text: String, number: Int) throws {
        let version = try #require(VersionNumber(text))
        #expect(version.number == number)
        #expect(version.description == text)
        #expect(version < version.next)
    }

    @Test(arguments: [
        "", "v", "v0", "v01", "v001", "1", "V1", "v-1", "v+1", "v1 ", " v1", "v1.0", "v٣", "v1000000000",
        "v9223372036854775807",
        "v99999999999999999999", "version1",
    ])
    func `what is no version without padding is refused`(text: String) {
        #expect(VersionNumber(text) == nil)
    }
}
