import ArchiveHome
import FileSafety
import Fixity
import Ledger
import SystemPackage

/// Holds the packages of the home against the ledger.
struct PackageSweep {
    let home: Home
    let context: OperationContext
    let facts: LedgerFacts
    /// The part of the packages that is read; nil for all.
    var sample: FixitySample?

    func run(into report: inout VerifyReport) throws {
        func find(_ path: String, _ message: String) {
            report.findings.append(VerifyFinding(.packages, path: path, message: message))
        }
        var expected: [FilePath: LedgerFacts.Package] = [:]
        for package in facts.packages where package.isKept { expected[FilePath(package.name)] = package }
        for entry in list(into: &report) {
            let name = FilePath().appending(entry.name)
            let isSidecar =
                name.string.hasSuffix(".sha512") && expected[FilePath(String(name.string.dropLast(7)))] != nil
            guard expected[name] == nil, !isSidecar else { continue }
            if Stranger.isStranger(at: home.packages.appending(entry.name)) {
                report.strangers.insert("packages/" + name.string)
            } else {
                find(name.string, "the ledger knows no such package")
            }
        }
        let digester = FileDigester()
        for (name, package) in expected.sorted(by: { $0.key.string < $1.key.string }) {
            try context.stopIfInterrupted()
            let path = home.packages.pushing(name)
            guard FileStatus.exists(path) else {
                find(package.name, "the package is missing")
                continue
            }
            if let sample, !sample.holds(name) { continue }
            do {
                let reading = try digester.read(try OpenFile.reading(path))
                report.packages += 1
                report.bytes += reading.size
                if reading.digest.hex != package.sha512 {
                    find(
                        package.name,
                        "has the SHA-512 \(reading.digest.hex.prefix(16))… in \(reading.size) bytes, the ledger says \(package.sha512.prefix(16))… in \(package.bytes)"
                    )
                }
                if let words = try rewriting(path) { find(package.name, words) }
            } catch {
                find(package.name, "cannot be read: \(ErrorWords.of(error))")
            }
            let sidecar = FilePath(path.string + ".sha512")
            let text = (try? OpenFile.content(of: sidecar, limit: 1 << 16)) ?? []
            if !String(decoding: text, as: UTF8.self).contains(package.sha512) {
                find(package.name + ".sha512", "is missing or does not name the package's digest")
            }
        }
    }

    /// What the checkpoint in a package says against the ledger; nil where the ledger begins with it, or where it has none.
    ///
    /// Whoever writes the ledger anew gives every event in the home the right hashes: what lies in the package stays.
    private func rewriting(_ path: FilePath) throws -> String? {
        guard let note = try PackageLayout.note(in: path), let said = Checkpoint(note.text) else { return nil }
        // Of a ledger that contradicts itself the reason was found already.
        guard let now = facts.report.checkpoint, facts.report.findings.isEmpty else { return nil }
        if let words = signatureFault(note, of: now.origin) { return words }
        guard said.size <= now.size else {
            return "holds a checkpoint of \(said.size) lines, and the ledger has \(now.size): history was cut back"
        }
        guard try home.ledger.checkpoint(at: said.size) != said else { return nil }
        return "holds a checkpoint of \(said.size) lines that the ledger does not begin with: history was rewritten"
    }

    /// What is wrong with the log's signatures on a checkpoint; nil where each is of a key that the ledger names.
    private func signatureFault(_ note: SignedNote, of origin: String) -> String? {
        for signature in note.signatures where signature.name.utf8.elementsEqual(origin.utf8) {
            guard let key = facts.logKeys.last(where: { $0.id == signature.keyID }) else {
                return "holds a checkpoint that is signed by a key which the ledger does not name"
            }
            if key.word(on: note) != .signed {
                return "holds a checkpoint whose signature is not that of the log's key"
            }
        }
        return nil
    }

    private func list(into report: inout VerifyReport) -> FolderEntries {
        guard FileStatus.exists(home.packages) else { return .none }
        do {
            return try FolderEntries(of: home.packages)
        } catch {
            report.unseen.insert(.packages)
            report.findings.append(
                VerifyFinding(.packages, message: "the folder cannot be listed: \(ErrorWords.of(error))")
            )
            return .none
        }
    }
}
