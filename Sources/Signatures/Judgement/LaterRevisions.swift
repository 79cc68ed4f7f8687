/// What came after one signature.
struct LaterRevisions {
    /// In a word; nil where it cannot be judged.
    var changes: LaterChanges?
    /// In more words.
    var words: [String] = []
    /// What follows from it for the verdict.
    var faults: [(SignatureReason, String)] = []
    /// What is to be drawn to confirm that; nil where nothing came later, or it is not permitted.
    var drawing: RevisionDrawing?

    /// Judges what follows the signed revision of a candidate with a right byte range.
    ///
    /// - Parameters:
    ///   - range: its byte range.
    ///   - candidate: the signature.
    ///   - document: the file and its other signatures.
    init(_ range: ByteRange, _ candidate: SignatureCandidate, in document: DocumentJudge) {
        let file = document.file
        let bytes = file.bytes
        guard range.end < bytes.count else {
            changes = LaterChanges.none
            return
        }
        // What appended bytes turn on, programs show without any object of theirs.
        if let head = LinearizedHead(bytes), head.length.map({ $0 > range.end }) ?? true {
            refuse("the file says that it is as long as it became after signing, and is then read from its front")
            return
        }
        let found: AppendedUpdates
        switch document.behind[range.end] {
        case .success(let updates)?: found = updates
        case .failure(let fault)?:
            refuse("what stands behind the signed revision is no update of it: \(fault.words)")
            return
        case nil:
            refuse("what stands behind the signed revision cannot be read")
            return
        }
        if found.sections.isEmpty {
            changes = LaterChanges.none
            words = ["white space stands behind the signed bytes"]
            return
        }
        guard let place = RevisionChain.startOfTail(bytes, end: range.end) else {
            faults = [(.byteRange, "the byte range does not end where a revision of the file ends")]
            return
        }
        guard let tail = RevisionTail(bytes, at: place), tail.end >= range.end else {
            faults = [(.unreadable, "the signed revision ends in a way that programs read differently")]
            return
        }
        do throws(PDFReadingError) {
            try compare(range, tail, found, candidate, document)
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
        _ tail: RevisionTail,
        _ updates: AppendedUpdates,
        _ candidate: SignatureCandidate,
        _ document: DocumentJudge
    ) throws(PDFReadingError) {
        let file = document.file
        let header = file.bytes.header
        guard !file.isRepaired, let chain = document.chain?.sections, let roles = document.roles,
            chain.count > updates.sections.count,
            chain.prefix(updates.sections.count).elementsEqual(updates.sections.reversed()),
            chain[updates.sections.count] == tail.section + header
        else {
            return refuse("what stands behind the signed revision is no update of it")
        }
        let old = try PDFFile(
            file.bytes,
            end: range.end,
            password: document.verifier.password,
            repairing: false,
            later: (file, updates.changed)
        )
        let fields = try FormTree.signatureFields(of: old)
        let isThere = fields.contains {
            $0.reference == candidate.field.reference && $0.owner == candidate.field.owner
                && $0.value == candidate.value && $0.name.utf8.elementsEqual(candidate.field.name.utf8)
        }
        guard isThere else { return refuse("the signed revision does not have this signature in this field") }
        var later: [PDFReference: SignatureFinding.Kind] = [:]
        for other in document.candidates {
            guard let reference = other.field.reference, let end = other.goodRange?.end, end > range.end,
                document.signatures.contains(reference),
                !fields.contains(where: { $0.value != nil && $0.owner == other.field.owner })
            else { continue }
            later[reference] = other.kind
        }
        var comparison = try RevisionComparison(
            old: old,
            new: file,
            newRoles: roles,
            updates: updates,
            permissions: try SigningPermissions.of(fields, in: old),
            laterSignatures: later
        )
        let found = try comparison.run()
        for words in found.forbidden { refuse(words) }
        guard found.forbidden.isEmpty else { return }
        changes = .permitted
        words = found.permitted + found.doubtful
        for words in found.doubtful { faults.append((.hiddenLater, words)) }
        drawing = try RevisionDrawing(end: range.end, found.overlays, in: file, pages: roles.pages)
    }
}
