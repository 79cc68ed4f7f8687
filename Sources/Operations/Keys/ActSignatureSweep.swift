import Acts
import ArchiveHome
import Ledger
import OfficeFiles
import RecordsModel
import SystemPackage

/// Holds every signature of the ledger against the keys in force when it was made.
///
/// Whether the checkpoint in a signature is that of the lines before it, the ledger's own verification says.
struct ActSignatureSweep {
    /// How many lines may come between what a signature witnesses and its own line: what is entered with it.
    private static let reach = 16

    let home: Home
    let facts: LedgerFacts

    /// Looks at each signature once, and at each act that should have one.
    func run(into report: inout VerifyReport) throws {
        var seen: Set<String> = []
        var wanted: [PolicyText: Set<SignableAct>] = [:]
        let keys: KeyBook
        do { keys = try KeyBook(folding: facts.keys) } catch {
            report.findings.append(VerifyFinding(.ledger, line: error.seq + 1, message: error.description))
            return
        }
        for event in facts.signedActs {
            var faults: [String] = []
            if let signature = event.signature {
                if !seen.insert(signature.value).inserted { faults.append("repeats the signature of another one") }
                faults += try self.faults(of: signature, under: event, keys)
            } else if let act = facts.act(of: event), demands(act, at: event.seq, &wanted) {
                faults.append("is not signed, and '\(act.rawValue)' had to be ('signed-acts' in berkas.yaml)")
            }
            report.findings += faults.map { fault in
                let message = "the event '\(event.event.rawValue.displayed)' by '\(event.actor.displayed)' \(fault)"
                return VerifyFinding(.ledger, path: "line \(event.seq + 1)", line: event.seq + 1, message: message)
            }
        }
    }

    private func faults(of signature: ActSignature, under event: Event, _ keys: KeyBook) throws -> [String] {
        guard let checkpoint = Checkpoint(signature.checkpoint), checkpoint.size <= event.seq,
            event.seq - checkpoint.size < Self.reach
        else {
            return ["is signed over a checkpoint that is not the one before it"]
        }
        guard let key = keys.key(signature.key, of: event.actor, before: event.seq),
            SecureShell.fingerprint(of: key.key) == signature.key
        else {
            return ["is signed with the key \(signature.key.displayed), which was not that person's then"]
        }
        let content = try ActSignature.content(of: event, at: signature.checkpoint)
        return try SecureShell.isValid(signature.value, of: content, by: key.key)
            ? [] : ["has a signature that is not valid"]
    }

    /// Whether the settings in force before an event wanted such an act signed.
    ///
    /// - Parameters:
    ///   - act: what was done.
    ///   - seq: the event's place in the ledger.
    ///   - wanted: what the texts of the settings that were read so far want signed.
    /// - Returns: whether they did.
    private func demands(_ act: SignableAct, at seq: Int, _ wanted: inout [PolicyText: Set<SignableAct>]) -> Bool {
        guard let text = facts.policies.inForce(.settings, before: seq)?.text else { return false }
        let acts = wanted[text] ?? signedActs(in: text)
        wanted[text] = acts
        return acts.contains(act)
    }

    /// What a text of the settings wants signed; of one that cannot be read, the policies' own sweep tells.
    private func signedActs(in text: PolicyText) -> Set<SignableAct> {
        guard let bytes = try? home.kept(text),
            let settings = try? PolicyFiles.settings(bytes, from: home.path.appending(Home.settingsFile))
        else {
            return []
        }
        return settings.signedActs
    }
}
