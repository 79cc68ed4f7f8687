import FileSafety
import Foundation
import Packaging
import SystemPackage
import TestSupport
import Testing

/// The place and language of a process that writes a package.
struct Surroundings: Codable, Sendable {
    let zone: String
    let locale: String
}

@Suite(.scratch)
struct SameBytesTests {
    @Test(arguments: [
        Surroundings(zone: "UTC", locale: "C"),
        Surroundings(zone: "Asia/Makassar", locale: "C.UTF-8"),
        Surroundings(zone: "America/St_Johns", locale: "POSIX"),
    ])
    func `the same members make the same bytes later, elsewhere and in another language`(
        there: Surroundings
    ) async throws {
        let folder = Scratch.folder.string
        // A process of its own, since time zone and locale belong to the whole process.
        await #expect(processExitsWith: .success) { [folder = folder as String, there = there as Surroundings] in
            SameBytesTests.move(there)
            try SameBytesTests.writeAll(below: folder, prefix: "child")
        }
        // A second and more: what a clock puts into a header, it puts there in seconds (zip: in pairs of them).
        try await Task.sleep(for: .milliseconds(2100))
        try Self.writeAll(below: folder, prefix: "parent")
        for format in PackageFormat.allCases {
            let names = ["child.\(format.rawValue)", "parent.\(format.rawValue)"]
            let compared = try Tool.run("cmp", names, directory: Scratch.folder)
            #expect(compared.status == 0, "\(compared.text)")
        }
    }

    @Test func `the order in which members are given does not matter`() throws {
        let members = try PackageSamples.members()
        let forward = try PackageSamples.write(members, .tar, as: "forward.tar").receipt
        let backward = try PackageSamples.write(members.reversed(), .tar, as: "backward.tar").receipt
        #expect(forward == backward)
    }

    @Test func `many packages written at once are the same package`() async throws {
        let receipts = try await withThrowingTaskGroup(of: PackageReceipt.self) { group in
            for number in 0..<64 {
                group.addTask { @concurrent in
                    try PackageSamples.write([PackageSamples.text("data/x", "isi")], .tarZstd, as: "\(number)").receipt
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(receipts.count == 1)
    }

    /// Puts the whole process elsewhere.
    private static func move(_ there: Surroundings) {
        unsafe setenv("TZ", there.zone, 1)
        tzset()
        precondition(unsafe setlocale(LC_ALL, there.locale) != nil, "no locale \(there.locale)")
    }

    private static func writeAll(below folder: String, prefix: String) throws {
        let paths = ["data/plain", "data/surat \u{e9}\u{65}\u{301} 😀", "data/\u{a9b1}\u{a9a0}", "catatan.txt"]
        let members = paths.map {
            PackageMember(path: $0, content: .bytes(Array($0.utf8)), modified: sampleTime)
        }
        for format in PackageFormat.allCases {
            _ = try BagWriter(files: DurableFiles()).write(
                name: "arsip-\u{e9}",
                members: members,
                info: ["Source-Organization": "Kantor"],
                modified: sampleTime,
                format: format,
                to: FilePath(folder).appending("\(prefix).\(format.rawValue)")
            )
        }
    }
}
