private import CSandbox
import Glibc
import Synchronization
import SystemPackage

/// A program of ours that is started once and then does the same with many files, each in a process of its own.
///
/// It is started when the first file comes: bubblewrap, walls and filter are put up once. For each file it forks, and the
/// new process gets its limits and the filter of every other program before it can read a byte; it has that file open, two
/// pipes, and nothing else. What a file makes of its process ends with it. The helper itself reads no file; see
/// `HelperSide` for what runs in it.
///
/// Several threads may use one helper at the same time. It ends with the last reference to it, and with this process,
/// whatever ends that.
package final class FileHelper: Sendable {
    private let command: BoundedCommand
    private let order: [UInt8]
    private let most: ProcessLimits
    private let state = Mutex<RunningHelper?>(nil)

    /// How long the helper may take to start, and to fork.
    private static let patience: Duration = .seconds(60)

    /// A helper that is not started yet.
    ///
    /// - Parameters:
    ///   - command: the program, whose code ends up in `HelperSide.serve`; it has no standard input of its own.
    ///   - order: what all its files have in common, given to it before the first.
    ///   - most: what no file's limits go beyond.
    package init(_ command: BoundedCommand, order: [UInt8], most: ProcessLimits) {
        self.command = command
        self.order = order
        self.most = most
    }

    /// Lets the helper do its work with one file.
    ///
    /// - Parameters:
    ///   - file: a descriptor of the file, at its start.
    ///   - limits: what the file's process may use.
    ///   - isolation: how the helper is kept apart; what the first file says counts for all.
    ///   - isInterrupted: asked several times a second whether to stop.
    /// - Returns: how the file's process ended and what it wrote. A crash or a time-out is an outcome, and the next file
    ///   gets a new process.
    /// - Throws: `BoundedProcessError` where no helper can be started, or none forks.
    package func run(
        file: CInt,
        limits: ProcessLimits,
        isolation: Isolation = .best,
        isInterrupted: () -> Bool = { false }
    ) throws(BoundedProcessError) -> BoundedOutcome {
        var tries = 0
        while true {
            tries += 1
            let helper = try running(isolation)
            do {
                return try helper.run(file: file, limits, patience: Self.patience, isInterrupted)
            } catch {
                // A helper that ended before it began with this file has shown it to nobody: another is started, once.
                state.withLock { state in
                    if state === helper { state = nil }
                }
                if tries == 2 { throw error }
            }
        }
    }

    private func running(_ isolation: Isolation) throws(BoundedProcessError) -> RunningHelper {
        let result: Result<RunningHelper, BoundedProcessError> = state.withLock { state in
            if let state { return .success(state) }
            return Result { () throws(BoundedProcessError) in
                let helper = try RunningHelper(command, order, most, isolation)
                state = helper
                return helper
            }
        }
        return try result.get()
    }
}

/// A helper that was started.
private final class RunningHelper: Sendable {
    private let name: FilePath
    private let isolation: Isolation
    private let socket: Descriptor
    private let errors: Descriptor
    private let program: StartedProgram

    init(
        _ command: BoundedCommand,
        _ order: [UInt8],
        _ most: ProcessLimits,
        _ isolation: Isolation
    ) throws(BoundedProcessError) {
        name = command.program
        self.isolation = isolation
        var limits = most
        // Of its own it uses a moment for each fork, and the process of a file begins at nothing.
        limits.cpuSeconds = 1 << 20
        let ends = try Self.sockets(for: command.program)
        let said = try command.pipe()
        let silent = Descriptor(adopting: unsafe open("/dev/null", O_WRONLY | O_CLOEXEC))
        let started = try command.start(
            limits,
            isolation,
            .helper,
            input: ends.writing,
            output: silent,
            errors: said.writing
        )
        let order = try command.memoryFile(order)
        let rules = try command.memoryFile(try SystemCallFilter.instructions(.plain))
        // Where it has ended already, the first file says so.
        _ = Self.send(ends.reading.number, berkas_order(), [order.number, rules.number])
        program = started
        socket = ends.reading
        errors = said.reading
    }

    /// A file's process to its end; throws where there is none, and the helper is of no use any more.
    func run(
        file: CInt,
        _ limits: ProcessLimits,
        patience: Duration,
        _ isInterrupted: () -> Bool
    ) throws(BoundedProcessError) -> BoundedOutcome {
        let starter = BoundedCommand(name, [])
        let output = try starter.pipe()
        let errors = try starter.pipe()
        let answers = try Self.sockets(for: name)
        guard
            handOver(
                file,
                limits,
                output: output.writing,
                errors: errors.writing,
                answers: answers.writing
            )
        else {
            throw failure("it takes no file", EPIPE)
        }
        let end = ContinuousClock.now + patience
        var watch: CInt?
        repeat {
            if isInterrupted() { return .notStarted(.interrupted, isolation) }
            watch = try begun(answers.reading.number)
        } while watch == nil && ContinuousClock.now < end
        guard let watch else { throw failure("it begins no file", ETIMEDOUT) }
        let process = ServedFile(watching: Descriptor(adopting: watch), answers: answers.reading)
        let begun = ContinuousClock.now
        var pump = OutputPump(
            output: output.reading,
            errors: errors.reading,
            process: process,
            limits: limits,
            end: begun + limits.wall
        )
        let ending = pump.run(isInterrupted: isInterrupted)
        return BoundedOutcome(
            ending: ending,
            output: pump.output.bytes,
            errors: pump.errors.bytes,
            isolation: isolation,
            duration: ContinuousClock.now - begun,
            processor: pump.processor
        )
    }

