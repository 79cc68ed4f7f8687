package import FileSafety
import Foundation
import Synchronization
import SystemPackage

/// What goes wrong at a step.
package enum FaultKind: String, CaseIterable, Sendable {
    /// The disk is full, once; the program goes on and cleans up.
    case fullDisk
    /// The program ends there: no later step is taken, and what was being appended is left torn.
    case crash
}

/// A tripwire that counts steps and fails one of them.
package final class FaultPlan: Sendable {
    private struct State {
        var steps: [DurableStep] = []
    }

    private let state = Mutex(State())
    private let failing: Int?
    private let kind: FaultKind

    /// A plan that fails at a step, counted from 0; nil lets all pass.
    package init(failing: Int? = nil, kind: FaultKind = .fullDisk) {
        self.failing = failing
        self.kind = kind
    }

    /// The steps that were asked for so far.
    package var steps: [DurableStep] { state.withLock { $0.steps } }

    /// The tripwire to work with.
    package var tripwire: Tripwire {
        Tripwire { [self] step in
            let index = state.withLock { state in
                state.steps.append(step)
                return state.steps.count - 1
            }
            guard let failing else { return }
            if index == failing, kind == .crash, step.kind == .append { tear(step.path) }
            if index == failing || (kind == .crash && index > failing) {
                throw FileSafetyError(.noSpace, operation: step.kind.rawValue, path: step.path, reason: "injected")
            }
        }
    }

    /// Leaves half a line behind, as a write that was cut short does.
    private func tear(_ path: FilePath) {
        guard let handle = FileHandle(forWritingAtPath: path.string) else { return }
        _ = try? handle.seekToEnd()
        try? handle.write(contentsOf: Data("{\"actor\":\"torn".utf8))
        try? handle.close()
    }
}

extension Tripwire {
    /// Ends the process by SIGKILL before the step of that place, counted from 0: nothing is cleaned up behind it.
    package static func killing(at place: Int) -> Tripwire {
        let passed = Mutex(0)
        return Tripwire { _ in
            let isThere = passed.withLock { passed in
                passed += 1
                return passed - 1 == place
            }
            if isThere { kill(getpid(), SIGKILL) }
        }
    }
}
