package import RecordsModel

/// What was found out about one signature of a file.
///
/// In JSON, a field without a value is `null`: it was not judged, or there is none.
package struct SignatureFinding: Codable, Hashable, Sendable {
    /// The full name of its field, as it stands in the file: show it with `displayed`.
    package var field: String
    /// Whether a person signed, or a time stamp authority.
    package var kind: Kind
    /// The verdict.
    package var verdict: SignatureVerdict
    /// The class of the first reason.
    package var reason: SignatureReason
    /// Every reason in words, the first first.
    package var explanations: [String]
    /// Whether its byte range is right and ends with the file's last byte; nil where there is no range to judge.
    package var coversWholeFile: Bool?
    /// What later revisions did; nil where it was not judged.
    package var changedAfter: LaterChanges?
    /// What they did, in words.
    package var changes: [String] = []
    /// The common name of the signer's certificate, as it stands there.
    package var signerCommonName: String?
    /// The whole name of the signer.
    package var signer: String?
    /// The whole name of who issued the signer's certificate.
    package var issuer: String?
    /// The time that the signer claims.
    package var claimedTime: Moment?
    /// The time that the signature's own time stamp states.
    package var timestampTime: Moment?
    /// What that time stamp is worth.
    package var timestamp: TimeStampState
    /// The time at which the signature is proven to have existed; nil where that is only the day of the check.
    package var provenTime: Moment?
    /// The DocMDP level of a certification signature, 1 to 3.
    package var certification: Int?
    /// `SubFilter`.
    package var subfilter: String?
    /// Key and digest, such as `rsa-2048/sha256`.
    package var algorithm: String?
    /// The certificates and revocation data that the verdict rests on.
    package var evidence: [SignatureEvidence] = []

    /// What kind of signature it is.
    package enum Kind: String, Codable, Sendable {
        /// Of a person or an office.
        case signature
        /// A time stamp over the whole document (ISO 32000-2, 12.8.5).
        case documentTimestamp = "document-timestamp"
    }

    private enum CodingKeys: String, CodingKey {
        case field, kind, verdict, reason, explanations, changes, signer, issuer, timestamp, certification, subfilter
        case algorithm, evidence
        case coversWholeFile = "covers_whole_file"
        case changedAfter = "changed_after"
        case signerCommonName = "signer_cn"
        case claimedTime = "claimed_time"
        case timestampTime = "timestamp_time"
        case provenTime = "proven_time"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(field, forKey: .field)
        try container.encode(kind, forKey: .kind)
        try container.encode(verdict, forKey: .verdict)
        try container.encode(reason, forKey: .reason)
        try container.encode(explanations, forKey: .explanations)
        try container.encode(coversWholeFile, forKey: .coversWholeFile)
        try container.encode(changedAfter, forKey: .changedAfter)
        try container.encode(changes, forKey: .changes)
        try container.encode(signerCommonName, forKey: .signerCommonName)
        try container.encode(signer, forKey: .signer)
        try container.encode(issuer, forKey: .issuer)
        try container.encode(claimedTime, forKey: .claimedTime)
        try container.encode(timestampTime, forKey: .timestampTime)
        try container.encode(timestamp, forKey: .timestamp)
        try container.encode(provenTime, forKey: .provenTime)
        try container.encode(certification, forKey: .certification)
        try container.encode(subfilter, forKey: .subfilter)
        try container.encode(algorithm, forKey: .algorithm)
        try container.encode(evidence, forKey: .evidence)
    }
}

/// A certificate, CRL or OCSP answer that a verdict rests on.
///
/// Kept with the record, it lets somebody check the verdict again when the certificates have expired.
package struct SignatureEvidence: Codable, Hashable, Sendable {
    /// What it is.
    package var kind: Kind
    /// What it was used for, such as `signer`, `issuer`, `trust anchor`, `time stamp authority`.
    package var role: String
    /// Who or what it is about.
    package var subject: String
    /// Who issued it; nil for revocation data, whose `subject` names the certificate.
    package var issuer: String?
    /// The certificate's serial number in hexadecimal digits.
    package var serial: String?
    /// From when it counts.
    package var from: Moment?
    /// Until when it counts; nil where it does not say.
    package var until: Moment?
    /// What it said: `good`, or `revoked` with the time; nil for a certificate.
    package var answer: String?
    /// SHA-256 of its DER bytes in hexadecimal digits.
    package var sha256: String
    /// Its DER bytes in base64.
    package var der: String

    /// Kinds of evidence.
    package enum Kind: String, Codable, Sendable {
        /// A certificate (RFC 5280).
        case certificate
        /// A list of revoked certificates (RFC 5280).
        case crl = "CRL"
        /// An answer about one certificate (RFC 6960).
        case ocsp = "OCSP"
    }
}
