import ArchiveHome
import ArgumentParser
import BoundedProcess
import Foundation
import Operations
import RecordsModel
import SystemPackage

/// Whether a person lets documents in whose electronic signature is invalid, or whose date cannot be believed.
struct AcceptanceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep documents that are said to be signed although their electronic signature is invalid, for this reason; "
                + "--as says who answers for it.",
            valueName: "reason"
        )
    )
    var acceptSignature: String?

    @Option(
        help: ArgumentHelp(
            "Keep documents dated after today or before the office's first year, for this reason; --as says who answers "
                + "for it.",
            valueName: "reason"
        )
    )
    var because: String?

    func validate() throws {
        if let because, because.allSatisfy(\.isWhitespace) { throw ValidationError("--because needs a reason") }
        if let acceptSignature, acceptSignature.allSatisfy(\.isWhitespace) {
            throw ValidationError("--accept-signature needs a reason")
        }
    }

    /// What holds the dates of what comes into a home against what can be believed.
    ///
    /// - Throws: `ValidationError` where a date is accepted and nobody is named who accepts it.
    func dates(of home: Home, _ context: OperationContext, _ common: CommonOptions) throws -> DateIntake {
        if because != nil, !common.isPersonNamed {
            throw ValidationError("--because needs --as PERSON: somebody answers for it by name")
        }
        return DateIntake(home, context, because: because)
    }

    /// What looks at the signatures of what comes into a home.
    ///
    /// - Throws: `ValidationError` where a signature is accepted and nobody is named who accepts it; `FileSafetyError` and
    ///   `TrustAnchors.UnreadableError` of the home's trust anchors.
    func intake(of home: Home, _ context: OperationContext, _ common: CommonOptions) throws -> SignatureIntake {
        if acceptSignature != nil, !common.isPersonNamed {
            throw ValidationError("--accept-signature needs --as PERSON: somebody answers for it by name")
        }
        let check = try SignatureCheck(
            program: OwnProgram.path ?? "berkas",
            trust: try SignatureCheck.trust(of: home),
            now: context.now(),
            budget: home.settings.budget
        )
        return try SignatureIntake(check, acceptance: acceptSignature)
    }
}
