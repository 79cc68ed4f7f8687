import Intake
import RecordsModel
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct LabelTests {
    private func survey(_ rows: [String]) throws -> (survey: BatchSurvey, accepted: [String]) {
        let header = "path,year,step,type,label,date\n"
        let batch = try Samples.batch(header + rows.joined(separator: "\n") + "\n")
        let survey = try Samples.survey(batch)
        return (survey, try Samples.accepted(batch, survey).map { "\($0.row) \($0.path)" })
    }

    @Test(arguments: [
        "b.pdf,2024,4,form-rkt,draf,2024-02-30", "nowhere.pdf,2024,4,form-rkt,draf,", "b.pdf,2024,99,form-rkt,draf,",
        "b.pdf,2024,4,rkt2,draf,", "..,2024,4,form-rkt,draf,", ",2024,4,form-rkt, draf ,",
        "a.pdf,2024,4,form-rkt,draf,",
    ])
    func `a faulty row stops its whole label, before and behind it, and no other record`(faulty: String) throws {
        let rows = [
            "a.pdf,2024,4,form-rkt,draf,", faulty, "c.pdf,2024,4,form-rkt,draf,", "d.pdf,2024,4,form-rkt,other,",
            "e.pdf,2024,4,form-rkt,,", "f.pdf,2023,4,form-rkt,draf,",
        ]
        for file in ["d.pdf", "e.pdf", "f.pdf"] { _ = try Scratch.file("batch/" + file, file.utf8) }
        let found = try survey(rows)
        // The faulty row is named with its faults, its fellow versions with why they wait for it.
        let own = found.survey.places.filter { $0.hasPrefix("3 ") }
        #expect(!own.isEmpty)
        #expect(found.survey.places == ["2 label"] + own + ["4 label"])
        #expect(found.survey.messages.contains("another version of 'draf' has a fault"))
        #expect(found.accepted == ["5 d.pdf", "6 e.pdf", "7 f.pdf"])
        #expect(found.survey.rows == 6 && found.survey.accepted == 3)
    }

    @Test(arguments: [
        "b.pdf,2024,4,form-rkt,draf", "b.pdf,2024,4,form-rkt,Judul, dengan koma,draf,",
        "b.pdf,2024,4,\"form\"-rkt,draf,",
        "b.pdf,2024,4,form-rkt,\"draf\"x,",
    ])
    func `a row whose columns cannot be told apart stops the label that it names`(malformed: String) throws {
        let found = try survey(["a.pdf,2024,4,form-rkt,draf,", malformed, "c.pdf,2024,4,form-rkt,other,"])
        #expect(found.survey.places == ["2 label", "3 -"])
        #expect(found.accepted == ["4 c.pdf"])
    }

    @Test func `a quotation mark that is never closed stops the labels of all that it swallows`() throws {
        let rows = [
            "a.pdf,2024,4,form-rkt,draf,", "c.pdf,2024,4,form-rkt,other,", "b.pdf,2024,4,form-rkt,\"draf,",
            "d.pdf,2024,4,form-rkt,third,",
        ]
        let found = try survey(rows)
        #expect(found.survey.places == ["2 label", "4 -"])
        #expect(found.accepted == ["3 c.pdf"])
    }

    @Test func `one label with two types is refused, and neither is taken`() throws {
        let found = try survey(["a.pdf,2024,4,form-rkt,draf,", "b.pdf,2024,5,rekapitulasi,draf,"])
        #expect(found.survey.places == ["2 label", "3 label"])
        #expect(found.survey.messages.contains("is a 'form-rkt' in row 2 and a 'rekapitulasi' here"))
        #expect(found.accepted.isEmpty)
    }

    @Test func `one label of two years is two records`() throws {
        let found = try survey(["a.pdf,2024,4,form-rkt,draf,", "b.pdf,2023,5,rekapitulasi,draf,"])
        #expect(found.survey.places.isEmpty)
        #expect(found.accepted == ["2 a.pdf", "3 b.pdf"])
    }

    @Test func `labels that differ by Unicode form or letter case are different records`() throws {
        let found = try survey([
            "a.pdf,2024,4,form-rkt,caf\u{e9},", "b.pdf,2024,5,rekapitulasi,cafe\u{301},",
            "c.pdf,2024,1,disposisi,Caf\u{e9},",
        ])
        #expect(found.survey.places.isEmpty)
        #expect(found.accepted.count == 3)
    }

    @Test func `a label that the archive holds keeps its type`() throws {
        let text = "path,year,step,type,label\na.pdf,2024,4,form-rkt,draf\nb.pdf,2024,4,form-rkt,new\n"
        let batch = try Samples.batch(text, files: ["a.pdf", "b.pdf"])
        let other = try Samples.survey(batch, kept: ["draf": KeptType(id: "RKT-2024-0007", type: "rkt")])
        #expect(other.places == ["2 label"])
        #expect(other.messages.contains("belongs to RKT-2024-0007, a 'rkt'"))
        #expect(other.accepted == 1)
        let same = try Samples.survey(batch, kept: ["draf": KeptType(id: "RKT-2024-0007", type: "form-rkt")])
        #expect(same.faults.isEmpty && same.accepted == 2)
    }

    @Test func `all faults of all rows are told at once, in their order, with row and column`() throws {
        let rows = [
            "nowhere.pdf,1899,0,kuitansi,draf,2024-02-30", "", "a.pdf,2024,4,form-rkt,,", "b.pdf,2024,4",
            "../x.pdf,2024,4,form-rkt,,x", "a.pdf,2024,4,form-rkt,,",
        ]
        let found = try survey(rows)
        let expected = [
            "2 year", "2 step", "2 type", "2 date", "2 path", "5 -", "6 path", "6 date", "7 path",
        ]
        #expect(found.survey.places == expected)
        #expect(
            found.survey.faults.filter { $0.severity == .fault }.allSatisfy {
                !$0.message.isEmpty && !$0.remedy.isEmpty
            }
        )
        #expect(found.accepted == ["4 a.pdf"])
        #expect(found.survey.rows == 5 && found.survey.stopped == 4)
    }

    @Test func `the sample batch has no fault`() throws {
        guard let sample = Checkout.shared("samples/rkt") else { return }
        let batch = try Batch.open(sample)
        let survey = try Samples.survey(batch)
        #expect(survey.faults.isEmpty, "\(survey.messages)")
        #expect(survey.rows == 25 && survey.accepted == 25)
        #expect(try Samples.accepted(batch, survey).map { survey.size(ofRow: $0.row) }.reduce(0, +) == survey.bytes)
    }
}
