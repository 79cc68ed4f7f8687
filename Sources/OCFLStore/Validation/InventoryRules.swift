import Fixity

/// Holds one inventory against the rules that it alone can break.
struct InventoryRules {
    let log: FindingLog
    let pools: NamePools
    /// The version folder of the inventory; nil for the object's root.
    let version: String?
    /// The inventory's path within the object.
    let path: String
    let inventory: ParsedInventory
    /// The specification that the inventory claims, or else its object.
    let rules: OCFLVersion

    /// An inventory, read and not yet judged; `declared` is what its object claims to be.
    init(
        _ inventory: ParsedInventory,
        log: FindingLog,
        pools: NamePools,
        version: String?,
        path: String,
        declared: OCFLVersion?
    ) {
        self.inventory = inventory
        self.log = log
        self.pools = pools
        self.version = version
        self.path = path
        rules = inventory.specification ?? declared ?? .v1_1
    }

    func find(_ code: OCFLCode, _ found: String, _ expected: String, of version: String? = nil) {
        log.add(code, version: version ?? self.version, path: path, found: found, expected: expected, by: rules)
    }

    /// Enters everything that is wrong with the inventory in itself.
    func check(declared: OCFLVersion?) {
        checkKeys()
        checkType(declared)
        checkContentDirectory()
        checkParts()
        checkVersionNames()
        let listed = listedInManifest()
        for version in inventory.versions { checkVersion(version, listed) }
        checkManifest()
        checkContentPaths()
        checkFixity()
    }

    private func checkKeys() {
        let keys: [(String, InventoryField)] = [
            ("id", inventory.id), ("type", inventory.type), ("digestAlgorithm", inventory.digestAlgorithm),
            ("head", inventory.head),
        ]
        for (key, field) in keys where field == .absent {
            find(.E036, "the key '\(key)' is missing", "the keys id, type, digestAlgorithm and head")
        }
        switch inventory.id {
        case .absent: break
        case .text(let id) where !id.isEmpty:
            if !TextForm.isURI(id) { find(.W005, "the id is \(Shown.quoted(id))", "a URI") }
        default: find(.E037, "the id is \(inventory.id.shown)", "a text that is not empty, best a URI")
        }
        switch inventory.digestAlgorithm.bytes.map({ String(decoding: $0, as: UTF8.self) }) {
        case "sha512": break
        case "sha256": find(.W004, "content is addressed by sha256", "sha512")
        default:
            if inventory.digestAlgorithm != .absent {
                find(.E025, "the digestAlgorithm is \(inventory.digestAlgorithm.shown)", "sha512 or sha256")
            }
        }
        // A key of other case is meant for a block, and is none.
        for key in inventory.unknownKeys {
            let lower = String(decoding: key, as: UTF8.self).lowercased()
            if lower == "versions", inventory.versionsPart == .absent {
                find(.E044, "the key is \(Shown.quoted(key))", "the key 'versions'")
            }
            if lower == "fixity" { find(.E055, "the key is \(Shown.quoted(key))", "the key 'fixity'") }
        }
    }

    private func checkType(_ declared: OCFLVersion?) {
        guard inventory.type != .absent else { return }
        let known = OCFLVersion.allCases.map { "'\($0.inventoryType)'" }.joined(separator: " or ")
        guard let own = inventory.specification else {
            find(.E038, "the type is \(inventory.type.shown)", declared.map { "'\($0.inventoryType)'" } ?? known)
            return
        }
        if version == nil, let declared, own != declared {
            log.add(
                .E038,
                path: path,
                found: "the type is '\(own.inventoryType)'",
                expected: "'\(declared.inventoryType)', as the object declares",
                by: declared
            )
        }
    }

    private func checkContentDirectory() {
        switch inventory.contentDirectory {
        case .absent: break
        case .other(let kind): find(.E033, "the contentDirectory is \(kind)", "a text")
        case .text(let name):
            if name.contains(UInt8(ascii: "/")) {
                find(.E017, "the contentDirectory is \(Shown.quoted(name))", "a name without '/'")
            } else if name == Array(".".utf8) || name == Array("..".utf8) {
                find(.E018, "the contentDirectory is \(Shown.quoted(name))", "neither '.' nor '..'")
            } else if name.isEmpty || name.contains(0) {
                find(
                    .E108,
                    "the contentDirectory is \(Shown.quoted(name))",
                    "the name of a child of the version folder"
                )
            }
        }
    }

    private func checkParts() {
        switch inventory.manifestPart {
        case .object: break
        case .absent: find(.E041, "the block 'manifest' is missing", "the blocks manifest and versions")
        case .other(let kind): find(.E106, "the manifest is \(kind)", "an object")
        }
        switch inventory.versionsPart {
        case .object:
            if inventory.versions.isEmpty { find(.E008, "there are no versions", "one version at least") }
        case .absent:
            find(.E041, "the block 'versions' is missing", "the blocks manifest and versions")
            find(.E043, "the block 'versions' is missing", "a block that stores versions")
        case .other(let kind): find(.E045, "the block of versions is \(kind)", "an object")
        }
        if case .other(let kind) = inventory.fixityPart { find(.E111, "the block of fixity is \(kind)", "an object") }
    }

    // MARK: - Versions

