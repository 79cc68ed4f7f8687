/// Which part of an Office Open XML package refers to which (ECMA-376, part 2, 6.5).
final class PackageRelations: XMLHandler {
    /// One reference.
    struct Relation {
        let id: String
        /// The last component of the type: `officeDocument`, `header`, `worksheet`.
        let type: String
        /// The part's name in the package.
        let part: String
    }

    /// The references to other parts of the package, in their order.
    private(set) var relations: [Relation] = []
    private let folder: [Substring]
    private let named: (String) -> String

    /// Reads the references of a part.
    ///
    /// - Parameters:
    ///   - part: the part's name; empty for the package itself.
    ///   - parts: the package.
    init(of part: String, in parts: OfficeParts) {
        let names = part.split(separator: "/")
        folder = Array(names.dropLast())
        let file = (folder + ["_rels", (names.last ?? "") + ".rels"]).joined(separator: "/")
        named = parts.named
        if let content = parts.content[parts.named(file)] { _ = XMLReader.read(content, self) }
    }

    /// The parts of a type.
    func parts(_ type: String) -> [String] { relations.filter { $0.type == type }.map(\.part) }

    var isFinished: Bool { relations.count > 50_000 }

    func start(_ name: String, _ attributes: XMLAttributes) {
        guard name == "Relationship", attributes["TargetMode"] != "External", let id = attributes["Id"],
            let type = attributes["Type"]?.split(separator: "/").last, let target = attributes["Target"]
        else {
            return
        }
        var path = target.utf8.first == 0x2F ? [] : folder
        for component in target.split(separator: "/") {
            if component == ".." {
                _ = path.popLast()
            } else if component != "." {
                path.append(component)
            }
        }
        relations.append(Relation(id: id, type: String(type), part: named(path.joined(separator: "/"))))
    }

    func end(_ name: String) {}

    func text(_ piece: UnsafeBufferPointer<UInt8>) {}
}
