import Foundation
import SystemPackage
import TestSupport
import Testing

/// Whatever is changed behind the program's back is found and named, and is no fault any more when it is put back.
@Suite(.scratch)
struct DamageTests {
    /// What is done to a home in `Arsip`, by a shell that knows `$O` and `$P` (two objects), and what must be named.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: String
        let named: [String]

        init(_ what: String, _ script: String, named: String...) {
            testDescription = what
            self.script = script
            self.named = named
        }
    }

    private static let flip = "flip() { printf '\\377' | dd of=\"$1\" bs=1 seek=\"$2\" conv=notrunc status=none; }; "
    private static let resum =
        "resum() { echo \"$(sha512sum < \"$1/inventory.json\" | cut -d' ' -f1) inventory.json\" > \"$1/inventory.json.sha512\"; }; "

    static let store = [
        Damage(
            "a flipped bit in a file",
            "flip $O/v1/content/files/draf.txt 2",
            named: "RKT-2024-0001",
            "v1",
            "content/files/draf.txt"
        ),
        Damage(
            "a flipped bit in the second version",
            "flip $O/v2/content/files/draf2.txt 2",
            named: "RKT-2024-0001",
            "v2",
            "draf2.txt"
        ),
        Damage(
            "a flipped bit in record.json",
            "flip $O/v1/content/record.json 20",
            named: "RKT-2024-0001",
            "v1",
            "record.json"
        ),
        Damage("a missing file", "rm $O/v1/content/files/draf.txt", named: "RKT-2024-0001", "v1", "draf.txt"),
        Damage(
            "an extra file in a version",
            "echo x > $O/v1/content/files/lebih.txt",
            named: "RKT-2024-0001",
            "v1",
            "lebih.txt"
        ),
        Damage("an extra file in an object", "echo x > $O/lebih.txt", named: "RKT-2024-0001", "lebih.txt"),
        Damage(
            "an extra folder in the root",
            "mkdir Arsip/store/lebih && echo x > Arsip/store/lebih/x",
            named: "lebih"
        ),
        Damage(
            "a truncated file",
            "truncate -s 3 $O/v1/content/files/draf.txt",
            named: "RKT-2024-0001",
            "v1",
            "draf.txt"
        ),
        Damage("an emptied file", ": > $O/v1/content/files/draf.txt", named: "RKT-2024-0001", "v1", "draf.txt"),
        Damage(
            "two files swapped",
            "mv $O/v1/content/files/draf.txt t && mv $P/v1/content/files/surat.txt $O/v1/content/files/draf.txt && mv t $P/v1/content/files/surat.txt",
            named: "RKT-2024-0001",
            "RKT-2024-0002",
            "draf.txt",
            "surat.txt"
        ),
        Damage(
            "an edited inventory",
            "sed -i 's/Siti/Susi/' $O/inventory.json",
            named: "RKT-2024-0001",
            "inventory.json"
        ),
        Damage(
            "an edited inventory of an old version",
            "sed -i 's/Siti/Susi/' $O/v1/inventory.json",
            named: "RKT-2024-0001",
            "v1"
        ),
        Damage(
            "an edited sidecar",
            "sed -i 's/^[0-7]/8/;t;s/^./0/' $O/inventory.json.sha512",
            named: "RKT-2024-0001",
            "inventory.json"
        ),
        Damage("a missing sidecar", "rm $O/inventory.json.sha512", named: "RKT-2024-0001", "inventory.json"),
        Damage(
            "an edited inventory together with its sidecar",
            "for d in $O $O/v2; do sed -i 's/Siti/Susi/' $d/inventory.json; resum $d; done",
            named: "RKT-2024-0001",
            "v2"
        ),
        Damage(
            "an old version's inventory together with its sidecar",
            "sed -i 's/Siti/Susi/' $O/v1/inventory.json; resum $O/v1",
            named: "RKT-2024-0001",
            "v1"
        ),
        Damage(
            "a version forged with matching digests",
            """
            old=$(sha512sum $P/v1/content/files/surat.txt | cut -c1-128); echo palsu > $P/v1/content/files/surat.txt
            new=$(sha512sum $P/v1/content/files/surat.txt | cut -c1-128)
            for d in $P $P/v1; do sed -i "s/$old/$new/g" $d/inventory.json; resum $d; done
            """,
            named: "RKT-2024-0002",
            "v1"
        ),
        Damage("a rolled back version", "rm -r $O/v2; cp $O/v1/inventory.json* $O/", named: "RKT-2024-0001", "v2"),
        Damage("a missing inventory", "rm $O/inventory.json", named: "RKT-2024-0001", "inventory.json"),
        Damage("a missing declaration", "rm $O/0=ocfl_object_1.1", named: "RKT-2024-0001"),
        Damage("a deleted object", "rm -r $O", named: "RKT-2024-0001"),
        Damage(
            "an object that was copied",
            "mkdir -p Arsip/store/fff/fff/fff; cp -a $O Arsip/store/fff/fff/fff/$(basename $O)",
            named: "fff"
        ),
        Damage(
            "a file that became a link",
            "mv $O/v1/content/files/draf.txt t; ln -s $PWD/t $O/v1/content/files/draf.txt",
            named: "RKT-2024-0001",
            "draf.txt"
        ),
        Damage("a root without its declaration", "rm Arsip/store/0=ocfl_1.1", named: "store"),
        Damage("a store that is gone", "rm -r Arsip/store", named: "store"),
    ]

    static let index = [
        Damage(
            "a record's row deleted",
            sql(
                "DELETE FROM search_text WHERE row_id=1; DELETE FROM file WHERE record_row=1; DELETE FROM version WHERE record_row=1; DELETE FROM record WHERE row_id=1"
            ),
            named: "RKT-2024-0001",
            "catalogue"
        ),
        Damage(
            "a record's row added",
            sql(
                "INSERT INTO record SELECT 99,'RKT-2024-0099',year,99,head,step,type,unit,title,number,date,signer,signature,classification,access,location,NULL,note,files,bytes,received,received_by,NULL,NULL,NULL FROM record WHERE row_id=1"
            ),
            named: "RKT-2024-0099",
            "catalogue"
        ),
        Damage(
            "a title changed",
            sql("UPDATE record SET title='Palsu' WHERE row_id=2"),
            named: "RKT-2024-0002",
            "catalogue"
        ),
        Damage(
            "a file's digest changed",
            sql("UPDATE file SET digest=zeroblob(64) WHERE record_row=2"),
            named: "RKT-2024-0002",
            "catalogue"
        ),
        Damage(
            "an event changed",
            sql("UPDATE event SET line=replace(line,'Siti','Susi') WHERE seq=1"),
            named: "catalogue"
        ),
        Damage(
            "the search words changed",
            sql("UPDATE search_text SET title='palsu' WHERE row_id=1"),
            named: "RKT-2024-0001",
            "catalogue"
        ),
        Damage(
            "a catalogue that is no database",
            "echo x > Arsip/catalogue.sqlite; rm -f Arsip/catalogue.sqlite-*",
            named: "catalogue"
        ),
        Damage("a ledger line edited", "sed -i '2s/Siti/Susi/' Arsip/ledger/events.jsonl", named: "ledger"),
        Damage("a ledger line removed", "sed -i 2d Arsip/ledger/events.jsonl", named: "ledger"),
        Damage("two ledger lines swapped", "sed -i '2{h;d};3G' Arsip/ledger/events.jsonl", named: "ledger"),
        Damage(
            "a ledger line added",
            "tail -n 1 Arsip/ledger/events.jsonl >> Arsip/ledger/events.jsonl",
            named: "ledger"
        ),
        Damage("a ledger cut in the middle of a line", "truncate -s -20 Arsip/ledger/events.jsonl", named: "ledger"),
        Damage("a ledger cut behind a line", "sed -i '$d' Arsip/ledger/events.jsonl", named: "ledger"),
        Damage("an emptied ledger", ": > Arsip/ledger/events.jsonl", named: "ledger"),
        Damage(
            "a checkpoint with another hash",
            "sed -i '3s/^./-/;3s/^-/A/;3s/^\\(.\\)./\\1B/' Arsip/ledger/checkpoint",
            named: "ledger"
        ),
        Damage("a checkpoint of another size", "sed -i '2s/.*/2/' Arsip/ledger/checkpoint", named: "ledger"),
        Damage("a checkpoint that is gone", "rm Arsip/ledger/checkpoint", named: "ledger"),
        Damage("a ledger that is gone", "rm -r Arsip/ledger", named: "ledger"),
        Damage(
            "a flipped bit in a package",
            "flip Arsip/packages/RKT-2024-0002.tar 3000",
            named: "packages",
            "RKT-2024-0002.tar"
        ),
        Damage("a deleted package", "rm Arsip/packages/RKT-2024-0002.tar", named: "packages", "RKT-2024-0002.tar"),
        Damage(
            "a deleted digest of a package",
            "rm Arsip/packages/RKT-2024-0002.tar.sha512",
            named: "packages",
            "RKT-2024-0002.tar.sha512"
        ),
        Damage("an added package", "echo x > Arsip/packages/lebih.tar", named: "packages", "lebih.tar"),
    ]

    private static func sql(_ statement: String) -> String { "sqlite3 Arsip/catalogue.sqlite \"\(statement)\"" }

    @Test(arguments: store + index)
    func `damage is found, named, and gone when it is put right`(damage: Damage) throws {
        guard Tool.isPresent("sqlite3") else { return }
        let office = try Office.founded()
        let manifest =
            "path,year,step,type,label\ndraf.txt,2024,6,draft-rkt,draf\ndraf2.txt,2024,6,draft-rkt,draf\nsurat.txt,2024,1,disposisi,\n"
        let files = ["draf.txt": "draf satu\n", "draf2.txt": "draf dua\n", "surat.txt": "isi surat\n"]
        try #require(office.berkas("ingest", try office.batch("satu", manifest, files: files).string, "-q").status == 0)
        try #require(office.berkas("pack", "RKT-2024-0002", "-q").status == 0)
        let objects = try
            "O=Arsip/\(office.object(of: "RKT-2024-0001")); P=Arsip/\(office.object(of: "RKT-2024-0002")); "
        try #require(office.shell("cp -a Arsip Utuh").status == 0)
        let done = try office.shell("set -e; " + Self.flip + Self.resum + objects + damage.script)
        try #require(done.status == 0, "\(done.errorText)")

        let found = try office.berkas("verify", "--json")
        #expect(found.status == 5, "\(found.everything)")
        let findings = try found.facts("finding")
        let told =
            findings.map { finding in
                ["area", "record", "version", "path", "message"].compactMap { finding.text($0) }.joined(separator: " ")
            }.joined(separator: "\n") + (findings.isEmpty ? found.errorText : "")
        for word in damage.named { #expect(told.contains(word), "'\(word)' is not named in: \(told)") }
        #expect(findings.count <= 12, "one fault, \(findings.count) findings:\n\(told)")
        #expect(try office.berkas("verify").status == 5, "a second look must find it too")

        try #require(office.shell("rm -rf Arsip && mv Utuh Arsip").status == 0)
        let restored = try office.berkas("verify")
        #expect(restored.status == 0, "\(restored.everything)")
    }

    @Test(arguments: index.filter { $0.named.contains("ledger") })
    func `ledger verify finds what was done to the ledger`(damage: Damage) throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string, "-q").status == 0)
        try #require(office.shell("set -e; " + damage.script).status == 0)
        let answer = try office.berkas("ledger", "verify")
        #expect(answer.status == 5, "\(answer.everything)")
        if damage.testDescription == "a ledger line edited" {
            #expect(answer.text.contains("line 2"), "\(answer.text)")
        }
    }

    @Test(arguments: ["rm -r $O", "rm $O/inventory.json.sha512", "sed -i 's/Siti/Susi/' $O/inventory.json"])
    func `damage of the store is not told as a fault of the catalogue that a rebuild would mend`(script: String) throws
    {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 2).string, "-q").status == 0)
        let object = try "O=Arsip/\(office.object(of: "RKT-2024-0001")); "
        try #require(office.shell("set -e; " + object + script).status == 0)
        let findings = try office.berkas("verify", "--json").facts("finding")
        #expect(findings.contains { $0.text("area") == "store" && $0.text("record") == "RKT-2024-0001" })
        let advice = findings.filter { $0.text("message")?.contains("rebuild") == true }
        #expect(advice.isEmpty, "\(advice.count) findings say that 'berkas rebuild' mends it")
    }

    @Test func `a store that was put back is right again, although the sweep was entered meanwhile`() throws {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string, "-q").status == 0)
        let object = try office.object(of: "RKT-2024-0002")
        try #require(
            office.shell("cp -a Arsip/\(object) aman && rm Arsip/\(object)/v1/content/files/berkas-1.txt").status == 0
        )
        let one = try office.berkas("verify", "RKT-2024-0002")
        #expect(one.status == 5)
        #expect(try office.berkas("verify", "RKT-2024-0001").status == 0)
        #expect(try office.berkas("verify").status == 5)
        try #require(office.shell("rm -r Arsip/\(object) && mv aman Arsip/\(object)").status == 0)
        #expect(try office.berkas("verify").status == 0)
        #expect(try office.berkas("history", "RKT-2024-0002").text.contains("failure"))
    }
}
