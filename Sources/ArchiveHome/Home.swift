package import Catalogue
import FileSafety
import Foundation
package import Ledger
import OfficeFiles
package import RecordsModel
package import SystemPackage

/// An archive home: a plain folder that holds the truth, its index, and what the office has laid down.
///
/// Nothing in it holds an absolute path: copy the folder, and the copy is an archive.
package struct Home: Sendable {
    /// Where it lies.
    package let path: FilePath
    /// What `berkas.yaml` says.
    package let settings: OfficeSettings

    /// The file that makes a folder a home.
    package static let settingsFile: FilePath.Component = "berkas.yaml"

    /// The OCFL storage root: truth.
    package var store: FilePath { path.appending("store") }
    /// The log of events: truth.
    package var ledger: LedgerFolder { LedgerFolder(path.appending("ledger")) }
    /// Sealed packages.
    package var packages: FilePath { path.appending("packages") }
    /// What was derived from contents, by their digest; disposable.
    package var derived: FilePath { path.appending("derived") }
    /// Work in progress; empty when nothing runs.
    package var staging: FilePath { path.appending("staging") }
    /// The index: disposable.
    package var catalogue: FilePath { path.appending("catalogue.sqlite") }
    /// What the office has laid down.
    package var policy: FilePath { path.appending("policy") }
    var lock: FilePath { path.appending(".lock") }
    /// Where a group of changes is made ready; there only while a command is at work, or was interrupted.
    package var work: FilePath { staging.appending("work") }
    /// Where a bag that is being imported is unpacked.
    package var incoming: FilePath { staging.appending("incoming") }
    var intent: FilePath { work.appending("intent.json") }

    /// Opens the home in a folder.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - inRehearsal: whether the copy of a rehearsal is meant.
    /// - Returns: the home.
    /// - Throws: `OperationError`: `noHome`; `untrusted` where a link, or anything else, stands in the place of a folder or
    ///   file of its own. `OfficeFileError` where `berkas.yaml` cannot be used, code `newer` for a home of a newer version.
    package static func open(_ path: FilePath, inRehearsal: Bool = false) throws -> Home {
        guard FileStatus.exists(path) else {
            throw OperationError(
                .noHome,
                message: "there is no folder '\(path.string)'",
                remedy: "check --home or BERKAS_HOME, or make a home there with 'berkas init \(path.string)'"
            )
        }
        try HomePlaces.require(in: path)
        guard FileStatus.exists(path.appending(settingsFile)) else {
            throw OperationError(
                .noHome,
                message: "'\(path.string)' is no archive home: it has no 'berkas.yaml'",
                remedy: "name the home with --home or BERKAS_HOME, or make one with 'berkas init'"
            )
        }
        let settings = try PolicyFiles.settings(path.appending(settingsFile))
        if settings.rehearsal != nil, !inRehearsal { throw rehearsalError(path) }
        return Home(path: path, settings: settings)
    }

    /// Finds the home that a command means: the one named, or the nearest `Archive/` with a `berkas.yaml`.
    ///
    /// One that is found so, and not named, must belong to whoever works.
    ///
    /// - Parameters:
    ///   - named: `--home` or `BERKAS_HOME`.
    ///   - folder: the folder to look from, upwards.
    /// - Returns: the home.
    /// - Throws: as `open`; `OperationError`, code `foreign`, for a home that was found and belongs to another user.
    package static func locate(named: FilePath?, from folder: FilePath) throws -> Home {
        if let named { return try open(named) }
        var place = folder
        while true {
            for candidate in [place, place.appending("Archive")]
            where FileStatus.exists(candidate.appending(settingsFile)) {
                try requireOwn(found: candidate)
                return try open(candidate)
            }
            guard !place.removingLastComponent().isEmpty, place.removingLastComponent() != place else { break }
            place = place.removingLastComponent()
        }
        throw OperationError(
            .noHome,
            message: "there is no archive home in '\(folder.string)' or above it",
            remedy: "name one with --home or BERKAS_HOME, or make one with 'berkas init'"
        )
    }

    /// The OCFL id of a record: the one that it came with from another archive, else the one of this archive's form.
    package func objectID(of id: RecordID, in catalogue: CatalogueDatabase) throws -> String {
        try catalogue.object(of: id) ?? settings.objectID(of: id)
    }

    /// The procedure of the office.
    package func procedure() throws -> Procedure {
        try PolicyFiles.procedure(policy.appending("sop-rkt.yaml"))
    }

    /// Which document types may fill which place of a list's chain of evidence, from `policy/disposal-evidence.csv`.
    ///
    /// A home of the time before that file goes by the one that new homes begin with.
    ///
    /// - Throws: `OfficeFileError`.
    package func evidenceTypes() throws -> [(place: String, type: String)] {
        try PolicyFiles.rows(
            policy.appending("disposal-evidence.csv"),
            columns: ["slot", "type"],
            usual: PackageResources.disposal_evidence_csv
        ).map { ($0.cells["slot"] ?? "", $0.cells["type"] ?? "") }
    }

    /// The URI that stands for a person in the store: the address of `policy/people.csv`, or one made of their name.
    package func address(of person: String) throws -> String {
        let people = try PolicyFiles.table(policy.appending("people.csv"), columns: ["name"])
        let entry = people.first { $0["name"].map { ExactText($0) == ExactText(person) } ?? false }
        if let address = entry?["address"], !address.isEmpty { return address }
        let hexDigits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in person.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            }
        }
        return settings.uriPrefix + "person/" + String(decoding: bytes, as: UTF8.self)
    }

    /// Refuses a place inside the home's own store, ledger, staging or packages, where only the archive itself writes.
    ///
    /// - Parameter place: a folder, whether it is there or not.
    /// - Throws: `OperationError`, code `exists`.
    package func requireOutsideTruth(_ place: FilePath) throws {
        let identities = [store, ledger.path, staging, packages].compactMap { try? FileStatus.following($0).identity }
        var folder = place.isEmpty ? "." : place
        while true {
            if let identity = try? FileStatus.following(folder).identity, identities.contains(identity) {
                throw OperationError(
                    .exists,
                    message: "'\(place.string)' lies inside the archive's own folders",
                    remedy: "name a folder outside the home; nothing was written"
                )
            }
            let parent = folder.removingLastComponent()
            if parent == folder { return }
            if parent.isEmpty {
                guard !folder.isAbsolute, folder != "." else { return }
                // A relative path goes on above the current folder.
                folder = FilePath(FileManager.default.currentDirectoryPath)
            } else {
                folder = parent
            }
        }
    }

    /// Whether anything has been kept here yet: a home that was only set up has neither store nor ledger.
    package var hasTruth: Bool { FileStatus.exists(store) || FileStatus.exists(ledger.path) }
}
