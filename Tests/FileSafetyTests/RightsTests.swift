import FileSafety
import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// The bits, the owner and the group of a path.
private func look(_ path: FilePath) throws -> (mode: mode_t, owner: uid_t, group: gid_t) {
    var raw = stat()
    try #require(unsafe path.withPlatformString { unsafe lstat($0, &raw) } == 0, "\(path)")
    return (raw.st_mode & 0o7777, raw.st_uid, raw.st_gid)
}

@Suite(.scratch)
struct RightsTests {
    private func top(_ mode: mode_t) throws -> FilePath {
        let top = try Scratch.directory("top")
        try #require(unsafe top.withPlatformString { unsafe chmod($0, mode) } == 0)
        return top
    }

    @Test(
        arguments: [
            (0o2770, 0o2770, 0o660), (0o770, 0o770, 0o660), (0o700, 0o700, 0o600), (0o755, 0o755, 0o644),
            (0o2775, 0o2775, 0o664), (0o777, 0o777, 0o666), (0o1777, 0o777, 0o666), (0o2750, 0o2750, 0o640),
        ] as [(mode_t, mode_t, mode_t)]
    )
    func `what is made below a top folder has its rights, whatever the umask is`(
        mode: mode_t,
        folders: mode_t,
        files: mode_t
    ) throws {
        let top = try top(mode)
        let changes = DurableFiles(home: try RightsBelow(top))
        try changes.makeDirectories(top.pushing("a/b"))
        try changes.create(top.pushing("a/b/created"), "x".utf8)
        try changes.replace(top.pushing("a/b/replaced"), "x".utf8)
        try changes.append("x".utf8, to: top.pushing("a/b/appended"), at: 0)
        try changes.prepareDatabase(top.appending("database"))
        let rights = changes.rights(at: top.appending("handle"))
        let handle = try DirectoryHandle.open(top)
        try handle.makeFolder(EntryName("handle"), rights)
        _ = try handle.createFile(EntryName("handled"), rights)
        _ = try AdvisoryLock.take(top.appending("lock"), holder: "me", rights: rights)
        for path in ["a", "a/b", "handle"] { #expect(try look(top.pushing(FilePath(path))).mode == folders, "\(path)") }
        for path in ["a/b/created", "a/b/replaced", "a/b/appended", "database", "handled", "lock"] {
            #expect(try look(top.pushing(FilePath(path))).mode == files, "\(path)")
        }
    }

    @Test func `what is made outside of the top folder is left to the umask`() throws {
        let changes = DurableFiles(home: try RightsBelow(try top(0o777)))
        let mask = umask(0)
        umask(mask)
        let outside = Scratch.folder.appending("outside")
        try changes.makeDirectory(outside)
        try changes.create(outside.appending("file"), [])
        try changes.create(Scratch.folder.pushing("top/../beside"), [])
        #expect(try look(outside).mode & 0o777 == 0o755 & ~mask)
        #expect(try look(outside.appending("file")).mode == 0o644 & ~mask)
        #expect(try look(Scratch.folder.appending("beside")).mode == 0o644 & ~mask)
    }

    @Test func `what root makes is given to the owner and the group of the top folder`() throws {
        guard geteuid() == 0 else {
            print("LEFT OUT: giving files away needs root")
            return
        }
        let top = try top(0o2770)
        try #require(unsafe top.withPlatformString { unsafe chown($0, 1234, 4321) } == 0)
        try #require(unsafe top.withPlatformString { unsafe chmod($0, 0o2770) } == 0)
        let changes = DurableFiles(home: try RightsBelow(top))
        try changes.makeDirectories(top.pushing("a/b"))
        try changes.create(top.pushing("a/b/file"), "x".utf8)
        _ = try AdvisoryLock.take(
            top.appending("lock"),
            holder: "me",
            rights: changes.rights(at: top.appending("lock"))
        )
        for path in ["a", "a/b", "a/b/file", "lock"] {
            let found = try look(top.pushing(FilePath(path)))
            #expect(found.owner == 1234 && found.group == 4321, "\(path)")
            #expect(found.mode == (path.hasSuffix("file") || path == "lock" ? 0o660 : 0o2770), "\(path)")
        }
    }

    @Test func `a new home is shared where the folder that it is made in is, and else open to no others`() throws {
        let shared = try top(0o2777)
        try DurableFiles().makeTop(shared.appending("home"))
        #expect(try look(shared.appending("home")).mode == 0o2770)
        let plain = try Scratch.directory("plain")
        try #require(unsafe plain.withPlatformString { unsafe chmod($0, 0o755) } == 0)
        try DurableFiles().makeTop(plain.pushing("new/home"))
        #expect(try look(plain.pushing("new/home")).mode & 0o027 == 0)
        #expect(try look(plain.pushing("new/home")).mode & 0o700 == 0o700)
        // One that is there stays as its owner made it.
        let there = try Scratch.directory("there")
        try #require(unsafe there.withPlatformString { unsafe chmod($0, 0o751) } == 0)
        try DurableFiles().makeTop(there)
        #expect(try look(there).mode == 0o751)
    }

    @Test func `what cannot be changed is named before it is tried`() throws {
        let file = try Scratch.file("file", "x".utf8)
        #expect(FileStatus.obstacle(toChanging: file) == nil)
        #expect(FileStatus.obstacle(toChanging: Scratch.folder) == nil)
        #expect(FileStatus.obstacle(toChanging: Scratch.folder.appending("nowhere")) == nil)
        let there = FilePath("/proc/self/status")
        // Read-only for everybody, root included.
        #expect(FileStatus.obstacle(toChanging: FilePath("/sys/kernel/notes")) != nil || geteuid() == 0)
        #expect(FileStatus.exists(there))
    }
}
