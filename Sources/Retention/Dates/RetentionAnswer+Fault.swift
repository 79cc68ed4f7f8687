package import RecordsModel

extension RetentionAnswer {
    /// What keeps dates from being computed, in the words of a list of faults; nil where all dates are known.
    ///
    /// Also for a record that is still active, where its inactive period waits for an event without a date: the fault is
    /// told before it delays anything. A date behind the year 9999 is a warning, all else a fault.
    package var fault: Fault? {
        switch dates.obstacle {
        case nil:
            nil
        case .noClassification:
            Fault(
                column: "classification",
                message: "no classification code has been chosen, so that no rule says how long it is kept",
                remedy: "let the arsiparis choose one with 'berkas classify'"
            )
        case .noRule:
            Fault(
                column: "classification",
                message: "the schedule has no row for its code and document type",
                remedy: "classify it anew, or adopt a schedule that has the row"
            )
        case .missing(let trigger):
            Fault(
                column: "trigger",
                value: trigger,
                message: "the event that starts its period has no date, so that it is never due",
                remedy: "enter the date with 'berkas retention event' once it has happened"
            )
        case .missingPlan:
            Fault(
                column: "trigger",
                value: "signed-plan",
                message: "it follows the signed plan of its dossier, and none is filed",
                remedy: "file the signed plan, or classify the record under a row that does not follow it"
            )
        case .beyondCalendar:
            Fault(
                .warning,
                column: "due",
                message: "its due date lies behind the year 9999",
                remedy: "check the periods of its row"
            )
        }
    }
}
