import RecordsModel
import Reporting
import Testing

struct IndonesianWordsTests {
    @Test(arguments: [
        (0, "nol"), (1, "satu"), (9, "sembilan"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"),
        (19, "sembilan belas"), (20, "dua puluh"), (24, "dua puluh empat"), (31, "tiga puluh satu"), (100, "seratus"),
        (101, "seratus satu"), (110, "seratus sepuluh"), (111, "seratus sebelas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"), (1001, "seribu satu"), (1900, "seribu sembilan ratus"), (2000, "dua ribu"),
        (2026, "dua ribu dua puluh enam"), (11_000, "sebelas ribu"), (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"), (1_001_000, "satu juta seribu"), (2_000_000_000, "dua miliar"), (-5, "minus lima"),
    ])
    func `numbers are said as they are said in Indonesian`(_ number: Int, _ words: String) {
        #expect(IndonesianWords.number(number) == words)
    }

    @Test func `the largest and the smallest number have words`() {
        #expect(IndonesianWords.number(.max).hasPrefix("sembilan kuintiliun dua ratus dua puluh tiga kuadriliun"))
        #expect(IndonesianWords.number(.min).hasPrefix("minus sembilan kuintiliun"))
    }

    @Test func `a day has its name, and minutes read it aloud`() throws {
        let date = try #require(CivilDate("2026-11-24"))
        #expect(IndonesianWords.day(date) == "24 November 2026")
        #expect(IndonesianWords.weekday(date) == "Selasa")
        let aloud = "Selasa, tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam"
        #expect(IndonesianWords.dayAloud(date) == aloud)
        #expect(IndonesianWords.counted(2) == "2 (dua)")
    }

    @Test(arguments: [
        ("1970-01-01", "Kamis"), ("1969-12-31", "Rabu"), ("1945-08-17", "Jumat"), ("2000-02-29", "Selasa"),
        ("1900-01-01", "Senin"), ("2026-11-29", "Minggu"), ("2026-11-28", "Sabtu"), ("0001-01-01", "Senin"),
        ("9999-12-31", "Jumat"),
    ])
    func `days of the week are right on both sides of 1970`(_ text: String, _ name: String) throws {
        #expect(IndonesianWords.weekday(try #require(CivilDate(text))) == name)
    }

    @Test func `years have four digits`() throws {
        #expect(IndonesianWords.day(try #require(CivilDate("0098-05-01"))) == "1 Mei 0098")
    }
}
