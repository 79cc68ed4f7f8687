extension Inventory {
    /// The bytes to write: keys in the order of their bytes, indented, the same for the same inventory.
    package func json() -> [UInt8] {
        var writer = InventoryWriter()
        writer.object(self)
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}

/// Texts in JSON.
enum JSONText {
    /// A text in quotation marks, escaped where RFC 8259 demands it.
    static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a text in quotation marks.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            bytes.append(contentsOf: text.utf8)
        } else {
            for byte in text.utf8 { append(byte, to: &bytes) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        let short: UnicodeScalar? =
            switch byte {
            case UInt8(ascii: "\""): "\""
            case UInt8(ascii: "\\"): "\\"
            case 0x08: "b"
            case 0x0C: "f"
            case 0x0A: "n"
            case 0x0D: "r"
            case 0x09: "t"
            default: nil
            }
        if let short {
            bytes += [UInt8(ascii: "\\"), UInt8(ascii: short)]
        } else if byte < 0x20 {
            let digits = Array("0123456789abcdef".utf8)
            bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        } else {
            bytes.append(byte)
        }
    }
}

/// Writes an inventory as Foundation's `JSONEncoder` did, sorted and indented, without holding more than the bytes.
///
/// The old form is kept so that an object's inventories differ only in what they say.
private struct InventoryWriter {
    private(set) var bytes: [UInt8] = []
    private var indent = 0

    private mutating func line(_ first: Bool) {
        if !first { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
    }

    private mutating func group(_ brackets: (UInt8, UInt8), isEmpty: Bool, _ members: (inout InventoryWriter) -> Void) {
        bytes.append(brackets.0)
        indent += 2
        members(&self)
        indent -= 2
        if isEmpty { bytes.append(UInt8(ascii: "\n")) }
        line(true)
        bytes.append(brackets.1)
    }

    private mutating func object(isEmpty: Bool = false, _ members: (inout InventoryWriter) -> Void) {
        group((UInt8(ascii: "{"), UInt8(ascii: "}")), isEmpty: isEmpty, members)
    }

    private mutating func key(_ name: String, first: Bool) {
        line(first)
        JSONText.append(name, to: &bytes)
        bytes.append(contentsOf: " : ".utf8)
    }

    private mutating func member(_ name: String, _ text: String, first: Bool = false) {
        key(name, first: first)
        JSONText.append(text, to: &bytes)
    }

    private static func sorted<Value>(_ members: [String: Value]) -> [(key: String, value: Value)] {
        members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    private mutating func block(_ block: [String: [String]]) {
        object(isEmpty: block.isEmpty) { writer in
            for (index, (digest, paths)) in Self.sorted(block).enumerated() {
                writer.key(digest, first: index == 0)
                writer.group((UInt8(ascii: "["), UInt8(ascii: "]")), isEmpty: paths.isEmpty) { writer in
                    for (index, path) in paths.enumerated() {
                        writer.line(index == 0)
                        JSONText.append(path, to: &writer.bytes)
                    }
                }
            }
        }
    }

    mutating func object(_ inventory: Inventory) {
        bytes.reserveCapacity(512 * (inventory.manifest.count + 2))
        object { writer in
            var isFirst = true
            if let name = inventory.contentDirectory {
                writer.member("contentDirectory", name, first: true)
                isFirst = false
            }
            writer.member("digestAlgorithm", inventory.digestAlgorithm, first: isFirst)
            if !inventory.fixity.isEmpty {
                writer.key("fixity", first: false)
                writer.object { writer in
                    for (index, (name, block)) in Self.sorted(inventory.fixity).enumerated() {
                        writer.key(name, first: index == 0)
                        writer.block(block)
                    }
                }
            }
            writer.member("head", inventory.head)
            writer.member("id", inventory.id)
            writer.key("manifest", first: false)
            writer.block(inventory.manifest)
            writer.member("type", inventory.type)
            writer.key("versions", first: false)
            writer.object(isEmpty: inventory.versions.isEmpty) { writer in
                for (index, (name, version)) in Self.sorted(inventory.versions).enumerated() {
                    writer.key(name, first: index == 0)
                    writer.version(version)
                }
            }
        }
    }

    private mutating func version(_ version: Inventory.Version) {
        object { writer in
            writer.member("created", version.created, first: true)
            if let message = version.message { writer.member("message", message) }
            writer.key("state", first: false)
            writer.block(version.state)
            guard let user = version.user else { return }
            writer.key("user", first: false)
            writer.object { writer in
                if let address = user.address { writer.member("address", address, first: true) }
                writer.member("name", user.name, first: user.address == nil)
            }
        }
    }
}
