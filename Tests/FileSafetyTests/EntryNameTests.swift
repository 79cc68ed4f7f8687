import FileSafety
import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// What is no name of one thing in a folder.
private let hostileNames: [[UInt8]] = [
    [], Array(".".utf8), Array("..".utf8), Array("/".utf8), Array("../outside".utf8), Array("sub/../../outside".utf8),
    Array("/etc/passwd".utf8), Array("sub/a".utf8), Array("sub/".utf8), Array("./a".utf8), [0], Array("a\0".utf8),
    Array("..\0".utf8), Array("a\0/../b".utf8),
]

/// Names that are odd, and names all the same.
private let oddNames: [[UInt8]] = [
    Array("...".utf8), Array("..a".utf8), Array(".a".utf8), [0xFF], [0x2E, 0xFF], Array("a\nb".utf8), Array(" ".utf8),
    Array("\\..\\".utf8), Array("caf\u{e9}".utf8), Array("cafe\u{301}".utf8), [UInt8](repeating: 0x61, count: 255),
]

@Suite(.scratch)
struct EntryNameTests {
    private let outside = FileSafetyError(.outside, operation: "", path: "", reason: "")

    @Test(arguments: hostileNames)
    func `no name is made of what is no single name`(bytes: [UInt8]) throws {
        #expect(throws: outside) { try EntryName(bytes) }
        #expect(throws: outside) { try EntryName(bytes[...]) }
        #expect(throws: outside) { try EntryName(([0x61] + bytes + [0x61])[1..<1 + bytes.count]) }
        if let text = String(validating: bytes, as: UTF8.self) { #expect(throws: outside) { try EntryName(text) } }
    }

    @Test(arguments: [".", ".."])
    func `no name is made of a component that is none`(text: String) throws {
        let component = try #require(FilePath(text).lastComponent)
        #expect(throws: outside) { try EntryName(component) }
    }

    /// Every function that takes a name takes an `EntryName`; these take bytes or a path, and make names of them.
    @Test(arguments: hostileNames)
    func `no function reaches anything by a hostile name, and nothing is changed`(bytes: [UInt8]) throws {
        let outer = try Scratch.directory("outer")
        _ = try Scratch.file("outer/outside", "outside".utf8)
        _ = try Scratch.file("outer/inner/a", "a".utf8)
        _ = try Scratch.file("outer/inner/sub/a", "a".utf8)
        let before = try TreeSnapshot.of(outer)
        let folder = try DirectoryHandle.open(outer.appending("inner"))
        let plain = try EntryName("a")
        #expect(throws: outside) { try folder.status(of: EntryName(bytes)) }
        #expect(throws: outside) { _ = try folder.openFile(EntryName(bytes)) }
        #expect(throws: outside) { _ = try folder.openFile(EntryName(bytes), seen: .file) }
        #expect(throws: outside) { _ = try folder.openFolder(EntryName(bytes)) }
        #expect(throws: outside) { _ = try folder.openFolder(at: [EntryName("sub"), EntryName(bytes)]) }
        #expect(throws: outside) { try folder.makeFolder(EntryName(bytes)) }
        #expect(throws: outside) { _ = try folder.createFile(EntryName(bytes)) }
        #expect(throws: outside) { try folder.rename(EntryName(bytes), to: plain) }
        #expect(throws: outside) { try folder.rename(plain, to: EntryName(bytes)) }
        #expect(throws: outside) { try folder.removeFile(EntryName(bytes)) }
        #expect(throws: outside) { try folder.removeFolder(EntryName(bytes)) }
        #expect(try TreeSnapshot.of(outer) == before)
    }

    @Test(arguments: oddNames)
    func `an odd name is used as it is by every function`(bytes: [UInt8]) throws {
        let folder = try DirectoryHandle.open(Scratch.folder)
        let (name, other) = (try EntryName(bytes), try EntryName("other"))
        #expect(Array(name.bytes) == bytes)
        _ = try folder.createFile(name)
        #expect(try folder.entries().map(\.name) == [name])
        #expect(try folder.entries(in: .disk).map(\.name) == [name])
        #expect(try folder.entries().index(of: bytes) == 0)
        #expect(try folder.entries(in: .disk).index(of: bytes) == 0)
        #expect(try folder.status(of: name).kind == .file)
        #expect(try folder.openFile(name).path == Scratch.folder.appending(name))
        #expect(throws: FileSafetyError(.exists, operation: "", path: "", reason: "")) {
            _ = try folder.createFile(name)
        }
        try folder.rename(name, to: other)
        try folder.rename(other, to: name)
        try folder.removeFile(name)
        try folder.makeFolder(name)
        #expect(try folder.openFolder(name).entries().isEmpty)
        try folder.removeFolder(name)
        #expect(try folder.entries().isEmpty)
    }

