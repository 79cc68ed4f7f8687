import Foundation
import Intake
import RecordsModel
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct FileTests {
    private func link(_ name: String, to target: String) throws {
        let path = Scratch.folder.pushing(FilePath("batch/" + name)).string
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    @Test func `links at the end and in the middle of a path are refused`() throws {
        _ = try Scratch.file("batch/sub/d.pdf", "d".utf8)
        try link("inside.pdf", to: "sub/d.pdf")
        try link("outside.pdf", to: "/etc/hostname")
        try link("broken.pdf", to: "nowhere")
        try link("way", to: "sub")
        let names = ["inside.pdf", "outside.pdf", "broken.pdf", "way/d.pdf"]
        let survey = try Samples.survey(names.map { "\($0),2024,4,form-rkt" }, files: ["sub/d.pdf"])
        #expect(survey.places == ["2 path", "3 path", "4 path", "5 path"])
        let links = survey.faults.prefix(4)
        #expect(links.allSatisfy { $0.message.contains("symbolic link") })
        #expect(survey.accepted == 0)
    }

    @Test(arguments: [("pipe", "FIFO"), ("socket", "socket"), ("folder", "folder")])
    func `what is no file is named for what it is, and not waited on`(name: String, kind: String) throws {
        let folder = try Scratch.directory("batch/folder").removingLastComponent()
        let script = """
            import os, socket
            os.mkfifo('pipe')
            socket.socket(socket.AF_UNIX).bind('socket')
            """
        try #require(try Tool.run("python3", ["-c", script], directory: folder).status == 0)
        let survey = try Samples.survey(["\(name),2024,4,form-rkt"], files: [])
        #expect(survey.places == ["2 path"])
        #expect(survey.messages.contains("'\(name)' is a \(kind), not a file"))
    }

    @Test func `a file named twice is refused the second time, whatever the spelling of its path`() throws {
        let rows = ["sub/d.pdf", "sub//d.pdf", "./sub/d.pdf", "a.pdf"].map { "\($0),2024,4,form-rkt" }
        let survey = try Samples.survey(rows, files: ["sub/d.pdf", "a.pdf"])
        #expect(survey.places == ["3 path", "4 path"])
        #expect(survey.messages.contains("is named in row 2 already"))
        #expect(survey.accepted == 2)
    }

    @Test func `files that no row names are told, and stop nothing`() throws {
        let files = [
            "a.pdf", "b.pdf", "sub/d.pdf", "sub/deep/e.pdf", ".hidden", "~$a.docx", "Thumbs.db", "sub/.DS_Store",
        ]
        let survey = try Samples.survey(["a.pdf,2024,4,form-rkt", "sub/d.pdf,2024,4,form-rkt"], files: files)
        #expect(survey.places.isEmpty)
        #expect(survey.faults.map(\.value) == ["b.pdf", "sub/deep/e.pdf"])
        #expect(survey.faults.map(\.severity) == [.warning, .warning])
        #expect(survey.accepted == 2)
    }

    @Test func `a file whose row has another fault is not called unnamed`() throws {
        let rows = ["a.pdf,2024,4,form-rkt,", "b.pdf,2024,4,form-rkt,2024-02-30", "c.pdf,2024,4,form-rkt,,too many"]
        let survey = try Samples.survey(rows, more: "date")
        #expect(survey.places == ["3 date", "4 -"])
        #expect(survey.warnings.isEmpty)
    }

    @Test(arguments: [
        ("caf\u{e9}.pdf", "cafe\u{301}.pdf"), ("cafe\u{301}.pdf", "caf\u{e9}.pdf"), ("Naskah.PDF", "naskah.pdf"),
        ("sub/\u{c5}.pdf", "sub/\u{212b}.pdf"),
    ])
    func `a name in another Unicode form or letter case is no such file, and is hinted at`(said: String, there: String)
        throws
    {
        let survey = try Samples.survey(["\(said),2024,4,form-rkt", "a.pdf,2024,4,form-rkt"], files: [there, "a.pdf"])
        #expect(survey.places == ["2 path"])
        let name = try #require(FilePath(there).lastComponent).string
        let message = try #require(survey.faults.first { $0.severity == .fault }?.message)
        #expect(Array(message.utf8).contains(Array("there is '\(name)'".utf8)))
        #expect(survey.accepted == 1)
    }

    @Test func `names that differ by Unicode form only are two files, each with its own row`() throws {
        let twins = ["caf\u{e9}.pdf", "cafe\u{301}.pdf"]
        let batch = try Samples.batch(
            "path,year,step,type\n" + twins.map { "\($0),2024,4,form-rkt\n" }.joined(),
            files: twins
        )
        let survey = try Samples.survey(batch)
        #expect(survey.faults.isEmpty)
        #expect(try Samples.accepted(batch, survey).map { Array($0.path.string.utf8) } == twins.map { Array($0.utf8) })
    }

    @Test(arguments: [
        "two\nlines.pdf", " space .pdf", "a,b.pdf", "a\"b.pdf", "😀.pdf", "\u{202e}fdp.exe", "-rf", "a\\b.pdf",
    ])
    func `a file with an odd name is taken to the letter`(name: String) throws {
        let quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
        let batch = try Samples.batch("path,year,step,type\n\(quoted),2024,4,form-rkt\n", files: [name])
        let survey = try Samples.survey(batch)
        #expect(survey.faults.isEmpty)
        #expect(try Samples.accepted(batch, survey).map { Array($0.path.string.utf8) } == [Array(name.utf8)])
    }

    @Test func `backslashes between folders are named as what is wrong`() throws {
        let survey = try Samples.survey(["sub\\d.pdf,2024,4,form-rkt"], files: ["sub/d.pdf"])
        #expect(survey.faults.first?.remedy.contains("write / between folders") == true)
    }

    @Test func `a name too long for the file system is told`() throws {
        let survey = try Samples.survey([String(repeating: "n", count: 300) + ",2024,4,form-rkt"])
        #expect(survey.places == ["2 path"])
        #expect(survey.messages.contains("too long"))
    }

    @Test func `surveying writes nothing`() throws {
        let batch = try Samples.batch("path,year,step,type\na.pdf,2024,4,form-rkt\nnowhere.pdf,x,y,z\n")
        let before = try TreeSnapshot.of(Scratch.folder)
        _ = try Samples.survey(batch)
        #expect(try TreeSnapshot.of(Scratch.folder) == before)
    }
}
