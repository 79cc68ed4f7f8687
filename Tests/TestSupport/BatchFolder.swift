import Foundation
package import SystemPackage

/// A batch made for a test: files and a manifest.
package struct BatchFolder {
    /// Where it lies.
    package let path: FilePath

    /// One row with its file.
    package struct Row {
        /// The path within the batch.
        package var path: String
        /// What is in the file.
        package var content: String
        /// The fiscal year.
        package var year = 2024
        /// The step of the procedure.
        package var step = 4
        /// The document type.
        package var type = "form-rkt"
        /// The title.
        package var title = ""
        /// What ties versions together.
        package var label = ""
        /// The document's own number.
        package var number = ""

        /// A row of a form at step 4.
        package init(_ path: String, _ content: String) {
            self.path = path
            self.content = content
        }

        /// The row as a version of a labelled record.
        package func labelled(_ label: String) -> Row {
            var row = self
            row.label = label
            return row
        }
    }

    /// Makes the folder, the files and `intake.csv`.
    package init(_ path: FilePath, _ rows: [Row]) throws {
        self.path = path
        var manifest = "path,year,step,type,title,label,number,unit\n"
        for row in rows {
            let file = path.pushing(FilePath(row.path))
            try FileManager.default.createDirectory(
                atPath: file.removingLastComponent().string,
                withIntermediateDirectories: true
            )
            try Data(row.content.utf8).write(to: URL(fileURLWithPath: file.string))
            let fields = [
                row.path, String(row.year), String(row.step), row.type, row.title, row.label, row.number, "Sekretariat",
            ]
            manifest +=
                fields.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(separator: ",")
                + "\n"
        }
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
        try Data(manifest.utf8).write(to: URL(fileURLWithPath: path.appending("intake.csv").string))
    }
}
