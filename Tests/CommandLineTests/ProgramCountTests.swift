import Foundation
import SystemPackage
import TestSupport
import Testing

/// How many programs an ingest starts: a file without a signature costs none, and all others together cost one helper.
@Suite(.scratch, .serialized)
struct ProgramCountTests {
    /// The programs that a command runs, itself among them, as the kernel sees them.
    private static func programs(_ office: Office, _ words: [String]) throws -> [String]? {
        guard Tool.isPresent("strace") else { return nil }
        let log = office.path("calls.txt").string
        let all = ["-f", "-qq", "-e", "trace=execve,execveat", "-o", log, try Checkout.binary.string] + words
        let result = try Tool.run("strace", all, environment: ["BERKAS_NO_READ": "1", "BERKAS_AS": "Penguji"])
        guard result.status == 0 || result.status == 3 else {
            Issue.record("\(result.status): \(result.text)\(result.errorText)")
            return []
        }
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
        return lines.filter { $0.contains("exec") && $0.hasSuffix("= 0") }
    }

    private static func batch(_ office: Office, _ files: [(name: String, bytes: Data)]) throws -> String {
        let folder = try office.batch(
            "masuk",
            "path,year,step,type,title\n"
                + files.map { "\($0.name),2024,10,rkt,Dokumen \($0.name)\n" }.joined()
        )
        for file in files { try file.bytes.write(to: URL(fileURLWithPath: folder.appending(file.name).string)) }
        return folder.string
    }

    private static func unsigned(_ number: Int) -> Data {
        let text =
            "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n% \(number)\ntrailer<</Root 1 0 R>>\n%%EOF\n"
        return Data(text.utf8)
    }

    @Test func `an ingest of a hundred PDFs without a signature starts no program`() throws {
        let office = try Office.founded()
        let batch = try Self.batch(office, (0..<100).map { ("\($0).pdf", Self.unsigned($0)) })
        guard let programs = try Self.programs(office, ["--home", office.home.string, "ingest", batch]) else { return }
        #expect(programs.count == 1, "\(programs.joined(separator: "\n"))")
        #expect(try office.records().count == 100)
        let shown = try office.berkas("show", "RKT-2024-0001", "--json").facts("version").last
        let report = shown?.part("document")?.parts("signatures").first?.part("report")
        #expect(report?.text("category") == "none" && report?.text("readable") == "not-opened")
        #expect(report?.text("sha256")?.count == 64 && report?.number("bytes") == Self.unsigned(0).count)
        #expect(report?.number("signature_count") == 0 && report?.parts("signatures").isEmpty == true)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `an ingest of a hundred PDFs, signed and unsigned, starts six programs at most, beside those that draw`()
        throws
    {
        guard let suite = Checkout.shared("conformance/signatures") else { return }
        let office = try Office.founded()
        let names = try FileManager.default.contentsOfDirectory(atPath: suite.string).filter { $0.hasSuffix(".pdf") }
        var files = try names.sorted().prefix(50).map { name in
            (name, try Data(contentsOf: URL(fileURLWithPath: suite.appending(name).string)))
        }
        let signed = files.count
        files += (0..<(100 - signed)).map { ("\($0).pdf", Self.unsigned($0)) }
        let batch = try Self.batch(office, files)
        guard let programs = try Self.programs(office, ["--home", office.home.string, "ingest", batch]) else { return }
        print("  \(signed) files that may be signed among 100: \(programs.count) programs")
        // A file that was changed after it was signed is drawn twice, each time by a program in a sandbox of its own.
        let drawings = programs.count { $0.contains("execve(\"/usr/bin/pdftoppm\"") }
        #expect(signed == 50 && programs.count - 2 * drawings <= 6, "\(programs.joined(separator: "\n"))")
        // The count sees what is started: the program itself, and at least the helper.
        #expect(programs.count >= 2)
        #expect(try office.records().count == 100)
    }
}
