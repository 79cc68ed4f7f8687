import RecordsModel
import Testing

struct ProcedureTests {
    private func sample() -> Procedure {
        func type(_ id: String, _ name: String, _ aliases: [String] = []) -> DocumentType {
            DocumentType(id: id, name: name, aliases: aliases, description: "")
        }
        func step(_ number: Int, _ types: [String]) -> ProcedureStep {
            let duration = ProcedureStep.Duration(text: "1 hari", count: 1, unit: "hari")
            return ProcedureStep(
                step: number,
                activity: "a",
                actors: [],
                input: "",
                duration: duration,
                output: "",
                types: types,
                stages: nil
            )
        }
        return Procedure(
            id: "RKT",
            title: "Penyusunan",
            number: "470/ 257 /2023",
            office: "Dinas",
            types: [
                type("form-rkt", "Form", ["Formulir-RKT", "rkt"]), type("rkt", "RKT"),
                type("SK-Baru", "Keputusan", ["sk"]),
            ],
            steps: [step(1, ["form-rkt"]), step(2, ["rkt", "form-rkt"])]
        )
    }

    @Test(arguments: [
        ("form-rkt", "form-rkt"), ("FORM-RKT", "form-rkt"), ("formulir-rkt", "form-rkt"), ("FORMULIR-RKT", "form-rkt"),
        ("SK", "SK-Baru"), ("SK-Baru", "SK-Baru"), ("sk-baru", "SK-Baru"),
    ])
    func `a type is found by id or alias, letter case aside`(name: String, id: String) {
        #expect(sample().type(named: name)?.id == id)
    }

    @Test func `an id goes before an alias of another type`() {
        #expect(sample().type(named: "rkt")?.id == "rkt")
    }

    @Test(arguments: ["", "form", "form rkt", "form-rkt ", "formulir"])
    func `a type that is not described is none`(name: String) {
        #expect(sample().type(named: name) == nil)
    }

    @Test(arguments: [("form-rkt", [1, 2]), ("rkt", [2]), ("SK-Baru", []), ("none", [])])
    func `the steps of a type are those that name it`(type: String, steps: [Int]) {
        #expect(sample().steps(of: type) == steps)
    }
}
