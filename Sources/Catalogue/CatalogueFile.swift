import FileSafety
import Foundation
import Glibc
import SystemPackage

/// What lies where a catalogue should be, and how it is read without a byte being written.
struct CatalogueFile: Equatable {
    private let path: FilePath
    private let file: FileStatus?
    private let hasLog: Bool
    private let log: FileStatus.Identity?
    private let hasJournal: Bool

    /// Looks at a catalogue and at what SQLite keeps beside it.
    ///
    /// - Throws: `FileSafetyError` where something other than a file stands in one of their places.
    init(_ path: FilePath) throws {
        self.path = path
        file = try Self.status(path)
        let log = try Self.status(FilePath(path.string + "-wal"))
        hasLog = (log?.size ?? 0) > 0
        self.log = log?.identity
        _ = try Self.status(FilePath(path.string + "-shm"))
        hasJournal = (try Self.status(FilePath(path.string + "-journal"))?.size ?? 0) > 0
    }

    static func == (left: CatalogueFile, right: CatalogueFile) -> Bool {
        left.file?.identity == right.file?.identity && left.hasLog == right.hasLog
            && (!left.hasLog || left.log == right.log)
    }

    private static func status(_ path: FilePath) throws -> FileStatus? {
        do {
            let status = try FileStatus.of(path)
            guard status.kind != .symbolicLink else {
                throw FileSafetyError(.symbolicLink, operation: "open", path: path, reason: "it is a symbolic link")
            }
            guard status.kind == .file else {
                let reason = "it is a \(status.kind.rawValue), not a file"
                throw FileSafetyError(.notARegularFile, operation: "open", path: path, reason: reason)
            }
            return status
        } catch let error as FileSafetyError where error.code == .notFound {
            return nil
        }
    }

    /// How SQLite is to open it.
    ///
    /// Without a log the file alone is read ("immutable": no lock, nothing beside it looked for). With one, both are, by a
    /// layer that takes no locks either; the index of the log is built in memory.
    ///
    /// - Throws: `CatalogueError`, code `damaged`, where it is no database, or one in the middle of a change.
    func reading() throws -> (uri: String, hasLog: Bool) {
        guard let file else { throw Self.damaged("there is none") }
        guard file.size > 0 else { throw Self.damaged("it is empty") }
        guard !hasJournal else { throw Self.damaged("another program was stopped in the middle of a change to it") }
        return (uri + "?mode=ro&" + (hasLog ? "vfs=\(CatalogueDefence.readingLayer)" : "immutable=1"), hasLog)
    }

    /// The path as a URI; bytes that are no UTF-8 are part of a name as well.
    var uri: String {
        let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#%"))
        return unsafe path.withPlatformString { name in
            var text = "file:"
            let bytes = unsafe Array(UnsafeBufferPointer(start: name, count: strlen(name)))
            for byte in bytes {
                let scalar = Unicode.Scalar(UInt8(bitPattern: byte))
                if scalar.isASCII, allowed.contains(scalar) {
                    text.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16)
                    text += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
                }
            }
            return text
        }
    }

    private static func damaged(_ reason: String) -> CatalogueError {
        CatalogueError(
            .damaged,
            message: "the catalogue cannot be used: \(reason)",
            remedy: "run 'berkas rebuild': it is made anew from the store and the ledger"
        )
    }

    /// Stops where SQLite could not lock the file, which it would try for half a minute.
    ///
    /// - Throws: `CatalogueError`, code `noLocks`.
    func requireWritable() throws {
        guard file != nil, !FileLocks.work(on: path) else { return }
        throw CatalogueError(
            .noLocks,
            message: "the catalogue cannot be written: no locks on this file system",
            remedy: "keep the home on a disk that has them, or mount it with locks"
        )
    }
}
