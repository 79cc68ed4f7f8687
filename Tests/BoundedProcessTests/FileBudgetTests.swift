import BoundedProcess
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// What all programs of one file may use together.
@Suite(.scratch)
struct FileBudgetTests {
    private func run(
        _ script: String,
        _ budget: FileBudget,
        limits: ProcessLimits = BoundedProcessTests.limits
    ) throws -> BoundedOutcome {
        let program = try ProgramFinder.require("perl", debianPackage: "perl")
        let command = BoundedCommand(program, [.text("-e"), .text(script)])
        return try budget.run(command, limits: limits, isolation: .best) { false }
    }

    @Test
    func `when the time is over what runs is ended and nothing more is started`() throws {
        let budget = FileBudget(FileBudget.Limits(time: .milliseconds(500)))
        #expect(try run("print 'done'", budget).isSuccess && budget.cut == nil)
        #expect(try run("sleep 1 while 1", budget).ending == .overBudget)
        let after = try run("print 'done'", budget)
        #expect(after.ending == .overBudget && after.output.isEmpty && after.duration == .zero)
        #expect(budget.cut == "the 0.5 seconds that one file may take are over")
    }

    /// Uses the processor for 0.4 s, of its own and the system's together.
    private static let working = "my @t; do { $x++ for 1..50000; @t = times } while $t[0] + $t[1] < 0.4"

    @Test
    func `processor time of all programs is counted together`() throws {
        let budget = FileBudget(FileBudget.Limits(processor: .seconds(2)))
        var endings: [BoundedOutcome.Ending] = []
        // Each alone is within its own limits of ten seconds.
        for _ in 0..<20 where endings.last != .overBudget {
            endings.append(try run(Self.working, budget).ending)
        }
        #expect(endings.last == .overBudget && endings.count > 2, "\(endings)")
        #expect(budget.cut == "the 2 seconds of the processor that one file may use are used up")
    }

    @Test
    func `a program's own limit is its own, and spends no budget of the others`() throws {
        let budget = FileBudget(FileBudget.Limits())
        var limits = BoundedProcessTests.limits
        limits.wall = .milliseconds(300)
        #expect(try run("sleep 1 while 1", budget, limits: limits).ending == .wallTime)
        #expect(budget.cut == nil)
        #expect(try run("print 'done'", budget).isSuccess)
    }

    @Test
    func `programs whose memory is more than a file's together run one after the other`() throws {
        let budget = FileBudget(FileBudget.Limits(memory: 1 << 30))
        let spans = Mutex<[(Double, Double)]>([])
        let script =
            "use Time::HiRes 'time'; my $t = time; select(undef, undef, undef, 0.2); printf '%.6f %.6f', $t, time"
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            guard let outcome = try? run(script, budget), outcome.isSuccess else { return }
            let numbers = String(decoding: outcome.output, as: UTF8.self).split(separator: " ").compactMap {
                Double($0)
            }
            if numbers.count == 2 { spans.withLock { $0.append((numbers[0], numbers[1])) } }
        }
        let sorted = spans.withLock { $0 }.sorted { $0.0 < $1.0 }
        #expect(sorted.count == 4)
        for (first, second) in zip(sorted, sorted.dropFirst()) { #expect(first.1 <= second.0) }
    }
}
