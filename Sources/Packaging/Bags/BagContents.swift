import Containers
import Fixity

/// A file of a bag, as it was found.
struct BagFile {
    /// The path below the bag's folder.
    let path: [UInt8]
    /// Length in bytes.
    var size: Int
    /// The digests that were made of it.
    var digests: [Digest] = []
    /// Whether all of it could be read; where not, a finding says so.
    var isWhole = true
    /// Whether its name and its first bytes are those of an AppleDouble file.
    var isAppleDouble = false

    /// The digest of an algorithm, where it was made.
    func digest(_ algorithm: DigestAlgorithm) -> Digest? { digests.first { $0.algorithm == algorithm } }
}

/// What is in a bag: its files, and the text of those that make it a bag.
struct BagContents {
    /// The files in the order in which they were found.
    var files: [BagFile] = []
    /// The content of the tag files that `BagTags.isText` names.
    var texts: [PathKey: [UInt8]] = [:]
    /// Whether there is a folder `data`.
    var hasData = false
    /// The folders below the bag's own, for profiles that ask for some.
    var folders: Set<PathKey> = []
    /// The paths of what is there and was refused, so that it is not also called missing.
    var refused: Set<PathKey> = []
    /// Whether the paths are the bytes that the bag holds, and not put into another Unicode form by a library.
    var hasExactNames = true

    private var index: [PathKey: Int] = [:]

    /// Adds a file; returns its number.
    @discardableResult
    mutating func add(_ file: BagFile) -> Int {
        if file.path.starts(with: "data/".utf8) { hasData = true }
        index[PathKey(file.path)] = files.count
        files.append(file)
        return files.count - 1
    }

    /// Forgets which path has which number, before the files are numbered anew.
    mutating func forgetNumbers() { index = [:] }

    /// The number of the file of a path.
    func number(of path: [UInt8]) -> Int? { index[PathKey(path)] }
}