    /// The versions whose names can be read, by number.
    private var numbered: [(name: VersionName, version: ParsedVersion)] {
        inventory.versions.compactMap { version in VersionName(version.name).map { ($0, version) } }
            .sorted { $0.name.number < $1.name.number }
    }

    private func checkVersionNames() {
        for version in inventory.versions where VersionName(version.name) == nil {
            let found = "a version is called \(Shown.quoted(version.name))"
            if version.name.first == UInt8(ascii: "v") {
                find(.E105, found, "'v' and a positive number", of: version.shownName)
            } else {
                find(.E104, found, "'v' and the number", of: version.shownName)
            }
        }
        let numbered = numbered
        guard let first = numbered.first else {
            if inventory.head != .absent, inventory.versionsPart == .object { checkHead(nil) }
            return
        }
        if first.name.number != 1 {
            find(.E009, "the first version is '\(first.version.shownName)'", "version 1", of: first.version.shownName)
        }
        for (earlier, later) in zip(numbered, numbered.dropFirst())
        where later.name.number > earlier.name.number + 1 {
            let found = "'\(later.version.shownName)' follows '\(earlier.version.shownName)'"
            find(.E010, found, "versions without a gap", of: later.version.shownName)
        }
        checkConvention(numbered.map { ($0.name, $0.version.shownName) })
        checkHead(numbered.last?.version)
    }

    /// The first version's name sets the convention for all.
    private func checkConvention(_ versions: [(name: VersionName, shown: String)]) {
        guard let first = versions.first else { return }
        if let width = first.name.width {
            find(.W001, "version names are padded, as '\(first.shown)' is", "version names without padding")
            for version in versions where version.name.width != width {
                if version.name.width == nil, version.shown.utf8.count == width + 1 {
                    let found = "the version '\(version.shown)' has no room for its zero"
                    find(.E011, found, "'v', then a zero", of: version.shown)
                    find(.E013, "the version is called '\(version.shown)'", "\(width) digits", of: version.shown)
                } else {
                    let found = "the version is called '\(version.shown)', the first one '\(first.shown)'"
                    find(.E012, found, "\(width) digits, the first of them a zero", of: version.shown)
                }
            }
        } else {
            for version in versions where version.name.width != nil {
                let found = "the version is called '\(version.shown)', the first one '\(first.shown)'"
                find(.E012, found, "a name without padding", of: version.shown)
            }
        }
    }

    private func checkHead(_ newest: ParsedVersion?) {
        guard inventory.head != .absent else { return }
        guard let newest, inventory.head == .text(newest.name) else {
            find(
                .E040,
                "the head is \(inventory.head.shown)",
                newest.map { "'\($0.shownName)', the newest version" } ?? "the name of the newest version"
            )
            return
        }
    }

    private func checkVersion(_ version: ParsedVersion, _ listed: [Bool]) {
        let name = version.shownName
        switch version.created {
        case .absent: find(.E048, "the version '\(name)' has no 'created'", "created and state", of: name)
        case .text(let text) where TextForm.isTimestamp(text): break
        default:
            let expected = "a date and time of RFC 3339, with time zone and seconds"
            find(.E049, "the version '\(name)' was created \(version.created.shown)", expected, of: name)
        }
        switch version.statePart {
        case .object: checkState(version, listed)
        case .absent: find(.E048, "the version '\(name)' has no 'state'", "created and state", of: name)
        case .other(let kind): find(.E050, "the state of '\(name)' is \(kind)", "an object", of: name)
        }
        switch version.message {
        case .text: break
        case .absent: find(.W007, "the version '\(name)' has no 'message'", "a message and a user", of: name)
        case .other(let kind): find(.E094, "the message of '\(name)' is \(kind)", "a text", of: name)
        }
        switch version.user {
        case .absent: find(.W007, "the version '\(name)' has no 'user'", "a message and a user", of: name)
        case .other(let kind): find(.E054, "the user of '\(name)' is \(kind)", "an object with a name", of: name)
        case .object: checkUser(version)
        }
    }

    private func checkUser(_ version: ParsedVersion) {
        let name = version.shownName
        if version.userName.bytes?.isEmpty ?? true {
            find(.E054, "the name of the user of '\(name)' is \(version.userName.shown)", "a name", of: name)
        }
        switch version.userAddress {
        case .absent: find(.W008, "the user of '\(name)' has no 'address'", "an address", of: name)
        case .text(let address):
            if !TextForm.isURI(address) {
                let found = "the address of the user of '\(name)' is \(Shown.quoted(address))"
                find(.W009, found, "a URI, such as mailto:…", of: name)
            }
        case .other(let kind): find(.E054, "the address of the user of '\(name)' is \(kind)", "a text", of: name)
        }
    }

    /// A state names digests of the manifest, to the letter.
    private func checkState(_ version: ParsedVersion, _ listed: [Bool]) {
        guard inventory.manifestPart == .object else { return }
        for digest in version.state.digests where !listed[Int(digest)] {
            let found = "the state of '\(version.shownName)' names \(Shown.quoted(pools.digests.text(digest)))"
            find(.E050, found, "a digest that stands in the manifest, in the same case", of: version.shownName)
        }
    }

    private func listedInManifest() -> [Bool] {
        var listed = [Bool](repeating: false, count: pools.digests.count)
        for digest in inventory.manifest.digests { listed[Int(digest)] = true }
        return listed
    }
}
