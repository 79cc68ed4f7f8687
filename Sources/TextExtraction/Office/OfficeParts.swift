import FileSafety
import Containers
import SystemPackage

/// The parts of an office package: those that are XML at hand, the others when they are asked for.
struct OfficeParts {
    private enum Source {
        case file(FilePath)
        case memory(ZipBytes)
        case table([String: [UInt8]])
    }

    /// The names of all members, in the order of the directory.
    let names: [String]
    /// The parts that are XML or say what kind of file this is, by name.
    let content: [String: [UInt8]]
    private let source: Source
    /// The names by how they are without capitals, which part names are the same without.
    private let exact: [String: String]

    /// How many bytes of other parts one file may have.
    static let mostBytes = 256 << 20
    /// How many bytes of XML a package inside of another may have.
    private static let mostInner = 64 << 20

    /// The parts of a file.
    init(_ parts: ZipParts, of path: FilePath) {
        self.init(names: parts.names, content: parts.content, source: .file(path))
    }

    private init(names: [String], content: [String: [UInt8]], source: Source) {
        self.names = names
        self.content = content
        self.source = source
        exact = Dictionary(names.map { ($0.lowercased(), $0) }) { first, _ in first }
    }

    /// A part's name as the package has it (ECMA-376, part 2, 6.2.2.3: case does not tell names apart).
    func named(_ name: String) -> String { content[name] == nil ? exact[name.lowercased()] ?? name : name }

    /// The part that a package is about, if it is of that kind; nil where it is of another.
    ///
    /// - Parameters:
    ///   - folder: where programs put it.
    ///   - usual: how they name it.
    ///   - kind: the word for the kind in the names of its elements.
    /// - Returns: the part's name.
    func main(in folder: String, usual: String, kind: String) -> String? {
        let stated = PackageRelations(of: "", in: self).parts("officeDocument").first
        return [stated, named(folder + usual)].compactMap { $0 }.first { part in
            guard let content = content[part] else { return false }
            if part.lowercased().hasPrefix(folder) { return true }
            return String(decoding: content.prefix(8192), as: UTF8.self).contains(kind)
        }
    }

    /// The parts of a package that lies in memory; nil where it is none, or one that is damaged.
    init?(_ bytes: [UInt8]) {
        guard let zip = ZipBytes(bytes) else { return nil }
        self.init(zip, most: Self.mostInner)
    }

    private init?(_ zip: ZipBytes, most: Int) {
        var content: [String: [UInt8]] = [:]
        var left = most
        for name in zip.names where Self.isWanted(name) {
            guard let part = zip.content(name, most: left) else { return nil }
            left -= part.count
            content[name] = part
        }
        self.init(names: zip.names, content: content, source: .memory(zip))
    }

    /// The parts of a document of Word that is one XML file; nil where it is none.
    init?(flat file: [UInt8]) {
        let parts = FlatPackage.parts(of: file)
        guard !parts.isEmpty else { return nil }
        self.init(names: parts.keys.sorted(), content: parts.filter { Self.isWanted($0.key) }, source: .table(parts))
    }

    /// The parts of a file whose zip is whole and not as it should be, and how many bytes do not belong to it.
    ///
    /// Something stands in front of it or behind it, or names have the signs and letters of other systems.
    ///
    /// - Returns: nil for any other.
    /// - Throws: `FileSafetyError` where the file cannot be read.
    static func mended(of path: FilePath) throws -> (parts: OfficeParts, count: Int)? {
        guard try OpenFile.reading(path).status().size <= mostBytes,
            let zip = ZipBytes(try OpenFile.content(of: path, limit: mostBytes)),
            let parts = OfficeParts(zip, most: mostBytes)
        else {
            return nil
        }
        return (parts, zip.front + zip.behind)
    }

    /// How far a package may begin behind the beginning of its file.
    private static let mostFront = 1 << 16

    /// Whether a package may begin behind the beginning of a file.
    ///
    /// - Throws: `FileSafetyError` where the file cannot be read.
    static func mayHaveFront(_ path: FilePath) throws -> Bool {
        let mark: [UInt8] = [0x50, 0x4B, 3, 4]
        let size = try OpenFile.reading(path).status().size
        let head = try OpenFile.reading(path).beginning(min(size, mostFront))
        guard size <= mostBytes, head.count > 4 else { return false }
        return (1..<(head.count - 3)).contains { head[$0] == 0x50 && head[$0..<($0 + 4)].elementsEqual(mark) }
    }

    /// One part of a file's package.
    ///
    /// - Throws: `FileSafetyError` where the file cannot be read.
    static func part(_ name: String, of path: FilePath) throws -> [UInt8]? {
        var found: [UInt8]?
        let missing = OfficeParts(path).read([name]) { found = $1 }
        if missing.isEmpty { return found }
        return try mended(of: path).flatMap { whole in
            _ = whole.parts.read([name]) { found = $1 }
            return found
        }
    }

    /// The parts of a file that are asked for by their names only.
    private init(_ path: FilePath) {
        self.init(names: [], content: [:], source: .file(path))
    }

    private static func isWanted(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasSuffix(".xml") || name.hasSuffix(".rels") || name == "mimetype"
    }

    /// Hands over other parts, each once and whole.
    ///
    /// - Parameters:
    ///   - wanted: their names.
    ///   - take: takes a part's name and content.
    /// - Returns: the names of those that could not be handed over.
    func read(_ wanted: Set<String>, _ take: (String, [UInt8]) -> Void) -> Set<String> {
        guard !wanted.isEmpty else { return [] }
        var missing = wanted
        switch source {
        case .memory(let zip):
            var left = Self.mostBytes
            for name in zip.names where wanted.contains(name) {
                guard let content = zip.content(name, most: left) else { continue }
                left -= content.count
                missing.remove(name)
                take(name, content)
            }
        case .table(let parts):
            for name in wanted.sorted() {
                guard let content = parts[name] else { continue }
                missing.remove(name)
                take(name, content)
            }
        case .file(let path):
            withoutActuallyEscaping(take) { take in
                let collector = MemberCollector(wanted: wanted, most: Self.mostBytes) { name, content in
                    missing.remove(name)
                    take(name, content)
                }
                var limits = ContainerLimits()
                (limits.total, limits.member, limits.members) = (1 << 30, 1 << 30, 50_000)
                // What could not be read is missing, and told as such.
                _ = try? ContainerReader.read(path, limits: limits, visitor: collector)
            }
        }
        return missing
    }
}

/// Takes some members of a container, whole.
private final class MemberCollector: ContainerVisitor {
    private let wanted: Set<String>
    private let take: (String, [UInt8]) -> Void
    private var left: Int
    private var current: String?
    private var bytes: [UInt8] = []

    init(wanted: Set<String>, most: Int, take: @escaping (String, [UInt8]) -> Void) {
        self.wanted = wanted
        self.take = take
        left = most
    }

    func foresee(_ names: [[UInt8]]) {}

    func refused(_ name: [UInt8]) {}

    func folder(_ name: [UInt8]) throws {}

    func begin(_ member: ContainerMember) throws {
        let name = String(decoding: member.name, as: UTF8.self)
        current = wanted.contains(name) ? name : nil
        bytes = []
    }

    func receive(_ piece: UnsafeRawBufferPointer) throws {
        guard current != nil else { return }
        left -= piece.count
        guard left >= 0 else {
            current = nil
            bytes = []
            return
        }
        unsafe bytes.append(contentsOf: piece)
    }

    func end(isWhole: Bool) throws {
        if let current, isWhole { take(current, bytes) }
        current = nil
        bytes = []
    }
}
