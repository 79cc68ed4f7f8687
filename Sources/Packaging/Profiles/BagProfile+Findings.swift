import Containers

extension BagProfile {
    /// Holds a bag against the profile.
    ///
    /// What a profile says of serialisation and version comes first and is fatal: a bag that fails there is not looked at
    /// any further (section "Workflow" of the specification).
    func findings(
        _ tags: BagTags,
        _ contents: BagContents,
        format: ContainerFormat?,
        isSerialised: Bool
    ) -> [BagFinding] {
        let fatal = serializationFindings(format, isSerialised: isSerialised) + versionFindings(tags)
        guard fatal.isEmpty else { return fatal }
        return infoFindings(tags) + manifestFindings(tags) + fileFindings(contents) + fetchFindings(tags)
            + payloadFindings(contents)
    }

    private func serializationFindings(_ format: ContainerFormat?, isSerialised: Bool) -> [BagFinding] {
        switch (serialization, isSerialised) {
        case (.forbidden, true):
            return [Self.finding(.profileSerialization, nil, "the bag is in a container", "a folder")]
        case (.required, false):
            return [Self.finding(.profileSerialization, nil, "the bag is a folder", accepted)]
        case (.required, true), (.optional, true):
            let types = format?.mediaTypes ?? []
            let isAccepted = acceptedSerializations.contains { types.contains($0.lowercased()) }
            return isAccepted ? [] : [Self.finding(.profileSerialization, nil, types.first ?? "no container", accepted)]
        case (.forbidden, false), (.optional, false): return []
        }
    }

    private var accepted: String { "a container of \(acceptedSerializations.joined(separator: ", "))" }

    private func versionFindings(_ tags: BagTags) -> [BagFinding] {
        guard !acceptedVersions.contains(tags.version.description) else { return [] }
        let expected = acceptedVersions.joined(separator: ", ")
        return [Self.finding(.profileVersion, BagDeclaration.fileName, tags.version.description, expected)]
    }

    private func infoFindings(_ tags: BagTags) -> [BagFinding] {
        var findings: [BagFinding] = []
        let name = Array(tags.version.infoName.utf8)
        let identifiers = Self.values(of: "BagIt-Profile-Identifier", in: tags.info)
        if !identifiers.contains(where: { $0.utf8.elementsEqual(identifier.utf8) }) {
            let found =
                identifiers.isEmpty
                ? "no BagIt-Profile-Identifier" : identifiers.map { "'\($0)'" }.joined(separator: ", ")
            findings.append(Self.finding(.profileIdentifier, name, found, identifier))
        }
        for tag in self.tags {
            let values = Self.values(of: tag.label, in: tags.info)
            if values.isEmpty, tag.isRequired {
                findings.append(Self.finding(.profileInfoRequired, name, "no '\(tag.label)'", nil))
            }
            if values.count > 1, !tag.isRepeatable {
                findings.append(
                    Self.finding(.profileInfoRepeated, name, "'\(tag.label)' stands \(values.count) times", "once")
                )
            }
            guard !tag.values.isEmpty else { continue }
            for value in values where !tag.values.contains(where: { $0.utf8.elementsEqual(value.utf8) }) {
                let expected = tag.values.map { "'\($0)'" }.joined(separator: ", ")
                findings.append(Self.finding(.profileInfoValue, name, "\(tag.label): \(value)", expected))
            }
        }
        return findings
    }

    private static func values(of label: String, in info: [BagTags.Field]) -> [String] {
        info.filter { $0.label.lowercased().utf8.elementsEqual(label.lowercased().utf8) }.map(\.value)
    }

    private func manifestFindings(_ tags: BagTags) -> [BagFinding] {
        Self.manifestFindings(
            .profileManifest,
            "manifest",
            tags.manifestNames.filter { !$0.isTagManifest }.map(\.written),
            required: manifestsRequired,
            allowed: manifestsAllowed
        )
            + Self.manifestFindings(
                .profileTagManifest,
                "tagmanifest",
                tags.manifestNames.filter(\.isTagManifest).map(\.written),
                required: tagManifestsRequired,
                allowed: tagManifestsAllowed
            )
    }

