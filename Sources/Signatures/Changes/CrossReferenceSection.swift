/// One cross-reference section of an update, read strictly: what it lists and what its trailer says.
struct CrossReferenceSection {
    /// Where it lists an object.
    enum Entry: Hashable {
        /// At an offset from the header of the file.
        case at(Int, generation: Int)
        /// Inside an object stream, as the n-th.
        case inside(stream: Int, index: Int)
        /// Nowhere: it is gone.
        case free
    }

    /// What it lists, by object number.
    private(set) var entries: [Int: Entry] = [:]
    /// The trailer's entries.
    private(set) var trailer: PDFDictionary = [:]
    /// Where it ends.
    private(set) var end = 0

    /// How many entries one may have.
    static let limit = 8_388_608

    /// Reads a table and its trailer, from the keyword `xref` on.
    init(table start: Int, in bytes: FileBytes, limit: Int) throws(ObjectSyntax.Fault) {
        var place = start + 4
        try Self.skipLine(bytes, &place)
        while let byte = bytes.byte(place), (0x30...0x39).contains(byte) {
            guard let first = bytes.digits(at: &place, most: 10), bytes.byte(place) == 0x20 else {
                throw ObjectSyntax.Fault(words: "the cross-reference table at \(start) is broken")
            }
            place += 1
            guard let count = bytes.digits(at: &place, most: 10), count <= Self.limit else {
                throw ObjectSyntax.Fault(words: "the cross-reference table at \(start) is broken")
            }
            try Self.skipLine(bytes, &place)
            for number in first..<first + count {
                try add(number, try Self.entry(bytes, &place))
            }
        }
        place = bytes.behindBlanks(place)
        guard bytes.has("trailer", at: place) else {
            throw ObjectSyntax.Fault(words: "no trailer stands behind the cross-reference table at \(start)")
        }
        var reader = ObjectSyntax(bytes, at: place + 7, limit: limit)
        guard case .dictionary(let entries) = try reader.value() else {
            throw ObjectSyntax.Fault(words: "the trailer at \(place) is no dictionary")
        }
        trailer = entries
        end = reader.offset
    }

    /// Reads a stream, inflated, with its dictionary.
    init(stream data: [UInt8], _ entries: PDFDictionary) throws(ObjectSyntax.Fault) {
        let fault = ObjectSyntax.Fault(words: "a cross-reference stream is broken")
        guard case .array(let items)? = entries["W"], case let widths = items.compactMap(\.integer), widths.count == 3,
            widths.allSatisfy({ (0...8).contains($0) }), case let width = widths.reduce(0, +), width > 0,
            let size = entries["Size"]?.integer
        else { throw fault }
        var sections = [0, size]
        if let index = entries["Index"] {
            guard case .array(let items) = index else { throw fault }
            sections = items.compactMap(\.integer)
            guard sections.count == items.count, sections.count.isMultiple(of: 2) else { throw fault }
        }
        trailer = entries
        var place = 0
        func field(_ width: Int, absent: Int) -> Int {
            guard width > 0 else { return absent }
            defer { place += width }
            return data[place..<place + width].reduce(0) { ($0 &<< 8) | Int($1) }
        }
        for pair in stride(from: 0, to: sections.count, by: 2) {
            let (first, count) = (sections[pair], sections[pair + 1])
            guard first >= 0, count >= 0, count <= Self.limit, first <= Int(Int32.max),
                count * width <= data.count - place
            else { throw fault }
            for number in first..<first + count {
                let kind = field(widths[0], absent: 1)
                let (second, third) = (field(widths[1], absent: 0), field(widths[2], absent: 0))
                switch kind {
                case 0: try add(number, .free)
                case 1: try add(number, .at(second, generation: third))
                case 2: try add(number, .inside(stream: second, index: third))
                default: throw fault
                }
            }
        }
        guard place == data.count else { throw fault }
    }

    /// Adds what the stream beside a table lists; an object that both list must lie at one place.
    mutating func merge(_ stream: CrossReferenceSection) throws(ObjectSyntax.Fault) {
        for (number, entry) in stream.entries {
            guard entries[number] == nil || entries[number] == entry else {
                throw ObjectSyntax.Fault(words: "the object \(number) is listed twice")
            }
            entries[number] = entry
        }
    }

    private mutating func add(_ number: Int, _ entry: Entry) throws(ObjectSyntax.Fault) {
        guard entries.updateValue(entry, forKey: number) == nil else {
            throw ObjectSyntax.Fault(words: "the object \(number) is listed twice")
        }
    }

    /// The rest of a line that holds nothing but blanks.
    private static func skipLine(_ bytes: FileBytes, _ place: inout Int) throws(ObjectSyntax.Fault) {
        while let byte = bytes.byte(place), byte == 0x20 { place += 1 }
        guard bytes.skipLineEnd(at: &place) else {
            throw ObjectSyntax.Fault(words: "a line does not end as it should at \(place)")
        }
    }

    /// Twenty bytes: ten digits, five, a letter, two that end the line (ISO 32000-2, 7.5.4).
    private static func entry(_ bytes: FileBytes, _ place: inout Int) throws(ObjectSyntax.Fault) -> Entry {
        let start = place
        let fault = ObjectSyntax.Fault(words: "the entry of a cross-reference table at \(start) is broken")
        guard let offset = bytes.digits(at: &place, most: 10), place == start + 10, bytes.byte(place) == 0x20 else {
            throw fault
        }
        place += 1
        guard let generation = bytes.digits(at: &place, most: 5), place == start + 16, bytes.byte(place) == 0x20 else {
            throw fault
        }
        let letter = bytes.byte(start + 17)
        let ending = (bytes.byte(start + 18), bytes.byte(start + 19))
        place = start + 20
        guard ending == (0x20, 0x0A) || ending == (0x20, 0x0D) || ending == (0x0D, 0x0A) else { throw fault }
        switch letter {
        case UInt8(ascii: "n"): return .at(offset, generation: generation)
        case UInt8(ascii: "f"): return .free
        default: throw fault
        }
    }
}
