import Foundation
import SystemPackage
import TestSupport
import Testing

/// Sources that are no plain files, that have difficult names, or that change while they are read.
@Suite(.scratch)
struct SourceFileTests {
    private static let names = [
        "baris\nbaru.txt", "kanan\u{202E}oxt.txt", "emoji 😀👨‍👩‍👧.txt", "caf\u{E9}.txt", "cafe\u{301}.txt",
        "\u{301}menempel",
        String(repeating: "x", count: 251) + ".txt", String(repeating: "é", count: 125) + ".txt", "koma,titik;.txt",
        "\"kutip\".txt", " spasi depan", "spasi belakang ", "tab\t.txt", "balik\\garis.txt", "persen%0A.txt", "~tilde",
        "-tanda-hubung.txt", "$(id).txt", "akhir\r", "record.json", "inventory.json", "..rahasia", "...",
        "\u{1}kendali",
        "A.TXT", "a.txt", ".tersembunyi", "*.txt", "CON.txt", "é/dalam.txt", "map\n/dalam2.txt",
    ]

    private func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    private func office() throws -> Office {
        let office = try Office.founded()
        var rows = ["path,year,step,type"]
        for (number, name) in Self.names.enumerated() {
            rows.append(quoted(name) + ",2024,1,disposisi")
            try office.write("isi \(number)", to: "nama/" + name)
        }
        let batch = try office.batch("nama", rows.joined(separator: "\n") + "\n")
        let answer = try office.berkas("ingest", batch.string, "--json")
        try #require(answer.status == 0, "\(answer.everything)")
        #expect(try answer.facts("kept").count == Self.names.count)
        return office
    }

    /// The last part of a name's path, cut at bytes: as characters, an accent would belong to the slash.
    private func lastPart(_ name: String) -> String {
        String(decoding: name.utf8.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    }

    @Test func `every name comes out as it went in, byte for byte`() throws {
        let office = try office()
        #expect(try office.berkas("verify").status == 0)
        let answer = try office.berkas("get", "--year", "2024", "--to", "keluar", "--json")
        #expect(answer.status == 0)
        #expect(try answer.facts("file").count == Self.names.count)
        for (number, name) in Self.names.enumerated() {
            let folder = "RKT-2024-" + String(("000" + String(number + 1)).suffix(4))
            let file = office.path("keluar").string + "/" + folder + "/" + lastPart(name)
            #expect(
                FileManager.default.contents(atPath: file) == Data("isi \(number)".utf8),
                "\(name.debugDescription)"
            )
        }
        let again = try office.berkas("ingest", "nama", "--json")
        #expect(try again.facts("already-kept").count == Self.names.count)
    }

