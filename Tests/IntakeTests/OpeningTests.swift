import FileSafety
import Foundation
import Intake
import RecordsModel
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct OpeningTests {
    private let manifest = "path,year,step,type\na.pdf,2024,4,form-rkt\n"

    @Test func `a folder is opened by its intake.csv, also beside other tables`() throws {
        _ = try Samples.batch(manifest, files: ["a.pdf", "other.csv"])
        let survey = try Samples.survey(try Batch.open(Scratch.folder.appending("batch")))
        #expect(survey.accepted == 1)
        #expect(survey.faults.map(\.value) == ["other.csv"])
    }

    @Test func `a folder with one table is opened by it, whatever its name`() throws {
        _ = try Scratch.file("batch/a.pdf", "a".utf8)
        _ = try Scratch.file("batch/Daftar 2024.CSV", manifest.utf8)
        let survey = try Samples.survey(try Batch.open(Scratch.folder.appending("batch")))
        #expect(survey.accepted == 1 && survey.faults.isEmpty)
    }

    @Test(arguments: [[], ["one.csv", "two.csv"]])
    func `a folder without a manifest, or with two, is refused with what to do`(tables: [String]) throws {
        let folder = try Scratch.directory("batch")
        for table in tables { _ = try Scratch.file("batch/" + table, manifest.utf8) }
        let error = #expect(throws: BatchError.self) { try Batch.open(folder) }
        #expect(error?.message.contains(tables.isEmpty ? "no manifest" : "2 CSV files") == true)
        #expect(error?.remedy.contains("intake.csv") == true)
    }

    @Test func `a path to nothing is refused`() {
        #expect(throws: FileSafetyError(.notFound, operation: "", path: "", reason: "")) {
            try Batch.open(Scratch.folder.appending("nowhere"))
        }
    }

    @Test func `a FIFO as a manifest is refused and not waited on`() throws {
        let path = Scratch.folder.appending("intake.csv")
        try #require(try Tool.run("mkfifo", [path.string]).status == 0)
        #expect(throws: FileSafetyError(.notARegularFile, operation: "", path: "", reason: "")) { try Batch.open(path) }
    }

    // MARK: - Files named by a command

    private let said: Batch.Description = [.year: "2024", .step: "4", .type: "form-rkt", .label: "draf"]

    @Test func `files named by a command are described by it, each a row`() throws {
        let first = try Scratch.file("one/a.pdf", "a".utf8)
        let second = try Scratch.file("two/a.pdf", "bb".utf8)
        let batch = Batch.files([first, second], described: said)
        let survey = try Samples.survey(batch)
        #expect(survey.faults.isEmpty)
        #expect(survey.rows == 2 && survey.accepted == 2 && survey.bytes == 3)
        let rows = try Samples.accepted(batch, survey)
        #expect(rows.map(\.row) == [1, 2])
        #expect(rows.map(\.path) == ["a.pdf", "a.pdf"])
        #expect(rows.map(\.folder) == [first.removingLastComponent(), second.removingLastComponent()])
        #expect(rows.map(\.description.title) == ["a", "a"])
        #expect(Set(rows.map(\.labelKey)).count == 1)
    }

    @Test func `a fault in what a command says is told of each file, also of the first`() throws {
        let paths = [try Scratch.file("a.pdf", "a".utf8), try Scratch.file("b.pdf", "b".utf8)]
        let survey = try Samples.survey(Batch.files(paths, described: [.year: "24", .step: "4", .type: "form-rkt"]))
        #expect(survey.places == ["1 year", "2 year"])
        #expect(survey.accepted == 0 && survey.stopped == 2)
    }

    @Test func `a missing file, a folder, a link and a file named twice are told with their rows`() throws {
        let file = try Scratch.file("a.pdf", "a".utf8)
        let folder = try Scratch.directory("folder")
        let link = Scratch.folder.appending("link.pdf")
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "a.pdf")
        var words = said
        words[.label] = nil
        let paths = [Scratch.folder.appending("nowhere.pdf"), file, folder, link, file]
        let survey = try Samples.survey(Batch.files(paths, described: words))
        #expect(survey.places == ["1 path", "3 path", "4 path", "5 path"])
        #expect(survey.accepted == 1)
    }
}
