/// What stands behind the end of a revision, taken apart byte by byte: nothing may stand there that an update does not
/// list.
///
/// Programs that find a cross-reference table broken look for objects by themselves, and the last one counts. So an
/// object that no table lists is seen by some programs and not by others. Here every byte must belong to an object that
/// the section of its own update lists at exactly that place, to that section, its trailer, or the end of the file.
struct AppendedUpdates {
    /// The numbers of the objects that are defined or freed.
    private(set) var changed: Set<Int32> = []
    /// Of these, the numbers that are free in the end: some programs see nothing there, others what was there before.
    private(set) var freed: Set<Int32> = []
    /// The objects with another generation than 0.
    private(set) var generations: [PDFReference] = []
    /// What the objects that were defined refer to.
    private(set) var references: Set<PDFReference> = []
    /// Where each section begins, as `startxref` says, the oldest first.
    private(set) var sections: [Int] = []

    private let bytes: FileBytes
    private let header: Int
    private let file: PDFFile

    /// How much white space may stand behind the last mark: programs look for `startxref` in the last kilobyte.
    static let tailLimit = 64
    /// The highest number of an object (ISO 32000-1, annex C): programs take a table with a higher one for broken.
    private static let highest = 8_388_607
    /// How far a number may lie beyond `Size`, which some producers count too small.
    private static let beyondSize = 64

    /// Nothing behind a revision.
    init(_ file: PDFFile) {
        self.file = file
        bytes = file.bytes
        header = bytes.header
    }

    /// Adds what a later stretch of the file does.
    mutating func add(_ other: AppendedUpdates) {
        changed.formUnion(other.changed)
        freed = freed.subtracting(other.changed).union(other.freed)
        generations += other.generations
        references.formUnion(other.references)
        sections += other.sections
    }

    /// Takes a stretch of the file apart that begins and ends where revisions end.
    ///
    /// - Throws: what does not belong there.
    mutating func read(_ stretch: Range<Int>) throws(ObjectSyntax.Fault) {
        var place = stretch.lowerBound
        let isFresh = [stretch.lowerBound - 1, stretch.lowerBound].contains { [0x0A, 0x0D].contains(bytes.byte($0)) }
        guard isFresh else {
            throw ObjectSyntax.Fault(words: "what was added does not begin on a line of its own")
        }
        while true {
            let start = place
            try skipSpace(&place, stretch.upperBound)
            if place >= stretch.upperBound {
                guard stretch.upperBound - start <= Self.tailLimit else {
                    throw ObjectSyntax.Fault(
                        words: "more than \(Self.tailLimit) blanks stand behind the end of the file"
                    )
                }
                return
            }
            try readUpdate(&place, stretch)
        }
    }

    // MARK: - One update

    private mutating func readUpdate(_ place: inout Int, _ stretch: Range<Int>) throws(ObjectSyntax.Fault) {
        let start = place
        var objects: [Int: PlacedObject] = [:]
        var section: CrossReferenceSection?
        var keyword: Int?
        while section == nil {
            try skipSpace(&place, stretch.upperBound)
            if bytes.has("xref", at: place) {
                keyword = place
                let table = try CrossReferenceSection(table: place, in: bytes, limit: stretch.upperBound)
                section = table
                place = table.end
            } else if bytes.has("startxref", at: place) {
                break
            } else {
                let object = try self.object(at: place, stretch)
                guard objects.updateValue(object, forKey: Int(object.reference.number)) == nil else {
                    throw ObjectSyntax.Fault(words: "an update holds the object \(object.reference.number) twice")
                }
                place = object.end
            }
        }
        try skipSpace(&place, stretch.upperBound)
        let tail = place
        let written = try readTail(&place, stretch.upperBound)
        let target = written + header
        var own: Int32?
        if section == nil {
            guard let object = objects.values.first(where: { $0.start == target }), object.data != nil else {
                throw ObjectSyntax.Fault(words: "startxref does not lead to the section of its own update")
            }
            own = object.reference.number
            section = try CrossReferenceSection(stream: inflated(object), object.entries)
        } else if let keyword {
            guard bytes.behindBlanks(target) == keyword else {
                throw ObjectSyntax.Fault(words: "startxref does not lead to the section of its own update")
            }
        }
        guard var section else { return }
        if let beside = section.trailer["XRefStm"] {
            own = try readHybrid(beside, &section, objects)
        }
        sections.append(target)
        try judge(section, objects, own: own, stretch)
        try judgeTrailer(section.trailer, isLast: isBlank(from: place))
        try judgeWords(start..<tail, objects)
    }

    /// A table with a stream beside it, as a hybrid file has (ISO 32000-2, 7.5.8.4): taken where it cannot matter which
    /// of them a program reads first.
    private mutating func readHybrid(
        _ beside: PDFValue,
        _ section: inout CrossReferenceSection,
        _ objects: [Int: PlacedObject]
    ) throws(ObjectSyntax.Fault) -> Int32 {
        guard let offset = beside.integer, (0..<bytes.count).contains(offset),
            let object = objects.values.first(where: { $0.start == offset + header }),
            object.data != nil, object.entries["Prev"] == nil || object.entries["Prev"] == section.trailer["Prev"],
            object.entries["Root"] == nil || object.entries["Root"] == section.trailer["Root"]
        else {
            throw ObjectSyntax.Fault(words: "an update has two sections, of which programs read one or both")
        }
        try section.merge(try CrossReferenceSection(stream: inflated(object), object.entries))
        sections.append(object.start)
        return object.reference.number
    }

