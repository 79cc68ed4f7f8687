import Acts
import ArchiveHome
import Ledger
import OfficeFiles
import RecordsModel
import SystemPackage

extension SignableAct {
    /// What it is, as in "refused to …".
    var words: String {
        switch self {
        case .adopt: "put a policy or schedule in force"
        case .approve: "approve a list"
        case .execute: "begin a destruction"
        case .releaseHold: "lift a hold"
        case .seal: "seal a dossier"
        case .handOver: "hand records over"
        }
    }
}

extension ArchiveWriter {
    /// Whether the office wants an act signed, as its settings are in force or as they lie there: an edit takes nothing away.
    private func demands(_ act: SignableAct) throws -> Bool {
        if home.settings.signedActs.contains(act) { return true }
        guard let bytes = try PolicyDesk(home, books).content(inForce: .settings) else { return false }
        return try PolicyFiles.settings(bytes, from: home.path.appending(Home.settingsFile)).signedActs.contains(act)
    }

    /// Refuses an act that must be signed by somebody who has no key, before anything is made for it.
    ///
    /// - Throws: `RefusedError`; the attempt is entered.
    func requireKey(for act: SignableAct, subject: String) throws {
        guard try demands(act), try books.keys().keys(of: context.actor).isEmpty else { return }
        let name = context.actor.displayed
        let missing = Refusal(
            .signatureMissing,
            context.actor,
            "to \(act.words) must be signed ('signed-acts' in berkas.yaml), and '\(name)' has no key",
            remedy: "enter one: 'berkas person enrol '\(name)' --key FILE.pub --reason WORDS'"
        )
        try require([missing], act: act.words, subject: subject)
    }

    /// The event with the signature of whoever acts, where they have a key.
    ///
    /// Where no signature is demanded and none could be made, the event is as it was, and a notice says why.
    ///
    /// - Throws: `RefusedError` where one is demanded; the attempt is not entered here, since a group may be under way.
    func signed(_ event: Event, as act: SignableAct) throws -> Event {
        let keys = try books.keys().keys(of: context.actor)
        if keys.isEmpty { return event }
        var event = event
        event.writtenBy = context.account
        let checkpoint = end.checkpoint.description
        do {
            let content = try ActSignature.content(of: event, at: checkpoint)
            event.signature = try SecureShell.signature(of: content, at: checkpoint, by: keys, file: context.keyFile)
            return event
        } catch let error as OperationError {
            guard try demands(act) else {
                context.notice("\(error.message); the act is entered without a signature")
                return event
            }
            let missing = Refusal(
                .signatureMissing,
                context.actor,
                "to \(act.words) must be signed, and \(error.message)",
                remedy: error.remedy
            )
            throw RefusedError(act: act.words, refusals: [missing])
        }
    }

    /// Enters an act with the signature of whoever acts, where they have a key.
    ///
    /// - Parameters:
    ///   - before: what is entered in front of it.
    ///   - event: the act.
    ///   - act: which act it is.
    ///   - subject: what it is done to.
    /// - Throws: `RefusedError` where a signature is demanded and is not there; the attempt is entered.
    func enter(_ before: [Event] = [], signing event: Event, as act: SignableAct, subject: String) throws {
        try requireKey(for: act, subject: subject)
        do {
            try enter(before + [signed(event, as: act)])
        } catch let refused as RefusedError {
            try require(refused.refusals, act: refused.act, subject: subject)
        }
    }
}
