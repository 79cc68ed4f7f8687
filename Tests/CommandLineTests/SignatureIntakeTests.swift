import Foundation
import SystemPackage
import TestSupport
import Testing

/// What the electronic signatures of documents do to their filing.
@Suite(.scratch)
struct SignatureIntakeTests {
    private static let forged = "content-swapped-approval.pdf"
    private static let good = "pades-b-lta-crl.pdf"

    /// An office with the suite's trust anchors, and the suite; nil where the suite is not beside the checkout.
    private static func office() throws -> (office: Office, suite: FilePath)? {
        guard let suite = Checkout.shared("conformance/signatures") else { return nil }
        let office = try Office.founded()
        let folder = office.home.appending("policy").appending("trust").string
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["root.pem", "tsa-root.pem"] {
            try FileManager.default.copyItem(
                atPath: suite.appending("trust").appending(name).string,
                toPath: folder + "/" + name
            )
        }
        return (office, suite)
    }

    /// A batch of files of the suite, each with what its row says of its signature.
    private static func batch(_ office: Office, _ suite: FilePath, _ rows: [(file: String, more: String)]) throws
        -> String
    {
        var manifest = "path,year,step,type,title,signer,signature,label\n"
        for (index, row) in rows.enumerated() {
            manifest += "\(index).pdf,2024,10,rkt,RKT \(index),\(row.more)\n"
        }
        let folder = try office.batch("masuk", manifest)
        for (index, row) in rows.enumerated() {
            try FileManager.default.copyItem(
                atPath: suite.appending(row.file).string,
                toPath: folder.appending("\(index).pdf").string
            )
        }
        return folder.string
    }

    private static func report(_ office: Office, _ record: String) throws -> Fact? {
        try office.berkas("show", record, "--json").facts("version").last?.part("document")?.parts("signatures").first?
            .part("report")
    }

    @Test func `a document said to be signed whose signature is invalid is kept out, by check and ingest alike`() throws
    {
        guard let (office, suite) = try Self.office() else { return }
        let rows = [
            (Self.forged, "Kepala,elektronik,rencana"), (Self.good, "Kepala,elektronik,rencana"), (Self.good, ",,"),
            (Self.forged, "Kepala,,"), (Self.forged, "Kepala,basah,"),
        ]
        let batch = try Self.batch(office, suite, rows)
        let checked = try office.berkas("check", batch, "--json")
        #expect(checked.status == 3, "\(checked.everything)")
        let faults = try checked.facts("fault")
        #expect(faults.compactMap { $0.number("row") } == [2, 3, 5])
        #expect(faults.first?.text("column") == "signature")
        #expect(faults.first?.text("remedy")?.contains("--accept-signature") == true)
        #expect(try checked.facts("summary").first?.number("accepted") == 2)
        #expect(try office.records().isEmpty)

        let kept = try office.berkas("ingest", batch, "--json")
        #expect(kept.status == 3, "\(kept.everything)")
        #expect(try kept.facts("kept").compactMap { $0.number("row") } == [4, 6])
        #expect(try kept.facts("fault").compactMap { $0.number("row") } == [2, 3, 5])
        let warnings = try kept.facts("warning").filter { $0.text("column") == "signature" }
        #expect(warnings.compactMap { $0.number("row") } == [6])
        #expect(try office.records().count == 2)
        if let check = try PublishedSchema.check(kept.text + checked.text) {
            #expect(check.status == 0, "\(check.errorText)")
        }
    }

