import Catalogue
import Foundation
import RecordsModel

/// Numbers that are the same on every machine (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
struct Dice {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A number from 0 up to, and not with, `limit`.
    mutating func number(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    /// A number from 0 up to, and not with, `limit`; small ones as often as common words are (Zipf).
    mutating func rank(_ limit: Int) -> Int {
        let part = Double(next() >> 11) / 9_007_199_254_740_992
        return min(limit - 1, Int(exp(part * log(Double(limit) + 1)) - 1))
    }

    mutating func one<Value>(of values: [Value]) -> Value { values[number(values.count)] }
}

/// Papers of an office that never was: lines of the sample's true text with other numbers, rare words between them, and
/// words that recognition read wrong.
struct Corpus {
    /// What `search` may be asked by, beside the words.
    static let units = [
        "Sekretariat", "Bidang Pelayanan Pendaftaran Penduduk", "Bidang Pelayanan Pencatatan Sipil",
        "Bidang Pengelolaan Informasi",
    ]
    static let signers = [
        "Dra. Yuliana Harahap, S.Sos.", "Budi Santoso, S.STP.", "Siti Rahma, M.Si.", "Drs. Gede Wirawan",
    ]
    private static let lookAlikes: [Character: Character] = [
        "l": "1", "i": "l", "o": "0", "e": "c", "m": "n", "n": "u", "a": "o", "r": "t", "g": "q", "s": "5",
    ]

    /// Lines of the true text, as words.
    let lines: [[String]]
    /// Titles of the sample.
    let titles: [String]
    private let rare: [String]
    private static let perYear = 5000

    init(_ truths: [Truth]) {
        lines = truths.flatMap(\.pages).flatMap { $0.text.split(separator: "\n") }
            .map { $0.split(separator: " ").map(String.init) }.filter { !$0.isEmpty }
        titles = truths.map(\.title)
        var dice = Dice(7)
        rare = (0..<40_000).map { _ in Self.word(&dice) }
    }

    /// A word of Indonesian sounds, with beginnings and endings.
    private static func word(_ dice: inout Dice) -> String {
        let onsets = ["b", "c", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "ng", "ny", ""]
        let ends = ["", "", "", "n", "ng", "r", "s", "k", "t", "h"]
        var word = ""
        for _ in 0..<(2 + dice.number(2)) { word += dice.one(of: onsets) + dice.one(of: ["a", "i", "u", "e", "o"]) }
        word += dice.one(of: ends)
        let (beginning, ending) = dice.one(of: [
            ("", ""), ("", ""), ("", "nya"), ("me", "kan"), ("di", "kan"), ("pe", "an"), ("ke", "an"), ("ber", ""),
        ])
        return beginning + word + ending
    }

    /// What words mean in that office, as a command finds it in the policy.
    static let sense: SearchSense = {
        let types: [(id: String, name: String, stage: PlanStage?)] = [
            ("rkt", "Dokumen RKT", .signed), ("draft-rkt", "Draft RKT", .draft), ("form-rkt", "Form RKT", nil),
            ("nota-dinas", "Nota Dinas", nil), ("notulen", "Notulen", nil),
        ]
        let procedure = Procedure(
            id: "RKT",
            title: "Penyusunan RKT",
            number: "",
            office: "",
            types: types.map { DocumentType(id: $0.id, name: $0.name, aliases: [], description: "", stage: $0.stage) },
            steps: []
        )
        let settings = OfficeSettings(
            office: "Dinas Kependudukan dan Pencatatan Sipil",
            idPrefix: "RKT",
            uriPrefix: "tag:contoh.example,2026:",
            timeZone: "Asia/Makassar",
            units: units
        )
        return SearchSense(procedure: procedure, settings: settings, today: nil)
    }()

    static func year(of record: Int) -> Int { 2005 + record / perYear % 20 }
    static func id(_ record: Int) -> RecordID {
        RecordID(prefix: "RKT", year: year(of: record), sequence: record + 1)
    }
    static func number(of record: Int) -> String { "470/\(record % 977 + 1)/\(year(of: record))" }

    /// How many pages a content has: mostly one.
    static func pages(of content: Int) -> Int { content / 2 % 10 < 7 ? 1 : content / 2 % 10 < 9 ? 2 : 4 }

