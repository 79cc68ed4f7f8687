import Containers
import Fixity

/// Takes the members of a container and makes of them what a bag holds: one pass, each byte digested as it comes.
///
/// Which algorithms are wanted is known from the names of the manifests. Where a container holds payload before the first
/// manifest, what could not be digested yet is named by `unfinished`, and read a second time.
final class BagCollector: ContainerVisitor {
    /// What is in the bag so far.
    private(set) var contents = BagContents()
    /// What is wrong with the way in which the container holds the bag.
    private(set) var findings: [BagFinding] = []
    /// The folder that the bag is; nil before the first member, empty where there is none.
    private(set) var root: [UInt8]?
    /// How many files that macOS left behind stand beside the bag.
    private(set) var strangers = 0

    private var algorithms: Set<DigestAlgorithm>
    private let tagLimit: Int
    private let target: (any BagTarget)?
    private let progress: @Sendable (BagProgress) -> Void
    private var tagBytes = 0
    private var current: Current?
    private var octets = 0

    private struct Current {
        let path: [UInt8]
        let group: DigestGroup
        var size = 0
        var text: [UInt8]?
        /// Whether it stands beside the bag, and only its first bytes tell whether it may.
        var isBeside = false
        /// The first bytes, as far as an AppleDouble file is told by them.
        var head: [UInt8] = []

        var isAppleDouble: Bool { SystemFiles.mayBeAppleDouble(path) && head == SystemFiles.magic }
    }

    /// - Parameters:
    ///   - algorithms: which digests are wanted of every file, whatever the manifests name.
    ///   - tagLimit: how many bytes the tag files that are kept may have together.
    ///   - target: is given the files too, where they are to be kept.
    ///   - takesTop: whether the bag stands at the top of the container, without a folder of its own.
    ///   - progress: told how far the work is.
    init(
        algorithms: Set<DigestAlgorithm> = [],
        tagLimit: Int,
        target: (any BagTarget)? = nil,
        takesTop: Bool = false,
        progress: @escaping @Sendable (BagProgress) -> Void
    ) {
        self.algorithms = algorithms
        self.tagLimit = tagLimit
        self.target = target
        self.progress = progress
        if takesTop { root = [] }
    }

    /// The files of which not all of these digests were made.
    func unfinished(_ wanted: Set<DigestAlgorithm>) -> Set<PathKey> {
        var paths: Set<PathKey> = []
        for file in contents.files where file.isWhole && !wanted.isSubset(of: file.digests.map(\.algorithm)) {
            paths.insert(PathKey(file.path))
        }
        return paths
    }

    /// Replaces what is known of a file.
    func complete(_ path: [UInt8], size: Int, _ digests: [Digest]) -> Bool {
        guard let number = contents.number(of: path), contents.files[number].size == size else { return false }
        contents.files[number].digests += digests
        return true
    }

    /// Says whether the names that the container gave are its own bytes.
    func setNames(areExact: Bool) { contents.hasExactNames = areExact }

    func foresee(_ names: [[UInt8]]) {
        for name in names {
            let path = MemberNames.withoutDot(name)
            let inBag = path.firstIndex(of: 0x2F).map { Array(path[($0 + 1)...]) } ?? path
            if let algorithm = ManifestName(inBag)?.algorithm { algorithms.insert(algorithm) }
        }
    }

    func refused(_ name: [UInt8]) {
        guard let root, root.isEmpty || name.starts(with: root + [0x2F]) else { return }
        contents.refused.insert(PathKey(root.isEmpty ? name : Array(name.dropFirst(root.count + 1))))
    }

    func folder(_ name: [UInt8]) throws {
        if MemberNames.isInFinderFolder(name) { return }
        guard let path = pathInBag(name, isFolder: true), !path.isEmpty else { return }
        contents.folders.insert(PathKey(path))
        if path.elementsEqual("data".utf8) { contents.hasData = true }
        try target?.folder(path)
    }

    func begin(_ member: ContainerMember) throws {
        if MemberNames.isInFinderFolder(member.name) {
            strangers += 1
            return
        }
        if SystemFiles.mayBeAppleDouble(member.name) || SystemFiles.isWindow(member.name), isBeside(member.name) {
            var stranger = Current(path: member.name, group: DigestGroup([]))
            stranger.isBeside = true
            current = stranger
            return
        }
        guard let path = pathInBag(member.name, isFolder: false) else { return }
        if let algorithm = ManifestName(path)?.algorithm { algorithms.insert(algorithm) }
        let chosen = Array(algorithms).sorted { $0.rawValue < $1.rawValue }
        current = Current(path: path, group: DigestGroup(chosen))
        if BagTags.isText(path) { current?.text = [] }
        try target?.begin(path)
    }

