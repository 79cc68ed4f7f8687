import ArchiveHome
import FileSafety
import Ledger
import OCFLStore
import Operations
import RecordsModel
import SystemPackage
import Testing

/// The forms in which names are written where bytes cannot be.
struct WrittenNameTests {
    @Test(arguments: [
        ("laporan.pdf", "laporan.pdf"), ("Realisasi 93%.txt", "Realisasi 93=25.txt"),
        ("Undangan\\kantor.txt", "Undangan=5Ckantor.txt"), ("dua\nbaris", "dua=0Abaris"), ("a\u{85}b", "a=C2=85b"),
        ("a\u{2028}b", "a=E2=80=A8b"), ("US$ 5", "US=24 5"), ("akhir ", "akhir=20"), ("akhir\u{A0}", "akhir=C2=A0"),
        ("a b/c ", "a b/c=20"), ("a =b", "a =b"), ("a=25b", "a=3D25b"), ("a=5cb", "a=3D5cb"), ("a=-b", "a=3D-b"),
        ("a=", "a="), ("=%", "==25"), ("é😀", "é😀"), ("", ""),
    ])
    func `in a package, what other programs stumble over is written by its bytes`(name: String, form: String) {
        #expect(WrittenName.inPackage(Array(name.utf8)) == form)
    }

    @Test func `in the store only bytes that are no UTF-8 are written`() {
        #expect(WrittenName.inStore(Array("93% =25\\\n".utf8)) == nil)
        #expect(WrittenName.inStore([0x63, 0xE9, 0x2E, 0x70]) == "c=E9.p")
        #expect(WrittenName.inStore(Array("=E9%".utf8) + [0xFF]) == "=3DE9%=FF")
        // A character cut short, one written too long, and a surrogate are bytes, each by itself.
        #expect(WrittenName.inStore([0xE2, 0x82, 0xC0, 0xAF, 0xED, 0xA0, 0x80]) == "=E2=82=C0=AF=ED=A0=80")
    }

    /// What a form stands for, by the rule that the schema tells.
    private func taken(_ form: String) -> [UInt8] {
        var rest = Array(form.utf8)[...]
        var bytes: [UInt8] = []
        while let first = rest.popFirst() {
            if first == UInt8(ascii: "="), rest.count >= 2,
                let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.first != 0x2B
            {
                bytes.append(byte)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(first)
            }
        }
        return bytes
    }

    @Test func `a form goes back to the very bytes, and two names never have one form`() {
        // Every name of up to four of the bytes that have a meaning in a form, or might.
        let bytes: [UInt8] = [0x3D, 0x32, 0x35, 0x25, 0x2D, 0x61, 0x46, 0x20, 0x5C, 0xE9, 0xC3, 0xA9, 0x0A]
        var names: [[UInt8]] = [[]]
        var seen: [String: [UInt8]] = [:]
        for _ in 1...4 {
            names = names.flatMap { name in bytes.map { name + [$0] } }
            for name in names {
                let form = WrittenName.inPackage(name)
                #expect(taken(form) == name)
                #expect(seen.updateValue(name, forKey: form) == nil, "\(form)")
                if let stored = WrittenName.inStore(name) { #expect(taken(stored) == name) }
                #expect(!form.utf8.contains { [0x25, 0x5C, 0x24].contains($0) || $0 < 0x20 })
            }
        }
    }

    @Test func `what gets too long is cut, told apart by its digest, and keeps its ending`() {
        let long = [UInt8](repeating: 0x25, count: 251) + Array(".pdf".utf8)
        let form = WrittenName.inPackage(long)
        #expect(form.utf8.count <= 255 && form.hasPrefix("=25=25") && form.hasSuffix(".pdf") && form.contains("=-"))
        var other = long
        other[200] = 0x5C
        #expect(WrittenName.inPackage(other) != form)
        // The form of a cut name is a name as well, and has a form of its own.
        #expect(WrittenName.inPackage(Array(form.utf8)) != form)
        // A path of many folders stays one that the system takes.
        let deep = Array(Array(repeating: String(repeating: "%", count: 80), count: 45).joined(separator: "/").utf8)
        #expect(WrittenName.inPackage(deep).utf8.count < 100)
        #expect(WrittenName.inPackage([UInt8](repeating: 0x61, count: 255)).utf8.count == 255)
    }

    @Test func `a name and the form that stands for it belong together, or are none`() {
        let good = RecordFile(path: "files/caf=E9", size: 1, sha512: "", nameBytes: [0x63, 0x61, 0x66, 0xE9])
        #expect(good.receivedName == [0x63, 0x61, 0x66, 0xE9])
        #expect(good.shownName == "caf\\xE9" && good.searchedNames == ["caf=E9", "café"])
        // Text needs no bytes beside it.
        #expect(RecordFile(path: "files/a", size: 1, sha512: "", nameBytes: [0x61]).receivedName == nil)
        #expect(ForeignText.western([0x80, 0x81, 0x9F, 0xA0, 0xFF]) == "€\u{FFFD}Ÿ\u{A0}ÿ")
        for digits in ["", "e", "EG", "E9", " e9", "é9"] { #expect(HexadecimalText.bytes(digits) == nil, "\(digits)") }
        #expect(HexadecimalText.bytes("00e9ff") == [0x00, 0xE9, 0xFF])
    }
}

/// What to do about an error of a module that knows no commands.
struct ErrorWordsTests {
    @Test func `each line is complete with what to type`() {
        let missing = OCFLError(.noSuchObject, subject: "x", message: "the store has no such object", extent: .store)
        let bringing = "run 'berkas repair --dry-run': it names what to bring, and from which package or copy"
        #expect(ErrorWords.of(missing) == "'x': the store has no such object; \(bringing)")
        let damaged = OCFLError(.damaged, subject: "x", message: "m")
        #expect(ErrorWords.of(damaged) == "'x': m; \(bringing)")
        let content = OCFLError(.noSuchContent, subject: "x", message: "m", extent: .store)
        #expect(ErrorWords.of(content) == "'x': m; \(bringing)")
        let conflict = OCFLError(.conflict, subject: "x", message: "m", extent: .nothing)
        #expect(ErrorWords.of(conflict) == "'x': m; run 'berkas verify'; nothing was replaced")
        let own = OCFLError(.unsupported, subject: "x", message: "m", remedy: "r")
        #expect(ErrorWords.of(own) == "'x': m; r")
        let root = OCFLError(.notAStorageRoot, subject: "x", message: "m", extent: .store)
        #expect(ErrorWords.of(root) == "'x': m; \(bringing)")
        #expect(
            ErrorWords.of(LedgerError(.missing, message: "m"))
                == "the ledger cannot be used: m; run 'berkas ledger verify', then 'berkas repair --dry-run' to see what can be put right"
        )
        let disk = FileSafetyError(.device, operation: "read", path: "p", reason: "input/output error")
        #expect(
            ErrorWords.of(disk)
                == "cannot read 'p': input/output error; the disk may be failing: copy the home to another disk and run 'berkas verify' there"
        )
        let full = FileSafetyError(.noSpace, operation: "write", path: "p", reason: "r")
        #expect(ErrorWords.of(full) == "\(full)")
    }
}
