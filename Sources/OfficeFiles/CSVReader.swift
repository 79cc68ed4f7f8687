/// Reads comma- or semicolon-separated text record by record (RFC 4180).
///
/// Works on bytes, so that a combining accent behind a separator does not swallow it, and holds one record at a time.
/// Fields in quotes may hold separators, line ends and doubled quotes. Records end with LF, CR LF or CR.
package struct CSVReader {
    /// One record.
    package struct Record: Sendable {
        /// The row as a spreadsheet counts it, the first being 1.
        package let row: Int
        /// The line of the text that it begins on, from 1.
        package let line: Int
        /// Its fields, to the letter.
        package let fields: [String]
        /// What is wrong with its form, in words.
        package let fault: String?

        /// Whether all fields are empty, as spreadsheets leave rows behind.
        package var isBlank: Bool { fields.allSatisfy { $0.utf8.allSatisfy { $0 == 32 || $0 == 9 } } && fault == nil }
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0
    private var row = 0
    private var line = 1

    /// A reader of UTF-8 text without a byte order mark.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - separator: the separator; where nil, the one of comma, semicolon and tab that the first record has
    ///   more of outside quotes.
    package init(_ bytes: [UInt8], separator: UInt8? = nil) {
        self.bytes = bytes
        self.separator = separator ?? Self.guessSeparator(bytes)
    }

    private static func guessSeparator(_ bytes: [UInt8]) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var quoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { quoted.toggle() }
            if !quoted, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            if !quoted { counts[byte, default: 0] += 1 }
        }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? UInt8(ascii: ",")
    }

    /// The next record, or nil at the end.
    package mutating func next() -> Record? {
        guard position < bytes.count else { return nil }
        row += 1
        let firstLine = line
        var fields: [String] = []
        var fault: String?
        while true {
            let (field, problem) =
                position < bytes.count && bytes[position] == UInt8(ascii: "\"") ? quotedField() : plainField()
            fields.append(field)
            fault = fault ?? problem
            guard position < bytes.count else { break }
            let byte = bytes[position]
            position += 1
            if byte == separator { continue }
            endLine(byte)
            break
        }
        return Record(row: row, line: firstLine, fields: fields, fault: fault)
    }

    private mutating func endLine(_ byte: UInt8) {
        line += 1
        if byte == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
    }

    private func endsField(_ byte: UInt8) -> Bool {
        byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private mutating func plainField() -> (String, String?) {
        let start = position
        var hasQuote = false
        while position < bytes.count, !endsField(bytes[position]) {
            hasQuote = hasQuote || bytes[position] == UInt8(ascii: "\"")
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        return (text, hasQuote ? "a quotation mark stands inside a field that does not begin with one" : nil)
    }

    private mutating func quotedField() -> (String, String?) {
        let firstLine = line
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte != UInt8(ascii: "\"") {
                if byte == UInt8(ascii: "\n") { line += 1 }
                content.append(byte)
            } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                content.append(byte)
                position += 1
            } else {
                return (String(decoding: content, as: UTF8.self), skipRest())
            }
        }
        return (String(decoding: content, as: UTF8.self), "the quotation mark on line \(firstLine) is never closed")
    }

    /// Passes over what stands between a closing quotation mark and the end of the field, which should be nothing.
    private mutating func skipRest() -> String? {
        let start = position
        while position < bytes.count, !endsField(bytes[position]) { position += 1 }
        return start == position ? nil : "there is text behind a closing quotation mark"
    }
}
