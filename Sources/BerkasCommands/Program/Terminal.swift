import Foundation
import Glibc
import RecordsModel
import Synchronization

/// Standard output for results, standard error for everything else.
enum Terminal {
    private struct State {
        var buffer: [UInt8] = []
        var isClosed = false
        var hasWritten = false
        var hasProgress = false
        /// The day of the rehearsal that every line is marked with.
        var rehearsal: String?
    }

    private static let state = Mutex(State())

    /// Whether standard error is a terminal that a person looks at.
    static let errorIsTerminal = isatty(STDERR_FILENO) == 1
    /// Whether standard output is a terminal that a person looks at.
    static let outputIsTerminal = isatty(STDOUT_FILENO) == 1

    /// How many characters a line of standard output has, where it is a terminal that says so.
    static var columns: Int? {
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Writes a line of the result; held back until `flush` or until much has come together.
    static func result(_ line: String) {
        result { $0.append(contentsOf: line.utf8) }
    }

    /// Marks every line from here on as one of a rehearsal.
    static func begin(rehearsal day: String) { state.withLock { $0.rehearsal = day } }

    /// Ends that.
    static func endRehearsal() { state.withLock { $0.rehearsal = nil } }

    /// A line of a rehearsal: an object of JSON stands in another one, any other line behind the word.
    private static func marked(_ line: String, _ day: String) -> String {
        line.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if line.hasPrefix("{"), let value = try? CanonicalJSON.decode(JSONValue.self, from: Data(line.utf8)),
                let whole = try? CanonicalJSON.line(
                    ["kind": .string("rehearsal"), "asOf": .string(day), "line": value] as [String: JSONValue]
                )
            {
                return String(decoding: whole, as: UTF8.self)
            }
            return "rehearsal \(day): \(line)"
        }.joined(separator: "\n")
    }

    /// Writes a line of the result that `body` adds, without its line end, to what is held back.
    static func result(_ body: (inout [UInt8]) -> Void) {
        state.withLock { state in
            if let day = state.rehearsal {
                var line: [UInt8] = []
                body(&line)
                state.buffer += Array(marked(String(decoding: line, as: UTF8.self), day).utf8)
            } else {
                body(&state.buffer)
            }
            state.buffer.append(UInt8(ascii: "\n"))
            if state.buffer.count > 1 << 16 { flush(&state) }
        }
    }

    /// Takes back what was held back, to answer anew.
    ///
    /// - Returns: false where some of it was written already.
    static func takeBack() -> Bool {
        state.withLock { state in
            guard !state.hasWritten else { return false }
            state.buffer.removeAll()
            return true
        }
    }

    /// Writes out what was held back.
    static func flush() { state.withLock { flush(&$0) } }

    /// Writes a line for the person, behind what was held back.
    static func error(_ line: String) {
        state.withLock { state in
            flush(&state)
            clearProgress(&state)
            let line = state.rehearsal.map { marked(line, $0) } ?? line
            write(Array((line + "\n").utf8), to: STDERR_FILENO)
        }
    }

    /// Shows how far the work is, on the line that was shown before.
    static func progress(_ line: String) {
        state.withLock { state in
            state.hasProgress = true
            let line = (state.rehearsal.map { "rehearsal \($0): " } ?? "") + line
            write(Array("\r\u{1B}[K\(line)".utf8), to: STDERR_FILENO)
        }
    }

    /// Takes the progress line away.
    static func clearProgress() { state.withLock { clearProgress(&$0) } }

    private static func clearProgress(_ state: inout State) {
        guard state.hasProgress else { return }
        state.hasProgress = false
        write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO)
    }

    private static func flush(_ state: inout State) {
        guard !state.buffer.isEmpty, !state.isClosed else { return }
        clearProgress(&state)
        state.hasWritten = true
        // A reader that went away (`berkas list | head`) has what it wanted; the rest is dropped.
        if !write(state.buffer, to: STDOUT_FILENO) { state.isClosed = true }
        state.buffer.removeAll(keepingCapacity: true)
    }

    @discardableResult
    private static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        unsafe bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = unsafe Glibc.write(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + done },
                    buffer.count - done
                )
                if count > 0 {
                    done += count
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}
