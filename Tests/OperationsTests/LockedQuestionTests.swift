import ArchiveHome
import Catalogue
import FileSafety
import Operations
import RecordsModel
import SystemPackage
import TestArchives
import TestSupport
import Testing

/// What is asked where the home is locked and its dates are stale.
@Suite(.scratch)
struct LockedQuestionTests {
    @Test func `a question can be asked again where the home is locked and its dates are stale`() throws {
        let archive = try TestArchive(making: Scratch.folder.appending("home"))
        #expect(
            archive.ingest(try BatchFolder(Scratch.folder.appending("a"), [BatchFolder.Row("a.txt", "a")])).error == nil
        )
        let home = try archive.home()
        let lock = try AdvisoryLock.take(archive.path.appending(".lock"), holder: "a writer")
        let ask = try AskRetention(home, TestArchive.context())
        let question = RetentionQuestion(asOf: TestArchive.moment.date)
        for _ in 1...2 {
            var lines = 0
            try ask.list(question) { _ in lines += 1 }
            #expect(lines == 1)
        }
        withExtendedLifetime(lock) {}
    }
}
