import Foundation
import SystemPackage
import TestSupport
import Testing

/// A clock that cannot be right writes nothing: what it dates would stand in the ledger for good.
@Suite(.scratch)
struct ClockTests {
    /// A clock of the test's own, in front of the C library's.
    private static let clock = """
        #define _GNU_SOURCE
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>
        int clock_gettime(clockid_t clock, struct timespec *at) {
            int result = syscall(SYS_clock_gettime, clock, at);
            const char *second = getenv("CLOCK_SECOND");
            if (!result && clock == CLOCK_REALTIME && second) at->tv_sec = atol(second);
            return result;
        }
        int gettimeofday(struct timeval *at, void *zone) {
            struct timespec now; (void)zone; clock_gettime(CLOCK_REALTIME, &now);
            at->tv_sec = now.tv_sec; at->tv_usec = now.tv_nsec / 1000; return 0;
        }
        time_t time(time_t *at) {
            struct timespec now; clock_gettime(CLOCK_REALTIME, &now); if (at) *at = now.tv_sec; return now.tv_sec;
        }

        """

    @Test func `a clock outside 1970 to 2199 is refused before anything is written, by init too`() throws {
        guard Tool.isPresent("cc") else { return }
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 2).string, "-q").status == 0)
        _ = try office.batch("dua", count: 3)
        try office.write(Self.clock, to: "clock.c")
        let built = try office.shell("cc -shared -fPIC -o clock.so clock.c")
        try #require(built.status == 0, "\(built.errorText)")
        let before = try TreeSnapshot.of(office.home)
        let calls = [
            ["ingest", "dua"], ["pack", "RKT-2024-0001"], ["rebuild"], ["ledger", "close"], ["init", "Baru"],
        ]
        // The last second of 1969, the first of 2200, the years 9999 and 12000, in the time of Makassar.
        for second in ["-28801", "7258089600", "253402200000", "316550000000"] {
            let environment = ["LD_PRELOAD": office.path("clock.so").string, "CLOCK_SECOND": second]
            for call in calls {
                let answer = try office.berkas(call, environment: environment)
                #expect(answer.status == 1, "\(second) \(call): \(answer.everything)")
                #expect(
                    answer.errorText.contains("the computer's clock") && answer.errorText.contains("timedatectl"),
                    "\(second) \(call): \(answer.errorText)"
                )
            }
            #expect(!FileManager.default.fileExists(atPath: office.path("Baru").string))
            #expect(try office.berkas(["list"], environment: environment).status == 0)
            #expect(try TreeSnapshot.of(office.home) == before, "\(second)")
        }
        for second in ["-28800", "7258089599"] {
            let environment = ["LD_PRELOAD": office.path("clock.so").string, "CLOCK_SECOND": second]
            let made = try office.berkas(["init", "Baru\(second)"], environment: environment)
            #expect(made.status == 0, "\(second): \(made.everything)")
        }
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a clock a little behind the ledger takes its time, and one far behind writes nothing`() throws {
        guard Tool.isPresent("cc") else { return }
        let office = try Office.founded()
        try office.write(Self.clock, to: "clock.c")
        try #require(office.shell("cc -shared -fPIC -o clock.so clock.c").status == 0)
        let now = Int(Date().timeIntervalSince1970)
        func environment(_ second: Int) -> [String: String] {
            ["LD_PRELOAD": office.path("clock.so").string, "CLOCK_SECOND": String(second)]
        }
        func times() throws -> [String] {
            String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self)
                .matches(of: /"time":"([^"]*)"/).map { String($0.output.1) }
        }
        let ahead = try office.batch("satu", count: 2).string
        try #require(office.berkas(["ingest", ahead, "-q"], environment: environment(now + 3000)).status == 0)
        let last = try #require(try times().last)
        // Nine minutes behind: the event and the record are of the last event's time.
        let near = try office.berkas(
            ["ingest", try office.batch("dua", count: 1).string, "-q"],
            environment: environment(now + 3000 - 540)
        )
        #expect(near.status == 0, "\(near.everything)")
        #expect(try times().last == last)
        let shown = try office.berkas("show", "RKT-2024-0003", "--json")
        #expect(shown.text.contains(last), "\(shown.text)")
        // Eleven minutes behind: refused, with both times.
        let before = try office.truth()
        let late = try office.berkas(
            ["ingest", try office.batch("tiga", count: 1).string, "-q"],
            environment: environment(now + 3000 - 660)
        )
        #expect(late.status == 1, "\(late.everything)")
        #expect(late.errorText.contains("before the ledger's last event of \(last)"), "\(late.errorText)")
        #expect(late.errorText.matches(of: /[0-9]T[0-9:]{8}/).count == 2, "\(late.errorText)")
        #expect(try office.truth() == before)
        #expect(try office.berkas(["verify"], environment: environment(now + 4000)).status == 0)
    }
}
