import Foundation
import SystemPackage
import TestSupport
import Testing

/// `berkas bag validate`: any bag, without a home.
@Suite(.scratch)
struct BagTests {
    private static let empty =
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"

    /// A bag with one empty payload file, and a place without a home.
    private func bag(_ name: String = "bag", payload: String = "") throws -> Office {
        try Scratch.file("\(name)/bagit.txt", Array("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".utf8))
        try Scratch.file("\(name)/manifest-sha512.txt", Array("\(Self.empty)  data/berkas é.txt\n".utf8))
        try Scratch.file("\(name)/bag-info.txt", Array("Contact-Name: Ibu Arsiparis\n".utf8))
        try Scratch.file("\(name)/data/berkas é.txt", Array(payload.utf8))
        return Office(folder: Scratch.folder, home: "")
    }

    @Test func `a valid bag ends with 0 and one sentence, and needs no home`() throws {
        let answer = try bag().berkas("bag", "validate", "bag")
        #expect(answer.status == 0, "\(answer.errorText)")
        #expect(answer.lines.count == 1 && answer.text.hasPrefix("valid: 0 faults, 0 warnings; 1 payload file, 0 B"))
        #expect(answer.errorText.isEmpty)
    }

    @Test func `an invalid bag ends with 5 and names what, where and why`() throws {
        let answer = try bag(payload: "changed").berkas("bag", "validate", "bag")
        #expect(answer.status == 5)
        #expect(answer.lines.count == 2)
        #expect(answer.lines[0].hasPrefix("error: data/berkas é.txt: sha512 "))
        #expect(answer.lines[0].hasSuffix("[payload-digest; RFC 8493, 3]"))
        #expect(answer.lines[1].hasPrefix("invalid: 1 fault"))
    }

    @Test func `an incomplete bag ends with 5 and says that it could be completed`() throws {
        let office = try bag()
        try FileManager.default.removeItem(atPath: office.path("bag/data/berkas é.txt").string)
        let answer = try office.berkas("bag", "validate", "bag")
        #expect(answer.status == 5)
        #expect(answer.lines.first?.hasPrefix("incomplete: data/berkas é.txt: listed in") == true)
        #expect(answer.lines.last?.hasPrefix("incomplete: 1 fault") == true)
    }

    @Test func `warnings alone end with 0, and quiet leaves them out`() throws {
        let office = try bag()
        try Scratch.file("bag/bag-info.txt", Array("Contact-Name: no line end".utf8))
        let answer = try office.berkas("bag", "validate", "bag")
        #expect(answer.status == 0)
        #expect(answer.lines.first?.hasPrefix("warning: bag-info.txt") == true)
        #expect(try office.berkas("bag", "validate", "bag", "--quiet").everything.isEmpty)
        try Scratch.file("bag/data/berkas é.txt", [1])
        #expect(try office.berkas("-q", "bag", "validate", "bag").lines.count == 1)
    }

    @Test func `options may stand anywhere`() throws {
        let office = try bag()
        for call in [
            ["--json", "bag", "validate", "bag"], ["bag", "--json", "validate", "bag"],
            ["bag", "validate", "bag", "--json"], ["--home", "tiada", "bag", "validate", "--json", "bag"],
        ] {
            let answer = try office.berkas(call)
            #expect(answer.status == 0, "\(call): \(answer.errorText)")
            let facts = try answer.facts()
            #expect(facts.map(\.kind) == ["summary"], "\(call)")
            #expect(facts.first?.text("verdict") == "valid")
        }
    }

    @Test func `for scripts there is a line a finding and a summary`() throws {
        let office = try bag(payload: "changed")
        try Scratch.file("bag/data/asing\u{1B}[31m.txt", [])
        let facts = try office.berkas("bag", "validate", "bag", "--json").facts()
        #expect(facts.map(\.kind) == ["bag-finding", "bag-finding", "bag-finding", "summary"])
        #expect(Set(facts.compactMap { $0.text("code") }) == ["payload-unlisted", "payload-digest", "member-control"])
        #expect(facts.first?.text("path") == "data/asing\\u{1B}[31m.txt")
        #expect(facts.last?.number("errors") == 2 && facts.last?.number("warnings") == 1)
        #expect(facts.last?.text("verdict") == "invalid")
    }