    @Test func `no name can act on the terminal, and lists keep one line a record`() throws {
        let office = try office()
        for call in [
            ["list"], ["ingest", "nama"], ["show", "RKT-2024-0001"], ["search", "baris"], ["history", "RKT-2024-0002"],
        ] {
            let shown = try office.berkas(call).everything
            for scalar in ["\u{1}", "\u{202E}", "\r", "\t"] { #expect(!shown.contains(scalar), "\(call)") }
        }
        #expect(try office.berkas("list").text.split(separator: "\n").count == Self.names.count + 1)
    }

    @Test(arguments: [".tar", ".tar.zst", ".zip"])
    func `every name is in a package, byte for byte but for what a careful reader refuses`(ending: String) throws {
        let office = try office()
        try #require(office.berkas("pack", "--year", "2024", "--to", "p\(ending)").status == 0)
        let script = """
            import sys, tarfile, zipfile, subprocess
            name = sys.argv[1]
            if name.endswith('.zip'):
                found = [i.filename for i in zipfile.ZipFile(name).infolist()]
            else:
                if name.endswith('.zst'): subprocess.run(['zstd', '-dq', name, '-o', 'p2.tar'], check=True); name = 'p2.tar'
                found = [m.name for m in tarfile.open(name)]
            sys.stdout.buffer.write(b'\\0'.join(n.encode('utf-8', 'surrogateescape') for n in found))
            """
        try office.write(script, to: "isi.py")
        guard Tool.isPresent("python3") else { return }
        let listed = try office.shell("python3 isi.py p\(ending)")
        try #require(listed.status == 0, "\(listed.errorText)")
        let found = Set(listed.output.split(separator: 0).map { Array($0) })
        for name in Self.names {
            // What other programs stumble over is written as its code; 'names.jsonl' and 'record.json' have the name as it was.
            let bytes = Array(lastPart(name).utf8)
            let written = bytes.enumerated().flatMap { place, byte -> [UInt8] in
                let isWritten =
                    byte < 0x20 || byte == 0x7F || [0x5C, 0x25, 0x24].contains(byte)
                    || (byte == 0x20 && place == bytes.count - 1)
                return isWritten ? Array(String(format: "=%02X", byte).utf8) : [byte]
            }
            let ends = Array("/files/".utf8) + written
            #expect(found.contains { $0.suffix(ends.count) == ends[...] }, "\(name.debugDescription)")
        }
    }

    @Test func `a name in the other Unicode form is pointed out`() throws {
        let office = try Office.founded()
        let batch = try office.batch(
            "twin",
            "path,year,step,type\ncafe\u{301}.txt,2024,1,disposisi\n",
            files: ["caf\u{E9}.txt": "x"]
        )
        let answer = try office.berkas("ingest", "--json", batch.string)
        #expect(answer.status == 1)
        let fault = try #require(try answer.facts("fault").first)
        #expect(fault.text("remedy")?.isEmpty == false)
        #expect("\(fault.values)".utf8.count > 20)
    }

    @Test func `a FIFO, a socket and a device are refused and never waited on`() throws {
        let office = try Office.founded()
        let rows = ["fifo", "soket", "alat", "biasa"].map { "\($0),2024,1,disposisi" }
        let batch = try office.batch(
            "aneh",
            "path,year,step,type\n" + rows.joined(separator: "\n") + "\n",
            files: ["biasa": "x"]
        )
        let made = try office.shell(
            "cd aneh; mkfifo fifo; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"soket\")'; mknod alat c 1 5"
        )
        for command in ["check", "ingest"] {
            let answer = try office.berkas([command, "--json", batch.string], killAfter: 20)
            #expect(answer.status == 3, "137 is: it waited")
            let messages = try answer.facts("fault").compactMap { $0.text("message") }
            #expect(messages.contains { $0.contains("'fifo' is a FIFO") })
            #expect(messages.contains { $0.contains("'soket' is a socket") })
            if made.status == 0 { #expect(messages.contains { $0.contains("'alat' is a device") }) }
        }
        for special in ["fifo", "soket"] {
            let call = ["ingest", "aneh/\(special)", "--year", "2024", "--step", "1", "--type", "disposisi"]
            #expect(try office.berkas(call, killAfter: 20).status == 1)
            #expect(try office.berkas(["ingest", "aneh/\(special)"], killAfter: 20).status == 1, "as a manifest")
        }
        try #require(office.shell("mkdir pipa; mkfifo pipa/intake.csv").status == 0)
        #expect(try office.berkas(["ingest", "pipa"], killAfter: 20).status == 1)
        #expect(try office.records().count == 1)
    }

    @Test func `a file that changes while it is read is refused, and the others are kept`() throws {
        let office = try Office.founded()
        let batch = try office.batch(
            "besar",
            "path,year,step,type\nbesar,2024,1,disposisi\nkecil,2024,1,disposisi\n",
            files: ["kecil": "x"]
        )
        // The writer never rests: a reader that runs after the end of the file would not come to it.
        let script = """
            head -c 20000000 /dev/zero > besar/besar
            (SECONDS=0; while [ $SECONDS -lt 40 ]; do printf x; done >> besar/besar) & writer=$!
            timeout -s KILL 30 "$BERKAS" ingest --json besar; status=$?
            kill $writer; wait $writer 2>/dev/null; exit $status
            """
        let run = try office.shell(script)
        #expect(run.status == 3, "137 is: it ran after the writer. \(run.text)\(run.errorText)")
        #expect(run.text.contains("changed while it was being read"))
        #expect(try office.records().count == 1)
        #expect(try office.berkas("verify").status == 0)
        let again = try office.berkas("ingest", "--json", batch.string)
        #expect(again.status == 0)
        #expect(try again.facts("summary").first?.number("versions") == 1)
        #expect(try again.facts("summary").first?.number("alreadyKept") == 1)
    }

    @Test func `a file without permission is named`() throws {
        let office = try Office.founded()
        try office.batch(
            "rahasia",
            "path,year,step,type\na,2024,1,disposisi\nb,2024,1,disposisi\n",
            files: ["a": "a", "b": "b"]
        )
        try #require(office.shell("chmod 000 rahasia/a && chmod -R a+rwX Arsip . && chmod 000 rahasia/a").status == 0)
        if geteuid() == 0 {
            guard Tool.isPresent("setpriv") else { return }
            let run = try office.shell(
                "exec setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all \"$BERKAS\" ingest --json rahasia"
            )
            if run.status == 126 || run.status == 127 || run.errorText.contains("setpriv") {
                print("LEFT OUT: root cannot become another user here")
                return
            }
            #expect(run.status == 3, "\(run.text)\(run.errorText)")
            #expect(run.text.contains("'a' may not be read"))
        } else {
            let answer = try office.berkas("ingest", "--json", "rahasia")
            #expect(answer.status == 3)
            #expect(answer.text.contains("'a' may not be read"))
        }
    }
}
