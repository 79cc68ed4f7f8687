import FileSafety
import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// A home and a backup of it made with hard links: what is written in one never reaches the other.
@Suite(.scratch)
struct CopiesTests {
    private func content(_ path: FilePath) throws -> String {
        String(decoding: try OpenFile.content(of: path, limit: 1 << 24), as: UTF8.self)
    }

    /// A file with a further name.
    private func linked(_ name: String, _ text: String) throws -> (file: FilePath, copy: FilePath) {
        let file = try Scratch.file(name, text.utf8)
        let copy = Scratch.folder.appending("copy-of-" + name)
        try FileManager.default.linkItem(atPath: file.string, toPath: copy.string)
        return (file, copy)
    }

    @Test(arguments: ["one\n", "one\ntorn", "one\n" + String(repeating: "x", count: 3 << 20)])
    func `appending breaks the link first, and cuts only its own`(text: String) throws {
        let (file, copy) = try linked("log", text)
        try DurableFiles().append("two\n".utf8, to: file, at: 4)
        #expect(try content(file) == "one\ntwo\n")
        #expect(try content(copy) == text)
        #expect(try FileStatus.of(file).linkCount == 1)
        let whole = try linked("large", text)
        try DurableFiles().append("two\n".utf8, to: whole.file, at: text.utf8.count)
        #expect(try content(whole.file) == text + "two\n")
        #expect(try content(whole.copy) == text)
    }

    @Test func `the link is broken by data before names, and only where there is one`() throws {
        let (file, _) = try linked("log", "one\n")
        let recorder = StepRecorder()
        try recorder.files.append("two\n".utf8, to: file, at: 4)
        let folder = try #require(Scratch.folder.lastComponent).string
        #expect(
            recorder.steps == [
                "write log.new", "sync log.new", "rename log", "sync \(folder)", "append log", "sync log",
            ]
        )
        let second = StepRecorder()
        try second.files.append("three\n".utf8, to: file, at: 8)
        #expect(second.steps == ["append log", "sync log"])
    }

    @Test(arguments: 0..<6, [true, false])
    func `an append to a linked file that fails at any step can be made again, and the copy stays`(
        step: Int,
        crash: Bool
    ) throws {
        let (file, copy) = try linked("log", "one\n")
        let recorder = StepRecorder(failing: step, isCrash: crash)
        #expect(throws: StepRecorder.Tripped.self) { try recorder.files.append("two\n".utf8, to: file, at: 4) }
        #expect(try content(file).hasPrefix("one\n"))
        #expect(try content(copy) == "one\n")
        try DurableFiles().append("two\n".utf8, to: file, at: 4)
        #expect(try content(file) == "one\ntwo\n")
        #expect(try content(copy) == "one\n")
        try DurableFiles().append("two\n".utf8, to: file, at: 4)
        #expect(try content(file) == "one\ntwo\n")
    }

    @Test func `a replacement and a lock leave the copy as it was`() throws {
        let checkpoint = try linked("checkpoint", "old")
        try DurableFiles().replace(checkpoint.file, "new".utf8)
        #expect(try content(checkpoint.copy) == "old")
        let lock = try linked("lock", "process 1")
        let held = try AdvisoryLock.take(lock.file, holder: "process 2")
        #expect(try content(lock.file) == "process 2")
        #expect(try content(lock.copy) == "process 1")
        // The lock that is held is the one that others meet, and the copy has one of its own.
        #expect(throws: FileSafetyError(.locked, operation: "", path: "", reason: "")) {
            _ = try AdvisoryLock.take(lock.file, holder: "process 3")
        }
        _ = try AdvisoryLock.take(lock.copy, holder: "process 4")
        withExtendedLifetime(held) {}
    }

    @Test func `a lock whose file was taken away meanwhile is not the lock of the path`() throws {
        let path = Scratch.folder.appending("lock")
        let held = try AdvisoryLock.take(path, holder: "first")
        try FileManager.default.removeItem(atPath: path.string)
        let other = try AdvisoryLock.take(path, holder: "second")
        #expect(throws: FileSafetyError(.locked, operation: "", path: "", reason: "")) {
            _ = try AdvisoryLock.take(path, holder: "third")
        }
        withExtendedLifetime(held) {}
        withExtendedLifetime(other) {}
    }

    @Test(arguments: ["", "-wal", "-shm"])
    func `a database of which any file is linked is written anew with its log`(suffix: String) throws {
        for part in ["", "-wal", "-shm"] { _ = try Scratch.file("database" + part, "content\(part)".utf8) }
        let path = Scratch.folder.appending("database")
        let copy = Scratch.folder.appending("copy")
        let before = try ["", "-wal"].map { try FileStatus.of(FilePath(path.string + $0)).identity }
        try FileManager.default.linkItem(atPath: path.string + suffix, toPath: copy.string)
        try DurableFiles().prepareDatabase(path)
        for (part, identity) in zip(["", "-wal"], before) {
            let file = FilePath(path.string + part)
            #expect(try content(file) == "content\(part)")
            #expect(try FileStatus.of(file).identity != identity)
            #expect(try FileStatus.of(file).linkCount == 1)
        }
        #expect(!FileStatus.exists(FilePath(path.string + "-shm")))
        #expect(try content(copy) == "content\(suffix)")
    }

    @Test func `a database without further names is left alone, and a missing one is made empty`() throws {
        let path = try Scratch.file("database", "content".utf8)
        let recorder = StepRecorder()
        try recorder.files.prepareDatabase(path)
        #expect(recorder.steps.isEmpty)
        try recorder.files.prepareDatabase(Scratch.folder.appending("new"))
        #expect(recorder.steps == ["write new"])
        #expect(try content(Scratch.folder.appending("new")).isEmpty)
    }
}
