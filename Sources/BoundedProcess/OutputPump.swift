private import CSandbox
import Glibc

/// Takes what a running program writes until it ends, and ends it when its time or its output is over.
struct OutputPump: ~Copyable {
    /// What came through a pipe, up to a limit.
    struct Collected {
        let limit: Int
        /// What is kept.
        var bytes: [UInt8] = []
        /// Whether more came than is kept.
        var isExceeded = false
        /// Whether the other end was closed.
        var isOver = false
    }

    private let outputEnd: Descriptor
    private let errorEnd: Descriptor
    private let process: any PumpedProcess
    private let end: ContinuousClock.Instant
    private(set) var output: Collected
    private(set) var errors: Collected
    /// The processor time that it used, as far as the kernel counted it.
    private(set) var processor: Duration = .zero
    /// Whether it was ended here.
    private(set) var isKilled = false
    private let cpuSeconds: Int
    /// How long the rest of a killed program may take to vanish: the kernel needs milliseconds.
    private static let grace: Duration = .seconds(5)

    init(
        output: consuming Descriptor,
        errors: consuming Descriptor,
        process: any PumpedProcess,
        limits: ProcessLimits,
        end: ContinuousClock.Instant
    ) {
        outputEnd = output
        errorEnd = errors
        self.process = process
        self.end = end
        cpuSeconds = limits.cpuSeconds
        self.output = Collected(limit: limits.output)
        self.errors = Collected(limit: limits.errors)
    }

    /// Pumps until the program has ended, and reaps it.
    mutating func run(isInterrupted: () -> Bool) -> BoundedOutcome.Ending {
        var killed: BoundedOutcome.Ending?
        while true {
            let now = ContinuousClock.now
            if now >= end { killed = .wallTime }
            if output.isExceeded { killed = .tooMuchOutput }
            if isInterrupted() { killed = .interrupted }
            if killed != nil { break }
            // Where the kernel gives no descriptor for a process, it is asked for every few milliseconds.
            let most: Duration = process.watch < 0 ? .milliseconds(5) : .milliseconds(200)
            let ready = wait(min(most, end - now), also: process.watch)
            take()
            if ready || (process.watch < 0 && process.hasEnded()) { break }
        }
        if killed != nil { process.end() }
        isKilled = killed != nil
        let (status, used) = process.reap()
        processor = used
        // What it wrote last; and, in bubblewrap, until the processes inside have vanished too.
        let last = ContinuousClock.now + Self.grace
        while !(output.isOver && errors.isOver), ContinuousClock.now < last {
            _ = wait(.milliseconds(100), also: -1)
            take()
        }
        if let killed { return killed }
        if output.isExceeded { return .tooMuchOutput }
        return ending(status)
    }

    private func ending(_ status: CInt) -> BoundedOutcome.Ending {
        var signal = Int(status & 0x7F)
        let code = Int((status >> 8) & 0xFF)
        // bubblewrap ends with 128 and the signal that ended the program inside.
        if signal == 0, process.isBehindBubblewrap, code > 128, code < 128 + 65 { signal = code - 128 }
        if signal == Int(SIGXCPU) { return .cpuTime }
        // The first process of a namespace ignores that signal, and gets the one that it cannot ignore a second later.
        if signal == Int(SIGKILL), processor >= .seconds(cpuSeconds) { return .cpuTime }
        return signal == 0 ? .exited(code) : .signalled(signal)
    }

    /// Waits for something to read, or for the end of the process; says whether the process has ended.
    private func wait(_ most: Duration, also watch: CInt) -> Bool {
        var places = [
            pollfd(fd: output.isOver ? -1 : outputEnd.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors.isOver ? -1 : errorEnd.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: watch, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = max(0, most.components.seconds * 1000 + most.components.attoseconds / 1_000_000_000_000_000)
        let count = places.count
        _ = unsafe places.withUnsafeMutableBufferPointer {
            unsafe poll($0.baseAddress, nfds_t(count), CInt(clamping: milliseconds + 1))
        }
        return places[2].revents != 0 && watch >= 0
    }

    private mutating func take() {
        Self.take(outputEnd.number, into: &output)
        Self.take(errorEnd.number, into: &errors)
    }

    /// Reads what is there, at most a few MiB at a time, so that clocks are looked at between.
    static func take(_ number: CInt, into collected: inout Collected) {
        guard !collected.isOver else { return }
        unsafe withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
            for _ in 0..<64 {
                let count = unsafe read(number, buffer.baseAddress, buffer.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    if errno != EAGAIN { collected.isOver = true }
                    return
                }
                if count == 0 {
                    collected.isOver = true
                    return
                }
                let kept = min(count, collected.limit - collected.bytes.count)
                if kept < count { collected.isExceeded = true }
                unsafe collected.bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<kept]))
            }
        }
    }
}
