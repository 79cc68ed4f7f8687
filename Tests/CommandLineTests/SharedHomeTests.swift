import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// One home and several users: two of a group, and root among them.
@Suite(.scratch)
struct SharedHomeTests {
    /// A folder that a group shares, and the program where every user can run it.
    private struct GroupFolder {
        let folder: FilePath
        let binary: FilePath

        /// Nil where users cannot be had: that needs root.
        init?() throws {
            guard Tool.isPresent("setpriv") else { return nil }
            guard geteuid() == 0 else {
                let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"
                if isRequired { Issue.record("a home that several users share needs root, and CI=true") }
                print("LEFT OUT: a home that several users share; that needs root")
                return nil
            }
            folder = Scratch.folder.appending("group")
            binary = Scratch.folder.appending("berkas")
            let script = """
                set -e; chmod 755 . ; mkdir group; chgrp 65534 group; chmod 2777 group; cp "$1" berkas; chmod 755 berkas
                """
            let made = try Tool.run(
                "sh",
                ["-c", script, "sh", try Checkout.binary.string],
                directory: Scratch.folder
            )
            try #require(made.status == 0, "\(made.errorText)")
            let started = try run(as: 1001, "\"$B\" --version")
            try #require(started.status == 0, "another user cannot run the program: \(started.errorText)")
        }

        /// Runs a script as a user of the group, or as root, with a umask.
        func run(as user: Int, umask: String = "022", _ script: String) throws -> ToolResult {
            let words = ["bash", "-c", "umask \(umask); cd \"$1\"; \(script)", "bash", folder.string]
            let switched = ["--reuid", "\(user)", "--regid", "65534", "--clear-groups"] + words
            return try Tool.run(
                user == 0 ? words[0] : "setpriv",
                user == 0 ? Array(words.dropFirst()) : switched,
                environment: [
                    "B": binary.string, "HOME": folder.string, "BERKAS_AS": "U\(user)", "BERKAS_NO_READ": "1",
                    "LC_ALL": "C.UTF-8",
                ],
                killAfter: 120
            )
        }

        /// Takes a file of its own in.
        func ingest(_ number: Int, as user: Int, umask: String, label: String? = nil) throws -> ToolResult {
            let label = label.map { " --label \($0)" } ?? ""
            let words = "--year 2024 --step 7 --type notulen --title T\(number)\(label) -q"
            return try run(
                as: user,
                umask: umask,
                "echo isi \(number) \(user) > p\(number)-\(user).txt; \"$B\" --home A ingest p\(number)-\(user).txt \(words)"
            )
        }

        var home: FilePath { folder.appending("A") }

        /// The whole home, what lies in it and all its bytes, but for what the lock says.
        func snapshot() throws -> [String: String] {
            var all: [String: String] = [:]
            for (path, content) in try TreeSnapshot.of(home) where !path.hasSuffix(".lock") { all[path] = content }
            return all
        }
    }

    @Test func `two users of a group, and root between them, file 100 times each by turns on one home`() throws {
        guard let group = try GroupFolder() else { return }
        let made = try group.run(as: 1001, umask: "077", "\"$B\" init A --office X")
        #expect(made.status == 0, "\(made.errorText)")
        for number in 0..<100 {
            for (user, umask) in [(1001, number % 2 == 0 ? "022" : "077"), (1002, number % 3 == 0 ? "022" : "077")] {
                let kept = try group.ingest(number, as: user, umask: umask)
                #expect(kept.status == 0, "\(user) \(number): \(kept.errorText)")
            }
            guard number % 10 == 5 else { continue }
            // Further versions of what another filed, and root at work in between.
            for user in [1002, 0, 1001] {
                let label = "L\(number / 20)"
                let kept = try group.ingest(1000 + number, as: user, umask: "077", label: label)
                #expect(kept.status == 0, "\(user) \(number): \(kept.errorText)")
            }
            let verified = try group.run(as: 0, umask: "077", "\"$B\" --home A verify")
            #expect(verified.status == 0, "\(verified.text)\(verified.errorText)")
            let rebuilt = try group.run(as: 0, umask: "077", "\"$B\" --home A rebuild")
            #expect(rebuilt.status == 0, "\(rebuilt.errorText)")
        }
        let strangers = try Tool.run("find", [group.home.string, "(", "-uid", "0", "-o", "!", "-gid", "65534", ")"])
        #expect(strangers.lines.isEmpty, "\(strangers.text)")
        let others = try Tool.run("find", [group.home.string, "-perm", "/007"])
        #expect(others.lines.isEmpty, "\(others.text)")
        for user in [1001, 1002] {
            let verified = try group.run(
                as: user,
                umask: "077",
                "\"$B\" --home A verify && \"$B\" --home A list --json | wc -l"
            )
            #expect(verified.status == 0, "\(verified.text)\(verified.errorText)")
            #expect(verified.lines.last == "205", "\(verified.text)")
        }
    }

