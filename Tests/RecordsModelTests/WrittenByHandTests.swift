import Foundation
import RecordsModel
import Testing

/// What is written by hand is held against `JSONEncoder`, which needs no list of members that somebody may forget.
struct WrittenByHandTests {
    /// What `JSONEncoder` makes of a value.
    private func encoded(_ value: any Encodable, _ more: JSONEncoder.OutputFormatting = []) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = more.union([.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private func line(_ value: some WrittenByHand) throws -> String {
        String(decoding: try CanonicalJSON.line(value), as: UTF8.self)
    }

    private func document(_ value: some WrittenByHand) throws -> String {
        String(decoding: try CanonicalJSON.document(value), as: UTF8.self)
    }

    /// A description, each of whose members that may be missing is there where the bit of its number is set.
    private func description(_ bits: Int) -> RecordDescription {
        func text(_ bit: Int, _ value: String) -> String? { bits >> bit & 1 == 1 ? value : nil }
        var said = RecordDescription(year: 2024, unit: "Sekretariat", step: 10, type: "rkt", title: "Rencana \"a\"/b")
        said.number = text(0, "470/ 257 /2023")
        said.date = bits >> 1 & 1 == 1 ? CivilDate("2024-02-29") : nil
        said.signer = text(2, "Dra. Andre\u{301}")
        said.signature = bits >> 3 & 1 == 1 ? .electronic : nil
        said.classification = text(4, "000.7.1")
        said.access = text(5, "biasa")
        said.location = text(6, "rak 2\\3")
        said.label = text(7, "rkt")
        said.note = text(8, "dua\nbaris")
        return said
    }

    private func record(_ bits: Int) -> RecordDocument {
        let report: JSONValue = .object(["notes": .array([]), "bytes": .integer(bits), "tools": .object(["a": .null])])
        let files = [
            RecordFile(path: "files/a.pdf", size: bits, sha512: "ab", nameBytes: bits & 1 == 1 ? [0x61, 0xE9] : nil),
            RecordFile(path: "files/b.pdf", size: 0, sha512: "cd"),
        ]
        return RecordDocument(
            id: RecordID(prefix: "RKT", year: 2024, sequence: bits),
            version: bits + 1,
            dossier: "RKT/2024",
            description: description(bits),
            files: bits % 3 == 0 ? [] : files,
            signatures: [nil, [], [RecordSignatures(file: "files/a.pdf", report: report)]][bits % 3],
            source: RecordSource(path: "a/b.pdf", modified: -bits, pathBytes: bits & 2 == 2 ? [0xFF] : nil),
            received: Moment(secondsSinceEpoch: 1_764_500_000 + bits, offset: 28800),
            receivedBy: "arsiparis"
        )
    }

    @Test func `a record is written as JSONEncoder writes it, whichever of its members are there`() throws {
        for bits in 0..<512 {
            let record = record(bits)
            #expect(try line(record) == encoded(record))
            #expect(try document(record) == encoded(record, .prettyPrinted) + "\n")
            #expect(try CanonicalJSON.decode(RecordDocument.self, from: CanonicalJSON.line(record)) == record)
        }
    }

    @Test(arguments: 0..<64)
    func `an event is written as JSONEncoder writes it, whichever of its members are there`(bits: Int) throws {
        var event = Event(
            seq: bits,
            time: Moment(secondsSinceEpoch: 0, offset: 0),
            actor: "a/\"b\"",
            event: .ingestion,
            record: bits & 1 == 1 ? RecordID(prefix: "RKT", year: 2024, sequence: 7) : nil,
            version: bits & 2 == 2 ? 3 : nil,
            detail: bits == 0 ? [:] : ["z": .decimal(0.1), "a": .array([.boolean(true)]), "é": .string("/")]
        )
        event.account = bits & 4 == 4 ? "siti" : nil
        event.uid = bits & 8 == 8 ? 1000 : nil
        event.host = bits & 16 == 16 ? "arsip-1" : nil
        event.signature = bits & 32 == 32 ? ActSignature(checkpoint: "a/b\n1\n", key: "SHA256:/+", value: "AB/=") : nil
        #expect(try line(event) == encoded(event))
        #expect(try CanonicalJSON.decode(Event.self, from: CanonicalJSON.line(event)) == event)
    }

    @Test func `names are in JSONEncoder's order, whatever script they are of`() throws {
        let names = ["a", "B", "a10", "a9", "é", "e\u{301}", "z", "", "😀", "\u{FFFD}", "\u{E000}", "ä", "_", "A"]
        let value: JSONValue = .object(Dictionary(names.map { ($0, .null) }, uniquingKeysWith: { first, _ in first }))
        #expect(try line(value) == encoded(value))
    }

    @Test(arguments: [0.1, 1e300, -2.5e-7, 9.3e18, 17_004_444_444_444_444.044, .leastNonzeroMagnitude])
    func `a number that is not whole is written as JSONEncoder writes it`(number: Double) throws {
        #expect(try line(.decimal(number) as JSONValue) == encoded(number))
    }

    @Test(arguments: [Double.nan, .infinity])
    func `a number that JSON cannot hold is an error`(number: Double) {
        #expect(throws: EncodingError.self) { try CanonicalJSON.line(JSONValue.array([.decimal(number)])) }
    }
}
