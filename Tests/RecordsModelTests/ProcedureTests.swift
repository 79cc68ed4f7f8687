import Foundation
import RecordsModel
import Testing

struct ProcedureTests {
    private func sample() throws -> Procedure {
        let text = """
            {"id": "RKT", "title": "Penyusunan", "number": "470/ 257 /2023", "office": "Dinas",
             "types": [
               {"id": "form-rkt", "name": "Form", "aliases": ["Formulir-RKT", "rkt"]},
               {"id": "rkt", "name": "RKT"},
               {"id": "SK-Baru", "name": "Keputusan", "aliases": ["sk"]}],
             "steps": [
               {"step": 1, "activity": "a", "actors": [], "input": "", "output": "", "types": ["form-rkt"],
                "duration": {"text": "1 hari", "count": 1, "unit": "hari"}},
               {"step": 2, "activity": "b", "actors": [], "input": "", "output": "", "types": ["rkt", "form-rkt"],
                "duration": {"text": "1 minggu", "count": 1, "unit": "minggu"}}]}
            """
        return try CanonicalJSON.decode(Procedure.self, from: Data(text.utf8))
    }

    @Test(arguments: [
        ("form-rkt", "form-rkt"), ("FORM-RKT", "form-rkt"), ("formulir-rkt", "form-rkt"), ("FORMULIR-RKT", "form-rkt"),
        ("SK", "SK-Baru"), ("SK-Baru", "SK-Baru"), ("sk-baru", "SK-Baru"),
    ])
    func `a type is found by id or alias, letter case aside`(name: String, id: String) throws {
        #expect(try sample().type(named: name)?.id == id)
    }

    @Test func `an id goes before an alias of another type`() throws {
        #expect(try sample().type(named: "rkt")?.id == "rkt")
    }

    @Test(arguments: ["", "form", "form rkt", "form-rkt ", "formulir"])
    func `a type that is not described is none`(name: String) throws {
        #expect(try sample().type(named: name) == nil)
    }

    @Test(arguments: [("form-rkt", [1, 2]), ("rkt", [2]), ("SK-Baru", []), ("none", [])])
    func `the steps of a type are those that name it`(type: String, steps: [Int]) throws {
        #expect(try sample().steps(of: type) == steps)
    }
}
