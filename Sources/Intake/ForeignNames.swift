import FileSafety
import Foundation
import RecordsModel
import SystemPackage

/// Finds files whose names are no UTF-8 by what a table says of them, which is text.
///
/// Old disks and mail programs leave names in Latin-1 behind: a spreadsheet says `laporan-café.txt`, the folder holds
/// `laporan-caf\xE9.txt`. A table may also say it as messages show it, code and all. Only names that are no UTF-8 are
/// looked at, and only one that alone fits is taken.
enum ForeignNames {
    /// The path in the folder; nil where no name, or more than one, fits, and where all of it is there as it is said.
    static func path(said: FilePath, below folder: FilePath) -> FilePath? {
        var found = FilePath()
        var isForeign = false
        for component in said.components {
            if FileStatus.exists(folder.pushing(found.appending(component))) {
                found.append(component)
                continue
            }
            let wanted = composed(component.string)
            guard let entries = try? FolderEntries(of: folder.pushing(found)) else { return nil }
            let fitting = entries.filter { entry in
                guard entry.name.text == nil else { return false }
                let bytes = Array(entry.name.bytes)
                return wanted == composed(ForeignText.western(bytes)) || wanted == composed(ForeignText.shown(bytes))
            }
            guard let only = fitting.first, fitting.count == 1 else { return nil }
            found = found.appending(only.name)
            isForeign = true
        }
        return isForeign ? found : nil
    }

    private static func composed(_ text: String) -> [UInt8] {
        Array(text.precomposedStringWithCanonicalMapping.utf8)
    }
}