    private func isBlank(from place: Int) -> Bool {
        (place..<bytes.count).allSatisfy { bytes.byte($0).map(PDFTokenizer.isSpace) == true }
    }

    private func object(at place: Int, _ stretch: Range<Int>) throws(ObjectSyntax.Fault) -> PlacedObject {
        try PlacedObject(bytes, at: place, limit: stretch.upperBound) { reference in
            (try? file.object(reference))?.integer
        }
    }

    /// White space, and comments in words that mean nothing.
    private func skipSpace(_ place: inout Int, _ end: Int) throws(ObjectSyntax.Fault) {
        while place < end, let byte = bytes.byte(place) {
            if PDFTokenizer.isPlainSpace(byte) {
                place += 1
            } else if byte == UInt8(ascii: "%"), !bytes.has("%%EOF", at: place), !bytes.has("%PDF-", at: place) {
                let start = place
                while place < end, let byte = bytes.byte(place), byte != 0x0A, byte != 0x0D {
                    guard byte >= 0x20, place - start < 255 else {
                        throw ObjectSyntax.Fault(words: "a comment at \(start) holds more than words")
                    }
                    place += 1
                }
            } else {
                return
            }
        }
    }

    /// `startxref`, a line end, digits, a line end, `%%EOF`.
    private func readTail(_ place: inout Int, _ end: Int) throws(ObjectSyntax.Fault) -> Int {
        guard let tail = RevisionTail(bytes, at: place), tail.end <= end else {
            throw ObjectSyntax.Fault(words: "an update does not end in startxref, a number and %%EOF, a line each")
        }
        place = tail.end
        return tail.section
    }

    // MARK: - What is listed, and what is there

    private mutating func judge(
        _ section: CrossReferenceSection,
        _ objects: [Int: PlacedObject],
        own: Int32?,
        _ stretch: Range<Int>
    ) throws(ObjectSyntax.Fault) {
        var packed: [Int: [Int: Int]] = [:]
        try judgeNumbers(section)
        for (number, entry) in section.entries where number > 0 {
            changed.insert(Int32(number))
            freed.remove(Int32(number))
            switch entry {
            case .free: if number != own.map({ Int($0) }) { freed.insert(Int32(number)) }
            case .inside(let stream, let index): packed[stream, default: [:]][index] = number
            case .at(let offset, let generation):
                let start = bytes.behindBlanks(offset + header)
                guard let (found, _) = PlacedObject.header(bytes, at: start), Int(found.number) == number,
                    Int(found.generation) == generation,
                    start < stretch.lowerBound || objects[number]?.start == start
                else {
                    throw ObjectSyntax.Fault(words: "the object \(number) does not stand where it is listed")
                }
                // One of an older revision, listed again: programs must read it alike.
                if start < stretch.lowerBound { _ = try object(at: start, stretch) }
            }
        }
        for (number, object) in objects {
            let isListed: Bool
            switch section.entries[number] {
            case .at(let offset, _)?: isListed = bytes.behindBlanks(offset + header) == object.start
            // A cross-reference stream is found by `startxref`, and need not list itself.
            case nil, .free?: isListed = object.reference.number == own
            case .inside?: isListed = false
            }
            guard isListed else {
                throw ObjectSyntax.Fault(words: "an object is hidden at \(object.start), which no section lists")
            }
            changed.insert(object.reference.number)
            if object.reference.generation != 0 { generations.append(object.reference) }
            references.formUnion(object.references)
            if object.data != nil, object.entries["Type"] == .name("ObjStm") {
                try judgePacked(object, packed.removeValue(forKey: number) ?? [:])
            }
        }
        // An object inside of a stream that an older revision has: qpdf reads it, and its value is compared.
        for stream in packed.keys where objects[stream] != nil || !isObjectStream(stream, beside: section) {
            throw ObjectSyntax.Fault(words: "an object is listed in something that is no object stream")
        }
    }

    private func isObjectStream(_ number: Int, beside section: CrossReferenceSection) -> Bool {
        switch section.entries[number] {
        case .free?, .inside?: return false
        case .at?, nil: break
        }
        guard (1...Self.highest).contains(number),
            case .stream(let entries, _)? = try? file.object(PDFReference(number: Int32(number), generation: 0))
        else { return false }
        return entries["Type"] == .name("ObjStm")
    }

    /// A table with numbers that no file has is broken to some programs, which then look for objects by themselves.
    private func judgeNumbers(_ section: CrossReferenceSection) throws(ObjectSyntax.Fault) {
        if let first = section.entries[0], first != .free {
            throw ObjectSyntax.Fault(words: "the object 0 is listed as if it were one")
        }
        let size = section.trailer["Size"]?.integer ?? 0
        guard let most = section.entries.keys.max() else { return }
        guard most <= Self.highest, size <= Self.highest else {
            throw ObjectSyntax.Fault(words: "an object's number is too large")
        }
        guard most < size + Self.beyondSize else {
            throw ObjectSyntax.Fault(words: "the object \(most) lies far beyond the count of objects")
        }
    }

