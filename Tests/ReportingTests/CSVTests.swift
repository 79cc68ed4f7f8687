import Foundation
import OfficeFiles
import RecordsModel
import Reporting
import TestSupport
import Testing

struct CSVTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func `the text is RFC 4180 with a byte order mark, or without`() {
        let table = Papers.table(["a,b", "c\"d", "e;f", " g", "h", ""])
        let text = "No,Uraian\r\n1,\"a,b\"\r\n2,\"c\"\"d\"\r\n3,\"e;f\"\r\n4,\" g\"\r\n5,h\r\n6,\r\n"
        #expect(CSVRenderer().bytes(of: table) == [0xEF, 0xBB, 0xBF] + bytes(text))
        #expect(CSVRenderer(hasMark: false).bytes(of: table) == bytes(text))
        let other = CSVRenderer(hasMark: false, separator: .semicolon).bytes(of: Papers.table(["x"]))
        #expect(other == bytes("No;Uraian\r\n1;x\r\n"))
    }

    @Test(.scratch) func `Python reads back what stands in every cell, whatever was in it`() throws {
        let table = Papers.table(Papers.hostile + [String(repeating: "x\"", count: 5000)])
        let read = try Peer.read("csv", CSVRenderer().bytes(of: table), as: [[String]].self)
        #expect(read.count == table.rows.count + 1 && read[0] == ["No", "Uraian"])
        for (row, cells) in zip(read.dropFirst(), table.rows) {
            guard case .text(let text) = cells[1] else { continue }
            #expect(bytes(row[1]) == bytes(PaperText.guarded(text)), "\(text.debugDescription)")
        }
    }

    @Test func `our own reader reads it, with either separator`() {
        for separator in CSVRenderer.Separator.allCases {
            let content = CSVRenderer(hasMark: false, separator: separator).bytes(
                of: Papers.table(["a,b;c", "\u{301}d"])
            )
            var reader = CSVReader(content)
            #expect(reader.next()?.fields == ["No", "Uraian"])
            #expect(reader.next()?.fields == ["1", "a,b;c"])
            #expect(reader.next()?.fields.last.map(bytes) == bytes("\u{301}d"))
            #expect(reader.next() == nil)
        }
    }

    @Test func `numbers stay numbers, dates are written as the paper writes them, and nothing is nothing`() throws {
        let date = try #require(CivilDate("2018-03-05"))
        let fields: [PaperTable.Field<Int>] = [
            .init("Angka", key: "angka", kind: .number, width: 20) { _, item in .number(item) },
            .init("Tanggal", key: "tanggal", kind: .date, width: 20) { _, _ in .date(date) },
            .init("=Judul", key: "judul", width: 20) { _, _ in .empty },
        ]
        let table = PaperTable(id: "a", title: "a", fields: fields, items: [-5, 7])
        let text = "Angka,Tanggal,'=Judul\r\n-5,5 Maret 2018,\r\n7,5 Maret 2018,\r\n"
        #expect(CSVRenderer(hasMark: false).bytes(of: table) == bytes(text))
    }

    @Test func `a paper of several tables is several files, named by their tables`() {
        var paper = Papers.paper(["x"])
        #expect(CSVRenderer().files(of: paper).map(\.name) == ["daftar-arsip-usul-musnah.csv"])
        paper.tables.append(PaperTable(id: "lain", title: "Lain", fields: [], items: [Int]()))
        #expect(CSVRenderer().files(of: paper).map(\.name).last == "daftar-arsip-usul-musnah-lain.csv")
    }
}
