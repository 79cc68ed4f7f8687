/// What came after one signature.
struct LaterRevisions {
    /// In a word; nil where it cannot be judged.
    var changes: LaterChanges?
    /// In more words.
    var words: [String] = []
    /// What follows from it for the verdict.
    var faults: [(SignatureReason, String)] = []

    /// Judges what follows the signed revision of a candidate with a right byte range.
    ///
    /// - Parameters:
    ///   - range: its byte range.
    ///   - candidate: the signature.
    ///   - document: the file and its other signatures.
    init(_ range: ByteRange, _ candidate: SignatureCandidate, in document: DocumentJudge) {
        let file = document.file
        let bytes = file.bytes
        var place = range.end
        while let byte = bytes.byte(place), PDFTokenizer.isSpace(byte) { place += 1 }
        if place >= bytes.count {
            changes = LaterChanges.none
            if range.end < bytes.count { words = ["white space stands behind the signed bytes"] }
            return
        }
        guard RevisionChain.startOfTail(bytes, end: range.end) != nil else {
            faults = [(.byteRange, "the byte range does not end where a revision of the file ends")]
            return
        }
        do throws(PDFReadingError) {
            try compare(range, candidate, document)
        } catch {
            let said: String
            switch error {
            case .password: said = "the signed revision asks for a password"
            case .limit(let words), .damaged(let words): said = words
            }
            faults.append((.unreadable, "what came after signing cannot be judged: \(said)"))
        }
    }

    private mutating func refuse(_ words: String) {
        changes = .notPermitted
        self.words.append(words)
        faults.append((.changedAfterSigning, words))
    }

    private mutating func compare(
        _ range: ByteRange,
        _ candidate: SignatureCandidate,
        _ document: DocumentJudge
    ) throws(PDFReadingError) {
        let file = document.file
        guard let before = RevisionChain(file.bytes, end: range.end) else {
            throw .damaged("the cross-reference sections of the signed revision are broken")
        }
        let old = try PDFFile(
            file.bytes,
            end: range.end,
            password: document.verifier.password,
            repairing: false
        )
        guard !file.isRepaired, let after = RevisionChain(file.bytes, end: file.bytes.count),
            after.sections.count > before.sections.count,
            after.sections.suffix(before.sections.count) == before.sections[...],
            after.sections.dropLast(before.sections.count).allSatisfy({ $0 >= range.end })
        else {
            return refuse("what stands behind the signed revision is no update of it")
        }
        let fields = try FormTree.signatureFields(of: old)
        let isThere = fields.contains {
            $0.reference == candidate.field.reference && $0.owner == candidate.field.owner
                && $0.value == candidate.value && $0.name.utf8.elementsEqual(candidate.field.name.utf8)
        }
        guard isThere else { return refuse("the signed revision does not have this signature in this field") }
        var later: [PDFReference: SignatureFinding.Kind] = [:]
        for other in document.candidates {
            guard let reference = other.field.reference, let end = other.goodRange?.end, end > range.end,
                !fields.contains(where: { $0.value != nil && $0.owner == other.field.owner })
            else { continue }
            later[reference] = other.kind
        }
        var comparison = try RevisionComparison(
            old: old,
            new: file,
            permissions: try SigningPermissions.of(fields, in: old),
            laterSignatures: later
        )
        let found = try comparison.run()
        for words in found.forbidden { refuse(words) }
        if found.forbidden.isEmpty {
            changes = .permitted
            words = found.permitted
        }
    }
}
