private import RecordsModel

/// The rules for signatures of persons.
extension SignatureJudge {
    mutating func judgeSigned() {
        let object: SignedData
        do throws(SignedData.Fault) {
            object = try SignedData(candidate.contents)
        } catch {
            return add(.malformed, error.words)
        }
        if let seconds = object.signingTime {
            finding.claimedTime = moment(seconds)
            claims.append(seconds)
        }
        guard let certificate = object.signerCertificate(beside: document.pool.certificates) else {
            tell(nil, algorithm: object.algorithmReport(nil).name)
            return add(.missingIntermediate, "the certificate that the signer names is not at hand")
        }
        let algorithms = object.algorithmReport(certificate)
        tell(certificate, algorithm: algorithms.name)
        judgeBytes(object, certificate)
        if let weakness = algorithms.weakness { add(.weakAlgorithm, weakness) }
        if let obstacle = certificate.signingObstacle { add(.keyUsage, "\(certificate.subject): \(obstacle)") }
        let stamps = judgeSignatureTimeStamps(object)
        judgeLife(certificate, object, stamps)
    }

    private mutating func judgeBytes(_ object: SignedData, _ certificate: Certificate) {
        guard object.isPlain else { return add(.malformed, "what the CMS object is over is no plain data") }
        let bytes = document.file.bytes
        guard let spans = candidate.spans else { return }
        let outcome = object.verify(
            certificate,
            digest: { Digesting.digest($0, of: spans, in: bytes) },
            content: { spans.flatMap { bytes.slice($0) ?? [] } }
        )
        switch outcome {
        case .right: break
        case .digestMismatch: return add(.digestMismatch, "the document is not the one that was signed")
        case .signatureBroken:
            return add(.signatureBroken, "the signature does not fit the signer's key and what it is over")
        case .malformed(let words): return add(.malformed, words)
        case .unsupported(let words): return add(.unsupported, "the library does not know \(words)")
        }
        if let content = object.content, !content.isEmpty {
            add(.malformed, "the CMS object carries content of its own, where none may be")
        }
        switch object.names(certificate) {
        case true?: break
        case false?: add(.certificateMismatch, "the signed attributes name another certificate than the one used")
        case nil where candidate.form == .cades:
            add(.malformed, "the signed attributes do not name the signer's certificate, as CAdES demands")
        case nil: break
        }
    }

    // MARK: - Time stamps

    /// The signature's own time stamps, the best first.
    private mutating func judgeSignatureTimeStamps(_ object: SignedData) -> [TimeStampJudgement] {
        let value = object.signatureValue
        var judged: [TimeStampJudgement] = []
        for bytes in object.attribute("1.2.840.113549.1.9.16.2.14", isSigned: false).prefix(20) {
            do throws(SignedData.Fault) {
                judged.append(
                    try TimeStampToken(bytes).judge(
                        over: { Digesting.digest($0, of: value) },
                        document.pool,
                        anchors: document.verifier.anchors.timeStamps,
                        provenTime: provenByDocument ?? document.now,
                        now: document.now
                    )
                )
            } catch {
                judged.append(TimeStampJudgement(state: .untrusted, words: error.words, reason: .malformed))
            }
        }
        judged.sort {
            ($0.state == .trusted ? 0 : 1, $0.time ?? .max) < ($1.state == .trusted ? 0 : 1, $1.time ?? .max)
        }
        guard let best = judged.first else { return [] }
        finding.timestamp = best.isCarriedOn ? .expired : best.state
        finding.timestampTime = best.time.map(moment)
        evidence.add(best, moment)
        return judged
    }

    /// The time of the oldest good document time stamp over this signature.
    private var provenByDocument: Int? {
        candidate.goodRange.flatMap { document.provenTime(behind: $0.end) }
    }

    // MARK: - The certificate and its issuers

    private mutating func judgeLife(
        _ certificate: Certificate,
        _ object: SignedData,
        _ stamps: [TimeStampJudgement]
    ) {
        let own = stamps.first.flatMap { $0.state == .trusted ? $0.time : nil }
        let proven = [own, provenByDocument].compactMap(\.self).min()
        finding.provenTime = proven.map(moment)
        let time = proven ?? document.now
        var pool = document.pool
        pool.add(object)
        let path = CertificatePath.find(
            from: certificate,
            through: object.certificates + document.pool.certificates,
            to: document.verifier.anchors.signers,
            at: time,
            for: .documents
        )
        evidence.add(path, moment)
        for claim in claims where !certificate.isAlive(at: claim) {
            add(.notValidAtSigning, "by the signer's own word it was signed outside of the certificate's life")
        }
        if proven == nil, stamps.first?.state == .mismatch {
            add(.timestampMismatch, "the time stamp is over other bytes than this signature")
        }
        switch path.fault {
        case nil: break
        case .time: judgeTime(path, isProven: proven != nil, stamps.first)
        case .selfSigned: return add(.selfSigned, "the signer vouches for himself")
        case .unknownRoot: return add(.unknownRoot, "the chain ends at a root that is no trust anchor")
        case .missingIntermediate: return add(.missingIntermediate, "an issuer's certificate is not at hand")
        case .weak(let words): return add(.weakAlgorithm, "a certificate of the chain: \(words)")
        case .broken(let words): return add(.chain, "the chain breaks a rule: \(words)")
        }
        judgeRevocation(path, pool, proven: proven)
    }

    private mutating func judgeTime(_ path: CertificatePath, isProven: Bool, _ stamp: TimeStampJudgement?) {
        if isProven {
            return add(.notValidAtSigning, "a certificate of the chain was not in force at the proven time")
        }
        guard path.certificates.allSatisfy({ $0.notBefore <= document.now }) else {
            return add(.notValidAtSigning, "a certificate of the chain is not in force yet")
        }
        let words = "a certificate of the chain has ended, and nothing proves that the signature is older"
        switch stamp?.state {
        case .mismatch?: break
        case .untrusted?: add(.untrustedTimestamp, words + ": the time stamp does not count, " + (stamp?.words ?? ""))
        case .expired?: add(.expiredTimestampAuthority, words + ": the time stamp's authority has ended too")
        case .trusted?, TimeStampState.none?, nil: add(.expiredNoTimestamp, words)
        }
    }

    private mutating func judgeRevocation(_ path: CertificatePath, _ pool: EvidencePool, proven: Int?) {
        let time = proven ?? document.now
        for (subject, issuer) in zip(path.certificates, path.certificates.dropFirst()) {
            let standing = pool.standing(of: subject, issuedBy: issuer, at: time, now: document.now)
            evidence.add(standing, subject, moment)
            switch standing {
            case .notAsked: continue
            case .unknown:
                add(.noRevocationInfo, "the file holds no usable revocation data of \(subject.subject)")
            case .good(_, _, let later):
                guard let later, claims.contains(where: { $0 >= later }) else { continue }
                add(.revoked, "by the signer's own word it was signed after \(subject.subject) was revoked")
            case .revoked(_, _, let since):
                let words = "\(subject.subject) was revoked \(moment(since))"
                if proven != nil {
                    add(.revoked, words + ", before the proven time")
                } else if claims.contains(where: { $0 >= since }) {
                    add(.revoked, words + ", before the time that the signer claims")
                } else {
                    add(.revokedNoProofOfTime, words + ", and nothing proves that the signature is older")
                }
            }
        }
    }
}
