extension ScheduleReader {
    /// The row that cells make; nil where one of them is not understood, which has been named then.
    mutating func row(_ cells: Cells) -> ScheduleRow? {
        let types = cells.types
        for type in types where !knownTypes.isEmpty && !knownTypes.contains(where: { $0.utf8.elementsEqual(type.utf8) })
        {
            let message = "the procedure has no document type of that id, so that the row is for no record of it"
            warn(cells.row, cells.names[.types], type, message, "take an id of policy/sop-rkt.yaml")
        }
        // Each is read before any decides, so that all faults of the row are named.
        let active = period(cells, .active)
        let inactive = period(cells, .inactive)
        let cutoff = cutoff(cells)
        let named = trigger(cells)
        let disposition = disposition(cells)
        let drafts = flag(cells, .drafts)
        let sample = flag(cells, .sample)
        guard let active, let inactive, let cutoff, let named, let disposition, let drafts, let sample else {
            return nil
        }
        var trigger = active.trigger ?? .absent
        if let phrase = named.phrase {
            if let inside = active.trigger, inside.kind != phrase.kind {
                let message = "it names '\(phrase.kind.id)', and the active period names '\(inside.kind.id)'"
                let column = cells.names[.trigger]
                fault(cells.row, column, cells[.trigger], message, "say in one of them which event starts the period")
                return nil
            }
            trigger = phrase
        }
        return ScheduleRow(
            row: cells.row,
            code: cells[.code],
            title: cells[.title],
            types: types,
            note: cells[.description],
            active: active,
            inactive: inactive,
            cutoff: cutoff.value,
            trigger: trigger,
            inactiveTrigger: inactive.trigger.flatMap { $0.kind == trigger.kind ? nil : $0 },
            disposition: disposition,
            basis: cells[.basis],
            followsPlan: drafts,
            isSample: sample
        )
    }

    private mutating func period(_ cells: Cells, _ column: ScheduleColumn) -> PeriodPhrase? {
        // An empty one has been named as missing.
        guard !cells[column].isEmpty else { return nil }
        do {
            return try PeriodPhrase(cells[column], unit: cells.units[column], vocabulary: vocabulary)
        } catch {
            fault(cells.row, cells.names[column], cells[column], error.message, error.remedy)
            return nil
        }
    }

    /// What the cut-off cell says, which may be nothing; nil where it is not understood.
    private mutating func cutoff(_ cells: Cells) -> (value: Cutoff?, Void)? {
        let text = cells[.cutoff]
        if text.isEmpty { return (nil, ()) }
        if let cutoff = Cutoff(text, fiscalMonth: fiscalMonth) { return (cutoff, ()) }
        let remedy = "write none, month, quarter, year, fiscal-01 to fiscal-12, or nothing for the office's own"
        fault(cells.row, cells.names[.cutoff], text, "it is no cut-off that is understood", remedy)
        return nil
    }

    /// What the trigger cell says, which may be nothing; nil where it is not understood.
    private mutating func trigger(_ cells: Cells) -> (phrase: TriggerPhrase?, Void)? {
        let text = cells[.trigger]
        if text.isEmpty || PhraseText(text).words == ["-"] { return (nil, ()) }
        if let phrase = TriggerPhrase(text, vocabulary: vocabulary) { return (phrase, ()) }
        let known = vocabulary.triggers.map(\.id).joined(separator: ", ")
        let remedy = "write one of the published phrases, or an id: \(known)"
        fault(cells.row, cells.names[.trigger], text, "it is no trigger phrase that is understood", remedy)
        return nil
    }

    private mutating func disposition(_ cells: Cells) -> DispositionPhrase? {
        let text = cells[.disposition]
        guard !text.isEmpty else { return nil }
        if let phrase = DispositionPhrase(text, vocabulary: vocabulary) { return phrase }
        let remedy =
            "write Musnah, Permanen or Dinilai Kembali, with ', kecuali …' behind it where there is an exception"
        fault(cells.row, cells.names[.disposition], text, "it is no final disposition that is understood", remedy)
        return nil
    }

    private mutating func flag(_ cells: Cells, _ column: ScheduleColumn) -> Bool? {
        switch cells[column].lowercased() {
        case "ya", "yes", "true", "1", "y", "contoh", "sample": return true
        case "", "tidak", "no", "false", "0", "n", "-": return false
        default:
            fault(cells.row, cells.names[column], cells[column], "it is neither yes nor no", "write ya or tidak")
            return nil
        }
    }
}
