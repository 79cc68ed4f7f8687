import Containers
import Fixity

/// The tag files that make a bag a bag, read and understood.
struct BagTags {
    /// A label with its value in `bag-info.txt`.
    typealias Field = (label: String, value: String)

    let version: BagVersion
    /// The manifests of known algorithms, payload manifests before tag manifests.
    private(set) var manifests: [Manifest] = []
    /// How many payload manifests there are, those of unknown algorithms counted too.
    private(set) var payloadManifestCount = 0
    /// The names of all manifests that are there, for profiles.
    private(set) var manifestNames: [ManifestName] = []
    private(set) var info: [Field] = []
    private(set) var fetch: [FetchEntry] = []
    private(set) var hasFetch = false
    private(set) var findings: [BagFinding]

    /// The payload manifests of known algorithms.
    var payloadManifests: [Manifest] { manifests.filter { !$0.isTagManifest } }
    /// The tag manifests of known algorithms.
    var tagManifests: [Manifest] { manifests.filter(\.isTagManifest) }

    /// Whether a file of this path is one of those that must be read as text.
    static func isText(_ path: [UInt8]) -> Bool {
        let names = ["bagit.txt", "bag-info.txt", "package-info.txt", "fetch.txt"]
        return names.contains { path.elementsEqual($0.utf8) } || ManifestName(path) != nil
    }

    /// Reads the tag files.
    ///
    /// - Parameter texts: the content of those files of the bag that `isText` names, by their paths.
    init(_ texts: [PathKey: [UInt8]]) {
        let bytes = texts[PathKey(BagDeclaration.fileName)]
        let declaration = bytes.map { BagDeclaration($0) } ?? .missing
        version = declaration.version
        findings = declaration.findings
        var encoding = TagEncoding.utf8
        if let declared = declaration.encoding {
            if let known = TagEncoding(declared) {
                encoding = known
            } else {
                let found = "'\(declared.prefix(80).shown)'"
                let expected = "a character encoding that IANA registers, such as UTF-8"
                findings.append(
                    BagFinding(
                        .invalid,
                        .declarationEncoding,
                        BagDeclaration.fileName,
                        found: found,
                        expected: expected
                    )
                )
            }
        }
        readManifests(texts, encoding)
        readInfo(texts, encoding)
        readFetch(texts, encoding)
    }

    private mutating func readManifests(_ texts: [PathKey: [UInt8]], _ encoding: TagEncoding) {
        var seen: Set<String> = []
        var uncomputed: [(path: [UInt8], name: ManifestName)] = []
        for path in texts.keys.map(\.bytes).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard let name = ManifestName(path), let bytes = texts[PathKey(path)] else { continue }
            manifestNames.append(name)
            if !name.isTagManifest { payloadManifestCount += 1 }
            if !name.isNormalised, name.algorithm != nil {
                let isTolerated = !version.isFinal || name.isInPythonsManner
                let weight = isTolerated ? BagFinding.Weight.warning : .invalid
                let expected = "lower-case letters and digits only"
                findings.append(
                    BagFinding(weight, .manifestAlgorithm, path, found: "'\(name.written)'", expected: expected)
                )
            }
            guard let algorithm = name.algorithm else {
                uncomputed.append((path, name))
                continue
            }
            if !seen.insert("\(name.isTagManifest) \(algorithm.rawValue)").inserted {
                findings.append(
                    BagFinding(.invalid, .manifestRepeated, path, found: "a second manifest for \(algorithm.rawValue)")
                )
            }
            manifests.append(
                Manifest(
                    TagText(bytes, name: path, encoding: encoding),
                    name: path,
                    isTagManifest: name.isTagManifest,
                    algorithm: algorithm,
                    version: version
                )
            )
        }
        manifests.sort { !$0.isTagManifest && $1.isTagManifest }
        if payloadManifests.isEmpty {
            let found = payloadManifestCount == 0 ? "no payload manifest" : "no payload manifest that can be verified"
            findings.append(
                BagFinding(.invalid, .manifestMissing, nil, found: found, expected: "manifest-ALGORITHM.txt")
            )
        }
        // Beside a payload manifest that is verified, one more is a promise that nobody here can look at, and no fault.
        let weight = payloadManifests.isEmpty ? BagFinding.Weight.invalid : .warning
        for (path, name) in uncomputed {
            let words = "'\(name.written.utf8.shown)', which nothing here can compute: none of its lines was verified"
            findings.append(BagFinding(weight, .manifestAlgorithm, path, found: words))
        }
        findings += manifests.flatMap(\.findings)
    }

    private mutating func readInfo(_ texts: [PathKey: [UInt8]], _ encoding: TagEncoding) {
        let name = Array(version.infoName.utf8)
        guard let bytes = texts[PathKey(name)] else { return }
        let reading = InfoReading(TagText(bytes, name: name, encoding: encoding), name: name, version: version)
        info = reading.fields
        findings += reading.findings
    }

    private mutating func readFetch(_ texts: [PathKey: [UInt8]], _ encoding: TagEncoding) {
        let name = Array("fetch.txt".utf8)
        guard let bytes = texts[PathKey(name)] else { return }
        hasFetch = true
        let reading = FetchReading(TagText(bytes, name: name, encoding: encoding), version: version)
        fetch = reading.entries
        findings += reading.findings
    }
}
