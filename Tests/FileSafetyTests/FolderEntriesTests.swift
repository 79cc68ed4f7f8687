import FileSafety
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct FolderEntriesTests {
    @Test func `names come in the order of their bytes, each with its kind`() throws {
        let folder = try Scratch.directory("f")
        for name in ["b", "a", "B", "é", "e\u{301}", "..x", "..."] { _ = try Scratch.file("f/\(name)", "x".utf8) }
        _ = try Scratch.directory("f/sub")
        try #require(Tool.run("mkfifo", [folder.appending("pipe").string]).status == 0)
        try FileManager.default.createSymbolicLink(atPath: folder.appending("link").string, withDestinationPath: "a")
        let entries = try DirectoryHandle.open(folder).entries()
        let names = (0..<entries.count).map { entries.text($0) }
        #expect(names == ["...", "..x", "B", "a", "b", "e\u{301}", "link", "pipe", "sub", "é"])
        let kinds = Dictionary(uniqueKeysWithValues: (0..<entries.count).map { (entries.text($0), entries.kind($0)) })
        #expect(
            kinds["a"] == .file && kinds["sub"] == .directory && kinds["pipe"] == .fifo
                && kinds["link"] == .symbolicLink
        )
        #expect(entries.index(of: "pipe") == 7)
        #expect(entries.index(of: "p") == nil && entries.index(of: "pipes") == nil && entries.index(of: "") == nil)
    }

    @Test func `a folder of many names is read whole, and read again from its start`() throws {
        let folder = try Scratch.directory("many")
        let script = "import sys\nfor i in range(3000): open(f'{sys.argv[1]}/{i:04}-' + 'x' * 200, 'w')"
        try #require(Tool.run("python3", ["-c", script, folder.string]).status == 0)
        let handle = try DirectoryHandle.open(folder)
        for _ in 0..<2 {
            let entries = try handle.entries()
            #expect(entries.count == 3000)
            #expect(entries.text(0).hasPrefix("0000-") && entries.text(2999).hasPrefix("2999-"))
        }
        #expect(try DirectoryHandle.open(Scratch.directory("empty")).entries().isEmpty)
    }

    @Test func `a name that is no name of a file is refused, and so is what is no file`() throws {
        let folder = try Scratch.directory("g")
        _ = try Scratch.file("g/file", "x".utf8)
        _ = try Scratch.directory("g/sub")
        try #require(Tool.run("mkfifo", [folder.appending("pipe").string]).status == 0)
        try FileManager.default.createSymbolicLink(atPath: folder.appending("link").string, withDestinationPath: "file")
        let handle = try DirectoryHandle.open(folder)
        for name in ["", ".", "..", "sub/..", "/etc", "file\0x"] {
            let error = #expect(throws: FileSafetyError.self) { try handle.openFile(named: Array(name.utf8).span) }
            #expect(error?.code == .outside, "\(name)")
        }
        let cases: [(String, FileSafetyError.Code)] = [
            ("link", .symbolicLink), ("sub", .notARegularFile), ("pipe", .notARegularFile), ("nothing", .notFound),
        ]
        for (name, code) in cases {
            let error = #expect(throws: FileSafetyError.self) { try handle.openFile(named: Array(name.utf8).span) }
            #expect(error?.code == code, "\(name)")
        }
        #expect(throws: FileSafetyError.self) { try handle.openDirectory(named: Array("link".utf8).span) }
        #expect(try handle.openDirectory(named: Array("sub".utf8).span).path == folder.appending("sub"))
        #expect(try handle.status(named: Array("link".utf8).span).kind == .symbolicLink)
        #expect(try handle.openFile(named: Array("file".utf8).span).beginning(10) == Array("x".utf8))
    }

    @Test func `the beginning of a file is as long as it was asked for, or as the file`() throws {
        let path = try Scratch.file("text", "abcdef".utf8)
        #expect(try OpenFile.reading(path).beginning(3) == Array("abc".utf8))
        #expect(try OpenFile.reading(path).beginning(6) == Array("abcdef".utf8))
        #expect(try OpenFile.reading(path).beginning(100) == Array("abcdef".utf8))
        #expect(try OpenFile.reading(path).beginning(0).isEmpty)
    }
}