    @Test func `what signatures are worth is kept with the record and still stands when anchors are gone`() throws {
        guard let (office, suite) = try Self.office() else { return }
        let batch = try Self.batch(office, suite, [(Self.good, "Kepala,elektronik,")])
        try #require(office.berkas("ingest", batch).status == 0)
        try FileManager.default.removeItem(atPath: office.home.appending("policy").appending("trust").string)
        let report = try #require(try Self.report(office, "RKT-2024-0001"))
        #expect(report.text("category") == "valid")
        let signature = try #require(report.parts("signatures").first)
        for name in ["signer", "issuer", "proven_time", "algorithm"] { #expect(signature.text(name) != nil, "\(name)") }
        #expect(signature.parts("evidence").count > 2)
        #expect(report.text("checked_at") != nil && report.part("tools") != nil)
        let shown = try office.berkas("show", "RKT-2024-0001").text
        #expect(shown.contains("electronic signature of 0.pdf: valid"))
        try FileManager.default.removeItem(atPath: office.home.appending("catalogue.sqlite").string)
        try #require(office.berkas("rebuild").status == 0)
        #expect(try office.berkas("show", "RKT-2024-0001").text == shown)
        #expect(try office.berkas("verify").status == 0)
    }

    @Test func `a person lets an invalid signature in by name and with a reason, and the ledger says so`() throws {
        guard let (office, suite) = try Self.office() else { return }
        let batch = try Self.batch(
            office,
            suite,
            [(Self.forged, "Kepala,elektronik,"), (Self.good, "Kepala,elektronik,")]
        )
        #expect(
            try office.berkas("ingest", batch, "--accept-signature", "bukti", environment: ["BERKAS_AS": ""]).status
                == 64
        )
        #expect(try office.berkas("ingest", batch, "--accept-signature", " ", "--as", "Siti").status == 64)
        #expect(try office.records().isEmpty)
        let kept = try office.berkas(
            "ingest",
            batch,
            "--accept-signature",
            "barang bukti perkara 12",
            "--as",
            "Siti"
        )
        #expect(kept.status == 0, "\(kept.everything)")
        #expect(kept.errorText.contains("does not hold"))
        #expect(try Self.report(office, "RKT-2024-0001")?.text("category") == "invalid")
        let events = try office.berkas("history", "--event", "signature accepted", "--json").facts("event")
        #expect(events.count == 1)
        #expect(events.first?.text("record") == "RKT-2024-0001" && events.first?.text("actor") == "Siti")
        #expect(events.first?.part("detail")?.text("reason") == "barang bukti perkara 12")
        #expect(try office.berkas("verify").status == 0)
        #expect(try office.berkas("pack", "--year", "2024").status == 0)
    }

    @Test func `said to be electronic and not signed, or no PDF, or without anchors, is a warning and is kept`() throws
    {
        let office = try Office.founded()
        let manifest = """
            path,year,step,type,title,signature
            cetak.txt,2024,10,rkt,Cetakan,elektronik
            rusak.pdf,2024,10,rkt,Rusak,elektronik
            pindai.pdf,2024,10,rkt,Pindaian,basah

            """
        let broken = "%PDF-1.7\n/ByteRange [0 1 2 3] trailer << >>"
        let files = ["cetak.txt": "hasil cetak", "rusak.pdf": broken, "pindai.pdf": broken + "\n"]
        let kept = try office.berkas("ingest", try office.batch("masuk", manifest, files: files).string, "--json")
        #expect(kept.status == 0, "\(kept.everything)")
        let warnings = try kept.facts("warning").filter { $0.text("column") == "signature" }
        #expect(warnings.compactMap { $0.number("row") }.sorted() == [2, 3])
        #expect(try Self.report(office, "RKT-2024-0001") == nil)
        #expect(try Self.report(office, "RKT-2024-0002")?.text("category") == "cannot-tell")
    }

    @Test func `a bag of another program is looked at too, and a forged one is refused`() throws {
        guard let (office, suite) = try Self.office() else { return }
        for (name, file) in [("palsu", Self.forged), ("asli", Self.good)] {
            let bag = office.path(name)
            try FileManager.default.createDirectory(
                atPath: bag.appending("data").string,
                withIntermediateDirectories: true
            )
            let data = bag.appending("data").appending("rkt.pdf").string
            try FileManager.default.copyItem(atPath: suite.appending(file).string, toPath: data)
            let sum = try Tool.run("sha512sum", [data]).text.prefix(128)
            try office.write("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", to: "\(name)/bagit.txt")
            try office.write("\(sum)  data/rkt.pdf\n", to: "\(name)/manifest-sha512.txt")
        }
        let words = [
            "--year", "2024", "--step", "10", "--type", "rkt", "--signer", "Kepala", "--signature", "elektronik",
        ]
        let refused = try office.berkas(["import", office.path("palsu").string] + words)
        #expect(refused.status == 4 && refused.text.contains("does not hold"), "\(refused.everything)")
        #expect(try office.records().isEmpty)
        let taken = try office.berkas(["import", office.path("asli").string] + words)
        #expect(taken.status == 0, "\(taken.everything)")
        #expect(try Self.report(office, "RKT-2024-0001")?.text("category") == "valid")
    }
}
