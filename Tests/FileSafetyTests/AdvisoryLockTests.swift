import FileSafety
import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct AdvisoryLockTests {
    private let words = "process 4711 since 2026-11-23T21:07:20+08:00"

    /// Takes the lock and gives it back at once; nil, or why not.
    private func refusal(_ path: FilePath, holder: String = "another") -> FileSafetyError? {
        do throws(FileSafetyError) {
            _ = try AdvisoryLock.take(path, holder: holder)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a second taker is told who has the lock, and the holder's words stay`() throws {
        let path = Scratch.folder.appending("lock")
        let lock = try AdvisoryLock.take(path, holder: words)
        for _ in 0..<2 {
            let error = refusal(path)
            #expect(error?.code == .locked)
            #expect(error?.reason == "locked by \(words)")
        }
        #expect(try OpenFile.content(of: path, limit: 100) == Array(words.utf8))
        withExtendedLifetime(lock) {}
    }

    @Test func `the lock is dropped when its holder ends, and new words replace longer ones`() throws {
        let path = Scratch.folder.appending("lock")
        func hold() throws {
            let lock = try AdvisoryLock.take(path, holder: words)
            #expect(refusal(path)?.code == .locked)
            withExtendedLifetime(lock) {}
        }
        try hold()
        #expect(refusal(path, holder: "short") == nil)
        #expect(try OpenFile.content(of: path, limit: 100) == Array("short".utf8))
    }

    @Test func `the lock ends with its holder, though a program that was started meanwhile has its descriptor`() throws
    {
        let path = Scratch.folder.appending("lock")
        var child: pid_t = 0
        func hold() throws {
            let lock = try AdvisoryLock.take(path, holder: words)
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
            let descriptor = try #require(
                open.first {
                    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path.string
                }
            )
            var actions = unsafe posix_spawn_file_actions_t()
            unsafe posix_spawn_file_actions_init(&actions)
            // Onto itself: the flag that closes it for the new program is taken away.
            unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, descriptor)
            let words: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("sleep"), strdup("60"), nil]
            #expect(unsafe posix_spawnp(&child, "sleep", &actions, nil, words, environ) == 0)
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe words.forEach { unsafe free($0) }
            #expect(refusal(path)?.code == .locked)
            withExtendedLifetime(lock) {}
        }
        try hold()
        #expect(refusal(path) == nil)
        kill(child, SIGKILL)
        var status: Int32 = 0
        unsafe waitpid(child, &status, 0)
    }

    @Test func `two files are two locks`() throws {
        let lock = try AdvisoryLock.take(Scratch.folder.appending("one"), holder: words)
        #expect(refusal(Scratch.folder.appending("two")) == nil)
        withExtendedLifetime(lock) {}
    }

    @Test func `a lock of another process counts, and a kill drops it`() throws {
        guard Tool.isPresent("flock") else { return }
        let path = try Scratch.file("lock", words.utf8)
        let marker = Scratch.folder.appending("taken")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // `--no-fork`: the program that sleeps is the one that holds the lock.
        // The shell makes the marker itself: a child would hold the lock too, for as long as it lives.
        let script = ": > \"$1\"; exec sleep 600"
        process.arguments = ["flock", "--no-fork", path.string, "sh", "-c", script, "sh", marker.string]
        try process.run()
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        while !FileStatus.exists(marker), process.isRunning { usleep(1000) }
        #expect(refusal(path)?.code == .locked)
        #expect(refusal(path)?.reason == "locked by \(words)")
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(refusal(path) == nil)
    }

    @Test func `a link or a folder in place of the lock file is refused`() throws {
        let target = try Scratch.file("target", "untouched".utf8)
        let link = Scratch.folder.appending("link")
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: target.string)
        #expect(refusal(link)?.code == .symbolicLink)
        #expect(refusal(try Scratch.directory("folder"))?.code == .notARegularFile)
        #expect(try OpenFile.content(of: target, limit: 100) == Array("untouched".utf8))
    }
}
