import Foundation
import OfficeFiles
import RecordsModel
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct ProcedureFileTests {
    private func step(_ number: Int, _ types: String = "form") -> String {
        """
          - step: \(number)
            activity: a
            actors: []
            input: b
            duration: { text: 1 hari, count: 1, unit: hari }
            output: c
            types: [\(types)]

        """
    }

    private func text(_ steps: [String], types: String = "  - { id: form, name: Form }\n") -> String {
        "id: RKT\ntitle: T\nnumber: '1'\noffice: O\ntypes:\n\(types)steps:\n" + steps.joined()
    }

    private func refusal(_ text: String) -> OfficeFileError? {
        do {
            _ = try PolicyFiles.procedure(try Scratch.file("sop.yaml", text.utf8))
            return nil
        } catch {
            return error as? OfficeFileError
        }
    }

    @Test func `a procedure is read`() throws {
        let read = try PolicyFiles.procedure(try Scratch.file("sop.yaml", text([step(1), step(2)]).utf8))
        #expect(read.steps.map(\.step) == [1, 2])
        #expect(read.types.map(\.id) == ["form"])
        #expect(read.steps[0].stages == nil)
    }

    @Test(arguments: [[1, 3], [2], [0, 1], [1, 1], [2, 1], [1, 2, 4]])
    func `steps that are not numbered one by one are refused`(numbers: [Int]) {
        let error = refusal(text(numbers.map { step($0) }))
        #expect(error?.code == .invalid)
        #expect(error?.message.contains("not numbered") == true)
    }

    @Test func `a step that names a type which is not described is refused with both`() {
        let error = refusal(text([step(1), step(2, "form, rkt")]))
        #expect(error?.message == "step 2 names the document type 'rkt', which 'types' does not describe")
    }

    @Test func `a type that is described twice is refused`() {
        let twice = "  - { id: form, name: Form }\n  - { id: form, name: Formulir }\n"
        #expect(refusal(text([step(1)], types: twice))?.message == "a document type is described twice")
    }

    @Test func `a procedure without steps is refused`() {
        #expect(
            refusal("id: RKT\ntitle: T\nnumber: '1'\noffice: O\ntypes: []\nsteps: []\n")?.message == "it has no steps"
        )
    }

    @Test func `a part that is missing is named with its place`() {
        let broken = text([step(1), step(2).replacing("    activity: a\n", with: "")])
        #expect(refusal(broken)?.message == "'activity' is missing in 'steps.[1]'")
    }

    // MARK: - The shipped procedure

    private func shipped() throws -> Procedure {
        try PolicyFiles.procedure(Checkout.root.pushing("Archive/policy/sop-rkt.yaml"))
    }

    @Test func `the shipped procedure has eleven steps, and three stages at the last`() throws {
        let procedure = try shipped()
        #expect(procedure.steps.map(\.step) == Array(1...11))
        #expect(procedure.number == "470/ 257 /2023")
        #expect(procedure.steps.map { $0.stages?.count ?? 0 } == Array(repeating: 0, count: 10) + [3])
        #expect(procedure.types.allSatisfy { !procedure.steps(of: $0.id).isEmpty })
    }

    @Test func `no two types of the shipped procedure answer to the same word`() throws {
        let words = try shipped().types.flatMap { [$0.id] + $0.aliases }.map { $0.lowercased() }
        #expect(Set(words).count == words.count)
    }

    @Test func `the shipped procedure has the words of the paper`() throws {
        guard let paper = Checkout.shared("sop-rkt.txt") else { return }
        let bytes = try #require(FileManager.default.contents(atPath: paper.string))
        var rows: [Int: [String]] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count >= 10, cells[0].hasSuffix("."), let number = Int(cells[0].dropLast()) else { continue }
            // The flow chart of step 11 stands in the first of the five columns of actors.
            rows[number] = [cells[1], cells[7], cells[8], cells[9]]
        }
        try #require(rows.count == 11)
        for step in try shipped().steps {
            #expect(
                rows[step.step] == [step.activity, step.input, step.duration.text, step.output],
                "step \(step.step)"
            )
            #expect(step.duration.text.lowercased() == "\(step.duration.count) \(step.duration.unit)")
        }
    }
}
