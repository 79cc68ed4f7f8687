import Fixity
import Foundation
import TestSupport
import Testing

struct DigestTests {
    /// The examples of FIPS 180-4 (NIST, "Examples with Intermediate Values") and the digest of nothing.
    private static let vectors: [(DigestAlgorithm, String, String)] = [
        (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .sha256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            .sha512, "",
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
        ),
        (
            .sha512, "abc",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            .sha512,
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrst"
                + "nopqrstu",
            "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
                + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"
        ),
    ]

    @Test(arguments: vectors)
    func `the examples of FIPS 180-4 come out`(algorithm: DigestAlgorithm, text: String, hex: String) {
        #expect(Digest.of(text.utf8, algorithm).hex == hex)
        #expect(Digest(algorithm: algorithm, hex: hex) == Digest.of(text.utf8, algorithm))
    }

    @Test func `a million letters come out, in pieces of any length`() {
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        let hex =
            "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
            + "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b"
        #expect(Digest.of(letters, .sha512).hex == hex)
        for length in [61, 64, 65, 127, 128, 129, 99_999] {
            var context = DigestContext(.sha512)
            var rest = letters[...]
            while !rest.isEmpty {
                context.update(rest.prefix(length))
                rest = rest.dropFirst(length)
            }
            #expect(context.finish().hex == hex, "in pieces of \(length)")
        }
    }

    private static let peers: [([String], DigestAlgorithm)] = [
        (["md5sum"], .md5), (["sha1sum"], .sha1), (["sha224sum"], .sha224), (["sha256sum"], .sha256),
        (["sha384sum"], .sha384), (["sha512sum"], .sha512), (["openssl", "dgst", "-r", "-sha512-256"], .sha512t256),
        (["openssl", "dgst", "-r", "-sha512-224"], .sha512t224), (["openssl", "dgst", "-r", "-sha3-224"], .sha3t224),
        (["openssl", "dgst", "-r", "-sha3-256"], .sha3t256), (["openssl", "dgst", "-r", "-sha3-384"], .sha3t384),
        (["openssl", "dgst", "-r", "-sha3-512"], .sha3t512), (["openssl", "dgst", "-r", "-blake2s256"], .blake2s256),
        (["b2sum", "-l", "160"], .blake2b160), (["b2sum", "-l", "256"], .blake2b256),
        (["b2sum", "-l", "384"], .blake2b384), (["b2sum"], .blake2b512),
    ]

    @Test func `every algorithm has a peer to agree with`() {
        #expect(Set(Self.peers.map(\.1)) == Set(DigestAlgorithm.allCases))
    }

    @Test(arguments: peers)
    func `coreutils and openssl agree`(tool: [String], algorithm: DigestAlgorithm) throws {
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0) }
        let path = FileManager.default.temporaryDirectory.path + "/berkas-digest-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let said = try Tool.run(tool[0], tool.dropFirst() + [path]).text.prefix(algorithm.byteCount * 2)
        #expect(Digest.of(bytes, algorithm).hex == said)
    }

    @Test func `upper case is read, lower case is written`() throws {
        let hex = Digest.of("abc".utf8, .sha256).hex
        let read = try #require(Digest(algorithm: .sha256, hex: hex.uppercased()))
        #expect(read.hex == hex)
        #expect(read.description == hex)
        #expect(read == Digest.of("abc".utf8, .sha256))
    }

    @Test func `what is no digest is refused`() {
        let hex = Digest.of("abc".utf8, .sha256).hex
        let short = String(hex.dropLast())
        var wrong: [String] = ["", short, hex + "0", hex + "00", " " + short, "0x" + String(short.dropLast())]
        for last in ["g", "/", ":", "@", "`", "\u{660}", "\u{e9}"] { wrong.append(short + last) }
        wrong.append(String(short.dropLast()) + "\u{e9}")
        for text in wrong { #expect(Digest(algorithm: .sha256, hex: text) == nil, "\(text)") }
        #expect(Digest(algorithm: .sha512, hex: hex) == nil)
    }

    @Test func `digests of two algorithms are never equal`() {
        let bytes = [UInt8](repeating: 0, count: 32)
        #expect(Digest(algorithm: .sha256, bytes: bytes) != Digest(algorithm: .sha512, bytes: bytes))
    }
}
