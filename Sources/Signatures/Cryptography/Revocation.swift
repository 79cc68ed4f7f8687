private import CLibCryptoCMS

/// What revocation data say of one certificate.
enum RevocationAnswer: Hashable {
    /// Nothing that can be used.
    case silent
    /// Not revoked.
    case good
    /// Revoked since a time, in seconds since 1970.
    case revoked(Int)
}

/// Revocation data of either kind: when they were issued, and until when they count as current.
protocol RevocationData: AnyObject {
    /// What they say of a certificate, where its CA, or a responder that it authorised, signed them.
    func answer(for certificate: Certificate, issuedBy issuer: Certificate) -> DatedAnswer
    /// The responder that signed in the stead of a CA; nil where the CA signed itself.
    func responder(besides issuer: Certificate) -> Certificate?
    /// What it is.
    var kind: SignatureEvidence.Kind { get }
    /// The bytes.
    var der: [UInt8] { get }
}

/// An answer with the time that it is of.
struct DatedAnswer: Hashable {
    /// What is said.
    let answer: RevocationAnswer
    /// When it was issued, in seconds since 1970.
    let thisUpdate: Int
    /// Until when it is current; nil where it does not say.
    let nextUpdate: Int?

    /// No answer.
    static let silent = DatedAnswer(answer: .silent, thisUpdate: 0, nextUpdate: nil)

    /// Whether it speaks of a time: issued after it, or still current at it.
    func covers(_ time: Int) -> Bool {
        thisUpdate >= time || nextUpdate.map { thisUpdate <= time && time <= $0 } ?? false
    }
}

/// A CRL (RFC 5280, 5).
///
/// Wraps `X509_CRL` of libcrypto and owns one reference to it. libcrypto judges issuer, signature, scope, reasons and
/// critical extensions; delta and indirect lists do not count.
@safe
final class RevocationList: RevocationData {
    private let raw: OpaquePointer
    let kind = SignatureEvidence.Kind.crl

    /// Takes over one reference.
    init(adopting raw: OpaquePointer) { unsafe self.raw = raw }

    /// Reads DER; nil where it is no CRL, or anything follows it.
    init?(der bytes: [UInt8]) {
        guard let raw = unsafe DER.read(bytes, { start, length in unsafe d2i_X509_CRL(nil, start, length) }) else {
            return nil
        }
        unsafe self.raw = raw
    }

    deinit { unsafe X509_CRL_free(raw) }

    var der: [UInt8] { unsafe DER.bytes({ target in unsafe i2d_X509_CRL(raw, target) }) ?? [] }

    func answer(for certificate: Certificate, issuedBy issuer: Certificate) -> DatedAnswer {
        // libcrypto takes a delta list for a whole one where no other is at hand.
        guard !Algorithms.isWeak(signature: unsafe X509_CRL_get_signature_nid(raw)),
            unsafe X509_CRL_get_ext_by_NID(raw, NID_delta_crl, -1) < 0,
            let thisUpdate = unsafe Seconds.of(X509_CRL_get0_lastUpdate(raw))
        else {
            return .silent
        }
        let nextUpdate = unsafe Seconds.of(X509_CRL_get0_nextUpdate(raw))
        func dated(_ answer: RevocationAnswer) -> DatedAnswer {
            DatedAnswer(answer: answer, thisUpdate: thisUpdate, nextUpdate: nextUpdate)
        }
        switch check(certificate, issuer) {
        case X509_V_OK:
            return dated(.good)
        case X509_V_ERR_CERT_REVOKED:
            var entry: OpaquePointer?
            guard unsafe X509_CRL_get0_by_cert(raw, &entry, certificate.raw) == 1 else { return .silent }
            return dated(.revoked(unsafe Int(berkas_revoked_since(entry))))
        default: return .silent
        }
    }

    func responder(besides issuer: Certificate) -> Certificate? { nil }

    /// libcrypto's word on one certificate, its issuer as anchor and this list alone; lives are judged elsewhere.
    private func check(_ certificate: Certificate, _ issuer: Certificate) -> CInt {
        guard let store = unsafe X509_STORE_new(), let lists = unsafe berkas_crl_stack(),
            let context = unsafe X509_STORE_CTX_new()
        else {
            return X509_V_ERR_OUT_OF_MEM
        }
        defer {
            unsafe X509_STORE_CTX_free(context)
            unsafe berkas_crl_stack_free(lists)
            unsafe X509_STORE_free(store)
            ERR_clear_error()
        }
        _ = unsafe X509_STORE_add_cert(store, issuer.raw)
        _ = unsafe berkas_crl_push(lists, raw)
        guard unsafe X509_STORE_CTX_init(context, store, certificate.raw, nil) == 1 else {
            return X509_V_ERR_OUT_OF_MEM
        }
        unsafe X509_STORE_CTX_set0_crls(context, lists)
        let parameters = unsafe X509_STORE_CTX_get0_param(context)
        let flags = X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_CRL_CHECK | X509_V_FLAG_NO_CHECK_TIME
        _ = unsafe X509_VERIFY_PARAM_set_flags(parameters, UInt(flags))
        if unsafe X509_verify_cert(context) == 1 { return X509_V_OK }
        let code = unsafe X509_STORE_CTX_get_error(context)
        return code == X509_V_OK ? X509_V_ERR_UNSPECIFIED : code
    }
}

