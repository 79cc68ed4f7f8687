private import CLibCryptoCMS

/// A CMS object with one signature (RFC 5652, 5).
///
/// Wraps `CMS_ContentInfo` of libcrypto. ISO 32000-2, 12.8.3.3 allows one signer only; an object with none or two is
/// refused.
@safe
final class SignedData {
    private let raw: OpaquePointer
    private let signer: OpaquePointer
    /// The certificates in it.
    let certificates: [Certificate]
    /// The CRLs in it.
    let lists: [RevocationList]

    /// Why an object is none that can be judged.
    struct Fault: Error, Hashable {
        /// In words.
        let words: String
    }

    /// Reads BER or DER behind which nothing but zeros stands.
    init(_ bytes: [UInt8]) throws(Fault) {
        var left = 0
        guard
            let raw = unsafe DER.readPrefix(
                bytes,
                left: &left,
                { start, length in unsafe d2i_CMS_ContentInfo(nil, start, length) }
            )
        else {
            throw Fault(words: bytes.allSatisfy { $0 == 0 } ? "Contents is empty" : "Contents is no CMS object")
        }
        unsafe self.raw = raw
        let signers = unsafe CMS_get0_SignerInfos(raw)
        let count =
            unsafe CMS_get0_type(raw).map { unsafe OBJ_obj2nid($0) } == NID_pkcs7_signed
            ? unsafe berkas_signer_count(signers) : -1
        let signer = unsafe count == 1 ? berkas_signer_at(signers, 0) : nil
        guard let signer = unsafe signer, left >= 0, bytes.suffix(left).allSatisfy({ $0 == 0 }) else {
            unsafe CMS_ContentInfo_free(raw)
            if count == 1 { throw Fault(words: "bytes that belong to nothing stand behind the CMS object") }
            throw Fault(words: count < 0 ? "Contents is no SignedData" : "the CMS object has \(count) signers, not one")
        }
        unsafe self.signer = signer
        var certificates: [Certificate] = []
        if let stack = unsafe CMS_get1_certs(raw) {
            for index in 0..<min(200, unsafe berkas_x509_count(stack)) {
                guard let item = unsafe berkas_x509_at(stack, index), unsafe X509_up_ref(item) == 1 else { continue }
                if let certificate = unsafe Certificate(adopting: item) { certificates.append(certificate) }
            }
            unsafe berkas_x509_pop_free(stack)
        }
        self.certificates = certificates
        var lists: [RevocationList] = []
        if let stack = unsafe CMS_get1_crls(raw) {
            for index in 0..<min(200, unsafe berkas_crl_count(stack)) {
                guard let item = unsafe berkas_crl_at(stack, index), unsafe X509_CRL_up_ref(item) == 1 else { continue }
                lists.append(unsafe RevocationList(adopting: item))
            }
            unsafe berkas_crl_pop_free(stack)
        }
        self.lists = lists
        ERR_clear_error()
    }

    deinit { unsafe CMS_ContentInfo_free(raw) }

    /// Whether the content is a time stamp (RFC 3161) and not plain data.
    var isTimeStamp: Bool { contentType == NID_id_smime_ct_TSTInfo }
    /// Whether the content is plain data.
    var isPlain: Bool { contentType == NID_pkcs7_data }
    private var contentType: CInt { unsafe OBJ_obj2nid(CMS_get0_eContentType(raw)) }

    /// The content that the object carries; nil where it is detached.
    var content: [UInt8]? {
        guard let place = unsafe CMS_get0_content(raw), let content = unsafe place.pointee else { return nil }
        return unsafe Self.bytes(content)
    }

