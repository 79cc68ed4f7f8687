import Glibc
import SystemPackage

/// The words for bubblewrap: what the program inside sees.
enum BubblewrapWords {
    /// The program, where it is installed.
    static let program = ProgramFinder.find("bwrap")

    /// Where an input lies inside.
    static func inside(_ input: Int) -> String { "/in/\(input)" }

    /// The words in front of the program's own.
    ///
    /// - Parameters:
    ///   - command: the program and what it may read, by absolute paths.
    ///   - isFiltered: whether the filter of system calls comes through descriptor 3.
    /// - Returns: the words, the program's name behind them to be added.
    static func words(_ command: BoundedCommand, isFiltered: Bool) -> [CText] {
        // No session of its own, since the keeper has made one, without a terminal: in its group bubblewrap is ended whole,
        // the process inside too, which dies with its parent only when it has set up everything.
        var words: [CText] = [
            "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts",
            "--unshare-cgroup-try", "--die-with-parent", "--cap-drop", "ALL", "--hostname", "berkas",
            // No process between it and ours: what it used is counted when it ends.
            "--as-pid-1",
        ]
        for path in FileWall.system { words += ["--ro-bind-try", CText(path), CText(path)] }
        words += ["--proc", "/proc", "--dev", "/dev", "--dir", "/work", "--chdir", "/work"]
        for path in command.needed { words += ["--ro-bind", CText(path), CText(path)] }
        for (index, path) in command.inputs.enumerated() { words += ["--ro-bind", CText(path), CText(inside(index))] }
        if isFiltered { words += ["--seccomp", "3"] }
        return words + ["--"]
    }
}
