package import Acts
package import RecordsModel

/// What stays of a record that was removed (R28): never its content, always what it was and on whose word it went.
///
/// It claims that the record was removed, and not that it was wiped: a disk may still have the bytes (R27).
package struct Tombstone: Hashable, Sendable, Codable {
    /// The rule by which it went.
    package struct Rule: Hashable, Sendable, Codable {
        /// The version of the schedule.
        package let scheduleVersion: String
        /// The row by its code; nil where the schedule had none.
        package let row: String?
        /// The first day on which it might go.
        package let dueSince: CivilDate?
        /// What the row asked for.
        package let action: DueAction

        /// A rule out of its parts.
        package init(scheduleVersion: String, row: String?, dueSince: CivilDate?, action: DueAction) {
            self.scheduleVersion = scheduleVersion
            self.row = row
            self.dueSince = dueSince
            self.action = action
        }
    }

    /// On whose word it went.
    package struct Authority: Hashable, Sendable, Codable {
        /// Which authority.
        package let authority: DisposalAuthority
        /// Who approved.
        package let approvedBy: String
        /// The record that is the letter of approval.
        package let letter: RecordID
        /// Who looked on.
        package let witnesses: [String]

        /// An authority out of its parts.
        package init(authority: DisposalAuthority, approvedBy: String, letter: RecordID, witnesses: [String]) {
            self.authority = authority
            self.approvedBy = approvedBy
            self.letter = letter
            self.witnesses = witnesses
        }
    }

    /// One version that there was.
    package struct Version: Hashable, Sendable, Codable {
        /// The number, from 1.
        package let version: Int
        /// When it was received.
        package let received: Moment
        /// Who received it.
        package let receivedBy: String
        /// What was said of it when it was filed.
        package let description: RecordDescription
        /// Its files with their digests; a later ingest of the same bytes is stopped by these.
        package let files: [RecordFile]

        /// A version out of its parts.
        package init(
            version: Int,
            received: Moment,
            receivedBy: String,
            description: RecordDescription,
            files: [RecordFile]
        ) {
            self.version = version
            self.received = received
            self.receivedBy = receivedBy
            self.description = description
            self.files = files
        }
    }

    /// The name and version of the shape.
    package var schema = Tombstone.schemaName
    /// The record.
    package let record: RecordID
    /// The dossier.
    package let dossier: String
    /// The classification code in force at the end; nil where nobody had chosen one.
    package let code: String?
    /// SHA-512 of the object's last inventory.
    package let digest: String
    /// Its versions, from the first.
    package let versions: [Version]
    /// Whether it was destroyed, deposited or moved.
    package let kind: DisposalKind
    /// The list by which it went.
    package let list: DisposalID
    /// The rule by which it went.
    package let rule: Rule
    /// On whose word it went.
    package let authority: Authority
    /// Who removed it.
    package let removedBy: String
    /// When it was removed.
    package let removedAt: Moment

    /// The name and version of the shape that this program writes.
    package static let schemaName = "berkas/tombstone/1"

    /// A tombstone for an item of an approved list in execution.
    ///
    /// - Returns: nil where the list is not approved, not begun, or has no such item.
    package init?(
        of record: RecordID,
        on list: DisposalList,
        versions: [Version],
        by actor: String,
        at time: Moment
    ) {
        guard let item = list.item(record), let approval = list.approval, let run = list.run else { return nil }
        self.record = record
        dossier = item.dossier
        code = item.code
        digest = item.digest
        self.versions = versions
        kind = list.kind
        self.list = list.id
        rule = Rule(
            scheduleVersion: list.scheduleVersion,
            row: item.row,
            dueSince: item.dueSince,
            action: list.kind.action
        )
        authority = Authority(
            authority: approval.authority,
            approvedBy: approval.by,
            letter: approval.letter,
            witnesses: run.witnesses
        )
        removedBy = actor
        removedAt = time
    }

    /// The sentence for a person who asks for the record.
    package var sentence: String {
        let what =
            switch kind {
            case .destroy: "was removed by the destruction"
            case .deposit: "was removed here after its deposit with the archives by"
            case .move: "was removed here after its move to the unit kearsipan by"
            }
        return "\(record) \(what) \(list) on \(removedAt.date), on the approval of \(authority.authority.name) "
            + "(\(authority.letter))"
    }

    /// Whether one of its files had these bytes.
    package func has(sha512: String) -> Bool {
        versions.contains { $0.files.contains { $0.sha512.utf8.elementsEqual(sha512.utf8) } }
    }

    /// What is wrong with the values, each in one sentence without a full stop.
    package var faults: [String] {
        var faults: [String] = []
        if !schema.utf8.elementsEqual(Self.schemaName.utf8) { faults.append("the tombstone's schema is not known") }
        if !digest.isSHA512 { faults.append("the tombstone's digest is no SHA-512") }
        if versions.isEmpty { faults.append("the tombstone has no version") }
        if versions.map(\.version) != Array(1...max(1, versions.count)), !versions.isEmpty {
            faults.append("the tombstone's versions are not numbered from 1")
        }
        return faults
    }
}
