import Foundation
import SystemPackage
import TestSupport
import Testing

/// Homes that are missing, no homes, too new, locked, read-only or full.
@Suite(.scratch)
struct HomeFaultTests {
    private func office() throws -> Office {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string, "-q").status == 0)
        return office
    }

    private static let asking = [
        ["list"], ["show", "RKT-2024-0001"], ["history", "RKT-2024-0001"], ["search", "berkas"], ["check", "satu"],
        ["get", "RKT-2024-0001", "--to", "keluar"],
    ]
    private static let writing = [["ingest", "satu"], ["pack", "RKT-2024-0001"], ["rebuild"]]
    private static let looking = [["verify"], ["ledger", "verify"]]

    @Test func `a home that is missing, or is none, is told in one line with what to do`() throws {
        let office = try office()
        try office.write("x", to: "bukan/isi.txt")
        try office.write("x", to: "berkas")
        for place in ["tiada", "bukan", "berkas"] {
            for call in Self.asking + Self.writing + Self.looking {
                let answer = try office.berkas(call + ["--home", place])
                #expect(answer.status == 1, "\(call)")
                #expect(
                    answer.errorLines.count == 1 && answer.errorText.contains("'\(place)'"),
                    "\(call): \(answer.errorText)"
                )
                #expect(answer.errorText.contains("berkas init"), "\(answer.errorText)")
            }
        }
        let nowhere = try office.berkas(["list"], environment: ["BERKAS_HOME": ""], from: "/")
        #expect(nowhere.status == 1)
        #expect(nowhere.errorText.contains("--home"))
    }

    @Test func `a home of a newer format is left alone`() throws {
        let office = try office()
        try #require(office.shell("sed -i 's/^format: 1$/format: 2/' Arsip/berkas.yaml").status == 0)
        let before = try TreeSnapshot.of(office.home)
        for call in Self.asking + Self.writing + Self.looking {
            let answer = try office.berkas(call)
            #expect(answer.status == 1, "\(call)")
            #expect(answer.errorText.contains("newer version"), "\(call): \(answer.errorText)")
        }
        #expect(try TreeSnapshot.of(office.home) == before)
    }

    @Test func `settings and policies that cannot be read are named with the file`() throws {
        let office = try office()
        for (file, content) in [
            ("berkas.yaml", "format: 1\noffice: [\n"), ("berkas.yaml", ""), ("berkas.yaml", "format: satu\n"),
            ("berkas.yaml", "format: 1\noffice: X\nid-prefix: RKT\n"), ("policy/sop-rkt.yaml", "steps: x\n"),
            ("policy/access.csv", "salah\nbiasa\n"), ("policy/classification.csv", "kode\n1\n"),
        ] {
            try #require(office.shell("rm -rf Coba; cp -a Arsip Coba").status == 0)
            try office.write(content, to: "Coba/\(file)")
            let answer = try office.berkas("ingest", "satu", "--home", "Coba")
            #expect(answer.status == 1, "\(file): \(answer.everything)")
            #expect(answer.errorText.contains(file), "\(answer.errorText)")
            // That the file is not as it was adopted is told before.
            #expect(answer.errorLines.filter { !$0.hasPrefix("note: ") }.count == 1, "\(answer.errorText)")
        }
    }

    @Test func `a second writer is told who has the home, and readers do not wait`() throws {
        let office = try office()
        let holder = try office.begin(program: "flock", "--no-fork", "Arsip/.lock", "sleep", "100")
        holder.wait { (try? office.shell("flock -n Arsip/.lock true").status) == 1 }
        for call in Self.writing {
            let answer = try office.berkas(call, killAfter: 20)
            #expect(answer.status == 6, "\(call)")
            #expect(answer.errorLines.count == 1)
            #expect(answer.errorText.contains("locked by"), "\(answer.errorText)")
        }
        for call in Self.asking + Self.looking {
            let answer = try office.berkas(call, killAfter: 20)
            #expect(answer.status == 0, "\(call): \(answer.everything)")
        }
        try FileManager.default.removeItem(atPath: office.home.appending("catalogue.sqlite").string)
        let locked = try office.berkas(["list"], killAfter: 20)
        #expect(locked.status == 6, "there is no catalogue, and none can be made: \(locked.everything)")
        #expect(holder.isRunning)
    }

    @Test func `what is left of a dead process's lock is no lock`() throws {
        let office = try office()
        try office.write("process 1 since 2020-01-01T00:00:00+08:00\n", to: "Arsip/.lock")
        #expect(try office.berkas("ingest", "satu").status == 0)
    }

    @Test func `a read-only home is read, and writing to it is refused`() throws {
        let office = try office()
        let mounted = try office.shell("mkdir Baca && mount --bind Arsip Baca && mount -o remount,ro,bind Baca")
        guard mounted.status == 0 else {
            print("LEFT OUT: nothing may be mounted here: \(mounted.errorText)")
            return
        }
        defer { _ = try? office.shell("umount Baca") }
        let before = try office.truth()
        for call in Self.asking + Self.looking {
            let answer = try office.berkas(call + ["--home", "Baca"])
            #expect(answer.status == 0, "\(call): \(answer.everything)")
        }
        for call in Self.writing {
            let answer = try office.berkas(call + ["--home", "Baca"])
            #expect(answer.status == 1, "\(call)")
            #expect(answer.errorLines.count == 1 && answer.errorText.contains("read-only"), "\(answer.errorText)")
        }
        #expect(try office.berkas("get", "RKT-2024-0001", "--to", "Baca/keluar").status == 1)
        #expect(try office.berkas("init", "Baca/baru").status == 1)
        #expect(try office.truth() == before)
    }

    @Test func `a read-only home that lacks its catalogue says so, and is answered from its ledger`() throws {
        let office = try office()
        let before = try office.berkas("list").output
        try FileManager.default.removeItem(atPath: office.home.appending("catalogue.sqlite").string)
        let mounted = try office.shell("mkdir Baca && mount --bind Arsip Baca && mount -o remount,ro,bind Baca")
        guard mounted.status == 0 else {
            print("LEFT OUT: nothing may be mounted here: \(mounted.errorText)")
            return
        }
        defer { _ = try? office.shell("umount Baca") }
        let answer = try office.berkas("list", "--home", "Baca")
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(answer.output == before)
        #expect(answer.errorLines.count == 1 && answer.errorText.contains("is missing"), "\(answer.errorText)")
    }

    @Test func `a full disk keeps nothing half, and the run goes on when there is space`() throws {
        let office = try Office.founded()
        let mounted = try office.shell("mkdir Kecil && mount -t tmpfs -o size=3m kecil Kecil")
        guard mounted.status == 0 else {
            print("LEFT OUT: nothing may be mounted here: \(mounted.errorText)")
            return
        }
        defer { _ = try? office.shell("umount Kecil") }
        try #require(office.berkas("init", "Kecil/Arsip").status == 0)
        let rows = (1...8).map { "\($0).bin,2024,1,disposisi" }.joined(separator: "\n")
        try office.batch("penuh", "path,year,step,type\n\(rows)\n")
        try #require(
            office.shell("for i in 1 2 3 4 5 6 7 8; do head -c 500000 /dev/urandom > penuh/$i.bin; done").status == 0
        )
        let home = ["--home", "Kecil/Arsip"]
        for _ in 0..<2 {
            let full = try office.berkas(["ingest", "penuh"] + home)
            #expect(full.status == 1, "\(full.everything)")
            #expect(
                full.errorText.contains("No space left") && full.errorText.contains("free some space"),
                "\(full.errorText)"
            )
        }
        #expect(try office.berkas(["verify"] + home).status == 0)
        #expect(try office.berkas(["list", "--json"] + home).lines.isEmpty)
        try #require(office.shell("mount -o remount,size=30m Kecil").status == 0)
        let done = try office.berkas(["ingest", "penuh", "--json"] + home)
        #expect(try done.facts("summary").first?.number("versions") == 8)
        #expect(try office.berkas(["verify"] + home).status == 0)
        try #require(office.shell("mount -o remount,size=6m Kecil").status == 0)
        let packed = try office.berkas(["pack", "--year", "2024"] + home)
        #expect(packed.status == 1)
        #expect(try office.shell("ls Kecil/Arsip/packages Kecil/Arsip/staging").text.split(separator: "\n").count <= 3)
        #expect(try office.berkas(["verify"] + home).status == 0)
        #expect(try office.berkas(["list", "--json"] + home).lines.count == 8)
    }
}
