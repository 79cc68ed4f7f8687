import FileSafety
import Fixity
import Packaging
import SystemPackage
import TestSupport

/// A moment that every sample carries: 2024-03-15 08:30:10 UTC.
let sampleTime = 1_710_491_410

/// Makes small packages for tests.
enum PackageSamples {
    /// A payload file and a tag file of each kind of content, the file ones written below the scratch folder.
    static func members() throws -> [PackageMember] {
        [
            text("data/r/v1/letter.txt", "surat\n", modified: sampleTime + 1),
            try file("data/r/v1/scan.tif", Array(repeating: 7, count: 300_000)),
            text("README.txt", "read me\n"),
            text("data/empty", "", modified: 0),
        ]
    }

    /// A member with this text.
    static func text(_ path: String, _ text: String, modified: Int = sampleTime) -> PackageMember {
        PackageMember(path: path, content: .bytes(Array(text.utf8)), modified: modified)
    }

    /// A member whose bytes lie in a file of the scratch folder.
    static func file(_ path: String, _ bytes: [UInt8], sha512: String? = nil, size: Int? = nil) throws -> PackageMember
    {
        let digest = Digest.of(bytes, .sha512).hex
        let source = Scratch.folder.appending("source-" + digest.prefix(16))
        if !FileStatus.exists(source) { try DurableFiles().create(source, bytes) }
        return PackageMember(
            path: path,
            content: .file(source, size: size ?? bytes.count, sha512: sha512 ?? digest),
            modified: sampleTime
        )
    }

    /// Writes a bag named `bag` into the scratch folder.
    @discardableResult
    static func write(
        _ members: [PackageMember],
        _ format: PackageFormat,
        as fileName: String? = nil,
        files: DurableFiles = DurableFiles(),
        replacing: Bool = false
    ) throws -> (path: FilePath, receipt: PackageReceipt) {
        let path = Scratch.folder.appending(fileName ?? "package.\(format.rawValue)")
        let receipt = try BagWriter(files: files).write(
            name: "bag",
            members: members,
            info: ["Source-Organization": "Kantor"],
            modified: sampleTime,
            format: format,
            to: path,
            replacing: replacing
        )
        return (path, receipt)
    }

    /// What is in the scratch folder, without the sources of members.
    static func leftovers() throws -> [String] {
        try FolderEntries(of: Scratch.folder).map(\.name.shown).filter { !$0.hasPrefix("source-") }
    }
}
