import Foundation

/// What happened: one line of the ledger.
///
/// The shape is published as `Schemas/ledger-event.schema.json`. Names of events follow the PREMIS event types where
/// there is one (<https://id.loc.gov/vocabulary/preservation/eventType.html>).
package struct Event: Hashable, Sendable, Codable {
    /// The place in the ledger, from 0.
    package var seq: Int
    /// When.
    package var time: Moment
    /// Who is said to have done it.
    package let actor: String
    /// The name of the operating system's account that wrote it; nil in events of earlier versions.
    package var account: String?
    /// The number of that account.
    package var uid: Int?
    /// The name of the computer on which it was written.
    package var host: String?
    /// The signature of the person who acted; nil where there is none.
    package var signature: ActSignature?
    /// What.
    package let event: EventType
    /// The record that it concerns.
    package let record: String?
    /// The version of the record that it concerns.
    package let version: Int?
    /// The particulars, by event.
    package let detail: [String: JSONValue]

    /// An event out of its parts.
    package init(
        seq: Int,
        time: Moment,
        actor: String,
        event: EventType,
        record: RecordID? = nil,
        version: Int? = nil,
        detail: [String: JSONValue]
    ) {
        self.seq = seq
        self.time = time
        self.actor = actor
        self.event = event
        self.record = record?.description
        self.version = version
        self.detail = detail
    }
}

extension Event {
    /// The account that wrote it, where the event tells of one.
    package var writtenBy: Account? {
        get { uid.map { Account(name: account ?? "#\($0)", uid: $0, host: host ?? "") } }
        set {
            account = newValue?.name
            uid = newValue?.uid
            host = newValue?.host
        }
    }
}

extension Event {
    /// What an accession says where the decisions that came along are history here, until somebody adopts them.
    package static let historyOnly: (name: String, value: JSONValue) = ("effect", .string("history"))

    /// The kinds of decisions that move due dates and may come along with a record.
    package static let datingDecisions: Set<EventType> = [
        .classified, .triggerEntered, .triggerCorrected, .reviewClosed,
    ]

    /// Whether the decisions that an accession carries are history only; those of earlier versions took effect at once.
    package var isHistoryOnly: Bool { detail[Self.historyOnly.name] == Self.historyOnly.value }

    /// The decisions about its record that an accession carries, in order.
    ///
    /// - Throws: `DecodingError` where one of the events is none.
    package func carriedDecisions() throws -> [Event] {
        try carried().filter { $0.record == record && Self.datingDecisions.contains($0.event) }
    }

    /// The events that an accession tells of, with those that they tell of themselves, in order; none of any other event.
    ///
    /// As deep as the number of archives that a record went through; the reader of JSON refuses more than 512.
    ///
    /// - Throws: `DecodingError` where one of them is no event.
    package func carried() throws -> [Event] {
        guard event == .accession, let list = detail["events"]?.list else { return [] }
        return try list.flatMap { value in
            let event = try CanonicalJSON.decode(Event.self, from: CanonicalJSON.line(value))
            return event.event == .accession ? try event.carried() : [event]
        }
    }

    /// The event of a line of the ledger; throws `DecodingError` where the line is none.
    package init(line: String) throws { self = try CanonicalJSON.decode(Event.self, from: Data(line.utf8)) }
}

