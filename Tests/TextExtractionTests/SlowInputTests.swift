import BoundedProcess
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing
import TextExtraction

/// Small files that take minutes: each ends within the budget of a file, and what was not read is named.
@Suite(.scratch)
struct SlowInputTests {
    private static let short = FileBudget.Limits(time: .seconds(2))

    private func slow(_ name: String) -> FilePath? { Checkout.shared("found/slow").map { $0.appending(name) } }

    private func cut(_ reading: DocumentReading) -> ReadingFinding? {
        reading.findings.first { $0.code == .budgetSpent }
    }

    // MARK: - formbomb.pdf

    @Test func `formbomb_pdf ends within its budget, and its page is named as not read`() throws {
        guard let file = slow("formbomb.pdf") else { return }
        let reading = try Reading.read(file, budget: Self.short)
        let finding = try #require(cut(reading))
        #expect(
            finding.severity == .fault && finding.message.hasPrefix("the 2 seconds that one file may take are over")
        )
        #expect(finding.message.hasSuffix("page 1 of 1 was not read") && finding.remedy.contains("file-budget"))
        #expect(reading.pageCount == 1 && reading.pagesRead == 0)
        #expect(reading.toldFindings.count { $0.code == .budgetSpent } == 1)
    }

    @Test func `formbomb_pdf runs into the limits of its page where a file may take long, and no program runs twice`()
        throws
    {
        guard let file = slow("formbomb.pdf") else { return }
        var limits = Reading.limits
        limits.text.wall = .seconds(1)
        limits.picture.wall = .seconds(1)
        let reading = try Reading.read(file, limits: limits)
        #expect(Reading.codes(reading) == [.limit] && reading.pagesRead == 0, "\(reading.allFindings)")
    }

    @Test func `the file after one whose budget is spent is read`() throws {
        guard let bomb = slow("formbomb.pdf") else { return }
        let plain = try Scratch.file("a.txt", Array("MANGGIS".utf8))
        let requests = [bomb, plain].map {
            ReadingRequest(file: $0, name: Array($0.string.utf8), digest: "d", pages: nil)
        }
        let found = Mutex<[Int: DocumentReading]>([:])
        try Reading.reader(budget: Self.short).read(requests, width: 1) { index, result in
            let reading = try result.get()
            found.withLock { $0[index] = reading }
        }
        let readings = found.withLock { $0 }
        #expect(readings[0].flatMap { cut($0) } != nil)
        #expect(readings[1]?.pages.map(\.text) == ["MANGGIS"] && readings[1]?.pagesRead == 1)
    }

    @Test func `of a document whose pages draw for ever, those that the budget did not reach are named by number`()
        throws
    {
        let forms = (0..<10).map { level -> String in
            let drawing = level == 9 ? "0 0 1 1 re f" : String(repeating: "/X Do ", count: 10)
            let inner = level == 9 ? "" : "/XObject<</X \(level + 7) 0 R>>"
            return "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<\(inner)>>/Length \(drawing.utf8.count)>>"
                + "stream\n\(drawing)\nendstream"
        }
        let whole = String(
            decoding: FormatTests.pdf("/X Do", resources: "/XObject<</X 6 0 R>>", more: forms),
            as: UTF8.self
        )
        // The same page, five times.
        let five = whole.replacingOccurrences(of: "[3 0 R]/Count 1", with: "[3 0 R 3 0 R 3 0 R 3 0 R 3 0 R]/Count 5")
        try #require(five != whole)
        let reading = try Reading.read(try Scratch.file("a.pdf", Array(five.utf8)), budget: Self.short)
        let finding = try #require(cut(reading))
        #expect(finding.message.hasSuffix("pages 1 to 5 of 5 were not read"), "\(finding.message)")
        #expect(reading.pages.allSatisfy { page in page.findings.contains { $0.code == .budgetSpent } })
        #expect(reading.pageCount == 5 && reading.pagesRead == 0)
    }

    // MARK: - loop.tif

    @Test func `loop_tif says that its directories form a ring, and that its page is too large`() throws {
        guard let file = slow("loop.tif") else { return }
        let reading = try Reading.read(file)
        #expect(reading.pageCount == 1 && reading.pagesRead == 0)
        let damage = try #require(reading.findings.first { $0.code == .damaged })
        #expect(damage.message.contains("form a ring: after page 1 comes page 1 again"), "\(damage.message)")
        #expect(Reading.codes(reading).contains(.limit))
    }

    /// A TIFF of that many directories of eight by eight pixels; `next` gives the place of what follows each.
    private func tiff(_ count: Int, isBig: Bool = false, next: (Int) -> Int? = { $0 + 1 }) -> [UInt8] {
        func little(_ value: Int, _ width: Int) -> [UInt8] {
            (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let tags = [(256, 8), (257, 8), (258, 1), (259, 1), (262, 1), (273, 8), (277, 1), (278, 8), (279, 8)]
        let (head, entry, wide) = isBig ? (8, 20, 8) : (2, 12, 4)
        let start = isBig ? 16 : 8
        let length = head + tags.count * entry + wide
        var bytes: [UInt8] = [0x49, 0x49]
        bytes +=
            isBig ? little(43, 2) + little(8, 2) + little(0, 2) + little(start, 8) : little(42, 2) + little(start, 4)
        for index in 0..<count {
            bytes += little(tags.count, head)
            for (tag, value) in tags { bytes += little(tag, 2) + little(4, 2) + little(1, wide) + little(value, wide) }
            bytes += little(next(index).map { start + $0 * length } ?? 0, wide)
        }
        return bytes
    }

    @Test func `five thousand directories are counted in one walk`() throws {
        let file = try Scratch.file("a.tif", tiff(5_000) { $0 == 4_999 ? nil : $0 + 1 })
        let reading = try Reading.read(file, budget: FileBudget.Limits(time: .seconds(500)))
        #expect(reading.pageCount == 5_000 && reading.pages.count == 5_000)
        #expect(!reading.findings.contains { $0.code == .damaged })
    }

    @Test(arguments: [false, true])
    func `a ring is found wherever it closes, and a way that leads nowhere is said`(_ isBig: Bool) throws {
        let budget = FileBudget.Limits(time: .seconds(500))
        let ring = try Scratch.file("ring.tif", tiff(4, isBig: isBig) { $0 == 3 ? 1 : $0 + 1 })
        let reading = try Reading.read(ring, budget: budget)
        #expect(reading.pageCount == 4)
        #expect(reading.findings.contains { $0.message.contains("after page 4 comes page 2 again") })
        let nowhere = try Scratch.file("lost.tif", tiff(3, isBig: isBig) { $0 == 2 ? 1_000 : $0 + 1 })
        let lost = try Reading.read(nowhere, budget: budget)
        #expect(
            lost.pageCount == 3 && lost.findings.contains { $0.message.contains("comes after page 3 cannot be read") }
        )
        let good = try Scratch.file("good.tif", tiff(3, isBig: isBig) { $0 == 2 ? nil : $0 + 1 })
        let whole = try Reading.read(good, budget: budget)
        #expect(whole.pageCount == 3 && whole.pagesRead == 3 && !Reading.codes(whole).contains(.damaged))
    }

    // MARK: - del.docx

    @Test func `del_docx ends within its budget, or with its first corrections marked`() throws {
        guard let file = slow("del.docx") else { return }
        let reading = try Reading.read(file, budget: FileBudget.Limits(time: .milliseconds(300)))
        #expect(reading.format.format == .docx && reading.format.agrees == true)
        #expect(try #require(cut(reading)).message.hasSuffix("nothing of it was read"))
        #expect(reading.pagesRead == 0 && !Reading.codes(reading).contains(.extensionDiffers))
        var limits = Reading.limits
        limits.document = ProcessLimits(wall: .seconds(500), cpuSeconds: 200, memory: 2 << 30, output: 256 << 20)
        let whole = try Reading.read(file, limits: limits)
        #expect(whole.pages.first?.spans.count == 50_000 && whole.pages.first?.text.hasPrefix("x y\nx y\n") == true)
        let finding = try #require(whole.allFindings.first { $0.code == .limit })
        #expect(finding.page == 1 && finding.message.contains("more than 50000 corrections"), "\(finding.message)")
    }

    @Test func `nested deletions are marked, each within the other`() throws {
        let depth = 200
        let opening = (0..<depth).map { "<w:del w:author='A\($0)'>" }.joined()
        let body =
            "<w:p>\(opening)<w:r><w:delText>dihapus</w:delText></w:r>" + String(repeating: "</w:del>", count: depth)
            + "</w:p>"
        let file = try Reading.docx("a.docx", body: String(repeating: body, count: 200))
        let reading = try Reading.read(file, budget: FileBudget.Limits(time: .seconds(500)))
        #expect(reading.pages.first?.spans.count == depth * 200 && reading.allFindings.isEmpty)
    }

    // MARK: - Counting

    @Test func `pages that were read are counted beside those that there are`() throws {
        guard let scan = Checkout.shared("samples/rkt/2023/10-ditandatangani/rkt-2023-ditandatangani.pdf") else {
            return
        }
        let reading = try Reading.read(scan)
        #expect(reading.pagesRead == reading.pageCount && reading.pagesRead ?? 0 > 0)
    }
}