    /// An object stream holds exactly the objects that are listed in it.
    private mutating func judgePacked(_ object: PlacedObject, _ listed: [Int: Int]) throws(ObjectSyntax.Fault) {
        let fault = ObjectSyntax.Fault(words: "an object stream holds something else than what is listed in it")
        guard let count = object.entries["N"]?.integer, count == listed.count,
            let first = object.entries["First"]?.integer
        else { throw fault }
        let inside = FileBytes(try inflated(object))
        var head = PDFTokenizer(inside, at: 0, limit: inside.count)
        var places: [Int] = []
        for index in 0..<count {
            guard let number = head.nextNumber(), let place = head.nextNumber(), listed[index] == number,
                place >= 0, place <= inside.count - first, places.last.map({ $0 < place }) ?? true
            else { throw fault }
            places.append(place)
        }
        guard head.offset <= first, first <= inside.count else { throw fault }
        for (index, place) in places.enumerated() {
            let end = index + 1 < places.count ? first + places[index + 1] : inside.count
            var reader = ObjectSyntax(inside, at: first + place, limit: end)
            _ = try reader.value()
            references.formUnion(reader.references)
            var rest = reader.tokens
            guard rest.next() == .end, rest.start >= end else { throw fault }
        }
    }

    private func inflated(_ object: PlacedObject) throws(ObjectSyntax.Fault) -> [UInt8] {
        let data: [UInt8]?
        if file.isEncrypted, object.entries["Type"] != .name("XRef") {
            data = file.smallStream(.reference(object.reference))
        } else {
            data = PDFFile.inflated(object, in: bytes)
        }
        guard let data else {
            throw ObjectSyntax.Fault(words: "the stream \(object.reference.number) cannot be inflated")
        }
        return data
    }

    // MARK: - The trailer, and words between

    private func judgeTrailer(_ trailer: PDFDictionary, isLast: Bool) throws(ObjectSyntax.Fault) {
        guard let size = trailer["Size"]?.integer, trailer["Root"]?.reference != nil, trailer["Prev"]?.integer != nil
        else {
            throw ObjectSyntax.Fault(words: "the trailer of an update has no Size, no Root or no Prev")
        }
        // Some programs leave out objects from the newest Size on. One that is too large hides nothing, and what an
        // older trailer says counts no more.
        guard isLast, let chain = RevisionChain(bytes, end: bytes.count) else { return }
        guard size >= chain.sizeBefore else {
            throw ObjectSyntax.Fault(words: "the trailer of an update counts fewer objects than there were")
        }
    }

    /// Words that a program which looks for objects by itself takes for one.
    private func judgeWords(_ range: Range<Int>, _ objects: [Int: PlacedObject]) throws(ObjectSyntax.Fault) {
        let headers = Set(objects.values.map(\.value.lowerBound))
        var place = range.lowerBound
        while let found = bytes.first("obj", in: place..<range.upperBound) {
            place = found + 3
            if !headers.contains(place), looksLikeHeader(before: found) {
                throw ObjectSyntax.Fault(words: "what looks like an object is hidden at \(found)")
            }
        }
        for word in ["startxref", "%%EOF"] as [StaticString] {
            if let found = bytes.first(word, in: range) {
                throw ObjectSyntax.Fault(words: "what looks like the end of a revision is hidden at \(found)")
            }
        }
        for object in objects.values {
            if let found = bytes.first("trailer", in: object.start..<object.end) {
                throw ObjectSyntax.Fault(words: "what looks like a trailer is hidden at \(found)")
            }
        }
    }

    private func looksLikeHeader(before place: Int) -> Bool {
        var place = place - 1
        func skip(_ condition: (UInt8) -> Bool) -> Bool {
            let first = place
            while let byte = bytes.byte(place), condition(byte), first - place < 64 { place -= 1 }
            return place < first
        }
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        _ = skip(PDFTokenizer.isSpace)
        return skip(isDigit) && skip(PDFTokenizer.isSpace) && skip(isDigit)
    }
}

/// The end of a revision, read strictly: `startxref`, a number and `%%EOF`, each on a line.
struct RevisionTail: Hashable {
    /// Where the section begins, as written.
    let section: Int
    /// Where the revision ends, with the line end behind the mark.
    let end: Int

    /// Reads from the keyword on; nil for anything else.
    init?(_ bytes: FileBytes, at start: Int) {
        guard bytes.has("startxref", at: start) else { return nil }
        var place = start + 9
        guard bytes.skipLineEnd(at: &place), let value = bytes.digits(at: &place, most: 12),
            bytes.skipLineEnd(at: &place), bytes.has("%%EOF", at: place)
        else { return nil }
        place += 5
        _ = bytes.skipLineEnd(at: &place)
        section = value
        end = place
    }
}
