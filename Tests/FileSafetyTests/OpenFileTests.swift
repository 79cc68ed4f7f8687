import FileSafety
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct OpenFileTests {
    @Test(arguments: [0, 1, 4095, 4096, 4097, 1 << 20])
    func `the whole content comes, whatever its length`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let path = try Scratch.file("a", bytes)
        #expect(try OpenFile.content(of: path, limit: count) == bytes)
    }

    @Test func `a file over the limit is refused, one at the limit is not`() throws {
        let path = try Scratch.file("a", [UInt8](repeating: 7, count: 100))
        #expect(try OpenFile.content(of: path, limit: 100).count == 100)
        let error = #expect(throws: FileSafetyError.self) { try OpenFile.content(of: path, limit: 99) }
        #expect(error?.code == .tooLarge)
        #expect(error?.reason.contains("100 bytes") == true)
    }

    @Test func `a file that holds more than its length says is held to the limit as well`() {
        // Files of /proc have the length 0, as a file has that grows while it is read.
        #expect(throws: FileSafetyError(.tooLarge, operation: "", path: "", reason: "")) {
            try OpenFile.content(of: "/proc/self/status", limit: 10)
        }
        #expect(throws: Never.self) { try OpenFile.content(of: "/proc/self/status", limit: 1 << 20) }
    }

    @Test func `a new file is not made over anything, not even a broken link`() throws {
        let taken = try Scratch.file("taken", "old".utf8)
        let link = Scratch.folder.appending("link")
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "nowhere")
        for path in [taken, link, try Scratch.directory("folder")] {
            #expect(throws: FileSafetyError(.exists, operation: "", path: "", reason: "")) {
                try DurableFiles().create(path, "new".utf8)
            }
        }
        #expect(try OpenFile.content(of: taken, limit: 10) == Array("old".utf8))
        #expect(!FileStatus.exists(Scratch.folder.appending("nowhere")))
    }

    @Test func `a link is not written through`() throws {
        let target = try Scratch.file("target", "old".utf8)
        let link = Scratch.folder.appending("link")
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: target.string)
        #expect(throws: FileSafetyError(.symbolicLink, operation: "", path: "", reason: "")) {
            try DurableFiles().append("new".utf8, to: link, at: 0)
        }
        #expect(throws: FileSafetyError(.symbolicLink, operation: "", path: "", reason: "")) {
            try OpenFile.content(of: link, limit: 10)
        }
        #expect(try OpenFile.content(of: target, limit: 10) == Array("old".utf8))
    }

    @Test func `hard links are counted`() throws {
        let path = try Scratch.file("one", "x".utf8)
        #expect(try FileStatus.of(path).linkCount == 1)
        try FileManager.default.linkItem(atPath: path.string, toPath: Scratch.folder.appending("two").string)
        let (one, two) = (try FileStatus.of(path), try FileStatus.of(Scratch.folder.appending("two")))
        #expect(one.linkCount == 2)
        #expect(one.identity == two.identity)
    }

    @Test func `the status of a link is the link's, unless it is followed`() throws {
        let target = try Scratch.file("target", "12345".utf8)
        let link = Scratch.folder.appending("link")
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "target")
        #expect(try FileStatus.of(link).kind == .symbolicLink)
        #expect(try FileStatus.following(link) == FileStatus.of(target))
        #expect(try FileStatus.of(target).size == 5)
        try FileManager.default.removeItem(atPath: target.string)
        #expect(FileStatus.exists(link))
        #expect(throws: FileSafetyError(.notFound, operation: "", path: "", reason: "")) {
            try FileStatus.following(link)
        }
    }

    @Test(arguments: [
        (Errno.noSpace, FileSafetyError.Code.noSpace), (.diskQuotaExceeded, .noSpace),
        (.permissionDenied, .permissionDenied),
        (.readOnlyFileSystem, .readOnly), (.ioError, .device), (.fileExists, .exists), (.directoryNotEmpty, .exists),
        (.tooManySymbolicLinkLevels, .symbolicLink), (.brokenPipe, .other),
    ])
    func `an errno becomes a kind of failure that says what to do`(errno: Errno, code: FileSafetyError.Code) {
        let error = FileSafetyError(errno: errno, operation: "write", path: "a")
        #expect(error.code == code)
        #expect(error.description.hasPrefix("cannot write 'a': "))
        let helps = code != .other
        #expect((error.remedy != nil) == helps)
        #expect(error.description.contains("; ") == helps)
    }
}
