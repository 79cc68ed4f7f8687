import FileSafety
import Fixity
import Packaging
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// Counts durable steps, and fails one of them or that one and all later ones.
private final class Steps: Sendable {
    private let taken = Mutex(0)
    private let range: Range<Int>

    init(failing range: Range<Int> = 0..<0) { self.range = range }

    var count: Int { taken.withLock { $0 } }

    var files: DurableFiles {
        DurableFiles(
            tripwire: Tripwire { step in
                let number = self.taken.withLock { taken in
                    defer { taken += 1 }
                    return taken
                }
                guard self.range.contains(number) else { return }
                throw FileSafetyError(.noSpace, operation: "\(step.kind)", path: step.path, reason: "made to fail")
            }
        )
    }
}

@Suite(.scratch)
struct FaultTests {
    /// Enough that the container is written in several pieces.
    private func members() throws -> [PackageMember] {
        // Bytes that no filter makes fewer: the digests of numbers.
        let bytes = (0..<50_000).flatMap { Digest.of("\($0)".utf8, .sha512).bytes }
        return try PackageSamples.members() + [try PackageSamples.file("data/large", bytes)]
    }

    @Test(arguments: PackageFormat.allCases)
    func `a full disk at any step leaves nothing behind`(format: PackageFormat) throws {
        let members = try members()
        let whole = Steps()
        try PackageSamples.write(members, format, as: "whole", files: whole.files)
        #expect(whole.count > 8)
        for step in 0..<whole.count {
            let files = Steps(failing: step..<step + 1).files
            let caught = try #require(throws: FileSafetyError.self, "step \(step)") {
                try PackageSamples.write(members, format, as: "failed", files: files)
            }
            #expect(caught.code == .noSpace)
            #expect(try PackageSamples.leftovers() == ["whole", "whole.sha512"], "step \(step)")
        }
    }

    @Test(arguments: [PackageFormat.tarZstd, .zip])
    func `a crash at any step leaves no broken package, and the next run makes a whole one`(
        format: PackageFormat
    ) throws {
        let members = try members()
        let whole = Steps()
        let receipt = try PackageSamples.write(members, format, as: "whole", files: whole.files).receipt
        for step in 0..<whole.count {
            let files = Steps(failing: step..<Int.max).files
            #expect(throws: FileSafetyError.self) { try PackageSamples.write(members, format, as: "p", files: files) }
            if FileStatus.exists(Scratch.folder.appending("p")) {
                #expect(try Tool.run("cmp", ["p", "whole"], directory: Scratch.folder).status == 0, "step \(step)")
            }
            let again = try PackageSamples.write(members, format, as: "p", replacing: true).receipt
            #expect(again == receipt)
            #expect(try PackageSamples.leftovers() == ["p", "p.sha512", "whole", "whole.sha512"])
            _ = try Tool.run("rm", ["p", "p.sha512"], directory: Scratch.folder)
        }
    }

    @Test func `a replacement that fails never leaves a checksum of another container`() throws {
        let members = try members()
        let counted = Steps()
        try PackageSamples.write(members, .zip, as: "p", files: DurableFiles())
        try PackageSamples.write(members, .zip, as: "p", files: counted.files, replacing: true)
        for step in 0..<counted.count {
            _ = try Tool.run("sh", ["-c", "rm -f p p.sha512"], directory: Scratch.folder)
            try PackageSamples.write([], .zip, as: "p")
            let files = Steps(failing: step..<Int.max).files
            #expect(throws: FileSafetyError.self) {
                try PackageSamples.write(members, .zip, as: "p", files: files, replacing: true)
            }
            #expect(FileStatus.exists(Scratch.folder.appending("p")))
            let check = "test ! -e p.sha512 || sha512sum --strict -c p.sha512"
            #expect(try Tool.run("sh", ["-c", check], directory: Scratch.folder).status == 0, "step \(step)")
        }
    }
}
