import ArchiveHome
import Catalogue
package import RecordsModel
package import Reporting

/// Labels, covers and evidence: papers that gather what records say together.
extension OfficePapers {
    /// Labels of the boxes and folders that records say they lie in, and the records that name none.
    ///
    /// - Parameters:
    ///   - gathered: the records.
    ///   - holders: of what; boxes before folders.
    /// - Returns: a label for each, by place; and the records left over.
    package func labels(
        of gathered: Gathered,
        holders: [LabelEntry.Holder]
    ) -> (labels: [LabelEntry], unplaced: [RecordID]) {
        var labels: [LabelEntry] = []
        var unplaced: Set<RecordID> = []
        for holder in holders {
            var order: [ExactText] = []
            var members: [ExactText: (parts: [String], entries: [RecordEntry])] = [:]
            for entry in gathered.entries {
                let place = entry.location.map { ShelfPlace($0) }
                guard let parts = holder == .box ? place?.box : place?.folder else {
                    unplaced.insert(entry.record)
                    continue
                }
                let key = ExactText(parts.joined(separator: " / ").lowercased())
                if members[key] == nil { order.append(key) }
                members[key, default: (parts, [])].entries.append(entry)
            }
            labels += order.compactMap { key in
                members[key].map { label(holder, $0.parts, $0.entries, gathered.due) }
            }
        }
        return (labels, unplaced.sorted())
    }

    private func label(
        _ holder: LabelEntry.Holder,
        _ parts: [String],
        _ entries: [RecordEntry],
        _ due: [RecordID: CivilDate]
    ) -> LabelEntry {
        let dossiers = DossierEntry.gathered(entries, unit: nil)
        let number =
            holder == .box
            ? ShelfPlace.number(of: parts.last ?? "")
            : (parts.last.map { [$0] } ?? []).joined() + ": " + dossiers.map(\.number).joined(separator: ", ")
        var label = LabelEntry(holder, number)
        label.unit = DossierEntry.distinct(entries.compactMap(\.unit))
        label.code = DossierEntry.distinct(entries.compactMap(\.code))
        let counts = dossiers.map { dossier in
            let own = entries.count { $0.dossier.map { ExactText($0) == ExactText(dossier.number) } ?? false }
            return "Berkas \(dossier.number) (\(own) arsip)"
        }
        label.title = counts.isEmpty ? nil : counts.joined(separator: ", ")
        label.years = entries.years
        label.location = parts.dropLast().joined(separator: " / ")
        label.fate = fate(of: entries, due)
        return label
    }

    /// How and when records end, where the schedule says it of every one of them: `Musnah, sejak 2 Januari 2030`.
    package func fate(of entries: [RecordEntry], _ due: [RecordID: CivilDate]) -> String? {
        let fates = entries.compactMap(\.fate)
        guard fates.count == entries.count, let fate = DossierEntry.distinct(fates) else { return nil }
        let days = entries.compactMap { due[$0.record] }
        guard days.count == entries.count, let last = days.max() else { return fate }
        return "\(fate), sejak \(IndonesianWords.day(last))"
    }

    /// The procedure of the office.
    ///
    /// - Throws: `OfficeFileError`.
    package func procedure() throws -> Procedure { try home.procedure() }

    /// The dossiers of records, each by what its procedure is called and its years.
    ///
    /// - Parameters:
    ///   - gathered: the records.
    ///   - unit: the unit that keeps them.
    /// - Returns: a dossier for each number, in the order in which they come.
    /// - Throws: `OfficeFileError` for a procedure that cannot be read.
    package func dossiers(of gathered: Gathered, unit: String?) throws -> [DossierEntry] {
        let procedure = try home.procedure()
        return DossierEntry.gathered(gathered.entries, unit: unit).map { dossier in
            var dossier = dossier
            dossier.title = [procedure.title, dossier.years].compactMap(\.self).joined(separator: " ")
            return dossier
        }
    }

    /// The evidence for SAKIP 1.a and 1.b of a span of years: every signed plan, and the years that have none.
    ///
    /// - Parameters:
    ///   - years: the fiscal years.
    ///   - types: the document types that are asked for; empty for those that `berkas.yaml` calls the signed plan.
    /// - Returns: a row for each criterion, year and document.
    /// - Throws: `OperationError`, code `usage`, for a type that the procedure does not have: nothing would be found of it,
    ///   and every year would be called missing; `CatalogueError`, `OfficeFileError`.
    package func evidence(of years: ClosedRange<Int>, types: [String]) throws -> [EvidenceEntry] {
        let procedure = try home.procedure()
        let wanted = try (types.isEmpty ? home.settings.retention.planTypes : types).map { type in
            if let known = procedure.type(named: type) { return known }
            throw OperationError(
                .usage,
                message: "the procedure has no document type '\(type.displayed)'",
                remedy: "name one of policy/sop-rkt.yaml with --type, or in berkas.yaml under 'retention: plan-types'"
            )
        }
        var found: [EvidenceEntry] = []
        for criterion in EvidenceEntry.Criterion.allCases {
            for year in years {
                for type in wanted {
                    let records = try records(of: year, type: type.id)
                    if records.isEmpty { found.append(EvidenceEntry(criterion, year: year, document: type.name)) }
                    for record in records { found.append(try evidence(criterion, year, type.name, record)) }
                }
            }
        }
        return found
    }

    private func records(of year: Int, type: String) throws -> [RecordID] {
        var filter = RecordFilter()
        filter.year = year
        filter.type = type
        filter.leavesOutRemoved = true
        var ids: [RecordID] = []
        try catalogue.list(filter) { if let id = RecordID($0.id) { ids.append(id) } }
        return ids
    }

    private func evidence(
        _ criterion: EvidenceEntry.Criterion,
        _ year: Int,
        _ document: String,
        _ record: RecordID
    ) throws -> EvidenceEntry {
        let said = try catalogue.document(of: record)?.description
        let given = facts.said(of: record)
        var entry = EvidenceEntry(criterion, year: year, document: document)
        entry.record = record
        entry.number = said?.number
        entry.date = said?.date
        entry.signer = said?.signer
        entry.published = given.published
        entry.location = said?.location
        entry.link = given.link
        entry.note = said?.note
        return entry
    }
}
