/// Follows the HTML of a template byte by byte, far enough to know in what kind of place a value would stand, and to refuse
/// what runs or fetches something.
struct PageScanner {
    /// The kinds of places.
    enum Place: Hashable {
        /// Between tags.
        case text
        /// Inside a tag, outside quotation marks.
        case tag
        /// Inside quotation marks of a tag, with the mark.
        case value(UInt8)
        /// Inside `<style>`.
        case style
        /// Inside `<!-- -->`.
        case comment
    }

    /// Elements that run, fetch or send something, or change what the rest means.
    private static let refusedElements: Set<String> = [
        "applet", "base", "embed", "form", "frame", "frameset", "iframe", "link", "math", "noscript", "object",
        "portal",
        "script", "svg", "template", "textarea", "xmp", "plaintext", "noembed", "noframes",
    ]
    /// Attributes that name something to fetch.
    private static let fetching: Set<String> = [
        "action", "archive", "background", "cite", "classid", "codebase", "data", "formaction", "href", "longdesc",
        "manifest", "ping", "poster", "profile", "src", "srcdoc", "srcset", "usemap", "xlink:href",
    ]
    /// The values that this program makes out of numbers, which may stand in a style.
    static let styleNames: Set<String> = ["ukuran", "ukuran_lampiran", "lebar"]
    /// How much of an attribute's value is kept to look at.
    private static let valueLimit = 4096

    private(set) var place = Place.text
    /// What has been read of the present name, value or style, in lower case.
    private var read: [UInt8] = []
    private var element = ""
    private var attribute = ""

    /// Whether neither a tag is open nor a `<` that could begin one.
    var isBetweenTags: Bool { place == .text && read.isEmpty }

    /// Goes one byte on.
    ///
    /// - Returns: what is wrong, in one sentence without a full stop; nil where nothing is.
    mutating func take(_ byte: UInt8) -> String? {
        let lower = (65...90).contains(byte) ? byte + 32 : byte
        switch place {
        case .text: return takeText(lower)
        case .tag: return takeTag(lower)
        case .value(let mark):
            if byte == mark {
                place = .tag
                defer { (read, attribute) = ([], "") }
                return Self.fault(attribute, String(decoding: read, as: UTF8.self))
            }
            if read.count < Self.valueLimit { read.append(lower) }
        case .style:
            read.append(lower)
            if ends("</style") {
                let style = String(decoding: read, as: UTF8.self)
                (place, read, element, attribute) = (.tag, [], "/style", "")
                return Self.styleFault(style)
            }
        case .comment:
            read.append(lower)
            if ends("-->") { (place, read) = (.text, []) }
        }
        return nil
    }

    /// Why a value may not stand here, with what to do; nil where it may.
    func refusal(of name: String) -> (String, String)? {
        switch place {
        case .text: read.isEmpty ? nil : ("'\(name)' stands behind '<'", "write &lt; where no tag begins")
        case .value:
            // Half an escape, or half an address, could come from the data.
            attribute.utf8.elementsEqual("style".utf8) && !Self.styleNames.contains(name)
                ? ("'\(name)' stands in a style", "only \(Self.styleNames.sorted()) may stand there") : nil
        case .style:
            Self.styleNames.contains(name)
                ? nil : ("'\(name)' stands in a style", "only \(Self.styleNames.sorted()) may stand there")
        case .tag: ("'\(name)' stands in a tag outside quotation marks", "put quotation marks round it")
        case .comment: ("'\(name)' stands in a comment of HTML", "use {{! … }} for comments")
        }
    }

