import Foundation
import SystemPackage
import TestSupport
import Testing

/// Homes from elsewhere that were made to act against whoever opens them.
@Suite(.scratch)
struct HostileHomeTests {
    private static let asking = [
        ["list"], ["show", "RKT-2024-0001"], ["history"], ["search", "n"], ["today"], ["verify"], ["ledger", "verify"],
        ["retention", "list"], ["get", "RKT-2024-0001", "--to", "keluar"],
        ["prove", "RKT-2024-0001", "--to", "bukti"], ["ledger", "checkpoint"], ["ledger", "offer", "--to", "tawaran"],
    ]
    private static let writing = [
        ["ingest", "masuk"], ["rebuild"], ["pack", "RKT-2024-0001"], ["read"], ["ledger", "close"],
    ]

    /// The home of `hostile-intent.tar` with its neighbour; nil where the samples are not beside the checkout.
    private func received() throws -> Office? {
        guard let tar = Checkout.shared("found/home/hostile-intent.tar") else { return nil }
        try #require(try Tool.run("tar", ["xf", tar.string, "-C", Scratch.folder.string]).status == 0)
        let folder = Scratch.folder.appending("hostile-intent")
        try #require(try Tool.run("chmod", ["-R", "u+w", folder.string]).status == 0)
        let office = Office(folder: folder, home: folder.appending("H"))
        try office.write("milik orang lain", to: "victim/Documents/surat.txt")
        try office.batch("masuk", "path,year,step,type\nb.txt,2024,1,disposisi\n", files: ["b.txt": "b"])
        return office
    }

    private func victim(_ office: Office) throws -> [String: String] {
        try TreeSnapshot.of(office.folder.appending("victim"))
    }

    @Test func `hostile-intent: no command touches what lies beside the home, and the intent is refused`() throws {
        guard let office = try received() else { return }
        let before = try victim(office)
        let truth = try office.truth()
        for call in Self.asking + Self.writing {
            let answer = try office.berkas(call)
            #expect(try victim(office) == before, "\(call)")
            #expect(try office.truth() == truth, "\(call)")
            guard Self.writing.contains(call) else { continue }
            #expect(answer.status == 5, "\(call): \(answer.everything)")
            #expect(answer.errorText.contains("removals[0].contents[0] '../victim/Documents'"), "\(answer.errorText)")
            #expect(answer.errorText.contains("nothing was touched"), "\(answer.errorText)")
            #expect(answer.errorText.contains("berkas repair --dry-run"), "\(answer.errorText)")
        }
        let verified = try office.berkas("verify", "--json")
        let finding = try verified.facts("finding").first { $0.text("area") == "staging" }
        #expect(verified.status == 5 && finding?.text("message")?.contains("victim") ?? false, "\(verified.everything)")
        #expect(try PublishedSchema.check(verified.text)?.status ?? 0 == 0)
    }

