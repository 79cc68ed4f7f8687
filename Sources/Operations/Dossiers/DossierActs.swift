import Acts
package import ArchiveHome
package import Dossiers
import RecordsModel
import SystemPackage

/// Moves dossiers on: receives, checks, approves, seals, and opens again.
///
/// Each act is an event by a person and at a time; a refused attempt is one too. `seal` packs the whole dossier into
/// `packages/` and enters package and seal in one group: killed anywhere, there are both or neither.
package struct DossierActs {
    private let writer: ArchiveWriter

    /// Acting under a lock that is held.
    package init(_ writer: ArchiveWriter) { self.writer = writer }

    private var actor: String { writer.context.actor }

    /// What a seal did.
    package struct Sealed: Sendable {
        /// What was written down.
        package let detail: DossierSealed
        /// The package.
        package let package: Pack.Outcome
        /// From the signature to the first seal with this plan; nil where there is no signed plan with a date.
        package let timing: StepTiming?
    }

    /// Enters that a dossier reached a stage.
    ///
    /// - Parameters:
    ///   - act: what is done.
    ///   - year: the fiscal year.
    ///   - note: a remark.
    /// - Returns: what was written down, with the stage's name.
    /// - Throws: `RefusedError` with all reasons; `OfficeFileError`.
    package func advance(_ act: DossierAct, year: Int, note: String?) throws -> (detail: DossierStage, name: String) {
        let desk = try DossierDesk(writer.home, writer.books)
        let filing = try desk.filing(of: year)
        let verdict = desk.filings.advance(act, filing, note: note, by: actor, people: try writer.people())
        let detail = try writer.allowed(verdict, act: act.words, subject: filing.dossier)
        try writer.enter([writer.event(detail)])
        return (detail, desk.stages.first { $0.id == detail.stage }?.name ?? detail.stage)
    }

    /// Seals a dossier.
    ///
    /// - Parameters:
    ///   - year: the fiscal year.
    ///   - incomplete: why it is sealed although something is missing.
    ///   - ending: the package's format, by its ending.
    /// - Returns: what was done.
    /// - Throws: `RefusedError` with all reasons; as `Pack.run`.
    package func seal(year: Int, incomplete: String?, ending: String) throws -> Sealed {
        let desk = try DossierDesk(writer.home, writer.books)
        let filing = try desk.filing(of: year)
        let policies = try PolicyDesk(writer.home, writer.books)
        let today = writer.context.now().date
        let assessment = try desk.report(of: year, asOf: today).assessment
        let gaps = assessment.findings.filter(\.isGap).map { "step \($0.step): \($0.message)" }
        var refusals = desk.filings.sealRefusals(
            filing,
            gaps: gaps,
            incomplete: incomplete,
            by: actor,
            people: try policies.people()
        )
        refusals += try writer.clockRefusals()
        try writer.require(refusals, act: "seal a dossier", subject: filing.dossier)
        try writer.requireKey(for: .seal, subject: filing.dossier)
        var detail = DossierSealed(dossier: filing.dossier, package: "", sha512: "", records: filing.records)
        detail.plan = assessment.validPlan?.id.description
        detail.signed = assessment.validPlan?.date
        detail.due = assessment.sealing?.due
        detail.procedure = policies.found.first { $0.file == .procedure }?.text.sha512
        detail.incomplete = gaps.isEmpty ? nil : incomplete
        let outcome = try Pack(writer).run(.year(year), to: .home(ending: ending)) { outcome in
            detail.package = outcome.path.lastComponent?.string ?? ""
            detail.sha512 = outcome.sha512
            return [try writer.signed(writer.event(detail), as: .seal)]
        }
        // Asked again: of a dossier that was open for a while, the first seal with this plan counts.
        let after = try DossierDesk(writer.home, writer.books).report(of: year, asOf: today)
        return Sealed(detail: detail, package: outcome, timing: after.assessment.sealing)
    }

    /// Opens a sealed dossier again.
    ///
    /// - Returns: what was written down.
    /// - Throws: `RefusedError` with all reasons.
    package func reopen(year: Int, reason: String) throws -> DossierReopened {
        let desk = try DossierDesk(writer.home, writer.books)
        let name = "\(desk.procedure.id)/\(year)"
        let people = try writer.people()
        let verdict = desk.filings.reopen(name, reason: reason, by: actor, people: people)
        let detail = try writer.allowed(verdict, act: "open a sealed dossier", subject: name)
        try writer.enter([writer.event(detail)])
        return detail
    }
}
