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

    // MARK: - Leaps

    /// A preloaded clock that shows a second; nil where no C compiler is there.
    static func liar(in office: Office) throws -> ((Int) -> [String: String])? {
        guard Tool.isPresent("cc") else { return nil }
        try office.write(clock, to: "clock.c")
        try #require(office.shell("cc -shared -fPIC -o clock.so clock.c").status == 0)
        let library = office.path("clock.so").string
        return { ["LD_PRELOAD": library, "CLOCK_SECOND": String($0)] }
    }

    private static func sixYears() -> Int { Int(Date().timeIntervalSince1970) + 6 * 366 * 86_400 }

    @Test
    func `with a clock six years ahead no list is proposed, approved or executed until somebody says it is right`()
        throws
    {
        let desk = try DisposalOffice()
        guard let environment = try Self.liar(in: desk.office) else { return }
        let list = try desk.approved()
        let later = Self.sixYears()
        func ask(_ words: String..., at second: Int = later, as person: String = "Siti") throws -> Answer {
            try desk.office.berkas(words + ["--as", person], environment: environment(second))
        }
        func execute(at second: Int) throws -> Answer {
            try ask(
                "disposal",
                "execute",
                list,
                "--witness",
                "Dedi",
                "--witness",
                "Eka",
                "--place",
                "Paringin",
                "--method",
                "hapus",
                at: second
            )
        }
        let refused = try execute(at: later)
        #expect(refused.status == 4, "\(refused.everything)")
        #expect(refused.errorText.contains("berkas clock confirm --reason"), "\(refused.errorText)")
        #expect(try desk.ledger().contains("clock-leap"))
        // The refusal was entered with the time of the same clock: the last event is a minute old now.
        let again = try execute(at: later + 60)
        #expect(again.status == 4, "\(again.everything)")
        for words in [
            ["disposal", "propose", "--kind", "serah", "--title", "Usul", "--due"],
            [
                "retention", "adopt", "jra.csv", "--authority", "Perbup 9", "--simulation",
                String(repeating: "0", count: 64),
            ],
            ["seal", "2018"], ["transfer", "remove", list],
        ] {
            let answer = try desk.office.berkas(words + ["--as", "Siti"], environment: environment(later + 120))
            #expect(answer.status == 4, "\(words): \(answer.everything)")
            #expect(answer.errorText.contains("clock-leap-days"), "\(words): \(answer.errorText)")
        }
        // Filing goes on, and every command tells it, questions too, once each.
        let filed = try ask("ingest", try desk.office.batch("baru", count: 1).string, "-q", at: later + 180)
        #expect(filed.status == 0 && filed.errorText.contains("nothing was entered"), "\(filed.everything)")
        for words in [
            ["list"], ["today"], ["disposal", "show", list], ["ledger", "verify"], ["verify"], ["clock", "show"],
        ] {
            let told = try desk.office.berkas(words + ["--as", "Siti"], environment: environment(later + 240))
            #expect(told.status == 0, "\(words): \(told.everything)")
            #expect(
                told.errorText.components(separatedBy: "nothing was entered").count == 2,
                "\(words): \(told.errorText)"
            )
        }
        let today = try ask("today", "--json", at: later + 240).facts("today row").first
        #expect(today?.text("topic") == "clock" && today?.values["calling"] as? Bool == true)
        for id in DisposalOffice.short {
            #expect(try ask("show", id, at: later + 240).text.contains("REMOVED") == false)
        }
        // A person says that it is right; that stands in the ledger, and then the day counts.
        #expect(try ask("clock", "confirm", at: later + 300).status == 4)
        let confirmed = try ask("clock", "confirm", "--reason", "kantor tutup enam tahun", "--json", at: later + 300)
        #expect(confirmed.status == 0, "\(confirmed.everything)")
        #expect(try confirmed.facts("clock leap").count == 1)
        let silent = try ask("list", at: later + 360)
        #expect(silent.status == 0 && !silent.errorText.contains("nothing was entered"), "\(silent.errorText)")
        #expect(try ask("clock", "confirm", "--reason", "lagi", at: later + 360).status == 4)
        let done = try execute(at: later + 420)
        #expect(done.status == 0, "\(done.everything)")
        let audit = try ask(
            "report",
            "retention-audit",
            "--year",
            String(CivilDateText.year(of: later)),
            "--json",
            at: later + 480
        )
        #expect(audit.text.contains("clock confirmed"), "\(audit.everything)")
        #expect(try ask("verify", at: later + 540).status == 0)
        #expect(try ask("rebuild", at: later + 540).status == 0)
        #expect(try ask("verify", at: later + 600).status == 0)
    }

    @Test func `an office that was closed for sixty days says so once, and goes on`() throws {
        let office = try Office.founded()
        guard let environment = try Self.liar(in: office) else { return }
        let later = Int(Date().timeIntervalSince1970) + 60 * 86_400
        let told = try office.berkas(["list"], environment: environment(later))
        #expect(
            told.status == 0 && told.errorText.contains("60 days, where 'clock-leap-days' allows 45"),
            "\(told.errorText)"
        )
        #expect(told.errorText.contains("Was the office closed, or was the clock set forward?"))
        let words = ["clock", "confirm", "--reason", "libur panjang"]
        #expect(try office.berkas(words, environment: environment(later)).status == 0)
        let after = try office.berkas(["list"], environment: environment(later + 60))
        #expect(after.status == 0 && !after.errorText.contains("nothing was entered"), "\(after.errorText)")
        var settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
        settings += "\nclock-leap-days: 0\n"
        try office.write(settings, to: "Arsip/berkas.yaml")
        let wrong = try office.berkas("list")
        #expect(
            wrong.status == 1 && wrong.errorText.contains("'clock-leap-days' must be 1 to 3660"),
            "\(wrong.everything)"
        )
    }

    @Test func `a clock that was six years ahead for one command is corrected, with a trace for good`() throws {
        let office = try Office.founded()
        guard let environment = try Self.liar(in: office) else { return }
        let now = Int(Date().timeIntervalSince1970)
        let ahead = Self.sixYears()
        func ask(_ words: String..., at second: Int, as person: String = "Siti") throws -> Answer {
            try office.berkas(words + ["--as", person], environment: environment(second))
        }
        #expect(try ask("clock", "correct", "--reason", "jam benar", at: now + 60).status == 4)
        try #require(ask("ingest", try office.batch("depan", count: 2).string, "-q", at: ahead).status == 0)
        let closed = try ask("ingest", try office.batch("kini", count: 1).string, "-q", at: now + 120)
        #expect(
            closed.status == 1 && closed.errorText.contains("berkas clock correct --reason"),
            "\(closed.everything)"
        )
        #expect(try ask("clock", "correct", at: now + 120).status == 4)
        let corrected = try ask("clock", "correct", "--reason", "baterai habis", "--json", at: now + 180)
        #expect(corrected.status == 0, "\(corrected.everything)")
        let said = try #require(corrected.facts("clock corrected").first)
        // The group that came in, and the attempt without a reason.
        #expect((said.values["ahead"] as? Int ?? 0) >= 2, "\(said.values)")
        if let result = try PublishedSchema.check(corrected.text) { #expect(result.status == 0, "\(result.errorText)") }
        #expect(try ask("ingest", office.path("kini").string, "-q", at: now + 240).status == 0)
        let list = try ask("list", at: now + 300)
        #expect(list.status == 0 && !list.errorText.contains("nothing was entered"), "\(list.errorText)")
        for words in [["verify"], ["ledger", "verify"]] {
            let told = try office.berkas(words, environment: environment(now + 300))
            #expect(told.status == 0 && told.errorText.contains("baterai habis"), "\(words): \(told.everything)")
        }
        #expect(try ask("rebuild", at: now + 300).status == 0)
        #expect(try ask("verify", at: now + 300).status == 0)
        // The same event, with other times in it, is no correction.
        let log = String(decoding: try office.content("ledger/events.jsonl"), as: UTF8.self)
        let from = try #require(said.text("from"))
        try office.write(
            log.replacing("\"from\":\"\(from)\"", with: "\"from\":\"2031-01-01T00:00:00+08:00\""),
            to: "Arsip/ledger/events.jsonl"
        )
        let forged = try office.berkas(["ledger", "verify"], environment: environment(now + 300))
        #expect(forged.status == 5 && forged.text.contains("time ran backwards"), "\(forged.everything)")
    }

    @Test func `what the clock's commands print for scripts is what the published schema says`() throws {
        let office = try Office.founded()
        guard let environment = try Self.liar(in: office) else { return }
        let later = Int(Date().timeIntervalSince1970) + 60 * 86_400
        var lines = ""
        for words in [["clock", "show"], ["today"], ["clock", "confirm", "--reason", "libur"], ["clock", "show"]] {
            lines += try office.berkas(words + ["--json"], environment: environment(later)).text
        }
        guard let result = try PublishedSchema.check(lines) else { return }
        #expect(result.status == 0, "\(result.errorText)")
        #expect(lines.contains("\"kind\":\"clock confirmed\"") && lines.contains("\"topic\":\"clock\""))
    }
}

/// Years of seconds, for tests.
enum CivilDateText {
    static func year(of second: Int) -> Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Asia/Makassar") ?? .gmt
        return calendar.component(.year, from: Date(timeIntervalSince1970: Double(second)))
    }
}
