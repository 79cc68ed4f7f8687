package import RecordsModel

/// A text of a policy file, by its digest.
package struct PolicyText: Hashable, Sendable, Codable {
    /// The file's name, such as `people.csv`.
    package let file: String
    /// SHA-512 of the text, 128 hexadecimal digits; nil where there is no such file.
    package let sha512: String?

    /// A text out of its parts.
    package init(file: String, sha512: String?) {
        self.file = file
        self.sha512 = sha512
    }

    /// The name under which the text is kept in `policy/history/`; nil where there is none.
    package var kept: String? { sha512.map { "\($0.prefix(32)).\(file)" } }
}

extension Collection<PolicyText> {
    /// What is wrong with texts of an event.
    fileprivate var faults: [String] {
        if isEmpty || count > 1000 { return ["'files' must name 1 to 1000 files"] }
        if Set(map(\.file)).count != count { return ["'files' names a file twice"] }
        return map(\.file).textFaults("file")
            + compactMap(\.sha512).filter { !$0.isSHA512 }.map { "'\($0.displayed)' is no SHA-512" }
    }
}

/// Texts of policy files are in force from here on.
package struct PolicyAdopted: EventDetail {
    /// Why they are in force.
    package enum Basis: String, Hashable, Sendable, Codable {
        /// They were there when the ledger spoke of them for the first time; nobody adopted them.
        case found
        /// Somebody adopted them who had the right under the version before.
        case right
        /// Somebody adopted them, and the version before gave the right to nobody.
        case open
    }

    /// The kind of event.
    package static let type = EventType.policyAdopted

    /// The texts.
    package let files: [PolicyText]
    /// Why they are in force.
    package let basis: Basis
    /// On whose word, such as a decree; nil where none was named.
    package let authority: String?
    /// Why they were adopted.
    package let reason: String

    /// An adoption out of its parts.
    package init(files: [PolicyText], basis: Basis, authority: String?, reason: String) {
        self.files = files
        self.basis = basis
        self.authority = authority
        self.reason = reason
    }

    /// What is wrong with the values.
    package var faults: [String] {
        files.faults + [reason].textFaults("reason") + [authority].compactMap { $0 }.textFaults("authority")
    }
}

/// Policy files were found otherwise than they were when somebody looked last.
package struct PolicyChanged: EventDetail {
    /// The kind of event.
    package static let type = EventType.policyChanged

    /// The texts that are there now.
    package let files: [PolicyText]

    /// A change out of its parts.
    package init(files: [PolicyText]) { self.files = files }

    /// What is wrong with the values.
    package var faults: [String] { files.faults }
}
