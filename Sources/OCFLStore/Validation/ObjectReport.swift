package import FileSafety

/// What looking at one object found.
package struct ObjectReport: Sendable {
    /// The object's path within its storage root.
    package let object: String
    /// What is wrong or worth knowing, in the order in which it was found.
    package internal(set) var findings: [OCFLFinding] = []
    /// What could not be looked at.
    package internal(set) var unread: [OCFLUnread] = []
    /// The object's id, where its inventory could be read.
    package internal(set) var id: String?
    /// What it declares to be; nil where it declares nothing that is known.
    package internal(set) var specification: OCFLVersion?
    /// The versions that the newest inventory describes, by number; nil where it could not be read.
    package internal(set) var versions: [String]?
    /// SHA-512 of each version's own inventory, lower-case hexadecimal, by version folder.
    package internal(set) var inventoryDigests: [String: String] = [:]
    /// How many content files were looked at.
    package internal(set) var filesRead = 0
    /// How many bytes were read: inventories, and content unless digests were left out.
    package internal(set) var bytesRead = 0
    /// How many findings are errors, those that were handed on at once too.
    package internal(set) var errors = 0
    /// How many findings are warnings, those that were handed on at once too.
    package internal(set) var warnings = 0

    /// Whether nothing breaks a MUST, and everything could be looked at.
    package var isValid: Bool { errors == 0 && unread.isEmpty }
}

/// What a validation is told beside the path.
package struct ValidationOptions: Sendable {
    /// Whether content is digested; sidecars always are.
    package var digestsContent: Bool
    /// Called from several threads now and then; what it throws ends the validation.
    package var checkpoint: @Sendable () throws -> Void
    /// Called from several threads with how many more objects, files and bytes have been looked at.
    package var progress: @Sendable (_ objects: Int, _ files: Int, _ bytes: Int) -> Void
    /// Told, from several threads, of each file with further names (hard links), which is then no finding; nil: it is E090.
    ///
    /// For a store whose owner knows better: a backup made with hard links gives every file a second name.
    package var takesLinks: (@Sendable (FileStatus) -> Void)?

    /// Options; by default everything is looked at, nobody is told, and a further name is a finding.
    package init(
        digestsContent: Bool = true,
        checkpoint: @escaping @Sendable () throws -> Void = {},
        progress: @escaping @Sendable (_ objects: Int, _ files: Int, _ bytes: Int) -> Void = { _, _, _ in }
    ) {
        self.digestsContent = digestsContent
        self.checkpoint = checkpoint
        self.progress = progress
    }

    /// What is wrong with a file's names; nil where nothing is, or where somebody else judges it.
    func findsLinks(_ status: FileStatus) -> String? {
        guard status.linkCount > 1 else { return nil }
        guard let takesLinks else { return "a file with \(status.linkCount) names (hard links)" }
        takesLinks(status)
        return nil
    }
}
