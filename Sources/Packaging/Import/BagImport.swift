import Containers
package import FileSafety
package import Fixity
package import SystemPackage

/// A file of a bag that lies in a staging folder.
package struct StagedFile: Hashable, Sendable {
    /// The path below the bag's folder, and below the staging folder: UTF-8 bytes, components parted by `/`.
    package let path: [UInt8]
    /// Length in bytes.
    package let size: Int
    /// The digests that were made of it on its way: those that the manifests name and those that were asked for.
    package let digests: [Digest]

    /// The digest of an algorithm, where it was made.
    package func digest(_ algorithm: DigestAlgorithm) -> Digest? { digests.first { $0.algorithm == algorithm } }
}

/// A valid bag, laid out in a staging folder.
package struct StagedBag: Sendable {
    /// The staging folder, which holds `bagit.txt` and the rest itself: the bag's own folder is left out.
    package let folder: FilePath
    /// What the bag's folder was called: one component in UTF-8; the name of the folder for a bag that was one.
    package let name: [UInt8]
    /// The files below `data/`, by their paths.
    package let payload: [StagedFile]
    /// The other files, by their paths.
    package let tagFiles: [StagedFile]
    /// What `bag-info.txt` says: labels with values, in order.
    package let info: [(label: String, value: String)]

    /// The file of a path such as `data/RKT-2024-0001/record.json`; nil where there is none.
    package func file(_ path: String) -> StagedFile? {
        (path.utf8.starts(with: "data/".utf8) ? payload : tagFiles).first { $0.path.elementsEqual(path.utf8) }
    }
}

/// What came of the staging of a bag.
package struct BagStaging: Sendable {
    /// The verdict and every finding.
    package let report: BagReport
    /// The bag; nil where it is not valid, and then the staging folder is gone too.
    package let bag: StagedBag?
}

