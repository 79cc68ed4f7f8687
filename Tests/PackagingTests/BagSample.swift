import FileSafety
import Fixity
import Packaging
import SystemPackage
import TestSupport

/// A small bag, valid unless something is changed, laid out as a folder or given as members.
struct BagSample {
    /// The files below the bag's folder.
    var files: [String: [UInt8]] = [:]

    private static let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

    /// A bag with three payload files and manifests of these algorithms.
    init(_ algorithms: [DigestAlgorithm] = [.sha512], version: String = "1.0") {
        self["bagit.txt"] = Self.declaration.replacing("1.0", with: version)
        self["data/a.txt"] = "alpha\n"
        self["data/c.txt"] = ""
        self["data/sub/b.bin"] = "bravo bravo"
        self[version < "0.96" ? "package-info.txt" : "bag-info.txt"] =
            "Source-Organization: Kantor\nPayload-Oxum: 17.3\n"
        for algorithm in algorithms { self["manifest-\(Self.name(algorithm)).txt"] = manifest(algorithm) }
        for algorithm in algorithms { self["tagmanifest-\(Self.name(algorithm)).txt"] = tagManifest(algorithm) }
    }

    /// A file as text.
    subscript(path: String) -> String {
        get { String(decoding: files[path] ?? [], as: UTF8.self) }
        set { files[path] = Array(newValue.utf8) }
    }

    /// Changes a file and makes the tag manifests right again, so that only the change is wrong.
    mutating func change(_ path: String, _ content: String) { change(path, Array(content.utf8)) }

    /// Changes a file and makes the tag manifests right again, so that only the change is wrong.
    mutating func change(_ path: String, _ content: [UInt8]?) {
        files[path] = content
        settle()
    }

    /// Makes every tag manifest list every other tag file with the right digest.
    mutating func settle() {
        for algorithm in DigestAlgorithm.allCases where files["tagmanifest-\(Self.name(algorithm)).txt"] != nil {
            self["tagmanifest-\(Self.name(algorithm)).txt"] = tagManifest(algorithm)
        }
    }

    /// A payload manifest of what is there.
    func manifest(_ algorithm: DigestAlgorithm) -> String { lines(algorithm) { $0.hasPrefix("data/") } }

    /// A tag manifest of what is there.
    func tagManifest(_ algorithm: DigestAlgorithm) -> String {
        lines(algorithm) { !$0.hasPrefix("data/") && !$0.hasPrefix("tagmanifest-") }
    }

    private func lines(_ algorithm: DigestAlgorithm, _ isWanted: (String) -> Bool) -> String {
        files.keys.filter(isWanted).sorted().map { path in
            let written = path.replacing("%", with: "%25").replacing("\n", with: "%0A").replacing("\r", with: "%0D")
            return "\(Digest.of(files[path] ?? [], algorithm).hex)  \(written)\n"
        }.joined()
    }

    /// The algorithm as file names have it.
    static func name(_ algorithm: DigestAlgorithm) -> String {
        algorithm.rawValue.filter { $0.isLetter || $0.isNumber }
    }

    /// Writes the bag into the scratch folder.
    @discardableResult
    func write(_ name: String = "bag") throws -> FilePath {
        let folder = try Scratch.directory(name)
        _ = try Scratch.directory("\(name)/data")
        for (path, content) in files { _ = try Scratch.file("\(name)/\(path)", content) }
        return folder
    }

    /// What the validator says of the bag as a folder.
    func report(_ options: BagOptions = BagOptions()) throws -> BagReport {
        let folder = try write("bag-\(files.hashValue)")
        return try BagValidator.validate(folder, options)
    }
}

extension BagReport {
    /// The findings that are no warnings, as `rule path`.
    var faults: [String] {
        findings.filter { $0.weight != .warning }.map { "\($0.rule.rawValue) \($0.shownPath ?? "-")" }
    }

    /// The rules of the warnings, each once.
    var warnings: Set<BagRule> { Set(findings.filter { $0.weight == .warning }.map(\.rule)) }

    /// The rules that make the bag not valid, each once.
    var broken: Set<BagRule> { Set(findings.filter { $0.weight != .warning }.map(\.rule)) }
}
