package import BoundedProcess
package import RecordsModel

extension OfficeSettings {
    /// What all that is done with one file may use, as its programs are told.
    package var budget: FileBudget.Limits {
        FileBudget.Limits(
            time: .seconds(fileBudget.seconds),
            processor: .seconds(fileBudget.processorSeconds),
            memory: fileBudget.memoryMiB << 20
        )
    }
}
