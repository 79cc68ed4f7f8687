package import Fixity

/// How the digest of an id is cut into folders, in the layouts 0003 and 0004.
package struct HashedTuples: Hashable, Sendable {
    /// The algorithm of the digest.
    package let algorithm: DigestAlgorithm
    /// Hexadecimal digits a folder, 0 to 32.
    package let tupleSize: Int
    /// Folders, 0 to 32; 0 exactly where `tupleSize` is.
    package let numberOfTuples: Int

    /// The registered defaults: three folders of three digits of SHA-256.
    package static let standard = HashedTuples(.sha256, tupleSize: 3, numberOfTuples: 3)

    private init(_ algorithm: DigestAlgorithm, tupleSize: Int, numberOfTuples: Int) {
        self.algorithm = algorithm
        self.tupleSize = tupleSize
        self.numberOfTuples = numberOfTuples
    }

    /// Tuples within the registered limits; nil outside of them.
    package init?(algorithm: DigestAlgorithm, tupleSize: Int, numberOfTuples: Int) {
        guard (0...32).contains(tupleSize), (0...32).contains(numberOfTuples),
            (tupleSize == 0) == (numberOfTuples == 0), tupleSize * numberOfTuples <= algorithm.byteCount * 2
        else {
            return nil
        }
        self.init(algorithm, tupleSize: tupleSize, numberOfTuples: numberOfTuples)
    }

    /// The digest of an id, its folders, and the digits that no folder takes.
    func cut(_ id: String) -> (digest: String, folders: [Substring], rest: Substring) {
        let digest = Digest.of(id.utf8, algorithm).hex
        var rest = Substring(digest)
        var folders: [Substring] = []
        for _ in 0..<numberOfTuples {
            folders.append(rest.prefix(tupleSize))
            rest = rest.dropFirst(tupleSize)
        }
        return (digest, folders, rest)
    }
}

/// The encapsulation folder of layout 0003.
enum EncodedID {
    /// The folder's name: the id percent-encoded, and cut with its digest behind it where that is over 100 characters.
    static func folder(_ id: String, digest: String) -> String {
        let encoded = encoded(id)
        return encoded.utf8.count <= 100 ? encoded : String(encoded.prefix(100)) + "-" + digest
    }

    /// Percent-encoding in lower case of every byte but `A-Z a-z 0-9 - _`.
    static func encoded(_ id: String) -> String {
        let hexDigits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        for byte in id.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
