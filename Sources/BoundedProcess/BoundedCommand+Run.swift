private import CSandbox
import Glibc
import SystemPackage

extension BoundedCommand {
    /// Runs the program to its end, or to that of its limits.
    ///
    /// Blocks the calling thread. Nothing of the program is left when this returns, nor a moment after this process ends
    /// in whatever way: a keeper stands over it (see `StartedProgram`).
    ///
    /// - Parameters:
    ///   - limits: what it may use.
    ///   - isolation: how it is kept apart; the best that this machine offers where nothing is said.
    ///   - isInterrupted: asked several times a second whether to stop.
    /// - Returns: how it ended and what it wrote. A crash, a time-out or a complaint is an outcome and no error.
    /// - Throws: `BoundedProcessError` where it cannot be started.
    package func run(
        limits: ProcessLimits,
        isolation: Isolation = .best,
        isInterrupted: () -> Bool = { false }
    ) throws(BoundedProcessError) -> BoundedOutcome {
        let begun = ContinuousClock.now
        let output = try pipe()
        let errors = try pipe()
        let input = try memoryFile(standardInput)
        let kind: SystemCallFilter.Kind = limits.mayStartThreads ? .threads : .plain
        let process = try start(
            limits,
            isolation,
            kind,
            input: input,
            output: output.writing,
            errors: errors.writing
        )
        var pump = OutputPump(
            output: output.reading,
            errors: errors.reading,
            process: process,
            limits: limits,
            end: begun + limits.wall
        )
        let ending = pump.run(isInterrupted: isInterrupted)
        let duration = ContinuousClock.now - begun
        return BoundedOutcome(
            ending: ending,
            output: pump.output.bytes,
            errors: pump.errors.bytes,
            isolation: isolation,
            duration: duration,
            // What is killed from outside may take its accounts along.
            processor: pump.isKilled ? max(pump.processor, duration) : pump.processor
        )
    }

    /// The same command with every path absolute: the program runs in another folder.
    private func absolute() -> BoundedCommand {
        var command = self
        var here: FilePath?
        func made(_ path: FilePath) -> FilePath {
            if path.isAbsolute { return path }
            if here == nil {
                var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
                let found = unsafe buffer.withUnsafeMutableBufferPointer { unsafe getcwd($0.baseAddress, $0.count) }
                let text = unsafe found.map { unsafe FilePath(platformString: $0) }
                here = text ?? "/"
            }
            return (here ?? "/").pushing(path)
        }
        command.inputs = inputs.map(made)
        command.needed = needed.map(made)
        command.program = made(program)
        return command
    }

    /// Starts the program with these descriptors as 0, 1 and 2.
    func start(
        _ limits: ProcessLimits,
        _ isolation: Isolation,
        _ kind: SystemCallFilter.Kind,
        input: borrowing Descriptor,
        output: consuming Descriptor,
        errors: consuming Descriptor
    ) throws(BoundedProcessError) -> StartedProgram {
        let command = absolute()
        let own = command.words.map { word -> CText in
            switch word {
            case .text(let text): CText(text)
            case .input(let index):
                command.inputs.indices.contains(index)
                    ? (isolation == .filter ? CText(command.inputs[index]) : CText(BubblewrapWords.inside(index))) : ""
            }
        }
        var all = [CText(command.program)] + own
        var file = command.program
        let rules =
            isolation == .bubblewrapAlone ? [] : try SystemCallFilter.instructions(kind)
        var filter: Descriptor?
        var wall: Descriptor?
        if isolation == .filter {
            wall = try FileWall.build(for: command)
        } else {
            guard let bubblewrap = BubblewrapWords.program else {
                throw .missing("bwrap", debianPackage: "bubblewrap")
            }
            all = [CText(bubblewrap)] + BubblewrapWords.words(command, isFiltered: !rules.isEmpty) + all
            file = bubblewrap
            if !rules.isEmpty { filter = try memoryFile(rules) }
        }
        var names = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"]
        names.merge(environment) { $1 }
        let variables = names.sorted { $0.key < $1.key }.map { CText("\($0.key)=\($0.value)") }
        var request = unsafe berkas_start()
        unsafe request.input = input.number
        unsafe request.output = output.number
        unsafe request.errors = errors.number
        unsafe request.filter = filter?.number ?? -1
        unsafe request.memory = UInt64(max(0, limits.memory))
        unsafe request.file_size = 0
        unsafe request.open_files = UInt64(max(16, limits.openFiles))
        unsafe request.cpu_seconds = UInt64(max(1, limits.cpuSeconds))
        unsafe request.wall = wall?.number ?? -1
        let inForce = isolation == .filter ? rules : []
        let started = unsafe Self.start(request, file: file, words: all, variables: variables, rules: inForce)
        guard started.process > 0 else {
            throw .start(command.program, step: Self.name(ofStep: started.step), errno: Errno(rawValue: started.reason))
        }
        return StartedProgram(
            keeper: started.process,
            life: started.life,
            isBehindBubblewrap: isolation != .filter
        )
    }

