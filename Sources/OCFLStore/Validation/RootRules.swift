/// Rules that hold between the objects of a storage root, and between them and the root.
///
/// Fed with one object after the other, in the order of their paths.
final class RootRules {
    private let log: FindingLog
    private let layout: StorageLayout?
    private let root: OCFLVersion
    private var ids = BytePool()
    private var places: [String] = []
    private var isFlat: Bool?
    private var hasMixedDepth = false
    private var candidates: Set<StorageLayout>?
    private var hasMixedLayouts = false

    init(log: FindingLog, layout: StorageLayout?, root: OCFLVersion) {
        self.log = log
        self.layout = layout
        self.root = root
    }

    /// Holds an object against the root and the objects before it.
    func take(_ report: ObjectReport) {
        let path = report.object
        if let own = report.specification, own > root {
            let expected = "OCFL \(root.rawValue) or earlier, as the storage root declares"
            log.add(.E081, object: path, found: "an object of OCFL \(own.rawValue)", expected: expected)
        }
        checkDepth(path)
        guard let id = report.id, !id.isEmpty else { return }
        checkUnique(id, path)
        checkLayout(id, path)
    }

    private func checkDepth(_ path: String) {
        let isTop = !path.utf8.contains(UInt8(ascii: "/"))
        if let isFlat, isFlat != isTop, !hasMixedDepth {
            hasMixedDepth = true
            let found =
                isTop
                ? "an object directly below the root, others in folders"
                : "an object in folders, others directly below the root"
            log.add(
                .W015,
                object: path,
                found: found,
                expected: "either folders of objects, or objects directly below the root"
            )
        }
        isFlat = isFlat ?? isTop
    }

    private func checkUnique(_ id: String, _ path: String) {
        if let known = ids.find(id.utf8), Int(known) < places.count {
            let other = places[Int(known)]
            log.add(.E037, object: path, found: "the id '\(id)'", expected: "an id of its own; '\(other)' has it too")
            let expected = "one path for an id; it lies at '\(other)' too"
            log.add(.E083, object: path, found: "the id '\(id)' at '\(path)'", expected: expected)
            return
        }
        if Int(ids.intern(id.utf8)) == places.count { places.append(path) }
    }

    private func checkLayout(_ id: String, _ path: String) {
        if let layout, let wanted = layout.path(of: id), wanted.utf8.elementsEqual(path.utf8) { return }
        let fitting = Set(Self.defaults.filter { $0.path(of: id).map { $0.utf8.elementsEqual(path.utf8) } ?? false })
        if let layout {
            let expected =
                layout.path(of: id).map { "'\($0)', as the layout '\(layout.name)' has it" }
                ?? "an id that the layout '\(layout.name)' has a place for"
            log.add(.E083, object: path, found: "the object '\(id)' at '\(path)'", expected: expected)
            if !fitting.isEmpty { enterMixedLayouts(path) }
        } else if !fitting.isEmpty {
            // Objects that no common layout can have brought together.
            let common = candidates.map { $0.intersection(fitting) } ?? fitting
            if common.isEmpty { enterMixedLayouts(path) } else { candidates = common }
        }
    }

    private func enterMixedLayouts(_ path: String) {
        guard !hasMixedLayouts else { return }
        hasMixedLayouts = true
        log.add(.W014, object: path, found: "objects in several layouts", expected: "one layout in a storage root")
    }

    private static let defaults: [StorageLayout] = [
        .flatDirect, .standard, .hashed(.standard, shortObjectRoot: false), .flatOmitPrefix(delimiter: ":"),
        .tuplesOmitPrefix(.standard),
    ]
}
