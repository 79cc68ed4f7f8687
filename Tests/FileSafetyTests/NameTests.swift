import FileSafety
import Foundation
import SystemPackage
import TestSupport
import Testing

/// Names that a careless reader changes, joins or drops.
private let oddNames = [
    "two\nlines", "return\rhere", "tab\t", " space ", "-rf", "quote'\"`$", "back\\slash", "*", "😀👩‍👩‍👧", "\u{202e}fdp.exe",
    "\u{200f}\u{5d0}\u{5d1}", "caf\u{e9}", "cafe\u{301}", "\u{301}first", "%0A", "\u{212b}", ".hidden", "...",
    String(repeating: "n", count: 255), String(repeating: "\u{ac00}", count: 85),
]

@Suite(.scratch)
struct NameTests {
    @Test(arguments: oddNames)
    func `an odd name is made, listed, opened, renamed and removed`(name: String) throws {
        let files = DurableFiles()
        let component = try #require(FilePath.Component(name))
        let path = Scratch.folder.appending(component)
        try files.create(path, name.utf8)
        let listed = try FolderEntries(of: Scratch.folder)
        #expect(listed.map { Array($0.name.bytes) } == [Array(name.utf8)])
        #expect(listed.map(\.kind) == [.file])
        let folder = try DirectoryHandle.open(Scratch.folder)
        #expect(try folder.openFile(EntryName(component)).content(limit: 1000) == Array(name.utf8))
        try files.rename(path, to: Scratch.folder.appending("plain"))
        #expect(!FileStatus.exists(path))
        try files.rename(Scratch.folder.appending("plain"), to: path)
        try files.removeIfPresent(path)
        #expect(try FolderEntries(of: Scratch.folder).isEmpty)
    }

    @Test func `names that differ by Unicode form only are two files`() throws {
        let twins = ["caf\u{e9}", "cafe\u{301}"]
        for name in twins { try DurableFiles().create(Scratch.folder.appending(name), name.utf8) }
        #expect(try FolderEntries(of: Scratch.folder).count == 2)
        for name in twins {
            let content = try OpenFile.content(of: Scratch.folder.appending(name), limit: 100)
            #expect(content == Array(name.utf8))
        }
    }

    @Test func `names are listed in the order of their bytes`() throws {
        let names = ["b", "a", "B", "a10", "a9", "\u{e9}", "e\u{301}", "z", "~", "_", "😀", "\u{ffee}"]
        for name in names { try DurableFiles().create(Scratch.folder.appending(name), []) }
        let expected = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { Array($0.utf8) }
        #expect(try FolderEntries(of: Scratch.folder).map { Array($0.name.bytes) } == expected)
    }

    @Test func `a name that is no UTF-8 is listed and removed as its bytes`() throws {
        let bytes: [CChar] = [97, -1, 98, 0]
        let component = try #require(
            unsafe bytes.withUnsafeBufferPointer { buffer in
                unsafe buffer.baseAddress.flatMap { unsafe FilePath.Component(platformString: $0) }
            }
        )
        try DurableFiles().create(Scratch.folder.appending(component), "x".utf8)
        let listed = try FolderEntries(of: Scratch.folder)
        #expect(listed.map(\.name) == [try EntryName(component)])
        try DurableFiles().removeTree(Scratch.folder.appending(listed[0].name))
        #expect(try FolderEntries(of: Scratch.folder).isEmpty)
    }

    @Test func `each kind is listed as what it is, links not followed`() throws {
        _ = try Scratch.file("file", [])
        _ = try Scratch.directory("folder")
        let folder = Scratch.folder.string
        try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "folder")
        #expect(try Tool.run("mkfifo", [folder + "/pipe"]).status == 0)
        let kinds = try FolderEntries(of: Scratch.folder).map { "\($0.name.shown) \($0.kind.rawValue)" }
        #expect(kinds == ["file file", "folder folder", "link symbolic link", "pipe FIFO"])
    }

    @Test func `a folder that is missing cannot be listed`() {
        #expect(throws: FileSafetyError(.notFound, operation: "", path: "", reason: "")) {
            try FolderEntries(of: Scratch.folder.appending("nowhere"))
        }
    }
}
