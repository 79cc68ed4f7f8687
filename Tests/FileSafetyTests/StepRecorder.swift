import FileSafety
import Synchronization
import SystemPackage

/// A tripwire that writes down every step, and fails one of them, or that one and all later ones.
final class StepRecorder: Sendable {
    /// What the failed step throws.
    struct Tripped: Error {}

    private let seen = Mutex<[DurableStep]>([])
    private let failing: Int?
    private let isCrash: Bool

    /// A recorder that fails at a step, counted from 0; `isCrash` fails all later ones too.
    init(failing: Int? = nil, isCrash: Bool = true) {
        self.failing = failing
        self.isCrash = isCrash
    }

    /// The steps so far, as kind and file name.
    var steps: [String] {
        seen.withLock { steps in steps.map { "\($0.kind.rawValue) \($0.path.lastComponent?.string ?? "")" } }
    }

    /// Changes of files through this tripwire.
    var files: DurableFiles {
        DurableFiles(
            tripwire: Tripwire { step in
                let number = self.seen.withLock { steps in
                    steps.append(step)
                    return steps.count - 1
                }
                guard let failing = self.failing else { return }
                if number == failing || (self.isCrash && number > failing) { throw Tripped() }
            }
        )
    }
}
