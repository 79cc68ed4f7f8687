import ArchiveHome
import Operations
import RecordsModel
import Synchronization

/// A progress bar with rate and time left, a few times a second, on a terminal only.
final class ProgressLine: Sendable {
    private struct State {
        var begun: ContinuousClock.Instant?
        var shown: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    func show(_ progress: OperationProgress) {
        let now = ContinuousClock.now
        let elapsed: Duration? = state.withLock { state in
            let begun = state.begun ?? now
            state.begun = begun
            if let shown = state.shown, now - shown < .milliseconds(200) { return nil }
            state.shown = now
            return now - begun
        }
        guard let elapsed else { return }
        Terminal.progress(Self.line(progress, elapsed: elapsed))
    }

    static func line(_ progress: OperationProgress, elapsed: Duration) -> String {
        let seconds = max(0.001, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
        var parts = ["\(progress.items)\(progress.totalItems.map { " of \($0)" } ?? "") \(progress.phase)"]
        if progress.bytes > 0 {
            parts.append("\(Size.text(progress.bytes)), \(Size.text(Int(Double(progress.bytes) / seconds)))/s")
        }
        guard let share = share(of: progress), share > 0 else { return parts.joined(separator: "  ") }
        let width = 24
        let full = Int(share * Double(width))
        let bar = "[" + String(repeating: "#", count: full) + String(repeating: ".", count: width - full) + "]"
        let left = Int(seconds / share - seconds)
        parts.append("\(left / 60):\(CivilDate.padded(left % 60, to: 2)) left")
        return bar + " " + parts.joined(separator: "  ")
    }

    private static func share(of progress: OperationProgress) -> Double? {
        if let total = progress.totalBytes, total > 0 { return min(1, Double(progress.bytes) / Double(total)) }
        if let total = progress.totalItems, total > 0 { return min(1, Double(progress.items) / Double(total)) }
        return nil
    }
}

/// Lengths for people.
enum Size {
    /// Decimal units, one digit behind the point: `5.3 MB`.
    static func text(_ bytes: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 999.95, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        guard unit > 0 else { return "\(bytes) B" }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
