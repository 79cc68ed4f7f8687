import Yams

/// A value of a YAML file together with the way that leads to it, so that what is wrong can be named.
///
/// Read from the tree that the parser makes, without a decoder: the tags of scalars, which a decoder resolves by regular
/// expressions, are of no use where every field has one kind, and cost more than all the rest of a short command.
struct YAMLValue {
    /// What is wrong with a file, in words for its editor.
    struct Problem: Error {
        let message: String
    }

    private let node: Node
    private let path: String

    private init(_ node: Node, path: String) {
        self.node = node
        self.path = path
    }

    /// The one document of a text, which must be a table of names and values.
    ///
    /// - Throws: `Problem`.
    init(_ text: String) throws {
        let root: Node?
        do {
            root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch {
            throw Problem(message: "it is no YAML: \(error)")
        }
        guard let root, root.mapping != nil else { throw Problem(message: "it is no table of names and values") }
        self.init(root, path: "")
    }

    /// The value under a name; nil where it is absent or empty (`~`, `null` or nothing).
    func value(_ name: String) throws -> YAMLValue? {
        guard let mapping = node.mapping else { throw wrongKind }
        // The tree's own look-up compares tags, and a tag is what is not resolved here.
        guard let found = mapping.first(where: { $0.key.scalar?.string == name })?.value else { return nil }
        if let scalar = found.scalar, scalar.style == .plain, ["", "~", "null", "Null", "NULL"].contains(scalar.string)
        {
            return nil
        }
        return YAMLValue(found, path: path.isEmpty ? name : "\(path).\(name)")
    }

    /// The value under a name that must be there.
    func required(_ name: String) throws -> YAMLValue {
        guard let value = try value(name) else {
            throw Problem(message: "'\(name)' is missing" + (path.isEmpty ? "" : " in '\(path)'"))
        }
        return value
    }

    /// The text of a scalar, to the letter.
    var text: String {
        get throws {
            guard let scalar = node.scalar else { throw wrongKind }
            return scalar.string
        }
    }

    /// The whole number that a scalar writes in decimal digits.
    var integer: Int {
        get throws {
            guard let scalar = node.scalar, scalar.style == .plain, let number = Int(scalar.string) else {
                throw wrongKind
            }
            return number
        }
    }

    /// The members of a list, in order.
    var boolean: Bool {
        get throws {
            switch try text.lowercased() {
            case "true", "yes", "ya": true
            case "false", "no", "tidak": false
            default: throw wrongKind
            }
        }
    }

    /// The values of a sequence.
    var list: [YAMLValue] {
        get throws {
            guard let sequence = node.sequence else { throw wrongKind }
            return sequence.enumerated().map { YAMLValue($0.element, path: "\(path).[\($0.offset)]") }
        }
    }

    /// The members of a list of texts.
    var texts: [String] { get throws { try list.map { try $0.text } } }

    private var wrongKind: Problem { Problem(message: "'\(path)' has a value of the wrong kind") }
}
