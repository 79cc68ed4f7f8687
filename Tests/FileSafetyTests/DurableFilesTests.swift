import FileSafety
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct DurableFilesTests {
    private func content(_ path: FilePath) throws -> String {
        String(decoding: try OpenFile.content(of: path, limit: 1 << 20), as: UTF8.self)
    }

    @Test func `a replacement takes four steps, and data goes before the name`() throws {
        let path = try Scratch.file("checkpoint", "old".utf8)
        let recorder = StepRecorder()
        try recorder.files.replace(path, "new".utf8)
        let folder = try #require(Scratch.folder.lastComponent).string
        let steps = ["write checkpoint.new", "sync checkpoint.new", "rename checkpoint", "sync \(folder)"]
        #expect(recorder.steps == steps)
        #expect(try content(path) == "new")
        #expect(!FileStatus.exists(Scratch.folder.appending("checkpoint.new")))
    }

    @Test(arguments: 0..<4, [true, false])
    func `a replacement that fails at any step leaves the old content or the new one`(step: Int, crash: Bool) throws {
        let path = try Scratch.file("checkpoint", "old".utf8)
        let recorder = StepRecorder(failing: step, isCrash: crash)
        #expect(throws: StepRecorder.Tripped.self) { try recorder.files.replace(path, "new".utf8) }
        #expect(try content(path) == (step < 3 ? "old" : "new"))
        try DurableFiles().replace(path, "newest".utf8)
        #expect(try content(path) == "newest")
        #expect(try FolderEntries(of: Scratch.folder).map(\.name.shown) == ["checkpoint"])
    }

    @Test func `what an interrupted replacement left beside the file is in nobody's way`() throws {
        _ = try Scratch.file("checkpoint.new", "half a".utf8)
        let recorder = StepRecorder()
        try recorder.files.replace(Scratch.folder.appending("checkpoint"), "new".utf8)
        #expect(recorder.steps.first == "remove checkpoint.new")
        #expect(try content(Scratch.folder.appending("checkpoint")) == "new")
    }

    @Test(arguments: ["one\n", "one\ntw", "one\ntwo\n", "one\nsomething much longer than two\n"])
    func `appending at a place gives the same file, whatever is behind it`(torn: String) throws {
        let path = try Scratch.file("log", torn.utf8)
        for _ in 0..<3 {
            try DurableFiles().append("two\n".utf8, to: path, at: 4)
            #expect(try content(path) == "one\ntwo\n")
        }
    }

    @Test(arguments: 0..<3)
    func `appending again after it failed at any step gives the same file`(step: Int) throws {
        let path = try Scratch.file("log", "one\ntorn".utf8)
        let recorder = StepRecorder(failing: step)
        #expect(throws: StepRecorder.Tripped.self) { try recorder.files.append("two\n".utf8, to: path, at: 4) }
        #expect(try content(path).hasPrefix("one\n"))
        try DurableFiles().append("two\n".utf8, to: path, at: 4)
        #expect(try content(path) == "one\ntwo\n")
    }

    @Test func `appending cuts first, then writes, then syncs`() throws {
        let path = try Scratch.file("log", "one\ntorn".utf8)
        let recorder = StepRecorder()
        try recorder.files.append("two\n".utf8, to: path, at: 4)
        #expect(recorder.steps == ["append log", "truncate log", "sync log"])
    }

    @Test func `a tree is removed without following its links`() throws {
        let kept = try Scratch.file("kept/a", "a".utf8)
        _ = try Scratch.file("tree/deep/b", "b".utf8)
        let tree = Scratch.folder.appending("tree")
        for (name, target) in [("folder", "../kept"), ("file", "../kept/a"), ("broken", "nowhere"), ("up", "..")] {
            let link = tree.appending(name).string
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        }
        try DurableFiles().removeTree(tree)
        #expect(!FileStatus.exists(tree))
        #expect(try content(kept) == "a")
    }

    @Test func `a link to a tree is removed, and the tree stays`() throws {
        let kept = try Scratch.file("kept/a", "a".utf8)
        let link = Scratch.folder.appending("link")
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "kept")
        try DurableFiles().removeTree(link)
        #expect(!FileStatus.exists(link))
        #expect(try content(kept) == "a")
    }

    @Test func `removing what is not there is no failure`() throws {
        let nowhere = Scratch.folder.appending("nowhere")
        let recorder = StepRecorder()
        try recorder.files.removeTree(nowhere)
        try recorder.files.removeIfPresent(nowhere)
        #expect(recorder.steps.isEmpty)
    }

    @Test func `folders are made where they are missing`() throws {
        let recorder = StepRecorder()
        _ = try Scratch.directory("a")
        try recorder.files.makeDirectories(Scratch.folder.pushing("a/b/c"))
        #expect(recorder.steps == ["makeDirectory b", "makeDirectory c"])
        try recorder.files.makeDirectories(Scratch.folder.pushing("a/b/c"))
        #expect(recorder.steps.count == 2)
        #expect(try FileStatus.of(Scratch.folder.pushing("a/b/c")).kind == .directory)
    }

    @Test func `a file or a broken link in the way of a folder is named`() throws {
        _ = try Scratch.file("file", [])
        let link = Scratch.folder.appending("link").string
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nowhere")
        for path in ["file", "file/below", "link", "link/below"] {
            #expect(throws: FileSafetyError.self, "\(path)") {
                try DurableFiles().makeDirectories(Scratch.folder.pushing(FilePath(path)))
            }
        }
    }

    @Test func `a rename replaces a file and an empty folder, and no full one`() throws {
        let files = DurableFiles()
        let file = try Scratch.file("new", "new".utf8)
        let old = try Scratch.file("old", "old".utf8)
        try files.rename(file, to: old)
        #expect(try content(old) == "new")
        let staged = try Scratch.file("staged/a", "a".utf8).removingLastComponent()
        let empty = try Scratch.directory("empty")
        let full = try Scratch.file("full/b", "b".utf8).removingLastComponent()
        #expect(throws: FileSafetyError(.exists, operation: "", path: "", reason: "")) {
            try files.rename(staged, to: full)
        }
        try files.rename(staged, to: empty)
        #expect(try content(empty.appending("a")) == "a")
    }

    @Test func `every change asks the tripwire first, and does nothing where it says no`() throws {
        _ = try Scratch.file("file", "old".utf8)
        _ = try Scratch.file("tree/a", "a".utf8)
        let before = try TreeSnapshot.of(Scratch.folder)
        let (file, other) = (Scratch.folder.appending("file"), Scratch.folder.appending("other"))
        let changes: [(String, (DurableFiles) throws -> Void)] = [
            ("create", { try $0.create(other, "x".utf8) }), ("replace", { try $0.replace(file, "x".utf8) }),
            ("makeDirectory", { try $0.makeDirectory(other) }), ("makeDirectories", { try $0.makeDirectories(other) }),
            ("rename", { try $0.rename(file, to: other) }), ("remove", { try $0.removeIfPresent(file) }),
            ("removeTree", { try $0.removeTree(Scratch.folder.appending("tree")) }),
            ("append", { try $0.append("x".utf8, to: file, at: 0) }), ("sync", { try $0.sync(file) }),
            ("syncFileSystem", { try $0.syncFileSystem(holding: file) }),
        ]
        for (name, change) in changes {
            let recorder = StepRecorder(failing: 0)
            #expect(throws: StepRecorder.Tripped.self, "\(name)") { try change(recorder.files) }
            #expect(recorder.steps.count == 1, "\(name)")
            #expect(try TreeSnapshot.of(Scratch.folder) == before, "\(name)")
        }
    }

    @Test func `syncing what is not there is a failure`() {
        let nowhere = Scratch.folder.appending("nowhere")
        #expect(throws: FileSafetyError(.notFound, operation: "", path: "", reason: "")) {
            try DurableFiles().sync(nowhere)
        }
        #expect(throws: FileSafetyError(.notFound, operation: "", path: "", reason: "")) {
            try DurableFiles().syncFileSystem(holding: nowhere)
        }
    }
}
