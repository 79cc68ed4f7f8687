import Dispatch
import FileSafety
import Fixity
import Synchronization
import SystemPackage

/// Digests the files of a tree, two at a time.
struct TreeDigests {
    /// How many threads read and digest at once: SHA-512 keeps a core busy, and the machines of offices have few.
    private static let width = 2

    /// Lengths and digests of files, by their numbers.
    struct Outcome {
        let size: Int
        let digests: [Digest]
    }

    let tree: FolderTree
    let path: FilePath
    let algorithms: [DigestAlgorithm]
    let options: BagOptions

    /// Reads each of the files once.
    ///
    /// - Parameter numbers: which files.
    /// - Returns: their lengths and digests, in the same order.
    /// - Throws: the first error that any thread met.
    func run(_ numbers: [Int]) throws -> [Outcome] {
        // Runs of neighbours, so that a folder is opened once for many small files, and large files spread over threads.
        let step = max(1, min(64, numbers.count / 64))
        let next = Atomic(0)
        let done = Mutex((files: 0, bytes: 0))
        let failure = Mutex<(any Error)?>(nil)
        let results = Mutex<[(start: Int, outcomes: [Outcome])]>([])
        DispatchQueue.concurrentPerform(iterations: min(Self.width, max(1, numbers.count / step))) { _ in
            do {
                let reader = try TreeReader(tree, at: path)
                while failure.withLock({ $0 == nil }) {
                    let start = next.add(step, ordering: .relaxed).oldValue
                    guard start < numbers.count else { return }
                    if options.isInterrupted() { throw CancellationError() }
                    let outcomes = try digest(numbers[start..<min(start + step, numbers.count)], reader)
                    results.withLock { $0.append((start, outcomes)) }
                    let now = done.withLock { done in
                        done.files += outcomes.count
                        done.bytes += outcomes.reduce(0) { $0 + $1.size }
                        return done
                    }
                    options.progress(BagProgress(files: now.files, totalFiles: numbers.count, bytes: now.bytes))
                }
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock(\.self) { throw error }
        return results.withLock { parts in parts.sorted { $0.start < $1.start }.flatMap(\.outcomes) }
    }

    private func digest(_ numbers: ArraySlice<Int>, _ reader: TreeReader) throws -> [Outcome] {
        try numbers.map { number in
            let group = DigestGroup(algorithms)
            var came = 0
            let size = try unsafe reader.read(number) { piece in
                unsafe group.update(piece)
                came += piece.count
                if came & 0x3FF_FFFF < piece.count, options.isInterrupted() { throw CancellationError() }
            }
            return Outcome(size: size, digests: group.finish())
        }
    }
}
