private import CSandbox
import Glibc

/// The filter of system calls that a program runs behind (seccomp(2)): a list of what is allowed, and nothing else.
///
/// Made by libseccomp (<https://github.com/seccomp/libseccomp>), which knows the numbers of either machine and holds each
/// call against its architecture first: calls of 32 bits and of x32 end the process. The filter is made before a program
/// is started, once for each kind, and put in force in the child between fork and exec.
package enum SystemCallFilter {
    /// The machines whose calls are known.
    package enum Machine: String, Hashable, Sendable, CaseIterable {
        /// x86-64.
        case x86
        /// aarch64.
        case arm

        /// This machine; nil where it is none of these, and no program can be started.
        package static var own: Machine? {
            #if arch(x86_64)
            .x86
            #elseif arch(arm64)
            .arm
            #else
            nil
            #endif
        }

        var token: UInt32 {
            switch self {
            // AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 (linux/audit.h), by which libseccomp names them too.
            case .x86: 0xC000_003E
            case .arm: 0xC000_00B7
            }
        }
    }

    /// What becomes of a call.
    package enum Verdict: Hashable, Sendable {
        /// It is done.
        case allowed
        /// It is answered with this error.
        case refused(Int32)
        /// The process ends with `SIGSYS`.
        case fatal

        var action: UInt32 {
            switch self {
            case .allowed: 0x7FFF_0000
            case .refused(let number): 0x0005_0000 | UInt32(number)
            case .fatal: 0x8000_0000
            }
        }

        /// The verdict that a filter's answer stands for; nil where it is none of these.
        package init?(answer: UInt32) {
            switch answer & 0xFFFF_0000 {
            case 0x7FFF_0000: self = .allowed
            case 0x0005_0000: self = .refused(Int32(answer & 0xFFFF))
            case 0x8000_0000: self = .fatal
            default: return nil
            }
        }
    }

    /// Bits of an argument: those of `mask` are `value`.
    private struct Bits {
        let argument: UInt32
        let mask: UInt64
        let value: UInt64
    }

    /// What becomes of a call whose arguments have all these bits.
    private struct Condition {
        let call: String
        let bits: [Bits]
        let verdict: Verdict
    }

    /// What a filter is for.
    package enum Kind: Hashable, Sendable, CaseIterable {
        /// A program of one thread.
        case plain
        /// A program that may start threads.
        case threads
        /// A helper that forks for each file, and puts each behind `plain` before it sees any of it.
        case helper
    }

    /// Whatever is not named.
    private static let unknown = Verdict.refused(ENOSYS)

    private static let plain = Result { () throws(BoundedProcessError) in try make(for: Machine.own, .plain) }
    private static let threads = Result { () throws(BoundedProcessError) in try make(for: Machine.own, .threads) }
    private static let helper = Result { () throws(BoundedProcessError) in try make(for: Machine.own, .helper) }

    /// The filter of this machine, as the kernel takes it: `struct sock_filter`, one after the other.
    ///
    /// - Throws: `BoundedProcessError` where there is none for this machine.
    static func instructions(_ kind: Kind) throws(BoundedProcessError) -> [UInt8] {
        switch kind {
        case .plain: try plain.get()
        case .threads: try threads.get()
        case .helper: try helper.get()
        }
    }

    /// The number of a call on a machine; nil where it has none.
    package static func number(of call: String, on machine: Machine) -> Int32? {
        let number = unsafe seccomp_syscall_resolve_name_arch(machine.token, call)
        return number < 0 ? nil : number
    }

    /// The number that a rule for a call is given by: that of this machine, whichever machine the filter is for; nil where
    /// the call is none there.
    private static func rule(for call: String, on machine: Machine) -> Int32? {
        number(of: call, on: machine) == nil ? nil : unsafe seccomp_syscall_resolve_name(call)
    }

    /// Makes a filter; of another machine to look at it.
    ///
    /// - Parameters:
    ///   - machine: the machine.
    ///   - kind: what it is for.
    /// - Returns: its instructions.
    /// - Throws: `BoundedProcessError` where libseccomp cannot make it.
    package static func make(for machine: Machine?, _ kind: Kind) throws(BoundedProcessError) -> [UInt8] {
        guard let machine, let context = unsafe seccomp_init(unknown.action) else { throw .noFilter }
        defer { unsafe seccomp_release(context) }
        var isDone = true
        if machine != Machine.own {
            isDone = unsafe seccomp_arch_remove(context, 0) == 0 && seccomp_arch_add(context, machine.token) == 0
        }
        isDone = unsafe isDone && seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, Verdict.fatal.action) == 0
        // A tree of numbers in place of a row of them.
        isDone = unsafe isDone && seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0
        let own = kind == .helper ? SystemCalls.helper : []
        let plain: [([String], Verdict)] = [
            (SystemCalls.allowed + own, .allowed), (SystemCalls.denied, .refused(EACCES)),
            (SystemCalls.forbidden, .refused(EPERM)), (SystemCalls.fatal, .fatal),
        ]
        for (calls, verdict) in plain {
            for number in calls.compactMap({
                verdict != .allowed && own.contains($0) ? nil : rule(for: $0, on: machine)
            }) {
                isDone = unsafe isDone && seccomp_rule_add_array(context, verdict.action, number, 0, nil) == 0
            }
        }
        for condition in conditions(kind) {
            guard let number = rule(for: condition.call, on: machine) else { continue }
            let bits = condition.bits.map {
                scmp_arg_cmp(arg: $0.argument, op: SCMP_CMP_MASKED_EQ, datum_a: $0.mask, datum_b: $0.value)
            }
            let (action, count) = (condition.verdict.action, UInt32(bits.count))
            isDone = unsafe isDone && seccomp_rule_add_array(context, action, number, count, bits) == 0
        }
        guard isDone, let bytes = unsafe export(context), !bytes.isEmpty else { throw .noFilter }
        return bytes
    }

    private static func export(_ context: scmp_filter_ctx) -> [UInt8]? {
        let file = Descriptor(adopting: berkas_memory_file())
        guard file.number >= 0, unsafe seccomp_export_bpf(context, file.number) == 0 else { return nil }
        let size = Int(lseek(file.number, 0, SEEK_END))
        guard size > 0, size % 8 == 0, lseek(file.number, 0, SEEK_SET) == 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file.number, $0.baseAddress, size) }
        return count == size ? bytes : nil
    }

    // MARK: - Arguments

    /// What depends on an argument; what no condition fits is `unknown`.
    private static func conditions(_ kind: Kind) -> [Condition] {
        switch kind {
        case .plain: files + descriptors + processes
        case .threads: files + descriptors + processes + threadStarts
        case .helper: files + descriptors + processes + forks
        }
    }

    /// Allowed where none of these bits is set, and refused where any is.
    private static func none(of bits: [UInt64], in call: String, _ argument: UInt32, _ error: Int32) -> [Condition] {
        func condition(_ mask: UInt64, _ value: UInt64, _ verdict: Verdict) -> Condition {
            Condition(call: call, bits: [Bits(argument: argument, mask: mask, value: value)], verdict: verdict)
        }
        return [condition(bits.reduce(0, |), 0, .allowed)] + bits.map { condition($0, $0, .refused(error)) }
    }

    /// Allowed where the argument is one of these; the rest is `unknown`.
    private static func only(_ values: [UInt64], in call: String, _ argument: UInt32) -> [Condition] {
        values.map { Condition(call: call, bits: [whole(argument, $0)], verdict: .allowed) }
    }

    /// An `int` or `unsigned int`: the kernel looks at the lower half alone.
    private static func whole(_ argument: UInt32, _ value: UInt64) -> Bits {
        Bits(argument: argument, mask: 0xFFFF_FFFF, value: value)
    }

    /// Files are opened for reading only.
    private static var files: [Condition] {
        // These bits are the same on both machines.
        let writing = [O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND].map { UInt64($0) }
        return none(of: writing, in: "open", 1, EACCES) + none(of: writing, in: "openat", 2, EACCES)
    }

    /// What may be asked of an open descriptor: not to send signals (`F_SETOWN`, `F_SETSIG`, `F_NOTIFY`, `O_ASYNC`), to
    /// lock, to lease or to seal; and of a terminal no more than whether it is one and how wide.
    private static var descriptors: [Condition] {
        let questions = [F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC].map { UInt64($0) }
        // TCGETS, TIOCGWINSZ, FIOCLEX, FIONCLEX, FIONREAD: the same on both machines, as O_ASYNC is.
        let terminal: [UInt64] = [0x5401, 0x5413, 0x5451, 0x5450, 0x541B]
        let silent = Bits(argument: 2, mask: UInt64(O_ASYNC), value: 0)
        return only(questions, in: "fcntl", 1) + only(terminal, in: "ioctl", 1)
            + [Condition(call: "fcntl", bits: [whole(1, UInt64(F_SETFL)), silent], verdict: .allowed)]
    }

    /// `prctl` names a thread or a piece of memory; `prlimit64` is a question where its third argument is null.
    private static var processes: [Condition] {
        // PR_SET_NAME, PR_GET_NAME, PR_SET_VMA.
        only([15, 16, 0x5356_4D41], in: "prctl", 0)
            + [Condition(call: "prlimit64", bits: [Bits(argument: 2, mask: .max, value: 0)], verdict: .allowed)]
    }

    /// Threads, and neither processes nor namespaces.
    ///
    /// `clone3` hides its flags in memory and is unknown to the filter:
    /// the C library then takes `clone`.
    private static var threadStarts: [Condition] {
        let namespaces: UInt64 = 0x7E02_0000
        let thread: UInt64 = 0x0001_0000
        let bits = Bits(argument: 0, mask: thread | namespaces, value: thread)
        return [Condition(call: "clone", bits: [bits], verdict: .allowed)]
    }

    /// `fork` as the C library makes it, limits and a filter for oneself: each takes away, and gives nothing.
    private static var forks: [Condition] {
        // SIGCHLD, CLONE_CHILD_SETTID, CLONE_CHILD_CLEARTID; PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS.
        only([0x0120_0011], in: "clone", 0) + only([1, 22, 38], in: "prctl", 0) + only([0], in: "prlimit64", 0)
    }
}
