import Synchronization
import TextExtraction

/// What a batch delivers, from several threads.
final class Results: Sendable {
    private let store = Mutex<[Int: Result<DocumentReading, any Error>]>([:])

    var all: [Int: Result<DocumentReading, any Error>] { store.withLock { $0 } }

    func add(_ index: Int, _ result: Result<DocumentReading, any Error>) { store.withLock { $0[index] = result } }
}
