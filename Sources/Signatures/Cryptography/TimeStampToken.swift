private import CLibCryptoCMS

/// A time stamp (RFC 3161): that a digest existed at a time.
struct TimeStampToken {
    /// The CMS object.
    let object: SignedData
    /// The stated time, in seconds since 1970.
    let time: Int
    /// The digest algorithm of the stamped bytes, by libcrypto's number.
    let imprintAlgorithm: CInt
    /// The digest of the stamped bytes.
    let imprint: [UInt8]
    /// What it is over, in DER.
    let content: [UInt8]

    /// Reads a token.
    init(_ bytes: [UInt8]) throws(SignedData.Fault) {
        object = try SignedData(bytes)
        guard object.isTimeStamp, let content = object.content else {
            throw SignedData.Fault(words: "the content of the CMS object is no time stamp")
        }
        self.content = content
        guard
            let info = unsafe DER.read(content, { start, length in unsafe d2i_TS_TST_INFO(nil, start, length) })
        else {
            throw SignedData.Fault(words: "the time stamp's content is unreadable")
        }
        defer { unsafe TS_TST_INFO_free(info) }
        guard let time = unsafe Seconds.of(TS_TST_INFO_get_time(info)),
            let stamped = unsafe TS_TST_INFO_get_msg_imprint(info), let digest = unsafe TS_MSG_IMPRINT_get_msg(stamped)
        else {
            throw SignedData.Fault(words: "the time stamp states no time or no digest")
        }
        self.time = time
        imprintAlgorithm = unsafe berkas_algorithm_nid(TS_MSG_IMPRINT_get_algo(stamped))
        imprint = unsafe Array(
            UnsafeBufferPointer(start: ASN1_STRING_get0_data(digest), count: Int(ASN1_STRING_length(digest)))
        )
    }
}

/// What a time stamp is worth.
struct TimeStampJudgement {
    /// The class.
    var state: TimeStampState
    /// Whether only a later document time stamp makes it good, since its authority has ended.
    var isCarriedOn = false
    /// In words, where it is not trusted.
    var words: String
    /// The stated time; nil where it cannot be read.
    var time: Int?
    /// The authority's certificate.
    var authority: Certificate?
    /// What its algorithms are called.
    var algorithm: String?
    /// The authority's path.
    var path: CertificatePath?
    /// Revocation data of the path.
    var standings: [(Certificate, EvidencePool.Standing)] = []
    /// The class of the reason, where it is not trusted and a signature of its own.
    var reason: SignatureReason = .untrustedTimestamp
}

extension TimeStampToken {
    /// Judges the time stamp.
    ///
    /// Its authority must be good at `provenTime`: the day of the check, or the time of a later good time stamp over this
    /// one. Revocation data of the authority must speak of the stated time; if any says that it is revoked by now, the
    /// time stamp proves nothing.
    ///
    /// - Parameters:
    ///   - digest: the digest of what it should be over, by an algorithm.
    ///   - pool: what the file carries.
    ///   - anchors: the anchors for time stamps.
    ///   - provenTime: until when it must have held, in seconds since 1970.
    ///   - now: the day of the check.
    /// - Returns: what it is worth.
    func judge(
        over digest: (CInt) -> [UInt8]?,
        _ pool: EvidencePool,
        anchors: [Certificate],
        provenTime: Int,
        now: Int
    ) -> TimeStampJudgement {
        var result = TimeStampJudgement(state: .untrusted, words: "", time: time)
        let certificate = object.signerCertificate(beside: pool.certificates)
        result.authority = certificate
        let algorithms = object.algorithmReport(certificate)
        result.algorithm = algorithms.name
        func refused(
            _ words: String,
            _ reason: SignatureReason = .untrustedTimestamp,
            _ state: TimeStampState = .untrusted
        ) -> TimeStampJudgement {
            result.state = state
            result.words = words
            result.reason = reason
            return result
        }
        guard let certificate else { return refused("the authority's certificate is not in the file", .malformed) }
        guard digest(imprintAlgorithm) == imprint else {
            return refused("it is over other bytes", .digestMismatch, .mismatch)
        }
        switch object.verify(
            certificate,
            digest: { Digesting.digest($0, of: content) },
            content: { content }
        ) {
        case .right: break
        case .malformed(let words): return refused(words, .malformed)
        case .unsupported(let words): return refused(words)
        case .digestMismatch: return refused("its own digest is wrong", .signatureBroken)
        case .signatureBroken: return refused("its own signature is wrong", .signatureBroken)
        }
        if object.names(certificate) != true {
            return refused("it does not name its certificate", .certificateMismatch)
        }
        if let weakness = algorithms.weakness { return refused(weakness, .weakAlgorithm) }
        if Algorithms.isWeak(digest: imprintAlgorithm) { return refused("it is over a weak digest", .weakAlgorithm) }
        if let obstacle = certificate.timeStampingObstacle {
            return refused("\(certificate.subject): \(obstacle)", .keyUsage)
        }
        guard time <= now + 300 else { return refused("it states a time that is still to come") }
        let path = CertificatePath.find(
            from: certificate,
            through: object.certificates + pool.certificates,
            to: anchors,
            at: provenTime
        )
        result.path = path
        if case .broken(let words)? = path.fault { return refused(words, .chain) }
        if case .weak(let words)? = path.fault { return refused(words, .weakAlgorithm) }
        if let fault = path.fault, fault != .time {
            let reason: SignatureReason =
                fault == .selfSigned ? .selfSigned : fault == .unknownRoot ? .unknownRoot : .missingIntermediate
            return refused("its authority leads to no trust anchor", reason)
        }
        guard path.certificates.allSatisfy({ $0.isAlive(at: time) }) else {
            return refused("a certificate of its authority was not in force at the stated time")
        }
        var evidence = pool
        evidence.add(object)
        for (subject, issuer) in zip(path.certificates, path.certificates.dropFirst()) {
            let standing = evidence.standing(of: subject, issuedBy: issuer, at: time, now: now)
            result.standings.append((subject, standing))
            switch standing {
            case .good(_, _, revokedLater: nil), .notAsked: continue
            case .unknown:
                return refused("the file has no usable revocation data of \(subject.subject)", .noRevocationInfo)
            case .good, .revoked: return refused("\(subject.subject) was revoked", .revoked)
            }
        }
        if path.fault == .time {
            return refused(
                "a certificate of its authority has ended, and no later time stamp carries it on",
                .expiredTimestampAuthority,
                .expired
            )
        }
        result.state = .trusted
        result.isCarriedOn = path.certificates.contains { !$0.isAlive(at: now) }
        return result
    }
}
