import FileSafety
import Fixity

extension ObjectValidation {
    /// The names that begin like a sidecar's.
    func sidecarIndices(_ entries: FolderEntries) -> [Int] {
        (0..<entries.count).filter { entries.name($0).bytes.starts(with: Self.sidecarPrefix) }
    }

    private static let sidecarPrefix = Array("inventory.json.".utf8)

    private static func algorithmName(_ entries: FolderEntries, _ index: Int) -> ArraySlice<UInt8> {
        entries.name(index).bytes.dropFirst(sidecarPrefix.count)
    }

    /// Reads the inventory of a folder, and holds it against its sidecar.
    ///
    /// Where `known` has the same bytes, they are not taken apart again. Nil where there is no inventory, or it cannot be
    /// read, which is entered.
    func readInventory(
        _ place: OpenFolder,
        _ entries: FolderEntries,
        version: String?,
        knownAs known: InventoryReading? = nil
    ) -> InventoryReading? {
        let path = (version.map { $0 + "/" } ?? "") + "inventory.json"
        guard let index = entries.index(of: "inventory.json") else {
            let expected = version == nil ? "an inventory in the object's root" : "an inventory in every version folder"
            log.add(
                version == nil ? .E063 : .W010,
                version: version,
                path: path,
                found: "no inventory",
                expected: expected
            )
            return nil
        }
        guard requireFile(entries.kind(index), version: version, path: path) else {
            if version == nil {
                log.add(.E063, path: path, found: "no file", expected: "an inventory in the object's root")
            }
            if entries.kind(index) == .directory {
                log.add(.E034, version: version, path: path, found: "a folder", expected: "a file of that name")
            }
            return nil
        }
        let sidecars = sidecarIndices(entries)
        let named = sidecars.compactMap { index in
            DigestAlgorithm(rawValue: String(decoding: Self.algorithmName(entries, index), as: UTF8.self))
        }
        do {
            let algorithms = [.sha512] + named.filter { $0 != .sha512 }
            if let known,
                let reading = try readIfSame(place, entries, index, as: known, algorithms, path: path, version: version)
            {
                checkSidecars(reading, known.parsed, place, entries, version: version)
                return reading
            }
            let source = try ByteSource(
                try place.handle.openFile(entries.name(index), seen: .file),
                algorithms: algorithms,
                buffer: worker.pieces
            )
            if known == nil { checkLinks(source.status, version: version, path: path) }
            guard pools.haveRoom(for: source.size) else {
                let reason = "the object's inventories name too much to be held"
                throw FileSafetyError(.tooLarge, operation: "read", path: folder.handle.path, reason: reason)
            }
            var reader = InventoryReader(log: log, pools: pools, version: version, path: path)
            let parsed = try reader.read(source)
            let reading = InventoryReading(parsed: parsed, digests: try source.finish())
            report.bytesRead += source.size
            checkSidecars(reading, parsed, place, entries, version: version)
            return reading
        } catch {
            enter(error, path: path)
            return nil
        }
    }

    /// Digests an inventory; nil where it is not, byte for byte, the one that is known.
    private func readIfSame(
        _ place: OpenFolder,
        _ entries: FolderEntries,
        _ index: Int,
        as known: InventoryReading,
        _ algorithms: [DigestAlgorithm],
        path: String,
        version: String?
    ) throws -> InventoryReading? {
        let source = try ByteSource(
            try place.handle.openFile(entries.name(index), seen: .file),
            algorithms: algorithms,
            buffer: worker.pieces
        )
        checkLinks(source.status, version: version, path: path)
        let reading = InventoryReading(parsed: nil, digests: try source.finish())
        report.bytesRead += source.size
        return reading.sha512 == known.sha512 ? reading : nil
    }

    // MARK: - Sidecars

