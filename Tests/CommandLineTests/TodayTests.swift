import Foundation
import SystemPackage
import TestSupport
import Testing

/// What waits today, samples of fixity, and the unit that asks for both at night.
@Suite(.scratch)
struct TodayTests {
    private func rows(_ office: Office, _ more: String...) throws -> [String: Fact] {
        let answer = try office.berkas(["today", "--json"] + more)
        #expect(answer.status == 0, "\(answer.everything)")
        let rows = try answer.facts("today row").map { ($0.text("topic") ?? "", $0) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private func isCalling(_ row: Fact?) -> Bool? { row?.values["calling"] as? Bool }

    @Test func `an empty home waits for a schedule alone`() throws {
        let office = try Office.founded()
        let rows = try rows(office)
        #expect(
            rows.keys.sorted() == [
                "classification", "dossiers", "fixity", "loans", "package", "reading", "retention", "stamp", "witness",
            ]
        )
        #expect(rows.filter { isCalling($0.value) == true }.keys.sorted() == ["retention"])
        #expect(rows["retention"]?.text("message")?.contains("no schedule (JRA) is in force") == true)
    }

    @Test func `each row calls for what it is about, and is quiet when that is done`() throws {
        let desk = try DisposalOffice()
        let office = desk.office
        let loan = try LoanTests.lend(office, ["RKT-2018-0001"], ["--until", DisposalOffice.today])
        let before = try rows(office)
        #expect(isCalling(before["classification"]) == true && before["classification"]?.number("count") == 1)
        #expect(isCalling(before["loans"]) == false)
        #expect(before["loans"]?.text("message") == "0 overdue, 1 out")
        #expect(before["fixity"]?.text("message")?.contains("never has every byte been read") == true)
        #expect(isCalling(before["package"]) == true)
        let ahead = try office.berkas("today", "--as-of", "2199-01-01")
        for word in [loan, "RKT-2018-0008", "Tanpa kode", "Oki Pratama", "berkas loan back", "CONTOH"] {
            #expect(ahead.text.contains(word) == (word != "CONTOH"), "\(word) in \(ahead.text)")
        }
        try #require(office.berkas("verify").status == 0)
        try #require(office.berkas("pack", "--year", "2018").status == 0)
        try #require(
            office.berkas("classify", "RKT-2018-0008", "000.1.5", "--reason", "rapat", "--confirm", "--as", "Siti")
                .status == 0
        )
        let after = try rows(office)
        for topic in ["classification", "fixity", "loans", "package"] {
            #expect(isCalling(after[topic]) == false, "\(topic)")
        }
        // A month and a year later both have grown old.
        let later = try rows(office, "--as-of", "2199-01-01")
        for topic in ["fixity", "loans", "package"] { #expect(isCalling(later[topic]) == true, "\(topic)") }
    }

    @Test func `retention names what becomes due within the months of the settings, and counts what is due already`()
        throws
    {
        let desk = try DisposalOffice()
        let office = desk.office
        try office.write("isi", to: "b/a.txt")
        try office.batch(
            "b",
            "path,year,step,type,title,date,classification\na.txt,2090,11,berita-acara,Kelak,2090-06-01,000.7.2.7\n"
        )
        // A paper of the future is kept only where somebody says why.
        try #require(office.berkas("ingest", "b", "-q", "--because", "uji pengingat").status == 0)
        // Two years later it is due: on 2 June 2092.
        let soon = try office.berkas("today", "--as-of", "2092-03-15")
        #expect(soon.text.contains("Kelak"), "\(soon.text)")
        #expect(try !office.berkas("today", "--as-of", "2092-02-15").text.contains("Kelak"))
        let past = try office.berkas("today", "--as-of", "2092-07-01", "--json").facts("today row")
        let row = try #require(past.first { $0.text("topic") == "retention" })
        #expect(row.text("message")?.contains("0 records become due") == true)
        let settings = String(decoding: try office.content("berkas.yaml"), as: UTF8.self)
        try office.write(settings + "reminders:\n  retention-months: 6\n", to: "Arsip/berkas.yaml")
        #expect(try office.berkas("today", "--as-of", "2092-02-15").text.contains("Kelak"))
        try office.write(settings + "reminders:\n  fixity-days: 0\n", to: "Arsip/berkas.yaml")
        let wrong = try office.berkas("today")
        #expect(wrong.status == 1)
        #expect(wrong.errorText.contains("'reminders' must be counts"), "\(wrong.errorText)")
    }

    @Test func `it changes nothing, and leaves its report of the day in a folder that verify looks past`() throws {
        let desk = try DisposalOffice()
        let office = desk.office
        // What must be computed once is computed.
        try #require(office.berkas("retention", "list", "-q").status == 0)
        let truth = try TreeSnapshot.of(office.home)
        let shown = try office.berkas("today")
        #expect(shown.status == 0)
        #expect(try TreeSnapshot.of(office.home) == truth)
        let folder = office.home.appending("reports").string + "/"
        for _ in 1...2 {
            #expect(try office.berkas("today", "--to", folder).status == 0)
            #expect(try office.berkas("today", "--to", folder, "--json").status == 0)
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(files == ["\(DisposalOffice.today).jsonl", "\(DisposalOffice.today).txt"])
        #expect(try office.content("reports/\(files[1])") == shown.output)
        #expect(try office.berkas("verify").status == 0)
        let settings = try office.content("berkas.yaml")
        #expect(try office.berkas("today", "--to", "Arsip/berkas.yaml").status == 1)
        #expect(try office.content("berkas.yaml") == settings)
        #expect(try office.berkas("today", "--to", "laporan.txt").status == 0)
        for place in ["store", "ledger/x.txt", "packages/"] {
            let refused = try office.berkas("today", "--to", office.home.string + "/" + place)
            #expect(refused.status == 1, "\(place): \(refused.everything)")
        }
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `samples go through all parts in turn, and a round of them is as good as a sweep over everything`()
        throws
    {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("banyak", count: 30).string, "-q").status == 0)
        try #require(office.berkas("pack", "--year", "2024").status == 0)
        var read = 0
        var packages = 0
        for part in 1...5 {
            let answer = try office.berkas("verify", "--sample", "20%", "--json")
            #expect(answer.status == 0, "\(answer.everything)")
            let summary = try #require(try answer.facts("summary").first)
            #expect(summary.number("part") == part && summary.number("parts") == 5)
            read += summary.number("records") ?? 0
            packages += summary.number("packages") ?? 0
            let message = try rows(office)["fixity"]?.text("message") ?? ""
            #expect(message.contains("part \(part) of 5"))
            #expect(message.contains("never has every byte been read") == (part < 5), "\(message)")
        }
        #expect(read == 30 && packages == 1)
        #expect(try office.berkas("rebuild").status == 0)
        // It goes on at the beginning, and another percentage has a round of its own.
        #expect(try office.berkas("verify", "--sample", "20").text.contains("part 1 of 5"))
        #expect(try office.berkas("verify", "--sample", "100%").text.contains("part 1 of 1"))
        for word in ["0", "101%", "x", "-5%", "5%%", "0.05%"] {
            #expect(try office.berkas("verify", "--sample=\(word)").status == 64, "\(word)")
        }
        #expect(try office.berkas("verify", "RKT-2024-0001", "--sample", "5%").status == 64)
    }

    @Test func `a round of samples answers the auditor's question about fixity, and half a round does not`() throws {
        let desk = try DisposalOffice()
        func answer() throws -> String? {
            let audit = try desk.berkas(as: "Siti", "report", "retention-audit", "--year", "2018", "--json")
            return try audit.facts("audit answer").first { $0.text("question") == "fixity-checked" }?.text("answer")
        }
        try #require(desk.office.berkas("verify", "--sample", "50%").status == 0)
        #expect(try answer() == "cannot-tell")
        try #require(desk.office.berkas("verify", "--sample", "50%").status == 0)
        #expect(try answer() == "yes")
        // A package that is spoiled names no record: the sample that reads it is no yes.
        try #require(desk.office.berkas("pack", "--year", "2018").status == 0)
        let name = try FileManager.default.contentsOfDirectory(atPath: desk.office.home.appending("packages").string)
            .first { $0.hasSuffix(".tar") }
        try desk.office.write("rusak", to: "Arsip/packages/\(try #require(name))")
        for _ in 1...2 { _ = try desk.office.berkas("verify", "--sample", "50%") }
        #expect(try answer() == "no")
    }

    @Test func `a spoiled byte is found in the round that reads its part, and what is missing is found at once`() throws
    {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("banyak", count: 8).string, "-q").status == 0)
        let object = try office.object(of: "RKT-2024-0005")
        let file = object + "/v1/content/files/berkas-4.txt"
        try office.write("lain", to: "Arsip/" + file)
        var found = 0
        for _ in 1...4 {
            let answer = try office.berkas("verify", "--sample", "25%")
            if answer.status == 5 { found += 1 }
        }
        #expect(found == 1)
        try FileManager.default.removeItem(atPath: office.home.string + "/" + object)
        let missing = try office.berkas("verify", "--sample", "1%")
        #expect(missing.status == 5)
        #expect(missing.text.contains("RKT-2024-0005") && missing.text.contains("missing"))
        let today = try office.berkas("today")
        #expect(today.text.contains("FAULT") && today.text.contains("RKT-2024-0005"), "\(today.text)")
        #expect(today.status == 0)
    }

    @Test func `the nightly unit is installed for the user manager, not enabled, and says what is run`() throws {
        let office = try Office.founded()
        let target = office.path("pohon").string
        let made = try Tool.run(
            "make",
            ["-C", Checkout.root.string, "install-units", "DESTDIR=\(target)", "PREFIX=/opt/berkas"]
        )
        #expect(made.status == 0, "\(made.errorText)")
        let folder = target + "/opt/berkas/lib/systemd/user"
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                == ["berkas-nightly@.service", "berkas-nightly@.timer"]
        )
        let service = try String(contentsOfFile: folder + "/berkas-nightly@.service", encoding: .utf8)
        // What the manager runs, run here: the archive in the place of the instance.
        let calls = service.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^Exec(?:Start|StopPost)=\/opt\/berkas\/bin\/berkas (.*)$/)?.output.1
        }
        #expect(calls.count == 2)
        for call in calls {
            let words = call.replacingOccurrences(of: "%%", with: "%").split(separator: " ").map {
                $0.replacingOccurrences(of: "%f", with: office.home.string)
            }
            let answer = try office.berkas(words)
            #expect(answer.status == 0, "\(words): \(answer.everything)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: office.home.string + "/reports").count == 1)
        guard Tool.isPresent("systemd-analyze") else { return }
        // The program must be there for the unit to be whole.
        let standing = service.replacingOccurrences(of: "/opt/berkas/bin/berkas", with: try Checkout.binary.string)
        try standing.write(toFile: folder + "/berkas-nightly@.service", atomically: true, encoding: .utf8)
        for unit in ["berkas-nightly@srv-arsip.service", "berkas-nightly@srv-arsip.timer"] {
            let judged = try Tool.run("systemd-analyze", ["verify", "--man=no", folder + "/" + unit])
            #expect(judged.status == 0 && judged.errorText.isEmpty, "\(unit): \(judged.errorText)")
        }
    }

    @Test func `the nightly unit may change its archive and nothing else, and leaves bubblewrap what it needs`() throws
    {
        let file = Checkout.root.pushing(FilePath("Installation/berkas-nightly@.service"))
        let text = try String(contentsOfFile: file.string, encoding: .utf8)
        let lines = Set(text.split(separator: "\n").map(String.init))
        for line in [
            "PrivateUsers=yes", "ProtectSystem=strict", "ProtectHome=tmpfs", "PrivateTmp=yes", "BindPaths=%f",
            "ReadWritePaths=%f", "PrivateDevices=yes", "PrivateNetwork=yes", "NoNewPrivileges=yes",
            "CapabilityBoundingSet=", "RestrictAddressFamilies=AF_UNIX AF_NETLINK",
            "SystemCallFilter=@system-service @mount seccomp sethostname", "MemoryDenyWriteExecute=yes",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
        // With one of these bubblewrap fails inside, and documents would be read behind the filter alone.
        for word in [
            "RestrictNamespaces", "ProtectKernelTunables", "ProtectKernelLogs", "ProtectProc", "ProtectHostname",
            "PrivateIPC",
        ] {
            #expect(!lines.contains { $0.hasPrefix(word + "=") }, "\(word)")
        }
        guard Tool.isPresent("systemd-analyze") else { return }
        let unit = Scratch.folder.appending("berkas-nightly@x.service").string
        try text.replacingOccurrences(of: "@PREFIX@", with: "/usr").write(
            toFile: unit,
            atomically: true,
            encoding: .utf8
        )
        // Of 100, where 0 is shut and 100 is wide open; without any of the settings it is 96.
        let judged = try Tool.run(
            "systemd-analyze",
            ["security", "--offline=true", "--no-pager", "--threshold=30", unit]
        )
        #expect(judged.status == 0, "\(judged.text.suffix(200)) \(judged.errorText)")
    }

    @Test func `every line of the day is what the published schema says`() throws {
        let desk = try DisposalOffice()
        _ = try LoanTests.lend(desk.office, ["RKT-2018-0001"], ["--until", DisposalOffice.today])
        var lines = try desk.office.berkas("today", "--json", "--as-of", "2199-01-01").text
        lines += try desk.office.berkas("verify", "--sample", "5%", "--json").text
        lines += try desk.office.berkas("today", "--json").text
        guard let result = try PublishedSchema.check(lines) else { return }
        #expect(result.status == 0, "\(result.errorText)")
        #expect(result.text == "summary\ntoday\ntoday item\ntoday row\n")
    }
}
