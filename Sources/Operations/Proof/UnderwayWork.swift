import ArchiveHome
import OCFLStore
import SystemPackage

/// What a command has written down as about to happen and has not carried to its end.
///
/// It may be at work, stand still or have been killed. What lies half in the store or half in the log because of it was never
/// told as kept, and the next command that takes the lock completes it: that is no fault of the archive.
struct UnderwayWork {
    private let objects: Set<String>
    private let records: Set<String>
    private let packages: Set<String>
    private let events: Int

    /// The work that lies in a home's staging folder; nil where there is none, or it cannot be read.
    init?(_ home: Home) {
        guard let intent = UnderwayIntent(home) else { return nil }
        let layout = StorageLayout.standard
        objects = Set(intent.objects.compactMap { layout.path(of: $0) })
        records = Set(intent.objects.compactMap { $0.split(separator: ":").last.map(String.init) })
        packages = Set(intent.packages)
        events = intent.events
    }

    /// Whether a finding is about what this work has not finished.
    func explains(_ finding: VerifyFinding) -> Bool {
        switch finding.area {
        case .store:
            // A folder that was made on the way to an object's place is empty until the object is there.
            finding.object.map { objects.contains($0) }
                ?? finding.path.map { path in objects.contains { $0.hasPrefix(path + "/") } } ?? false
        case .packages: finding.path.map { packages.contains($0) || packages.contains($0 + ".sha512") } ?? false
        case .ledger: finding.line.map { $0 > events } ?? true
        // The catalogue follows last: it lags by what is new in the log.
        case .catalogue: finding.line.map { $0 > events } ?? finding.record.map { records.contains($0) } ?? false
        case .derived, .policy, .staging: false
        }
    }

    /// Takes from findings those that it explains.
    ///
    /// - Returns: how many they were.
    func takeExplained(from findings: inout [VerifyFinding]) -> Int {
        let before = findings.count
        findings.removeAll { explains($0) }
        return before - findings.count
    }

    /// What is told of findings that were left out.
    static func notice(_ count: Int) -> String {
        "another command has not finished what it does: \(count) thing\(count == 1 ? "" : "s") that it writes or removes now "
            + "\(count == 1 ? "was" : "were") left out; run this again when it is done"
    }
}
