/// Reads objects strictly, as every program reads them: what is doubled, odd or cut off is an error.
///
/// Strings are kept as written and not decrypted: what is asked is how an object is built, and what it refers to.
struct ObjectSyntax {
    /// What is wrong with an object.
    struct Fault: Error, Hashable {
        /// In words.
        let words: String
    }

    private let bytes: FileBytes
    private(set) var tokens: PDFTokenizer
    private var pushedBack: [PDFTokenizer.Token] = []
    /// Every object that was referred to.
    private(set) var references: [PDFReference] = []

    /// A reader that begins at an offset and reads nothing at or behind a limit.
    init(_ bytes: FileBytes, at offset: Int, limit: Int) {
        self.bytes = bytes
        tokens = PDFTokenizer(bytes, at: offset, limit: limit)
    }

    /// Where the reader stands.
    var offset: Int { tokens.offset }

    /// Reads one value.
    mutating func value(depth: Int = 0) throws(Fault) -> PDFValue {
        guard depth < PDFFile.Limits.depth else { throw Fault(words: "containers are nested too deep") }
        let start = tokens
        switch tokens.next() {
        case .dictionaryStart: return .dictionary(try entries(depth: depth))
        case .arrayStart:
            var items: [PDFValue] = []
            while true {
                let before = tokens
                if tokens.next() == .arrayEnd { return .array(items) }
                tokens = before
                items.append(try value(depth: depth + 1))
            }
        case .name(let name): return .name(PDFName(name))
        case .literalString, .hexString(isClean: true): return .string(bytes.slice(tokens.start..<tokens.offset) ?? [])
        case .word(let word): return try simple(word)
        default:
            tokens = start
            throw Fault(words: "an object is broken at \(start.offset)")
        }
    }

    private mutating func entries(depth: Int) throws(Fault) -> PDFDictionary {
        var entries: PDFDictionary = [:]
        while true {
            switch tokens.next() {
            case .dictionaryEnd: return entries
            case .name(let bytes):
                let name = PDFName(bytes)
                guard entries[name] == nil else { throw Fault(words: "a key stands twice: \(name)") }
                entries[name] = try value(depth: depth + 1)
            default: throw Fault(words: "a dictionary is broken at \(tokens.start)")
            }
        }
    }

    private mutating func simple(_ word: [UInt8]) throws(Fault) -> PDFValue {
        switch word {
        case Array("null".utf8): return .null
        case Array("true".utf8): return .boolean(true)
        case Array("false".utf8): return .boolean(false)
        default: break
        }
        guard let first = Self.number(word) else {
            throw Fault(words: "a word that means nothing stands at \(tokens.start)")
        }
        let behind = tokens
        if case .integer(let number) = first, number >= 0, number <= Int(Int32.max),
            case .word(let second) = tokens.next(), case .integer(let generation)? = Self.number(second),
            (0...65_535).contains(generation), tokens.next() == .word([UInt8(ascii: "R")])
        {
            let reference = PDFReference(number: Int32(number), generation: Int32(generation))
            references.append(reference)
            return .reference(reference)
        }
        tokens = behind
        return first
    }

    /// A number as every program reads it; nil for anything else.
    static func number(_ word: [UInt8]) -> PDFValue? {
        let digits = word.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        guard word.count - digits.count <= 1, !digits.isEmpty, word.count <= 40 else { return nil }
        let points = digits.count { $0 == UInt8(ascii: ".") }
        guard points <= 1, digits.count > points,
            digits.allSatisfy({ $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) })
        else { return nil }
        if points == 1 { return .real(word) }
        return Int(String(decoding: word, as: UTF8.self)).map { .integer($0) }
    }
}

