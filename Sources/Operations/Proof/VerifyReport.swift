import ArchiveHome
import SystemPackage

/// One thing that is wrong in the archive: where, and what.
package struct VerifyFinding: Hashable, Sendable {
    /// The part of the archive that it was found in.
    package enum Area: String, Sendable {
        /// The OCFL storage root.
        case store
        /// The event log.
        case ledger
        /// The index.
        case catalogue
        /// Sealed packages.
        case packages
        /// What was read from the contents.
        case derived
        /// What an interrupted command left and no command carries out.
        case staging
        /// What the office has laid down and the ledger has fixed: adopted schedules.
        case policy
    }

    /// The part of the archive.
    package let area: Area
    /// The code of the OCFL specification, for the store.
    package let code: String?
    /// The record's accession number, where one is concerned.
    package let record: String?
    /// The version folder, where one is concerned.
    package let version: String?
    /// The path within the part.
    package let path: String?
    /// What is wrong, without a full stop.
    package let message: String
    /// The object's path within the storage root, where one is concerned; not told outside.
    let object: String?
    /// The line of the log, where one is concerned; not told outside.
    let line: Int?

    /// A finding out of its parts.
    init(
        _ area: Area,
        code: String? = nil,
        record: String? = nil,
        version: String? = nil,
        path: String? = nil,
        object: String? = nil,
        line: Int? = nil,
        message: String
    ) {
        self.area = area
        self.code = code
        self.record = record
        self.version = version
        self.path = path
        self.object = object
        self.line = line
        self.message = message
    }

    /// Where it was found, whatever the words: two looks that find something there find the same.
    var place: [String] { [area.rawValue, code, record, version, path, object].map { $0 ?? "" } }
}

/// What a sweep over the archive found.
package struct VerifyReport: Sendable {
    /// What is wrong; empty for an archive that is what its ledger says.
    package var findings: [VerifyFinding] = []
    /// Objects looked at.
    package var records = 0
    /// Content files read.
    package var files = 0
    /// Bytes read.
    package var bytes = 0
    /// Packages read.
    package var packages = 0
    /// Lines of the ledger.
    package var events = 0
    /// What the ledger commits to, three lines.
    package var checkpoint: String?
    /// The part that was looked at; nil where it was not a sample.
    package var sample: FixitySample?
    /// Files of the store that have a further name outside of it: hard links, as some backups make them.
    package var linked = 0
    /// Whether the sweep was entered in the ledger.
    package var isEntered = false
    /// Why it could not be, where the home could not be taken to write.
    package var obstacle: String?
    /// Findings that the ledger did not know yet.
    package var new = 0
    /// Findings that the ledger knows, and that are not there any more.
    package var gone = 0
    /// Files that a desktop left in the home, relative to it: no damage.
    package var strangers: Set<String> = []
    /// Parts of the archive that could not be looked at as a whole: what is not found there may be there all the same.
    var unseen: Set<VerifyFinding.Area> = []
    /// The paths of the ledger's objects, by record.
    var places: [String: FilePath] = [:]
}
