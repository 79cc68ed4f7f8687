import Foundation
import SystemPackage
import TestSupport
import Testing

/// What an auditor has: a folder that the office gave out, a script of his own, Python, openssl, and nothing of Berkas.
struct AuditorKit {
    let office: Office

    /// An office with six records, one of them in two versions, and a checkpoint from the middle of its history.
    static func founded() throws -> (kit: AuditorKit, early: String) {
        let office = try Office.founded()
        try #require(office.berkas("ingest", try office.batch("satu", count: 3).string, "-q").status == 0)
        let early = String(decoding: try office.content("ledger/checkpoint"), as: UTF8.self)
        let rows = "path,year,step,type,label\nsurat 1.txt,2024,1,disposisi,x\nsurat 2.txt,2024,1,disposisi,x\n"
        let files = ["surat 1.txt": "naskah\n", "surat 2.txt": "naskah yang diperbaiki\n"]
        try #require(office.berkas("ingest", try office.batch("dua", rows, files: files).string, "-q").status == 0)
        try #require(office.berkas("ingest", try office.batch("tiga", count: 2).string, "-q").status == 0)
        return (try AuditorKit(office), early)
    }

    /// Makes the auditor's folder of programs: Python and openssl, and nothing else.
    init(_ office: Office) throws {
        self.office = office
        let script = """
            mkdir -p alat && ln -sf "$(python3 -c 'import sys; print(sys.executable)')" alat/python3
            ln -sf "$(command -v openssl)" alat/openssl && cp "$SCRIPT" periksa-sendiri.py
            """
        let own = Checkout.root.pushing("Sources/Operations/Proof/periksa.py").string
        try #require(office.shell(script, environment: ["SCRIPT": own]).status == 0)
    }

    /// Runs the script in an empty environment.
    func check(_ folder: String = "bukti", _ words: String..., with script: String = "periksa-sendiri.py") throws
        -> ToolResult
    {
        let command = "env -i PATH=\"$PWD/alat\" python3 '\(script)' --bundel '\(folder)' "
        return try office.shell(command + words.map { "'\($0)'" }.joined(separator: " "))
    }

    /// The paths of all files of the folder.
    func files(_ folder: String = "bukti") throws -> [String] {
        try office.shell("cd '\(folder)' && find . -type f | cut -c 3- | LC_ALL=C sort").lines
    }

    /// Makes `daftar.txt` anew, as somebody does who covers his tracks.
    func relist(_ folder: String = "bukti") throws {
        let script = """
            import hashlib, os, sys
            top = sys.argv[1]
            paths = sorted(os.path.relpath(os.path.join(d, n), top) for d, _, names in os.walk(top) for n in names)
            lines = [hashlib.sha512(open(f"{top}/{p}", "rb").read()).hexdigest() + f"  {p}\\n" for p in paths if p != "daftar.txt"]
            open(top + "/daftar.txt", "w").writelines(lines)
            """
        try office.write(script, to: "daftar-baru.py")
        try #require(office.shell("python3 daftar-baru.py '\(folder)'").status == 0)
    }
}
