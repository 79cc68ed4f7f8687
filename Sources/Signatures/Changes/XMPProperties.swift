/// What XMP metadata say, however they are written: a property may be an attribute or an element, and programs that save
/// a file write them anew (ISO 16684-1, 7.9.2).
///
/// It is read strictly. Metadata with anything out of the ordinary have no properties here, and are held byte for byte.
struct XMPProperties: Hashable {
    /// The values by their paths of names with namespaces; what is empty says nothing.
    private(set) var values: [[String]: [String]] = [:]

    private static let syntax = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    /// Elements that say nothing themselves.
    private static let wrappers: Set<String> = ["adobe:ns:meta/ xmpmeta", "\(syntax) RDF", "\(syntax) Description"]
    /// What a program sets whenever it saves.
    private static let set: Set<String> = [
        "http://ns.adobe.com/xap/1.0/ ModifyDate", "http://ns.adobe.com/xap/1.0/ MetadataDate",
        "http://ns.adobe.com/xap/1.0/ CreatorTool", "http://ns.adobe.com/xap/1.0/mm/ InstanceID",
        "http://ns.adobe.com/xap/1.0/mm/ VersionID", "http://ns.adobe.com/pdf/1.3/ Producer",
        "adobe:ns:meta/ xmptk",
    ]
    /// How deep elements may lie.
    private static let depth = 64

    private struct Element {
        let tag: String
        let path: [String]
        let spaces: [String: String]
        var text = ""
        var hasParts = false
    }

    /// Reads metadata; nil where they are not written as metadata usually are.
    init?(_ metadata: [UInt8]) {
        guard let text = String(validating: metadata, as: UTF8.self) else { return nil }
        var rest = text.unicodeScalars[...]
        var open = [Element(tag: "", path: [], spaces: ["xml": "xml"])]
        while let scalar = rest.first {
            guard scalar == "<" else {
                let end = rest.firstIndex(of: "<") ?? rest.endIndex
                open[open.count - 1].text += String(rest[..<end])
                rest = rest[end...]
                continue
            }
            rest.removeFirst()
            guard let tag = Self.take(&rest, until: ">"), !tag.contains("<") else { return nil }
            rest.removeFirst()
            if tag.hasPrefix("?") { continue }
            if tag.hasPrefix("!") { return nil }
            if tag.hasPrefix("/") {
                guard open.count > 1, open[open.count - 1].tag == Self.trimmed(String(tag.dropFirst())) else {
                    return nil
                }
                guard close(&open) else { return nil }
                continue
            }
            guard open.count < Self.depth, begin(tag.hasSuffix("/") ? String(tag.dropLast()) : tag, &open) else {
                return nil
            }
            if tag.hasSuffix("/") { guard close(&open) else { return nil } }
        }
        guard open.count == 1 else { return nil }
    }

    // MARK: - Elements

    private mutating func begin(_ tag: String, _ open: inout [Element]) -> Bool {
        guard let above = open.last, let (name, pairs) = Self.parts(tag) else { return false }
        open[open.count - 1].hasParts = true
        var spaces = above.spaces
        for (key, value) in pairs {
            if key == "xmlns" { spaces[""] = value }
            if key.hasPrefix("xmlns:") { spaces[String(key.dropFirst(6))] = value }
        }
        guard let full = Self.full(name, spaces, isAttribute: false) else { return false }
        var path = above.path
        if !Self.wrappers.contains(full) { path.append(full) }
        for (key, value) in pairs where key != "xmlns" && !key.hasPrefix("xmlns:") {
            guard let property = Self.full(key, spaces, isAttribute: true) else { return false }
            if property == "xml lang" { path.append("xml lang \(value)") } else { add(value, at: path + [property]) }
        }
        open.append(Element(tag: name, path: path, spaces: spaces))
        return true
    }

    private mutating func close(_ open: inout [Element]) -> Bool {
        guard let element = open.popLast() else { return false }
        guard let value = Self.plain(Self.trimmed(element.text)) else { return false }
        // Words beside elements have no meaning in XMP.
        if element.hasParts { return value.isEmpty }
        add(value, at: element.path)
        return true
    }

    private mutating func add(_ value: String, at path: [String]) {
        guard !value.isEmpty, !path.contains(where: { Self.set.contains($0) }) else { return }
        values[path, default: []].append(value)
    }

    // MARK: - Text

    private static func take(_ rest: inout Substring.UnicodeScalarView, until end: Unicode.Scalar) -> String? {
        guard let place = rest.firstIndex(of: end) else { return nil }
        defer { rest = rest[place...] }
        return String(rest[..<place])
    }

    /// The name of a tag and its attributes.
    private static func parts(_ tag: String) -> (String, [(String, String)])? {
        var rest = tag.unicodeScalars[...]
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
        let name = String(rest.prefix { !isSpace($0) })
        rest = rest.drop { !isSpace($0) }
        var pairs: [(String, String)] = []
        while true {
            rest = rest.drop(while: isSpace)
            if rest.isEmpty { break }
            guard let key = take(&rest, until: "=") else { return nil }
            rest.removeFirst()
            rest = rest.drop(while: isSpace)
            guard let quote = rest.popFirst(), quote == "\"" || quote == "'", let value = take(&rest, until: quote),
                let said = plain(value), case let key = trimmed(key), !pairs.contains(where: { $0.0 == key })
            else { return nil }
            rest.removeFirst()
            pairs.append((key, said))
        }
        return name.isEmpty ? nil : (name, pairs)
    }

    private static func full(_ name: String, _ spaces: [String: String], isAttribute: Bool) -> String? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return isAttribute ? name : spaces[""].map { "\($0) \(name)" } ?? name
        case 2: return spaces[String(parts[0])].map { "\($0) \(parts[1])" }
        default: return nil
        }
    }

    private static func trimmed(_ text: String) -> String {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace || scalar == "\u{FEFF}" }
        var scalars = text.unicodeScalars[...]
        scalars = scalars.drop(while: isSpace)
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(scalars)
    }

    /// A text with its references to characters resolved; nil where it has others.
    private static func plain(_ text: String) -> String? {
        let references: [(String, String)] = [("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("amp", "&")]
        var result = ""
        var rest = text.unicodeScalars[...]
        while let before = take(&rest, until: "&") {
            result += before
            rest.removeFirst()
            guard let name = take(&rest, until: ";") else { return nil }
            rest.removeFirst()
            if let sign = references.first(where: { $0.0 == name }) {
                result += sign.1
            } else if let scalar = numbered(name) {
                result.unicodeScalars.append(scalar)
            } else {
                return nil
            }
        }
        return result + String(rest)
    }

    /// The character of `#65` or `#x41`.
    private static func numbered(_ name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init)
    }
}
