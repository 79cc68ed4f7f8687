package import RecordsModel

/// Decisions that came along with a record are in force here from here on.
package struct ImportAdopted: EventDetail {
    /// The kind of event.
    package static let type = EventType.importAdopted

    /// The place in the ledger of the accession that brought them.
    package let accession: Int
    /// The day from which the record was eligible before; nil where there was none.
    package let before: CivilDate?
    /// The day from which it is now; nil where there is none.
    package let after: CivilDate?
    /// Why they are adopted.
    package let reason: String
    /// Why dates count that cannot be believed; nil where there are none.
    package let because: String?

    /// An adoption out of its parts.
    package init(accession: Int, before: CivilDate?, after: CivilDate?, reason: String, because: String?) {
        self.accession = accession
        self.before = before
        self.after = after
        self.reason = reason
        self.because = because
    }

    /// What is wrong with the values.
    package var faults: [String] {
        [reason].textFaults("reason") + [because].compactMap { $0 }.textFaults("because")
            + (accession >= 0 ? [] : ["'accession' is no place in the ledger"])
    }
}
