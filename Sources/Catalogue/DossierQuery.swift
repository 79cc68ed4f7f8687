import GRDB
package import RecordsModel

extension CatalogueDatabase {
    /// The records of a fiscal year as its dossier sees them, in the order of their numbers; removed ones among them.
    package func dossierRecords(of year: Int) throws -> [DossierRecord] {
        var records: [DossierRecord] = []
        try each(
            """
            SELECT id, step, type, unit, title, number, date, signer, signature, received, head,
                CASE WHEN removed IS NOT NULL
                    THEN (SELECT coalesce(line ->> '$.detail.list', '?') FROM event WHERE seq = removed) END
            FROM record WHERE year = ? ORDER BY sequence, id
            """,
            [year]
        ) { row in
            let received: String = row[9]
            guard let id = RecordID(row[0] as String), let moment = Moment(received) else { return }
            let date: String? = row[6]
            let signature: String? = row[8]
            records.append(
                DossierRecord(
                    id: id,
                    step: row[1],
                    type: row[2],
                    unit: row[3],
                    title: row[4],
                    number: row[5],
                    date: date.flatMap { CivilDate($0) },
                    signer: row[7],
                    signature: signature.flatMap { SignatureKind(rawValue: $0) },
                    received: moment,
                    versions: row[10],
                    removedBy: row[11]
                )
            )
        }
        return records
    }

    /// The stages, seals and reopenings of all dossiers, in order.
    ///
    /// Read apart from the other acts, since every filing asks for them and holds may have one for each record.
    package func dossierActs() throws -> [Event] {
        var events: [Event] = []
        try each(
            "SELECT line FROM act JOIN event USING (seq) WHERE event IN (?, ?, ?) ORDER BY seq",
            [EventType.dossierStage.rawValue, EventType.dossierSealed.rawValue, EventType.dossierReopened.rawValue]
        ) { events.append(try Event(line: $0[0])) }
        return events
    }

    /// The place in the ledger of the last event that brought in or removed a record of a year; -1 where there is none.
    package func lastChange(of year: Int) throws -> Int {
        var seq = -1
        try each(
            """
            SELECT coalesce(max(seq), -1) FROM record JOIN event ON event.record = record.id
            WHERE year = ? AND event IN (?, ?, ?)
            """,
            [
                year, EventType.ingestion.rawValue, EventType.accession.rawValue,
                EventType.disposalItemRemoved.rawValue,
            ]
        ) { seq = $0[0] }
        return seq
    }
}
