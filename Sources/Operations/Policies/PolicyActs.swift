package import Acts
package import ArchiveHome
import OfficeFiles
import RecordsModel
import SystemPackage

/// Adopts policy files: from here on what they say now is in force.
package struct PolicyActs {
    private let writer: ArchiveWriter

    /// Acting under a lock that is held.
    package init(_ writer: ArchiveWriter) { self.writer = writer }

    /// Adopts files as they lie there.
    ///
    /// The right is asked of the version in force, and not of what is adopted. Where that gives the right to nobody, as in a
    /// new home or an office of one person, anybody may, and the event says so.
    ///
    /// - Parameters:
    ///   - wanted: the files; empty for all that are not as they were adopted, or, where there are none, all that nobody
    ///     adopted yet.
    ///   - authority: on whose word.
    ///   - reason: why.
    /// - Returns: what was entered; nil where nothing is to be adopted.
    /// - Throws: `RefusedError` with all reasons; `OperationError`, code `damaged`, where what is in force cannot be read.
    package func adopt(_ wanted: [PolicyFile], authority: String?, reason: String) throws -> PolicyAdopted? {
        let act = "adopt a policy"
        let desk = try PolicyDesk(writer.home, writer.books)
        let edited = desk.found.filter { desk.unadopted.contains($0.file) }
        let open = edited.isEmpty ? desk.found.filter { desk.isOpen($0) } : edited
        let chosen = wanted.isEmpty ? open : desk.found.filter { wanted.contains($0.file) }
        if chosen.isEmpty { return nil }
        let people = try desk.people()
        let isOpen = people.all(allowed: .adoptPolicy).isEmpty
        var refusals: [Refusal] = []
        if !isOpen {
            refusals += people.permissionRefusals(of: act, by: writer.context.actor, needing: .adoptPolicy)
        }
        if reason.isBlank {
            refusals.append(Refusal(.missing, "reason", "no reason is given", remedy: "give one with --reason"))
        }
        for file in chosen where !desk.isOpen(file) {
            refusals.append(
                Refusal(
                    .alreadyDone,
                    file.file.path,
                    "'\(file.file.path)' is as it was adopted",
                    remedy: "nothing needs to be done for it"
                )
            )
        }
        refusals += chosen.compactMap { desk.fault(of: $0) }
        let subject = chosen.map(\.file.path).joined(separator: " ")
        try writer.require(refusals, act: act, subject: subject)
        let detail = PolicyAdopted(
            files: chosen.map(\.text),
            basis: isOpen ? .open : .right,
            authority: authority,
            reason: reason
        )
        try writer.keep(chosen)
        try writer.enter(signing: writer.event(detail), as: .adopt, subject: subject)
        return detail
    }
}

extension PolicyDesk {
    /// Whether there is something to adopt: another text than the one in force, or one that nobody adopted yet.
    func isOpen(_ found: Found) -> Bool {
        guard let adoption = book.inForce(found.file) else { return true }
        return found.problem != nil || adoption.text != found.text || adoption.detail.basis == .found
    }

    /// Why a text cannot be adopted: this program could not use it.
    func fault(of found: Found) -> Refusal? {
        func refusal(_ why: String) -> Refusal {
            Refusal(
                .malformed,
                found.file.path,
                "'\(found.file.path)' cannot be used: \(why)",
                remedy: "correct it, or put back what is in force out of 'policy/history'"
            )
        }
        if let problem = found.problem { return refusal(problem) }
        do {
            switch found.file {
            case .people, .roles:
                func bytes(_ file: PolicyFile) -> [UInt8]? { self.found.first { $0.file == file }?.bytes }
                _ = try Self.people(of: bytes(.people), roles: bytes(.roles), in: home)
            case .procedure: _ = try home.procedure()
            case .holidays: _ = try HolidayFile.read(home.policy.appending("holidays.csv"))
            case .access: _ = try PolicyFiles.table(home.policy.appending("access.csv"), columns: ["level"])
            case .classification:
                _ = try PolicyFiles.table(home.policy.appending("classification.csv"), columns: ["code"])
            case .evidence: _ = try home.evidenceTypes()
            case .witnesses: _ = try AcceptCosignatures.keys(found.bytes, in: home)
            case .settings: _ = try PolicyFiles.settings(home.path.appending(Home.settingsFile))
            }
            return nil
        } catch {
            return refusal(ErrorWords.of(error))
        }
    }
}
