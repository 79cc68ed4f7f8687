import Dispatch
import Foundation
import Synchronization

extension DocumentReader {
    /// Reads many files, as many pages at a time as are asked for, whichever files they belong to.
    ///
    /// - Parameters:
    ///   - requests: the files.
    ///   - width: how many pages are read at once: one a core.
    ///   - before: called before a file is opened; what it throws is that file's failure.
    ///   - onPage: called behind each page that was recognised, with the place of its request; from any thread.
    ///   - onFile: called with each file's place and result as soon as it is whole, one call at a time. A failure is that
    ///     file's and does not stop the others; what this throws does.
    /// - Throws: what `onFile` throws; `CancellationError` where reading was to stop.
    package func read(
        _ requests: [ReadingRequest],
        width: Int = 2,
        before: @escaping @Sendable (Int) throws -> Void = { _ in },
        onPage: @escaping @Sendable (Int) -> Void = { _ in },
        onFile: @escaping @Sendable (Int, Result<DocumentReading, any Error>) throws -> Void
    ) throws {
        let queue = ReadingQueue(count: requests.count)
        let delivery = Mutex(())
        @Sendable func deliver(_ index: Int, _ result: Result<DocumentReading, any Error>) {
            do {
                try delivery.withLock { _ in try onFile(index, result) }
            } catch {
                queue.stop(error)
            }
        }
        // Blocks its threads, as the programs that they run want: a program dies with the thread that started it.
        DispatchQueue.concurrentPerform(iterations: max(1, min(width, 64))) { _ in
            while let task = queue.next() {
                do {
                    switch task {
                    case .open(let index):
                        try before(index)
                        let opened = try open(requests[index])
                        queue.opened(index, opened)
                        if opened.waiting.isEmpty { deliver(index, .success(opened.finished())) }
                    case .page(let index, let place, let opened):
                        let page = try recognise(place, of: opened)
                        onPage(index)
                        if let whole = queue.finished(index, place, page) { deliver(index, .success(whole.finished())) }
                    }
                } catch let error as CancellationError {
                    queue.stop(error)
                } catch {
                    queue.gaveUp(task)
                    if queue.isFirstFailure(of: task) { deliver(task.request, .failure(error)) }
                }
            }
        }
        if let error = queue.failure { throw error }
    }
}

/// What there is to do: files to open, in their order, and pages of files that are open, which come first.
private final class ReadingQueue: Sendable {
    enum Task {
        case open(Int)
        case page(Int, place: Int, OpenedDocument)

        /// The place of the request that it belongs to.
        var request: Int {
            switch self {
            case .open(let index), .page(let index, _, _): index
            }
        }
    }

    private struct State {
        var next = 0
        var opening = 0
        var pages: [(request: Int, place: Int)] = []
        var taken = 0
        var open: [Int: OpenedDocument] = [:]
        var left: [Int: Int] = [:]
        var failed: Set<Int> = []
        var error: (any Error)?
    }

    private let count: Int
    private let state = Mutex(State())

    init(count: Int) { self.count = count }

    /// Why everything stops.
    var failure: (any Error)? { state.withLock { $0.error } }

    /// Stops everything; what is being read is let end.
    func stop(_ error: any Error) { state.withLock { if $0.error == nil { $0.error = error } } }

    /// The next task; nil when there is none left.
    ///
    /// Waits while a file is being opened, which may bring some.
    func next() -> Task? {
        while true {
            let (task, isOver): (Task?, Bool) = state.withLock { state in
                guard state.error == nil else { return (nil, true) }
                while state.taken < state.pages.count {
                    let page = state.pages[state.taken]
                    state.taken += 1
                    guard let opened = state.open[page.request] else { continue }
                    return (.page(page.request, place: page.place, opened), false)
                }
                (state.pages, state.taken) = ([], 0)
                if state.next < count {
                    state.next += 1
                    state.opening += 1
                    return (.open(state.next - 1), false)
                }
                return (nil, state.opening == 0)
            }
            if let task { return task }
            if isOver { return nil }
            // Only at the end of a batch, while the other thread opens the last file.
            Thread.sleep(forTimeInterval: 0.005)
        }
    }

    /// A file is open; its pages wait.
    func opened(_ index: Int, _ document: OpenedDocument) {
        state.withLock { state in
            state.opening -= 1
            guard !document.waiting.isEmpty else { return }
            state.open[index] = document
            state.left[index] = document.waiting.count
            state.pages += document.waiting.map { (index, $0) }
        }
    }

    /// A page is read; the file, when that was its last.
    func finished(_ index: Int, _ place: Int, _ page: PageReading) -> OpenedDocument? {
        state.withLock { state in
            state.open[index]?.reading.pages[place] = page
            let left = (state.left[index] ?? 1) - 1
            state.left[index] = left
            return left == 0 ? state.open.removeValue(forKey: index) : nil
        }
    }

    /// A task failed: the file's other pages are left.
    func gaveUp(_ task: Task) {
        state.withLock { state in
            if case .open = task { state.opening -= 1 }
            state.open[task.request] = nil
        }
    }

    /// Whether the file of a task had not failed yet.
    func isFirstFailure(of task: Task) -> Bool { state.withLock { $0.failed.insert(task.request).inserted } }
}
