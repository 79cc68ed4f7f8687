import Acts
package import RecordsModel

/// A person let a document in whose date cannot be believed without a reason.
package struct DateAccepted: EventDetail {
    /// The kind of event.
    package static let type = EventType.dateAccepted

    /// The date on the document.
    package var date: CivilDate
    /// Why it is right.
    package var because: String

    /// A detail out of its parts.
    package init(date: CivilDate, because: String) {
        self.date = date
        self.because = because
    }

    /// What is wrong with the values.
    package var faults: [String] { [because].textFaults("because") }
}