    /// The text of a page, about 1,500 characters.
    func text(content: Int, page: Int) -> String {
        var dice = Dice(content * 16 + page)
        var text = ""
        while text.utf8.count < 1450 {
            var words = dice.one(of: lines)
            if dice.number(2) == 0 {
                words = (0..<8).map { _ in
                    dice.number(5) < 3 ? rare[dice.rank(rare.count)] : dice.one(of: dice.one(of: lines))
                }
            }
            text += words.map { altered($0, &dice) }.joined(separator: " ") + "\n"
        }
        return text
    }

    private func altered(_ word: String, _ dice: inout Dice) -> String {
        if word.utf8.count > 3, word.utf8.allSatisfy({ (0x2C...0x39).contains($0) }) {
            return String(word.map { $0.isNumber && $0 != "0" ? Character(String(1 + dice.number(9))) : $0 })
        }
        return dice.number(100) == 0 ? Self.misread(word, &dice) : word
    }

    /// A word with one letter read wrong, or two that changed places.
    static func misread(_ word: String, _ dice: inout Dice) -> String {
        var letters = Array(word)
        guard letters.count > 3 else { return word }
        let place = 1 + dice.number(letters.count - 2)
        if let other = lookAlikes[letters[place]], dice.number(3) > 0 {
            letters[place] = other
        } else {
            letters.swapAt(place, place + 1)
        }
        return String(letters)
    }

    // MARK: - Records

    static func digest(_ content: Int) -> String {
        // 64 bytes, spread as a digest's are.
        var dice = Dice(content)
        return (0..<8).map { _ in String(dice.next() | 1 << 63, radix: 16) }.joined()
    }

    /// The contents of a record by version: every twentieth has two, and every fiftieth has the bytes of the one before it.
    static func contents(of record: Int) -> [Int] {
        let first = record % 50 == 49 ? 2 * (record - 1) : 2 * record
        return record % 20 == 7 ? [first, 2 * record + 1] : [first]
    }

    private static let moment = Moment(secondsSinceEpoch: 1_700_000_000, offset: 28_800)

    func entry(_ record: Int, version: Int, content: Int, seq: Int) throws -> CatalogueEntry {
        var dice = Dice(-record)
        let year = Self.year(of: record)
        var said = RecordDescription(
            year: year,
            unit: dice.one(of: Self.units),
            step: 1 + dice.number(11),
            type: dice.one(of: ["rkt", "draft-rkt", "form-rkt", "nota-dinas", "notulen"]),
            title: dice.one(of: titles).replacing(/20\d\d/, with: String(year))
        )
        said.number = Self.number(of: record)
        said.signer = dice.one(of: Self.signers)
        said.date = CivilDate(year: year - 1, month: 1 + dice.number(12), day: 1 + dice.number(28))
        let document = RecordDocument(
            id: Self.id(record),
            version: version,
            dossier: "RKT/\(year)",
            description: said,
            files: [RecordFile(path: "files/pindai-\(record).pdf", size: 9, sha512: Self.digest(content))],
            source: RecordSource(path: "x", modified: 0),
            received: Self.moment,
            receivedBy: "x"
        )
        return Self.entry(document, seq: seq)
    }

    static func entry(_ document: RecordDocument, seq: Int) -> CatalogueEntry {
        let event = Event(
            seq: seq,
            time: moment,
            actor: "x",
            event: .ingestion,
            record: RecordID(document.id),
            version: document.version,
            detail: [:]
        )
        let kept = CatalogueEntry.KeptVersion(
            document: document,
            documentLine: "{}",
            documentDigest: [],
            inventoryDigest: []
        )
        return CatalogueEntry(event: event, line: "{}", versions: [kept])
    }

    func reading(_ content: Int) -> CatalogueReading {
        Self.reading(content, (1...Self.pages(of: content)).map { text(content: content, page: $0) })
    }

    static func reading(_ content: Int, _ pages: [String]) -> CatalogueReading {
        CatalogueReading(
            digest: digest(content),
            format: "pdf",
            mediaType: "application/pdf",
            isEncrypted: false,
            pageCount: pages.count,
            state: "read",
            line: "{}",
            pages: pages.enumerated().map { index, text in
                CatalogueReading.Page(
                    number: index + 1,
                    name: nil,
                    source: "recognised",
                    confidence: 95,
                    isPoor: false,
                    text: text
                )
            }
        )
    }
}
