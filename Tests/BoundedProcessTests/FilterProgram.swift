import BoundedProcess

/// Runs a filter of system calls as the kernel would, so that the one of the other machine can be tried too: the classic
/// Berkeley packet filter on `struct seccomp_data` (<linux/filter.h>, <linux/seccomp.h>).
struct FilterProgram {
    private struct Instruction {
        let code: Int
        let then: Int
        let otherwise: Int
        let constant: UInt32
    }

    private let instructions: [Instruction]

    init(_ bytes: [UInt8]) {
        instructions = stride(from: 0, to: bytes.count, by: 8).map { place in
            let constant = (4..<8).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[place + $1]) }
            return Instruction(
                code: Int(bytes[place]) | Int(bytes[place + 1]) << 8,
                then: Int(bytes[place + 2]),
                otherwise: Int(bytes[place + 3]),
                constant: constant
            )
        }
    }

    /// The verdict on a call; nil where the filter is none.
    func verdict(_ architecture: UInt32, _ number: UInt32, _ arguments: [UInt64] = []) -> SystemCallFilter.Verdict? {
        // Words of 32 bits: number, architecture, two of the place, two of each argument, the lower first.
        var words: [UInt32] = [number, architecture, 0, 0]
        for index in 0..<6 {
            let value = index < arguments.count ? arguments[index] : 0
            words += [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
        }
        var accumulator: UInt32 = 0
        var place = 0
        while instructions.indices.contains(place) {
            let now = instructions[place]
            place += 1
            switch now.code {
            case 0x20:
                guard words.indices.contains(Int(now.constant / 4)), now.constant % 4 == 0 else { return nil }
                accumulator = words[Int(now.constant / 4)]
            case 0x54: accumulator &= now.constant
            case 0x05: place += Int(now.constant)
            case 0x15: place += accumulator == now.constant ? now.then : now.otherwise
            case 0x25: place += accumulator > now.constant ? now.then : now.otherwise
            case 0x35: place += accumulator >= now.constant ? now.then : now.otherwise
            case 0x45: place += accumulator & now.constant != 0 ? now.then : now.otherwise
            case 0x06: return SystemCallFilter.Verdict(answer: now.constant)
            default: return nil
            }
        }
        return nil
    }
}
