import Glibc
package import SystemPackage

/// Finds programs where the system puts them, and never by `PATH`: whoever sets that must not choose what reads a file.
package enum ProgramFinder {
    /// Where the system puts programs: Debian's own, and those that the machine's owner added.
    package static let folders: [FilePath] = ["/usr/bin", "/bin", "/usr/local/bin"]

    /// The path of a program; nil where it is not installed.
    package static func find(_ name: String) -> FilePath? {
        guard let component = FilePath.Component(name), component.kind == .regular else { return nil }
        return folders.lazy.map { $0.appending(component) }.first { path in
            unsafe path.withPlatformString { unsafe access($0, X_OK) } == 0
        }
    }

    /// The path of a program.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - debianPackage: the package that has it, for the message.
    /// - Returns: its path.
    /// - Throws: `BoundedProcessError`, code `missing`.
    package static func require(_ name: String, debianPackage: String) throws(BoundedProcessError) -> FilePath {
        guard let path = find(name) else { throw .missing(name, debianPackage: debianPackage) }
        return path
    }
}
