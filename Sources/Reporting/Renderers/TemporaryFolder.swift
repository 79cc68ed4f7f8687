import FileSafety
import Foundation
package import SystemPackage

/// A folder of one's own for the time of a run, which only this user can enter.
package struct TemporaryFolder: ~Copyable {
    /// Where it lies.
    package let path: FilePath

    private init(_ path: FilePath) { self.path = path }

    /// Makes a folder below another, or below the system's own where none is given.
    ///
    /// - Throws: `ReportingError`, code `writing`.
    package static func make(below parent: FilePath? = nil) throws(ReportingError) -> TemporaryFolder {
        let base = parent ?? FilePath(FileManager.default.temporaryDirectory.path)
        let path = base.appending("berkas-" + UUID().uuidString.lowercased())
        do {
            try FileManager.default.createDirectory(
                atPath: path.string,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw ReportingError(
                .writing,
                message: "no folder for temporary files can be made in '\(base.string)': \(error.localizedDescription)",
                remedy: "make room there, or set TMPDIR to a folder that can be written to"
            )
        }
        return TemporaryFolder(path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    /// Writes a file into it.
    ///
    /// - Throws: `ReportingError`, code `writing`, also where there is one of that name.
    @discardableResult
    package func write(
        _ name: FilePath.Component,
        _ content: some Sequence<UInt8>
    ) throws(ReportingError) -> FilePath {
        let file = path.appending(name)
        do {
            try Data(content).write(to: URL(fileURLWithPath: file.string), options: .withoutOverwriting)
        } catch {
            throw ReportingError(
                .writing,
                message: "cannot write '\(file.string)': \(error.localizedDescription)",
                remedy: "free some space on that disk"
            )
        }
        return file
    }

    /// Reads a file of it that must not be longer than a limit.
    func read(_ name: FilePath.Component, limit: Int) throws(ReportingError) -> [UInt8] {
        do {
            return try OpenFile.content(of: path.appending(name), limit: limit)
        } catch {
            throw ReportingError(
                error.code == .tooLarge ? .tooLarge : .writing,
                message: error.description,
                remedy: "print fewer records at a time"
            )
        }
    }
}
