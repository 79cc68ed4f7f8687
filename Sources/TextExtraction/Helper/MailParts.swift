import Foundation

/// A page with what belongs to it in one file, as browsers and Word save it (MHTML, RFC 2557), or a mail of several parts.
struct MailParts {
    /// What was read of the parts.
    private(set) var texts: [TextBuilder] = []
    /// The parts that were not read, by name or kind.
    private(set) var unread: [String] = []
    private let limit: Int

    /// Whether a file is one: it begins with headers that say so.
    static func isMessage(_ file: [UInt8]) -> Bool {
        let head = fields(of: file[...].prefix(16_384)).fields
        return head["mime-version"] != nil && head["content-type"]?.lowercased().hasPrefix("multipart/") == true
    }

    /// Reads the parts that are text.
    init(_ file: [UInt8], limit: Int) {
        self.limit = limit
        take(file[...], depth: 0)
    }

    private mutating func take(_ part: ArraySlice<UInt8>, depth: Int) {
        let (fields, body) = Self.fields(of: part)
        let type = fields["content-type"] ?? "text/plain"
        let kind = type.split(separator: ";").first.map { $0.lowercased().filter { !$0.isWhitespace } } ?? ""
        if kind.hasPrefix("multipart/"), depth < 8, let boundary = Self.parameter("boundary", of: type) {
            let parts = Self.parts(of: body, boundary)
            if kind == "multipart/alternative", let best = parts.last { return take(best, depth: depth + 1) }
            for part in parts.prefix(1000) { take(part, depth: depth + 1) }
            return
        }
        guard kind.hasPrefix("text/") else {
            // What Word says of its list of files, and of styles, is no text.
            if kind.hasSuffix("/xml") || kind.hasSuffix("mso") || kind == "application/x-mso" { return }
            unread.append(fields["content-location"]?.split(separator: "/").last.map(String.init) ?? kind)
            return
        }
        let content = Self.decoded(body, fields["content-transfer-encoding"] ?? "")
        switch kind {
        case "text/css", "text/xml", "text/javascript": return
        case "text/html":
            let text = PlainText.decoded(content, charset: Self.parameter("charset", of: type))
            texts.append(HyperText.read(text, limit: limit))
        default:
            var builder = TextBuilder(limit: limit)
            let text = PlainText.decoded(content, charset: Self.parameter("charset", of: type))
            for line in text.split(separator: 0x0A) {
                builder.append(line)
                builder.endLine()
            }
            texts.append(builder)
        }
    }

    /// The headers by name in small letters, and what comes behind the empty line.
    private static func fields(of part: ArraySlice<UInt8>) -> (fields: [String: String], body: ArraySlice<UInt8>) {
        var fields: [String: String] = [:]
        var name = ""
        var place = part.startIndex
        while place < part.endIndex {
            let end = part[place...].firstIndex(of: 0x0A) ?? part.endIndex
            let line = String(decoding: part[place..<end].prefix(8192), as: UTF8.self).trimmingCharacters(in: .newlines)
            place = end < part.endIndex ? end + 1 : end
            if line.isEmpty { break }
            if line.first == " " || line.first == "\t" {
                fields[name, default: ""] += line
            } else if let colon = line.firstIndex(of: ":"), fields.count < 200 {
                name = line[..<colon].lowercased()
                fields[name] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            } else {
                return ([:], part)
            }
        }
        return (fields, part[place...])
    }

    private static func parameter(_ name: String, of field: String) -> String? {
        for piece in field.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if pair.count == 2, pair[0].lowercased() == name { return pair[1].trimmingCharacters(in: ["\""]) }
        }
        return nil
    }

    private static func parts(of body: ArraySlice<UInt8>, _ boundary: String) -> [ArraySlice<UInt8>] {
        let mark = Array(("--" + boundary).utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var place = body.startIndex
        while place < body.endIndex {
            let end = body[place...].firstIndex(of: 0x0A) ?? body.endIndex
            if body[place..<end].starts(with: mark) {
                if let start { parts.append(body[start..<place]) }
                start = min(end + 1, body.endIndex)
                if body[place..<end].dropFirst(mark.count).starts(with: "--".utf8) { return parts }
            }
            place = end < body.endIndex ? end + 1 : end
        }
        if let start { parts.append(body[start...]) }
        return parts
    }

    private static func decoded(_ body: ArraySlice<UInt8>, _ encoding: String) -> [UInt8] {
        switch encoding.lowercased() {
        case "base64":
            return Data(base64Encoded: Data(body), options: .ignoreUnknownCharacters).map(Array.init) ?? Array(body)
        case "quoted-printable": break
        default: return Array(body)
        }
        var bytes: [UInt8] = []
        var place = body.startIndex
        while place < body.endIndex {
            let byte = body[place]
            place += 1
            guard byte == 0x3D else {
                bytes.append(byte)
                continue
            }
            if place < body.endIndex, body[place] == 0x0A {
                place += 1
            } else if place + 1 < body.endIndex, body[place] == 0x0D, body[place + 1] == 0x0A {
                place += 2
            } else if place + 1 < body.endIndex,
                let value = UInt8(String(decoding: body[place..<(place + 2)], as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                place += 2
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}
