/// Words of the language that say how a question is meant, and not what stands on a page.
///
/// What an office names by itself (types, units, short forms) is not here: see `SearchSense`.
enum QuestionWords {
    /// Words that say nothing of what is looked for.
    static let small: Set<String> = [
        "yang", "yg", "untuk", "utk", "tentang", "ttg", "dan", "di", "ke", "dari", "pada", "dengan", "dgn", "dalam",
        "oleh",
        "ini", "itu", "adalah", "ada", "para", "saya", "kami", "kita", "tolong", "mohon", "minta", "cari", "carikan",
        "mencari", "lihat", "tampilkan", "tunjukkan", "berikan", "mana", "manakah", "apa", "apakah", "berapa",
        "bagaimana", "dimana", "semua", "seluruh", "nya", "sudah", "telah", "nomor", "nomer", "no", "perihal", "milik",
        "punya", "punyanya", "the", "of", "for",
    ]
    /// Words for a year, without saying which.
    static let year: Set<String> = ["tahun", "thn", "th", "ta", "anggaran", "periode", "fiskal"]
    /// Words for any paper.
    static let papers: Set<String> = ["dokumen", "dok", "arsip", "berkas", "file"]
    /// Words for what is signed.
    static let signed: Set<String> = [
        "ditandatangani", "bertandatangan", "tertandatangani", "ditandatanganinya", "ttd", "tte", "sah", "resmi",
        "disahkan", "ditetapkan", "asli",
    ]
    /// Words for whoever signs, after one for what is signed.
    static let signers: Set<String> = ["kepala", "dinas", "kadis", "pimpinan", "bupati", "bapak", "ibu", "pak", "bu"]
    /// Words for the final text.
    static let final: Set<String> = ["final", "finalnya", "akhir"]
    /// Words for what is not final.
    static let draft: Set<String> = ["draf", "draft", "konsep", "rancangan"]
    /// Words for a scan.
    static let scan: Set<String> = ["scan", "scanan", "pindai", "pindaian", "hasilscan"]
    /// Words for the newest.
    static let newest: Set<String> = ["terbaru", "terakhir", "terkini"]
    /// Words between the years of a span.
    static let spans: Set<String> = ["sampai", "hingga", "sd", "s"]

    /// All of them that have at least four letters: what a mistyped word may have been.
    static let all: Set<String> = small.union(year).union(papers).union(signed).union(final).union(draft).union(scan)
        .union(newest).union(spans).filter { $0.utf8.count > 3 }

    private static let units: [String: Int] = [
        "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
        "nol": 0,
        "kosong": 0,
    ]

    /// A year in words that a row of words begins with, and how many of them it takes: `dua ribu dua puluh empat`, `dua nol dua
    /// empat`.
    static func year(_ words: [String]) -> (year: Int, count: Int)? {
        // Written together or apart.
        let (apart, ends) = parted(words)
        let digits = apart.prefix(4).compactMap { units[$0] }
        if digits.count == 4, let count = ends[4], [19, 20].contains(digits[0] * 10 + digits[1]) {
            return (digits.reduce(0) { $0 * 10 + $1 }, count)
        }
        guard apart.count > 1, apart[0] == "dua", apart[1] == "ribu" else { return nil }
        var (value, place) = (2000, 2)
        func word(_ offset: Int) -> String { place + offset < apart.count ? apart[place + offset] : "" }
        if word(0) == "sepuluh" || word(0) == "sebelas" {
            value += word(0) == "sepuluh" ? 10 : 11
            place += 1
        } else if let unit = units[word(0)], word(1) == "belas" {
            value += 10 + unit
            place += 2
        } else {
            if let tens = units[word(0)], word(1) == "puluh" {
                value += tens * 10
                place += 2
            }
            if let unit = units[word(0)], unit > 0 {
                value += unit
                place += 1
            }
        }
        return ends[place].map { (value, $0) }
    }

    /// Number words one by one, and after how many of the given words each count of them ends.
    private static func parted(_ words: [String]) -> (words: [String], ends: [Int: Int]) {
        var (apart, ends): ([String], [Int: Int]) = ([], [:])
        for (index, word) in words.prefix(8).enumerated() {
            var rest = word[...]
            var parts: [String] = []
            while !rest.isEmpty {
                let known =
                    units.keys.filter { rest.hasPrefix($0) }
                    + ["ribu", "puluh", "belas", "sepuluh", "sebelas"].filter { rest.hasPrefix($0) }
                guard let longest = known.max(by: { $0.utf8.count < $1.utf8.count }) else { return (apart, ends) }
                parts.append(longest)
                rest = rest.dropFirst(longest.count)
            }
            apart += parts
            ends[apart.count] = index + 1
        }
        return (apart, ends)
    }
}
