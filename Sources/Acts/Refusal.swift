import RecordsModel

/// Why something may not be done: what, which, why and what to do about it.
///
/// Rules return all refusals at once; an empty list means that the act is allowed.
package struct Refusal: Hashable, Sendable, Codable {
    /// The reasons by stable names, for programs, tests and the ledger.
    package enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        /// The person's roles do not allow it, or the office does not know the person.
        case notPermitted = "not-permitted"
        /// The account that works may not act as the person.
        case wrongAccount = "wrong-account"
        /// A file that the act rests on is not as it was adopted.
        case policyNotAdopted = "policy-not-adopted"
        /// The act must be signed with the person's key, and is not.
        case signatureMissing = "signature-missing"
        /// A text or a choice that must be there is missing.
        case missing = "missing"
        /// A value cannot be read.
        case malformed = "malformed"
        /// There is no such hold, list, item or record.
        case unknown = "unknown"
        /// It was done before.
        case alreadyDone = "already-done"
        /// It comes before or after its time.
        case wrongState = "wrong-state"
        /// One person would do two of proposing, assessing and approving, or be a witness of their own act (R23).
        case samePerson = "same-person"
        /// A hold is in force.
        case held = "held"
        /// The holds that a package lists are not those that its events tell of.
        case holdsDisagree = "holds-disagree"
        /// A hold took effect, so that it stays.
        case holdWasUsed = "hold-was-used"
        /// The retention period has not passed, or has not begun.
        case notDue = "not-due"
        /// The schedule says something else than this.
        case otherAction = "other-action"
        /// The schedule in force is the marked sample.
        case sampleSchedule = "sample-schedule"
        /// The schedule in force is another one than that of the list.
        case scheduleChanged = "schedule-changed"
        /// The record is lent.
        case onLoan = "on-loan"
        /// Another open list has the record.
        case onOtherList = "on-other-list"
        /// The record was removed before.
        case removed = "removed"
        /// A record to be destroyed is evidence of its own destruction.
        case evidenceOnList = "evidence-on-list"
        /// A record to be destroyed is evidence of another list.
        case evidenceOfList = "evidence-of-list"
        /// A date lies after today, before the office's first year, or before the document's own.
        case implausibleDate = "implausible-date"
        /// The clock leapt forward, and nobody has said that it was right.
        case clockLeap = "clock-leap"
        /// The time between approval and execution has not passed.
        case coolingOff = "cooling-off"
        /// What is brought was made in a rehearsal.
        case rehearsal = "rehearsal"
        /// Nobody has chosen a classification code.
        case unclassified = "unclassified"
        /// Somebody objects.
        case objected = "objected"
        /// A record is of another document type than its place in the chain of evidence takes.
        case wrongDocument = "wrong-document"
        /// A paper has no number, no date or no signer.
        case evidenceIncomplete = "evidence-incomplete"
        /// Evidence is missing.
        case evidenceMissing = "evidence-missing"
        /// Somebody has not assessed yet.
        case assessmentMissing = "assessment-missing"
        /// All items were refused or left out.
        case nothingLeft = "nothing-left"
        /// Another authority must approve.
        case wrongAuthority = "wrong-authority"
        /// Fewer than two witnesses.
        case witnessesMissing = "witnesses-missing"
        /// A package that was handed over is not there, or another one is.
        case packageMissing = "package-missing"
        /// The receiver has not confirmed.
        case receiptMissing = "receipt-missing"
    }

    /// The reason.
    package let code: Code
    /// Which hold, list, record or person, verbatim.
    package let subject: String
    /// What is refused and why, in one sentence without a full stop.
    package let message: String
    /// What to do about it, in one sentence without a full stop.
    package let remedy: String

    /// A refusal out of its parts.
    package init(_ code: Code, _ subject: String, _ message: String, remedy: String) {
        self.code = code
        self.subject = subject
        self.message = message
        self.remedy = remedy
    }
}

extension Refusal {
    /// A text that must be there is empty.
    package static func noText(_ name: String, of what: String) -> Refusal {
        Refusal(.missing, name, "\(what) needs '\(name)', and it is empty", remedy: "enter '\(name)'")
    }

    /// A value cannot be used, for this problem.
    package static func malformed(_ name: String, _ problem: String) -> Refusal {
        Refusal(.malformed, name, "'\(name)' cannot be used: \(problem)", remedy: "correct '\(name)'")
    }
}

extension People {
    /// The refusals of an act: no role of the person allows it, or a file that it rests on is not as it was adopted.
    ///
    /// - Returns: the reasons; empty where it is allowed.
    package func refusals(of act: String, by name: String, needing permission: Permission) -> [Refusal] {
        unadopted.filter { permission.restsOn.contains($0) }.map { Self.unadopted($0, act) }
            + permissionRefusals(of: act, by: name, needing: permission)
    }

    /// The refusal of an act that rests on a file that is not as it was adopted.
    package static func unadopted(_ file: PolicyFile, _ act: String) -> Refusal {
        Refusal(
            .policyNotAdopted,
            file.path,
            "'\(file.path)' is not as it was adopted, and to \(act) rests on it",
            remedy: "see 'berkas policy diff', then put the file back or adopt it: 'berkas policy adopt --reason WORDS'"
        )
    }

    /// The refusal of an act that no role of the person allows; empty where one does.
    package func permissionRefusals(
        of act: String,
        by name: String,
        needing permission: Permission
    ) -> [Refusal] {
        if name.isBlank {
            return [Refusal(.missing, name, "nobody is named who would \(act)", remedy: "name the person")]
        }
        let named = roles.roles(allowing: permission)
        if named.isEmpty {
            return [
                Refusal(
                    .notPermitted,
                    name,
                    "'\(name.displayed)' may not \(act): no role in 'policy/roles.csv' allows it to anybody",
                    remedy: "enter a row with a role and the permission '\(permission.rawValue)' in 'policy/roles.csv'"
                )
            ]
        }
        let able = named.joined(separator: ", ")
        guard let person = person(named: name) else {
            return [
                Refusal(
                    .notPermitted,
                    name,
                    "'\(name.displayed)' may not \(act): the office's people do not include that name",
                    remedy: "enter the person with one of the roles \(able) in 'policy/people.csv'"
                )
            ]
        }
        if roles.allows(permission, to: person) { return [] }
        return [
            Refusal(
                .notPermitted,
                name,
                "'\(name.displayed)' may not \(act): none of the roles (\(person.roles.joined(separator: ", "))) allows it",
                remedy: "let somebody with one of the roles \(able) do it"
            )
        ]
    }
}
