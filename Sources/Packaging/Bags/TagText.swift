import Containers

/// A tag file as text: decoded into UTF-8, and cut into lines (RFC 8493, section 2.3).
struct TagText {
    /// The lines in UTF-8, without their ends.
    private(set) var lines: [ArraySlice<UInt8>] = []
    /// What is wrong with the file as text.
    private(set) var findings: [BagFinding] = []

    /// Decodes a tag file.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - name: its path in the bag.
    ///   - encoding: the encoding that the bag declares.
    init(_ bytes: [UInt8], name: [UInt8], encoding: TagEncoding) {
        switch encoding.decode(bytes) {
        case .text(let text, let mark):
            if let mark { findings.append(BagFinding(.warning, .tagMark, name, found: mark)) }
            let split = Self.lines(of: text)
            lines = split.lines
            if !split.isTerminated {
                findings.append(BagFinding(.warning, .tagUnterminated, name, found: "its last line has no line end"))
            }
        case .fault(let place):
            let found = "byte \(place) is not \(encoding.name)"
            findings.append(
                BagFinding(
                    .invalid,
                    .tagEncoding,
                    name,
                    found: found,
                    expected: "text in \(encoding.name), as bagit.txt says"
                )
            )
            // Read on as bytes: most of it is mostly right, and says more than nothing.
            lines = Self.lines(of: bytes).lines
        }
        if lines.count > Self.mostLines {
            lines.removeLast()
            findings.append(BagFinding(.invalid, .memberLimit, name, found: "more than \(Self.mostLines) lines"))
        }
    }

    /// How many lines of a tag file are read: four times as many as a bag may have files.
    static let mostLines = 4_000_000

    /// Cuts at LF, CR, and CR LF; `isTerminated` is whether the last line has its end too.
    ///
    /// Behind one line more than `mostLines` nothing is cut any more.
    static func lines(of text: [UInt8]) -> (lines: [ArraySlice<UInt8>], isTerminated: Bool) {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < text.count, lines.count <= mostLines {
            let byte = text[index]
            guard byte == 0x0A || byte == 0x0D else {
                index += 1
                continue
            }
            lines.append(text[start..<index])
            index += byte == 0x0D && index + 1 < text.count && text[index + 1] == 0x0A ? 2 : 1
            start = index
        }
        guard start < text.count, lines.count <= mostLines else { return (lines, true) }
        lines.append(text[start...])
        return (lines, false)
    }
}

/// The encoding of tag files that a bag declares.
struct TagEncoding {
    /// What decoding comes to.
    enum Outcome {
        /// UTF-8 without a byte-order mark, and what is odd about the mark in the file.
        case text([UInt8], mark: String?)
        /// The place of the first byte that is not in the encoding.
        case fault(Int)
    }

    private enum Kind {
        case utf8
        case utf16
        case other
    }

    /// The name, as declared.
    let name: String
    private let kind: Kind

    /// What is taken where nothing, or nothing known, is declared.
    static let utf8 = TagEncoding(name: "UTF-8", kind: .utf8)

    private init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// The encoding of a name; nil where none of that name is known.
    ///
    /// UTF-8 and UTF-16 are decoded here, the others by `iconv(3)`, which knows the names that IANA registers.
    init?(_ declared: [UInt8]) {
        // No other characters stand in registered names; a slash would begin the options of iconv.
        let allowed = declared.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "-_.:+()".utf8.contains(byte)
        }
        guard allowed, declared.count <= 40, !declared.isEmpty else { return nil }
        let name = String(decoding: declared, as: UTF8.self)
        switch name.uppercased() {
        case "UTF-8", "UTF8", "US-ASCII", "ASCII":
            self.init(name: name, kind: name.uppercased().hasPrefix("UTF") ? .utf8 : .other)
        case "UTF-16", "UTF16": self.init(name: name, kind: .utf16)
        default:
            if EncodingConverter(from: name) == nil { return nil }
            self.init(name: name, kind: .other)
        }
    }

    /// Decodes a whole file.
    func decode(_ bytes: [UInt8]) -> Outcome {
        switch kind {
        case .utf8:
            let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
            if let fault = UTF8Text.firstFault(in: bytes) { return .fault(fault) }
            return mark
                ? .text(Array(bytes.dropFirst(3)), mark: "a byte-order mark, which UTF-8 does not need")
                : .text(bytes, mark: nil)
        case .utf16: return decodeUTF16(bytes)
        case .other:
            return convert(bytes, from: name, mark: nil)
        }
    }

    /// UTF-16 in the order that its mark says; without a mark the high byte comes first (RFC 2781, section 4.3), unless
    /// the first character would be nonsense so and a Latin one the other way round.
    private func decodeUTF16(_ bytes: [UInt8]) -> Outcome {
        if bytes.starts(with: [0xFF, 0xFE]) {
            return convert(Array(bytes.dropFirst(2)), from: "UTF-16LE", mark: nil, skipped: 2)
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            return convert(Array(bytes.dropFirst(2)), from: "UTF-16BE", mark: nil, skipped: 2)
        }
        let isLittle = bytes.count >= 2 && bytes[0] != 0 && bytes[1] == 0
        let mark = isLittle ? "no byte-order mark, and the low byte first" : nil
        return convert(bytes, from: isLittle ? "UTF-16LE" : "UTF-16BE", mark: mark)
    }

    private func convert(_ bytes: [UInt8], from name: String, mark: String?, skipped: Int = 0) -> Outcome {
        guard var converter = EncodingConverter(from: name) else { return .fault(0) }
        var input = bytes
        var text: [UInt8] = []
        let done = converter.convert(&input, from: 0, into: &text)
        if done < input.count { return .fault(done + skipped) }
        return .text(text, mark: mark)
    }
}
