import Containers
import FileSafety
import Fixity
package import SystemPackage

/// Looks at bags: BagIt 0.93 to 1.0 (RFC 8493), in a folder or in a container.
///
/// Everything is said in one pass, and nothing is ever written, unpacked or fetched. Damage, danger and absence are
/// findings; an error means that it could not be looked at. Which weighs how: `BagFinding.Weight` and `BagVerdict`.
package enum BagValidator {
    /// Looks at a bag.
    ///
    /// - Parameters:
    ///   - path: a folder, which may be reached through a link, or a container.
    ///   - options: limits, a profile, whom to tell.
    /// - Returns: the verdict and every finding.
    /// - Throws: `FileSafetyError` where something cannot be read; `FileChangedError` where something changed meanwhile;
    ///   `CancellationError` where it was to stop.
    package static func validate(_ path: FilePath, _ options: BagOptions = BagOptions()) throws -> BagReport {
        guard try FileStatus.following(path).kind != .directory else { return try FolderBag(path, options).report() }
        return try ContainedBag.read(path, options, algorithms: [], target: nil).report
    }
}

/// A bag that is a folder.
struct FolderBag {
    let path: FilePath
    let options: BagOptions
    let tree: FolderTree
    /// Everything but the digests.
    private(set) var contents = BagContents()
    let tags: BagTags
    /// The numbers of the files that macOS left behind, which are no part of the bag.
    let strangers: Set<Int>

    /// Walks the folder and reads its tag files.
    init(_ path: FilePath, _ options: BagOptions) throws {
        self.path = path
        self.options = options
        tree = try FolderTree(DirectoryHandle.open(path), options: options)
        contents.folders = Set(tree.folders.map { PathKey(Array($0.map(\.bytes).joined(separator: [0x2F]))) })
        contents.hasData = contents.folders.contains(PathKey(Array("data".utf8)))
        let reader = try TreeReader(tree, at: path)
        var room = options.tagBytes
        for number in tree.files.indices {
            let name = tree.path(of: number)
            var file = BagFile(path: name, size: 0)
            if SystemFiles.mayBeAppleDouble(name) {
                file.isAppleDouble = try reader.head(number, count: SystemFiles.magic.count) == SystemFiles.magic
            }
            contents.add(file)
            guard tree.files[number].folder == 0, BagTags.isText(name) else { continue }
            let text = try reader.content(number, limit: room)
            room -= text.count
            contents.texts[PathKey(name)] = text
        }
        tags = BagTags(contents.texts)
        strangers = contents.strangers(tags)
    }

    /// What was found on the way, and what was passed over.
    var findings: [BagFinding] { tree.findings + [SystemFiles.finding(strangers.count)].compactMap(\.self) }

    /// Digests every file and judges the bag.
    func report() throws -> BagReport {
        var contents = contents
        let algorithms = Set(tags.manifests.map(\.algorithm)).sorted { $0.rawValue < $1.rawValue }
        let inMemory = Set(contents.texts.keys)
        let numbers = contents.files.indices.filter {
            !strangers.contains($0) && !inMemory.contains(PathKey(contents.files[$0].path))
        }
        let outcomes = try TreeDigests(tree: tree, path: path, algorithms: algorithms, options: options).run(numbers)
        for (number, outcome) in zip(numbers, outcomes) {
            contents.files[number].size = outcome.size
            contents.files[number].digests = outcome.digests
        }
        for (key, text) in contents.texts {
            guard let number = contents.number(of: key.bytes) else { continue }
            contents.files[number].size = text.count
            contents.files[number].digests = algorithms.map { Digest.of(text, $0) }
        }
        contents.leaveOut(strangers)
        return BagReport(tags, contents, findings: findings, format: nil, options: options)
    }
}

extension BagReport {
    /// Judges what was found, and adds what was found on the way.
    init(
        _ tags: BagTags,
        _ contents: BagContents,
        findings found: [BagFinding],
        format: ContainerFormat?,
        options: BagOptions,
        isSerialised: Bool = false,
        isCut: Bool = false
    ) {
        let judgement = BagJudgement(tags, contents)
        var findings = found + tags.findings + judgement.findings
        if let profile = options.profile {
            findings += profile.findings(tags, contents, format: format, isSerialised: isSerialised)
        }
        // What lies behind a fault in a container may be there; only what was read can be judged.
        if isCut { findings.removeAll { Self.absences.contains($0.rule) } }
        verdict = BagVerdict(findings)
        self.findings = Self.ordered(findings)
        version = tags.version
        self.format = format
        algorithms = tags.payloadManifests.map(\.algorithm)
        payloadFiles = judgement.payloadFiles
        payloadOctets = judgement.payloadOctets
        tagFiles = contents.files.count - judgement.payloadFiles
        info = tags.info
    }

    /// The rules that are broken by what is not there.
    private static let absences: Set<BagRule> = [
        .declarationMissing, .dataMissing, .manifestMissing, .payloadMissing, .payloadUnfetched, .tagMissing, .oxum,
        .fetchUnlisted, .payloadUnlisted, .tagmanifestIncomplete, .tagUnlisted, .profileIdentifier,
        .profileInfoRequired,
        .profileManifest, .profileTagManifest, .profileTagFile, .profilePayloadFile, .profileFetch,
    ]

    /// What is wrong before what is absent, and that before warnings; then by path and rule, so that the same bag gives
    /// the same lines.
    private static func ordered(_ findings: [BagFinding]) -> [BagFinding] {
        func rank(_ finding: BagFinding) -> Int {
            switch finding.weight {
            case .invalid: 0
            case .incomplete: 1
            case .warning: 2
            }
        }
        return findings.sorted { left, right in
            if rank(left) != rank(right) { return rank(left) < rank(right) }
            let (first, second) = (left.path ?? [], right.path ?? [])
            if first != second { return first.lexicographicallyPrecedes(second) }
            if left.rule != right.rule { return left.rule.rawValue < right.rule.rawValue }
            return left.found < right.found
        }
    }
}
