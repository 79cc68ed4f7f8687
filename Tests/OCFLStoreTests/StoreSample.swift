import FileSafety
import Fixity
import Foundation
import OCFLStore
import SystemPackage
import TestSupport

/// A storage root in the test's folder.
struct StoreSample {
    static let id = "tag:office.example,2026:RKT-2024-0007"
    static let user = Inventory.User(name: "Arsiparis", address: "mailto:arsiparis@office.example")

    let root: StorageRoot
    var path: FilePath { root.path }
    var object: FilePath { root.folder(of: Self.id) }

    init() throws {
        root = try StorageRoot.create(at: Scratch.folder.appending("store"), files: DurableFiles())
    }

    /// A root that holds one object of two versions.
    static func withObject() throws -> StoreSample {
        let sample = try StoreSample()
        try sample.add([version(["record.json": "one", "files/a.pdf": "a", "files/sub/b.pdf": "b"])])
        try sample.add([version(["record.json": "two", "files/a.pdf": "a", "files/c.pdf": "c"])])
        return sample
    }

    /// A version that shows these files.
    static func version(_ files: KeyValuePairs<String, String>, message: String = "Received") -> NewVersion {
        NewVersion(
            created: "2026-11-23T21:07:20+08:00",
            message: message,
            user: user,
            files: files.map { path, text in
                let digest = Digest.of(text.utf8, .sha512).hex
                return NewVersion.File(path: path, digest: digest, content: .bytes(Array(text.utf8)))
            }
        )
    }

    /// Lays versions out beside the root.
    func stage(_ versions: [NewVersion], of id: String = Self.id, files: DurableFiles = DurableFiles()) throws
        -> StagedObject
    {
        let folder = Scratch.folder.appending("staged-\(UUID().uuidString)")
        let base = FileStatus.exists(root.folder(of: id)) ? try root.inventory(of: id) : nil
        return try StorageRoot.stage(id, on: base, versions: versions, in: folder, files: files)
    }

    /// Puts what was staged in its place.
    func install(_ staged: StagedObject, files: DurableFiles = DurableFiles()) throws {
        if staged.versions.first == VersionNumber(1) {
            try root.installObject(staged.id, from: staged.folder, files: files)
        } else {
            try root.installVersions(staged.versions, of: staged.id, from: staged.folder, files: files)
        }
    }

    func add(_ versions: [NewVersion], to id: String = Self.id) throws { try install(try stage(versions, of: id)) }

    /// Looks at the object.
    func inspect() throws -> ObjectReport {
        var inspector = ObjectInspector(folder: object, name: "object", digester: FileDigester())
        return try inspector.inspect()
    }

    /// What is wrong with the object, as `code path`.
    func findings() throws -> [String] { try inspect().findings.map { "\($0.code) \($0.path ?? "-")" } }

    /// What is wrong with the root, as `code path`.
    func strays() throws -> [String] { try root.walk().findings.map { "\($0.code) \($0.path ?? "-")" } }

    // MARK: - Damage

    func read(_ path: String) throws -> [UInt8] {
        try OpenFile.content(of: object.pushing(FilePath(path)), limit: 1 << 24)
    }

    func write(_ path: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: object.pushing(FilePath(path)).string))
    }

    func remove(_ path: String) throws { try DurableFiles().removeTree(object.pushing(FilePath(path))) }

    /// Rewrites text in an inventory, and its sidecar so that it fits, as somebody would who covers his tracks.
    func edit(_ inventory: String, _ old: String, _ new: String, sealing: Bool) throws {
        let text = String(decoding: try read(inventory), as: UTF8.self).replacing(old, with: new)
        try write(inventory, text.utf8)
        if sealing { try write(inventory + ".sha512", "\(Digest.of(text.utf8, .sha512).hex) inventory.json\n".utf8) }
    }
}
