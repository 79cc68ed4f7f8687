import Testing

@testable import TextExtraction

/// What the format codes of spreadsheets make of numbers, as Excel shows them.
struct NumberFormatTests {
    private func shown(_ code: String, _ value: Double, from1904: Bool = false) -> String? {
        NumberFormat(code).shown(value, countsFrom1904: from1904)
    }

    @Test(arguments: [
        ("[$-421]d mmmm yyyy", "28 Februari 2024 (2024-02-28)"), ("[$-409]dddd, mmmm dd", "Wednesday, February 28"),
        ("[$-id-ID]dddd", "Rabu"), ("dd/mm/yyyy;@", "28/02/2024 (2024-02-28)"), ("yyyy-mm-dd", "2024-02-28"),
        ("\"Tgl.\" d\\.m\\.yy", "Tgl. 28.2.24 (2024-02-28)"), ("[$-F800]dddd, mmmm dd, yyyy", "2024-02-28"),
        ("[$-407]d. mmmm yyyy", "2024-02-28"), ("[Red]mmm-yy", "Feb-24 (2024-02-28)"), ("mmmmm", "F"),
    ])
    func `a date is shown as its code says, and can be searched for as of ISO 8601`(_ code: String, _ expected: String)
    {
        #expect(shown(code, 45_350)?.hasPrefix(expected) == true)
    }

    @Test(arguments: [
        ("[h]:mm", 1.145_833_333_333_333, "27:30"), ("[mm]:ss", 0.1, "144:00"), ("mm:ss.0", 0.001, "01:26.4"),
        ("h:mm AM/PM", 0.75, "6:00 PM"), ("hh:mm:ss", 0.045_138_888_888, "01:05:00"), ("[ss]", 0.001, "86"),
        ("h.mm", 0.5, "12.00"),
    ])
    func `times go on beyond a day where the code says so`(_ code: String, _ value: Double, _ expected: String) {
        #expect(shown(code, value) == expected)
    }

    @Test(arguments: [
        ("000", 7.0, "007"), ("0.0%", 0.935, "93.5%"), ("0%", 0.285, "29%"),
        ("#,##0", 1_250_000, "1,250,000 (1250000)"),
        ("_(\"Rp\"* #,##0_)", 1_250_000, "Rp 1,250,000 (1250000)"),
        ("#,##0;[Red](#,##0)", -1_234_567, "(1,234,567) (-1234567)"),
        ("0.00", -1.005, "-1.01"), ("0", 2.5, "3"), ("0.0", 0.25, "0.3"), ("#.##", 0.5, ".5"),
        ("# ?/?", 1.5, "1 1/2"), ("# ??/100", 0.25, "25/100"), ("[>=1000]#,##0,\"rb\";0", 1250, "1rb (1250)"),
        ("[>=1000]#,##0,\"rb\";0", 12, "12"), ("0.00E+00", 12_345, "1.23E+04"), ("0000\"/\"00", 12_345, "0123/45"),
        ("#,##0_);(#,##0);\"-\"", 0, "-"), ("0.00", 0, "0.00"), ("0.0", 9.96, "10.0"),
        ("[$Rp-421]#,##0", 7500, "Rp7,500 (7500)"),
        ("0", -0.2, "0"),
    ])
    func `digits are padded, grouped, rounded and signed`(_ code: String, _ value: Double, _ expected: String) {
        #expect(shown(code, value) == expected)
    }

    @Test
    func `what a code hides or cannot show is told as it is stored`() {
        #expect(shown(";;;", 5) == nil && shown(";;;", 0)?.isEmpty == true)
        #expect(shown("General", 1.5) == nil && shown("@", 12) == nil && shown("yyyy", 1e9) == nil)
        #expect(shown("dd/mm/yyyy", -1) == nil)
        #expect(shown("General \"km\"", 5.5) == "5.5 km")
        #expect(NumberFormat("\"NIP \"@").shown("1980") == "NIP 1980")
    }

    @Test
    func `days are counted from 1904 where the workbook says so`() {
        #expect(shown("yyyy-mm-dd", 43_888, from1904: true) == "2024-02-28")
        let formats = CellFormats()
        #expect(formats.shown(45_350.5, format: 22) == "2024-02-28 12:00")
        formats.define(200, code: "0000")
        #expect(formats.shown(7, format: 200) == "0007" && formats.shown(7, format: 0) == nil)
    }

    @Test(arguments: [
        "", "[", "\"", "\\", "_", "*", "[h", "0.0.0.0", "////", "E+", "?/?/?", "[>]0", ",,,,", "%%%%%%%%%%",
        ";;;;;;;;;",
        "#,#,#,#.#,#,#E+0000", "AM/P", "[$-]", "yyyyyyyyyyyyyyyyyyyyyyy", "s.00000000",
    ])
    func `codes that no program writes do no harm`(_ code: String) {
        for value in [0, 1, -1, 0.1, 1e300, -1e300, 1e-300, 45_350.123_456] {
            #expect((shown(code, value) ?? "").utf8.count < 2000)
        }
    }
}
