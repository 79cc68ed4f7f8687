package import SystemPackage

/// Reads text files as offices write them: UTF-8 with or without a byte order mark, UTF-16 with one.
package enum TextEncoding {
    /// The text as UTF-8 without a byte order mark.
    ///
    /// - Throws: `OfficeFileError`, code `encoding`, with the first line that is not in the encoding: any other would
    ///   have to be guessed, and a guess can change a name.
    package static func utf8(_ bytes: [UInt8], of file: FilePath) throws(OfficeFileError) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try validated(Array(bytes.dropFirst(3)), of: file) }
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes, highFirst: false, of: file) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes, highFirst: true, of: file) }
        return try validated(bytes, of: file)
    }

    private static func validated(_ bytes: [UInt8], of file: FilePath) throws(OfficeFileError) -> [UInt8] {
        if let zero = bytes.firstIndex(of: 0) {
            throw refused(
                file,
                line: line(of: zero, in: bytes),
                why: "it has a zero character, as UTF-16 without a mark and UTF-32 do"
            )
        }
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        throw refused(file, line: bad + 1, why: "it is not UTF-8")
    }

    private static func utf16(_ bytes: [UInt8], highFirst: Bool, of file: FilePath) throws(OfficeFileError) -> [UInt8] {
        let (high, low) = highFirst ? (0, 1) : (1, 0)
        let units: [UInt16] = stride(from: 2, to: bytes.count - 1, by: 2).map { index -> UInt16 in
            UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + low])
        }
        guard bytes.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else {
            let lines = units.split(separator: 10, omittingEmptySubsequences: false)
            let bad = lines.firstIndex { String(validating: $0, as: UTF16.self) == nil } ?? lines.count - 1
            throw refused(file, line: bad + 1, why: "it begins as UTF-16 and does not go on as such")
        }
        return try validated(Array(text.utf8), of: file)
    }

    private static func line(of index: Int, in bytes: [UInt8]) -> Int {
        1 + bytes[..<index].count { $0 == UInt8(ascii: "\n") }
    }

    private static func refused(_ file: FilePath, line: Int, why: String) -> OfficeFileError {
        OfficeFileError(
            .encoding,
            file: file,
            line: line,
            message: "the text cannot be read: \(why)",
            remedy: "save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')"
        )
    }
}
