import Synchronization

/// How outside programs are kept apart from the rest of the machine.
///
/// In both ways a program has limits on time, memory and output, dies with its parent, and meets a filter of system calls
/// (seccomp(2)) that refuses sockets, other processes, and every change to a file.
package enum Isolation: String, Hashable, Sendable, Codable {
    /// Besides, it sees no more of the file system than it needs, and no process, network or user but its own: bubblewrap
    /// (<https://github.com/containers/bubblewrap>).
    case bubblewrap
    /// The limits and the filter only: it could read what its user can read, and tell nobody but us.
    case filter

    /// What this machine offers: bubblewrap, where it is installed and the kernel lets it work; tried once a process.
    package static var best: Isolation { probe }

    private static let probe: Isolation = {
        guard BubblewrapWords.program != nil, let program = ProgramFinder.find("true") else { return .filter }
        let limits = ProcessLimits(wall: .seconds(10), cpuSeconds: 5, memory: 1 << 30, output: 1 << 10)
        let outcome = try? BoundedCommand(program, []).run(limits: limits, isolation: .bubblewrap)
        return outcome?.isSuccess == true ? .bubblewrap : .filter
    }()
}
