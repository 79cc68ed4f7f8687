import RecordsModel
import Testing

struct RecordDescriptionTests {
    private func sample() -> RecordDescription {
        var said = RecordDescription(year: 2024, unit: "Sekretariat", step: 4, type: "form-rkt", title: "Formulir")
        said.number = "470/ 257 /2023"
        said.date = CivilDate("2024-02-29")
        said.signer = "Kepala Dinas"
        said.signature = .wet
        said.classification = "000.7.2.6"
        said.access = "biasa"
        said.location = "Rak 1"
        said.label = "draf"
        said.note = "versi 1"
        return said
    }

    @Test func `a description does not differ from itself`() {
        #expect(sample().differences(from: sample()).isEmpty)
    }

    @Test func `every field that differs is named, in a fixed order, with both values`() {
        var other = RecordDescription(year: 2024, unit: "Bidang", step: 5, type: "rekapitulasi", title: "Rekap")
        other.label = "another"
        let found = sample().differences(from: other)
        let names = [
            "unit", "step", "type", "title", "number", "date", "signer", "signature", "classification", "access",
            "location", "note",
        ]
        #expect(found.map(\.field) == names)
        #expect(found.map(\.here).prefix(3) == ["Sekretariat", "4", "form-rkt"])
        #expect(found.map(\.there).prefix(3) == ["Bidang", "5", "rekapitulasi"])
        let date = found.first { $0.field == "date" }
        #expect(date?.here == "2024-02-29" && date?.there == "")
        #expect(found.first { $0.field == "signature" }?.here == "basah")
    }

    @Test func `a space inside a number is a difference`() {
        var other = sample()
        other.number = "470/257/2023"
        let found = sample().differences(from: other)
        #expect(found.map(\.field) == ["number"])
        #expect(found.map(\.here) == ["470/ 257 /2023"] && found.map(\.there) == ["470/257/2023"])
    }

    @Test func `composed and decomposed forms differ`() {
        var (here, there) = (sample(), sample())
        here.signer = "Andr\u{e9}"
        there.signer = "Andre\u{301}"
        #expect(here.differences(from: there).map(\.field) == ["signer"])
    }

    @Test func `the label is no difference`() {
        var other = sample()
        other.label = nil
        #expect(sample().differences(from: other).isEmpty)
    }

    @Test func `a document travels through JSON, and its bytes are always the same`() throws {
        let document = RecordDocument(
            id: RecordID(prefix: "RKT", year: 2024, sequence: 7),
            version: 2,
            dossier: "RKT/2024",
            description: sample(),
            files: [RecordFile(path: "files/a.pdf", size: 3, sha512: String(repeating: "0", count: 128))],
            source: RecordSource(path: "04/a.pdf", modified: -1),
            received: Moment(secondsSinceEpoch: 1_700_000_000, offset: 28_800),
            receivedBy: "Arsiparis"
        )
        let bytes = try CanonicalJSON.document(document)
        #expect(try CanonicalJSON.decode(RecordDocument.self, from: bytes) == document)
        for _ in 0..<20 { #expect(try CanonicalJSON.document(document) == bytes) }
    }

    @Test(arguments: [("files/a.pdf", "a.pdf"), ("files/files/a", "files/a"), ("record.json", "record.json")])
    func `a file's name is its path without the folder of files`(path: String, name: String) {
        #expect(RecordFile(path: path, size: 0, sha512: "").name == name)
    }
}
