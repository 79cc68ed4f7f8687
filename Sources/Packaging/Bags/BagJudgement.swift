import Containers
import Fixity

/// Holds what a bag lists against what it holds (RFC 8493, section 3): complete, and every digest right.
struct BagJudgement {
    private let tags: BagTags
    private let contents: BagContents
    private var missing: Set<PathKey> = []
    private var forms: NameForms?
    /// For each file, how many of the manifests of its kind list it.
    private var listings: [Int]
    private(set) var findings: [BagFinding] = []
    /// How many payload files there are.
    private(set) var payloadFiles = 0
    /// The sum of their lengths in bytes.
    private(set) var payloadOctets = 0

    /// Judges a bag whose files have the digests that its manifests name.
    init(_ tags: BagTags, _ contents: BagContents) {
        self.tags = tags
        self.contents = contents
        listings = Array(repeating: 0, count: contents.files.count)
        for file in contents.files where BagPaths.isPayload(file.path) {
            payloadFiles += 1
            payloadOctets += file.size
        }
        if !contents.hasData {
            findings.append(BagFinding(.incomplete, .dataMissing, Array("data".utf8), found: "no folder data/"))
        }
        let fetched = Set(tags.fetch.map { PathKey($0.path) })
        var unlisted: [(manifest: [UInt8], files: [Int])] = []
        for manifest in tags.manifests {
            let listed = check(manifest, fetched: fetched)
            if !manifest.isTagManifest { unlisted.append((manifest.name, payload(notIn: listed))) }
        }
        checkPayloadIsListed(unlisted)
        checkTagFiles()
        checkFetch()
        checkOxum()
        warnOfNames()
    }

    // MARK: - Manifests

    /// Checks each line of a manifest; returns for each file whether it is listed.
    private mutating func check(_ manifest: Manifest, fetched: Set<PathKey>) -> [Bool] {
        var listed = [Bool](repeating: false, count: contents.files.count)
        var digests: [PathKey: [UInt8]?] = [:]
        digests.reserveCapacity(manifest.entries.count)
        for entry in manifest.entries {
            let key = PathKey(entry.path)
            if let before = digests.updateValue(entry.digest, forKey: key) {
                let isSame = before == entry.digest
                let weight = isSame && !tags.version.isFinal ? BagFinding.Weight.warning : .invalid
                let words =
                    "\(manifest.name.shown) lists it more than once, with \(isSame ? "the same digest" : "different digests")"
                findings.append(BagFinding(weight, .manifestDuplicate, entry.path, found: words))
            }
        }
        for entry in manifest.entries {
            guard let number = find(entry, in: manifest, listedExactly: digests) else {
                if !contents.refused.contains(PathKey(entry.path)), missing.insert(PathKey(entry.path)).inserted {
                    tellMissing(entry.path, manifest, fetched: fetched)
                }
                continue
            }
            if !listed[number] {
                listed[number] = true
                listings[number] += 1
            }
            compare(entry, contents.files[number], manifest)
        }
        return listed
    }

    private mutating func compare(_ entry: ManifestEntry, _ file: BagFile, _ manifest: Manifest) {
        guard file.isWhole, let expected = entry.digest, let found = file.digest(manifest.algorithm) else { return }
        guard found.bytes != expected else { return }
        findings.append(
            BagFinding(
                .invalid,
                BagPaths.isPayload(file.path) ? .payloadDigest : .tagDigest,
                file.path,
                found: "\(manifest.algorithm.rawValue) \(found.hex)",
                expected: "\(expected.hexadecimal) (\(manifest.name.shown))"
            )
        )
    }

    private mutating func tellMissing(_ path: [UInt8], _ manifest: Manifest, fetched: Set<PathKey>) {
        let words = "listed in \(manifest.name.shown), and not there"
        if fetched.contains(PathKey(path)) {
            findings.append(
                BagFinding(.incomplete, .payloadUnfetched, path, found: "\(words): fetch.txt says where it is")
            )
        } else {
            let rule: BagRule = manifest.isTagManifest && !BagPaths.isPayload(path) ? .tagMissing : .payloadMissing
            findings.append(BagFinding(.incomplete, rule, path, found: words))
        }
    }

    /// The file of a line: of that path, else of the same path in another spelling that the versions allow.
    private mutating func find(
        _ entry: ManifestEntry,
        in manifest: Manifest,
        listedExactly: [PathKey: [UInt8]?]
    ) -> Int? {
        if let number = contents.number(of: entry.path) { return number }
        if !tags.version.isFinal, let number = contents.number(of: BagPaths.decoded(entry.path).path) { return number }
        let forms = forms ?? NameForms(contents.files)
        self.forms = forms
        if let number = forms.number(sameFormAs: entry.path) {
            let other = contents.files[number].path
            // Where both forms are listed, they are two files to the final version, and one of them is missing.
            if !contents.hasExactNames { return number }
            if tags.version.isFinal, listedExactly[PathKey(other)] != nil { return nil }
            findings.append(
                BagFinding(
                    .warning,
                    .nameForm,
                    entry.path,
                    found: "there in another Unicode form, as \(other.codes)",
                    expected: entry.path.codes
                )
            )
            return number
        }
        // Drafts let a file be listed twice; on a file system that ignores case this was such a file.
        guard !tags.version.isFinal, let number = forms.number(sameLettersAs: entry.path),
            let digest = listedExactly[PathKey(contents.files[number].path)], digest == entry.digest
        else { return nil }
        let other = contents.files[number].path
        findings.append(
            BagFinding(
                .warning,
                .nameForm,
                entry.path,
                found: "there in another letter case, as '\(other.shown)', which is listed too"
            )
        )
        return number
    }

