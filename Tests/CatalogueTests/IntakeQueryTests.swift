import Catalogue
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct IntakeQueryTests {
    @Test func `whether bytes are kept already is looked up by their digest, not by walking over a year`() throws {
        guard Tool.isPresent("sqlite3") else { return }
        let path = Scratch.folder.appending("catalogue.sqlite")
        try CatalogueDatabase.open(path).close()
        let plan = try Tool.run("sqlite3", [path.string, "EXPLAIN QUERY PLAN " + CatalogueDatabase.unlabelledQuery])
        #expect(plan.status == 0, "\(plan.errorText)")
        let steps = plan.lines.filter { $0.contains("SEARCH") || $0.contains("SCAN") }
        #expect(steps.first?.contains("file_by_digest") == true, "\(plan.text)")
        #expect(steps.allSatisfy { !$0.contains("SCAN") }, "\(plan.text)")
    }
}