    private static func manifestFindings(
        _ rule: BagRule,
        _ prefix: String,
        _ present: [String],
        required: [String],
        allowed: [String]?
    ) -> [BagFinding] {
        let missing = required.filter { !present.contains($0) }.map { algorithm in
            finding(rule, Array("\(prefix)-\(algorithm).txt".utf8), "it is missing", "present")
        }
        guard let allowed else { return missing }
        return missing
            + present.filter { !allowed.contains($0) }.map { algorithm in
                let expected = "one of \(allowed.joined(separator: ", "))"
                return finding(rule, Array("\(prefix)-\(algorithm).txt".utf8), "it is not allowed", expected)
            }
    }

    private func fileFindings(_ contents: BagContents) -> [BagFinding] {
        let payload = contents.files.filter { BagPaths.isPayload($0.path) }.map(\.path)
        // The files that every bag has, or that other keys speak of, are no matter of these two lists.
        let other = contents.files.map(\.path).filter { !BagPaths.isPayload($0) && !BagTags.isText($0) }
        var findings = tagFilesRequired.filter { contents.number(of: Array($0.utf8)) == nil }.map { path in
            Self.finding(.profileTagFile, Array(path.utf8), "it is missing", "present")
        }
        findings += Self.unmatched(other, tagFilesAllowed, .profileTagFile)
        for path in payloadFilesRequired where !Self.isPresent(path, payload, contents) {
            findings.append(Self.finding(.profilePayloadFile, Array(path.utf8), "it is missing", "present"))
        }
        return findings + Self.unmatched(payload, payloadFilesAllowed, .profilePayloadFile)
    }

    /// A path that ends with a slash is a folder, which must hold something.
    private static func isPresent(_ path: String, _ payload: [[UInt8]], _ contents: BagContents) -> Bool {
        let bytes = Array(path.utf8)
        guard bytes.last == UInt8(ascii: "/") else { return contents.number(of: bytes) != nil }
        return payload.contains { $0.starts(with: bytes) } || contents.folders.contains { $0.bytes.starts(with: bytes) }
    }

    private static func unmatched(_ paths: [[UInt8]], _ allowed: [String]?, _ rule: BagRule) -> [BagFinding] {
        guard let allowed else { return [] }
        let patterns = allowed.map { GlobPattern($0) }
        let expected = "one that \(allowed.map { "'\($0)'" }.joined(separator: ", ")) covers"
        return paths.filter { path in !patterns.contains { $0.matches(path) } }
            .map { finding(rule, $0, "it is not allowed", expected) }
    }

    private func fetchFindings(_ tags: BagTags) -> [BagFinding] {
        let name = Array("fetch.txt".utf8)
        if tags.hasFetch, !allowsFetch { return [Self.finding(.profileFetch, name, "it is not allowed", nil)] }
        if !tags.hasFetch, requiresFetch { return [Self.finding(.profileFetch, name, "it is missing", "present")] }
        return []
    }

    private func payloadFindings(_ contents: BagContents) -> [BagFinding] {
        guard isDataEmpty else { return [] }
        let payload = contents.files.filter { BagPaths.isPayload($0.path) }
        if payload.isEmpty || payload.count == 1 && payload[0].size == 0 { return [] }
        let expected = "no file, or a single one of 0 bytes"
        return [Self.finding(.profileDataEmpty, Array("data".utf8), "\(payload.count) files", expected)]
    }

    private static func finding(_ rule: BagRule, _ path: [UInt8]?, _ found: String, _ expected: String?) -> BagFinding {
        BagFinding(.invalid, rule, path, found: found, expected: expected)
    }
}
