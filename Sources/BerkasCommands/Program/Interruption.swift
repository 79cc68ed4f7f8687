import Glibc
import Synchronization

/// Set by the signal handler, which may touch nothing that must be made first.
private let requested = Atomic(false)

/// Remembers that a person, or the system going down, asked the program to stop.
enum Interruption {
    /// Listens for SIGINT, SIGTERM and SIGHUP; the second of them ends the program at once.
    ///
    /// A question, which changes nothing, has a second to end in its own way, whatever it is waiting for.
    static func install() {
        _ = (isRequested, Shortfall.mayHaveChanged)  // Made before the first signal: a handler may not make them.
        // A parent may have handed its blocked signals down.
        var heard = sigset_t()
        unsafe sigemptyset(&heard)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGALRM] { unsafe sigaddset(&heard, number) }
        unsafe pthread_sigmask(SIG_UNBLOCK, &heard, nil)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { _ in
                if requested.exchange(true, ordering: .relaxed) { _exit(ExitStatus.interrupted.rawValue) }
                if !Shortfall.mayHaveChanged { alarm(1) }
            }
        }
        signal(SIGALRM) { _ in
            if !Shortfall.mayHaveChanged { _exit(ExitStatus.interrupted.rawValue) }
        }
    }

    /// Whether it was asked to stop.
    static var isRequested: Bool { requested.load(ordering: .relaxed) }
}
