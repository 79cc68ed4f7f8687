private import CLibCryptoCMS

/// The way from a certificate to a trust anchor, as libcrypto finds it (RFC 5280, 6).
struct CertificatePath {
    /// The certificate, its issuers, the anchor last; as far as it was found.
    let certificates: [Certificate]
    /// What is wrong with it; nil where nothing is.
    let fault: Fault?

    /// Why a way leads nowhere.
    enum Fault: Hashable {
        /// Outside of a life, and nothing else.
        case time
        /// The certificate vouches for itself.
        case selfSigned
        /// It leads to a root that is not among the anchors.
        case unknownRoot
        /// An issuer is not at hand.
        case missingIntermediate
        /// A key or digest in it is too weak.
        case weak(String)
        /// A rule of RFC 5280 is broken; libcrypto's words.
        case broken(String)
    }

    /// What a way is for: the extended key usages that let an issuer's certificates be used for it.
    enum Purpose {
        /// Signing documents.
        case documents
        /// Stamping times.
        case times

        /// The usages that an issuer may be limited to.
        fileprivate var usages: [String] {
            switch self {
            case .documents: ExtendedUses.documents
            case .times: ["1.3.6.1.5.5.7.3.8"]
            }
        }
    }

    /// Finds a way at a time; where there is none then, the way that there would be at another.
    ///
    /// - Parameters:
    ///   - leaf: where it begins.
    ///   - others: certificates that may lie on it.
    ///   - anchors: where it may end.
    ///   - time: seconds since 1970 at which all must be alive.
    ///   - purpose: what the certificate is used for.
    /// - Returns: the way, and what is wrong with it.
    static func find(
        from leaf: Certificate,
        through others: [Certificate],
        to anchors: [Certificate],
        at time: Int,
        for purpose: Purpose
    ) -> CertificatePath {
        let (found, code) = search(leaf, others, anchors, time)
        if code == X509_V_OK {
            return CertificatePath(certificates: found, fault: limit(found, purpose))
        }
        let (timeless, second) = search(leaf, others, anchors, nil)
        if second == X509_V_OK {
            return CertificatePath(certificates: timeless, fault: limit(timeless, purpose) ?? .time)
        }
        return CertificatePath(certificates: timeless, fault: fault(second, timeless, others))
    }

    /// An issuer that is limited to other uses, such as a CA for TLS; nil where there is none.
    ///
    /// The anchor is trusted by the office's own word, and not by its extensions.
    private static func limit(_ found: [Certificate], _ purpose: Purpose) -> Fault? {
        for issuer in found.dropFirst().dropLast() {
            switch ExtendedUses(issuer, purpose.usages + [ExtendedUses.any]) {
            case .absent: continue
            case .present(_, let named, _) where named > 0: continue
            case .present, .unreadable:
                return .broken("the extended key usage of the issuer \(issuer.subject) does not cover this use")
            }
        }
        return nil
    }

    private static func search(
        _ leaf: Certificate,
        _ others: [Certificate],
        _ anchors: [Certificate],
        _ time: Int?
    ) -> ([Certificate], CInt) {
        guard let store = unsafe X509_STORE_new(), let stack = unsafe berkas_x509_stack(),
            let context = unsafe X509_STORE_CTX_new()
        else {
            return ([leaf], X509_V_ERR_OUT_OF_MEM)
        }
        defer {
            unsafe X509_STORE_CTX_free(context)
            unsafe berkas_x509_stack_free(stack)
            unsafe X509_STORE_free(store)
            ERR_clear_error()
        }
        for anchor in anchors { _ = unsafe X509_STORE_add_cert(store, anchor.raw) }
        for other in others { _ = unsafe berkas_x509_push(stack, other.raw) }
        guard unsafe X509_STORE_CTX_init(context, store, leaf.raw, stack) == 1 else {
            return ([leaf], X509_V_ERR_OUT_OF_MEM)
        }
        let parameters = unsafe X509_STORE_CTX_get0_param(context)
        // An anchor need not be a root. Level 2: 112 bits, so no SHA-1 and no RSA under 2048 in any certificate.
        // Constraints on policies are asked for, which libcrypto does not do by itself (RFC 5280, 6.1).
        let flags = X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_POLICY_CHECK
        _ = unsafe X509_VERIFY_PARAM_set_flags(parameters, UInt(flags))
        // Any policy will do, where one is demanded.
        _ = unsafe X509_VERIFY_PARAM_add0_policy(parameters, OBJ_nid2obj(NID_any_policy))
        unsafe X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        unsafe X509_VERIFY_PARAM_set_depth(parameters, 20)
        if let time {
            unsafe X509_VERIFY_PARAM_set_time(parameters, time)
        } else {
            _ = unsafe X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_NO_CHECK_TIME))
        }
        let isGood = unsafe X509_verify_cert(context) == 1
        let code = unsafe X509_STORE_CTX_get_error(context)
        var found: [Certificate] = []
        if let chain = unsafe X509_STORE_CTX_get1_chain(context) {
            let count = unsafe berkas_x509_count(chain)
            for index in 0..<max(0, count) {
                guard let item = unsafe berkas_x509_at(chain, index), unsafe X509_up_ref(item) == 1 else { continue }
                if let certificate = unsafe Certificate(adopting: item) { found.append(certificate) }
            }
            unsafe berkas_x509_pop_free(chain)
        }
        if found.isEmpty { found = [leaf] }
        return (found, isGood ? X509_V_OK : code == X509_V_OK ? X509_V_ERR_UNSPECIFIED : code)
    }

    private static func fault(_ code: CInt, _ found: [Certificate], _ others: [Certificate]) -> Fault {
        switch code {
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return .selfSigned
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: return .unknownRoot
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            // libcrypto passes over an issuer that may not issue; that its key did is a fault and no gap.
            if let last = found.last,
                let maker = others.first(where: { last.names($0) && !$0.isAuthority && last.isSigned(by: $0) })
            {
                return .broken("the issuer \(maker.subject) is no certificate authority")
            }
            return found.last.map { $0.isSelfSigned } == true ? .unknownRoot : .missingIntermediate
        case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK:
            return .weak(words(code))
        default: return .broken(words(code))
        }
    }

    private static func words(_ code: CInt) -> String {
        guard let text = unsafe X509_verify_cert_error_string(Int(code)) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}
