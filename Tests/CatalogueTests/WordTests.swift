import GRDB
import Testing

@testable import Catalogue

struct WordTests {
    private func forms(_ text: String) -> [String] {
        WordScanner.words(of: text).map { String(decoding: $0.form, as: UTF8.self) }
    }

    @Test(arguments: [
        ("Rencana Kinerja", ["rencana", "kinerja"]), ("1.250.000", ["1250000"]), ("1,250,000", ["1250000"]),
        ("Rp1.250.000,00", ["rp", "1250000"]), ("Rp 1.250.000,-", ["rp", "1250000"]), ("70,90", ["70.9"]),
        ("70.92", ["70.92"]), ("1.250,5", ["1250.5"]), ("98 %", ["98", "persen"]), ("98%", ["98", "persen"]),
        ("470/257/2023", ["470", "257", "2023"]), ("000.7.2.6", ["000", "7", "2", "6"]), ("e-KTP", ["e", "ktp"]),
        ("Pasal 2a, TW1", ["pasal", "2a", "tw1"]), ("2024.", ["2024"]), ("É, naïve", ["e", "naive"]), ("ﬁle", ["file"]),
        ("peren\u{AD}canaan", ["perencanaan"]), ("ren\u{200B}cana\u{FEFF} baru", ["rencana", "baru"]),
        ("20\u{200D}24", ["2024"]), ("undang-\nundang", ["undang", "undang"]),
        ("perundang-\r\nundangan", ["perundang", "undangan"]), ("e-\nKTP", ["e", "ktp"]),
        ("perenca-\n  naan kerja", ["perencanaan", "perenca", "naan", "kerja"]),
        ("lalu -\nlintas", ["lalu", "lintas"]),
        ("akhir-", ["akhir"]), ("akhir-\n", ["akhir"]), ("Bab-\n2", ["bab", "2"]),
        ("0.5", ["0.5"]), ("12.345.67", ["12", "345", "67"]), ("", []), ("… — %%", ["persen", "persen"]),
    ])
    func `words and numbers are found as people write them`(_ text: String, _ expected: [String]) {
        #expect(forms(text) == expected)
    }

    @Test(arguments: [
        "Rencana Kinerja perencanaannya RENCANA, rencana2 rencana-\nkan meren\u{AD}cana -rencana- Rp1.250.000 rencanaé érencana",
        "undang-\nundang perundang-\r\nundangan 98% 470/257/2023 e-KTP k in\u{200B}erja kin-\nerja-\nnya KINERJA",
        "kerja kinerja.kerja(kinerja)kerja/kinerja", "", "a", String(repeating: "rencana", count: 20) + " rencana",
    ])
    func `a sieve passes over no word that begins with or holds what is looked for`(_ text: String) {
        for (beginnings, parts) in [
            (["rencana"], [] as [String]), (["undang", "98", "1250000"], ["encana"]), ([], ["inerja", "ndang"]),
            (["k", "érencana"], ["ky"]), ([], [""]), ([], []),
        ] {
            let beginnings = beginnings.map { Array($0.utf8) }
            let parts = parts.map { Array($0.utf8) }
            func isWanted(_ word: WordScanner.Word) -> Bool {
                beginnings.contains { word.form.starts(with: $0) }
                    || parts.contains { part in
                        word.form.indices.contains { word.form[$0...].starts(with: part) } || part.isEmpty
                    }
            }
            let sieve = WordSieve(beginnings: beginnings, parts: parts)
            let all = WordScanner.words(of: text).filter(isWanted)
            #expect(WordScanner.words(of: text, sieve: sieve).filter(isWanted) == all)
        }
        let nothing = WordSieve(beginnings: [], parts: [])
        #expect(WordScanner.words(of: "satu dua tiga", sieve: nothing).isEmpty, "it does pass over words")
    }

    @Test
    func `a word knows where it stands in bytes, and bytes that are no text are passed over`() {
        let words = WordScanner.words(of: "é Rp5 x")
        #expect(words.map(\.range) == [0..<2, 3..<5, 5..<6, 7..<8])
        let bytes: [UInt8] = [0xFF, 0x61, 0xC3, 0x20, 0xE2, 0x82]
        unsafe bytes.withUnsafeBufferPointer { buffer in
            var scanner = unsafe WordScanner(buffer)
            #expect(scanner.next()?.form == [0x61])
            #expect(scanner.next() == nil)
        }
    }

