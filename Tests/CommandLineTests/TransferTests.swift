import Foundation
import SystemPackage
import TestSupport
import Testing

/// Records that are handed over: package, receipt, and only then removal here.
@Suite(.scratch)
struct TransferTests {
    /// A deposit that lacks nothing before it is handed over.
    static func approved(_ desk: DisposalOffice) throws -> String {
        let list = try desk.proposed("serah", ["--due"])
        try desk.assessed(list)
        try desk.attach(list, "notula", "pertimbangan", "pemberitahuan")
        let answer = try desk.approve(list, "kepala-lkd", by: "Kepala LKD")
        #expect(answer.status == 0, "\(answer.everything)")
        try desk.attach(list, "penetapan")
        return list
    }

    @Test func `R31: what is deposited is packed, confirmed by the receiver, and removed only then`() throws {
        let desk = try DisposalOffice()
        let list = try Self.approved(desk)
        let early = try desk.berkas(as: "Siti", "transfer", "remove", list)
        #expect(early.status == 4)
        let started = try desk.start(list, to: "serah.tar")
        #expect(started.status == 0, "\(started.everything)")
        #expect(started.text.contains("handed over RKT-2018-0004") && started.text.contains("packed 2 records"))
        let waiting = try desk.berkas(as: "Siti", "transfer", "remove", list)
        #expect(waiting.status == 4)
        #expect(waiting.errorText.contains("the receiver has not confirmed"))
        #expect(try desk.office.berkas("get", "RKT-2018-0004", "--to", "keluar").status == 0)
        try desk.receive(list, of: "serah.tar", by: "Kepala LKD")
        let removed = try desk.berkas(as: "Siti", "transfer", "remove", list, "--package", "serah.tar")
        #expect(removed.status == 0, "\(removed.everything)")
        #expect(
            try desk.office.berkas("show", "RKT-2018-0005").text.contains(
                "after its deposit with the archives by \(list)"
            )
        )
        #expect(try desk.office.berkas("verify").status == 0)
        #expect(try desk.office.berkas("rebuild").status == 0)
        #expect(try desk.office.berkas("verify").status == 0)
        // The receiver's archive has all of it.
        let other = try Office.founded(named: "LKD")
        #expect(try other.berkas("import", "serah.tar").status == 0)
        #expect(try other.records().compactMap { $0.text("id") } == ["RKT-2018-0004", "RKT-2018-0005"])
    }

    @Test func `R31: a hold that comes after the package keeps the record here, and a list is closed without removal`()
        throws
    {
        let desk = try DisposalOffice()
        let list = try Self.approved(desk)
        #expect(try desk.start(list, to: "serah.zip").status == 0)
        try desk.receive(list, of: "serah.zip", by: "LKD")
        try desk.hold("--dossier", "RKT/2018")
        let removed = try desk.berkas(as: "Siti", "transfer", "remove", list, "--package", "serah.zip")
        #expect(removed.status == 4)
        #expect(removed.errorText.contains("is held by"))
        #expect(try desk.office.records().allSatisfy { $0.part("removed") == nil })
        let closed = try desk.berkas(as: "Siti", "transfer", "close", list)
        #expect(closed.status == 0, "\(closed.everything)")
        #expect(try desk.office.berkas("disposal", "show", list).text.contains("handed over, and here still"))
    }

    @Test func `a move to the unit kearsipan is assessed by the giving unit and approved by the receiving one`() throws
    {
        let desk = try DisposalOffice()
        let list = try desk.proposed("pindah", ["RKT-2018-0001"])
        try desk.attach(list, "daftar")
        #expect(try desk.berkas(as: "Ani", "disposal", "assess", list, "--agree-rest").status == 4)
        let said = try desk.berkas(as: "Hasan", "disposal", "assess", list, "--agree-rest")
        #expect(said.status == 0, "\(said.everything)")
        let answer = try desk.approve(list, "kepala-unit-kearsipan", by: "Kepala UK")
        #expect(answer.status == 0, "\(answer.everything)")
        let started = try desk.start(list, to: "pindah.tar")
        #expect(started.status == 0, "\(started.everything)")
    }
}
