import RecordsModel

/// Judges one signature.
struct SignatureJudge {
    let document: DocumentJudge
    let candidate: SignatureCandidate
    let place: Int
    var faults: [(SignatureReason, String)] = []
    var finding: SignatureFinding
    var evidence = EvidenceList()
    /// What is to be drawn to confirm the verdict.
    var drawing: RevisionDrawing?
    /// The times that the signer claims, in seconds since 1970.
    var claims: [Int] = []

    /// Prepares to judge.
    init(_ document: DocumentJudge, _ place: Int) {
        self.document = document
        self.place = place
        candidate = document.candidates[place]
        finding = SignatureFinding(
            field: candidate.field.name,
            kind: candidate.kind,
            verdict: .cannotTell,
            reason: .malformed,
            explanations: [],
            timestamp: .none,
            subfilter: candidate.subfilter
        )
    }

    /// Judges by every rule, and gives the first reason of the worst verdict.
    mutating func run() -> SignatureFinding {
        finding.certification = try? SigningPermissions.level(of: candidate.value, in: document.file)
        judgeRange()
        if candidate.kind == .signature { readClaimedTime() }
        switch candidate.form {
        case .timeStamp: judgeTimeStamp()
        case .detached, .cades: judgeSigned()
        case .other: judgeOther()
        }
        let order = Dictionary(uniqueKeysWithValues: SignatureReason.allCases.enumerated().map { ($1, $0) })
        // The order of the reasons puts those that make it invalid first.
        let sorted = faults.enumerated().sorted {
            (order[$0.element.0] ?? 0, $0.offset) < (order[$1.element.0] ?? 0, $1.offset)
        }
        finding.reason = sorted.first?.element.0 ?? .ok
        finding.verdict = finding.reason.verdict
        finding.explanations = sorted.map(\.element.1)
        finding.evidence = evidence.items
        return finding
    }

    mutating func add(_ reason: SignatureReason, _ words: String) { faults.append((reason, words)) }

    // MARK: - The file

    private mutating func judgeRange() {
        switch candidate.range {
        case .failure(let fault):
            add(fault.isMalformed ? .malformed : .byteRange, fault.words)
            finding.coversWholeFile = fault.isMalformed ? nil : false
        case .success(let range):
            finding.coversWholeFile = range.end == document.file.bytes.count
            let later = LaterRevisions(range, candidate, in: document)
            finding.changedAfter = later.changes
            finding.changes = later.words
            faults += later.faults
            drawing = later.drawing
            drawing?.signature = place
        }
    }

    /// `M` of the dictionary; the signed attribute, where there is one, comes before it.
    private mutating func readClaimedTime() {
        guard let bytes = try? document.file.resolve(candidate.value["M"]).string,
            let moment = PDFText.moment(bytes)
        else { return }
        finding.claimedTime = moment
        claims.append(moment.secondsSinceEpoch)
    }

    /// A time without an offset, with the offset that the signer's own clock had, or that of the day of the check.
    ///
    /// What lies outside of the years 1 to 9999, as the end of a certificate that never ends, is moved into them.
    func moment(_ seconds: Int) -> Moment {
        Moment(
            secondsSinceEpoch: min(max(seconds, -62_135_500_000), 253_402_200_000),
            offset: finding.claimedTime?.offset ?? document.verifier.now.offset
        )
    }

    // MARK: - Forms that are not judged

    private mutating func judgeOther() {
        add(.unsupported, "the form of signature '\(candidate.subfilter ?? "")' is not one of the standard's today")
        if let object = try? SignedData(candidate.contents) {
            let certificate = object.signerCertificate(beside: document.pool.certificates)
            tell(certificate, algorithm: object.algorithmReport(certificate).name)
        } else if let bytes = try? document.file.resolve(candidate.value["Cert"]).string,
            let certificate = Certificate(der: bytes)
        {
            tell(certificate, algorithm: Algorithms.key(of: certificate, isPSS: false).name + "/sha1")
        }
    }

    mutating func tell(_ certificate: Certificate?, algorithm: String?) {
        finding.signerCommonName = certificate?.commonName
        finding.signer = certificate?.subject
        finding.issuer = certificate?.issuer
        finding.algorithm = algorithm
    }

    // MARK: - A document time stamp

    private mutating func judgeTimeStamp() {
        guard let judged = document.timeStamps[place] else {
            // Its byte range is wrong, so that it proves nothing; who made it is told all the same.
            finding.timestamp = .untrusted
            guard let token = try? TimeStampToken(candidate.contents) else { return }
            let certificate = token.object.signerCertificate(beside: document.pool.certificates)
            tell(certificate, algorithm: token.object.algorithmReport(certificate).name)
            finding.timestampTime = moment(token.time)
            return
        }
        tell(judged.authority, algorithm: judged.algorithm)
        finding.timestamp = judged.isCarriedOn ? .expired : judged.state
        finding.timestampTime = judged.time.map(moment)
        if judged.state == .trusted { finding.provenTime = finding.timestampTime }
        evidence.add(judged, moment)
        if judged.state != .trusted { add(judged.reason, judged.words) }
    }
}
