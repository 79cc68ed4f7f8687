private import CSandbox
import Glibc
package import SystemPackage

/// Finds programs where the system puts them, and never by `PATH`: whoever sets that must not choose what reads a file.
///
/// The one place where an outside program is found. What lies there is believed only where nobody but root could have put
/// it there: the program's file and all folders above it belong to root, and neither a group nor others may write.
package enum ProgramFinder {
    /// Where the system puts programs: Debian's own, and those that the machine's owner added.
    package static let folders: [FilePath] = ["/usr/bin", "/bin", "/usr/local/bin"]

    /// What came of looking for a program.
    package enum Finding: Hashable, Sendable {
        /// It is here.
        case found(FilePath)
        /// It is here, and somebody else than root could have written it.
        case distrusted(FilePath, reason: String)
        /// It is nowhere.
        case missing
    }

    /// Looks for a program.
    ///
    /// - Parameters:
    ///   - name: its name, without a folder.
    ///   - folders: where, the first first.
    /// - Returns: the first that can be trusted; else the first that cannot.
    package static func look(for name: String, in folders: [FilePath] = Self.folders) -> Finding {
        guard let component = FilePath.Component(name), component.kind == .regular else { return .missing }
        var distrusted: Finding?
        for path in folders.map({ $0.appending(component) }) where isProgram(path) {
            guard let reason = doubt(of: path) else { return .found(path) }
            if distrusted == nil { distrusted = .distrusted(path, reason: reason) }
        }
        return distrusted ?? .missing
    }

    /// The path of a program; nil where it is not installed, or cannot be trusted.
    package static func find(_ name: String) -> FilePath? {
        guard case .found(let path) = look(for: name) else { return nil }
        return path
    }

    /// The path of a program.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - debianPackage: the package that has it, for the message.
    /// - Returns: its path.
    /// - Throws: `BoundedProcessError`, code `missing`.
    package static func require(_ name: String, debianPackage: String) throws(BoundedProcessError) -> FilePath {
        switch look(for: name) {
        case .found(let path): return path
        case .distrusted(let path, let reason): throw .distrusted(path, because: reason)
        case .missing: throw .missing(name, debianPackage: debianPackage)
        }
    }

    private static func isProgram(_ path: FilePath) -> Bool {
        guard let status = status(path), status.st_mode & S_IFMT == S_IFREG else { return false }
        return unsafe path.withPlatformString { unsafe access($0, X_OK) } == 0
    }

    /// Why a program is not believed; nil where it is.
    private static func doubt(of path: FilePath) -> String? {
        // Both ways to it: by the name that was looked for, and to the file that links lead to.
        let folder = path.removingLastComponent()
        guard let real = resolved(path), let realFolder = resolved(folder) else { return "it cannot be looked at" }
        var places = [real]
        for start in [real.removingLastComponent(), realFolder, folder] {
            var place = start
            while !places.contains(place) {
                places.append(place)
                place = place.removingLastComponent()
            }
        }
        for place in places {
            guard let status = status(place) else { return "'\(place.string)' cannot be looked at" }
            if status.st_uid != 0 { return "'\(place.string)' belongs to another user than root" }
            let isGroupRoot = status.st_gid == 0
            if status.st_mode & 0o002 != 0 || status.st_mode & 0o020 != 0 && !isGroupRoot {
                return "others than root may write '\(place.string)'"
            }
        }
        return nil
    }

    private static func status(_ path: FilePath) -> stat? {
        var status = stat()
        return unsafe path.withPlatformString { unsafe stat($0, &status) } == 0 ? status : nil
    }

    private static func resolved(_ path: FilePath) -> FilePath? {
        guard let name = unsafe path.withPlatformString({ unsafe realpath($0, nil) }) else { return nil }
        defer { unsafe free(name) }
        return unsafe FilePath(platformString: name)
    }
}
