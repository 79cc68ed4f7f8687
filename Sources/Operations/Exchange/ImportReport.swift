import ArchiveHome
package import Packaging
package import RecordsModel

/// What became of one record of a package.
package enum ImportItem: Sendable {
    /// Versions of it are kept now, for good.
    case imported(RecordID, versions: ClosedRange<Int>, files: Int, bytes: Int)
    /// All its versions were here.
    case alreadyKept(RecordID, versions: Int)
}

/// What an import did, in numbers.
package struct ImportReport: Hashable, Sendable {
    /// The bag's name.
    package var bag = ""
    /// The archive that made the package, as its ledger calls itself; nil for a bag of another program.
    package var origin: String?
    /// Records that are new here.
    package var records = 0
    /// Versions that are new here.
    package var versions = 0
    /// Files in those versions.
    package var files = 0
    /// Length of those files in bytes.
    package var bytes = 0
    /// Records whose decisions, made in other archives, wait for somebody to adopt them.
    package var waiting = 0
    /// Records of which all was here.
    package var alreadyKept = 0
}

/// How an import ended.
package enum ImportOutcome: Sendable {
    /// The bag is not valid; nothing was kept.
    case invalid(BagReport)
    /// The bag is valid, and what it says of its records contradicts itself; nothing was kept.
    case contradictory([Fault], BagReport)
    /// The package contradicts what is kept here, or a rule of the office; nothing was kept.
    case refused([Fault], BagReport)
    /// What the call says of a bag of another program is wrong; nothing was kept.
    case undescribed([Fault], BagReport)
    /// Done.
    case done(ImportReport, BagReport)
}
