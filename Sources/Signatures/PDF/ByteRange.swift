/// What bytes of the file a signature says that it is over, held against the file (ISO 32000-2, 12.8.1).
///
/// Right is `[0 a b c]` where the bytes from `a` up to `b` are exactly the hexadecimal string that is the value of
/// `Contents` in this signature's own dictionary, and `b + c` lies in the file. Everything before `b + c` but those digits
/// is then signed.
struct ByteRange: Hashable {
    /// The bytes before the string.
    let head: Range<Int>
    /// The bytes behind it.
    let tail: Range<Int>
    /// What the string holds.
    let contents: [UInt8]

    /// Where the signed revision ends.
    var end: Int { tail.upperBound }

    /// What is wrong with a byte range.
    struct Fault: Error, Hashable {
        /// Whether parts of the signature's dictionary are missing or doubled, so that no range can be judged.
        let isMalformed: Bool
        /// What, in words.
        let words: String
    }

    /// Judges the byte range of a signature dictionary.
    ///
    /// - Parameters:
    ///   - value: `ByteRange`, as qpdf reads it.
    ///   - contents: `Contents`, as qpdf reads it; nil where the file is encrypted and qpdf might have decrypted it.
    ///   - owner: the indirect object that the dictionary is, or that holds it.
    ///   - bytes: the whole file.
    /// - Throws: what is wrong with it.
    init(
        _ value: PDFValue?,
        contents: [UInt8]?,
        owner: PDFReference,
        in bytes: FileBytes
    ) throws(Fault) {
        guard case .array(let items)? = value, !items.isEmpty else {
            throw Fault(isMalformed: true, words: "the dictionary has no ByteRange")
        }
        let numbers = items.compactMap(\.integer)
        guard numbers.count == 4, items.count == 4 else {
            throw Fault(isMalformed: false, words: "ByteRange has \(items.count) items and not four whole numbers")
        }
        func fault(_ words: String) -> Fault { Fault(isMalformed: false, words: "ByteRange \(numbers): " + words) }
        guard numbers.allSatisfy({ $0 >= 0 }) else { throw fault("a number is negative") }
        guard numbers[0] == 0 else { throw fault("it does not begin at 0") }
        guard numbers[1] > 0, numbers[3] > 0 else { throw fault("one of the two spans is empty") }
        let (end, overflow) = numbers[2].addingReportingOverflow(numbers[3])
        guard !overflow, end <= bytes.count else { throw fault("it reaches beyond the end of the file") }
        // Neither is negative, so that the difference is a number.
        guard numbers[2] - numbers[1] > 1 else {
            throw fault("the second span does not lie behind the first with a string between them")
        }
        let hole = numbers[1]..<numbers[2]
        let place = try Self.place(of: hole, owner: owner, in: bytes, fault)
        if !place.doubled.isEmpty {
            throw Fault(isMalformed: true, words: "the dictionary has \(place.doubled.joined(separator: ", ")) twice")
        }
        let digits = HexText.bytes(bytes.slice(hole.lowerBound + 1..<hole.upperBound - 1) ?? [])
        if let contents, contents != digits {
            throw Fault(isMalformed: true, words: "Contents is read as something else than the string in the hole")
        }
        head = 0..<numbers[1]
        tail = numbers[2]..<end
        self.contents = digits
    }

    /// Finds the hole as the value of `Contents` in the object that stands around it.
    private static func place(
        of hole: Range<Int>,
        owner: PDFReference,
        in bytes: FileBytes,
        _ fault: (String) -> Fault
    ) throws(Fault) -> SignatureDictionaryPlace {
        guard bytes.byte(hole.lowerBound) == UInt8(ascii: "<"), bytes.byte(hole.upperBound - 1) == UInt8(ascii: ">")
        else {
            throw fault("what it leaves out is not a hexadecimal string")
        }
        guard let header = objectHeader(of: owner, before: hole.lowerBound, in: bytes) else {
            throw fault("what it leaves out does not stand in the signature's object")
        }
        guard let place = SignatureDictionaryPlace(bytes, objectAt: header, hole: hole) else {
            throw fault("what it leaves out is not exactly the Contents of the signature's dictionary")
        }
        return place
    }

    /// How far before its string a signature's object may begin.
    private static let searchLimit = 16 << 20

    /// Where the object begins whose header stands last before an offset, behind `N G obj`.
    private static func objectHeader(of owner: PDFReference, before offset: Int, in bytes: FileBytes) -> Int? {
        var end = offset
        while let keyword = bytes.last("obj", before: end), offset - keyword < searchLimit {
            end = keyword + 2
            if let number = numbers(before: keyword, in: bytes), number == owner { return keyword + 3 }
        }
        return nil
    }

    /// The two numbers of an object's header, read backwards from its keyword.
    private static func numbers(before keyword: Int, in bytes: FileBytes) -> PDFReference? {
        var place = keyword - 1
        func number() -> Int? {
            let behind = place
            while let byte = bytes.byte(place), PDFTokenizer.isSpace(byte) { place -= 1 }
            guard place < behind else { return nil }
            let last = place
            while let byte = bytes.byte(place), byte >= 0x30, byte <= 0x39, last - place < 11 { place -= 1 }
            guard place < last, let digits = bytes.slice(place + 1..<last + 1) else { return nil }
            return Int(String(decoding: digits, as: UTF8.self))
        }
        guard let generation = number(), let object = number(), generation <= 65_535, object <= Int(Int32.max) else {
            return nil
        }
        return PDFReference(number: Int32(object), generation: Int32(generation))
    }
}

/// Where in the file the dictionary around a hole lies, and what it has twice.
private struct SignatureDictionaryPlace {
    /// Keys that stand in it more than once.
    var doubled: [String] = []

    /// An open container.
    private struct Container {
        /// Whether it is a dictionary.
        let isDictionary: Bool
        /// The keys that it had so far.
        var keys: [[UInt8]: Int] = [:]
        /// The key whose value comes next.
        var key: [UInt8]?
        /// Whether the hole is its `Contents`.
        var holdsHole = false
    }

    /// Reads an object from behind its header; nil where the hole is not the value of a `Contents` in it.
    init?(_ bytes: FileBytes, objectAt start: Int, hole: Range<Int>) {
        var tokens = PDFTokenizer(bytes, at: start, limit: bytes.count)
        var open: [Container] = []
        while true {
            let token = tokens.next()
            switch token {
            case .dictionaryStart, .arrayStart:
                guard open.count < PDFFile.Limits.depth else { return nil }
                open.append(Container(isDictionary: token == .dictionaryStart))
                continue
            case .dictionaryEnd, .arrayEnd:
                guard let closed = open.popLast(), closed.isDictionary == (token == .dictionaryEnd) else { return nil }
                if closed.holdsHole {
                    for (key, count) in closed.keys where count > 1 {
                        doubled.append(String(decoding: key, as: UTF8.self))
                    }
                    doubled.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
                    return
                }
            case .name(let name):
                if let last = open.indices.last, open[last].isDictionary, open[last].key == nil {
                    open[last].key = name
                    open[last].keys[name, default: 0] += 1
                    continue
                }
            case .hexString(let isClean):
                if tokens.start == hole.lowerBound, tokens.offset == hole.upperBound, isClean,
                    let last = open.indices.last, open[last].key == Array("Contents".utf8)
                {
                    open[last].holdsHole = true
                }
            case .literalString, .word: break
            case .end: return nil
            }
            // A value has ended; of `12 0 R` the first number ends it, and the others change nothing.
            guard let last = open.indices.last else { return nil }
            if open[last].isDictionary { open[last].key = nil }
        }
    }
}