    @Test(arguments: [
        ["perencanaan", "merencanakan", "rencana", "direncanakan"], ["kependudukan", "penduduk"],
        ["penyusunan", "menyusun", "disusun"], ["pelayanan", "melayani", "layanan"], ["tahunan", "tahun"],
    ])
    func `words of one stem meet`(_ family: [String]) throws {
        let stemmer = try #require(IndonesianStemmer())
        let sets = family.map { word in
            Set([Array(word.utf8)] + stemmer.stems(of: Array(word.utf8)))
        }
        for set in sets { #expect(!set.isDisjoint(with: sets[0]), "\(family)") }
    }

    private func index(_ texts: [String]) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.prepareDatabase { $0.add(tokenizer: IndonesianTokenizer.self) }
        let queue = try DatabaseQueue(configuration: configuration)
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE VIRTUAL TABLE page USING fts5(text, tokenize = 'indonesian');
                    """
            )
            try database.execute(
                sql: """
                    CREATE TABLE vocabulary (row_id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, pages INTEGER NOT NULL);
                    CREATE TABLE vocabulary_trigram (
                        trigram TEXT NOT NULL, word_row INTEGER NOT NULL, PRIMARY KEY (trigram, word_row)
                    ) WITHOUT ROWID;
                    """
            )
            for text in texts { try database.execute(sql: "INSERT INTO page (text) VALUES (?)", arguments: [text]) }
            var tally = WordTally()
            for text in texts { tally.add(text) }
            try tally.enter(into: database)
        }
        return queue
    }

    private func search(_ queue: DatabaseQueue, _ words: String) throws -> [Int] {
        let query = try #require(TextQuery(words))
        return try queue.read { database in
            try Int.fetchAll(
                database,
                sql: "SELECT rowid FROM page WHERE page MATCH ? ORDER BY bm25(page), rowid",
                arguments: [query.expression]
            )
        }
    }

    @Test
    func `exact words rank above stems, and phrases and numbers are found`() throws {
        let queue = try index([
            "Bidang merencanakan kegiatan", "Dokumen perencanaan kegiatan", "Rencana kinerja tahunan",
            "Target e-KTP 98 % dengan pagu Rp1.250.000,00", "Surat nomor 470/257/2023 tahun 2022", "kinerja rencana",
            "Kepala dinas kependudukan",
        ])
        let found = try search(queue, "perencanaan")
        #expect(found.first == 2 && Set(found) == [1, 2, 3, 6])
        #expect(try search(queue, "merencanakan").first == 1)
        #expect(try Set(search(queue, "rencana")) == [1, 2, 3, 6])
        #expect(try search(queue, "\"rencana kinerja\"") == [3])
        #expect(try search(queue, "penduduk") == [7])
        #expect(try search(queue, "renc*") == [6, 3])
        for number in ["1.250.000", "1250000", "Rp1.250.000,00", "Rp 1.250.000", "98 %", "98%", "98 persen", "e-ktp"] {
            #expect(try search(queue, number) == [4], "\(number)")
        }
        #expect(try search(queue, "470/257/2023") == [5])
        #expect(try search(queue, "257/470/2023") == [])
        #expect(try search(queue, "perencanaan kegiatan") == [2, 1])
    }

    @Test
    func `highlights stand where the words do`() throws {
        let queue = try index(["Dokumen perencanaan"])
        let query = try #require(TextQuery("rencana"))
        let marked = try queue.read { database in
            try String.fetchOne(
                database,
                sql: "SELECT highlight(page, 0, '[', ']') FROM page WHERE page MATCH ?",
                arguments: [query.expression]
            )
        }
        #expect(marked == "Dokumen [perencanaan]")
    }

    @Test(arguments: [
        ("\u{2}rencana", [1]), ("-rencana", [1]), ("^rencana", [1]), ("\"rencana", [1]), ("(rencana", [1]),
        ("rencana'", [1]), ("AND", [2]), ("NEAR(dekat, 2)", []), ("near", [2]), ("rencana OR target", []),
        ("col:rencana", []), ("a\u{2}b", []), ("NOT rencana", []),
    ])
    func `no words of a person are taken for an expression`(_ words: String, _ rows: [Int]) throws {
        // An expression of FTS5 would find the first row where these words, taken as words, find the second or none.
        let queue = try index(["rencana target dekat", "and near"])
        #expect(try search(queue, words) == rows)
    }

    @Test(arguments: ["\"", "*", "(", "''", "\u{2}", " ", ""])
    func `signs without a letter or digit ask for nothing`(_ words: String) {
        #expect(TextQuery(words) == nil)
    }

    @Test
    func `near misses are found by the vocabulary, the nearest first`() throws {
        let queue = try index(["Disdukcapil Disdukcapil", "DISDUKCAPIL dinas", "anggaran", "disdukcapi1"])
        try queue.read { database in
            let near = try NearWords.near("disdukcapll", limit: 5, in: database)
            #expect(near.map(\.word) == ["disdukcapil", "disdukcapi1"])
            #expect(near[0].pages == 2 && near[0].distance == 1)
            #expect(try NearWords.near("angaran", limit: 5, in: database).map(\.word) == ["anggaran"])
            #expect(try NearWords.near("naggaran", limit: 5, in: database).map(\.word) == ["anggaran"])
            #expect(try NearWords.near("xyz", limit: 5, in: database).isEmpty)
            #expect(try NearWords.near("tidakada", limit: 5, in: database).isEmpty)
        }
    }

    @Test
    func `distances are counted up to a limit`() {
        #expect(NearWords.distance("rencana", "rencana", most: 2) == 0)
        #expect(NearWords.distance("rencana", "recnana", most: 2) == 1)
        #expect(NearWords.distance("rencana", "encana", most: 1) == 1)
        #expect(NearWords.distance("rencana", "anggaran", most: 2) == nil)
    }
}