    @Test func `who may only read is told so, and can neither lock nor change anything`() throws {
        guard let group = try GroupFolder() else { return }
        let made = try group.run(as: 1001, "mkdir -m 2750 A && \"$B\" init A --office X && \"$B\" --home A list")
        #expect(made.status == 0, "\(made.errorText)")
        #expect(try group.ingest(1, as: 1001, umask: "022").status == 0)
        let before = try group.snapshot()
        let refused = try group.ingest(2, as: 1002, umask: "022")
        #expect(refused.status == 1)
        #expect(refused.errorText.contains("Permission denied"), "\(refused.errorText)")
        #expect(refused.errorText.contains("chmod -R g+rwX"), "\(refused.errorText)")
        #expect(try group.snapshot() == before)
        let listed = try group.run(as: 1002, "\"$B\" --home A list --json")
        #expect(listed.status == 0, "\(listed.errorText)")
        #expect(listed.lines.count == 1)
        #expect(try group.snapshot() == before)
        #expect(try group.ingest(3, as: 1001, umask: "022").status == 0)
    }

    /// What is shut for the group, and the command that would have to change it.
    private static let shut: [(what: String, script: String, words: String)] = [
        ("home", "chmod g-w .", "further"), ("ledger", "chmod g-w ledger", "further"),
        ("log", "chmod g-w ledger/events.jsonl", "further"), ("leaves", "chmod g-w ledger/leaves", "further"),
        ("index", "chmod g-w catalogue.sqlite", "further"), ("staging", "chmod g-w staging", "further"),
        ("object", "chmod g-w $(dirname $(find store -path '*/v1/inventory.json'))/..", "further"),
        ("store", "find store -type d -exec chmod g-w {} +", "new"), ("packages", "chmod g-w packages", "pack"),
        ("sticky ledger", "chmod +t ledger", "further"),
    ]

    @Test(arguments: shut.indices)
    func `a write that could not be carried to its end is refused before anything changes`(index: Int) throws {
        let (what, script, words) = Self.shut[index]
        guard let group = try GroupFolder() else { return }
        let made = try group.run(as: 1001, "\"$B\" init A --office X")
        #expect(made.status == 0, "\(made.errorText)")
        #expect(try group.ingest(1, as: 1001, umask: "022", label: "L").status == 0)
        let shut = try group.run(as: 1001, "cd A && \(script)")
        #expect(shut.status == 0, "\(shut.errorText)")
        let before = try group.snapshot()
        let refused =
            words == "pack"
            ? try group.run(as: 1002, "\"$B\" --home A pack --year 2024")
            : try group.ingest(2, as: 1002, umask: "022", label: words == "new" ? nil : "L")
        #expect(refused.status == 1, "\(what): \(refused.text)\(refused.errorText)")
        #expect(refused.errorText.contains("chmod -R g+rwX"), "\(what): \(refused.errorText)")
        #expect(try group.snapshot() == before, "\(what)")
        #expect(try group.run(as: 1001, "chmod -R g+rwX,-t A").status == 0)
        for user in [1001, 1002] {
            let kept = try group.ingest(3, as: user, umask: "077", label: "L")
            #expect(kept.status == 0, "\(what) \(user): \(kept.errorText)")
        }
        let verified = try group.run(as: 1002, "\"$B\" --home A verify")
        #expect(verified.status == 0, "\(what): \(verified.text)\(verified.errorText)")
    }

    @Test func `shared-group.sh: every write of either user is done, and both go on`() throws {
        guard let group = try GroupFolder(), let script = Checkout.shared("found/home/shared-group.sh") else { return }
        let ran = try Tool.run("bash", [script.string, group.binary.string], killAfter: 300)
        let ends = ran.lines.filter { $0.contains("rc=") }
        #expect(ends.count == 8, "\(ran.text)\(ran.errorText)")
        for end in ends { #expect(end.contains("rc=0]"), "\(ran.text)\(ran.errorText)") }
    }
}
