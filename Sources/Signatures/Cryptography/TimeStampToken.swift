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
        var result = TimeStampJudgement(state: .trusted, words: "", time: time)
        let certificate = object.signerCertificate(beside: pool.certificates)
        result.authority = certificate
        let algorithms = object.algorithmReport(certificate)
        result.algorithm = algorithms.name
        guard let certificate else {
            return result.refused(Refusal("the authority's certificate is not in the file", .malformed))
        }
        if let refusal = tokenRefusal(certificate, over: digest, weakness: algorithms.weakness, now: now) {
            return result.refused(refusal)
        }
        let path = CertificatePath.find(
            from: certificate,
            through: object.certificates + pool.certificates,
            to: anchors,
            at: provenTime,
            for: .times
        )
        result.path = path
        if let refusal = pathRefusal(path) { return result.refused(refusal) }
        var evidence = pool
        evidence.add(object)
        for (subject, issuer) in zip(path.certificates, path.certificates.dropFirst()) {
            let standing = evidence.standing(of: subject, issuedBy: issuer, at: time, now: now)
            result.standings.append((subject, standing))
            switch standing {
            case .good(_, _, revokedLater: nil), .notAsked: continue
            case .unknown:
                let words = "the file has no usable revocation data of \(subject.subject)"
                return result.refused(Refusal(words, .noRevocationInfo))
            case .good, .revoked: return result.refused(Refusal("\(subject.subject) was revoked", .revoked))
            }
        }
        if path.fault == .time {
            let words = "a certificate of its authority has ended, and no later time stamp carries it on"
            return result.refused(Refusal(words, .expiredTimestampAuthority, .expired))
        }
        result.isCarriedOn = path.certificates.contains { !$0.isAlive(at: now) }
        return result
    }

    /// What is wrong with the token itself; nil where nothing is.
    private func tokenRefusal(
        _ certificate: Certificate,
        over digest: (CInt) -> [UInt8]?,
        weakness: String?,
        now: Int
    ) -> Refusal? {
        guard digest(imprintAlgorithm) == imprint else {
            return Refusal("it is over other bytes", .digestMismatch, .mismatch)
        }
        let outcome = object.verify(
            certificate,
            digest: { Digesting.digest($0, of: content) },
            content: { content }
        )
        switch outcome {
        case .right: break
        case .malformed(let words): return Refusal(words, .malformed)
        case .unsupported(let words): return Refusal(words)
        case .digestMismatch: return Refusal("its own digest is wrong", .signatureBroken)
        case .signatureBroken: return Refusal("its own signature is wrong", .signatureBroken)
        }
        if object.names(certificate) != true {
            return Refusal("it does not name its certificate", .certificateMismatch)
        }
        if let weakness { return Refusal(weakness, .weakAlgorithm) }
        if Algorithms.isWeak(digest: imprintAlgorithm) { return Refusal("it is over a weak digest", .weakAlgorithm) }
        if let obstacle = certificate.timeStampingObstacle {
            return Refusal("\(certificate.subject): \(obstacle)", .keyUsage)
        }
        return time <= now + 300 ? nil : Refusal("it states a time that is still to come")
    }

    /// What is wrong with the authority's path, its end apart; nil where nothing is.
    private func pathRefusal(_ path: CertificatePath) -> Refusal? {
        let nowhere = "its authority leads to no trust anchor"
        switch path.fault {
        case .broken(let words)?: return Refusal(words, .chain)
        case .weak(let words)?: return Refusal(words, .weakAlgorithm)
        case .selfSigned?: return Refusal(nowhere, .selfSigned)
        case .unknownRoot?: return Refusal(nowhere, .unknownRoot)
        case .missingIntermediate?: return Refusal(nowhere, .missingIntermediate)
        case .time?, nil: break
        }
        guard path.certificates.allSatisfy({ $0.isAlive(at: time) }) else {
            return Refusal("a certificate of its authority was not in force at the stated time")
        }
        return nil
    }
}

/// Why a time stamp proves nothing.
private struct Refusal {
    /// In words.
    let words: String
    /// The class, for a document time stamp.
    let reason: SignatureReason
    /// What it is worth.
    let state: TimeStampState

    init(
        _ words: String,
        _ reason: SignatureReason = .untrustedTimestamp,
        _ state: TimeStampState = .untrusted
    ) {
        self.words = words
        self.reason = reason
        self.state = state
    }
}

extension TimeStampJudgement {
    fileprivate func refused(_ refusal: Refusal) -> TimeStampJudgement {
        var result = self
        (result.state, result.words, result.reason) = (refusal.state, refusal.words, refusal.reason)
        return result
    }
}
