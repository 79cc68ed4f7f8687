import Foundation
import SystemPackage
import TestSupport
import Testing

/// A question changes nothing, and is answered whole from what is there.
@Suite(.scratch)
struct QuestionTests {
    private static let questions = [
        ["list", "--json"], ["show", "RKT-2024-0001", "--json"], ["history", "RKT-2024-0001", "--json"],
        ["search", "berkas", "--json"], ["today", "--json"], ["retention", "list", "--json"],
        ["dossier", "2024", "--json"], ["hold", "list", "--json"], ["ledger", "verify", "--json"],
        ["loan", "list", "--json"],
    ]

    private func office(_ count: Int = 3) throws -> Office {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: count).string, "-q").status == 0)
        return office
    }

    private func answers(_ office: Office, home: String = "Arsip", status: Int = 0) throws -> [Data] {
        try Self.questions.map { question in
            let answer = try office.berkas(question + ["--home", home])
            #expect(answer.status == status, "\(question): \(answer.everything)")
            return answer.output
        }
    }

    /// Names, rights, times and content of all that a home has.
    private func state(_ office: Office, _ home: String = "Arsip") throws -> String {
        try office.shell(
            "cd \(home) && find . -printf '%p %y %m %U %s %T@ %C@\\n' | sort && find . -type f -exec sha512sum {} + | sort"
        ).text
    }

    /// Mounts a folder so that it can only be read; nil where that is not possible, which fails a run that must be whole.
    private func readOnly(_ office: Office, _ folder: String, at place: String) throws -> String? {
        let mounted = try office.shell(
            "mkdir \(place) && mount --bind \(folder) \(place) && mount -o remount,ro,bind \(place)"
        )
        if mounted.status == 0 { return place }
        print("LEFT OUT: nothing may be mounted here: \(mounted.errorText)")
        if ProcessInfo.processInfo.environment["CI"] == "true" { Issue.record("nothing may be mounted here") }
        return nil
    }

    @Test func `no question changes a byte, a name or a time of the home`() throws {
        let office = try office()
        let before = try state(office)
        _ = try answers(office)
        try #require(office.berkas("get", "RKT-2024-0001", "--to", "keluar").status == 0)
        #expect(try state(office) == before)
    }

    @Test(arguments: ["missing", "old", "empty", "junk", "another archive's"])
    func `without an index that fits, the answers are the same, a person is told, and nothing changes`(kind: String)
        throws
    {
        let office = try office()
        try #require(office.shell("cp Arsip/catalogue.sqlite lama").status == 0)
        try #require(office.berkas("ingest", try office.batch("dua", count: 2).string, "-q").status == 0)
        try #require(office.berkas("init", "Lain", "--office", "Lain").status == 0)
        let before = try answers(office)
        let scripts = [
            "missing": "true", "old": "cp lama Arsip/catalogue.sqlite", "empty": ": > Arsip/catalogue.sqlite",
            "junk": "head -c 5000 /dev/urandom > Arsip/catalogue.sqlite",
            "another archive's": "cp Lain/catalogue.sqlite Arsip/",
        ]
        try #require(office.shell("rm Arsip/catalogue.sqlite; " + #require(scripts[kind])).status == 0)
        let found = try state(office)
        #expect(try answers(office) == before)
        let told = try office.berkas("list")
        let words = try #require(
            [
                "missing": "the catalogue is missing", "old": "2 events behind the ledger", "empty": "it is empty",
                "junk": "not a database", "another archive's": "another ledger",
            ][kind]
        )
        #expect(told.errorText.contains(words) && told.errorText.contains("berkas rebuild"), "\(told.errorText)")
        #expect(told.errorLines.count == 1, "\(told.errorText)")
        #expect(try state(office) == found)
        try #require(office.berkas("rebuild").status == 0)
        #expect(try answers(office) == before)
        #expect(try office.berkas("list").errorText.isEmpty)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a record that the store does not give up is named as missing, with status 3`() throws {
        let office = try office()
        let object = try office.object(of: "RKT-2024-0002")
        try #require(office.shell("rm -r Arsip/catalogue.sqlite Arsip/\(object)").status == 0)
        let before = try state(office)
        let answer = try office.berkas("list", "--json")
        #expect(answer.status == 3, "\(answer.everything)")
        #expect(try answer.facts().compactMap { $0.text("id") } == ["RKT-2024-0001", "RKT-2024-0003"])
        #expect(answer.errorText.contains("RKT-2024-0002"))
        #expect(try state(office) == before)
    }

    @Test func `a record that was missing when the index was made anew is named by every question until it is back`()
        throws
    {
        let office = try office()
        let object = try office.object(of: "RKT-2024-0002")
        let lost = "cp -a Arsip/\(object) aman; rm -r Arsip/catalogue.sqlite Arsip/\(object)"
        try #require(office.shell(lost).status == 0)
        // The next command that writes makes the index, as well as it can.
        #expect(try office.berkas("verify", "-q").status == 5)
        for _ in 0..<2 {
            for question in Self.questions {
                let answer = try office.berkas(question)
                #expect(answer.status == (question[0] == "ledger" ? 0 : 3), "\(question): \(answer.everything)")
                let isTold = answer.errorText.contains("RKT-2024-0002") && answer.errorText.contains("berkas rebuild")
                #expect(isTold || question[0] == "ledger", "\(question): \(answer.everything)")
            }
            try #require(office.shell("[ -e Arsip/\(object) ] || cp -a aman Arsip/\(object)").status == 0)
        }
        try #require(office.berkas("rebuild").status == 0)
        #expect(try office.berkas("list").status == 0)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a command that was interrupted is not carried on by a question, and a writing one carries it on`()
        throws
    {
        let office = try office()
        let running = try office.begin("ingest", try office.batch("banyak", count: 400).string, "-q")
        let intent = office.home.appending("staging").appending("work").appending("intent.json").string
        running.wait { FileManager.default.fileExists(atPath: intent) }
        running.pause()
        guard FileManager.default.fileExists(atPath: intent) else { return }
        running.destroy()
        _ = running.end()
        let before = try state(office)
        for question in Self.questions {
            let answer = try office.berkas(question)
            #expect(answer.status == 0, "\(question): \(answer.everything)")
            let told = answer.errorText
            #expect(told.contains("waits to be carried on: run 'berkas "), "\(question): \(told)")
        }
        #expect(try state(office) == before)
        let carried = try office.berkas("verify")
        #expect(carried.status == 0, "\(carried.everything)")
        #expect(carried.errorText.contains("carried to its end"))
        #expect(try office.berkas("list").errorText.isEmpty)
    }

    // MARK: - Homes that went wrong

    @Test(arguments: ["home", "home-wal"])
    func `readonly-stale-catalogue: the newest record is found, and nothing is written`(name: String) throws {
        guard let archive = Checkout.shared("found/home/readonly-stale-catalogue.tar") else { return }
        let office = try Office.founded()
        try #require(office.shell("tar -xf '\(archive.string)'").status == 0)
        for place in ["readonly-stale-catalogue/\(name)", "Baca"] {
            if place == "Baca" {
                guard try readOnly(office, "readonly-stale-catalogue/\(name)", at: place) != nil else { return }
            }
            defer { if place == "Baca" { _ = try? office.shell("umount Baca") } }
            let before = try state(office, place)
            for question in [["list"], ["search", "RKT-2023-0001"], ["show", "RKT-2023-0001"]] {
                let answer = try office.berkas(question + ["--home", place])
                #expect(answer.status == 0, "\(question): \(answer.everything)")
                #expect(answer.text.contains("RKT-2023-0001"), "\(question): \(answer.everything)")
                #expect(answer.errorText.contains("1 event behind") == (name == "home"), "\(answer.errorText)")
            }
            let folder = "keluar-\(place.hasPrefix("B"))"
            let brought = try office.berkas("get", "RKT-2023-0001", "--to", folder, "--home", place)
            #expect(brought.status == 0, "\(brought.everything)")
            #expect(try state(office, place) == before)
        }
    }

    @Test func `hot-copy: questions answer with a warning, and with all that was kept`() throws {
        guard let archive = Checkout.shared("found/home/hot-copy.tar") else { return }
        let office = try Office.founded()
        try #require(office.shell("mkdir salin && tar -xf '\(archive.string)' -C salin").status == 0)
        let place = try office.shell("dirname $(find salin -name berkas.yaml | head -n 1)").text
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let before = try state(office, place)
        let records = "grep -o '\"record\":\"RKT-[0-9-]*\"' \(place)/ledger/events.jsonl | sort -u | wc -l"
        let kept = try office.shell(records).text
        for question in [["list", "--json"], ["today"], ["search", "RKT"]] {
            let answer = try office.berkas(question + ["--home", place])
            #expect(answer.status == 0, "\(question): \(answer.everything)")
            #expect(answer.errorText.contains("1 event older"), "\(answer.errorText)")
            if question[0] == "list" {
                #expect("\(answer.lines.count)" == kept.trimmingCharacters(in: .whitespacesAndNewlines))
            }
        }
        #expect(try state(office, place) == before)
        // Without its catalogue what lies behind the checkpoint is not proven, and is said to be missing.
        try #require(office.shell("rm \(place)/catalogue.sqlite*").status == 0)
        let without = try office.berkas("list", "--json", "--home", place)
        #expect(without.status == 3, "\(without.everything)")
        #expect(without.errorText.contains("goes on behind its checkpoint"))
    }

    @Test func `disk-full: questions are answered, verify finds nothing wrong, and says what it cannot write`() throws {
        let office = try Office.founded()
        let mounted = try office.shell("mkdir Penuh && mount -t tmpfs -o size=4m penuh Penuh")
        guard mounted.status == 0 else {
            print("LEFT OUT: nothing may be mounted here: \(mounted.errorText)")
            if ProcessInfo.processInfo.environment["CI"] == "true" { Issue.record("nothing may be mounted here") }
            return
        }
        defer { _ = try? office.shell("umount Penuh") }
        let home = ["--home", "Penuh/Arsip"]
        try #require(office.berkas(["init", "Penuh/Arsip"]).status == 0)
        let batch = try office.batch("satu", count: 2).string
        try #require(office.berkas(["ingest", batch, "-q"] + home).status == 0)
        _ = try office.shell("dd if=/dev/zero of=Penuh/isi bs=1k")
        for question in [
            ["list"], ["search", "berkas"], ["show", "RKT-2024-0001"], ["today"],
            ["get", "RKT-2024-0001", "--to", "keluar"],
        ] {
            let answer = try office.berkas(question + home)
            #expect(answer.status == 0, "\(question): \(answer.everything)")
        }
        let verified = try office.berkas(["verify"] + home)
        #expect(verified.status == 0, "\(verified.everything)")
        #expect(verified.errorText.contains("disk full"), "\(verified.errorText)")
        let refused = try office.berkas(["pack", "RKT-2024-0001"] + home)
        #expect(refused.status == 1, "\(refused.everything)")
    }

    @Test func `a user who may only read is answered, and changes nothing`() throws {
        let office = try office()
        let before = try answers(office)
        let there = try office.shell("id -u && chmod -R o+rX . && chmod o+x . && command -v setpriv")
        guard there.status == 0, there.text.hasPrefix("0\n") else {
            print("LEFT OUT: another user can only be played by root")
            if ProcessInfo.processInfo.environment["CI"] == "true" { Issue.record("this test needs root") }
            return
        }
        let reached = try office.shell(
            "setpriv --reuid 65534 --regid 65534 --clear-groups cat Arsip/berkas.yaml $BERKAS | wc -c"
        )
        guard let bytes = Int(reached.text.trimmingCharacters(in: .whitespacesAndNewlines)), bytes > 1_000_000 else {
            print("LEFT OUT: another user cannot reach the scratch folder or the program")
            return
        }
        for script in ["true", "cp Arsip/catalogue.sqlite lama", "rm Arsip/catalogue.sqlite"] {
            try #require(office.shell(script).status == 0)
            let found = try state(office)
            for (question, answer) in zip(Self.questions, before) {
                let asked = try office.shell(
                    "exec setpriv --reuid 65534 --regid 65534 --clear-groups $BERKAS \(question.joined(separator: " "))"
                )
                #expect(asked.status == 0, "\(question): \(asked.errorText)")
                #expect(asked.output == answer, "\(question)")
            }
            #expect(try state(office) == found)
        }
    }

    @Test func `a file system without locks is asked, and is named by what writes`() throws {
        guard Tool.isPresent("cc") else { return }
        let office = try office()
        let before = try answers(office)
        try office.write(
            """
            #define _GNU_SOURCE
            #include <errno.h>
            #include <fcntl.h>
            #include <stdarg.h>
            #include <unistd.h>
            #include <sys/syscall.h>
            static int refused(int fd, int command, void *argument) {
                if (command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK) { errno = ENOLCK; return -1; }
                return syscall(SYS_fcntl, fd, command, argument);
            }
            int fcntl(int fd, int command, ...) {
                va_list list; va_start(list, command); void *argument = va_arg(list, void *); va_end(list);
                return refused(fd, command, argument);
            }
            int fcntl64(int fd, int command, ...) {
                va_list list; va_start(list, command); void *argument = va_arg(list, void *); va_end(list);
                return refused(fd, command, argument);
            }
            #ifdef WITHOUT_FLOCK
            int flock(int fd, int operation) { errno = ENOLCK; return -1; }
            #endif
            """,
            to: "kunci.c"
        )
        for flag in ["-DWITH_FLOCK", "-DWITHOUT_FLOCK"] {
            try #require(office.shell("cc -shared -fPIC \(flag) -o kunci.so kunci.c").status == 0)
            let preload = ["LD_PRELOAD": office.path("kunci.so").string]
            let found = try state(office)
            for (question, answer) in zip(Self.questions, before) {
                let asked = try office.berkas(question, environment: preload)
                #expect(asked.status == 0, "\(flag) \(question): \(asked.everything)")
                #expect(asked.output == answer)
            }
            #expect(try state(office) == found)
            let refused = try office.berkas(["pack", "RKT-2024-0001"], environment: preload)
            #expect(refused.status == 1, "\(flag): \(refused.everything)")
            #expect(refused.errorText.contains("no locks on this file system"), "\(flag): \(refused.errorText)")
            let verified = try office.berkas(["verify"], environment: preload)
            #expect(verified.status == 0, "\(verified.everything)")
            #expect(verified.errorText.contains("no locks on this file system"), "\(flag): \(verified.errorText)")
        }
        #expect(try office.berkas("verify").status == 0)
    }

    // MARK: - Ending

    @Test(arguments: ["INT", "TERM"])
    func `a question that waits for its reader ends with 130 when it is told to`(signal: String) throws {
        let office = try office(300)
        let ended = try office.shell(
            """
            mkfifo keluar; sleep 60 < keluar & waits=$!
            $BERKAS list --json > keluar & asked=$!
            # It has filled what a pipe holds, and stands still.
            for i in $(seq 400); do
                grep -qs pipe_write /proc/$asked/wchan && break
                [ "$(awk '{print $3}' /proc/$asked/stat)" = S ] && [ $i -gt 40 ] && break
                sleep 0.05
            done
            kill -\(signal) $asked; wait $asked; echo $?; kill $waits
            """
        )
        #expect(ended.text == "130\n", "\(ended.text) \(ended.errorText)")
        #expect(try office.berkas("verify").status == 0)
    }
}
