private import CSandbox
import Glibc
import Synchronization

/// A process of which an `OutputPump` takes what it writes, until it ends or is ended.
protocol PumpedProcess: AnyObject {
    /// A descriptor that tells when it has ended; -1 where the kernel gives none.
    var watch: CInt { get }
    /// Whether bubblewrap hands its status on.
    var isBehindBubblewrap: Bool { get }
    /// Whether it has ended; asked only where there is no descriptor for that.
    func hasEnded() -> Bool
    /// Ends it, and all that it started.
    func end()
    /// Waits for its end; its status as wait(2) gives it, and what it used of the processor.
    func reap() -> (status: CInt, processor: Duration)
}

/// A program that was started, with the keeper that stands over it.
///
/// The program ends with the reader, whatever ends that: the keeper waits at a pipe whose other end is here.
final class StartedProgram: PumpedProcess, Sendable {
    private struct State {
        /// Our end of the keeper's pipe; -1 where it is closed.
        var life: CInt
        var isReaped = false
    }

    private let keeper: CInt
    private let watching: Descriptor
    private let state: Mutex<State>
    let isBehindBubblewrap: Bool

    /// A program out of what `berkas_start_program` gave.
    init(keeper: CInt, life: CInt, isBehindBubblewrap: Bool) {
        self.keeper = keeper
        state = Mutex(State(life: life))
        self.isBehindBubblewrap = isBehindBubblewrap
        watching = Descriptor(adopting: berkas_watch(keeper))
    }

    /// What nobody waits for any more is ended, and nothing of it left.
    deinit { _ = reapOnce() }

    var watch: CInt { watching.number }

    func hasEnded() -> Bool {
        var info = unsafe siginfo_t()
        // Looked at and left: it is reaped in one place.
        let result = unsafe waitid(P_PID, id_t(keeper), &info, WEXITED | WNOHANG | WNOWAIT)
        return unsafe result != 0 || info.si_signo != 0
    }

    func end() {
        state.withLock { state in
            if state.life >= 0 { close(state.life) }
            state.life = -1
        }
    }

    func reap() -> (status: CInt, processor: Duration) { reapOnce() }

    private func reapOnce() -> (status: CInt, processor: Duration) {
        let isFirst = state.withLock { state in
            defer { state.isReaped = true }
            return !state.isReaped
        }
        guard isFirst else { return (0, .zero) }
        // Who waits for a program that has not ended by itself wants it to end.
        if !hasEnded() { end() }
        var status: CInt = 0
        var usage = rusage()
        while unsafe wait4(keeper, &status, 0, &usage) < 0, errno == EINTR {}
        end()
        var processor = Duration.zero
        for time in [usage.ru_utime, usage.ru_stime] {
            processor += .seconds(Int(time.tv_sec)) + .microseconds(Int(time.tv_usec))
        }
        return (status, processor)
    }
}