    /// Gives the helper a file; our ends of what its process writes to are closed when this returns.
    private func handOver(
        _ file: CInt,
        _ limits: ProcessLimits,
        output: consuming Descriptor,
        errors: consuming Descriptor,
        answers: consuming Descriptor
    ) -> Bool {
        let order = berkas_order(
            memory: UInt64(max(0, limits.memory)),
            open_files: UInt64(max(16, limits.openFiles)),
            cpu_seconds: UInt64(max(1, limits.cpuSeconds))
        )
        return Self.send(socket.number, order, [file, output.number, errors.number, answers.number])
    }

    /// A descriptor that tells when the file's process ends; nil where the helper has not begun yet.
    private func begun(_ answers: CInt) throws(BoundedProcessError) -> CInt? {
        guard ServedFile.isReady(answers, within: .milliseconds(200)) else { return nil }
        guard let (answer, files) = ServedFile.answer(answers) else {
            throw failure("it ended before it began with a file", ECHILD)
        }
        let isStarted = answer.step == CInt(BERKAS_STEP_NONE.rawValue)
        guard isStarted, let watch = files.first else {
            throw failure(BoundedCommand.name(ofStep: answer.step), answer.reason)
        }
        return watch
    }

    private func failure(_ step: String, _ reason: CInt) -> BoundedProcessError {
        var complaint = OutputPump.Collected(limit: 4 << 10)
        OutputPump.take(errors.number, into: &complaint)
        let said = BoundedOutcome.complaint(in: complaint.bytes).map { " (\($0))" } ?? ""
        return .start(
            name,
            step: "the process that reads files for this one: \(step)\(said)",
            errno: Errno(rawValue: reason)
        )
    }

    private static func send(_ socket: CInt, _ order: berkas_order, _ files: [CInt]) -> Bool {
        let size = MemoryLayout<berkas_order>.size
        return unsafe withUnsafeBytes(of: order) { words in
            unsafe berkas_send(socket, words.baseAddress, size, files, UInt32(files.count)) == size
        }
    }

    private static func sockets(for program: FilePath) throws(BoundedProcessError) -> DescriptorPair {
        var ends: [CInt] = [-1, -1]
        guard unsafe berkas_sockets(&ends) == 0 else {
            throw .start(program, step: "no sockets can be made", errno: Errno(rawValue: errno))
        }
        return DescriptorPair(reading: Descriptor(adopting: ends[0]), writing: Descriptor(adopting: ends[1]))
    }
}

/// The process that a helper made for one file.
private final class ServedFile: PumpedProcess {
    private let watching: Descriptor
    private let answers: Descriptor

    init(watching: consuming Descriptor, answers: consuming Descriptor) {
        self.watching = watching
        self.answers = answers
    }

    var watch: CInt { watching.number }
    var isBehindBubblewrap: Bool { false }

    func hasEnded() -> Bool { Self.isReady(watching.number, within: .zero) }

    func end() { _ = berkas_end(watching.number) }

    func reap() -> (status: CInt, processor: Duration) {
        guard Self.isReady(answers.number, within: .seconds(60)), let (answer, _) = Self.answer(answers.number) else {
            // The helper is gone, and its children went with it.
            end()
            return (SIGKILL, .zero)
        }
        return (answer.status, .microseconds(answer.microseconds))
    }

    /// Whether there is something to read, or an end.
    static func isReady(_ descriptor: CInt, within most: Duration) -> Bool {
        var place = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let milliseconds = most.components.seconds * 1000 + most.components.attoseconds / 1_000_000_000_000_000
        return unsafe poll(&place, 1, CInt(clamping: milliseconds)) > 0
    }

    /// The helper's next answer with the descriptors that came along; nil where there is none.
    static func answer(_ socket: CInt) -> (answer: berkas_answer, files: [CInt])? {
        var answer = berkas_answer()
        var files = [CInt](repeating: -1, count: Int(BERKAS_MOST_FILES))
        var count: UInt32 = 0
        let size = MemoryLayout<berkas_answer>.size
        let came = unsafe withUnsafeMutableBytes(of: &answer) { words in
            unsafe berkas_receive(socket, words.baseAddress, size, &files, &count, 0)
        }
        guard came == size else { return nil }
        return (answer, Array(files.prefix(Int(count))))
    }
}
