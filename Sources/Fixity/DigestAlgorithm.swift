/// The digest algorithms that can be computed, by their names in OCFL.
///
/// The archive itself writes SHA-512, and SHA-256 in its layout and ledger; the others are read in what other programs
/// wrote. Names: OCFL 1.1 (<https://ocfl.io/1.1/spec/#digests>) and its extension 0009
/// (<https://ocfl.github.io/extensions/0009-digest-algorithms.html>); those that OCFL does not name, as in the hash
/// function registry of IANA without the hyphen, as BagIt writes them (RFC 8493, section 2.4).
package enum DigestAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// MD5 (RFC 1321): broken against intent, good against accident.
    case md5
    /// SHA-1 (FIPS 180-4): broken against intent, good against accident.
    case sha1
    /// SHA-224 (FIPS 180-4).
    case sha224
    /// SHA-256 (FIPS 180-4), the algorithm of the storage layout and of the ledger's tree.
    case sha256
    /// SHA-384 (FIPS 180-4).
    case sha384
    /// SHA-512 (FIPS 180-4), the algorithm of the store.
    case sha512
    /// SHA-512/224 (FIPS 180-4), which is not SHA-512 cut short: it begins elsewhere.
    case sha512t224 = "sha512/224"
    /// SHA-512/256 (FIPS 180-4), which is not SHA-512 cut short: it begins elsewhere.
    case sha512t256 = "sha512/256"
    /// SHA3-224 (FIPS 202).
    case sha3t224 = "sha3-224"
    /// SHA3-256 (FIPS 202).
    case sha3t256 = "sha3-256"
    /// SHA3-384 (FIPS 202).
    case sha3t384 = "sha3-384"
    /// SHA3-512 (FIPS 202).
    case sha3t512 = "sha3-512"
    /// BLAKE2b of 160 bits (RFC 7693).
    case blake2b160 = "blake2b-160"
    /// BLAKE2b of 256 bits (RFC 7693).
    case blake2b256 = "blake2b-256"
    /// BLAKE2b of 384 bits (RFC 7693).
    case blake2b384 = "blake2b-384"
    /// BLAKE2b of 512 bits (RFC 7693).
    case blake2b512 = "blake2b-512"
    /// BLAKE2s of 256 bits (RFC 7693).
    case blake2s256 = "blake2s-256"

    /// Length of a digest in bytes.
    package var byteCount: Int {
        switch self {
        case .md5: 16
        case .sha1, .blake2b160: 20
        case .sha224, .sha512t224, .sha3t224: 28
        case .sha256, .sha512t256, .sha3t256, .blake2b256, .blake2s256: 32
        case .sha384, .sha3t384, .blake2b384: 48
        case .sha512, .sha3t512, .blake2b512: 64
        }
    }
}
