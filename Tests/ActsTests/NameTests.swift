import Acts
import Testing

/// Names of persons and numbers of acts, however they are typed.
struct NameTests {
    @Test(arguments: ["HOLD-2026-0003", "hold-2026-3", "HOLD-2026-00003"])
    func `a number is read as people write it`(text: String) {
        #expect(HoldID(text)?.description == "HOLD-2026-0003")
    }

    @Test(arguments: [
        "", "HOLD", "HOLD-2026", "HOLD-2026-0", "HOLD-26-1", "HOLD-0000-1", "USUL-2026-1", "HOLD-2026--1",
        "HOLD-2026-1-1", "HOLD-2026-1000000000", "HOLD-2026-٣", "HOLD-2026-9999999999999999999999",
    ])
    func `what is no number of a hold is refused`(text: String) {
        #expect(HoldID(text) == nil)
    }

    @Test(arguments: [
        ("budi  Santoso", true), (" BUDI SANTOSO\u{A0}", true), ("Budi\u{200B} Santoso", true), ("Budi Santosa", false),
        ("BudiSantoso", false), ("Bu\u{AD}di Santoso", true), ("Santoso Budi", false),
    ])
    func `R23 a person is the same however the name is typed`(text: String, isSame: Bool) {
        #expect((PersonName(text) == PersonName("Budi Santoso")) == isSame)
        #expect(PersonName("Andre\u{301}") == PersonName("ANDR\u{c9}"))
    }
}
