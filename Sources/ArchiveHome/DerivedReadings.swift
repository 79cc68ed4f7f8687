package import Catalogue
package import FileSafety
import Fixity
import Foundation
import RecordsModel
package import SystemPackage
package import TextExtraction

/// What was read, as it lies in `derived/`: one folder a content, by its digest.
///
///     derived/3f/3f9a…/reading.json    all that was read (Schemas/reading.schema.json)
///     derived/3f/3f9a…/next.json       the same, read just now, until the ledger names it
///     derived/3f/3f9a…/page-2-150.png  a page as a picture, where somebody asked for it
///     derived/3f/3f9a…/pages-2/        finished pages of a reading that is not finished
///
/// Disposable: made again from the contents, and from nothing else. Whoever writes here or removes holds `derived/.lock`.
///
/// Nothing here is believed. A reading counts only where the ledger's newest event `reading` of its content names its
/// digest; the file comes first, then the event, then its name, so that no crash makes a reading look forged.
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
    private func next(_ sha512: String) -> FilePath { home.derived(of: sha512).appending("next.json") }

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

    /// What was read of a content and has the digest that the ledger names.
    ///
    /// - Parameters:
    ///   - sha512: the content.
    ///   - anchor: SHA-512 of the reading, hexadecimal.
    /// - Returns: nil where nothing here has that digest, or where a newer program wrote it.
    package func reading(of sha512: String, anchor: String) -> DocumentReading? {
        for path in [file(sha512), next(sha512)] {
            guard let bytes = try? OpenFile.content(of: path, limit: Self.most),
                Digest.of(bytes, .sha512).hex.utf8.elementsEqual(anchor.utf8),
                let reading = try? CanonicalJSON.decode(DocumentReading.self, from: Data(bytes)),
                (1...DocumentReading.currentSchema).contains(reading.schema),
                reading.digest.utf8.elementsEqual(sha512.utf8)
            else {
                continue
            }
            return reading
        }
        return nil
    }

    /// SHA-512 of the `reading.json` of a content, whatever it holds, hexadecimal; nil where there is none.
    ///
    /// - Throws: `FileSafetyError` where something is there that cannot be read.
    package func digestOfReading(of sha512: String) throws -> String? {
        guard FileStatus.exists(file(sha512)) else { return nil }
        return try FileDigester().read(try OpenFile.reading(file(sha512))).digest.hex
    }

    /// Keeps a reading beside an earlier one, until the ledger names it, and lets its finished pages go.
    ///
    /// - Returns: SHA-512 of what was kept, hexadecimal: what the ledger is to name.
    /// - Throws: `FileSafetyError`; `OperationError`, code `untrusted`.
    package func keep(_ reading: DocumentReading) throws -> String {
        try requireFolders(of: reading.digest)
        try files.makeDirectories(home.derived(of: reading.digest))
        let bytes = [UInt8](try CanonicalJSON.document(reading))
        try files.replace(next(reading.digest), bytes)
        try files.removeTree(pages(of: reading.digest))
        return Digest.of(bytes, .sha512).hex
    }

    /// Puts a reading that the ledger names now in the place of an earlier one.
    ///
    /// - Throws: `FileSafetyError`.
    package func settle(_ sha512: String) throws {
        guard FileStatus.exists(next(sha512)) else { return }
        try files.rename(next(sha512), to: file(sha512))
    }

    /// Forgets what was read of a content, finished or not, with the pictures of its pages.
    ///
    /// - Throws: `FileSafetyError`; `OperationError`, code `untrusted`.
    package func forget(_ sha512: String) throws {
        try requireFolders(of: sha512)
        try files.removeTree(home.derived(of: sha512))
    }

    /// Stops where a link, or anything else, stands in the way to what was read of a content.
    ///
    /// - Throws: `OperationError`, code `untrusted`.
    package func requireFolders(of sha512: String) throws {
        let place = "derived/\(sha512.prefix(2))/\(sha512)/pages-\(DocumentReading.currentSchema)"
        try HomePlaces.requireFolders(place, in: home.path)
    }

    /// The digests of all contents of which something is here, ascending.
    package func digests() throws -> [String] {
        guard FileStatus.exists(home.derived) else { return [] }
        var found: [String] = []
        for group in try FolderEntries(of: home.derived) where group.kind == .directory {
            for entry in try FolderEntries(of: home.derived.appending(group.name))
            where entry.kind == .directory {
                let name = entry.name.shown
                if name.isSHA512 { found.append(name) }
            }
        }
        return found.sorted()
    }

    /// The readings of these contents that are the ones which the ledger named last, as the catalogue keeps them.
    package func entries(of digests: some Sequence<String>, in catalogue: CatalogueDatabase) throws
        -> [CatalogueReading]
    {
        try digests.compactMap { digest in
            guard let anchor = try catalogue.readingAnchor(of: digest),
                let reading = reading(of: digest, anchor: anchor)
            else {
                return nil
            }
            return try CatalogueReading(reading, anchor: anchor)
        }
    }
}

/// The lock of `derived/`; it ends with the object.
package final class DerivedLock {
    private let lock: AdvisoryLock

    init(_ lock: consuming AdvisoryLock) { self.lock = lock }
}

extension CatalogueReading {
    /// A reading as the catalogue keeps it: its texts by page, the rest in one line.
    package init(_ reading: DocumentReading, anchor: String) throws {
        var bare = reading
        for index in bare.pages.indices { bare.pages[index].text = "" }
        self.init(
            digest: reading.digest,
            format: reading.format.format?.rawValue,
            mediaType: reading.format.mediaType,
            isEncrypted: reading.isEncrypted,
            pageCount: reading.pageCount,
            state: (reading.state ?? .read).rawValue,
            line: String(decoding: try CanonicalJSON.line(bare), as: UTF8.self),
            pages: reading.pages.map { page in
                Page(
                    number: page.number,
                    name: page.shownName,
                    source: page.source.rawValue,
                    confidence: page.confidence,
                    isPoor: page.isPoor || (page.state ?? .read) != .read,
                    // A NUL ends a text for some of SQLite's functions.
                    text: page.text.replacing("\u{0}", with: "\u{FFFD}")
                )
            },
            anchor: anchor
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
