import JSONWriting

extension Inventory {
    /// The bytes to write: keys in the order of their bytes, indented, the same for the same inventory.
    package func json() -> [UInt8] {
        var writer = JSONWriter(isIndented: true, capacity: 512 * (manifest.count + 2))
        writer.inventory(self)
        writer.endLine()
        return writer.bytes
    }
}

/// An inventory in the form in which Foundation's `JSONEncoder` wrote it, sorted and indented.
///
/// The old form is kept so that an object's inventories differ only in what they say.
extension JSONWriter {
    private static func sorted<Value>(_ members: [String: Value]) -> [(key: String, value: Value)] {
        members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    private mutating func block(_ block: [String: [String]]) {
        object(isEmpty: block.isEmpty) { writer in
            for (index, (digest, paths)) in Self.sorted(block).enumerated() {
                writer.key(digest, first: index == 0)
                writer.array(isEmpty: paths.isEmpty) { writer in
                    for (index, path) in paths.enumerated() {
                        writer.element(first: index == 0)
                        writer.text(path)
                    }
                }
            }
        }
    }

    fileprivate mutating func inventory(_ inventory: Inventory) {
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
