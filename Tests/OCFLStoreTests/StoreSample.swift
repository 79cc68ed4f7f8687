import FileSafety
import Fixity
import Foundation
import OCFLStore
import SystemPackage
import TestSupport
import Testing

/// A storage root in the test's folder.
struct StoreSample {
    static let id = "tag:office.example,2026:RKT-2024-0007"
    static let user = Inventory.User(name: "Arsiparis", address: "mailto:arsiparis@office.example")

    let root: StorageRoot
    var path: FilePath { root.path }
    var object: FilePath { get throws { try root.folder(of: Self.id) } }

    init(layout: StorageLayout = .standard) throws {
        let path = Scratch.folder.appending("store")
        root = try StorageRoot.create(at: path, layout: layout, files: DurableFiles())
    }

    /// A root that holds one object of two versions.
    static func withObject(layout: StorageLayout = .standard) throws -> StoreSample {
        let sample = try StoreSample(layout: layout)
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
        let base = FileStatus.exists(try root.folder(of: id)) ? try root.inventory(of: id) : nil
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
    func inspect(digestsContent: Bool = true) throws -> ObjectReport {
        let relative = FilePath(try #require(root.relativePath(of: Self.id)))
        var reports: [ObjectReport] = []
        let validator = OCFLValidator(options: ValidationOptions(digestsContent: digestsContent))
        try validator.inspect([relative], in: path) { reports.append($0) }
        return try #require(reports.first)
    }

    /// What is wrong with the object, as `code path`.
    func findings() throws -> [String] {
        let report = try inspect()
        #expect(report.unread.isEmpty)
        return report.findings.map { "\($0.code) \($0.path ?? "-")" }
    }

    /// Everything that is wrong with the root and its objects, as `code path`, those of objects behind their own paths.
    func strays() throws -> [String] {
        var found: [String] = []
        let summary = try OCFLValidator().validate(path) { finding in
            let place = [finding.object, finding.path].compactMap(\.self).joined(separator: "/")
            found.append("\(finding.code) \(place.isEmpty ? "-" : place)")
        }
        #expect(summary.unread.isEmpty)
        return found
    }

    // MARK: - Damage

    func read(_ path: String) throws -> [UInt8] {
        try OpenFile.content(of: object.pushing(FilePath(path)), limit: 1 << 24)
    }

    func write(_ path: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: try object.pushing(FilePath(path)).string))
    }

    func remove(_ path: String) throws { try DurableFiles().removeTree(try object.pushing(FilePath(path))) }

    /// Rewrites text in an inventory, and its sidecar so that it fits, as somebody would who covers his tracks.
    func edit(_ inventory: String, _ old: String, _ new: String, sealing: Bool) throws {
        let text = String(decoding: try read(inventory), as: UTF8.self).replacing(old, with: new)
        try write(inventory, text.utf8)
        if sealing { try write(inventory + ".sha512", "\(Digest.of(text.utf8, .sha512).hex) inventory.json\n".utf8) }
    }

    /// Makes a sidecar fit its inventory.
    func seal(_ inventory: String, _ algorithm: DigestAlgorithm = .sha512) throws {
        let digest = Digest.of(try read(inventory), algorithm).hex
        try write("\(inventory).\(algorithm.rawValue)", "\(digest) inventory.json\n".utf8)
    }

    /// Rewrites inventories as JSON, with fitting sidecars; by default those of the newest version.
    func rewrite(
        _ inventories: [String] = ["inventory.json", "v2/inventory.json"],
        _ change: (inout [String: Any]) throws -> Void
    ) throws {
        for inventory in inventories {
            let parsed = try JSONSerialization.jsonObject(with: Data(try read(inventory)))
            var object = try #require(parsed as? [String: Any])
            try change(&object)
            try write(inventory, try JSONSerialization.data(withJSONObject: object, options: .sortedKeys))
            try seal(inventory)
        }
    }

    /// Rewrites what an inventory says of one version.
    func rewriteVersion(_ version: String, _ change: (inout [String: Any]) throws -> Void) throws {
        try rewrite { inventory in
            var versions = try #require(inventory["versions"] as? [String: Any])
            var block = try #require(versions[version] as? [String: Any])
            try change(&block)
            versions[version] = block
            inventory["versions"] = versions
        }
    }

    /// Makes a folder in the object.
    func makeFolder(_ path: String) throws { try DurableFiles().makeDirectories(try object.pushing(FilePath(path))) }

    /// Gives something in the object another name.
    func move(_ old: String, to new: String) throws {
        try DurableFiles().rename(try object.pushing(FilePath(old)), to: try object.pushing(FilePath(new)))
    }

    /// Makes a symbolic link in the object.
    func link(_ path: String, to target: String) throws {
        let place = try object.pushing(FilePath(path)).string
        try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
    }
}