    private static func start(
        _ request: berkas_start,
        file: FilePath,
        words: [CText],
        variables: [CText],
        rules: [UInt8]
    ) -> (process: CInt, life: CInt, step: CInt, reason: CInt) {
        var request = unsafe request
        var (life, step, reason): (CInt, CInt, CInt) = (-1, 0, 0)
        let process = unsafe CText.withPointers([CText(file), "/"]) { paths in
            unsafe CText.withPointers(words) { words in
                unsafe CText.withPointers(variables) { variables in
                    unsafe request.program = UnsafePointer(paths[0])
                    unsafe request.folder = UnsafePointer(paths[1])
                    unsafe request.words = UnsafePointer(words)
                    unsafe request.environment = UnsafePointer(variables)
                    return unsafe rules.withUnsafeBytes { rules in
                        unsafe request.rules =
                            rules.isEmpty ? nil : unsafe rules.bindMemory(to: sock_filter.self).baseAddress
                        unsafe request.rule_count = UInt16(rules.count / 8)
                        return unsafe berkas_start_program(&request, &life, &step, &reason)
                    }
                }
            }
        }
        return (process, life, step, reason)
    }

    static func name(ofStep step: CInt) -> String {
        switch UInt32(bitPattern: step) {
        case BERKAS_STEP_FORK.rawValue: "the system gives no new process"
        case BERKAS_STEP_DESCRIPTORS.rawValue: "its descriptors cannot be set up"
        case BERKAS_STEP_LIMITS.rawValue: "its limits cannot be set"
        case BERKAS_STEP_FOLDER.rawValue: "its folder cannot be entered"
        case BERKAS_STEP_WALL.rawValue: "the wall around the file system cannot be put in force"
        case BERKAS_STEP_FILTER.rawValue: "the filter of system calls cannot be put in force"
        default: "it cannot be executed"
        }
    }

    func pipe() throws(BoundedProcessError) -> DescriptorPair {
        var ends: (CInt, CInt) = (-1, -1)
        let made = unsafe withUnsafeMutableBytes(of: &ends) { buffer -> CInt in
            guard let base = buffer.baseAddress else { return -1 }
            return unsafe pipe2(base.assumingMemoryBound(to: CInt.self), O_CLOEXEC)
        }
        guard made == 0 else { throw .start(program, step: "no pipe can be made", errno: Errno(rawValue: errno)) }
        // The program gets a pipe that blocks; our end of it does not.
        _ = fcntl(ends.0, F_SETFL, O_NONBLOCK)
        return DescriptorPair(reading: Descriptor(adopting: ends.0), writing: Descriptor(adopting: ends.1))
    }

    /// A file in memory with this content, at its beginning.
    func memoryFile(_ content: [UInt8]) throws(BoundedProcessError) -> Descriptor {
        let number = berkas_memory_file()
        guard number >= 0 else {
            throw .start(program, step: "no memory file can be made", errno: Errno(rawValue: errno))
        }
        let file = Descriptor(adopting: number)
        guard WholeWrite.write(content, to: number) else {
            throw .start(program, step: "its input cannot be held in memory", errno: Errno(rawValue: errno))
        }
        _ = lseek(number, 0, SEEK_SET)
        return file
    }
}

/// A descriptor that closes itself.
struct Descriptor: ~Copyable {
    let number: CInt

    init(adopting number: CInt) { self.number = number }

    deinit { close(number) }
}

/// The two ends of a pipe.
struct DescriptorPair: ~Copyable {
    let reading: Descriptor
    let writing: Descriptor
}
