import Containers
import FileSafety
import Fixity
import SystemPackage

/// A bag in a container, read as a stream.
enum ContainedBag {
    /// What came of it.
    struct Outcome {
        let report: BagReport
        let contents: BagContents
        let tags: BagTags
        let root: [UInt8]
    }

    /// Reads a container, and judges the bag in it.
    ///
    /// - Parameters:
    ///   - path: the container.
    ///   - options: limits and the rest.
    ///   - algorithms: which digests are wanted whatever the manifests name.
    ///   - target: is given every file too.
    ///   - redigest: makes the digests that a single pass could not, out of what the target kept; where it is nil, the
    ///     container is read a second time.
    /// - Returns: the report, and what was read.
    /// - Throws: as `BagValidator.validate`, and what the target throws.
    static func read(
        _ path: FilePath,
        _ options: BagOptions,
        algorithms: Set<DigestAlgorithm>,
        target: (any BagTarget)?,
        redigest: ((Set<PathKey>, [DigestAlgorithm], BagCollector) throws -> Void)? = nil
    ) throws -> Outcome {
        let collector = BagCollector(
            algorithms: algorithms,
            tagLimit: options.tagBytes,
            target: target,
            takesTop: options.takesTop,
            progress: options.progress
        )
        let reading = try ContainerReader.read(
            path,
            limits: options.limits,
            use: options.use,
            isInterrupted: options.isInterrupted,
            visitor: collector
        )
        collector.setNames(areExact: reading.format?.hasExactNames ?? true)
        let tags = BagTags(collector.contents.texts)
        let wanted = Set(tags.manifests.map(\.algorithm)).union(algorithms)
        let unfinished = collector.unfinished(wanted)
        if !unfinished.isEmpty {
            let order = wanted.sorted { $0.rawValue < $1.rawValue }
            if let redigest {
                try redigest(unfinished, order, collector)
            } else {
                try readAgain(path, options, unfinished, order, collector)
            }
        }
        var findings = reading.findings.map { BagFinding($0) } + collector.findings
        guard reading.format != nil else {
            // A file that is no container says that once, and not also that it lacks every part of a bag.
            let report = BagReport(unreadable: findings)
            return Outcome(report: report, contents: collector.contents, tags: tags, root: [])
        }
        if options.takesTop {
            let expected = "one folder, the bag, with all of it inside"
            let found = "the bag stands at the top of the container"
            findings.append(BagFinding(.warning, .containerRoot, found: found, expected: expected))
        }
        let strangers = collector.leaveOutStrangers(tags)
        let misnamed = nameFinding(path, root: collector.root, format: reading.format)
        if let finding = SystemFiles.finding(strangers, remark: misnamed?.words) {
            findings.append(finding)
        } else if let misnamed {
            findings.append(
                BagFinding(.warning, .containerName, nil, found: misnamed.found, expected: misnamed.expected)
            )
        }
        var report = BagReport(
            tags,
            collector.contents,
            findings: findings,
            format: reading.format,
            options: options,
            isSerialised: true,
            isCut: !reading.isWhole
        )
        report.standsAtTop = collector.root == []
        return Outcome(report: report, contents: collector.contents, tags: tags, root: collector.root ?? [])
    }

    /// Goes through the container once more, for digests of which nobody knew in time that they are wanted.
    private static func readAgain(
        _ path: FilePath,
        _ options: BagOptions,
        _ paths: Set<PathKey>,
        _ algorithms: [DigestAlgorithm],
        _ collector: BagCollector
    ) throws {
        let second = BagCollector(
            algorithms: Set(algorithms),
            tagLimit: options.tagBytes,
            takesTop: options.takesTop,
            progress: options.progress
        )
        _ = try ContainerReader.read(
            path,
            limits: options.limits,
            use: options.use,
            isInterrupted: options.isInterrupted,
            visitor: second
        )
        for file in second.contents.files where paths.contains(PathKey(file.path)) {
            let known = collector.contents.number(of: file.path).map { collector.contents.files[$0].digests } ?? []
            let missing = file.digests.filter { digest in !known.contains { $0.algorithm == digest.algorithm } }
            guard collector.complete(file.path, size: file.size, missing) else { throw FileChangedError(path: path) }
        }
    }

    /// How a container is called, and how it should be.
    private struct Misnamed {
        let found: String
        let expected: String

        var words: String { "\(found), not \(expected)" }
    }

    /// The container should be called like the bag in it, and must have an ending (RFC 8493, section 4).
    private static func nameFinding(_ path: FilePath, root: [UInt8]?, format: ContainerFormat?) -> Misnamed? {
        guard let root, !root.isEmpty, let format, let name = path.lastComponent?.string else { return nil }
        let bag = root.shown
        guard !format.endings.contains(where: { name.lowercased() == bag.lowercased() + $0 }) else { return nil }
        return Misnamed(
            found: "the container is called '\(Array(name.utf8).shown)'",
            expected: "'\(bag)\(format.endings[0])'"
        )
    }
}

extension BagReport {
    /// The report on a file in which no bag could be looked for.
    init(unreadable findings: [BagFinding]) {
        verdict = BagVerdict(findings)
        self.findings = findings
        version = .current
        format = nil
        algorithms = []
        payloadFiles = 0
        payloadOctets = 0
        tagFiles = 0
        info = []
    }
}
