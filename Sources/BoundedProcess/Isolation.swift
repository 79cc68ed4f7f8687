import Synchronization

/// How outside programs are kept apart from the rest of the machine.
///
/// In all ways a program has limits on time, memory and output, and dies with its parent.
package enum Isolation: String, Hashable, Sendable, Codable, CaseIterable {
    /// It sees no more of the file system than it needs, and no process, network or user but its own (bubblewrap,
    /// <https://github.com/containers/bubblewrap>); and it meets the filter of system calls (seccomp(2)), which allows
    /// reading and computing, and no change of anything.
    case bubblewrap
    /// The filter without bubblewrap; where the kernel has Landlock, it reads no file but those that it needs either.
    case filter
    /// Bubblewrap without the filter. Never chosen: so that it can be tried what this wall holds alone.
    case bubblewrapAlone = "bubblewrap-alone"

    /// What this machine offers: bubblewrap, where it is installed and the kernel lets it work; tried once a process.
    package static var best: Isolation { probe }

    /// What protects less than it could, and what to do about it; nil where nothing does.
    package var weakness: String? {
        guard self == .filter else { return nil }
        let seen = FileWall.isPossible ? "" : ", and can read what you can read, since this kernel has no Landlock"
        return
            "bubblewrap is not installed or does not work here: programs that read files are kept apart by the filter "
            + "of system calls alone\(seen); install the package 'bubblewrap'"
    }

    private static let probe: Isolation = {
        guard BubblewrapWords.program != nil, let program = ProgramFinder.find("true") else { return .filter }
        let limits = ProcessLimits(wall: .seconds(10), cpuSeconds: 5, memory: 1 << 30, output: 1 << 10)
        let outcome = try? BoundedCommand(program, []).run(limits: limits, isolation: .bubblewrap)
        return outcome?.isSuccess == true ? .bubblewrap : .filter
    }()
}