/// The kinds of event that this version of Berkas writes; a reader keeps those that it does not know.
package struct EventType: Hashable, Sendable, RawRepresentable, Codable, CustomStringConvertible {
    /// The name in the ledger.
    package let rawValue: String

    /// A kind by its name in the ledger.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The archive was begun: its origin, its office and its format.
    package static let creation = EventType(rawValue: "creation")
    /// A version of a record was received, and is kept.
    package static let ingestion = EventType(rawValue: "ingestion")
    /// Versions of a record came from another archive, or a bag became a record, and are kept.
    package static let accession = EventType(rawValue: "accession")
    /// A person put decisions in force that came along with a record.
    package static let importAdopted = EventType(rawValue: "import adopted")
    /// A package was made.
    package static let packing = EventType(rawValue: "packing")
    /// A person let a document in whose electronic signature is invalid.
    package static let signatureAccepted = EventType(rawValue: "signature accepted")
    /// A person proposed to take a record from a code under which it is kept for ever to another one.
    package static let classificationProposed = EventType(rawValue: "classification proposed")
    /// A person let a document in whose date cannot be believed without a reason.
    package static let dateAccepted = EventType(rawValue: "date accepted")
    /// What the ledger's log held until then became a part of its own, which nothing is added to any more.
    package static let partClosed = EventType(rawValue: "ledger part closed")
    /// The log got its key, or another one: the public key, by which its checkpoints are signed from here on.
    package static let logKeyNamed = EventType(rawValue: "log key named")
    /// A witness outside of the office cosigned a checkpoint of the log.
    package static let checkpointCosigned = EventType(rawValue: "checkpoint cosigned")
    /// A time stamp over a checkpoint was requested from an authority outside of the office.
    package static let timeStampRequested = EventType(rawValue: "time stamp requested")
    /// An authority's time stamp over a checkpoint was taken in.
    package static let timeStampAccepted = EventType(rawValue: "time stamp accepted")
    /// What a repair did, and where it keeps what it put aside.
    package static let repair = EventType(rawValue: "repair")
    /// A person said that the computer's clock was right where it had leapt forward.
    package static let clockConfirmed = EventType(rawValue: "clock confirmed")
    /// A person said that the clock was ahead, and is right now.
    package static let clockCorrected = EventType(rawValue: "clock corrected")
    /// Contents were read: what was read of each lies in `derived/`, and the event names its digest.
    package static let reading = EventType(rawValue: "reading")
    /// A sweep over the archive, or one failure that it found.
    package static let fixityCheck = EventType(rawValue: "fixity check")

    /// The name in the ledger.
    package var description: String { rawValue }
}

/// The detail of `reading`: what was read of contents, each by its digest.
///
/// `derived/` is disposable and anybody who may write to the home could change it. So the ledger holds the SHA-512 of each
/// `reading.json`; a text counts only where it is the one that was named last.
package struct ReadingAnchors: Hashable, Sendable {
    /// How many contents one event may name: a line of a quarter of a megabyte.
    package static let most = 1000

    /// SHA-512 of a content → SHA-512 of its `reading.json`, both hexadecimal.
    package let anchors: [String: String]

    /// Anchors by content.
    package init(_ anchors: [String: String]) { self.anchors = anchors }

    /// What an event of this kind names; what is no pair of digests is passed over.
    package init(_ event: Event) {
        guard case .object(let said)? = event.detail["readings"] else {
            self.init([:])
            return
        }
        var anchors: [String: String] = [:]
        for (content, value) in said {
            if let anchor = value.text, content.isSHA512, anchor.isSHA512 { anchors[content] = anchor }
        }
        self.init(anchors)
    }

    /// The detail as the ledger holds it.
    package var detail: [String: JSONValue] { ["readings": .object(anchors.mapValues { .string($0) })] }
}

/// What happens to records at the end of their time: pembekuan, penyusutan and what is refused on the way.
///
/// The shapes of their details stand in the module `Retention`, one type a kind of event.
extension EventType {
    /// A version of the retention schedule (JRA) was adopted, and is in force from here on.
    package static let scheduleAdopted = EventType(rawValue: "retention schedule adopted")
    /// How the office counts retention was found to be otherwise than the ledger said last, or was said for the first time.
    package static let countingChanged = EventType(rawValue: "retention settings changed")
    /// A person chose the classification code of a record.
    package static let classified = EventType(rawValue: "classification")
    /// A person entered the date of an event that starts a record's period.
    package static let triggerEntered = EventType(rawValue: "retention trigger")
    /// A person's key was entered: from here on it signs for them.
    package static let personEnrolled = EventType(rawValue: "person enrolled")
    /// A person's key signs no more from here on.
    package static let personRetired = EventType(rawValue: "person retired")
    /// A person put such a date right, or took it back.
    package static let triggerCorrected = EventType(rawValue: "retention trigger corrected")

