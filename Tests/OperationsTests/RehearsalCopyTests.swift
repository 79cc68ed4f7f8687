import ArchiveHome
import FileSafety
import Foundation
import RecordsModel
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// The copy that a rehearsal works in: whole, apart, and gone at the end.
@Suite(.scratch)
struct RehearsalCopyTests {
    private static let day = TestArchive.moment.date

    private func archive() throws -> TestArchive {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        let batch = try BatchFolder(Scratch.folder.appending("batch"), [.init("a.txt", "satu"), .init("b.txt", "dua")])
        #expect(archive.ingest(batch).kept.count == 2)
        return archive
    }

    @Test func `the copy has every byte and shares no file, so that nothing is written through`() throws {
        let archive = try archive()
        let place = Scratch.folder.appending("sementara")
        try FileManager.default.createDirectory(atPath: place.string, withIntermediateDirectories: true)
        let before = try TreeSnapshot.of(archive.path)
        let copy = try RehearsalCopy(of: archive.home(), for: Self.day, in: place, TestArchive.context())
        let after = try TreeSnapshot.of(copy.home)
        let left = ["berkas.yaml", ".lock", "intake", "reports", "repair"]
        for (path, content) in before where !left.contains(path.split(separator: "/").first.map(String.init) ?? "") {
            #expect(after[path] == content, "\(path)")
        }
        let files = try Tool.run("find", [copy.home.string, "-type", "f", "-links", "+1"])
        #expect(files.lines.isEmpty, "\(files.lines)")
        // What is written into each file of the copy changes none of the home.
        let all = try Tool.run("find", [copy.home.string, "-type", "f"])
        #expect(all.lines.count > 8)
        for path in all.lines { try Data("lain".utf8).write(to: URL(fileURLWithPath: String(path))) }
        #expect(try TreeSnapshot.of(archive.path) == before)
        try copy.remove()
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.string).isEmpty)
    }

    @Test func `a home in which a command works is not copied, and neither is a day that has passed tried`() throws {
        let archive = try archive()
        let place = Scratch.folder
        let names = try FileManager.default.contentsOfDirectory(atPath: place.string).sorted()
        do {
            let writer = try ArchiveWriter(archive.home(), TestArchive.context(), running: [])
            #expect(throws: FileSafetyError.self) {
                _ = try RehearsalCopy(of: writer.home, for: Self.day, in: place, TestArchive.context())
            }
        }
        let yesterday = CivilDate(daysSinceEpoch: Self.day.daysSinceEpoch - 1)
        #expect(throws: OperationError(.usage, message: "", remedy: "")) {
            _ = try RehearsalCopy(of: archive.home(), for: yesterday, in: place, TestArchive.context())
        }
        let stopped = TestArchive.context(isInterrupted: { true })
        #expect(throws: OperationError(.interrupted, message: "", remedy: "")) {
            _ = try RehearsalCopy(of: archive.home(), for: Self.day, in: place, stopped)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.string).sorted() == names)
    }

    @Test func `links are not followed and not copied, and that is told`() throws {
        let archive = try archive()
        let link = archive.path.appending("policy").appending("tautan").string
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/passwd")
        var copy = FolderCopy()
        let target = Scratch.folder.appending("salinan")
        try copy.copy(archive.path, to: target)
        #expect(copy.strange.map { $0.lastComponent?.string } == ["tautan"])
        #expect(!FileManager.default.fileExists(atPath: target.appending("policy").appending("tautan").string))
        #expect(copy.bytes == (try FolderCopy.size(of: archive.path)))
    }
}
