import Foundation
import SystemPackage
import TestSupport
import Testing

/// What an auditor is given, tried without Berkas, and what becomes of it where somebody changed something.
@Suite(.scratch)
struct ProofKitTests {
    private func proven(_ ids: String...) throws -> (kit: AuditorKit, early: String) {
        let (kit, early) = try AuditorKit.founded()
        let answer = try kit.office.berkas(["prove"] + ids + ["--to", "bukti"])
        try #require(answer.status == 0, "\(answer.everything)")
        return (kit, early)
    }

    @Test func `a proof is checked by Python alone, against a checkpoint that somebody kept`() throws {
        let (kit, early) = try AuditorKit.founded()
        let answer = try kit.office.berkas("prove", "RKT-2024-0004", "RKT-2024-0001", "--to", "bukti", "--json")
        #expect(answer.status == 0, "\(answer.everything)")
        let fact = try #require(answer.facts("proof").first)
        #expect(fact.number("versions") == 3 && fact.number("files") == 9 && fact.number("events") == 3)
        #expect(fact.values["signed"] as? Bool == false)
        let words = early.split(separator: "\n").dropFirst().joined(separator: " ")
        try kit.office.write("Kepada Inspektorat\n\n\(early)Hormat kami\n", to: "surat.txt")
        let checked = try kit.check("bukti", words, "surat.txt")
        #expect(checked.status == 0, "\(checked.text)\(checked.errorText)")
        #expect(checked.lines.last == "SAH")
        #expect(checked.text.contains("Arsip RKT-2024-0004: 2 versi, 6 berkas, 2 peristiwa"), "\(checked.text)")
        #expect(
            checked.text.contains("Cekpoin lama dari \(early.split(separator: "\n")[1]) baris: log ini kelanjutannya")
        )
        // The list is one that everybody can read, and the script lies in the folder itself.
        #expect(try kit.office.shell("cd bukti && sha512sum -c daftar.txt").status == 0)
        let list = try kit.office.shell("sha512sum bukti/daftar.txt | cut -c 1-128").text
        #expect(fact.text("list").map { $0 + "\n" } == list)
        let inside = try kit.check("bukti", with: "bukti/periksa.py")
        #expect(inside.status == 0 && inside.text.contains("PERHATIAN"), "\(inside.text)")
        let own = try kit.office.shell("cat bukti/arsip/RKT-2024-0004/v2/files/*").text
        #expect(own == "naskah yang diperbaiki\n")
    }

    @Test func `the script is one that is read in one sitting: 150 lines, the standard library`() throws {
        let path = Checkout.root.pushing("Sources/Operations/Proof/periksa.py").string
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 151 && lines.allSatisfy { $0.count <= 125 })
        let imports = lines.filter { $0.contains("import ") }
        #expect(imports == ["import argparse, base64, hashlib, json, os, re, struct, subprocess, tempfile, time"])
    }

    @Test func `a byte that was changed in any file of a proof makes it invalid`() throws {
        let (kit, _) = try proven("RKT-2024-0004")
        #expect(try kit.check().status == 0)
        let files = try kit.files()
        #expect(files.count >= 12)
        for file in files {
            let content = try #require(FileManager.default.contents(atPath: kit.office.path("bukti/\(file)").string))
            guard !content.isEmpty else { continue }
            for place in Set([0, content.count / 2, content.count - 1]) {
                var changed = content
                changed[place] ^= 1
                try kit.office.write(Array(changed), to: "bukti/\(file)")
                let checked = try kit.check()
                #expect(checked.status == 1 && checked.lines.last == "TIDAK SAH", "\(file) \(place): \(checked.text)")
            }
            try kit.office.write(Array(content), to: "bukti/\(file)")
        }
        #expect(try kit.check().status == 0)
    }

    /// The proof of the first event, for a shell.
    private static let first = "bukti/bukti/$(ls bukti/bukti | sort -n | head -n 1)"

    @Test(arguments: [
        ("printf x > bukti/arsip/RKT-2024-0004/v1/lain.txt", "bukan yang dijamin peristiwa"),
        ("printf x > bukti/catatan.txt", "bukan yang dijamin peristiwa"),
        ("cp \(first) bukti/bukti/999.tlog-proof", "bukan yang dijamin peristiwa"),
        ("rm 'bukti/arsip/RKT-2024-0004/v2/files/surat 2.txt'", "tidak ada"),
        ("printf lain > 'bukti/arsip/RKT-2024-0004/v2/files/surat 2.txt'", "bukan yang dijamin peristiwa"),
        ("rm -r bukti/arsip/RKT-2024-0004/v1", "tidak ada"),
        ("sed -i 1d bukti/peristiwa.jsonl && rm \(first)", "kurang peristiwa penerimaannya"),
        ("sed -i 's/Siti/Susi/' bukti/peristiwa.jsonl", "tidak ada di dalam log"),
        ("ln -s /etc/hostname bukti/arsip/tautan", "bukan berkas biasa"),
        ("mkfifo bukti/arsip/pipa", "bukan berkas biasa"),
        ("rm bukti/daun", "tidak dapat diperiksa sampai akhir"),
        ("head -c 64 bukti/daun > d && cp d bukti/daun", "bukan pohon yang disebut cekpoin"),
        ("printf '[' > bukti/peristiwa.jsonl", "tidak memuat peristiwa"),
        ("printf '[\\n' > bukti/peristiwa.jsonl", "tidak dapat diperiksa sampai akhir"),
        ("sed -i 's/^index .*/index 3/' \(first)", "bukan bukti penyertaan"),
    ])
    func `what was changed is found though the list was made anew`(change: String, words: String) throws {
        let (kit, _) = try proven("RKT-2024-0004")
        try #require(kit.office.shell(change).status == 0)
        if !change.contains("mkfifo") { try kit.relist() }
        let checked = try kit.check()
        #expect(checked.status == 1 && checked.lines.last == "TIDAK SAH", "\(checked.text)\(checked.errorText)")
        #expect(checked.text.contains(words), "\(checked.text)")
    }

    @Test(arguments: ["actor 'Siti Arsiparis' Susi", "drop RKT-2024-0002"])
    func `history that was written anew before a proof was given out is found by an old checkpoint`(how: String) throws
    {
        guard let script = Checkout.shared("found/evidence/rewrite-ledger.py") else { return }
        let (kit, early) = try AuditorKit.founded()
        try #require(kit.office.shell("python3 '\(script.string)' Arsip \(how)").status == 0)
        try #require(kit.office.berkas("prove", "RKT-2024-0001", "--to", "bukti").status == 0)
        #expect(try kit.check().text.contains("PERHATIAN"), "it agrees with itself, and says that this is all")
        let checked = try kit.check("bukti", early)
        #expect(checked.status == 1, "\(checked.text)")
        #expect(checked.text.contains("log ini tidak diawali"), "\(checked.text)")
        let none = try kit.check("bukti", "bukan cekpoin")
        #expect(none.status == 1 && none.text.contains("tidak ada cekpoin di dalam"))
        let root = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="
        let longer = try kit.check("bukti", "99999 \(root)")
        #expect(longer.status == 1 && longer.text.contains("lebih panjang dari log ini"), "\(longer.text)")
    }

    @Test func `a record that was destroyed is proven by its events alone`() throws {
        let desk = try DisposalOffice()
        let list = try desk.approved(["RKT-2018-0001"])
        try #require(desk.execute(list).status == 0)
        let kit = try AuditorKit(desk.office)
        let answer = try desk.office.berkas("prove", "RKT-2018-0001", "RKT-2018-0002", "--to", "kit", "--json")
        #expect(answer.status == 0, "\(answer.everything)")
        let removed = try #require(answer.facts("proof").first?.values["removed"] as? [String])
        #expect(removed == ["RKT-2018-0001"])
        let told = try desk.office.berkas("prove", "RKT-2018-0001", "--to", "satu")
        #expect(told.text.contains("RKT-2018-0001: only its events are there, with its tombstone"), "\(told.text)")
        let checked = try kit.check("kit")
        #expect(checked.status == 0, "\(checked.text)")
        #expect(checked.text.contains("Arsip RKT-2018-0001: sudah dikeluarkan"), "\(checked.text)")
        let back =
            "mkdir -p kit/arsip/RKT-2018-0001/v1 && cp kit/arsip/RKT-2018-0002/v1/*.json kit/arsip/RKT-2018-0001/v1"
        try #require(desk.office.shell(back).status == 0)
        try kit.relist("kit")
        #expect(try kit.check("kit").status == 1)
    }

    @Test(arguments: [
        ("printf x >> \"$(find Arsip/store -name 'surat 2.txt')\"", "SHA-512"),
        ("rm \"$(find Arsip/store -name 'surat 1.txt')\"", "surat 1.txt"),
        ("printf x >> \"$(find Arsip/store -path '*v1/inventory.json' | xargs grep -l 'surat 1')\"", "SHA-512"),
        ("printf x | dd of=Arsip/ledger/leaves conv=notrunc bs=1 seek=40 2>&1", "leaves"),
    ])
    func `what does not verify is not given out`(damage: String, words: String) throws {
        let (kit, _) = try AuditorKit.founded()
        try #require(kit.office.shell(damage).status == 0)
        let answer = try kit.office.berkas("prove", "RKT-2024-0004", "--to", "bukti")
        #expect(answer.status == 5, "\(answer.everything)")
        #expect(answer.errorText.contains(words), "\(answer.errorText)")
        let left = try kit.office.shell(
            "ls -A | grep -v -x -e Arsip -e satu -e dua -e tiga -e alat -e periksa-sendiri.py"
        )
        #expect(
            left.text.split(separator: "\n").allSatisfy { $0.hasPrefix("tmp") || $0.hasPrefix("out-") },
            "\(left.text)"
        )
    }

    @Test func `a proof changes nothing in the home, and takes no place that is taken`() throws {
        let (kit, _) = try AuditorKit.founded()
        let office = kit.office
        let state =
            "cd Arsip && find . -printf '%p %y %m %s %T@\\n' | sort && find . -type f -exec sha512sum {} + | sort"
        let before = try office.shell(state).text
        #expect(try office.berkas("prove", "RKT-2024-0001", "--to", "a/b/bukti").status == 0)
        #expect(try office.berkas("prove", "RKT-2024-0001", "--to", "a/b/bukti").status == 1)
        #expect(try office.berkas("prove", "RKT-2024-0001", "--to", "satu").status == 1)
        #expect(try office.berkas("prove", "RKT-2024-0001", "--to", "Arsip/store/bukti").status == 1)
        #expect(try office.berkas("prove", "RKT-2024-0001", "--to", "..").status == 64)
        try #require(office.shell("mkdir kosong").status == 0)
        #expect(try office.berkas("prove", "RKT-2024-0001", "--to", "kosong").status == 0)
        for call in [["prove", "--to", "x"], ["prove", "RKT-2024-0001"], ["prove", "RKT-2024-0001@v1", "--to", "x"]] {
            #expect(try office.berkas(call).status == 64, "\(call)")
        }
        let missing = try office.berkas("prove", "RKT-2024-0001", "RKT-2024-9999", "--to", "x")
        #expect(missing.status == 1 && missing.errorText.contains("RKT-2024-9999"))
        #expect(!FileManager.default.fileExists(atPath: office.path("x").string))
        #expect(try office.shell(state).text == before)
    }
}