    @Test func `a container is read as it is, and nothing is unpacked`() throws {
        let office = try bag()
        try #require(try Tool.run("tar", ["-czf", "bag.tar.gz", "bag"], directory: Scratch.folder).status == 0)
        let before = try TreeSnapshot.of(Scratch.folder)
        let answer = try office.berkas("bag", "validate", "bag.tar.gz")
        #expect(answer.status == 0, "\(answer.everything)")
        #expect(answer.text.contains("tar.gz"))
        #expect(try TreeSnapshot.of(Scratch.folder) == before)
    }

    @Test func `limits are options`() throws {
        let office = try bag(payload: String(repeating: "x", count: 5000))
        try #require(try Tool.run("tar", ["-cf", "bag.tar", "bag"], directory: Scratch.folder).status == 0)
        for option in [
            ["--max-member", "4K"], ["--max-members", "2"], ["--max-total", "4096"], ["--max-depth", "2"],
        ] {
            let answer = try office.berkas(["bag", "validate", "bag.tar"] + option)
            #expect(answer.status == 5)
            #expect(answer.text.contains(option[0]), "\(option): \(answer.text)")
        }
        for words in [
            ["--max-ratio", "0"], ["--max-total", "12Q"], ["--max-member", "-1"], ["--max-depth", "x"],
            ["--max-total", "9999999999T"],
        ] {
            #expect(try office.berkas(["bag", "validate", "bag.tar"] + words).status == 64, "\(words)")
        }
    }

    @Test func `a profile is held against the bag`() throws {
        let office = try bag()
        let profile = """
            {"BagIt-Profile-Info": {"BagIt-Profile-Identifier": "https://example.org/p.json", "Source-Organization": "X",
             "External-Description": "Y", "Version": "1"}, "Accept-BagIt-Version": ["1.0"]}
            """
        try Scratch.file("profile.json", Array(profile.utf8))
        let answer = try office.berkas("bag", "validate", "bag", "--profile", "profile.json")
        #expect(answer.status == 5 && answer.text.contains("profile-identifier"))
        let none = try office.berkas("bag", "validate", "bag", "--profile", "bag/bagit.txt")
        #expect(none.status == 1 && none.errorText.contains("profile") && none.output.isEmpty)
    }

    @Test func `what cannot be looked at ends with 1 and one line`() throws {
        let office = try bag()
        let answer = try office.berkas("bag", "validate", "tiada")
        #expect(answer.status == 1 && answer.errorLines.count == 1 && answer.output.isEmpty)
        #expect(answer.errorText.contains("tiada"))
        #expect(try office.berkas("bag", "validate").status == 64)
        #expect(try office.berkas("bag", "validate", "a", "b").status == 64)
        #expect(try office.berkas("bag").everything.contains("validate"))
    }

    @Test func `a FIFO in place of a container is not waited on`() throws {
        let office = try bag()
        try #require(try Tool.run("mkfifo", [office.path("pipe").string]).status == 0)
        #expect(try office.berkas("bag", "validate", "pipe").status == 1)
    }

    @Test func `large bags are looked at in little memory`() throws {
        let office = try bag()
        // 64 MiB that gzip makes small: far less than what is read may be held.
        let large = Scratch.folder.appending("bag").appending("data").appending("besar")
        try #require(try Tool.run("truncate", ["-s", "64M", large.string]).status == 0)
        try #require(try Tool.run("tar", ["-czf", "bag.tar.gz", "bag"], directory: Scratch.folder).status == 0)
        let answer = try office.shell("ulimit -v 400000; \"$BERKAS\" bag validate bag.tar.gz --max-ratio 2000")
        #expect(answer.status == 5)
        #expect(answer.text.contains("payload-unlisted"), "\(answer.text) \(answer.errorText)")
    }
}
