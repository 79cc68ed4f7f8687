import FileSafety
import Fixity

/// Holds an inventory that lies alone, or is looked at alone, against the rules that it can break by itself.
enum InventoryValidation {
    /// What was found, and what was read.
    struct Outcome {
        let log: FindingLog
        let specification: OCFLVersion?
        let bytes: Int
    }

    static func run(_ file: consuming OpenFile, name: String, folder: OpenFolder) throws -> Outcome {
        let log = FindingLog(object: ".")
        let pools = NamePools()
        let prefix = Array("\(name).".utf8)
        let named = try folder.handle.entries().map(\.name.bytes).filter { $0.starts(with: prefix) }.compactMap {
            DigestAlgorithm(rawValue: String(decoding: $0.dropFirst(prefix.count), as: UTF8.self))
        }
        let source = try ByteSource(file, algorithms: named, buffer: PieceBuffer())
        var reader = InventoryReader(log: log, pools: pools, version: nil, path: name)
        let parsed = try reader.read(source)
        let digests = try source.finish()
        log.specification = parsed?.specification ?? .v1_1
        if name != "inventory.json" {
            log.add(.E034, path: name, found: "a file called '\(name)'", expected: "a file called 'inventory.json'")
        }
        guard let parsed else { return Outcome(log: log, specification: nil, bytes: source.size) }
        InventoryRules(parsed, log: log, pools: pools, version: nil, path: name, declared: nil).check(declared: nil)
        let wanted = parsed.digestAlgorithm.bytes.map { Shown.text($0) } ?? ""
        if let digest = digests.first(where: { $0.algorithm.rawValue == wanted }) {
            try check(digest, name: name, folder, log)
        } else {
            let expected = "a file '\(name).\(wanted)' beside the inventory; its digest was not checked"
            log.add(.E058, path: name, found: "no sidecar", expected: expected, as: .note)
        }
        return Outcome(log: log, specification: parsed.specification, bytes: source.size)
    }

    private static func check(_ digest: Digest, name: String, _ folder: OpenFolder, _ log: FindingLog) throws {
        let path = "\(name).\(digest.algorithm.rawValue)"
        let said = try folder.handle.openFile(EntryName(path)).beginning(1 << 16)
        guard let named = ObjectValidation.sidecarDigest(said) else {
            let expected = "the digest in hexadecimal digits, white space, and 'inventory.json'"
            log.add(.E061, path: path, found: Shown.quoted(said), expected: expected)
            return
        }
        guard named.lowercased() != digest.hex else { return }
        let found = "the inventory has the \(digest.algorithm.rawValue) \(digest.hex)"
        log.add(.E060, path: name, found: found, expected: "\(named), as '\(path)' says")
    }
}
