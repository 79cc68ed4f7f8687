package import RecordsModel
package import SystemPackage

/// A row as it was written, before anything is made of it.
struct RawRow {
    let row: Int
    let folder: FilePath
    let values: [IntakeColumns.Name: String]
    /// The file as a command names it, which is bytes; nil where a table names it, which is text.
    var file: FilePath?
}

/// A row that describes a file well: what a version of a record is made from.
package struct IntakeRow: Sendable {
    /// The row as a spreadsheet counts it, the header being row 1.
    package let row: Int
    /// The folder of the batch.
    package let folder: FilePath
    /// The file, relative to it: folders and names only.
    package let path: FilePath
    /// What is said of it.
    package let description: RecordDescription

    /// The same row with the file under the name that it has in the folder.
    func found(at path: FilePath?) -> IntakeRow {
        path.map { IntakeRow(row: row, folder: folder, path: $0, description: description) } ?? self
    }

    /// What ties it to other rows; nil for a record of its own.
    package var labelKey: LabelKey? { description.label.map { LabelKey(year: description.year, label: ExactText($0)) } }
}

/// Which record successive versions belong to.
package struct LabelKey: Hashable, Sendable {
    /// The fiscal year.
    package let year: Int
    /// The label, to the letter.
    package let label: ExactText

    /// A key out of its parts.
    package init(year: Int, label: ExactText) {
        self.year = year
        self.label = label
    }
}
