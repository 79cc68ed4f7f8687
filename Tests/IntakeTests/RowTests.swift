import Intake
import OfficeFiles
import RecordsModel
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct RowTests {
    @Test(arguments: [
        ("a.pdf,2024,0,form-rkt", "step"), ("a.pdf,2024,12,form-rkt", "step"), ("a.pdf,2024,x,form-rkt", "step"),
        ("a.pdf,2024,4.5,form-rkt", "step"), ("a.pdf,2024,-1,form-rkt", "step"), ("a.pdf,2024,+4,form-rkt", "step"),
        ("a.pdf,2024,99999999999999999999,form-rkt", "step"), ("a.pdf,2024,٤,form-rkt", "step"),
        ("a.pdf,2024,,form-rkt", "step"),
        ("a.pdf,2024,4,kuitansi", "type"), ("a.pdf,2024,4,", "type"), ("a.pdf,1899,4,form-rkt", "year"),
        ("a.pdf,2201,4,form-rkt", "year"), ("a.pdf,24,4,form-rkt", "year"), ("a.pdf,02024,4,form-rkt", "year"),
        ("a.pdf,MMXX,4,form-rkt", "year"), ("a.pdf,,4,form-rkt", "year"), (",2024,4,form-rkt", "path"),
        (" ,2024,4,form-rkt", "path"), (".,2024,4,form-rkt", "path"), ("a.pdf/,2024,4,form-rkt", "path"),
        ("../a.pdf,2024,4,form-rkt", "path"), ("sub/../../a.pdf,2024,4,form-rkt", "path"),
        ("..,2024,4,form-rkt", "path"),
        ("/etc/hostname,2024,4,form-rkt", "path"), ("nowhere.pdf,2024,4,form-rkt", "path"),
        ("sub,2024,4,form-rkt", "path"),
        ("a.pdf/x,2024,4,form-rkt", "path"), ("empty.pdf,2024,4,form-rkt", "path"),
        ("sub\\d.pdf,2024,4,form-rkt", "path"),
    ])
    func `a row with one fault is stopped, and the fault has its row and column`(row: String, column: String) throws {
        _ = try Scratch.file("batch/empty.pdf", [])
        let survey = try Samples.survey(["b.pdf,2024,4,form-rkt", row], files: ["a.pdf", "b.pdf", "sub/d.pdf"])
        #expect(survey.places == ["3 \(column)"])
        #expect(survey.rows == 2 && survey.accepted == 1 && survey.stopped == 1)
        let fault = survey.faults.first { $0.severity == .fault }
        #expect(fault?.remedy.isEmpty == false)
    }

    @Test(arguments: ["1900", "2200", "2024", " 2024 "])
    func `a year in range is taken`(year: String) throws {
        #expect(try Samples.survey(["a.pdf,\(year),4,form-rkt"], files: ["a.pdf"]).faults.isEmpty)
    }

    @Test(arguments: [
        ("2024-02-30", "does not exist"), ("2023-02-29", "does not exist"), ("2024-13-01", "does not exist"),
        ("30-02-2024", "is no date"), ("15 Agustus 2023", "is no date"), ("2024-2-3", "is no date"),
        ("today", "is no date"),
    ])
    func `a date that does not exist is told apart from what is no date`(date: String, message: String) throws {
        let survey = try Samples.survey(["a.pdf,2024,4,form-rkt,\(date)"], more: "date")
        #expect(survey.places == ["2 date"])
        #expect(survey.messages.contains(message))
        #expect(survey.faults.first?.value == date)
    }

    @Test(arguments: [
        ("signature", "stempel"), ("access", "umum"),
    ])
    func `a word that the office does not know is a fault`(column: String, word: String) throws {
        let survey = try Samples.survey(["a.pdf,2024,4,form-rkt,\(word)"], more: column)
        #expect(survey.places == ["2 \(column)"])
        #expect(survey.messages.contains("'\(word)'"))
    }

    @Test(arguments: [
        ("classification", "999.9"), ("unit", "Bidang Antariksa"),
    ])
    func `a word that the office may still learn is a warning`(column: String, word: String) throws {
        let survey = try Samples.survey(["a.pdf,2024,4,form-rkt,\(word)"], more: column, files: ["a.pdf"])
        #expect(survey.places.isEmpty)
        #expect(survey.warnings == ["2 \(column)"])
        #expect(survey.accepted == 1)
    }

    @Test func `a type at a step that it does not belong to is a warning that names both`() throws {
        let survey = try Samples.survey(["a.pdf,2024,1,form-rkt"], files: ["a.pdf"])
        #expect(survey.places.isEmpty && survey.accepted == 1)
        #expect(survey.warnings == ["2 type"])
        #expect(survey.messages.contains("'form-rkt' belongs to step 2, 3, 4, 5, 6, not to step 1"))
    }

    @Test func `a full row is described to the letter`() throws {
        let header =
            "path,year,step,type,unit,title,number,date,signer,signature,classification,access,location,label,note"
        let row = [
            "./sub//a.pdf", "2024", "04", "Formulir-RKT", "Sekretariat", " Judul ", "470/ 257 /2023", "2024-02-29",
            "\"Dra. Y, S.Sos.\"", "TTE", "000.7.2.6", "RAHASIA", "Rak 1 / Boks 2", " draf ", "satu",
        ]
        let batch = try Samples.batch("\(header)\n\(row.joined(separator: ","))\n", files: ["sub/a.pdf"])
        let survey = try Samples.survey(batch)
        #expect(survey.faults.isEmpty)
        let read = try #require(try Samples.accepted(batch, survey).first)
        var said = RecordDescription(year: 2024, unit: "Sekretariat", step: 4, type: "form-rkt", title: " Judul ")
        said.number = "470/ 257 /2023"
        said.date = CivilDate(year: 2024, month: 2, day: 29)
        said.signer = "Dra. Y, S.Sos."
        said.signature = .electronic
        said.classification = "000.7.2.6"
        said.access = "rahasia"
        said.location = "Rak 1 / Boks 2"
        said.label = "draf"
        said.note = "satu"
        #expect(read.description == said)
        #expect(read.description.differences(from: said).isEmpty)
        #expect(read.path == "sub/a.pdf")
        #expect(read.labelKey?.year == 2024)
        #expect(read.labelKey?.label == ExactText("draf"))
    }

    @Test func `what a row leaves out is filled from the file's name and the office`() throws {
        let batch = try Samples.batch(
            "path,year,step,type\nsub/Naskah v1.2.pdf,2024,4,form-rkt\n",
            files: ["sub/Naskah v1.2.pdf"]
        )
        let survey = try Samples.survey(batch)
        let read = try #require(try Samples.accepted(batch, survey).first)
        #expect(read.description.title == "Naskah v1.2")
        #expect(read.description.unit == (try Samples.policy()).settings.office)
        #expect(read.labelKey == nil && read.description.date == nil && read.description.signature == nil)
    }

    @Test(arguments: [
        ("basah", SignatureKind.wet), ("WET", .wet), ("Elektronik", .electronic), ("tte", .electronic),
        ("tidak", .none), ("-", .none),
    ])
    func `a signature has words in both languages`(word: String, kind: SignatureKind) throws {
        let batch = try Samples.batch("path,year,step,type,signature\na.pdf,2024,4,form-rkt,\(word)\n")
        let rows = try Samples.accepted(batch, try Samples.survey(batch))
        #expect(rows.map(\.description.signature) == [kind])
    }

    @Test func `a path with a zero byte never reaches the file system`() {
        // The table's encoding is refused before any row is looked at.
        #expect(throws: OfficeFileError(.encoding, file: "", message: "", remedy: "")) {
            try Samples.batch("path,year,step,type\na\0.pdf,2024,4,form-rkt\n")
        }
    }
}
