import FileSafety
package import Fixity
import Foundation
package import SystemPackage

/// What looking at one object found.
package struct ObjectReport: Sendable {
    /// The newest inventory, where it could be read.
    package var inventory: Inventory?
    /// SHA-512 of each version's inventory, hexadecimal, from version 1.
    package var inventoryDigests: [String: String] = [:]
    /// What is wrong.
    package var findings: [StoreFinding] = []
    /// How many content files were read.
    package var filesRead = 0
    /// How many bytes were read.
    package var bytesRead = 0
}

/// Holds one object against its inventories: structure, sidecars, and every byte of content.
///
/// Follows no link and writes nothing. Reads what Berkas writes: OCFL 1.1, sha512, `content`.
package struct ObjectInspector {
    private let folder: FilePath
    private let name: String
    private let digester: FileDigester
    private var report = ObjectReport()

    /// An inspector of the object in a folder; `name` is what findings call it.
    package init(folder: FilePath, name: String, digester: FileDigester) {
        self.folder = folder
        self.name = name
        self.digester = digester
    }

    /// Looks at everything, and goes on after a finding.
    ///
    /// - Throws: `FileSafetyError` only where a folder cannot be listed at all.
    package mutating func inspect() throws -> ObjectReport {
        let entries = try DirectoryListing.entries(of: folder)
        try inspectRoot(entries)
        guard let root = inspectInventory(in: folder, version: nil) else { return report }
        report.inventory = root.inventory
        try inspectVersions(root, entries: entries)
        try inspectContent(root.inventory)
        return report
    }

    private mutating func find(_ code: String, version: String? = nil, path: String? = nil, _ message: String) {
        let finding = StoreFinding(code: code, object: name, version: version, path: path, message: message)
        report.findings.append(finding)
    }

    private mutating func inspectRoot(_ entries: [DirectoryEntry]) throws {
        let expected: Set<String> = ["0=ocfl_object_1.1", "inventory.json", "inventory.json.sha512"]
        for entry in entries {
            let entryName = entry.name.string
            if entry.kind == .symbolicLink { find("E090", path: entryName, "is a symbolic link") }
            if expected.contains(entryName) || VersionNumber(entryName) != nil { continue }
            if entry.kind == .directory, entryName == "logs" || entryName == "extensions" { continue }
            find("E001", path: entryName, "does not belong in the root of an object")
        }
        let declaration = folder.appending("0=ocfl_object_1.1")
        guard let text = try? OpenFile.content(of: declaration, limit: 4096) else {
            find("E003", path: "0=ocfl_object_1.1", "is missing")
            return
        }
        if text != Array("ocfl_object_1.1\n".utf8) {
            find("E007", path: "0=ocfl_object_1.1", "does not say 'ocfl_object_1.1'")
        }
    }

    /// Reads an inventory and its sidecar; nil where it cannot be used, with the finding entered.
    private mutating func inspectInventory(in place: FilePath, version: String?) -> SealedInventory? {
        let prefix = version.map { $0 + "/" } ?? ""
        let bytes: [UInt8]
        do {
            bytes = try OpenFile.content(of: place.appending("inventory.json"), limit: StorageRoot.inventoryLimit)
        } catch {
            find(
                version == nil ? "E063" : "W010",
                version: version,
                path: prefix + "inventory.json",
                "is missing or unreadable"
            )
            return nil
        }
        report.bytesRead += bytes.count
        let digest = Digest.of(bytes, .sha512).hex
        if let sidecar = try? OpenFile.content(of: place.appending("inventory.json.sha512"), limit: 4096) {
            if sidecar != SealedInventory.sidecar(digest) {
                let fields = String(decoding: sidecar, as: UTF8.self).split(whereSeparator: \.isWhitespace)
                let named = fields.first.map(String.init) ?? ""
                if fields.count == 2, Digest(algorithm: .sha512, hex: named) != nil, fields[1] == "inventory.json" {
                    find(
                        "E060",
                        version: version,
                        path: prefix + "inventory.json",
                        "has the SHA-512 \(digest.prefix(16))…, its sidecar says \(named.prefix(16))…"
                    )
                } else {
                    find(
                        "E061",
                        version: version,
                        path: prefix + "inventory.json.sha512",
                        "is not of the form 'DIGEST inventory.json'"
                    )
                }
            }
        } else {
            find("E058", version: version, path: prefix + "inventory.json.sha512", "is missing or unreadable")
        }
        guard let inventory = try? Inventory(json: Data(bytes)) else {
            find("E033", version: version, path: prefix + "inventory.json", "is no OCFL inventory")
            return nil
        }
        return SealedInventory(inventory: inventory, digest: digest)
    }

    private mutating func inspectVersions(_ root: SealedInventory, entries: [DirectoryEntry]) throws {
        guard let head = root.inventory.headNumber else {
            find("E040", path: "inventory.json", "names the head '\(root.inventory.head)', which is no version")
            return
        }
        for entry in entries where VersionNumber(entry.name.string).map({ $0 > head }) ?? false {
            find("E046", version: entry.name.string, path: entry.name.string, "is not named by the inventory")
        }
        if root.inventory.versions.count != head.number {
            find(
                "E044",
                path: "inventory.json",
                "describes \(root.inventory.versions.count) versions, its head is \(head)"
            )
        }
        // A head that damage has made huge is not counted up to: the first gap is named, and what is there is read.
        let described = root.inventory.versions.keys.compactMap { VersionNumber($0)?.number }.filter {
            $0 <= head.number
        }
        let numbers = Set(1...min(head.number, root.inventory.versions.count + 1)).union(described)
        for number in numbers.sorted() {
            let version = "v\(number)"
            let place = folder.appending(version)
            guard root.inventory.versions[version] != nil else {
                find("E044", version: version, path: "inventory.json", "does not describe \(version)")
                continue
            }
            guard (try? FileStatus.of(place))?.kind == .directory else {
                find("E010", version: version, path: version, "is missing")
                continue
            }
            for entry in try DirectoryListing.entries(of: place) {
                if entry.kind == .symbolicLink {
                    find("E090", version: version, path: "\(version)/\(entry.name.string)", "is a symbolic link")
                    continue
                }
                let known = ["inventory.json", "inventory.json.sha512"].contains(entry.name.string)
                if known || (entry.name == "content" && entry.kind == .directory) { continue }
                find("E015", version: version, path: "\(version)/\(entry.name.string)", "does not belong in a version")
            }
            guard let own = inspectInventory(in: place, version: version) else { continue }
            report.inventoryDigests[version] = own.digest
            compare(own, with: root, version: version, isHead: number == head.number)
        }
    }

    private mutating func compare(_ own: SealedInventory, with root: SealedInventory, version: String, isHead: Bool) {
        if isHead {
            if own.digest != root.digest {
                find("E064", version: version, path: "inventory.json", "is not the inventory of the newest version")
            }
            return
        }
        if own.inventory.id != root.inventory.id {
            find("E110", version: version, path: "\(version)/inventory.json", "has the id '\(own.inventory.id)'")
        }
        for (earlier, said) in own.inventory.versions where root.inventory.versions[earlier]?.state != said.state {
            find(
                "E066",
                version: version,
                path: "\(version)/inventory.json",
                "shows other files in \(earlier) than the newest inventory"
            )
        }
    }

    private mutating func inspectContent(_ inventory: Inventory) throws {
        var expected: [FilePath: String] = [:]
        for (digest, paths) in inventory.manifest {
            for path in paths { expected[FilePath(path)] = digest }
        }
        for (version, said) in inventory.versions {
            for digest in said.state.keys where inventory.manifest[digest] == nil {
                find(
                    "E050",
                    version: version,
                    path: "inventory.json",
                    "shows a digest that the manifest lacks: \(digest.prefix(16))…"
                )
            }
        }
        for version in inventory.versions.keys.sorted() where VersionNumber(version) != nil {
            let content = FilePath(version).appending("content")
            guard (try? FileStatus.of(folder.appending(version)))?.kind == .directory,
                (try? FileStatus.of(folder.pushing(content)))?.kind == .directory
            else {
                continue
            }
            try walk(content, version: version, expected: &expected)
        }
        for path in expected.keys.sorted(by: { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }) {
            find("E092", version: path.components.first?.string, path: path.string, "is missing")
        }
    }

    /// Reads every file below a content folder, and takes what it finds out of `expected`.
    private mutating func walk(_ place: FilePath, version: String, expected: inout [FilePath: String]) throws {
        let entries = try DirectoryListing.entries(of: folder.pushing(place))
        if entries.isEmpty { find("E024", version: version, path: place.string, "is an empty folder") }
        for entry in entries {
            let path = place.appending(entry.name)
            switch entry.kind {
            case .directory:
                try walk(path, version: version, expected: &expected)
            case .file:
                let digest = expected.removeValue(forKey: path)
                inspectFile(path, version: version, expected: digest)
            case .symbolicLink, .fifo, .socket, .device:
                expected[path] = nil
                find("E090", version: version, path: path.string, "is a \(entry.kind.rawValue), not a file")
            }
        }
    }

    private mutating func inspectFile(_ path: FilePath, version: String, expected: String?) {
        guard let expected else {
            find("E023", version: version, path: path.string, "is not in the manifest")
            return
        }
        do {
            let file = try OpenFile.reading(folder.pushing(path))
            if try file.status().linkCount > 1 { find("E090", version: version, path: path.string, "has hard links") }
            let reading = try digester.read(file)
            report.filesRead += 1
            report.bytesRead += reading.size
            if reading.digest.hex != expected {
                find(
                    "E092",
                    version: version,
                    path: path.string,
                    "has the SHA-512 \(reading.digest.hex.prefix(16))… in \(reading.size) bytes, its inventory says \(expected.prefix(16))…"
                )
            }
        } catch {
            find("E092", version: version, path: path.string, "cannot be read: \(error)")
        }
    }
}
