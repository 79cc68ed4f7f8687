/// The verdict on one signature, from the best to the worst.
package enum SignatureVerdict: String, Codable, Sendable, CaseIterable {
    /// All rules hold.
    case valid
    /// Nothing is known to be wrong, but something needed is missing, unknown or beyond reach.
    case cannotTell = "cannot-tell"
    /// A rule is known to be broken.
    case invalid

    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The worse of two.
    package static func worse(_ left: SignatureVerdict, _ right: SignatureVerdict) -> SignatureVerdict {
        left.rank >= right.rank ? left : right
    }
}

/// Why a verdict is what it is: a class, in the order in which one of several is given as the reason.
package enum SignatureReason: String, Codable, Sendable, CaseIterable {
    /// Parts of the signature are missing, doubled or unreadable.
    case malformed
    /// The byte range has gaps, holes beside the signature, or does not fit the file.
    case byteRange = "byte-range"
    /// The document is not the one that was signed.
    case digestMismatch = "digest-mismatch"
    /// The signature is not over its attributes, or not by this key.
    case signatureBroken = "signature-broken"
    /// The signed attributes name another certificate than the one used.
    case certificateMismatch = "certificate-mismatch"
    /// A later revision does what is not permitted.
    case changedAfterSigning = "changed-after-signing"
    /// MD5, SHA-1, or a key that is too short.
    case weakAlgorithm = "weak-algorithm"
    /// The certificate may not be used for this.
    case keyUsage = "key-usage"
    /// The chain breaks a rule of RFC 5280.
    case chain
    /// A certificate was revoked by then.
    case revoked
    /// The certificate was not in force, by a time stamp or the signer's own word.
    case notValidAtSigning = "not-valid-at-signing"

    /// A form of signature withdrawn from the standard or never in it.
    case unsupported
    /// The file does not open.
    case password
    /// The file's structure is too broken, or too large, to judge what came after signing.
    case unreadable
    /// What came later may hide what was signed, and is permitted by the letter.
    case hiddenLater = "hidden-later"
    /// A program shows a page otherwise than it was signed, and nothing that is permitted explains it.
    case shownOtherwise = "shown-otherwise"
    /// The signer vouches for himself.
    case selfSigned = "self-signed"
    /// The chain ends at a root that is no trust anchor.
    case unknownRoot = "unknown-root"
    /// An issuer is not at hand.
    case missingIntermediate = "missing-intermediate"
    /// The time stamp is over other bytes.
    case timestampMismatch = "timestamp-mismatch"
    /// The time stamp's authority is not trusted.
    case untrustedTimestamp = "untrusted-timestamp"
    /// The time stamp's authority has ended, and nothing carries the proof on.
    case expiredTimestampAuthority = "expired-timestamp-authority"
    /// The certificate has ended, and nothing proves that the signature is older.
    case expiredNoTimestamp = "expired-no-timestamp"
    /// Revoked after the claimed time, which nothing proves.
    case revokedNoProofOfTime = "revoked-no-proof-of-time"
    /// A source of revocation data is named, and the file holds none that can be used.
    case noRevocationInfo = "no-revocation-info"

    /// Nothing is wrong.
    case ok

    /// The verdict that a reason leads to.
    package var verdict: SignatureVerdict {
        switch self {
        case .ok: .valid
        case .malformed, .byteRange, .digestMismatch, .signatureBroken, .certificateMismatch, .changedAfterSigning,
            .weakAlgorithm, .keyUsage, .chain, .revoked, .notValidAtSigning:
            .invalid
        default: .cannotTell
        }
    }
}

/// What a time stamp is worth.
package enum TimeStampState: String, Codable, Sendable {
    /// There is none.
    case none
    /// It proves its time.
    case trusted
    /// Its authority is not trusted, or it is broken.
    case untrusted
    /// Its authority's certificate has ended.
    case expired = "expired-tsa"
    /// It is over other bytes.
    case mismatch
}

/// What later revisions do to a signed one.
package enum LaterChanges: String, Codable, Sendable {
    /// Nothing came later.
    case none
    /// Only what may come.
    case permitted
    /// Something that may not come.
    case notPermitted = "not-permitted"
}