    func receive(_ piece: UnsafeRawBufferPointer) throws {
        guard let taken = current else { return }
        if taken.head.count < SystemFiles.magic.count {
            unsafe current?.head.append(contentsOf: piece.prefix(SystemFiles.magic.count - taken.head.count))
        }
        if taken.isBeside { return }
        unsafe taken.group.update(piece)
        current?.size += piece.count
        octets += piece.count
        if current?.text != nil {
            tagBytes += piece.count
            guard tagBytes <= tagLimit else {
                let expected = "at most \(tagLimit) bytes of manifests and other tag files that are read whole"
                throw ContainerFault(
                    .memberLimit,
                    current?.path,
                    found: "\(tagBytes) bytes and more",
                    expected: expected
                )
            }
            unsafe current?.text?.append(contentsOf: piece)
        }
        try unsafe target?.receive(piece)
        if octets & 0x3F_FFFF < piece.count {
            progress(BagProgress(files: contents.files.count, totalFiles: nil, bytes: octets))
        }
    }

    func end(isWhole: Bool) throws {
        guard let finished = current else { return }
        current = nil
        if finished.isBeside {
            let isStranger = SystemFiles.isWindow(finished.path) || finished.isAppleDouble && isWhole
            if isStranger { strangers += 1 } else { tellOutside(finished.path) }
            return
        }
        var file = BagFile(path: finished.path, size: finished.size, digests: finished.group.finish(), isWhole: isWhole)
        file.isAppleDouble = finished.isAppleDouble
        contents.add(file)
        if let text = finished.text, isWhole { contents.texts[PathKey(finished.path)] = text }
        try target?.end(isWhole: isWhole)
        if contents.files.count % 256 == 0 {
            progress(BagProgress(files: contents.files.count, totalFiles: nil, bytes: octets))
        }
    }

    /// Leaves out what macOS left behind in the bag, now that its manifests can be asked; returns how many files these are.
    func leaveOutStrangers(_ tags: BagTags) -> Int {
        let numbers = contents.strangers(tags)
        contents.leaveOut(numbers)
        return numbers.count + strangers
    }

    /// Whether a file stands beside the bag's folder, as far as that is known when it comes.
    private func isBeside(_ name: [UInt8]) -> Bool {
        guard let slash = name.firstIndex(of: 0x2F) else { return root != [] }
        guard let root else { return false }
        return !root.isEmpty && Array(name[..<slash]) != root
    }

    /// The path below the bag's folder; nil for what stands beside that folder (RFC 8493, section 4).
    private func pathInBag(_ name: [UInt8], isFolder: Bool) -> [UInt8]? {
        let slash = name.firstIndex(of: 0x2F)
        let first = Array(name[..<(slash ?? name.endIndex)])
        if root == nil {
            // A file beside no folder, or the payload folder itself, at the top: packed from inside the bag.
            let isBare = slash == nil && !isFolder && BagTags.isText(name)
            if isBare || first.elementsEqual("data".utf8) {
                root = []
                let expected = "one folder, the bag, with all of it inside"
                findings.append(
                    BagFinding(
                        .invalid,
                        .containerRoot,
                        name,
                        found: "it stands at the top of the container",
                        expected: expected
                    )
                )
            } else if slash != nil || isFolder {
                root = first
            }
        }
        guard let root else {
            tellOutside(name)
            return nil
        }
        if root.isEmpty { return name }
        guard first == root else {
            tellOutside(name)
            return nil
        }
        guard let slash else {
            if !isFolder { tellOutside(name) }
            return isFolder ? [] : nil
        }
        return Array(name[(slash + 1)...])
    }

    private func tellOutside(_ name: [UInt8]) {
        let expected = root.map { "everything inside '\($0.shown)'" } ?? "one folder, the bag, with all of it inside"
        findings.append(
            BagFinding(.invalid, .containerRoot, name, found: "it stands beside the bag", expected: expected)
        )
    }
}

/// Takes the files of a bag, where they are to be kept.
protocol BagTarget: AnyObject {
    /// A folder of the bag.
    func folder(_ path: [UInt8]) throws
    /// A file of the bag begins.
    func begin(_ path: [UInt8]) throws
    /// The next piece of it.
    func receive(_ piece: UnsafeRawBufferPointer) throws
    /// It ends.
    func end(isWhole: Bool) throws
}
