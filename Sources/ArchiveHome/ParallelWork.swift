import Dispatch
package import Fixity
import Synchronization

/// Runs the same work on many items, as many at a time as there are cores to feed.
package enum ParallelWork {
    /// How many threads read and digest at once.
    ///
    /// Two: SHA-512 keeps a core busy, and the machines of offices have few.
    static let width = 2

    /// Calls `work` for every index with a digester of the thread's own, and returns the results in order.
    ///
    /// - Throws: the error of the lowest index that failed; work not yet begun is then left.
    package static func map<Result: Sendable>(
        count: Int,
        _ work: @Sendable (Int, FileDigester) throws -> Result
    ) throws -> [Result] {
        let next = Atomic(0)
        let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
        let failure = Mutex<(index: Int, error: any Error)?>(nil)
        let threads = max(1, min(width, count))
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            let digester = FileDigester()
            while failure.withLock({ $0 == nil }) {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                do {
                    let result = try work(index, digester)
                    results.withLock { $0[index] = result }
                } catch {
                    failure.withLock { failure in
                        if failure.map({ $0.index > index }) ?? true { failure = (index, error) }
                    }
                }
            }
        }
        if let error = failure.withLock({ $0?.error }) { throw error }
        return results.withLock { $0.compactMap(\.self) }
    }

    /// Does something on this thread, and something else meanwhile on another: both have ended when it returns.
    ///
    /// - Parameters:
    ///   - work: what is done here.
    ///   - other: what is done on a thread of its own.
    /// - Throws: what `other` throws.
    static func run(_ work: () -> Void, beside other: @escaping @Sendable () throws -> Void) throws {
        let failure = Mutex<(any Error)?>(nil)
        let group = DispatchGroup()
        DispatchQueue.global().async(group: group) {
            do { try other() } catch { failure.withLock { $0 = error } }
        }
        work()
        group.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
