import Containers
import Fixity

/// One line of a manifest.
struct ManifestEntry {
    /// The path below the bag's folder.
    let path: [UInt8]
    /// The digest; nil where the digits are none of the algorithm.
    let digest: [UInt8]?
}

/// A manifest read: what it lists, and what is wrong with its lines.
struct Manifest {
    let name: [UInt8]
    let isTagManifest: Bool
    let algorithm: DigestAlgorithm
    private(set) var entries: [ManifestEntry] = []
    private var told: LineFindings

    private let version: BagVersion

    /// What is wrong with it.
    var findings: [BagFinding] { told.all(of: name) }

    /// Reads a manifest of a known algorithm.
    init(_ text: TagText, name: [UInt8], isTagManifest: Bool, algorithm: DigestAlgorithm, version: BagVersion) {
        self.name = name
        self.isTagManifest = isTagManifest
        self.algorithm = algorithm
        self.version = version
        told = LineFindings(text.findings)
        entries.reserveCapacity(text.lines.count)
        for (index, line) in text.lines.enumerated() { read(line, number: index + 1) }
    }

    private mutating func read(_ line: ArraySlice<UInt8>, number: Int) {
        guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }) else {
            tell(.warning, .manifestLine, "line \(number) is empty")
            return
        }
        let digits = line.prefix { $0 != 0x20 && $0 != 0x09 }
        let rest = line[digits.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
        guard !digits.isEmpty, !rest.isEmpty else {
            let lacks = digits.isEmpty ? "a digest" : "a path"
            tell(.invalid, .manifestLine, "line \(number) lacks \(lacks): '\(line.prefix(200).shown)'")
            return
        }
        // md5sum and its kin put a backslash before a line whose path they escaped.
        let isEscaped = first == UInt8(ascii: "\\")
        let digest = digest(isEscaped ? digits.dropFirst() : digits, line: number)
        let listed = listed(rest, isEscaped: isEscaped, line: number)
        if let manner = listed.manner { tell(.warning, .manifestLegacy, "line \(number): \(manner)", listed.path) }
        if let problem = BagPaths.problem(ofListed: listed.path) {
            tell(.invalid, .manifestPath, "line \(number) lists '\(listed.path.shown)': \(problem)")
            return
        }
        if listed.hasLoosePercent {
            let words = "line \(number) has a percent sign that is not written as %25"
            tell(.invalid, .manifestPercent, words, listed.path)
        }
        if isTagManifest {
            if BagPaths.isPayload(listed.path) {
                tell(.invalid, .tagmanifestPayload, "line \(number) lists a payload file", listed.path)
            } else if let other = ManifestName(listed.path), other.isTagManifest {
                let weight = version.isFinal ? BagFinding.Weight.invalid : .warning
                tell(weight, .tagmanifestItself, "line \(number) lists a tag manifest", listed.path)
            }
        } else if !BagPaths.isPayload(listed.path) {
            tell(.invalid, .manifestOutside, "line \(number) lists a file outside data/", listed.path)
        }
        entries.append(ManifestEntry(path: listed.path, digest: digest))
    }

    private mutating func digest(_ digits: ArraySlice<UInt8>, line: Int) -> [UInt8]? {
        if let bytes = [UInt8](hexadecimal: digits), bytes.count == algorithm.byteCount { return bytes }
        tell(
            .invalid,
            .manifestDigest,
            "line \(line) has '\(digits.prefix(160).shown)'",
            nil,
            expected: "\(algorithm.byteCount * 2) hexadecimal digits"
        )
        return nil
    }

    /// Brings a path into the bag's own form, and says what was odd about it.
    private func listed(_ rest: ArraySlice<UInt8>, isEscaped: Bool, line: Int) -> BagPaths.Listed {
        var path = Array(rest)
        var manner: String?
        if path.first == UInt8(ascii: "*"),
            isTagManifest ? path.count > 1 : path.starts(with: "*data/".utf8) || path.starts(with: "*./".utf8)
        {
            path.removeFirst()
            manner = "an asterisk before the path, as md5sum writes it in binary mode"
        }
        if path.starts(with: "./".utf8) {
            path = MemberNames.withoutDot(path)
            manner = "'./' before the path"
        }
        if isEscaped {
            path = Self.unescaped(path)
            manner = "a path with backslashes doubled, as md5sum writes it"
        }
        // Before 1.0 a percent sign was plain; only line ends were encoded, which is looked into where a file is missing.
        guard version.isFinal else { return BagPaths.Listed(path: path, manner: manner) }
        let decoded = BagPaths.decoded(path)
        return BagPaths.Listed(path: decoded.path, manner: manner, hasLoosePercent: decoded.hasLoosePercent)
    }

    private static func unescaped(_ path: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        var index = 0
        while index < path.count {
            if path[index] == UInt8(ascii: "\\"), index + 1 < path.count {
                switch path[index + 1] {
                case UInt8(ascii: "n"): plain.append(0x0A)
                case UInt8(ascii: "r"): plain.append(0x0D)
                default: plain.append(path[index + 1])
                }
                index += 2
            } else {
                plain.append(path[index])
                index += 1
            }
        }
        return plain
    }

    private mutating func tell(
        _ weight: BagFinding.Weight,
        _ rule: BagRule,
        _ found: String,
        _ path: [UInt8]? = nil,
        expected: String? = nil
    ) {
        let words = path == nil ? found : "\(name.shown), \(found)"
        told.add(BagFinding(weight, rule, path ?? name, found: words, expected: expected))
    }
}
