private import RecordsModel

/// Judges all signatures of a file together, since time stamps of one prove the time of another.
struct DocumentJudge {
    /// The file as it is now.
    let file: PDFFile
    /// Who is trusted, and when.
    let verifier: SignatureVerifier
    /// The signatures, in the order of the form.
    let candidates: [SignatureCandidate]
    /// The fields whose content is a signature by its form.
    let signatures: Set<PDFReference>
    /// What the file carries.
    private(set) var pool = EvidencePool()
    /// What the document time stamps are worth, by their place among the candidates.
    private(set) var timeStamps: [Int: TimeStampJudgement] = [:]
    /// What is worth telling of the file.
    private(set) var notes: [String] = []

    /// What stands behind the end of each signature's revision.
    private(set) var behind: [Int: Result<AppendedUpdates, ObjectSyntax.Fault>] = [:]
    /// The sections of the file, where anything stands behind a signature.
    private(set) var chain: RevisionChain?
    /// What the objects of the file are; nil where that cannot be told.
    private(set) var roles: DocumentRoles?
    /// What is to be drawn to confirm the verdicts.
    private(set) var drawings: [RevisionDrawing] = []

    /// The day of the check, in seconds since 1970.
    var now: Int { verifier.now.secondsSinceEpoch }

    /// Takes the signatures of a file apart.
    init(_ file: PDFFile, fields: [SignatureField], verifier: SignatureVerifier) throws(PDFReadingError) {
        self.file = file
        self.verifier = verifier
        var candidates: [SignatureCandidate] = []
        for field in fields {
            if let candidate = try SignatureCandidate(field, in: file) { candidates.append(candidate) }
        }
        self.candidates = candidates
        signatures = Set(candidates.filter(\.isSignature).compactMap(\.field.reference))
    }

    /// Judges.
    mutating func run() -> [SignatureFinding] {
        collectEvidence()
        judgeTimeStamps()
        tellWhatIsGone()
        readUpdates()
        return candidates.indices.map { place in
            var judge = SignatureJudge(self, place)
            let finding = judge.run()
            if let drawing = judge.drawing { drawings.append(drawing) }
            return finding
        }
    }

    /// Takes apart what stands behind the signatures, each stretch once, from the last to the first.
    private mutating func readUpdates() {
        let ends = Set(candidates.compactMap { $0.goodRange?.end }).filter { $0 < file.bytes.count }.sorted(by: >)
        guard !ends.isEmpty else { return }
        chain = RevisionChain(file.bytes, end: file.bytes.count)
        roles = try? DocumentRoles(file)
        var later = AppendedUpdates(file)
        var next = file.bytes.count
        var broken: ObjectSyntax.Fault?
        for end in ends {
            var stretch = AppendedUpdates(file)
            do throws(ObjectSyntax.Fault) {
                if let broken { throw broken }
                try stretch.read(end..<next)
                stretch.add(later)
                later = stretch
                behind[end] = .success(stretch)
            } catch {
                broken = error
                behind[end] = .failure(error)
            }
            next = end
        }
    }

    /// The document security store (ISO 32000-2, 12.8.4.3), and what the signatures themselves carry.
    private mutating func collectEvidence() {
        do throws(PDFReadingError) {
            guard let store = try file.dictionary(try file.catalogue()["DSS"]) else { return }
            func streams(_ key: PDFName) throws(PDFReadingError) -> [[UInt8]] {
                try file.array(store[key]).prefix(EvidencePool.limit).compactMap { file.smallStream($0) }
            }
            pool.add(certificates: try streams("Certs").compactMap { Certificate(der: $0) })
            pool.add(revocation: try streams("CRLs").compactMap { RevocationList(der: $0) })
            pool.add(revocation: try streams("OCSPs").compactMap { StatusAnswer(der: $0) })
        } catch {
            notes.append("the validation data of the file cannot be read")
        }
    }

    /// From the newest document time stamp to the oldest: each must hold today, or be carried on by the one behind it.
    private mutating func judgeTimeStamps() {
        let order = candidates.indices.filter { candidates[$0].form == .timeStamp && candidates[$0].goodRange != nil }
            .sorted { (candidates[$0].goodRange?.end ?? 0) > (candidates[$1].goodRange?.end ?? 0) }
        for place in order {
            let candidate = candidates[place]
            guard let spans = candidate.spans, let range = candidate.goodRange else { continue }
            do throws(SignedData.Fault) {
                let token = try TimeStampToken(candidate.contents)
                timeStamps[place] = token.judge(
                    over: { Digesting.digest($0, of: spans, in: file.bytes) },
                    pool,
                    anchors: verifier.anchors.timeStamps,
                    provenTime: provenTime(behind: range.end) ?? now,
                    now: now
                )
            } catch {
                timeStamps[place] = TimeStampJudgement(
                    state: .untrusted,
                    words: error.words,
                    reason: .malformed
                )
            }
        }
    }

    /// The time of the oldest good document time stamp over everything up to an end; nil where there is none.
    func provenTime(behind end: Int) -> Int? {
        timeStamps.filter { place, judgement in
            judgement.state == .trusted && (candidates[place].goodRange?.end ?? 0) > end
        }.compactMap(\.value.time).min()
    }

    /// A signature that an earlier revision had and this one has not is no signature of the file, but worth telling.
    private mutating func tellWhatIsGone() {
        let bytes = file.bytes
        var (marks, place) = (0, 0)
        while let found = bytes.first("/ByteRange", in: place..<bytes.count) {
            marks += 1
            place = found + 1
        }
        guard marks > candidates.count else { return }
        let kept = candidates.map { Array($0.field.name.utf8) }
        var told: [[UInt8]] = []
        var revisions = 0
        place = 0
        while revisions < 16, let found = bytes.first("%%EOF", in: place..<bytes.count) {
            place = found + 5
            revisions += 1
            guard RevisionChain(bytes, end: place) != nil else { continue }
            guard
                let earlier = try? PDFFile(bytes, end: place, password: verifier.password, repairing: false),
                let fields = try? FormTree.signatureFields(of: earlier)
            else { continue }
            for field in fields where field.value != nil {
                let name = Array(field.name.utf8)
                guard !kept.contains(name), !told.contains(name), told.count < 16 else { continue }
                told.append(name)
                notes.append(
                    "an earlier revision was signed in the field '\(field.name)'; that signature was taken out"
                )
            }
        }
    }
}