    /// Texts of policy files are in force from here on.
    package static let policyAdopted = EventType(rawValue: "policy adopted")
    /// Policy files were found otherwise than they were when somebody looked last.
    package static let policyChanged = EventType(rawValue: "policy changed")

    /// Something that a person asked for was refused by a rule.
    package static let refusal = EventType(rawValue: "refusal")

    /// A hold was placed (pembekuan).
    package static let holdPlaced = EventType(rawValue: "hold placed")
    /// A hold took effect on one record: from here on it covers the record, whatever becomes of its description.
    package static let holdApplied = EventType(rawValue: "hold applied")
    /// A hold was lifted.
    package static let holdReleased = EventType(rawValue: "hold released")
    /// A hold that never took effect was taken back.
    package static let holdWithdrawn = EventType(rawValue: "hold withdrawn")

    /// A list of records to dispose of was proposed and frozen (daftar usul musnah, serah or pindah).
    package static let disposalProposed = EventType(rawValue: "disposal proposed")
    /// A member of the panitia said what becomes of items of a list.
    package static let disposalAssessed = EventType(rawValue: "disposal assessed")
    /// A record was named as evidence of a step.
    package static let disposalEvidence = EventType(rawValue: "disposal evidence attached")
    /// A list was approved by its authority.
    package static let disposalApproved = EventType(rawValue: "disposal approved")
    /// Somebody objects to the execution of a list.
    package static let disposalObjected = EventType(rawValue: "disposal objected")
    /// An objection was lifted, by whoever made it or by the authority that approves the list.
    package static let disposalObjectionLifted = EventType(rawValue: "disposal objection lifted")
    /// The execution of a list began, before its witnesses.
    package static let disposalBegun = EventType(rawValue: "disposal begun")
    /// One record of a list went to the receiver, as a copy.
    package static let disposalItemTransferred = EventType(rawValue: "disposal item transferred")
    /// One record of a list was removed; its tombstone stays.
    package static let disposalItemRemoved = EventType(rawValue: "disposal item removed")
    /// One record of a list was left out, with the reasons.
    package static let disposalItemSkipped = EventType(rawValue: "disposal item skipped")
    /// The receiver confirmed a transfer.
    package static let disposalReceipt = EventType(rawValue: "disposal receipt recorded")
    /// Nothing of a list is left to do.
    package static let disposalExecuted = EventType(rawValue: "disposal executed")
    /// A list was given up; what was removed until then stays removed.
    package static let disposalCancelled = EventType(rawValue: "disposal cancelled")
    /// Copies of a removed record elsewhere were listed, to be destroyed by hand.
    package static let disposalCopiesListed = EventType(rawValue: "disposal copies listed")
    /// A person confirmed that a copy elsewhere was destroyed.
    package static let disposalCopyDestroyed = EventType(rawValue: "disposal copy destroyed")
    /// A record that was to be appraised again (dinilai kembali) has an outcome.
    package static let reviewClosed = EventType(rawValue: "review closed")
}

/// What happens to the dossiers of years: stages of their filing, the seal, and what opens it again.
extension EventType {
    /// A dossier reached a stage of its filing: received, checked, filed.
    package static let dossierStage = EventType(rawValue: "dossier stage")
    /// A dossier was sealed: packed, with its digest.
    package static let dossierSealed = EventType(rawValue: "dossier sealed")
    /// A sealed dossier was opened again.
    package static let dossierReopened = EventType(rawValue: "dossier reopened")
}

/// What happens to the papers of the office: originals that are lent, and papers that are printed.
extension EventType {
    /// The paper original of a record went out on a loan (peminjaman).
    package static let paperLent = EventType(rawValue: "paper lent")
    /// The paper original of a record came back from its loan (pengembalian).
    package static let paperReturned = EventType(rawValue: "paper returned")
    /// A paper of the office was made out of catalogue and ledger.
    package static let paperPrinted = EventType(rawValue: "paper printed")
}
