import BoundedProcess
import Foundation
import SystemPackage
import TestSupport
import Testing

/// What the filter says of each call, on either machine, without running it.
struct SystemCallTests {
    private static let architectures: [SystemCallFilter.Machine: UInt32] = [.x86: 0xC000_003E, .arm: 0xC000_00B7]

    private func program(_ machine: SystemCallFilter.Machine, threads: Bool = false) throws -> FilterProgram {
        FilterProgram(try SystemCallFilter.make(for: machine, threads ? .threads : .plain))
    }

    private func verdict(
        _ call: String,
        _ arguments: [UInt64] = [],
        on machine: SystemCallFilter.Machine,
        threads: Bool = false
    ) throws -> SystemCallFilter.Verdict? {
        let number = try #require(SystemCallFilter.number(of: call, on: machine), "\(call)")
        let architecture = try #require(Self.architectures[machine])
        return try program(machine, threads: threads).verdict(architecture, UInt32(number), arguments)
    }

    @Test(arguments: SystemCallFilter.Machine.allCases)
    func `what a list says of a call is what the filter says`(_ machine: SystemCallFilter.Machine) throws {
        let filter = try program(machine)
        let architecture = try #require(Self.architectures[machine])
        let lists: [([String], SystemCallFilter.Verdict)] = [
            (SystemCalls.allowed, .allowed), (SystemCalls.denied, .refused(EACCES)),
            (SystemCalls.forbidden, .refused(EPERM)), (SystemCalls.fatal, .fatal),
        ]
        #expect(Set(lists.flatMap(\.0)).count == lists.map(\.0.count).reduce(0, +), "a call stands in two lists")
        for (calls, verdict) in lists {
            let numbers = calls.compactMap { SystemCallFilter.number(of: $0, on: machine) }
            #expect(numbers.count > 20, "\(verdict)")
            for number in numbers { #expect(filter.verdict(architecture, UInt32(number)) == verdict, "\(number)") }
        }
    }

    @Test(arguments: SystemCallFilter.Machine.allCases)
    func `a call that no list names is answered as by a kernel that does not have it`(
        _ machine: SystemCallFilter.Machine
    ) throws {
        let filter = try program(machine)
        let architecture = try #require(Self.architectures[machine])
        let named = SystemCalls.allowed + SystemCalls.denied + SystemCalls.forbidden + SystemCalls.fatal
        let conditional = ["open", "openat", "fcntl", "ioctl", "prctl", "prlimit64"]
        let known = Set((named + conditional).compactMap { SystemCallFilter.number(of: $0, on: machine) })
        for number in Int32(0)..<2048 where !known.contains(number) {
            #expect(filter.verdict(architecture, UInt32(number)) == .refused(ENOSYS), "\(number)")
        }
        for call in ["clone3", "openat2", "io_uring_setup", "landlock_create_ruleset"] {
            #expect(try verdict(call, on: machine) == .refused(ENOSYS), "\(call)")
        }
    }

    @Test(arguments: SystemCallFilter.Machine.allCases)
    func `calls of another machine, of 32 bits and of x32 end the process`(_ machine: SystemCallFilter.Machine) throws {
        let filter = try program(machine)
        // i386, ARM, and the other one of ours; `getpid` of each, or any other number.
        let own = try #require(Self.architectures[machine])
        for architecture in [0x4000_0003, 0x4000_0028, 0xC000_003E, 0xC000_00B7, 0] as [UInt32]
        where architecture != own {
            for number in [0, 20, 39, 172] as [UInt32] { #expect(filter.verdict(architecture, number) == .fatal) }
        }
        if machine == .x86 {
            for number in [0, 1, 39, 59] as [UInt32] { #expect(filter.verdict(own, 0x4000_0000 | number) == .fatal) }
        }
    }

    @Test(arguments: SystemCallFilter.Machine.allCases)
    func `what an argument decides`(_ machine: SystemCallFilter.Machine) throws {
        func expect(
            _ call: String,
            _ arguments: [UInt64],
            _ verdict: SystemCallFilter.Verdict,
            threads: Bool = false
        ) throws {
            let found = try self.verdict(call, arguments, on: machine, threads: threads)
            #expect(found == verdict, "\(call) \(arguments)")
        }
        // O_CLOEXEC reads; O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND and O_TMPFILE write, alone or together.
        try expect("openat", [0, 0, 0o2000000], .allowed)
        for flags in [1, 2, 0o100, 0o1000, 0o2000, 0o101, 0o20200002, 0o3102] as [UInt64] {
            try expect("openat", [0, 0, flags], .refused(EACCES))
            try expect("openat", [0, 0, flags | 0xFFFF_FFFF_0000_0000], .refused(EACCES))
        }
        // F_SETFL without and with O_ASYNC; F_SETLK, F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY, F_ADD_SEALS.
        for command in [0, 1, 2, 3, 1030] as [UInt64] { try expect("fcntl", [0, command, 7], .allowed) }
        try expect("fcntl", [0, 4, 0o4000], .allowed)
        try expect("fcntl", [0, 4, 0o24000], .refused(ENOSYS))
        for command in [5, 6, 7, 8, 10, 15, 1024, 1026, 1033] as [UInt64] {
            try expect("fcntl", [0, command, 1], .refused(ENOSYS))
            try expect("fcntl", [0, command | 1 << 32, 1], .refused(ENOSYS))
        }
        // TCGETS; TIOCSTI, TIOCLINUX, FIOSETOWN, FIOASYNC, TIOCSCTTY.
        try expect("ioctl", [0, 0x5401], .allowed)
        for request in [0x5412, 0x541C, 0x8901, 0x5452, 0x540E] as [UInt64] {
            try expect("ioctl", [0, request], .refused(ENOSYS))
        }
        // PR_SET_NAME; PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_PTRACER, PR_SET_MM.
        try expect("prctl", [15], .allowed)
        for option in [4, 22, 0x5961_6D61, 35] as [UInt64] { try expect("prctl", [option], .refused(ENOSYS)) }
        try expect("prlimit64", [0, 7, 0], .allowed)
        try expect("prlimit64", [0, 7, 0x7FFF_0000_1000], .refused(ENOSYS))
        try expect("prlimit64", [0, 7, 1 << 32], .refused(ENOSYS))
        // A thread as the C library makes it; fork; a thread with new namespaces.
        let thread: UInt64 = 0x3D_0F00
        try expect("clone", [thread], .refused(ENOSYS))
        try expect("clone", [thread], .allowed, threads: true)
        for flags in [17, 0x0120_0011, thread | 0x1000_0000, thread | 0x2_0000, 0x4000_0000] as [UInt64] {
            try expect("clone", [flags], .refused(ENOSYS), threads: true)
        }
    }
}