/// An object of the file with the place where it stands.
struct PlacedObject {
    /// Which object it says that it is.
    let reference: PDFReference
    /// Where its number stands.
    let start: Int
    /// Where its value begins, and where that ends; of a stream, the dictionary.
    let value: Range<Int>
    /// The value; of a stream, the dictionary.
    let content: PDFValue
    /// The data of a stream; nil for any other object.
    let data: Range<Int>?
    /// What it refers to.
    let references: [PDFReference]
    /// Where it ends, behind `endobj`.
    let end: Int

    /// The entries of a dictionary or a stream.
    var entries: PDFDictionary {
        if case .dictionary(let entries) = content { return entries }
        return [:]
    }

    /// Reads `N G obj … endobj` at an offset.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - start: where its number stands.
    ///   - limit: nothing at or behind it is read.
    ///   - length: gives the number that a reference stands for, for the length of a stream.
    /// - Throws: what is wrong with it.
    init(
        _ bytes: FileBytes,
        at start: Int,
        limit: Int,
        length: (PDFReference) -> Int?
    ) throws(ObjectSyntax.Fault) {
        guard let (reference, opening) = Self.header(bytes, at: start) else {
            throw ObjectSyntax.Fault(words: "what stands at \(start) is no object")
        }
        var reader = ObjectSyntax(bytes, at: opening, limit: limit)
        content = try reader.value()
        self.reference = reference
        self.start = start
        value = opening..<reader.offset
        references = reader.references
        var tokens = reader.tokens
        let word = tokens.next()
        guard word == .word(Array("stream".utf8)) else {
            guard word == .word(Array("endobj".utf8)) else {
                throw ObjectSyntax.Fault(words: "the object at \(start) does not end as it should")
            }
            data = nil
            end = tokens.offset
            return
        }
        guard case .dictionary(let entries) = content else {
            throw ObjectSyntax.Fault(words: "the stream at \(start) has no dictionary")
        }
        let size = entries["Length"].flatMap { $0.reference.map(length) ?? $0.integer }
        let data = try Self.data(bytes, behind: tokens.offset, size: size, limit: limit)
        self.data = data
        tokens = PDFTokenizer(bytes, at: data.upperBound, limit: limit)
        guard tokens.next() == .word(Array("endstream".utf8)), tokens.start - data.upperBound <= 2,
            tokens.next() == .word(Array("endobj".utf8))
        else {
            throw ObjectSyntax.Fault(words: "the stream at \(start) does not end where its length says")
        }
        end = tokens.offset
    }

    private static func data(
        _ bytes: FileBytes,
        behind keyword: Int,
        size: Int?,
        limit: Int
    ) throws(ObjectSyntax.Fault) -> Range<Int> {
        var begin = keyword
        if bytes.byte(begin) == 0x0D { begin += 1 }
        guard bytes.byte(begin) == 0x0A, let size, size >= 0, size <= limit - begin - 1 else {
            throw ObjectSyntax.Fault(words: "the stream at \(keyword) has no length that fits")
        }
        let data = begin + 1..<begin + 1 + size
        for word in ["endstream", "endobj"] as [StaticString] where bytes.first(word, in: data) != nil {
            throw ObjectSyntax.Fault(words: "the stream at \(keyword) holds what ends a stream")
        }
        return data
    }

    /// The header of an object: two numbers and `obj` with plain white space between; nil for anything else.
    static func header(_ bytes: FileBytes, at start: Int) -> (PDFReference, behind: Int)? {
        var place = start
        func space() -> Bool {
            let first = place
            while let byte = bytes.byte(place), PDFTokenizer.isPlainSpace(byte), place - first < 8 { place += 1 }
            return place > first
        }
        guard let object = bytes.digits(at: &place, most: 10), space(),
            let generation = bytes.digits(at: &place, most: 10), space(), bytes.has("obj", at: place),
            object > 0, object <= Int(Int32.max), generation <= 65_535
        else { return nil }
        if let next = bytes.byte(place + 3), !PDFTokenizer.isSpace(next), !PDFTokenizer.isDelimiter(next) { return nil }
        return (PDFReference(number: Int32(object), generation: Int32(generation)), place + 3)
    }
}
