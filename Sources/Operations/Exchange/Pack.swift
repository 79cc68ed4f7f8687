package import ArchiveHome
import Catalogue
import FileSafety
import Fixity
import Foundation
import Ledger
import Packaging
package import RecordsModel
package import SystemPackage

/// Packs records, or a year, into a BagIt bag in one file.
package struct Pack {
    private let writer: ArchiveWriter

    /// Packing under a lock that is held.
    package init(_ writer: ArchiveWriter) { self.writer = writer }

    /// What is packed.
    package enum Choice: Sendable {
        /// These records.
        case records([RecordID])
        /// All records of a year.
        case year(Int)
    }

    /// Where a package goes.
    package enum Destination: Sendable {
        /// Into `packages/` of the home, with a name of its own and this ending.
        case home(ending: String)
        /// To this file; its name's ending tells the format.
        case file(FilePath)
    }

    /// A package that was made, or was there already.
    package struct Outcome: Sendable {
        /// The file.
        package let path: FilePath
        /// Length in bytes.
        package let bytes: Int
        /// SHA-512 of the file, hexadecimal.
        package let sha512: String
        /// How many records are in it.
        package let records: Int
        /// How many payload files are in it.
        package let files: Int
        /// What the ledger committed to behind the last event of the records.
        package let checkpoint: String
        /// Whether the same package lay there before; nothing was written then.
        package let wasThere: Bool
        /// The libraries that made it, by whose versions compressed bytes are promised.
        package let libraries: String
    }

    /// Packs, and enters the package in the ledger.
    ///
    /// - Parameters:
    ///   - choice: what is packed.
    ///   - destination: where it goes.
    ///   - more: what is entered together with the package, or alone where the same package is there already.
    /// - Returns: the package.
    /// - Throws: `OperationError`: `noSuchRecord`; `exists` where something else lies at the destination; `usage` for an
    ///   ending that is no format. `PackagingError` where a file is not what its inventory says.
    package func run(
        _ choice: Choice,
        to destination: Destination,
        more: (Outcome) throws -> [Event] = { _ in [] }
    ) throws -> Outcome {
        let (records, year) = try resolve(choice)
        let contents = try PackageContents(records, year: year, writer: writer)
        switch destination {
        case .file(let path):
            return try make(contents, at: path, more)
        case .home(let ending):
            // A year that has grown since it was packed gets a further package; a sealed one is never replaced.
            var number = 1
            while true {
                let name = number == 1 ? contents.name : "\(contents.name)-\(number)"
                do {
                    return try make(contents, at: writer.home.packages.appending("\(name).\(ending)"), more)
                } catch let error as OperationError where error.code == .exists {
                    number += 1
                }
            }
        }
    }

    private func make(
        _ contents: PackageContents,
        at path: FilePath,
        _ more: (Outcome) throws -> [Event]
    ) throws -> Outcome {
        let format = try format(of: path)
        let isKept = try isInHome(path)
        if !isKept { try writer.home.requireOutsideTruth(path.removingLastComponent()) }
        let fileName = path.lastComponent?.string ?? contents.name
        let files = writer.context.files
        let folder = writer.home.work.appending("packages")
        return try writer.transact { group in
            try files.makeDirectory(folder)
            // Inside the home, and where something lies there already, it is made in staging first.
            let makesInStaging = isKept || FileStatus.exists(path)
            let receipt = try BagWriter(files: files).write(
                name: contents.name,
                members: contents.members,
                info: contents.info,
                modified: contents.modified,
                format: format,
                to: makesInStaging ? folder.appending(fileName) : path
            )
            let wasThere = makesInStaging && FileStatus.exists(path)
            let outcome = Outcome(
                path: path,
                bytes: receipt.size,
                sha512: receipt.sha512,
                records: contents.records.count,
                files: receipt.payloadFiles,
                checkpoint: contents.checkpoint.description,
                wasThere: wasThere,
                libraries: receipt.libraries
            )
            if wasThere {
                try requireSame(path, receipt)
            } else {
                if isKept { group.install(package: fileName) }
                group.add(event(contents, receipt, name: fileName, format: format, isKept: isKept))
            }
            group.add(try more(outcome))
            return outcome
        }
    }

    private func resolve(_ choice: Choice) throws -> ([RecordID], Int?) {
        switch choice {
        case .records(let ids):
            for id in ids { try writer.catalogue.require(id) }
            return (Array(Set(ids)).sorted(), nil)
        case .year(let year):
            var filter = RecordFilter()
            filter.year = year
            filter.leavesOutRemoved = true
            var ids: [RecordID] = []
            try writer.catalogue.list(filter) { summary in
                if let id = RecordID(summary.id) { ids.append(id) }
            }
            guard !ids.isEmpty else {
                throw OperationError(
                    .noSuchRecord,
                    message: "there are no records of the year \(year)",
                    remedy: "run 'berkas list' to see which years there are"
                )
            }
            return (ids, year)
        }
    }

    private func format(of path: FilePath) throws -> PackageFormat {
        let name = path.lastComponent?.string ?? ""
        if let format = PackageFormat(fileName: name) { return format }
        let endings = PackageFormat.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
        throw OperationError(
            .usage,
            message: "the name '\(name)' does not tell the format",
            remedy: "end it with one of: \(endings)"
        )
    }

    private func isInHome(_ path: FilePath) throws -> Bool {
        let folder = path.removingLastComponent()
        let there = try FileStatus.following(folder.isEmpty ? "." : folder)
        return there.identity == (try? FileStatus.following(writer.home.packages))?.identity
    }

    private func requireSame(_ path: FilePath, _ receipt: PackageReceipt) throws {
        let reading = try FileDigester().read(try OpenFile.reading(path))
        guard reading.digest.hex == receipt.sha512 else {
            throw OperationError(
                .exists,
                message: "'\(path.string)' is there already and holds something else",
                remedy: "name another file with --to; nothing was replaced"
            )
        }
    }

    private func event(
        _ contents: PackageContents,
        _ receipt: PackageReceipt,
        name: String,
        format: PackageFormat,
        isKept: Bool
    ) -> Event {
        writer.event(
            .packing,
            [
                "bytes": .integer(receipt.size),
                "checkpointRoot": .string(contents.checkpoint.rootText),
                "checkpointSize": .integer(contents.checkpoint.size),
                "format": .string(format.rawValue),
                "kept": .boolean(isKept),
                "libraries": .string(receipt.libraries),
                "name": .string(name),
                "records": .array(contents.records.map { .string($0.description) }),
                "sha512": .string(receipt.sha512),
            ]
        )
    }
}
