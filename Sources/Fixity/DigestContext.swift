private import CLibB2
private import CLibCrypto
private import Glibc

/// A digest in the making, fed piece by piece.
///
/// Wraps `EVP_MD_CTX` of OpenSSL 3, and for BLAKE2b in other lengths than 512 bits the state of libb2. Move-only: it is
/// finished once. Allocation failing inside a library ends the program, as it does everywhere else in Swift.
@safe
package struct DigestContext: ~Copyable {
    private let crypto: OpaquePointer?
    private let blake2b: UnsafeMutableRawPointer?
    private let algorithm: DigestAlgorithm

    /// A digest of nothing yet.
    package init(_ algorithm: DigestAlgorithm) {
        self.algorithm = algorithm
        guard let kind = unsafe CryptoDigests.kind(of: algorithm) else {
            unsafe crypto = nil
            guard let state = unsafe berkas_blake2b_new(algorithm.byteCount) else {
                preconditionFailure("libb2 has no \(algorithm.rawValue), or there is no memory for it")
            }
            unsafe blake2b = unsafe state
            return
        }
        unsafe blake2b = nil
        guard let raw = unsafe EVP_MD_CTX_new() else { preconditionFailure("out of memory for a digest") }
        unsafe crypto = unsafe raw
        let begun = unsafe EVP_DigestInit_ex(raw, kind, nil)
        precondition(begun == 1, "libcrypto has no \(algorithm.rawValue)")
    }

    deinit {
        unsafe EVP_MD_CTX_free(crypto)
        unsafe free(blake2b)
    }

    /// Adds bytes.
    package mutating func update(_ buffer: UnsafeRawBufferPointer) {
        if let crypto = unsafe crypto {
            let added = unsafe EVP_DigestUpdate(crypto, buffer.baseAddress, buffer.count)
            precondition(added == 1, "libcrypto refused input to \(algorithm.rawValue)")
        } else {
            let added = unsafe berkas_blake2b_update(blake2b, buffer.baseAddress, buffer.count)
            precondition(added == 0, "libb2 refused input to \(algorithm.rawValue)")
        }
    }

    /// Adds bytes.
    package mutating func update(_ bytes: some Sequence<UInt8>) {
        let array = Array(bytes)
        unsafe array.withUnsafeBytes { buffer in unsafe update(buffer) }
    }

    /// Writes the digest of all that was added to a buffer of its length, and begins anew.
    ///
    /// For many small digests after one another, which would otherwise each make a context of their own.
    package mutating func restart(writingTo buffer: UnsafeMutableRawBufferPointer) {
        precondition(buffer.count == algorithm.byteCount, "the buffer does not fit \(algorithm.rawValue)")
        guard let crypto = unsafe crypto, let place = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        else {
            preconditionFailure("\(algorithm.rawValue) cannot begin anew")
        }
        var length: UInt32 = 0
        let done = unsafe EVP_DigestFinal_ex(crypto, place, &length)
        let begun = unsafe EVP_DigestInit_ex(crypto, nil, nil)
        precondition(done == 1 && begun == 1, "libcrypto did not finish \(algorithm.rawValue)")
    }

    /// The digest of all that was added.
    package consuming func finish() -> Digest {
        var bytes = [UInt8](repeating: 0, count: algorithm.byteCount)
        if let crypto = unsafe crypto {
            var length: UInt32 = 0
            let done = unsafe EVP_DigestFinal_ex(crypto, &bytes, &length)
            precondition(
                done == 1 && Int(length) == algorithm.byteCount,
                "libcrypto did not finish \(algorithm.rawValue)"
            )
        } else {
            let done = unsafe berkas_blake2b_final(blake2b, &bytes, bytes.count)
            precondition(done == 0, "libb2 did not finish \(algorithm.rawValue)")
        }
        return Digest(algorithm: algorithm, bytes: bytes)
    }
}

/// The algorithms of libcrypto, each looked up once: a look-up takes longer than digesting a small file.
private enum CryptoDigests {
    /// How libcrypto calls an algorithm; nil for those that it does not have.
    private static func name(of algorithm: DigestAlgorithm) -> String? {
        switch algorithm {
        case .md5: "MD5"
        case .sha1: "SHA1"
        case .sha224: "SHA224"
        case .sha256: "SHA256"
        case .sha384: "SHA384"
        case .sha512: "SHA512"
        case .sha512t224: "SHA512-224"
        case .sha512t256: "SHA512-256"
        case .sha3t224: "SHA3-224"
        case .sha3t256: "SHA3-256"
        case .sha3t384: "SHA3-384"
        case .sha3t512: "SHA3-512"
        case .blake2b512: "BLAKE2B-512"
        case .blake2s256: "BLAKE2S-256"
        case .blake2b160, .blake2b256, .blake2b384: nil
        }
    }

    /// Written once, before the first digest, and never freed: the library's descriptions are shared by all threads
    /// (`EVP_MD_fetch(3)`: "may be shared between threads").
    private nonisolated(unsafe) static let kinds: [DigestAlgorithm: OpaquePointer] = {
        var kinds: [DigestAlgorithm: OpaquePointer] = unsafe [:]
        for algorithm in DigestAlgorithm.allCases {
            guard let name = name(of: algorithm) else { continue }
            unsafe kinds[algorithm] = unsafe EVP_MD_fetch(nil, name, nil)
        }
        return unsafe kinds
    }()

    /// libcrypto's description of an algorithm; nil for those that it does not have.
    static func kind(of algorithm: DigestAlgorithm) -> OpaquePointer? {
        guard let name = name(of: algorithm) else { return nil }
        guard let kind = unsafe kinds[algorithm] else { preconditionFailure("libcrypto has no \(name)") }
        return unsafe kind
    }
}

extension Digest {
    /// The digest of bytes in memory.
    package static func of(_ bytes: some Sequence<UInt8>, _ algorithm: DigestAlgorithm) -> Digest {
        var context = DigestContext(algorithm)
        context.update(bytes)
        return context.finish()
    }
}