    @Test func `a name is shown on one line, and what hides or is no UTF-8 as its code`() throws {
        let cases: [([UInt8], String)] = [
            (Array("surat 470.pdf".utf8), "surat 470.pdf"), (Array("café".utf8), "café"), ([0x61, 0xE9], "a\\xE9"),
            (Array("a\nb\u{1b}[2J".utf8), "a\\nb\\u{1B}[2J"), (Array("\u{202e}fdp".utf8), "\\u{202E}fdp"),
            ([0xE2, 0x82], "\\xE2\\x82"), ([0xC0, 0xAF], "\\xC0\\xAF"), ([0x7F], "\\u{7F}"),
            ([0xF0, 0x9F, 0x98, 0x80, 0xFF, 0x61], "😀\\xFFa"),
        ]
        for (bytes, shown) in cases { #expect(try EntryName(bytes).shown == shown) }
        #expect(try EntryName([0x61, 0xE9]).text == nil)
        #expect(try EntryName("café").text == "café")
        let path = Scratch.folder.appending(try EntryName([0x61, 0xE9]))
        #expect(throws: FileSafetyError.self) { try FileStatus.of(path) }
        do { _ = try FileStatus.of(path) } catch { #expect("\(error)".contains("/a\\xE9'")) }
    }

    @Test func `names are compared by their bytes`() throws {
        let names = try [[0x62], [0x61], [0x61, 0x00 + 1], [0xFF], Array("é".utf8)].map { try EntryName($0) }
        #expect(names.sorted().map { Array($0.bytes) } == [[0x61], [0x61, 1], [0x62], Array("é".utf8), [0xFF]])
        #expect(try EntryName("caf\u{e9}") != EntryName("cafe\u{301}"))
        let slice = [UInt8]("xabcx".utf8)[1..<4]
        #expect(try EntryName(slice) == EntryName("abc"))
        #expect(try Set([EntryName(slice), EntryName("abc")]).count == 1)
    }
}

/// The kind of what is opened, wherever it is opened from.
@Suite(.scratch)
struct EntryKindTests {
    private func makeAll() throws -> [(String, FileSafetyError.Code)] {
        let folder = Scratch.folder
        _ = try Scratch.file("file", "x".utf8)
        _ = try Scratch.directory("folder")
        for (name, target) in [("link", "file"), ("way", "folder"), ("broken", "nowhere")] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(name).string,
                withDestinationPath: target
            )
        }
        try #require(unsafe folder.appending("pipe").withPlatformString { unsafe mkfifo($0, 0o600) } == 0)
        return [
            ("folder", .notARegularFile), ("link", .symbolicLink), ("way", .symbolicLink), ("broken", .symbolicLink),
            ("pipe", .notARegularFile),
        ]
    }

    @Test func `only a regular file is opened as a file, by a name, a path, and for writing`() throws {
        for (name, code) in try makeAll() {
            let wanted = FileSafetyError(code, operation: "", path: "", reason: "")
            let folder = try DirectoryHandle.open(Scratch.folder)
            let path = Scratch.folder.appending(name)
            #expect(throws: wanted, "\(name)") { _ = try folder.openFile(EntryName(name)) }
            #expect(throws: wanted, "\(name)") { _ = try folder.openFile(at: FilePath(name)) }
            #expect(throws: wanted, "\(name)") { _ = try OpenFile.reading(path) }
            #expect(throws: wanted, "\(name)") { _ = try OpenFile.updating(path) }
            #expect(throws: wanted, "\(name)") { try DurableFiles().append("y".utf8, to: path, at: 0) }
        }
        #expect(try OpenFile.content(of: Scratch.folder.appending("file"), limit: 10) == Array("x".utf8))
        #expect(!FileStatus.exists(Scratch.folder.appending("nowhere")))
    }

    @Test func `what was seen as a file and is another thing by now is refused and not waited on`() throws {
        for (name, code) in try makeAll() {
            let folder = try DirectoryHandle.open(Scratch.folder)
            #expect(throws: FileSafetyError(code, operation: "", path: "", reason: ""), "\(name)") {
                _ = try folder.openFile(EntryName(name), seen: .file)
            }
        }
    }

    @Test func `only a folder is opened as a folder`() throws {
        _ = try makeAll()
        let folder = try DirectoryHandle.open(Scratch.folder)
        for (name, code) in [
            ("file", FileSafetyError.Code.notARegularFile), ("pipe", .notARegularFile), ("way", .symbolicLink),
            ("broken", .symbolicLink), ("nowhere", .notFound),
        ] {
            #expect(throws: FileSafetyError(code, operation: "", path: "", reason: ""), "\(name)") {
                _ = try folder.openFolder(EntryName(name))
            }
        }
    }

    @Test func `removing a link's name leaves what it leads to`() throws {
        _ = try makeAll()
        let folder = try DirectoryHandle.open(Scratch.folder)
        _ = try Scratch.file("folder/kept", "x".utf8)
        for name in ["link", "way", "broken", "pipe"] { try folder.removeFile(EntryName(name)) }
        #expect(throws: FileSafetyError.self) { try folder.removeFolder(EntryName("folder")) }
        #expect(throws: FileSafetyError.self) { try folder.removeFile(EntryName("folder")) }
        #expect(try folder.entries().map(\.name.shown) == ["file", "folder"])
        #expect(FileStatus.exists(Scratch.folder.pushing("folder/kept")))
    }

    @Test func `a very deep tree is removed whole, step by step through the tripwire`() throws {
        let top = try Scratch.directory("top")
        var folder = try DirectoryHandle.open(top)
        let name = try EntryName("deep")
        // Deeper than a path can be long, and than a process has descriptors.
        for _ in 0..<1100 {
            try folder.makeFolder(name)
            folder = try folder.openFolder(name)
        }
        _ = try folder.createFile(name)
        let recorder = StepRecorder()
        try recorder.files.removeTree(top)
        #expect(!FileStatus.exists(top))
        #expect(recorder.steps.count == 1102)
    }
}
