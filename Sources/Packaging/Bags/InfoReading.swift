import Containers

/// `bag-info.txt` read: labels with values, folded lines put together (RFC 8493, section 2.2.2).
struct InfoReading {
    private(set) var fields: [BagTags.Field] = []
    private var told: LineFindings

    private let name: [UInt8]
    private let version: BagVersion

    /// What is wrong with it.
    var findings: [BagFinding] { told.all(of: name) }

    /// The labels that should stand once only.
    private static let single = ["bagging-date", "bag-size", "bag-group-identifier", "bag-count"]

    init(_ text: TagText, name: [UInt8], version: BagVersion) {
        self.name = name
        self.version = version
        told = LineFindings(text.findings)
        for (index, line) in text.lines.enumerated() { read(line, number: index + 1) }
        for label in Self.single where version.isFinal && fields.count(where: { $0.label.lowercased() == label }) > 1 {
            told.add(
                BagFinding(.warning, .infoRepeated, name, found: "the label '\(label)' stands more than once")
            )
        }
    }

    private mutating func read(_ line: ArraySlice<UInt8>, number: Int) {
        let space: Set<UInt8> = [0x20, 0x09]
        guard let first = line.first else {
            tell(.warning, "line \(number) is empty")
            return
        }
        if space.contains(first) {
            guard let last = fields.indices.last else {
                tell(.invalid, "line \(number) goes on with a value that has not begun")
                return
            }
            let more = Self.trimmed(line)
            if !more.isEmpty { fields[last].value += (fields[last].value.isEmpty ? "" : " ") + Self.text(more) }
            return
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
            tell(.invalid, "line \(number) has no label: '\(line.prefix(200).shown)'")
            return
        }
        let label = line[..<colon]
        let value = line[(colon + 1)...]
        if version.isFinal {
            if let last = label.last, space.contains(last) {
                tell(.invalid, "line \(number) has a space before the colon")
            }
            if let next = value.first, !space.contains(next) {
                tell(.invalid, "line \(number) has no space behind the colon")
            } else if value.isEmpty {
                tell(.warning, "line \(number) has no space behind the colon")
            }
        }
        fields.append((Self.text(Self.trimmed(label)), Self.text(Self.trimmed(value))))
    }

    private mutating func tell(_ weight: BagFinding.Weight, _ words: String) {
        told.add(BagFinding(weight, .infoForm, name, found: words, expected: "LABEL: VALUE"))
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest = rest.dropLast() }
        return rest
    }
}
