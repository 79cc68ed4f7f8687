import FileSafety
import Fixity
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.scratch)
struct FileDigesterTests {
    /// A file whose last change lies in the past, so that a change of now is a change of time, whatever the clock's
    /// resolution.
    private func agedFile(_ bytes: [UInt8]) throws -> FilePath {
        let path = try Scratch.file("source", bytes)
        let past = Date(timeIntervalSince1970: 1_600_000_000)
        try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path.string)
        return path
    }

    private func sample(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ $0 / 256) }
    }

    @Test(arguments: [1, 7, 4096, 10_000, 10_001, 65_536], [1, 4096, 10_000])
    func `the pieces put together are the file`(count: Int, buffer: Int) throws {
        let bytes = sample(count)
        let digester = FileDigester(.sha512, bufferSize: buffer)
        var pieces: [UInt8] = []
        var longest = 0
        let reading = try unsafe digester.read(try OpenFile.reading(try agedFile(bytes))) { piece in
            unsafe pieces += Array(piece)
            longest = max(longest, piece.count)
        }
        #expect(pieces == bytes)
        #expect(longest <= buffer)
        #expect(reading == FileReading(digest: Digest.of(bytes, .sha512), size: count, modified: 1_600_000_000))
    }

    @Test func `an empty file has the digest of nothing, and no pieces`() throws {
        var pieces = 0
        let reading = try unsafe FileDigester().read(try OpenFile.reading(try agedFile([]))) { _ in pieces += 1 }
        #expect(reading == FileReading(digest: Digest.of([], .sha512), size: 0, modified: 1_600_000_000))
        #expect(pieces == 0)
    }

    @Test func `one pass makes several digests`() throws {
        let file = try OpenFile.reading(try agedFile(sample(10_000)))
        let reading = try unsafe FileDigester(.sha256, bufferSize: 1000).read(file, further: [.md5, .blake2b160]) { _ in
        }
        #expect(reading.digest == Digest.of(sample(10_000), .sha256))
        #expect(reading.further == [.of(sample(10_000), .md5), .of(sample(10_000), .blake2b160)])
    }

    @Test func `one reader digests many files, each for itself`() throws {
        let digester = FileDigester(.sha256, bufferSize: 100)
        for count in [1000, 10, 100, 0] {
            let file = try OpenFile.reading(try agedFile(sample(count)))
            #expect(try digester.read(file).digest == Digest.of(sample(count), .sha256))
        }
    }

    /// What somebody does to a file while it is read.
    enum Meddling: CaseIterable {
        case overwriting, appending, cutting, emptying, touching, replacing
    }

    @Test(arguments: Meddling.allCases)
    func `a file that changes while it is read is refused`(meddling: Meddling) throws {
        let path = try agedFile(sample(10_000))
        let digester = FileDigester(.sha512, bufferSize: 1000)
        var pieces = 0
        let error = #expect(throws: FileChangedError.self) {
            try unsafe digester.read(try OpenFile.reading(path)) { _ in
                pieces += 1
                if pieces == 2 { try self.meddle(meddling, path) }
            }
        }
        #expect(error?.path == path)
        #expect(error?.description.contains("changed while it was being read") == true)
    }

    private func meddle(_ meddling: Meddling, _ path: FilePath) throws {
        let handle = try #require(FileHandle(forUpdatingAtPath: path.string))
        defer { try? handle.close() }
        switch meddling {
        case .overwriting: try handle.write(contentsOf: Data([1, 2, 3]))
        case .appending:
            try handle.seekToEnd()
            try handle.write(contentsOf: Data([1]))
        case .cutting: try handle.truncate(atOffset: 9999)
        case .emptying: try handle.truncate(atOffset: 0)
        case .touching: try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path.string)
        case .replacing: try DurableFiles().replace(path, sample(10_000))
        }
    }

    @Test func `what the sink throws is thrown`() throws {
        struct Full: Error {}
        let path = try agedFile(sample(10))
        #expect(throws: Full.self) {
            try unsafe FileDigester().read(try OpenFile.reading(path)) { _ in throw Full() }
        }
    }

    @Test func `a file that is not read from its start is not vouched for`() throws {
        let file = try OpenFile.reading(try agedFile(Array("xabc".utf8)))
        try file.seek(to: 1)
        #expect(throws: FileChangedError.self) { try FileDigester().read(file) }
    }
}