/// Takes bags in from elsewhere: out of a container or a folder into a staging folder, validated on the way.
///
/// ```swift
/// let staging = try BagImport.stage("package.tar.zst", into: home.staging.appending("import"), files: files)
/// guard let bag = staging.bag else { /* refused: tell staging.report.findings */ }
/// for file in bag.payload { /* bag.folder + file.path, file.digest(.sha512) */ }
/// ```
///
/// **What is promised.** A bag is kept whole or not at all: `bag` is there only where the verdict is `valid` under the
/// rules for keeping (`ContainerUse.importing`, where names that are dangerous on any system are errors). Nothing is
/// written outside the staging folder: files are made through directory handles, exclusively, and no link is followed or
/// made. Only regular files and folders are made, with modes and times of their own. Every byte is digested on its way in.
///
/// **What is left to the caller.** The staging folder's own place, the lock, and the sync: nothing here waits for the disk,
/// so that one `syncFileSystem` can serve everything that the caller stages (`DurableFiles.syncFileSystem`).
package enum BagImport {
    /// Lays a bag out in a new folder, and judges it.
    ///
    /// - Parameters:
    ///   - source: a container, or a folder that is a bag. It is never changed.
    ///   - folder: the staging folder: its parent must be there, it must not.
    ///   - algorithms: which digests are wanted of every file, beside those that the manifests name.
    ///   - options: limits, a profile, whom to tell; its use is `importing` unless something else is said.
    ///   - files: what each write is asked of, so that a test can make one fail.
    /// - Returns: the report, and the bag where it is valid.
    /// - Throws: `FileSafetyError` (`noSpace`, `notFound`, …), `FileChangedError`, `CancellationError`, what the tripwire
    ///   throws; the staging folder is then gone, unless that failed too.
    package static func stage(
        _ source: FilePath,
        into folder: FilePath,
        algorithms: Set<DigestAlgorithm> = [.sha512],
        options: BagOptions = .importing,
        files: DurableFiles
    ) throws -> BagStaging {
        try files.makeDirectory(folder)
        do {
            let target = try FolderTarget(folder, files: files)
            let isFolder = try FileStatus.following(source).kind == .directory
            let outcome =
                try isFolder
                ? copy(source, options, algorithms, target)
                : extract(source, options, algorithms, target, staged: folder)
            guard outcome.report.verdict == .valid else {
                try files.removeTree(folder)
                return BagStaging(report: outcome.report, bag: nil)
            }
            return BagStaging(report: outcome.report, bag: bag(outcome, of: source, in: folder))
        } catch {
            // The first error is the one to tell.
            try? files.removeTree(folder)
            throw error
        }
    }

    /// What a bag is called that has no folder of its own: as its container, without the ending.
    private static func name(of container: FilePath, _ format: ContainerFormat?) -> [UInt8] {
        let name = container.lastComponent.map { FilePath(root: nil, [$0]).bytes.shown } ?? ""
        let endings = format?.endings ?? []
        guard let ending = endings.first(where: { name.lowercased().hasSuffix($0) && name.utf8.count > $0.utf8.count })
        else { return Array(name.utf8) }
        return Array(name.utf8.dropLast(ending.utf8.count))
    }

    private static func bag(_ outcome: ContainedBag.Outcome, of source: FilePath, in folder: FilePath) -> StagedBag {
        let all = outcome.contents.files.map { StagedFile(path: $0.path, size: $0.size, digests: $0.digests) }
            .sorted { $0.path.lexicographicallyPrecedes($1.path) }
        return StagedBag(
            folder: folder,
            name: outcome.root.isEmpty ? name(of: source, outcome.report.format) : outcome.root,
            payload: all.filter { BagPaths.isPayload($0.path) },
            tagFiles: all.filter { !BagPaths.isPayload($0.path) },
            info: outcome.tags.info
        )
    }

    private static func extract(
        _ source: FilePath,
        _ options: BagOptions,
        _ algorithms: Set<DigestAlgorithm>,
        _ target: FolderTarget,
        staged folder: FilePath
    ) throws -> ContainedBag.Outcome {
        try ContainedBag.read(source, options, algorithms: algorithms, target: target) { paths, algorithms, collector in
            // What was digested by too few algorithms lies in the staging folder by now.
            let tree = try FolderTree(DirectoryHandle.open(folder), options: options)
            let numbers = tree.files.indices.filter { paths.contains(PathKey(tree.path(of: $0))) }
            let pool = TreeDigests(tree: tree, path: folder, algorithms: algorithms, options: options)
            for (number, outcome) in zip(numbers, try pool.run(numbers)) {
                let path = tree.path(of: number)
                let known = collector.contents.number(of: path).map { collector.contents.files[$0].digests } ?? []
                let missing = outcome.digests.filter { digest in !known.contains { $0.algorithm == digest.algorithm } }
                guard collector.complete(path, size: outcome.size, missing) else {
                    throw FileChangedError(path: folder)
                }
            }
        }
    }

    private static func copy(
        _ source: FilePath,
        _ options: BagOptions,
        _ algorithms: Set<DigestAlgorithm>,
        _ target: FolderTarget
    ) throws -> ContainedBag.Outcome {
        let bag = try FolderBag(source, options)
        var contents = bag.contents
        let wanted = Set(bag.tags.manifests.map(\.algorithm)).union(algorithms).sorted { $0.rawValue < $1.rawValue }
        let reader = try TreeReader(bag.tree, at: source)
        var bytes = 0
        // Nothing is copied that is refused already: names and links are known before the first byte.
        let isRefused = BagVerdict(bag.tree.findings) == .invalid
        for number in isRefused ? 0..<0 : bag.tree.files.indices where !bag.strangers.contains(number) {
            if options.isInterrupted() { throw CancellationError() }
            let path = contents.files[number].path
            let group = DigestGroup(wanted)
            try target.begin(path)
            if let text = contents.texts[PathKey(path)] {
                // The bytes that were understood are the bytes that are kept.
                try unsafe text.withUnsafeBytes { piece in
                    unsafe group.update(piece)
                    try unsafe target.receive(piece)
                }
                contents.files[number].size = text.count
            } else {
                contents.files[number].size = try unsafe reader.read(number) { piece in
                    unsafe group.update(piece)
                    try unsafe target.receive(piece)
                }
            }
            try target.end(isWhole: true)
            contents.files[number].digests = group.finish()
            bytes += contents.files[number].size
            options.progress(BagProgress(files: number + 1, totalFiles: bag.tree.files.count, bytes: bytes))
        }
        for folder in bag.tree.folders.dropFirst() where !isRefused {
            try target.folder(Array(folder.map(\.bytes).joined(separator: [0x2F])))
        }
        contents.leaveOut(bag.strangers)
        let report =
            isRefused
            ? try bag.report()
            : BagReport(bag.tags, contents, findings: bag.findings, format: nil, options: options)
        return ContainedBag.Outcome(
            report: report,
            contents: contents,
            tags: bag.tags,
            root: source.lastComponent.map { Array(FilePath(root: nil, [$0]).bytes.shown.utf8) } ?? []
        )
    }
}
