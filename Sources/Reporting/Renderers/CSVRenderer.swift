/// Writes the tables of a paper as comma-separated values (RFC 4180): one header record, one record a row.
///
/// The cells say what the printed paper says, letter by letter, so that both can be held against each other; the form for
/// programs is JSON Lines. Totals are no rows and are left out. What a spreadsheet could take for a formula has an
/// apostrophe in front (`PaperText.guarded`). The text is UTF-8 and begins with a byte order mark unless told otherwise:
/// without one, Excel reads every name that is not ASCII wrongly, and every reader of CSV that we know passes over it.
/// Records end with CR LF.
package struct CSVRenderer: Hashable, Sendable {
    /// What stands between fields.
    package enum Separator: UInt8, Hashable, Sendable, CaseIterable {
        /// `,`, as RFC 4180 has it.
        case comma = 0x2C
        /// `;`, which Excel expects where the decimal sign is a comma, as in Indonesia.
        case semicolon = 0x3B
    }

    /// Whether the text begins with a byte order mark.
    package let hasMark: Bool
    /// What stands between fields.
    package let separator: Separator

    /// A renderer.
    package init(hasMark: Bool = true, separator: Separator = .comma) {
        self.hasMark = hasMark
        self.separator = separator
    }

    /// One table.
    package func bytes(of table: PaperTable) -> [UInt8] {
        var bytes: [UInt8] = hasMark ? [0xEF, 0xBB, 0xBF] : []
        append(table.columns.map { PaperText.guarded($0.heading) }, to: &bytes)
        for row in table.rows { append(row.map(Self.text), to: &bytes) }
        return bytes
    }

    /// All tables of a paper, each with the name that its file should have: the kind, and with several tables the
    /// table's id behind it.
    package func files(of paper: Paper) -> [(name: String, content: [UInt8])] {
        paper.tables.map { table in
            let name = paper.tables.count == 1 ? paper.kind.rawValue : paper.kind.rawValue + "-" + table.id
            return (name + ".csv", bytes(of: table))
        }
    }

    /// What the cell says, safe to open in a spreadsheet; numbers and dates need no guard.
    static func text(_ cell: PaperTable.Cell) -> String {
        if case .text(let text) = cell { PaperText.guarded(text) } else { cell.words }
    }

    private func append(_ fields: [String], to bytes: inout [UInt8]) {
        for (place, field) in fields.enumerated() {
            if place > 0 { bytes.append(separator.rawValue) }
            // A record of one empty field would be an empty line.
            let needsQuotes = fields.count == 1 && field.utf8.isEmpty || Self.needsQuotes(field)
            guard needsQuotes else {
                bytes += field.utf8
                continue
            }
            bytes.append(UInt8(ascii: "\""))
            for byte in field.utf8 {
                if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }

    /// Both separators count, so that a file opened with the wrong one still has its cells whole.
    private static func needsQuotes(_ field: String) -> Bool {
        let bytes = field.utf8
        return bytes.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x3B } || bytes.first == 0x20 || bytes.last == 0x20
    }
}
