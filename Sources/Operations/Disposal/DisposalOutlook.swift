package import Acts
package import ArchiveHome
import Catalogue
package import Disposal
import OCFLStore
package import RecordsModel

/// Asks what would be proposed on a day, and how a list stands on one; enters nothing.
package struct DisposalOutlook {
    private let reader: ArchiveReader
    private let today: CivilDate

    /// Asking an opened home.
    ///
    /// - Parameters:
    ///   - reader: the home.
    ///   - today: today in the office's time zone.
    package init(_ reader: ArchiveReader, today: CivilDate) {
        self.reader = reader
        self.today = today
    }

    /// What would be proposed.
    package struct Preview: Sendable {
        /// The items as they would be frozen; none where nothing would be due.
        package let items: [DisposalItem]
        /// Who would have to approve; nil where there is no item.
        package let authority: DisposalAuthority?
    }

    /// What a proposal of that day would freeze, as everything stands now.
    ///
    /// - Parameters:
    ///   - kind: whether it destroys, deposits or moves.
    ///   - title: what it would be called.
    ///   - unit: the unit that the records come from; nil for the office itself.
    ///   - choice: the records.
    ///   - day: the day.
    ///   - actor: who would propose.
    /// - Returns: the items.
    /// - Throws: `RefusedError` with what would be refused; it is not entered.
    package func propose(
        _ kind: DisposalKind,
        title: String,
        unit: String?,
        _ choice: DisposalActs.Choice,
        on day: CivilDate,
        by actor: String
    ) throws -> Preview {
        var desk = try DisposalDesk(reader, today: day)
        let act = "propose such a list on \(day); this was a question, and nothing was entered"
        let obstacles = desk.obstacles + desk.rules.scheduleRefusals(desk.schedule)
        guard obstacles.isEmpty else { throw RefusedError(act: act, refusals: obstacles) }
        let candidates = try DisposalActs.candidates(kind, choice, &desk)
        if candidates.isEmpty, case .due = choice { return Preview(items: [], authority: nil) }
        let verdict = desk.rules.propose(
            kind,
            title: title.isBlank ? "pratinjau" : title,
            unit: unit ?? reader.home.settings.office,
            candidates: candidates,
            by: actor
        )
        switch verdict {
        case .refused(let refusals): throw RefusedError(act: act, refusals: refusals)
        case .allowed(let proposed):
            return Preview(items: proposed.items, authority: desk.rules.settings.authority(for: kind, proposed.items))
        }
    }

    /// How a list stands on a day.
    package struct Standing: Sendable {
        /// The list: as it stood then for a day that has passed, else as it stands now.
        package let list: DisposalList
        /// Why it could not be carried out that day, each in a sentence; nil for a day that has passed.
        package let waiting: [String]?
        /// What would stay that day and why, by record.
        ///
        /// No reason for what may go; no item for a day that has passed.
        package let items: [(record: RecordID, reasons: [String])]
    }

    /// How a list stood on a day, or would stand on one to come, as everything is now.
    ///
    /// - Parameters:
    ///   - id: the list.
    ///   - day: the day.
    /// - Returns: the list, and what would become of what is pending.
    /// - Throws: `OperationError`, code `noSuchRecord`, where there was no such list.
    package func show(_ id: DisposalID, on day: CivilDate) throws -> Standing {
        guard day >= today else {
            let acts = try reader.catalogue.acts().filter { $0.time.date <= day }
            guard let list = try DisposalBook(folding: acts)[id] else {
                throw OperationError(
                    .noSuchRecord,
                    message: "there was no list '\(id)' on \(day)",
                    remedy: "run 'berkas disposal list --all' to see when lists were proposed"
                )
            }
            return Standing(list: list, waiting: nil, items: [])
        }
        var desk = try DisposalDesk(reader, today: day)
        let list = try desk.book.list(id)
        let root = try StorageRoot.open(reader.home.store)
        var items: [(record: RecordID, reasons: [String])] = []
        for item in list.pending where list.state.isOpen {
            let current = try desk.current(item, of: list.kind, in: root)
            switch item.recheck(against: current, list: list, today: day) {
            case .go: items.append((item.record, []))
            case .skip(let reasons), .stop(let reasons): items.append((item.record, reasons.map(\.message)))
            }
        }
        let waiting = list.state.isOpen ? desk.rules.obstacles(to: list, desk.schedule) : []
        return Standing(list: list, waiting: waiting.map(\.message), items: items)
    }
}
