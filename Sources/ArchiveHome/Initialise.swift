import FileSafety
import Foundation
package import RecordsModel
package import SystemPackage

/// Makes a new archive home.
package enum Initialise {
    /// Makes a home in a folder: settings, the sample policies, an empty store, ledger and catalogue.
    ///
    /// `berkas.yaml` comes last and makes it a home; an `init` that was cut short can simply be run again.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - settings: what `berkas.yaml` will say.
    ///   - context: who works, and whom to tell.
    ///   - forms: the forms that a home begins with: the names of their files, and what is in them.
    ///   - steps: what is done wherever a home was taken to work and is in step: see `HomeStep`.
    /// - Returns: the home.
    /// - Throws: `OperationError`: `exists` where there is a home already; `untrusted` where a link stands in the place of a
    ///   folder or file of its own.
    package static func run(
        _ path: FilePath,
        settings: OfficeSettings,
        context: OperationContext,
        templates forms: [(name: String, content: [UInt8])],
        running steps: [HomeStep]
    ) throws -> Home {
        try context.requireClock()
        guard !FileStatus.exists(path.appending(Home.settingsFile)) else {
            throw OperationError(
                .exists,
                message: "'\(path.string)' is an archive home already",
                remedy: "use it as it is, or name another folder"
            )
        }
        try context.files.makeTop(path)
        try HomePlaces.require(in: path)
        let files = try context.working(below: path).files
        for folder in ["policy", "intake", "packages", "staging"] { try files.makeDirectories(path.appending(folder)) }
        try files.makeDirectories(path.appending("policy").appending("retention"))
        for (name, content) in samplePolicies where !FileStatus.exists(path.appending("policy").appending(name)) {
            try files.replace(path.appending("policy").appending(name), content)
        }
        let templates = path.appending("templates")
        try files.makeDirectories(templates)
        for (name, content) in forms {
            guard let name = FilePath.Component(name), !FileStatus.exists(templates.appending(name)) else { continue }
            try files.replace(templates.appending(name), content)
        }
        try files.replace(path.appending(Home.settingsFile), text(of: settings).utf8)
        let home = try Home.open(path)
        _ = try ArchiveWriter(home, context, running: steps)
        return home
    }

    /// The policy files that a new home begins with, each marked as a sample.
    private static let samplePolicies: [(String, [UInt8])] = [
        ("access.csv", PackageResources.access_csv),
        ("classification.csv", PackageResources.classification_csv),
        ("disposal-evidence.csv", PackageResources.disposal_evidence_csv),
        ("holidays.csv", PackageResources.holidays_csv),
        ("people.csv", PackageResources.people_csv),
        ("retention/contoh.csv", PackageResources.contoh_csv),
        ("roles.csv", PackageResources.roles_csv),
        ("sop-rkt.yaml", PackageResources.sop_rkt_yaml),
    ]

    /// Settings for an office that has said no more than its name.
    ///
    /// The `tag:` URI is made unique by a random UUID under `.invalid` (RFC 2606), so that records of two archives never
    /// share an id; an office with a domain of its own gives that instead.
    package static func settings(
        office: String,
        idPrefix: String,
        uriPrefix: String?,
        timeZone: String,
        today: CivilDate,
        signedActs: Set<SignableAct> = []
    ) throws -> OfficeSettings {
        func refuse(_ message: String, _ remedy: String) -> OperationError {
            OperationError(.usage, message: message, remedy: remedy)
        }
        guard RecordID.isPrefix(idPrefix) else {
            throw refuse("'\(idPrefix)' cannot be the prefix of record ids", "give 1 to 16 of A to Z and 0 to 9")
        }
        guard OperationContext.clock(in: timeZone) != nil else {
            throw refuse("there is no time zone '\(timeZone)'", "give an IANA name such as Asia/Makassar")
        }
        let uri = uriPrefix ?? "tag:\(UUID().uuidString.lowercased()).invalid,\(today.year):"
        guard uri.hasPrefix("tag:"), uri.contains(","), uri.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw refuse("'\(uri)' is no tag: URI", "give one such as tag:office.example,2026:")
        }
        return OfficeSettings(
            office: office,
            idPrefix: idPrefix,
            uriPrefix: uri,
            timeZone: timeZone,
            signedActs: signedActs
        )
    }

    private static func text(of settings: OfficeSettings) throws -> String {
        // A JSON string is a YAML string, whatever is in it.
        func quoted(_ text: String) throws -> String { String(decoding: try CanonicalJSON.line(text), as: UTF8.self) }
        let acts = SignableAct.allCases.filter { settings.signedActs.contains($0) }.map(\.rawValue)
        return """
            # Whose archive this is. The office edits this file; what is settled is said beside it.
            format: \(settings.format)
            office: \(try quoted(settings.office))
            # Record ids: PREFIX-YEAR-NUMBER, such as RKT-2024-0007. Settled once the first record is kept.
            id-prefix: \(settings.idPrefix)
            # OCFL object ids begin with this tag: URI (RFC 4151). Settled once the first record is kept.
            uri-prefix: \(try quoted(settings.uriPrefix))
            time-zone: \(settings.timeZone)
            # The units that file; a row that names another is kept with a warning. Empty: any name will do.
            units: []
            # Acts that are refused without the signature of the person's key ('berkas person enrol').
            signed-acts: [\(acts.joined(separator: ", "))]

            """
    }
}