    @Test func `whatever else an intent says, nothing outside is touched`() throws {
        guard let office = try received() else { return }
        let said = String(decoding: try office.content("staging/work/intent.json"), as: UTF8.self)
        let digest = String(repeating: "ab", count: 64)
        let outside = office.path("victim").string
        let objects = ["../../../victim", outside, "", "objects/../../../../victim", "objects/00", "objects/-1"].map {
            #"{"id": "tag:x,2026:RKT-2024-0009", "staged": "\#($0)", "versions": [1], "isNew": true}"#
        }
        let installs = objects.map { said.replacing("\"objects\": []", with: "\"objects\": [\($0)]") }
        let packages = ["../store", "../../victim", outside, "..", ".", "", "a/b.tar", "x\\u0000.tar"].map {
            said.replacing(
                "\"packages\": [], \"removals\"",
                with: "\"packages\": [{\"name\": \"\($0)\"}], \"removals\""
            )
        }
        let contents = ["../..", "", ".", digest.uppercased(), digest + "/..", "../../victim/Documents", outside].map {
            said.replacing("../victim/Documents", with: $0)
        }
        let gone = ["../store", "..", "a/../../victim.tar", outside].map {
            said.replacing("\"packages\": [], \"contents\"", with: "\"packages\": [\"\($0)\"], \"contents\"")
        }
        let numbers = ["-1", "9223372036854775807", "1e400", "0.5", "\"3\""].flatMap { number in
            ["\"bytes\": 1176", "\"events\": 3", "\"format\": 1"].map {
                said.replacing($0, with: $0.split(separator: " ")[0] + " " + number)
            }
        }
        let broken = ["", "{", "[]", "null", String(repeating: "[", count: 100_000), "{\"format\": 3}"]
        let harmless = said.replacing("../victim/Documents", with: digest)
        let before = try victim(office)
        let truth = try office.truth()
        for text in installs + packages + contents + gone + numbers + broken + [harmless] {
            #expect(text != said)
            try office.write(text, to: "H/staging/work/intent.json")
            let answer = try office.berkas("ingest", "masuk")
            #expect(
                answer.status == 5 && answer.errorText.contains("nothing was touched"),
                "\(answer.everything) \(text.prefix(2000))"
            )
            #expect(answer.errorLines.count == 1, "\(answer.errorText)")
            #expect(try victim(office) == before, "\(text.prefix(2000))")
            #expect(try office.truth() == truth)
        }
    }

    @Test func `a link or a FIFO in place of a folder or file of the home's own is refused, and named`() throws {
        let office = try Office.founded()
        let batch = try office.batch("masuk", count: 2).string
        try #require(try office.berkas(["ingest", batch, "-q"], environment: ["BERKAS_NO_READ": ""]).status == 0)
        try #require(try office.berkas("pack", "--year", "2024", "-q").status == 0)
        let folders = [
            "store", "ledger", "packages", "staging", "derived", "policy", "templates", "reports", "store/extensions",
            "ledger/parts", "staging/work", "staging/incoming",
        ]
        let files = [
            "catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm", ".lock", "berkas.yaml", "derived/.lock",
            "ledger/events.jsonl", "ledger/leaves", "ledger/checkpoint", "store/0=ocfl_1.1",
        ]
        for (names, isFolder) in [(folders, true), (files, false)] {
            for name in names {
                for kind in ["link", "dangling", "fifo", "other"] {
                    let made = try office.shell(
                        """
                        set -e; rm -rf Coba luar; cp -a Arsip Coba; mkdir luar; cd Coba
                        if [ -e '\(name)' ]; then mv '\(name)' ../luar/asli; elif [ \(isFolder) = true ]; then mkdir ../luar/asli
                        else : > ../luar/asli; fi
                        case \(kind) in
                        link) ln -s "$PWD/../luar/asli" '\(name)';; dangling) ln -s ../tiada '\(name)';; fifo) mkfifo '\(name)';;
                        other) if [ \(isFolder) = true ]; then : > '\(name)'; else mkdir '\(name)'; fi;;
                        esac
                        """
                    )
                    try #require(made.status == 0, "\(name) \(kind): \(made.errorText)")
                    let before = try TreeSnapshot.of(office.path("luar"))
                    for call in [["list"], ["verify"], ["ingest", batch], ["rebuild"], ["init"]] {
                        // `init` is for a home that has no settings yet: it must not write through a link, either.
                        if call == ["init"], name == "berkas.yaml" { continue }
                        if call == ["init"] { _ = try office.shell("rm Coba/berkas.yaml") }
                        let words = call == ["init"] ? ["init", "Coba"] : call + ["--home", "Coba"]
                        let answer = try office.berkas(words, killAfter: 20)
                        #expect(answer.status == 5, "\(name) \(kind) \(call): \(answer.everything)")
                        #expect(answer.errorText.contains("'\(name)' in the home"), "\(answer.errorText)")
                        #expect(answer.errorText.contains("nothing was touched"), "\(answer.errorText)")
                    }
                    #expect(try TreeSnapshot.of(office.path("luar")) == before, "\(name) \(kind)")
                }
            }
        }
        // The way to the home is its caller's own.
        try #require(try office.shell("ln -s Arsip Jalan").status == 0)
        #expect(try office.berkas("list", "--home", "Jalan").status == 0)
    }

    @Test func `a link among what was read leads no reading and no removal out of the home`() throws {
        let office = try Office.founded()
        let batch = try office.batch("masuk", count: 1).string
        try #require(try office.berkas("ingest", batch, "-q").status == 0)
        let digest = try #require(try Tool.run("sha512sum", [batch + "/berkas-0.txt"]).text.split(separator: " ").first)
        let group = String(digest.prefix(2))
        for place in [group, "\(group)/\(digest)", "\(group)/\(digest)/pages-2"] {
            let made = try office.shell(
                """
                set -e; rm -rf Arsip/derived luar; mkdir -p luar/\(digest) "Arsip/derived/$(dirname '\(place)')"
                echo isi > luar/surat; echo isi > luar/\(digest)/surat; ln -s "$PWD/luar" 'Arsip/derived/\(place)'
                """
            )
            try #require(made.status == 0, "\(made.errorText)")
            let before = try TreeSnapshot.of(office.path("luar"))
            let answer = try office.berkas("read", "--redo")
            #expect(answer.status == 5 && answer.errorText.contains("derived/\(place)"), "\(answer.everything)")
            #expect(try TreeSnapshot.of(office.path("luar")) == before, "\(place)")
        }
    }

    // MARK: - Homes of other users

    /// Whether this test may become another user.
    private static func canChangeUser() -> Bool {
        guard Tool.isPresent("setpriv") else { return false }
        guard geteuid() == 0 else {
            if ProcessInfo.processInfo.environment["CI"] == "true" {
                Issue.record("another user needs root, and CI=true")
            } else {
                print("LEFT OUT: another user needs root")
            }
            return false
        }
        return true
    }

    @Test func `a home that was found and belongs to another user is not opened, one that is named is`() throws {
        guard Self.canChangeUser() else { return }
        let office = try Office.founded(named: "Archive")
        try #require(try office.berkas("ingest", try office.batch("masuk", count: 1).string, "-q").status == 0)
        let binary = try Checkout.binary.string
        func ask(_ user: Int, _ words: String, from place: String = "Archive/policy") throws -> Answer {
            let result = try office.shell(
                "cd '\(place)' && env -u BERKAS_HOME setpriv --reuid \(user) --regid \(user) --clear-groups '\(binary)' \(words)"
            )
            return Answer(status: result.status, output: result.output, errors: result.errors)
        }
        // Readable for all, and of user 65534.
        let given = try office.shell("chown -R 65534:65534 Archive && chmod -R a+rX . && chmod a+rwx .")
        try #require(given.status == 0, "\(given.errorText)")
        #expect(try ask(65534, "list").status == 0)
        for place in ["Archive/policy", "Archive", "."] {
            let other = try ask(65533, "list", from: place)
            #expect(other.status == 1, "\(other.everything)")
            #expect(
                other.errorText.contains("(uid 65534)") || other.errorText.contains("uid 65534"),
                "\(other.errorText)"
            )
            let path = office.home.string
            #expect(other.errorText.contains("berkas --home '\(path)'"), "\(other.errorText)")
            let root = try office.shell("cd '\(place)' && env -u BERKAS_HOME -u SUDO_UID '\(binary)' list")
            #expect(root.status == 1 && root.errorText.contains("not to you"), "\(root.errorText)")
        }
        let named = try ask(65533, "list --home '\(office.home.string)'")
        #expect(named.status == 0 && named.text.contains("RKT-2024-0001"), "\(named.everything)")
        #expect(!named.errorText.contains("you are root"), "\(named.errorText)")
        let told = try office.berkas("list")
        #expect(told.status == 0 && told.errorText.contains("you are root"), "\(told.everything)")
        #expect(told.errorText.contains("uid 65534"), "\(told.errorText)")
        // Whoever called sudo is known.
        let caller = try office.shell("cd Archive && env -u BERKAS_HOME SUDO_UID=65534 '\(binary)' list")
        #expect(caller.status == 0 && caller.errorText.contains("you are root"), "\(caller.errorText)")
        // In a folder that everybody may write to, the owner of berkas.yaml counts.
        try #require(try office.shell("chown 65533 Archive && chmod 1777 Archive").status == 0)
        #expect(try ask(65533, "list").status == 1)
    }
}