    private static func bytes(_ string: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        let count = Int(unsafe ASN1_STRING_length(string))
        return unsafe Array(UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: count))
    }

    // MARK: - The signer

    /// The signature's own bytes, which a signature time stamp is over.
    var signatureValue: [UInt8] {
        guard let value = unsafe CMS_SignerInfo_get0_signature(signer) else { return [] }
        return unsafe Self.bytes(value)
    }

    /// The certificate that the signer names, of those at hand; the one whose key fits where there are several.
    func signerCertificate(beside others: [Certificate]) -> Certificate? {
        let named = (certificates + others).filter { unsafe CMS_SignerInfo_cert_cmp(signer, $0.raw) == 0 }
        return named.first { signatureIsRight(by: $0) } ?? named.first
    }

    /// libcrypto's numbers of the signer's algorithms.
    private var algorithms: (digest: CInt, signature: CInt) {
        var digest: UnsafeMutablePointer<X509_ALGOR>?
        var signature: UnsafeMutablePointer<X509_ALGOR>?
        unsafe CMS_SignerInfo_get0_algs(signer, nil, nil, &digest, &signature)
        return unsafe (berkas_algorithm_nid(digest), berkas_algorithm_nid(signature))
    }

    /// The digest algorithm, by libcrypto's number.
    var digestAlgorithm: CInt { algorithms.digest }

    /// What the algorithms are called, and what is weak about them; nil where nothing is.
    func algorithmReport(_ certificate: Certificate?) -> (name: String, weakness: String?) {
        let (digest, signature) = algorithms
        let digestName = Algorithms.name(digest: digest)
        var weakness = Algorithms.isWeak(digest: digest) ? "the digest is \(digestName)" : nil
        if Algorithms.isWeak(signature: signature) {
            weakness = weakness ?? "the signature algorithm names a weak digest"
        }
        let isPSS = signature == NID_rsassaPss
        if isPSS {
            var parameters: UnsafeMutablePointer<X509_ALGOR>?
            var (inner, mask): (CInt, CInt) = (0, 0)
            unsafe CMS_SignerInfo_get0_algs(signer, nil, nil, nil, &parameters)
            _ = unsafe berkas_pss_digest(parameters, &inner, &mask)
            if Algorithms.isWeak(digest: inner) || Algorithms.isWeak(digest: mask) {
                weakness = weakness ?? "the parameters of RSASSA-PSS name a weak digest"
            }
        }
        guard let certificate else { return ("unknown/" + digestName, weakness) }
        let key = Algorithms.key(of: certificate, isPSS: isPSS)
        if key.isWeak { weakness = weakness ?? "the key is \(key.name)" }
        return (key.name + "/" + digestName, weakness)
    }

    // MARK: - Attributes

    /// The values of an attribute, each as DER; every attribute of that type counts.
    func attribute(_ identifier: String, isSigned: Bool) -> [[UInt8]] {
        guard let type = unsafe OBJ_txt2obj(identifier, 1) else { return [] }
        defer {
            unsafe ASN1_OBJECT_free(type)
            ERR_clear_error()
        }
        var values: [[UInt8]] = []
        var place: CInt = -1
        while values.count < 100 {
            place =
                unsafe isSigned
                ? CMS_signed_get_attr_by_OBJ(signer, type, place) : CMS_unsigned_get_attr_by_OBJ(signer, type, place)
            guard place >= 0 else { break }
            let attribute = unsafe isSigned ? CMS_signed_get_attr(signer, place) : CMS_unsigned_get_attr(signer, place)
            for index in 0..<min(100, unsafe X509_ATTRIBUTE_count(attribute)) {
                guard let value = unsafe X509_ATTRIBUTE_get0_type(attribute, index) else { continue }
                if let der = unsafe DER.bytes({ target in unsafe i2d_ASN1_TYPE(value, target) }) { values.append(der) }
            }
        }
        return values
    }

    /// Whether it has signed attributes.
    var hasSignedAttributes: Bool { unsafe CMS_signed_get_attr_count(signer) > 0 }

    /// The signing-time attribute, in seconds since 1970; nil where there is none that can be read.
    var signingTime: Int? {
        let type = unsafe OBJ_nid2obj(NID_pkcs9_signingTime)
        for form in [V_ASN1_UTCTIME, V_ASN1_GENERALIZEDTIME] {
            if let time = unsafe CMS_signed_get0_data_by_OBJ(signer, type, -3, form) { return unsafe Seconds.of(time) }
        }
        return nil
    }

    /// The message-digest attribute; nil where it is absent, doubled or no octet string.
    private var messageDigest: [UInt8]? {
        let type = unsafe OBJ_nid2obj(NID_pkcs9_messageDigest)
        guard let value = unsafe CMS_signed_get0_data_by_OBJ(signer, type, -3, V_ASN1_OCTET_STRING) else { return nil }
        return unsafe Self.bytes(UnsafePointer(value.assumingMemoryBound(to: ASN1_STRING.self)))
    }

    /// Whether the content-type attribute stands once and names the type of the content.
    private var contentTypeIsRight: Bool {
        let type = unsafe OBJ_nid2obj(NID_pkcs9_contentType)
        guard let value = unsafe CMS_signed_get0_data_by_OBJ(signer, type, -3, V_ASN1_OBJECT) else { return false }
        return unsafe OBJ_cmp(OpaquePointer(value), CMS_get0_eContentType(raw)) == 0
    }

    /// Whether the signing-certificate attributes, version 1 and 2, name this certificate; nil where there is none.
    ///
    /// RFC 5035: the digest must be right, and issuer and serial number equal by value where they are there.
    func names(_ certificate: Certificate) -> Bool? {
        let first = attribute("1.2.840.113549.1.9.16.2.12", isSigned: true)
        let second = attribute("1.2.840.113549.1.9.16.2.47", isSigned: true)
        if first.isEmpty, second.isEmpty { return nil }
        guard first.count <= 1, second.count <= 1 else { return false }
        return first.allSatisfy { SigningCertificateNames.names($0, isFirst: true, certificate) }
            && second.allSatisfy { SigningCertificateNames.names($0, isFirst: false, certificate) }
    }

    // MARK: - The signature

    /// What verifying came to.
    enum Outcome: Hashable {
        /// Digest and signature are right.
        case right
        /// The content is not the one that was signed.
        case digestMismatch
        /// The signature is not over these attributes, or not by this key.
        case signatureBroken
        /// A part is missing, doubled or contradicts another.
        case malformed(String)
        /// libcrypto does not know an algorithm.
        case unsupported(String)
    }

    /// Verifies the digest and the signature (RFC 5652, 5.4 and 5.6).
    ///
    /// - Parameters:
    ///   - certificate: the signer's.
    ///   - digest: the digest of the content by an algorithm; nil where it is unknown.
    ///   - content: the content itself, asked for where there are no signed attributes.
    /// - Returns: whether it is right, or what is wrong.
    func verify(_ certificate: Certificate, digest: (CInt) -> [UInt8]?, content: () -> [UInt8]) -> Outcome {
        guard let expected = digest(digestAlgorithm) else {
            return .unsupported("the digest algorithm \(Algorithms.name(digest: digestAlgorithm))")
        }
        guard Algorithms.isKnown(signature: algorithms.signature) else {
            return .unsupported("the signature algorithm")
        }
        guard hasSignedAttributes else {
            return plainSignatureIsRight(by: certificate, over: content()) ? .right : .signatureBroken
        }
        guard let stated = messageDigest else { return .malformed("there is not exactly one message-digest attribute") }
        guard stated == expected else { return .digestMismatch }
        guard signatureIsRight(by: certificate) else { return .signatureBroken }
        guard contentTypeIsRight else { return .malformed("the content-type attribute is not that of the content") }
        return .right
    }

    /// Whether the key of a certificate made the signature over the signed attributes.
    private func signatureIsRight(by certificate: Certificate) -> Bool {
        defer { ERR_clear_error() }
        guard let key = unsafe X509_get0_pubkey(certificate.raw), hasSignedAttributes else { return false }
        if unsafe isEdwards(key) { return unsafe edwardsIsRight(key, over: signedAttributes) }
        unsafe CMS_SignerInfo_set1_signer_cert(signer, certificate.raw)
        return unsafe CMS_SignerInfo_verify(signer) == 1
    }

    /// Whether the key of a certificate made the signature over the content itself.
    private func plainSignatureIsRight(by certificate: Certificate, over content: [UInt8]) -> Bool {
        defer { ERR_clear_error() }
        guard let key = unsafe X509_get0_pubkey(certificate.raw) else { return false }
        if unsafe isEdwards(key) { return unsafe edwardsIsRight(key, over: content) }
        unsafe CMS_SignerInfo_set1_signer_cert(signer, certificate.raw)
        return unsafe content.withUnsafeBytes { buffer in
            guard let source = unsafe BIO_new_mem_buf(buffer.baseAddress, CInt(clamping: buffer.count)) else {
                return false
            }
            guard let chain = unsafe CMS_dataInit(raw, source) else {
                unsafe BIO_free(source)
                return false
            }
            defer { unsafe BIO_free_all(chain) }
            var piece = [UInt8](repeating: 0, count: 65_536)
            var total = 0
            while true {
                let count = unsafe BIO_read(chain, &piece, CInt(piece.count))
                guard count > 0 else { break }
                total += Int(count)
            }
            return unsafe total == buffer.count && CMS_SignerInfo_verify_content(signer, chain) == 1
        }
    }

    /// The signed attributes as they are signed: a SET OF in the order in which they came.
    private var signedAttributes: [UInt8] {
        var content: [UInt8] = []
        for index in 0..<max(0, unsafe CMS_signed_get_attr_count(signer)) {
            guard let attribute = unsafe CMS_signed_get_attr(signer, index) else { continue }
            content += unsafe DER.bytes({ target in unsafe i2d_X509_ATTRIBUTE(attribute, target) }) ?? []
        }
        return DER.wrapped(content, tag: 0x31)
    }

    private func isEdwards(_ key: OpaquePointer) -> Bool {
        [EVP_PKEY_ED25519, EVP_PKEY_ED448].contains(unsafe EVP_PKEY_get_base_id(key))
    }

    /// RFC 8419, which the CMS part of libcrypto 3.0 lacks: it feeds signatures in pieces, and Ed25519 wants all at once.
    private func edwardsIsRight(_ key: OpaquePointer, over content: [UInt8]) -> Bool {
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        guard [NID_ED25519, NID_ED448].contains(algorithms.signature),
            unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
        else {
            return false
        }
        let value = signatureValue
        return unsafe EVP_DigestVerify(context, value, value.count, content, content.count) == 1
    }
}
