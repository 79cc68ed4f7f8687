/// The text of an HTML page, however badly it is written.
///
/// Office programs and web applications save it under `.doc` and `.xls`. Tags are told from text, and nothing else of a
/// browser is here: no script runs and nothing is fetched.
struct HyperText {
    private static let lines: Set<String> = [
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "br", "hr",
        "title", "section", "article", "header", "footer", "blockquote", "pre", "form", "option", "address", "caption",
        "body", "head",
    ]
    private static let silent: Set<String> = ["script", "style", "noscript", "template"]
    private static let latin = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
        para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
        Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
        Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
        igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute \
        thorn yuml
        """
    private static let names: [String: UInt32] = {
        var names: [String: UInt32] = [
            "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "ndash": 0x2013, "mdash": 0x2014,
            "lsquo": 0x2018, "rsquo": 0x2019, "ldquo": 0x201C, "rdquo": 0x201D, "bull": 0x2022, "hellip": 0x2026,
            "euro": 0x20AC, "trade": 0x2122,
        ]
        for (index, name) in latin.split(separator: " ").enumerated() { names[String(name)] = 160 + UInt32(index) }
        return names
    }()

    private var builder: TextBuilder
    private var cells = 0

    /// Whether a text is HTML: it begins as such, and is not only a sentence about a tag.
    static func isPage(_ file: [UInt8]) -> Bool {
        let head = String(decoding: file.prefix(4096), as: UTF8.self).lowercased()
        let start = head.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard
            ["<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<?xml", "<!--"].contains(
                where: start.hasPrefix
            )
        else { return false }
        let tail = String(decoding: file.suffix(4096), as: UTF8.self).lowercased()
        let isWhole = ["</html", "</body", "</table"].contains(where: tail.contains)
        let hasParts = ["<body", "<table", "<head>", "<p>", "<div"].contains(where: head.contains)
        if start.hasPrefix("<?xml") || start.hasPrefix("<!--") {
            return head.contains("<html") && (isWhole || hasParts)
        }
        return isWhole || hasParts || start.hasPrefix("<!doctype html")
    }

    /// Reads a page, in UTF-8.
    static func read(_ text: [UInt8], limit: Int) -> TextBuilder {
        var reader = HyperText(builder: TextBuilder(limit: limit))
        reader.take(text)
        return reader.builder
    }

    private mutating func take(_ text: [UInt8]) {
        var place = 0
        while place < text.count, !builder.isFull {
            guard text[place] == 0x3C, place + 1 < text.count, Self.beginsTag(text[place + 1]) else {
                let end = text[(place + 1)...].firstIndex(of: 0x3C) ?? text.count
                addText(text[place..<end])
                place = end
                continue
            }
            if text[place...].starts(with: "<!--".utf8) {
                place = Self.end(of: "-->", in: text, from: place + 4)
                continue
            }
            let end = Self.tagEnd(in: text, from: place + 1)
            let body = text[(place + 1)..<max(place + 1, end - 1)]
            place = end
            let isEnd = body.first == 0x2F
            let name = String(
                decoding: body.dropFirst(isEnd ? 1 : 0).prefix { Self.isLetter($0) || (0x30...0x39).contains($0) },
                as: UTF8.self
            ).lowercased()
            if !isEnd, Self.silent.contains(name) {
                place = Self.end(of: "</" + name, in: text, from: place)
                place = Self.tagEnd(in: text, from: place)
            } else {
                tag(name, isEnd: isEnd)
            }
        }
    }

    private mutating func tag(_ name: String, isEnd: Bool) {
        if name == "td" || name == "th" {
            // An end tag may be left out: a cell also ends where the next begins.
            if isEnd {
                cells = 0
                builder.addTab()
            } else {
                if cells > 0 { builder.addTab() }
                cells = 1
            }
        } else if name == "tr" || name == "table" {
            cells = 0
            builder.endLine()
        } else if Self.lines.contains(name) {
            if cells > 0 { builder.addSpace() } else { builder.endLine() }
        }
    }

    private mutating func addText(_ piece: ArraySlice<UInt8>) {
        var word: [UInt8] = []
        var place = piece.startIndex
        while place < piece.endIndex {
            let byte = piece[place]
            if byte == 0x26, let (bytes, next) = Self.character(in: piece, at: place) {
                word += bytes
                place = next
            } else if byte <= 0x20 {
                if !word.isEmpty { builder.append(word) }
                word = []
                builder.addSpace()
                place += 1
            } else {
                word.append(byte)
                place += 1
            }
        }
        if !word.isEmpty { builder.append(word) }
    }

    /// A character that is written by its name or number.
    private static func character(in text: ArraySlice<UInt8>, at place: Int) -> (bytes: [UInt8], next: Int)? {
        guard let end = text[place...].prefix(12).firstIndex(of: 0x3B) else { return nil }
        let name = String(decoding: text[(place + 1)..<end], as: UTF8.self)
        var value: UInt32?
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            value = UInt32(name.dropFirst(2), radix: 16)
        } else if name.hasPrefix("#") {
            value = UInt32(name.dropFirst())
        } else {
            value = names[name]
        }
        guard let value, value != 0xAD else { return value == nil ? nil : ([], end + 1) }
        if value == 0xA0 { return ([0x20], end + 1) }
        guard value >= 0x20, let scalar = Unicode.Scalar(value) else { return nil }
        return (Array(String(scalar).utf8), end + 1)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func beginsTag(_ byte: UInt8) -> Bool { isLetter(byte) || [0x2F, 0x21, 0x3F].contains(byte) }

    /// The place behind a tag's end; a `>` in quotes is none.
    private static func tagEnd(in text: [UInt8], from start: Int) -> Int {
        var quote: UInt8?
        var place = start
        while place < text.count {
            let byte = text[place]
            if let open = quote {
                // A quote that is never closed ends with the line after all.
                if byte == open || place - start > 1 << 20 { quote = nil }
            } else if byte == 0x3E {
                return place + 1
            } else if byte == 0x22 || byte == 0x27, place > start, text[place - 1] == 0x3D {
                quote = byte
            }
            place += 1
        }
        return text.count
    }

    private static func end(of mark: String, in text: [UInt8], from start: Int) -> Int {
        let mark = Array(mark.utf8)
        var place = start
        while place + mark.count <= text.count {
            if mark.indices.allSatisfy({ text[place + $0] | 0x20 == mark[$0] | 0x20 }) { return place + mark.count }
            place += 1
        }
        return text.count
    }
}