    private mutating func takeText(_ byte: UInt8) -> String? {
        if read.isEmpty {
            if byte == UInt8(ascii: "<") { read = [byte] }
            return nil
        }
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "/"), UInt8(ascii: "?"):
            (place, read, element, attribute) = (.tag, [byte], "", "")
        case UInt8(ascii: "!"):
            read.append(byte)
        case UInt8(ascii: "-") where read.count < 4 && read.count > 1:
            read.append(byte)
            if read.count == 4 { (place, read) = (.comment, []) }
        case UInt8(ascii: "d") where read.count == 2:
            (place, read) = (.tag, [byte])
        case UInt8(ascii: "<"): read = [byte]
        default: read = []
        }
        if place == .tag, byte == UInt8(ascii: "?") { return "'<?' begins no tag of HTML" }
        return nil
    }

    private mutating func takeTag(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: ">"):
            endName()
            let isStyle = element.utf8.elementsEqual("style".utf8)
            let refused = Self.refusedElements.contains(element)
            (place, read) = (isStyle ? .style : .text, [])
            return refused ? "<\(element)> has no place on a paper" : nil
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            guard !attribute.utf8.isEmpty, read.last == UInt8(ascii: "=") else {
                return "a quotation mark stands in a tag without 'name=' in front"
            }
            (place, read) = (.value(byte), [])
        case UInt8(ascii: "="):
            if !read.isEmpty { attribute = String(decoding: read, as: UTF8.self) }
            read = [byte]
            if attribute.utf8.starts(with: "on".utf8) { return "'\(attribute)' would run a program" }
        case 9, 10, 12, 13, 32, UInt8(ascii: "/"):
            if byte == UInt8(ascii: "/"), read.last == UInt8(ascii: "=") {
                return "the value of '\(attribute)' has no quotation marks"
            }
            if read.last != UInt8(ascii: "=") { endName() }
        default:
            if read.last == UInt8(ascii: "=") { return "the value of '\(attribute)' has no quotation marks" }
            if read.count < Self.valueLimit { read.append(byte) }
        }
        return nil
    }

    /// Ends the name of the element, or of an attribute that has no value yet.
    private mutating func endName() {
        guard !read.isEmpty else { return }
        let name = String(decoding: read, as: UTF8.self)
        if element.utf8.isEmpty { element = name } else { attribute = name }
        read = []
    }

    private func ends(_ text: StaticString) -> Bool {
        let wanted = text.description.utf8
        return read.count >= wanted.count && read.suffix(wanted.count).elementsEqual(wanted)
    }

    /// What is wrong with an attribute, given in lower case.
    private static func fault(_ attribute: String, _ value: String) -> String? {
        if fetching.contains(attribute) {
            let isOwn = attribute.utf8.elementsEqual("href".utf8) && value.utf8.first == UInt8(ascii: "#")
            let isInside = attribute.utf8.elementsEqual("src".utf8) && value.utf8.starts(with: "data:".utf8)
            return isOwn || isInside ? nil : "'\(attribute)' would fetch something, and a paper stands alone"
        }
        if attribute.utf8.elementsEqual("style".utf8) { return styleFault(value) }
        if attribute.utf8.elementsEqual("http-equiv".utf8), !value.utf8.elementsEqual("content-security-policy".utf8) {
            return "<meta http-equiv=\"\(value)\"> has no place on a paper"
        }
        return nil
    }

    /// What is wrong with a style, given in lower case.
    private static func styleFault(_ style: String) -> String? {
        let bytes = Array(style.utf8)
        if bytes.contains(UInt8(ascii: "\\")) { return "a style has a backslash, which could hide an address" }
        if bytes.contains("@import") { return "'@import' would fetch something, and a paper stands alone" }
        if bytes.contains("url(") { return "'url(' would fetch something, and a paper stands alone" }
        if bytes.contains("image-set(") { return "'image-set(' would fetch something, and a paper stands alone" }
        return nil
    }
}

extension [UInt8] {
    /// Whether a text stands somewhere in it.
    fileprivate func contains(_ text: StaticString) -> Bool {
        let wanted = Array(text.description.utf8)
        guard let first = wanted.first else { return true }
        return indices.contains { self[$0] == first && self[$0...].starts(with: wanted) }
    }
}
