package import ArchiveHome
import Catalogue
import FileSafety
import Fixity
import Foundation
import OCFLStore
package import RecordsModel
package import SystemPackage

/// Brings files out of the archive, checked against the inventory on their way.
package struct Retrieve {
    private let reader: ArchiveReader
    private let context: OperationContext

    /// A retrieval from an opened home.
    package init(_ reader: ArchiveReader, _ context: OperationContext) {
        self.reader = reader
        self.context = context
    }

    /// A file that came out.
    package struct Retrieved: Sendable {
        /// The record.
        package let record: RecordID
        /// The version.
        package let version: Int
        /// The name as received.
        package let name: String
        /// Where it lies now.
        package let path: FilePath
        /// Length in bytes.
        package let size: Int
        /// SHA-512, hexadecimal.
        package let sha512: String
        /// Whether the same bytes lay there already.
        package let wasThere: Bool
    }

    /// A version that could not come out whole.
    package struct Failure: Sendable {
        /// The record and version asked for.
        package let reference: RecordReference
        /// Why.
        package let error: any Error
    }

    /// Copies a version's files into a folder.
    ///
    /// Each file appears under its name only when its digest has been found right. A file of that name that holds other
    /// bytes is never replaced.
    ///
    /// - Throws: `OperationError`: `noSuchRecord`, `exists`, or `damaged` where bytes are not what the inventory says.
    package func files(of reference: RecordReference, to folder: FilePath) throws -> [Retrieved] {
        let (root, inventory) = try reader.inventory(of: reference.id)
        let version = reference.version.map { VersionNumber($0) } ?? inventory.headNumber ?? VersionNumber(1)
        guard let files = inventory.files(in: version) else {
            throw OperationError.noSuchVersion(version.number, of: reference.id)
        }
        try requireLedgersWord(inventory, version: version, of: reference.id)
        let names = try receivedNames(files, root, inventory, reference)
        try reader.home.requireOutsideTruth(folder)
        try context.files.makeDirectories(folder)
        let digester = FileDigester()
        var retrieved: [Retrieved] = []
        for file in files {
            guard let name = file.path.behind("files/") else { continue }
            try context.stopIfInterrupted()
            let source = try root.contentPath(of: file.digest, in: inventory)
            guard let relative = Self.relativePath(names[ExactText(name)] ?? Array(name.utf8)) else {
                throw damaged(reference, "the name '\(name)' is no file name")
            }
            // A record that came as a bag may have folders.
            let target = folder.pushing(relative)
            if relative.components.count > 1 { try context.files.makeDirectories(target.removingLastComponent()) }
            let (size, wasThere) = try copy(source, to: target, digest: file.digest, reference, digester)
            retrieved.append(
                Retrieved(
                    record: reference.id,
                    version: version.number,
                    name: relative.shown,
                    path: target,
                    size: size,
                    sha512: file.digest,
                    wasThere: wasThere
                )
            )
        }
        try context.files.sync(folder)
        return retrieved
    }

    /// A name as a path that leads downwards only; nil where it is none.
    private static func relativePath(_ name: [UInt8]) -> FilePath? {
        let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let path = FilePath(rawBytes: name)
        guard !name.contains(0), path.components.count == parts.count,
            path.components.allSatisfy({ $0.kind == .regular })
        else {
            return nil
        }
        return path
    }

    /// The names of files whose bytes are no UTF-8, by the forms that the store has of them.
    ///
    /// Read from `record.json`, which is held against its digest: the ledger has that digest.
    private func receivedNames(
        _ files: [LogicalFile],
        _ root: StorageRoot,
        _ inventory: Inventory,
        _ reference: RecordReference
    ) throws -> [ExactText: [UInt8]] {
        // Only where such a form can be is the document read at all.
        guard files.contains(where: { $0.path.utf8.contains(UInt8(ascii: "=")) }),
            let entry = files.first(where: { $0.path == "record.json" })
        else { return [:] }
        let bytes = try OpenFile.content(of: root.contentPath(of: entry.digest, in: inventory), limit: 16 << 20)
        guard Digest.of(bytes, .sha512).hex == entry.digest else {
            throw damaged(reference, "'record.json' does not have the SHA-512 that its inventory names")
        }
        let document = try CanonicalJSON.decode(RecordDocument.self, from: Data(bytes))
        var names: [ExactText: [UInt8]] = [:]
        for file in document.files where file.nameBytes != nil {
            guard let name = file.trueName else {
                throw damaged(reference, "'record.json' gives '\(file.name.displayed)' a name that is not its own")
            }
            names[ExactText(file.name)] = name
        }
        return names
    }

    /// Holds what the store shows against what was entered when the version was kept: a store rewritten with matching
    /// digests is still not the one that was filed.
    private func requireLedgersWord(_ inventory: Inventory, version: VersionNumber, of id: RecordID) throws {
        let known = try reader.catalogue.versions(of: id).first { $0.version == version.number }
        let shown = inventory.files(in: version)?.first { $0.path == "record.json" }?.digest
        guard let known, known.documentDigest == shown else {
            throw damaged(
                RecordReference(id: id, version: version.number),
                "the store shows another 'record.json' than the one that was entered"
            )
        }
    }

    private func copy(
        _ source: FilePath,
        to target: FilePath,
        digest: String,
        _ reference: RecordReference,
        _ digester: FileDigester
    ) throws -> (size: Int, wasThere: Bool) {
        if FileStatus.exists(target) {
            let there = try digester.read(try OpenFile.reading(target))
            guard there.digest.hex == digest else {
                throw OperationError(
                    .exists,
                    message: "'\(target.shown)' is there already and holds something else",
                    remedy: "name another folder; nothing was replaced"
                )
            }
            return (there.size, true)
        }
        let files = context.files
        let staged = target.removingLastComponent().appending(
            ".berkas-\(reference.id)-\(target.lastComponent?.string.utf8.count ?? 0).part"
        )
        try files.removeIfPresent(staged)
        do {
            try files.tripwire.pass(.write, staged)
            let output = try OpenFile.creating(staged)
            let reading = try unsafe digester.read(try OpenFile.reading(source)) { piece in
                try context.stopIfInterrupted()
                try unsafe output.write(piece)
            }
            guard reading.digest.hex == digest else {
                throw damaged(reference, "'\(source.string)' does not have the SHA-512 that its inventory names")
            }
            try output.sync()
            try files.rename(staged, to: target)
            return (reading.size, false)
        } catch {
            try? files.removeIfPresent(staged)
            throw error
        }
    }

    private func damaged(_ reference: RecordReference, _ message: String) -> OperationError {
        OperationError(
            .damaged,
            message: "\(reference): \(message)",
            remedy:
                "run 'berkas verify \(reference.id)', then 'berkas repair --dry-run': it names what to bring, and from where"
        )
    }
}
