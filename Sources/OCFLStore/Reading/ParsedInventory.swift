/// The names of one object, shared by all its inventories: a path that ten of them hold is held once.
final class NamePools {
    /// Content paths and logical paths.
    var paths = BytePool()
    /// Digests of every block.
    var digests = DigestPool()

    /// The most bytes that the names of one object may have together.
    static let limit = 3 << 30

    /// Whether that many bytes more can be held.
    func haveRoom(for bytes: Int) -> Bool { max(paths.byteCount, digests.byteCount) + bytes < Self.limit }
}

/// A value of an inventory that should be a text.
enum InventoryField: Hashable {
    /// There is no such key.
    case absent
    /// The text's bytes.
    case text([UInt8])
    /// Something else, and what.
    case other(String)

    /// The text, if it is one.
    var bytes: [UInt8]? { if case .text(let bytes) = self { bytes } else { nil } }

    /// For messages.
    var shown: String {
        switch self {
        case .absent: "nothing"
        case .text(let bytes): Shown.quoted(bytes)
        case .other(let kind): kind
        }
    }
}

/// What stands under a key that should hold an object.
enum InventoryPart: Hashable {
    /// There is no such key.
    case absent
    /// An object, as it must be.
    case object
    /// Something else, and what.
    case other(String)
}

/// Digests, each with its paths: a manifest, the state of a version, or the block of a fixity algorithm.
struct DigestBlock {
    /// In the order of the file.
    private(set) var digests: [BytePool.ID] = []
    private var ends: [UInt32] = []
    private var paths: [BytePool.ID] = []

    /// How many digests there are.
    var count: Int { digests.count }
    /// All paths of all digests, those of one digest behind one another.
    var allPaths: [BytePool.ID] { paths }

    /// The paths of the digest at an index.
    func paths(_ index: Int) -> ArraySlice<BytePool.ID> {
        paths[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
    }

    mutating func begin(_ digest: BytePool.ID) {
        digests.append(digest)
        ends.append(UInt32(paths.count))
    }

    mutating func append(_ path: BytePool.ID) {
        paths.append(path)
        ends[ends.count - 1] += 1
    }
}

/// What an inventory says of one version.
struct ParsedVersion {
    /// The key.
    let name: [UInt8]
    var created = InventoryField.absent
    var message = InventoryField.absent
    /// Whether there is a `user`, and whether it is an object.
    var user = InventoryPart.absent
    var userName = InventoryField.absent
    var userAddress = InventoryField.absent
    var statePart = InventoryPart.absent
    var state = DigestBlock()

    init(name: [UInt8]) { self.name = name }

    /// The name for messages.
    var shownName: String { Shown.text(name) }
}

/// An inventory as it was read: facts, not yet judged.
struct ParsedInventory {
    var id = InventoryField.absent
    var type = InventoryField.absent
    var digestAlgorithm = InventoryField.absent
    var head = InventoryField.absent
    var contentDirectory = InventoryField.absent
    var manifestPart = InventoryPart.absent
    var manifest = DigestBlock()
    var versionsPart = InventoryPart.absent
    var versions: [ParsedVersion] = [] {
        didSet { places = Dictionary(versions.indices.map { (versions[$0].name, $0) }, uniquingKeysWith: { $1 }) }
    }
    private var places: [[UInt8]: Int] = [:]
    var fixityPart = InventoryPart.absent
    var fixity: [(name: [UInt8], block: DigestBlock)] = []
    /// Keys that no specification knows.
    var unknownKeys: [[UInt8]] = []

    /// The specification that `type` names.
    var specification: OCFLVersion? {
        OCFLVersion.allCases.first { type.bytes.map(ArraySlice.init)?.elementsEqual($0.inventoryType.utf8) ?? false }
    }

    /// The name of the content folder, if it can be one.
    var contentFolder: [UInt8] {
        guard let bytes = contentDirectory.bytes, !bytes.isEmpty, !bytes.contains(UInt8(ascii: "/")),
            bytes != Array(".".utf8), bytes != Array("..".utf8)
        else {
            return Array("content".utf8)
        }
        return bytes
    }

    /// The name of the version with the highest number, whatever `head` says.
    var newestVersion: [UInt8]? {
        versions.compactMap { version in VersionName(version.name).map { ($0.number, version.name) } }
            .max { $0.0 < $1.0 }?.1
    }

    /// What it says of the version of that name.
    func version(named name: some Collection<UInt8>) -> ParsedVersion? {
        places[Array(name)].map { versions[$0] }
    }
}
