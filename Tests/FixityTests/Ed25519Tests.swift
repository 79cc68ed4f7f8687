import Fixity
import Testing

struct Ed25519Tests {
    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    /// RFC 8032, section 7.1: seed, public key, message, signature.
    private static let vectors = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ]

    @Test(arguments: 0..<2)
    func `keys and signatures are those of RFC 8032`(number: Int) throws {
        let (seed, publicKey, message, signature) = Self.vectors[number]
        let key = try #require(Ed25519Key(seed: Self.bytes(seed)))
        #expect(key.publicKey == Self.bytes(publicKey))
        #expect(key.sign(Self.bytes(message)) == Self.bytes(signature))
        #expect(Ed25519Key.isSigned(Self.bytes(message), by: key.publicKey, signature: Self.bytes(signature)))
    }

    @Test func `a signature of other bytes, of another key or of another length is none`() throws {
        let (key, other) = (Ed25519Key.random(), Ed25519Key.random())
        #expect(key.seed != other.seed)
        let signature = key.sign([1, 2, 3])
        #expect(Ed25519Key.isSigned([1, 2, 3], by: key.publicKey, signature: signature))
        #expect(!Ed25519Key.isSigned([1, 2, 4], by: key.publicKey, signature: signature))
        #expect(!Ed25519Key.isSigned([1, 2, 3], by: other.publicKey, signature: signature))
        #expect(!Ed25519Key.isSigned([1, 2, 3], by: key.publicKey, signature: signature + [0]))
        #expect(!Ed25519Key.isSigned([1, 2, 3], by: [1], signature: signature))
        #expect(Ed25519Key(seed: [1, 2, 3]) == nil)
    }
}