/// An OCSP answer (RFC 6960).
///
/// Wraps `OCSP_BASICRESP` of libcrypto. libcrypto judges the signature, and that the signer is the CA itself or a
/// responder whose certificate the CA issued for OCSP.
@safe
final class StatusAnswer: RevocationData {
    private let raw: OpaquePointer
    let kind = SignatureEvidence.Kind.ocsp
    let der: [UInt8]

    /// Reads an OCSPResponse in DER; nil where it is none, or one of no success.
    init?(der bytes: [UInt8]) {
        guard let whole = unsafe DER.read(bytes, { start, length in unsafe d2i_OCSP_RESPONSE(nil, start, length) })
        else {
            return nil
        }
        defer {
            unsafe OCSP_RESPONSE_free(whole)
            ERR_clear_error()
        }
        guard unsafe OCSP_response_status(whole) == 0, let raw = unsafe OCSP_response_get1_basic(whole) else {
            return nil
        }
        unsafe self.raw = raw
        der = bytes
    }

    /// Reads a BasicOCSPResponse in DER, as CAdES keeps it; nil where it is none.
    init?(basic bytes: [UInt8]) {
        guard let raw = unsafe DER.read(bytes, { start, length in unsafe d2i_OCSP_BASICRESP(nil, start, length) })
        else {
            return nil
        }
        unsafe self.raw = raw
        der = bytes
    }

    deinit { unsafe OCSP_BASICRESP_free(raw) }

    func answer(for certificate: Certificate, issuedBy issuer: Certificate) -> DatedAnswer {
        guard let entry = unsafe entry(certificate, issuer) else { return .silent }
        var thisTime: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var nextTime: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var revokedTime: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var reason: CInt = 0
        let status = unsafe OCSP_single_get0_status(entry, &reason, &revokedTime, &thisTime, &nextTime)
        guard let thisUpdate = unsafe Seconds.of(thisTime), isSigned(for: issuer, at: thisUpdate) else {
            return .silent
        }
        let nextUpdate = unsafe Seconds.of(nextTime)
        func dated(_ answer: RevocationAnswer) -> DatedAnswer {
            DatedAnswer(answer: answer, thisUpdate: thisUpdate, nextUpdate: nextUpdate)
        }
        switch status {
        case V_OCSP_CERTSTATUS_GOOD: return dated(.good)
        case V_OCSP_CERTSTATUS_REVOKED: return dated(.revoked(unsafe Seconds.of(revokedTime) ?? 0))
        default: return .silent
        }
    }

    /// The entry about a certificate, whatever digest its identifier is made with.
    private func entry(_ certificate: Certificate, _ issuer: Certificate) -> OpaquePointer? {
        for index in 0..<min(1000, unsafe OCSP_resp_count(raw)) {
            guard let entry = unsafe OCSP_resp_get0(raw, index),
                let identifier = unsafe OCSP_SINGLERESP_get0_id(entry)
            else { continue }
            var algorithm: OpaquePointer?
            unsafe OCSP_id_get0_info(nil, &algorithm, nil, nil, identifier)
            guard let digest = unsafe berkas_digest_kind(OBJ_obj2nid(algorithm)),
                let wanted = unsafe OCSP_cert_to_id(digest, certificate.raw, issuer.raw)
            else { continue }
            defer { unsafe OCSP_CERTID_free(wanted) }
            if unsafe OCSP_id_cmp(identifier, wanted) == 0 { return unsafe entry }
        }
        return nil
    }

    func responder(besides issuer: Certificate) -> Certificate? {
        guard let extra = unsafe berkas_x509_stack() else { return nil }
        defer {
            unsafe berkas_x509_stack_free(extra)
            ERR_clear_error()
        }
        _ = unsafe berkas_x509_push(extra, issuer.raw)
        var signer: OpaquePointer?
        guard unsafe OCSP_resp_get0_signer(raw, &signer, extra) == 1, let signer = unsafe signer,
            unsafe X509_cmp(signer, issuer.raw) != 0, unsafe X509_up_ref(signer) == 1
        else { return nil }
        return unsafe Certificate(adopting: signer)
    }

    /// Whether the CA or its responder signed, with a certificate alive at that time.
    private func isSigned(for issuer: Certificate, at time: Int) -> Bool {
        guard let store = unsafe X509_STORE_new(), let extra = unsafe berkas_x509_stack() else { return false }
        defer {
            unsafe berkas_x509_stack_free(extra)
            unsafe X509_STORE_free(store)
            ERR_clear_error()
        }
        _ = unsafe X509_STORE_add_cert(store, issuer.raw)
        _ = unsafe berkas_x509_push(extra, issuer.raw)
        let parameters = unsafe X509_STORE_get0_param(store)
        let flags = X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME
        _ = unsafe X509_VERIFY_PARAM_set_flags(parameters, UInt(flags))
        unsafe X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        guard !Algorithms.isWeak(signature: unsafe berkas_algorithm_nid(OCSP_resp_get0_tbs_sigalg(raw))),
            unsafe OCSP_basic_verify(raw, extra, store, 0) == 1
        else {
            return false
        }
        var signer: OpaquePointer?
        guard unsafe OCSP_resp_get0_signer(raw, &signer, extra) == 1, let signer = unsafe signer,
            let begin = unsafe Seconds.of(X509_get0_notBefore(signer)),
            let end = unsafe Seconds.of(X509_get0_notAfter(signer))
        else {
            return false
        }
        return begin <= time && time <= end
    }
}
