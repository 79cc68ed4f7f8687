package import RecordsModel
import SystemPackage

extension Batch {
    /// Reads what a command says of something that becomes one record.
    ///
    /// - Parameters:
    ///   - name: what it is called; the title, where none is given.
    ///   - description: what is said, as the columns of a manifest.
    ///   - policy: what the office has laid down.
    /// - Returns: the description, nil where there is a fault, and every fault and warning.
    package static func describe(
        named name: String,
        described description: Description,
        policy: IntakePolicy
    ) -> (description: RecordDescription?, faults: [Fault]) {
        var values = description
        values[.path] = name
        let reading = RowReader(policy: policy).read(RawRow(row: 1, folder: ".", values: values))
        // There is no table, and so no row to name.
        let faults = reading.faults.map { fault in
            Fault(
                fault.severity,
                column: fault.column,
                value: fault.value,
                message: fault.message,
                remedy: fault.remedy
            )
        }
        return (reading.row?.description, faults)
    }
}
