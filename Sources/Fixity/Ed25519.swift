private import CLibCrypto

/// A private key of Ed25519 (RFC 8032), and what it can do.
@safe
package struct Ed25519Key: Sendable {
    /// The 32 bytes that the key is made of: whoever has them can sign.
    package let seed: [UInt8]
    /// The public key: 32 bytes.
    package let publicKey: [UInt8]

    /// The key of a seed; nil where it has not 32 bytes.
    package init?(seed: [UInt8]) {
        guard seed.count == 32, let key = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, 32) else {
            return nil
        }
        defer { unsafe EVP_PKEY_free(key) }
        var length = 32
        var bytes = [UInt8](repeating: 0, count: 32)
        guard unsafe EVP_PKEY_get_raw_public_key(key, &bytes, &length) == 1, length == 32 else { return nil }
        self.seed = seed
        publicKey = bytes
    }

    /// A new key, of the system's random numbers.
    package static func random() -> Ed25519Key {
        var numbers = SystemRandomNumberGenerator()
        let seed = (0..<32).map { _ in numbers.next() as UInt8 }
        guard let key = Ed25519Key(seed: seed) else { preconditionFailure("libcrypto has no Ed25519") }
        return key
    }

    /// Signs bytes: 64 bytes, the same for the same bytes.
    package func sign(_ message: [UInt8]) -> [UInt8] {
        guard let key = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, 32),
            let context = unsafe EVP_MD_CTX_new()
        else {
            preconditionFailure("out of memory for a signature")
        }
        defer {
            unsafe EVP_MD_CTX_free(context)
            unsafe EVP_PKEY_free(key)
        }
        var signature = [UInt8](repeating: 0, count: 64)
        var length = signature.count
        let begun = unsafe EVP_DigestSignInit(context, nil, nil, nil, key)
        let signed = unsafe EVP_DigestSign(context, &signature, &length, message, message.count)
        precondition(begun == 1 && signed == 1 && length == 64, "libcrypto did not sign")
        return signature
    }

    /// Whether a signature over bytes was made by the private key of a public one.
    package static func isSigned(_ message: [UInt8], by publicKey: [UInt8], signature: [UInt8]) -> Bool {
        guard publicKey.count == 32, signature.count == 64,
            let key = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, 32),
            let context = unsafe EVP_MD_CTX_new()
        else {
            return false
        }
        defer {
            unsafe EVP_MD_CTX_free(context)
            unsafe EVP_PKEY_free(key)
        }
        return unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, 64, message, message.count) == 1
    }
}
