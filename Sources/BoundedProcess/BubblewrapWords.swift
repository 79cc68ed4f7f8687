import Glibc
import SystemPackage

/// The words for bubblewrap: what the program inside sees.
enum BubblewrapWords {
    /// The program, where it is installed.
    static let program = ProgramFinder.find("bwrap")

    /// What every program needs to start: libraries, their index, fonts, and Debian's choices between alternatives.
    private static let system: [String] = [
        "/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache",
        "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/var/cache/fontconfig",
    ]

    /// Where an input lies inside.
    static func inside(_ input: Int) -> String { "/in/\(input)" }

    /// The words in front of the program's own.
    ///
    /// - Parameter command: the program and what it may read, by absolute paths.
    /// - Returns: the words, the program's name behind them to be added.
    static func words(_ command: BoundedCommand) -> [CText] {
        var words: [CText] = [
            "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts",
            "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "berkas",
        ]
        for path in system { words += ["--ro-bind-try", CText(path), CText(path)] }
        words += ["--proc", "/proc", "--dev", "/dev", "--dir", "/work", "--chdir", "/work"]
        for path in command.needed { words += ["--ro-bind", CText(path), CText(path)] }
        for (index, path) in command.inputs.enumerated() { words += ["--ro-bind", CText(path), CText(inside(index))] }
        // The filter comes through descriptor 3.
        words += ["--seccomp", "3", "--"]
        return words
    }
}
