import Containers

/// What `bagit.txt` says: the version, and the encoding of the other tag files (RFC 8493, section 2.1.1).
struct BagDeclaration {
    /// The file's name.
    static let fileName = Array("bagit.txt".utf8)

    /// The version whose rules the bag is judged by: the one that it says, else that of RFC 8493.
    let version: BagVersion
    /// The name of the encoding of tag files, as written; nil where none is said.
    let encoding: [UInt8]?
    /// What is wrong with the file.
    let findings: [BagFinding]

    /// The declaration of a bag that has none.
    static let missing = BagDeclaration(
        version: .current,
        encoding: nil,
        findings: [
            BagFinding(.invalid, .declarationMissing, fileName, found: "no bagit.txt: nothing says that this is a bag")
        ]
    )

    private init(version: BagVersion, encoding: [UInt8]?, findings: [BagFinding]) {
        self.version = version
        self.encoding = encoding
        self.findings = findings
    }

    /// Reads the file.
    init(_ bytes: [UInt8]) {
        var reader = Reader(bytes)
        self.init(version: reader.version(), encoding: reader.encoding(), findings: reader.findings)
    }

    private struct Reader {
        private var lines: [ArraySlice<UInt8>]
        private let isFinal: Bool
        private let declared: BagVersion?
        var findings: [BagFinding] = []

        init(_ bytes: [UInt8]) {
            var text = bytes[...]
            if text.starts(with: [0xEF, 0xBB, 0xBF]) {
                findings.append(
                    BagFinding(.invalid, .declarationForm, fileName, found: "a byte-order mark at its beginning")
                )
                text = text.dropFirst(3)
            }
            if let fault = UTF8Text.firstFault(in: Array(text)) {
                let words = "no UTF-8 at byte \(fault + bytes.count - text.count)"
                findings.append(BagFinding(.invalid, .declarationForm, fileName, found: words))
            }
            let split = TagText.lines(of: Array(text))
            lines = split.lines
            let first = lines.first ?? []
            declared = Self.value(of: first, label: "BagIt-Version").flatMap { BagVersion(Self.trimmed($0)) }
            isFinal = declared.map(\.isFinal) ?? true
            if lines.count != 2 {
                let expected = "exactly two lines: BagIt-Version and Tag-File-Character-Encoding"
                findings.append(
                    BagFinding(.invalid, .declarationForm, fileName, found: "\(lines.count) lines", expected: expected)
                )
            } else if !split.isTerminated {
                findings.append(
                    BagFinding(.warning, .tagUnterminated, fileName, found: "its last line has no line end")
                )
            }
        }

        mutating func version() -> BagVersion {
            let line = lines.first ?? []
            check(line, number: 1, label: "BagIt-Version", like: "BagIt-Version: 1.0")
            guard let declared, declared.isKnown else {
                let found = Self.value(of: line, label: "BagIt-Version").map { "'\($0.prefix(80).shown)'" } ?? "none"
                let expected = BagVersion.known.map(\.description).joined(separator: ", ")
                findings.append(BagFinding(.invalid, .declarationVersion, fileName, found: found, expected: expected))
                return .current
            }
            return declared
        }

        mutating func encoding() -> [UInt8]? {
            let line = lines.count > 1 ? lines[1] : []
            let label = "Tag-File-Character-Encoding"
            check(line, number: 2, label: label, like: "Tag-File-Character-Encoding: UTF-8")
            return Self.value(of: line, label: label).map { Array(Self.trimmed($0)) }.flatMap { $0.isEmpty ? nil : $0 }
        }

        /// Tells a line that is not label, colon, one space and value; drafts before 1.0 left room for more spaces.
        private mutating func check(_ line: ArraySlice<UInt8>, number: Int, label: String, like expected: String) {
            guard lines.count >= number else { return }
            let found = "line \(number) is '\(line.prefix(200).shown)'"
            guard let value = Self.value(of: line, label: label) else {
                let words = "label \(label) in line \(number)"
                findings.append(BagFinding(.invalid, .declarationForm, fileName, found: found, expected: words))
                return
            }
            let trimmed = Self.trimmed(value)
            let isExact = line.starts(with: "\(label): ".utf8) && trimmed.count == value.count - 1 && !trimmed.isEmpty
            if !isExact {
                let weight = isFinal ? BagFinding.Weight.invalid : .warning
                findings.append(
                    BagFinding(weight, .declarationForm, fileName, found: found, expected: "as in '\(expected)'")
                )
            }
        }

        /// What stands behind the colon of a line with this label; the drafts' own examples vary its case.
        private static func value(of line: ArraySlice<UInt8>, label: String) -> ArraySlice<UInt8>? {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = trimmed(line[..<colon]).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            guard name.elementsEqual(label.lowercased().utf8) else { return nil }
            return line[(colon + 1)...]
        }

        private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
            let space: Set<UInt8> = [0x20, 0x09]
            var rest = text.drop { space.contains($0) }
            while let last = rest.last, space.contains(last) { rest = rest.dropLast() }
            return rest
        }
    }
}