    private func payload(notIn listed: [Bool]) -> [Int] {
        contents.files.indices.filter { !listed[$0] && BagPaths.isPayload(contents.files[$0].path) }
    }

    /// Since 1.0 every payload manifest lists every payload file; before, one of them had to.
    private mutating func checkPayloadIsListed(_ unlisted: [(manifest: [UInt8], files: [Int])]) {
        for (manifest, files) in unlisted {
            for number in files where tags.version.isFinal || listings[number] == 0 {
                let path = contents.files[number].path
                if tags.version.isFinal {
                    let words = "in the payload, and not in \(manifest.shown)"
                    findings.append(BagFinding(.invalid, .payloadUnlisted, path, found: words))
                } else if manifest == unlisted.first?.manifest {
                    findings.append(
                        BagFinding(.invalid, .payloadUnlisted, path, found: "in the payload, and in no manifest")
                    )
                }
            }
        }
    }

    private mutating func checkTagFiles() {
        guard !tags.tagManifests.isEmpty else { return }
        if tags.version.isFinal {
            for manifest in tags.tagManifests {
                let listed = Set(manifest.entries.map { PathKey($0.path) })
                for payload in tags.payloadManifests where !listed.contains(PathKey(payload.name)) {
                    let words = "it does not list \(payload.name.shown)"
                    findings.append(BagFinding(.invalid, .tagmanifestIncomplete, manifest.name, found: words))
                }
            }
        }
        for (number, file) in contents.files.enumerated()
        where listings[number] == 0 && !BagPaths.isPayload(file.path) && ManifestName(file.path)?.isTagManifest != true
        {
            findings.append(
                BagFinding(.warning, .tagUnlisted, file.path, found: "a tag file that no tag manifest lists")
            )
        }
    }

    // MARK: - fetch.txt and Payload-Oxum

    private mutating func checkFetch() {
        let lists = tags.payloadManifests.map { (name: $0.name, paths: Set($0.entries.map { PathKey($0.path) })) }
        for entry in tags.fetch {
            let key = PathKey(entry.path)
            let without = lists.filter { !$0.paths.contains(key) }
            // Drafts asked for one of the manifests, the final version for each.
            if !without.isEmpty, tags.version.isFinal || without.count == lists.count {
                let names = without.map { $0.name.shown }.joined(separator: ", ")
                findings.append(
                    BagFinding(.invalid, .fetchUnlisted, entry.path, found: "in fetch.txt, and not in \(names)")
                )
            }
            guard let length = entry.length, let number = contents.number(of: entry.path),
                contents.files[number].size != length
            else { continue }
            let found = "\(contents.files[number].size) bytes"
            findings.append(
                BagFinding(
                    .warning,
                    .fetchLength,
                    entry.path,
                    found: found,
                    expected: "\(length) bytes, as fetch.txt says"
                )
            )
        }
    }

    private mutating func checkOxum() {
        let name = Array(tags.version.infoName.utf8)
        let values = tags.info.filter { $0.label.lowercased() == "payload-oxum" }.map(\.value)
        if values.count > 1 {
            let weight = tags.version.isFinal ? BagFinding.Weight.invalid : .warning
            findings.append(BagFinding(weight, .oxumRepeated, name, found: "Payload-Oxum stands \(values.count) times"))
        }
        let sum = "\(payloadOctets).\(payloadFiles)"
        for value in Set(values).sorted() {
            let parts = value.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            guard parts.count == 2, let octets = Int(decimal: parts[0]), let files = Int(decimal: parts[1]) else {
                let found = "'\(value.utf8.prefix(80).shown)'"
                findings.append(
                    BagFinding(.invalid, .oxumForm, name, found: found, expected: "OCTETS.FILES, as in \(sum)")
                )
                continue
            }
            guard octets != payloadOctets || files != payloadFiles else { continue }
            // While files are missing or refused, the sum cannot be right yet.
            let isShort =
                missing.union(contents.refused).contains { BagPaths.isPayload($0.bytes) } && files >= payloadFiles
                && octets >= payloadOctets
            findings.append(
                BagFinding(
                    isShort ? .incomplete : .invalid,
                    .oxum,
                    name,
                    found: "the payload has \(sum)",
                    expected: value
                )
            )
        }
    }

    // MARK: - Names

    private mutating func warnOfNames() {
        for file in contents.files where BagPaths.isPayload(file.path) {
            guard let words = PortableNames.problem(of: file.path) else { continue }
            findings.append(BagFinding(.warning, words.rule, file.path, found: words.text))
        }
    }
}
