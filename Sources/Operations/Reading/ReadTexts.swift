package import ArchiveHome
package import Catalogue
import FileSafety
import Fixity
import Foundation
import OCFLStore
package import RecordsModel
package import SystemPackage
package import TextExtraction

/// A file of a version with what was read from it.
package struct ReadDocument: Sendable {
    /// The file.
    package let file: ReadFile
    /// What was read.
    package let reading: DocumentReading
}

extension ReadFile {
    /// What was read from it, without its texts; nil where it has not been read.
    ///
    /// - Throws: `DecodingError` where the catalogue holds no reading of this version of the program.
    package func outline() throws -> DocumentReading? {
        try line.map { try CanonicalJSON.decode(DocumentReading.self, from: Data($0.utf8)) }
    }
}

extension ArchiveReader {
    /// The number of a version: the one that was asked for, else the newest.
    ///
    /// - Throws: `OperationError`: `noSuchRecord` or `removed`.
    private func version(of reference: RecordReference) throws -> Int {
        try catalogue.require(reference.id)
        let versions = try catalogue.versions(of: reference.id).map(\.version)
        guard let version = reference.version ?? versions.last, versions.contains(version) else {
            throw OperationError.noSuchVersion(reference.version ?? 1, of: reference.id)
        }
        return version
    }

    /// What was read from the files of a version.
    ///
    /// - Parameters:
    ///   - reference: the record, or one version of it; else the newest.
    ///   - name: only the file of this name; nil for all.
    /// - Returns: the version, and its files by name.
    /// - Throws: `OperationError`: `noSuchRecord`, `removed`, `usage` for a name that no file has, `unread` where a file has
    ///   not been read.
    package func readings(
        of reference: RecordReference,
        file name: String? = nil
    ) throws -> (version: Int, files: [ReadDocument]) {
        let version = try version(of: reference)
        var files = try catalogue.readFiles(of: reference.id, version: version)
        if let name {
            let names = files.map(\.name.displayed).joined(separator: "', '")
            files = files.filter { ExactText($0.name) == ExactText(name) }
            guard !files.isEmpty else {
                throw OperationError(
                    .usage,
                    message: "\(reference.id)@v\(version) has no file '\(name.displayed)'",
                    remedy: "its files are '\(names)'"
                )
            }
        }
        let found = try files.map { file in
            guard let reading = try catalogue.reading(of: file.digest) else {
                throw OperationError(
                    .unread,
                    message: "\(reference.id)@v\(version) has not been read yet: '\(file.name.displayed)'",
                    remedy: "run 'berkas read \(reference.id)', then ask again"
                )
            }
            return ReadDocument(file: file, reading: try reading.document())
        }
        return (version, found)
    }
}

/// A page of a record as a picture, for a person to look at.
package struct PageImage {
    private let archive: ArchiveReader
    private let context: OperationContext
    private let helper: HelperProgram

    /// Pictures out of a home.
    package init(_ archive: ArchiveReader, _ context: OperationContext, helper: HelperProgram) {
        self.archive = archive
        self.context = context
        self.helper = helper
    }

    /// What was written.
    package struct Written: Sendable {
        /// The version.
        package let version: Int
        /// The file's name as it came.
        package let name: String
        /// Length of the picture in bytes.
        package let size: Int
        /// Whether the same picture was there already.
        package let wasThere: Bool
    }

    /// Writes a page as a PNG file.
    ///
    /// - Parameters:
    ///   - page: the page's number, from 1.
    ///   - reference: the record, or one version of it.
    ///   - name: the file; nil where the version has one.
    ///   - dpi: pixels an inch of a PDF's page.
    ///   - target: where to; a file that is there and is another is not replaced.
    /// - Returns: what was written.
    /// - Throws: `OperationError`: as `readings`, `exists`, and `unread` where there is no such page or no picture of it.
    package func write(
        page: Int,
        of reference: RecordReference,
        file name: String?,
        dpi: Int,
        to target: FilePath
    ) throws -> Written {
        let (version, files) = try archive.readings(of: reference, file: name)
        guard files.count == 1, let file = files.first else {
            throw OperationError(
                .usage,
                message: "\(reference.id)@v\(version) has \(files.count) files",
                remedy: "name one with --file: '\(files.map(\.file.name.displayed).joined(separator: "', '"))'"
            )
        }
        let subject = "\(reference.id)@v\(version) '\(file.file.name.displayed)'"
        // Attached parts go on behind the document's own pages.
        if let count = file.reading.pageCount.map({ max($0, file.reading.pages.last?.number ?? 0) }), page > count {
            throw unread("\(subject) has no page \(page): it has \(count)", "name a page from 1 to \(count)")
        }
        let bytes = try picture(page, of: file, RecordReference(id: reference.id, version: version), dpi: dpi)
        let wasThere = try NewFile.write(bytes, to: target, archive.home, context)
        return Written(version: version, name: file.file.name, size: bytes.count, wasThere: wasThere)
    }

    private func unread(_ message: String, _ remedy: String) -> OperationError {
        OperationError(.unread, message: message, remedy: remedy)
    }

    /// The picture out of `derived/`, or made now and kept there.
    private func picture(_ page: Int, of file: ReadDocument, _ reference: RecordReference, dpi: Int) throws -> [UInt8] {
        let derived = DerivedReadings(home: archive.home, files: try context.working(in: archive.home).files)
        let known = file.reading.pages.first { $0.number == page }
        let turn = known?.turn.map { "-turned-\($0)" } ?? ""
        let kept = archive.home.derived(of: file.file.digest).appending("page-\(page)-\(dpi)\(turn).png")
        if let bytes = try? OpenFile.content(of: kept, limit: 1 << 30) { return bytes }
        let subject = "page \(page) of \(reference) '\(file.file.name.displayed)'"
        guard let format = file.reading.format.format else {
            throw unread("\(subject) cannot be shown: the format is \(file.reading.format.name)", "use 'berkas get'")
        }
        let (root, inventory) = try archive.inventory(of: reference.id)
        let place = try root.contentPath(of: file.file.digest, in: inventory)
        guard try FileDigester().read(try OpenFile.reading(place)).digest.hex == file.file.digest else {
            throw OperationError(
                .damaged,
                message: "\(reference): '\(place.string)' does not have the SHA-512 that its inventory names",
                remedy:
                    "run 'berkas verify \(reference.id)', then 'berkas repair --dry-run': it names what to bring, and from where"
            )
        }
        let reader = DocumentReader(
            helper: helper,
            budget: archive.home.settings.budget,
            isInterrupted: context.isInterrupted
        )
        switch try reader.png(of: place, page: page, format: format, dpi: dpi, known: known) {
        case .failure(let error):
            throw unread(
                "\(subject) cannot be shown: \(error.reason.displayed)",
                "use 'berkas get' and look at the file"
            )
        case .success(let bytes):
            // Kept only where nobody reads or removes just now: it can be made again.
            if let lock = try? derived.lock(holder: "a page") {
                let folder = kept.removingLastComponent()
                let isOurs = (try? derived.requireFolders(of: file.file.digest)) != nil
                if isOurs, FileStatus.exists(folder) { try? derived.files.replace(kept, bytes) }
                withExtendedLifetime(lock) {}
            }
            return bytes
        }
    }
}
