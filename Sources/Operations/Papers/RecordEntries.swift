import ArchiveHome
import Catalogue
import RecordsModel
import Reporting
import Retention

/// What the office's forms say of records that are here, from the catalogue.
struct RecordEntries {
    private let catalogue: CatalogueDatabase
    private let procedure: Procedure

    /// Entries of a home's records.
    init(_ home: Home, _ catalogue: CatalogueDatabase) throws {
        self.catalogue = catalogue
        procedure = try home.procedure()
    }

    /// What people call a document type; nil for one that the procedure does not know.
    func kind(_ type: String?) -> String? { type.flatMap { procedure.type(named: $0)?.name } }

    /// What is said of a record; nil where there is no such record, or its bytes were removed.
    func entry(of id: RecordID) throws -> RecordEntry? {
        guard let document = try catalogue.document(of: id) else { return nil }
        var entry = RecordEntry(id, document.description, kindOfRecord: kind(document.description.type))
        entry.code = try catalogue.classification(of: id)
        entry.dossier = document.dossier
        entry.item = String(id.sequence)
        entry.quantity = Quantity(document.files.count, "file")
        return entry
    }
}

extension RecordEntry {
    /// Adds what a row of the schedule says: its basis, the periods and the end, in its own words.
    mutating func describe(by row: ScheduleRow) {
        schedule = "\(row.code), \(row.basis)"
        activePeriod = row.active.text
        inactivePeriod = row.inactive.text
        fate = row.disposition.text
    }
}
