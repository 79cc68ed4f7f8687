import FileSafety
import Fixity
import JSONWriting
import SystemPackage

/// Why a storage root's layout cannot be used.
struct LayoutFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file that says it, relative to the root.
    let path: String
    /// The code of the specification; nil for a layout that is right and that this program does not know.
    let code: OCFLCode?
    /// What is there.
    let found: String
    /// What would be right.
    let expected: String

    var description: String { "'\(path)': \(found), expected \(expected)" }
}

/// A JSON object without objects in it: `ocfl_layout.json`, and the parameters of an extension.
struct FlatObject {
    /// A value.
    enum Value: Hashable {
        /// A text, as its bytes.
        case text([UInt8])
        /// A number, as it is written.
        case number([UInt8])
        /// `true` or `false`.
        case truth(Bool)
        /// `null`, an array or an object, which no parameter may be.
        case other
    }

    private(set) var values: [String: Value] = [:]

    /// Reads an object.
    ///
    /// - Throws: `JSONFault` for anything else than JSON, a key twice too.
    init(_ bytes: [UInt8]) throws {
        let tokens = JSONTokenizer(ByteSource(bytes: bytes))
        guard try tokens.next() == .beginObject else {
            throw JSONFault(place: JSONPlace(line: 1, offset: 0), reason: "no JSON object")
        }
        while try tokens.next() == .name {
            let name = String(decoding: tokens.text, as: UTF8.self)
            let place = tokens.place
            let token = try tokens.next()
            let value: Value =
                switch token {
                case .string: .text(tokens.text)
                case .number: .number(tokens.text)
                case .yes: .truth(true)
                case .no: .truth(false)
                default: .other
                }
            try tokens.skip(token)
            guard values.updateValue(value, forKey: name) == nil else {
                throw JSONFault(place: place, reason: "the key '\(name)' stands twice")
            }
        }
        _ = try tokens.next()
        if let flaw = tokens.flaws.first { throw flaw }
    }

    /// A text; nil where it is absent or something else.
    func text(_ key: String) -> String? {
        if case .text(let bytes) = values[key] { String(decoding: bytes, as: UTF8.self) } else { nil }
    }

    /// A text, or the default where it is absent; nil for something else.
    func text(_ key: String, default standard: String?) -> String? { values[key] == nil ? standard : text(key) }

    /// A whole number of at most six digits, or the default where it is absent; nil for something else.
    func number(_ key: String, default standard: Int) -> Int? {
        guard let value = values[key] else { return standard }
        guard case .number(let digits) = value, (1...6).contains(digits.count),
            digits.allSatisfy({ (48...57).contains($0) })
        else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    /// A truth value, or the default where it is absent; nil for something else.
    func truth(_ key: String, default standard: Bool) -> Bool? {
        guard let value = values[key] else { return standard }
        if case .truth(let truth) = value { return truth }
        return nil
    }
}

extension StorageLayout {
    static let layoutFile = "ocfl_layout.json"
    static let extensionsFolder = "extensions"
    /// The largest file that says something of a layout, in bytes.
    static let fileLimit = 1 << 20

    /// The layout that a storage root says it has.
    ///
    /// - Returns: nil where it says nothing.
    /// - Throws: `LayoutFault`; `FileSafetyError` where a file cannot be read.
    static func read(_ root: borrowing DirectoryHandle) throws -> StorageLayout? {
        guard let bytes = try content(of: FilePath(layoutFile), in: root) else { return nil }
        let said: FlatObject
        do {
            said = try FlatObject(bytes)
        } catch let fault as JSONFault {
            throw LayoutFault(path: layoutFile, code: .E070, found: "\(fault)", expected: "a JSON object in UTF-8")
        }
        guard let name = said.text("extension"), said.text("description") != nil else {
            let expected = "the keys 'extension' and 'description', both texts"
            throw LayoutFault(path: layoutFile, code: .E070, found: "a key is missing or no text", expected: expected)
        }
        guard RegisteredExtensions.names.contains(name) else {
            let expected = "the name of a registered extension"
            throw LayoutFault(path: layoutFile, code: .E071, found: "the extension '\(name)'", expected: expected)
        }
        return try layout(called: name, in: root)
    }

    private static func content(of path: FilePath, in root: borrowing DirectoryHandle) throws -> [UInt8]? {
        do {
            return try root.openFile(at: path).content(limit: fileLimit)
        } catch let error where error.code == .notFound {
            return nil
        }
    }

