import FileSafety
import Foundation
import SystemPackage

/// Keeps each page as soon as it is recognised, so that reading that was broken off goes on where it was.
///
/// One file a page in a folder that belongs to one content and one way of reading it.
struct PageStore {
    /// How many bytes a kept page may have.
    private static let most = 64 << 20

    let folder: FilePath

    private func path(_ page: Int) -> FilePath { folder.appending("page-\(page).json") }

    /// A page that was kept; nil where there is none, or none that can be read.
    func page(_ number: Int) -> PageReading? {
        guard let bytes = try? OpenFile.content(of: path(number), limit: Self.most),
            let page = try? JSONDecoder().decode(PageReading.self, from: Data(bytes)), page.number == number
        else {
            return nil
        }
        return page
    }

    /// Keeps a page.
    ///
    /// - Throws: `FileSafetyError` where it cannot be written.
    func keep(_ page: PageReading) throws {
        let files = DurableFiles(home: RightsBelow(above: folder))
        try files.makeDirectories(folder)
        let path = path(page.number)
        try files.removeIfPresent(FilePath(path.string + ".new"))
        try files.replace(path, [UInt8](try JSONEncoder().encode(page)))
    }
}
