private import CLibCryptoCMS

/// Digests through libcrypto, by its numbers for algorithms (`NID_…`).
enum Digesting {
    /// The digest of spans of a file; nil where libcrypto does not know the algorithm.
    static func digest(_ algorithm: CInt, of spans: [Range<Int>], in bytes: FileBytes) -> [UInt8]? {
        guard let context = unsafe berkas_digest_begin(algorithm) else { return nil }
        defer { unsafe EVP_MD_CTX_free(context) }
        for span in spans {
            let added = unsafe bytes.withBytes(span) { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
            guard added == 1 else { return nil }
        }
        return unsafe finish(context)
    }

    /// The digest of bytes; nil where libcrypto does not know the algorithm.
    static func digest(_ algorithm: CInt, of bytes: [UInt8]) -> [UInt8]? {
        guard let context = unsafe berkas_digest_begin(algorithm) else { return nil }
        defer { unsafe EVP_MD_CTX_free(context) }
        guard unsafe EVP_DigestUpdate(context, bytes, bytes.count) == 1 else { return nil }
        return unsafe finish(context)
    }

    /// SHA-256 in lower-case hexadecimal digits.
    static func sha256(_ bytes: [UInt8]) -> String { HexText.text(digest(NID_sha256, of: bytes) ?? []) }

    /// SHA-256 of a whole file.
    static func sha256(_ bytes: FileBytes) -> String {
        HexText.text(digest(NID_sha256, of: [0..<bytes.count], in: bytes) ?? [])
    }

    private static func finish(_ context: OpaquePointer) -> [UInt8]? {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard unsafe EVP_DigestFinal_ex(context, &digest, &length) == 1 else { return nil }
        return Array(digest.prefix(Int(length)))
    }

    /// libcrypto's version.
    static var version: String { unsafe String(cString: OpenSSL_version(0)) }
}

/// What algorithms are worth.
enum Algorithms {
    /// Whether nobody should rely on a digest: MD2, MD4, MD5, SHA-1 and what libcrypto puts beside them.
    static func isWeak(digest: CInt) -> Bool {
        [NID_md2, NID_md4, NID_md5, NID_sha1, NID_md5_sha1, NID_mdc2, NID_sha, NID_ripemd160].contains(digest)
    }

    /// Whether a signature algorithm names such a digest.
    static func isWeak(signature: CInt) -> Bool {
        var (digest, key): (CInt, CInt) = (0, 0)
        guard unsafe OBJ_find_sigid_algs(signature, &digest, &key) == 1 else { return false }
        return isWeak(digest: digest)
    }

    /// Whether libcrypto knows what a signature algorithm is; an unknown one says nothing of what was signed.
    static func isKnown(signature: CInt) -> Bool {
        var (digest, key): (CInt, CInt) = (0, 0)
        if unsafe OBJ_find_sigid_algs(signature, &digest, &key) == 1 { return true }
        return [
            NID_rsaEncryption, NID_rsassaPss, NID_dsa, NID_X9_62_id_ecPublicKey, NID_ED25519, NID_ED448,
        ].contains(signature)
    }

    /// A digest's name as reports have it, such as `sha256` or `sha3-256`.
    static func name(digest: CInt) -> String {
        guard let name = unsafe OBJ_nid2sn(digest) else { return "unknown" }
        return unsafe String(cString: name).lowercased()
    }

    /// A public key in a word such as `rsa-2048`, `ecdsa-p256` or `ed25519`, and whether it is too short.
    static func key(of certificate: Certificate, isPSS: Bool) -> (name: String, isWeak: Bool) {
        guard let key = unsafe X509_get0_pubkey(certificate.raw) else { return ("unknown", false) }
        let bits = Int(unsafe EVP_PKEY_get_bits(key))
        switch unsafe EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_RSA, EVP_PKEY_RSA_PSS: return ("rsa-\(bits)" + (isPSS ? "-pss" : ""), bits < 2048)
        case EVP_PKEY_EC: return (unsafe "ecdsa-" + curve(key), bits < 224)
        case EVP_PKEY_ED25519: return ("ed25519", false)
        case EVP_PKEY_ED448: return ("ed448", false)
        case EVP_PKEY_DSA: return ("dsa-\(bits)", bits < 2048)
        default: return ("unknown", false)
        }
    }

    private static func curve(_ key: OpaquePointer) -> String {
        var name = [CChar](repeating: 0, count: 80)
        var length = 0
        guard unsafe EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else { return "unknown" }
        let text = String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        switch text {
        case "prime256v1", "P-256": return "p256"
        case "secp384r1", "P-384": return "p384"
        case "secp521r1", "P-521": return "p521"
        default: return text.lowercased()
        }
    }
}
