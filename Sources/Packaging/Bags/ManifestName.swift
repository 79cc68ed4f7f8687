import Containers
import Fixity

/// What a file's name says of it: a manifest of payload or of tag files, and of which algorithm (RFC 8493, sections 2.1.3,
/// 2.2.1 and 2.4).
struct ManifestName {
    /// Whether it lists tag files, and not the payload.
    let isTagManifest: Bool
    /// The algorithm as the name says it.
    let written: String
    /// The algorithm; nil where it is none that can be computed.
    let algorithm: DigestAlgorithm?

    /// Whether the algorithm is written as it must be: lower-case letters and digits only.
    var isNormalised: Bool { Self.normalised(written) == written }

    /// Whether the algorithm is written as Python's hashlib calls it, which bagit-python makes a name of: `sha3_256`.
    var isInPythonsManner: Bool { written.hasPrefix("sha3_") && written.utf8.count == 8 && algorithm != nil }

    /// Reads the name of a file in the bag's own folder; nil where it is no manifest's.
    init?(_ path: [UInt8]) {
        guard !path.contains(UInt8(ascii: "/")), UTF8Text.isValid(path) else { return nil }
        let name = String(decoding: path, as: UTF8.self)
        let isTagManifest = name.hasPrefix("tagmanifest-")
        guard isTagManifest || name.hasPrefix("manifest-"), name.hasSuffix(".txt") else { return nil }
        let written = String(name.dropFirst(isTagManifest ? 12 : 9).dropLast(4))
        guard !written.isEmpty else { return nil }
        self.isTagManifest = isTagManifest
        self.written = written
        algorithm = Self.algorithms[Self.normalised(written)]
    }

    private static func normalised(_ name: String) -> String {
        name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// The algorithms by the names that a manifest gives them: lower case, letters and digits only.
    private static let algorithms: [String: DigestAlgorithm] = {
        var names = Dictionary(uniqueKeysWithValues: DigestAlgorithm.allCases.map { (normalised($0.rawValue), $0) })
        names["blake2b"] = .blake2b512
        names["blake2s"] = .blake2s256
        return names
    }()
}
