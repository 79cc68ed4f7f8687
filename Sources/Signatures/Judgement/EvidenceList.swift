private import Foundation
import RecordsModel

/// The evidence of a verdict, each piece once.
struct EvidenceList {
    /// The pieces.
    private(set) var items: [SignatureEvidence] = []

    /// Adds the certificates of a path.
    mutating func add(_ path: CertificatePath, isTimeStamp: Bool = false, _ moment: (Int) -> Moment) {
        for (place, certificate) in path.certificates.enumerated() {
            let isAnchor = place == path.certificates.count - 1 && (path.fault == nil || path.fault == .time)
            let first = isTimeStamp ? "time stamp authority" : "signer"
            add(certificate, role: isAnchor ? "trust anchor" : place == 0 ? first : "issuer", moment)
        }
    }

    /// Adds what a time stamp rests on.
    mutating func add(_ stamp: TimeStampJudgement, _ moment: (Int) -> Moment) {
        if let path = stamp.path { add(path, isTimeStamp: true, moment) }
        for (certificate, standing) in stamp.standings { add(standing, certificate, moment) }
    }

    /// Adds revocation data.
    mutating func add(_ standing: EvidencePool.Standing, _ subject: Certificate, _ moment: (Int) -> Moment) {
        let (data, said): (any RevocationData, DatedAnswer)
        switch standing {
        case .good(let used, let answer, _), .revoked(let used, let answer, _): (data, said) = (used, answer)
        case .notAsked, .unknown: return
        }
        var words = "good"
        if case .revoked(let since) = said.answer { words = "revoked \(moment(since))" }
        append(
            SignatureEvidence(
                kind: data.kind,
                role: "revocation data",
                subject: subject.subject,
                from: moment(said.thisUpdate),
                until: said.nextUpdate.map(moment),
                answer: words,
                sha256: Digesting.sha256(data.der),
                der: Data(data.der).base64EncodedString()
            )
        )
    }

    private mutating func add(_ certificate: Certificate, role: String, _ moment: (Int) -> Moment) {
        append(
            SignatureEvidence(
                kind: .certificate,
                role: role,
                subject: certificate.subject,
                issuer: certificate.issuer,
                serial: certificate.serial,
                from: moment(certificate.notBefore),
                until: moment(certificate.notAfter),
                sha256: Digesting.sha256(certificate.der),
                der: Data(certificate.der).base64EncodedString()
            )
        )
    }

    private mutating func append(_ item: SignatureEvidence) {
        let isThere = items.contains { $0.sha256 == item.sha256 && $0.subject.utf8.elementsEqual(item.subject.utf8) }
        if !isThere { items.append(item) }
    }
}
