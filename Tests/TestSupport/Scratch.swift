import Foundation
package import SystemPackage
package import Testing

/// Gives a test a folder of its own, removed afterwards: `@Test(.scratch)`, then `Scratch.folder`.
///
/// With `BERKAS_KEEP_SCRATCH=1` in the environment the folder stays, and its path is printed.
package struct ScratchTrait: TestTrait, SuiteTrait, TestScoping {
    /// Runs the test with its folder in place.
    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil || !test.isSuite else {
            try await function()
            return
        }
        let folder = Scratch.base.appending("berkas-test-" + UUID().uuidString.lowercased())
        try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        defer {
            if ProcessInfo.processInfo.environment["BERKAS_KEEP_SCRATCH"] == "1" {
                print("kept: \(folder.string)")
            } else {
                try? FileManager.default.removeItem(atPath: folder.string)
            }
        }
        try await Scratch.$current.withValue(folder) { try await function() }
    }

    /// The trait reaches every test of a suite that carries it.
    package var isRecursive: Bool { true }
}

extension Trait where Self == ScratchTrait {
    /// A folder of the test's own, as `Scratch.folder`.
    package static var scratch: ScratchTrait { ScratchTrait() }
}

/// The folder of the running test.
package enum Scratch {
    @TaskLocal static var current: FilePath?

    /// Where test folders are made: `TMPDIR`, else memory where a gigabyte is free there, else `/tmp`.
    ///
    /// Tests sync whole file systems many thousand times; on a disk that others write to, each would wait for them.
    package static let base: FilePath = {
        if let named = ProcessInfo.processInfo.environment["TMPDIR"] { return FilePath(named) }
        let memory = try? FileManager.default.attributesOfFileSystem(forPath: "/dev/shm")
        let free = (memory?[.systemFreeSize] as? NSNumber)?.intValue ?? 0
        return free > 1 << 30 && FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
    }()

    /// The folder of the running test; a test without `.scratch` ends here.
    package static var folder: FilePath {
        guard let current else { preconditionFailure("this test has no .scratch trait") }
        return current
    }
}
