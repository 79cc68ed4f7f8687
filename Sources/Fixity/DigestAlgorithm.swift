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
    /// SHA-512/256 (FIPS 180-4), which is not SHA-512 cut short: it begins elsewhere.
    case sha512t256 = "sha512/256"
    /// BLAKE2b of 160 bits (RFC 7693).
    case blake2b160 = "blake2b-160"
    /// BLAKE2b of 256 bits (RFC 7693).
    case blake2b256 = "blake2b-256"
    /// BLAKE2b of 384 bits (RFC 7693).
    case blake2b384 = "blake2b-384"
    /// BLAKE2b of 512 bits (RFC 7693).
    case blake2b512 = "blake2b-512"

    /// Length of a digest in bytes.
    package var byteCount: Int {
        switch self {
        case .md5: 16
        case .sha1, .blake2b160: 20
        case .sha224: 28
        case .sha256, .sha512t256, .blake2b256: 32
        case .sha384, .blake2b384: 48
        case .sha512, .blake2b512: 64
        }
    }
}
