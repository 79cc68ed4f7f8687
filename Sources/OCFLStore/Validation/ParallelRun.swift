import Dispatch
import Synchronization

/// Runs the same work on many items, on two threads.
enum ParallelRun {
    /// How many threads read and digest at once: SHA-512 keeps a core busy, and the machines of offices have few.
    static let width = 2

    /// Calls `work` for every index, with a worker of the thread's own.
    ///
    /// - Parameters:
    ///   - count: how many items there are.
    ///   - chunk: how many items, one behind the other, a thread takes at a time.
    ///   - makeWorker: makes what a thread works with.
    ///   - work: called with a worker and an index.
    /// - Throws: the error of the lowest index that failed; work not yet begun is then left.
    static func run<Worker>(
        count: Int,
        chunk: Int = 1,
        makeWorker: @Sendable () -> Worker,
        work: @Sendable (Worker, Int) throws -> Void
    ) throws {
        let next = Atomic(0)
        let failure = Mutex<(index: Int, error: any Error)?>(nil)
        let threads = max(1, min(width, (count + chunk - 1) / chunk))
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            let worker = makeWorker()
            while failure.withLock({ $0 == nil }) {
                let first = next.add(chunk, ordering: .relaxed).oldValue
                guard first < count else { return }
                for index in first..<min(count, first + chunk) {
                    do {
                        try work(worker, index)
                    } catch {
                        failure.withLock { failure in
                            if failure.map({ $0.index > index }) ?? true { failure = (index, error) }
                        }
                        return
                    }
                }
            }
        }
        if let error = failure.withLock({ $0?.error }) { throw error }
    }
}
