import FileSafety
import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct DirectoryHandleTests {
    /// Reads a file of the scratch folder through a handle of it.
    private func read(_ relative: FilePath) throws -> String {
        let folder = try DirectoryHandle.open(Scratch.folder)
        return String(decoding: try folder.openFile(at: relative).content(limit: 1 << 20), as: UTF8.self)
    }

    private func code(_ relative: FilePath) -> FileSafetyError.Code? {
        do {
            _ = try read(relative)
            return nil
        } catch {
            return (error as? FileSafetyError)?.code
        }
    }

    private func link(_ name: String, to target: String) throws {
        let path = Scratch.folder.appending(name).string
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    @Test(arguments: ["a.txt", "sub/b.txt", "sub/deep/c.txt", "sub//b.txt"])
    func `a file below the folder is read`(path: String) throws {
        _ = try Scratch.file(path, "content".utf8)
        #expect(try read(FilePath(path)) == "content")
    }

    @Test(arguments: ["..", "../outside.txt", "sub/../a.txt", "sub/..", "./a.txt", "sub/./a.txt", "/etc/hostname"])
    func `a path that leads upwards, stays in place or is absolute is refused`(path: String) throws {
        _ = try Scratch.file("a.txt", "a".utf8)
        _ = try Scratch.file("sub/a.txt", "a".utf8)
        #expect(code(FilePath(path)) == .outside)
        let folder = try DirectoryHandle.open(Scratch.folder)
        #expect(throws: FileSafetyError(.outside, operation: "", path: "", reason: "")) {
            try folder.status(at: FilePath(path))
        }
    }

    @Test func `an empty path is no file`() {
        #expect(code("") == .notFound)
    }

    @Test func `a symbolic link at the end is refused, also where it leads into the folder`() throws {
        _ = try Scratch.file("a.txt", "a".utf8)
        try link("inside", to: "a.txt")
        try link("outside", to: "/etc/passwd")
        try link("broken", to: "nowhere")
        try link("loop", to: "loop")
        for name in ["inside", "outside", "broken", "loop"] { #expect(code(FilePath(name)) == .symbolicLink) }
    }

    @Test func `a symbolic link in the middle is refused`() throws {
        _ = try Scratch.file("sub/a.txt", "a".utf8)
        _ = try Scratch.directory("sub/deep")
        try link("way", to: "sub")
        try link("sub/deep/up", to: "../../sub")
        #expect(code("way/a.txt") == .symbolicLink)
        #expect(code("sub/deep/up/a.txt") == .symbolicLink)
        let folder = try DirectoryHandle.open(Scratch.folder)
        #expect(throws: FileSafetyError(.symbolicLink, operation: "", path: "", reason: "")) {
            try folder.status(at: "way/a.txt")
        }
    }

    @Test func `a FIFO is refused and not waited on`() throws {
        let made = unsafe Scratch.folder.appending("pipe").withPlatformString { unsafe mkfifo($0, 0o600) }
        try #require(made == 0)
        #expect(code("pipe") == .notARegularFile)
        #expect(throws: FileSafetyError(.notARegularFile, operation: "", path: "", reason: "")) {
            _ = try OpenFile.content(of: Scratch.folder.appending("pipe"), limit: 10)
        }
    }

    @Test func `a socket is refused`() throws {
        let path = Scratch.folder.appending("socket").string
        // Bound by its name alone: a socket's path may not be longer than 107 bytes.
        let script = "import socket; socket.socket(socket.AF_UNIX).bind('socket')"
        let made = try Tool.run("python3", ["-c", script], directory: Scratch.folder)
        try #require(made.status == 0, "\(made.errorText)")
        #expect(code("socket") == .notARegularFile)
        #expect(throws: FileSafetyError(.notARegularFile, operation: "", path: "", reason: "")) {
            _ = try OpenFile.content(of: FilePath(path), limit: 10)
        }
    }

    @Test func `a folder is refused, and so is a file as a folder`() throws {
        _ = try Scratch.file("sub/a.txt", "a".utf8)
        #expect(code("sub") == .notARegularFile)
        #expect(code("sub/a.txt/b.txt") == .notARegularFile)
        #expect(throws: FileSafetyError(.notARegularFile, operation: "", path: "", reason: "")) {
            _ = try OpenFile.content(of: Scratch.folder.appending("sub"), limit: 10)
        }
    }

    @Test func `a device is refused`() throws {
        let device = try DirectoryHandle.open("/dev")
        #expect(throws: FileSafetyError(.notARegularFile, operation: "", path: "", reason: "")) {
            _ = try device.openFile(EntryName("null"))
        }
    }

    @Test func `what is missing is missing, and a name over 255 bytes is too long`() {
        #expect(code("nowhere") == .notFound)
        #expect(code("nowhere/a.txt") == .notFound)
        #expect(code(FilePath(String(repeating: "n", count: 256))) == .nameTooLong)
    }

    @Test func `an error says what was done to which path`() {
        let error = #expect(throws: FileSafetyError.self) { try read("sub/nowhere") }
        #expect(error?.path.string.hasSuffix("/sub") == true)
        #expect(error?.description.hasPrefix("cannot open '") == true)
    }
}