    private func checkSidecars(
        _ reading: InventoryReading,
        _ parsed: ParsedInventory?,
        _ place: OpenFolder,
        _ entries: FolderEntries,
        version: String?
    ) {
        let prefix = version.map { $0 + "/" } ?? ""
        let sidecars = sidecarIndices(entries)
        let wanted = parsed?.digestAlgorithm.bytes
        // Of an inventory that cannot be read, any sidecar will do, the usual one first.
        let accepted = wanted.map { [$0] } ?? [Array("sha512".utf8), Array("sha256".utf8)]
        let right =
            accepted.compactMap { name in sidecars.first { Self.algorithmName(entries, $0).elementsEqual(name) } }.first
            ?? (wanted == nil ? sidecars.first : nil)
        for index in sidecars where index != right {
            let path = prefix + Shown.text(entries.name(index).bytes)
            guard requireFile(entries.kind(index), version: version, path: path) else { continue }
            if right == nil, let wanted {
                let expected = "a sidecar of \(Shown.quoted(wanted)), the inventory's digestAlgorithm"
                let found = "a sidecar of \(Shown.quoted(Self.algorithmName(entries, index)))"
                log.add(.E059, version: version, path: path, found: found, expected: expected)
            } else {
                let expected = "one sidecar, of the inventory's digestAlgorithm"
                log.add(
                    version == nil ? .E001 : .E015,
                    version: version,
                    path: path,
                    found: "a further sidecar",
                    expected: expected
                )
            }
        }
        guard let right, entries.kind(right) == .file else {
            if let right {
                _ = requireFile(
                    entries.kind(right),
                    version: version,
                    path: prefix + Shown.text(entries.name(right).bytes)
                )
            }
            let algorithm = wanted.map { Shown.text($0) } ?? "ALGORITHM"
            log.add(
                .E058,
                version: version,
                path: prefix + "inventory.json",
                found: "no sidecar",
                expected: "a file 'inventory.json.\(algorithm)' beside the inventory"
            )
            return
        }
        checkSidecar(reading, place, entries, right, prefix: prefix, version: version)
    }

    private func checkSidecar(
        _ reading: InventoryReading,
        _ place: OpenFolder,
        _ entries: FolderEntries,
        _ index: Int,
        prefix: String,
        version: String?
    ) {
        let path = prefix + Shown.text(entries.name(index).bytes)
        do {
            let file = try place.handle.openFile(entries.name(index), seen: .file)
            checkLinks(try file.status(), version: version, path: path)
            let said = try file.beginning(1 << 16)
            guard let digest = Self.sidecarDigest(said) else {
                let expected = "the digest in hexadecimal digits, white space, and 'inventory.json'"
                log.add(.E061, version: version, path: path, found: Shown.quoted(said), expected: expected)
                return
            }
            let algorithm = DigestAlgorithm(
                rawValue: String(decoding: Self.algorithmName(entries, index), as: UTF8.self)
            )
            guard let actual = reading.digests.first(where: { $0.algorithm == algorithm }) else { return }
            guard digest.lowercased() != actual.hex else { return }
            log.add(
                .E060,
                version: version,
                path: prefix + "inventory.json",
                found: "the inventory has the \(actual.algorithm.rawValue) \(actual.hex)",
                expected: "\(digest), as '\(path)' says"
            )
        } catch {
            enter(error, path: path)
        }
    }

    /// The digest of a sidecar of the form `DIGEST inventory.json`; nil for any other form.
    static func sidecarDigest(_ bytes: [UInt8]) -> String? {
        let digits = bytes.prefix { HexDigits.value(of: $0) != nil }
        let space = bytes[digits.endIndex...].prefix { $0 == 0x20 || $0 == 0x09 }
        guard !digits.isEmpty, !space.isEmpty else { return nil }
        var name = bytes[space.endIndex...]
        // A line end, and spaces before it, are no part of the name.
        while let last = name.last, [0x20, 0x09, 0x0A, 0x0D].contains(last) { name = name.dropLast() }
        guard name.elementsEqual("inventory.json".utf8) else { return nil }
        return String(decoding: digits, as: UTF8.self)
    }
}
