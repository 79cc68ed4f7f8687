private import CLibCryptoCMS

/// The certificates and revocation data that a file carries, and what they say together.
struct EvidencePool {
    /// Certificates that a path may lead through.
    var certificates: [Certificate] = []
    /// CRLs and OCSP answers.
    var revocation: [any RevocationData] = []

    /// How many of each are looked at.
    static let limit = 500

    /// Adds what another source carries.
    mutating func add(certificates: [Certificate] = [], revocation: [any RevocationData] = []) {
        self.certificates += certificates.prefix(max(0, Self.limit - self.certificates.count))
        self.revocation += revocation.prefix(max(0, Self.limit - self.revocation.count))
    }

    /// Adds what a CMS object carries: certificates, CRLs, and the revocation data of its signed and unsigned attributes.
    mutating func add(_ object: SignedData) {
        add(certificates: object.certificates, revocation: object.lists)
        // adbe-revocationInfoArchival (ISO 32000-2, 12.8.3.3.2), and RevocationValues and CertificateValues of CAdES.
        for value in object.attribute("1.2.840.113583.1.1.8", isSigned: true) { addRevocation(value, isBasic: false) }
        for value in object.attribute("1.2.840.113549.1.9.16.2.24", isSigned: false) {
            addRevocation(value, isBasic: true)
        }
        for value in object.attribute("1.2.840.113549.1.9.16.2.23", isSigned: false) {
            guard let whole = DER.elements(value, in: 0..<value.count)?.first,
                let items = DER.elements(value, in: whole.content)
            else { continue }
            add(certificates: items.prefix(Self.limit).compactMap { Certificate(der: Array(value[$0.whole])) })
        }
    }

    /// `SEQUENCE { [0] SEQUENCE OF CertificateList OPTIONAL, [1] SEQUENCE OF … OCSP OPTIONAL, … }`, both tags explicit.
    private mutating func addRevocation(_ value: [UInt8], isBasic: Bool) {
        guard let whole = DER.elements(value, in: 0..<value.count)?.first,
            let parts = DER.elements(value, in: whole.content)
        else { return }
        for part in parts where part.tag == 0xA0 || part.tag == 0xA1 {
            guard let list = DER.elements(value, in: part.content)?.first,
                let items = DER.elements(value, in: list.content)
            else { continue }
            for item in items.prefix(Self.limit) {
                let bytes = Array(value[item.whole])
                if part.tag == 0xA0 {
                    if let list = RevocationList(der: bytes) { add(revocation: [list]) }
                } else if let answer = isBasic ? StatusAnswer(basic: bytes) : StatusAnswer(der: bytes) {
                    add(revocation: [answer])
                }
            }
        }
    }

    /// What is known of one certificate of a path at a time.
    enum Standing {
        /// It names no source of revocation data and is not asked.
        case notAsked
        /// Not revoked then, by these data; revoked later, where a time is given.
        case good(any RevocationData, DatedAnswer, revokedLater: Int?)
        /// Revoked then already, since a time.
        case revoked(any RevocationData, DatedAnswer, since: Int)
        /// The data are absent, stale, forged, or from the future.
        case unknown
    }

    /// Asks all data about a certificate.
    ///
    /// Data count as proof that it was good where they were issued after the time or were current at it, and not after
    /// the certificate's own end, since a CA may then drop it from its lists (RFC 5280, 3.3). That it was revoked stays
    /// true however old the data are.
    ///
    /// - Parameters:
    ///   - certificate: the certificate.
    ///   - issuer: the one above it on the path.
    ///   - time: seconds since 1970.
    ///   - now: the day of the check; data from behind it are not believed.
    /// - Returns: what is known.
    func standing(of certificate: Certificate, issuedBy issuer: Certificate, at time: Int, now: Int) -> Standing {
        var best: (any RevocationData, DatedAnswer)?
        var worst: (any RevocationData, DatedAnswer, Int)?
        var usable: [(any RevocationData, DatedAnswer)] = []
        var isTainted = false
        for data in revocation {
            let said = data.answer(for: certificate, issuedBy: issuer)
            guard said.answer != .silent, said.thisUpdate <= now + 86_400 else { continue }
            if isByRevoked(data, issuer) { isTainted = true } else { usable.append((data, said)) }
        }
        for (data, said) in usable {
            // Somebody answered for it with a revoked key: that it is missing on a list which it does not name as its
            // source clears it of nothing.
            if isTainted, data.kind == .crl, said.answer == .good, !certificate.namesListSource { continue }
            if case .revoked(let since) = said.answer {
                if worst.map({ since < $0.2 }) ?? true { worst = (data, said, since) }
                if since > time, said.covers(time), best == nil { best = (data, said) }
            } else if said.covers(time), said.thisUpdate <= certificate.notAfter {
                if best.map({ said.thisUpdate > $0.1.thisUpdate }) ?? true { best = (data, said) }
            }
        }
        if let worst, worst.2 <= time { return .revoked(worst.0, worst.1, since: worst.2) }
        if let best { return .good(best.0, best.1, revokedLater: worst?.2) }
        return certificate.namesRevocationSource ? .unknown : .notAsked
    }

    /// Whether a responder signed that its CA has revoked, by data that the CA signed itself: then it proves nothing.
    private func isByRevoked(_ data: any RevocationData, _ issuer: Certificate) -> Bool {
        guard let responder = data.responder(besides: issuer) else { return false }
        return revocation.contains { other in
            if case .revoked = other.answer(for: responder, issuedBy: issuer).answer {
                return other.responder(besides: issuer) == nil
            }
            return false
        }
    }
}
