private import CSandbox
import Glibc
import SystemPackage

/// A wall around the file system by Landlock (landlock(7), Linux 5.13 and later), for a program that runs without
/// bubblewrap: it reads what it needs and its files, and looks into no other process.
enum FileWall {
    /// What every program needs to start: libraries, their index, fonts, and Debian's choices between alternatives.
    static let system: [FilePath] = [
        "/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache",
        "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/var/cache/fontconfig",
    ]

    /// What it needs besides, without a `/proc` and `/dev` of its own.
    ///
    /// Swift takes its words from `/proc/self`; what lies below other
    /// processes and is theirs alone (`mem`, `environ`, `maps`, `fd`, `root`) the wall keeps closed by itself.
    private static let shared: [FilePath] = ["/proc", "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"]

    /// Whether this kernel can build it.
    static let isPossible = berkas_landlock_version() > 0

    /// The wall for a command.
    ///
    /// - Parameter command: the program and what it may read, by absolute paths.
    /// - Returns: a descriptor; nil where this kernel has no Landlock.
    /// - Throws: `BoundedProcessError` where it has, and the wall cannot be built.
    static func build(for command: BoundedCommand) throws(BoundedProcessError) -> Descriptor? {
        let version = berkas_landlock_version()
        guard version > 0 else { return nil }
        let wall = Descriptor(adopting: berkas_landlock_wall(version))
        guard wall.number >= 0 else { throw .start(command.program, step: step, errno: Errno(rawValue: errno)) }
        // What is not there need not be read; a file that vanished is missed by the program itself.
        for path in system + shared + command.needed + command.inputs + [command.program] {
            _ = unsafe path.withPlatformString { unsafe berkas_landlock_door(wall.number, $0) }
        }
        return wall
    }

    private static let step = "the wall around the file system cannot be built"
}
