private import CLibCrypto

/// A digest in the making, fed piece by piece.
///
/// Wraps `EVP_MD_CTX` of OpenSSL 3. Move-only: it is finished once. Allocation failing inside the library ends the
/// program, as it does everywhere else in Swift.
@safe
package struct DigestContext: ~Copyable {
    private let raw: OpaquePointer
    private let algorithm: DigestAlgorithm

    /// A digest of nothing yet.
    package init(_ algorithm: DigestAlgorithm) {
        guard let raw = unsafe EVP_MD_CTX_new() else { preconditionFailure("out of memory for a digest") }
        unsafe self.raw = unsafe raw
        self.algorithm = algorithm
        let kind = unsafe algorithm == .sha512 ? EVP_sha512() : EVP_sha256()
        let begun = unsafe EVP_DigestInit_ex(raw, kind, nil)
        precondition(begun == 1, "libcrypto has no \(algorithm.rawValue)")
    }

    deinit { unsafe EVP_MD_CTX_free(raw) }

    /// Adds bytes.
    package mutating func update(_ buffer: UnsafeRawBufferPointer) {
        let added = unsafe EVP_DigestUpdate(raw, buffer.baseAddress, buffer.count)
        precondition(added == 1, "libcrypto refused input to \(algorithm.rawValue)")
    }

    /// Adds bytes.
    package mutating func update(_ bytes: some Sequence<UInt8>) {
        let array = Array(bytes)
        unsafe array.withUnsafeBytes { buffer in unsafe update(buffer) }
    }

    /// The digest of all that was added.
    package consuming func finish() -> Digest {
        var bytes = [UInt8](repeating: 0, count: algorithm.byteCount)
        var length: UInt32 = 0
        let done = unsafe EVP_DigestFinal_ex(raw, &bytes, &length)
        precondition(done == 1 && Int(length) == algorithm.byteCount, "libcrypto did not finish \(algorithm.rawValue)")
        return Digest(algorithm: algorithm, bytes: bytes)
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
