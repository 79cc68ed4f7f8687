package import Catalogue
package import FileSafety
import Foundation
import RecordsModel
package import SystemPackage
package import TextExtraction

/// What was read, as it lies in `derived/`: one folder a content, by its digest.
///
///     derived/3f/3f9a…/reading.json    all that was read (Schemas/reading.schema.json)
///     derived/3f/3f9a…/page-2-150.png  a page as a picture, where somebody asked for it
///     derived/3f/3f9a…/pages-1/        finished pages of a reading that is not finished
///
/// Disposable: made again from the contents, and from nothing else. Whoever writes here or removes holds `derived/.lock`.
package struct DerivedReadings: Sendable {
    /// How many bytes a reading may have.
    private static let most = 512 << 20

    let home: Home
    /// File changes that ask the tripwire.
    package let files: DurableFiles

    /// What was read of the contents of a home.
    package init(home: Home, files: DurableFiles) {
        self.home = home
        self.files = files
    }

    private func file(_ sha512: String) -> FilePath { home.derived(of: sha512).appending("reading.json") }

    /// The folder for finished pages of a reading that is not finished.
    package func pages(of sha512: String) -> FilePath {
        home.derived(of: sha512).appending("pages-\(DocumentReading.currentSchema)")
    }

    /// Takes the lock of `derived/`.
    ///
    /// - Throws: `FileSafetyError`, code `locked`, where another process reads.
    package func lock(holder: String) throws -> DerivedLock {
        try files.makeDirectories(home.derived)
        let lock = home.derived.appending(".lock")
        return DerivedLock(try AdvisoryLock.take(lock, holder: holder, rights: files.rights(at: lock)))
    }

    /// What was read of a content; nil where nothing was, or where it is of another version of this program.
    package func reading(of sha512: String) -> DocumentReading? {
        guard let bytes = try? OpenFile.content(of: file(sha512), limit: Self.most),
            let reading = try? CanonicalJSON.decode(DocumentReading.self, from: Data(bytes)),
            reading.schema == DocumentReading.currentSchema, reading.digest.utf8.elementsEqual(sha512.utf8)
        else {
            return nil
        }
        return reading
    }

    /// Keeps a reading in the place of an earlier one, and lets its finished pages go.
    ///
    /// - Throws: `FileSafetyError`.
    package func keep(_ reading: DocumentReading) throws {
        let folder = home.derived(of: reading.digest)
        try files.makeDirectories(folder)
        try files.replace(file(reading.digest), [UInt8](try CanonicalJSON.document(reading)))
        try files.removeTree(pages(of: reading.digest))
    }

    /// Forgets what was read of a content, finished or not, with the pictures of its pages.
    package func forget(_ sha512: String) throws { try files.removeTree(home.derived(of: sha512)) }

    /// The digests of all contents of which something is here, ascending.
    package func digests() throws -> [String] {
        guard FileStatus.exists(home.derived) else { return [] }
        var found: [String] = []
        for group in try FolderEntries(of: home.derived) where group.kind == .directory {
            for entry in try FolderEntries(of: home.derived.appending(group.name))
            where entry.kind == .directory {
                let name = entry.name.shown
                if name.utf8.count == 128, name.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) {
                    found.append(name)
                }
            }
        }
        return found.sorted()
    }

    /// The readings of these contents, as far as there are any, as the catalogue keeps them.
    package func entries(of digests: some Sequence<String>) throws -> [CatalogueReading] {
        try digests.compactMap { try reading(of: $0).map { try CatalogueReading($0) } }
    }
}

/// The lock of `derived/`; it ends with the object.
package final class DerivedLock {
    private let lock: AdvisoryLock

    init(_ lock: consuming AdvisoryLock) { self.lock = lock }
}

extension CatalogueReading {
    /// A reading as the catalogue keeps it: its texts by page, the rest in one line.
    package init(_ reading: DocumentReading) throws {
        var bare = reading
        for index in bare.pages.indices { bare.pages[index].text = "" }
        self.init(
            digest: reading.digest,
            format: reading.format.format?.rawValue,
            mediaType: reading.format.mediaType,
            isEncrypted: reading.isEncrypted,
            pageCount: reading.pageCount,
            line: String(decoding: try CanonicalJSON.line(bare), as: UTF8.self),
            pages: reading.pages.map { page in
                Page(
                    number: page.number,
                    name: page.name,
                    source: page.source.rawValue,
                    confidence: page.confidence,
                    isPoor: page.isPoor,
                    // A NUL ends a text for some of SQLite's functions.
                    text: page.text.replacing("\u{0}", with: "\u{FFFD}")
                )
            }
        )
    }

    /// The reading, with the texts of its pages in their places.
    package func document() throws -> DocumentReading {
        var reading = try CanonicalJSON.decode(DocumentReading.self, from: Data(line.utf8))
        let texts = Dictionary(pages.map { ($0.number, $0.text) }) { $1 }
        for index in reading.pages.indices {
            reading.pages[index].text = texts[reading.pages[index].number] ?? ""
        }
        return reading
    }
}