    private static func layout(called name: String, in root: borrowing DirectoryHandle) throws -> StorageLayout {
        let path = "\(extensionsFolder)/\(name)/config.json"
        var parameters: FlatObject?
        if let bytes = try content(of: FilePath(path), in: root) {
            do {
                parameters = try FlatObject(bytes)
            } catch let fault as JSONFault {
                throw LayoutFault(path: path, code: .E071, found: "\(fault)", expected: "a JSON object")
            }
        }
        if let parameters, parameters.text("extensionName") != name {
            let expected = "the extensionName '\(name)'"
            throw LayoutFault(path: path, code: .E071, found: "another extensionName, or none", expected: expected)
        }
        guard known.contains(String(name.prefix(4))) else {
            let expected = "one of the layouts 0002, 0003, 0004, 0006 and 0007"
            throw LayoutFault(path: layoutFile, code: nil, found: "the layout '\(name)'", expected: expected)
        }
        guard let layout = try StorageLayout(name: name, parameters: parameters ?? FlatObject(Array("{}".utf8))) else {
            let found = parameters == nil ? "no parameters" : "parameters outside of what is registered"
            throw LayoutFault(
                path: path,
                code: .E071,
                found: found,
                expected: "the parameters that '\(name)' registers"
            )
        }
        return layout
    }

    private static let known: Set<String> = ["0002", "0003", "0004", "0006", "0007"]

    /// A layout by its name and its parameters, absent ones having their registered defaults; nil outside of the limits.
    init?(name: String, parameters: FlatObject) {
        switch name.prefix(4) {
        case "0002": self = .flatDirect
        case "0003":
            guard let tuples = Self.tuples(parameters) else { return nil }
            self = .hashAndID(tuples)
        case "0004":
            guard let tuples = Self.tuples(parameters),
                let isShort = parameters.truth("shortObjectRoot", default: false),
                !isShort || tuples.tupleSize * tuples.numberOfTuples < tuples.algorithm.byteCount * 2
            else {
                return nil
            }
            self = .hashed(tuples, shortObjectRoot: isShort)
        case "0006":
            guard let delimiter = parameters.text("delimiter"), !delimiter.isEmpty else { return nil }
            self = .flatOmitPrefix(delimiter: delimiter)
        case "0007":
            guard let delimiter = parameters.text("delimiter", default: ":"),
                let size = parameters.number("tupleSize", default: 3),
                let count = parameters.number("numberOfTuples", default: 3),
                let padding = parameters.text("zeroPadding", default: "left").flatMap({
                    PrefixTuples.Padding(rawValue: $0)
                }),
                let isReversed = parameters.truth("reverseObjectRoot", default: false),
                let tuples = PrefixTuples(
                    delimiter: delimiter,
                    tupleSize: size,
                    numberOfTuples: count,
                    padding: padding,
                    isReversed: isReversed
                )
            else {
                return nil
            }
            self = .tuplesOmitPrefix(tuples)
        default: return nil
        }
    }

    private static func tuples(_ parameters: FlatObject) -> HashedTuples? {
        guard let name = parameters.text("digestAlgorithm", default: "sha256"),
            case .digest(let algorithm) = FixityKind(name: Array(name.utf8)),
            let size = parameters.number("tupleSize", default: 3),
            let count = parameters.number("numberOfTuples", default: 3)
        else {
            return nil
        }
        return HashedTuples(algorithm: algorithm, tupleSize: size, numberOfTuples: count)
    }

    // MARK: - Writing

    /// The bytes of `ocfl_layout.json`.
    var layoutDocument: String { Self.document([("description", .text(summary)), ("extension", .text(name))]) }

    /// The bytes of the extension's `config.json`; nil for a layout without parameters.
    var configuration: String? {
        let parameters: [(String, Parameter)]
        switch self {
        case .flatDirect: return nil
        case .hashAndID(let tuples): parameters = Self.parameters(tuples)
        case .hashed(let tuples, let isShort):
            parameters = Self.parameters(tuples) + [("shortObjectRoot", .truth(isShort))]
        case .flatOmitPrefix(let delimiter): parameters = [("delimiter", .text(delimiter))]
        case .tuplesOmitPrefix(let tuples):
            parameters = [
                ("delimiter", .text(tuples.delimiter)), ("numberOfTuples", .number(tuples.numberOfTuples)),
                ("reverseObjectRoot", .truth(tuples.isReversed)), ("tupleSize", .number(tuples.tupleSize)),
                ("zeroPadding", .text(tuples.padding.rawValue)),
            ]
        }
        return Self.document(parameters + [("extensionName", .text(name))])
    }

    private enum Parameter {
        case text(String)
        case number(Int)
        case truth(Bool)
    }

    private static func parameters(_ tuples: HashedTuples) -> [(String, Parameter)] {
        [
            ("digestAlgorithm", .text(tuples.algorithm.rawValue)), ("numberOfTuples", .number(tuples.numberOfTuples)),
            ("tupleSize", .number(tuples.tupleSize)),
        ]
    }

    private static func document(_ members: [(String, Parameter)]) -> String {
        let lines = members.sorted { $0.0 < $1.0 }.map { key, value in
            switch value {
            case .text(let text): "  \"\(key)\" : \(JSONWriter.quoted(text))"
            case .number(let number): "  \"\(key)\" : \(number)"
            case .truth(let truth): "  \"\(key)\" : \(truth)"
            }
        }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }
}
