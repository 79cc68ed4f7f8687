private import Foundation

/// A BagIt Profile: what somebody asks of bags beyond RFC 8493.
///
/// BagIt Profiles 1.4.0, <https://bagit-profiles.github.io/bagit-profiles-specification/>. The profile is given as a file;
/// nothing is ever looked up under its URI. Versions before 1.4.0 are read too: they lack some keys and change none.
package struct BagProfile: Sendable {
    /// What a profile says of a label in `bag-info.txt`.
    struct Tag: Sendable {
        let label: String
        let isRequired: Bool
        let values: [String]
        let isRepeatable: Bool
    }

    /// Whether bags must, may or must not be in a container.
    enum Serialization: String, Sendable {
        /// The bag must be a plain folder.
        case forbidden
        /// The bag must be packed in one file.
        case required
        /// Either will do.
        case optional
    }

    /// The URI that bags name in `BagIt-Profile-Identifier`.
    package let identifier: String
    /// The version of the specification that the profile follows; 1.1.0 where it does not say.
    package let specification: String

    let tags: [Tag]
    let manifestsRequired: [String]
    let manifestsAllowed: [String]?
    let tagManifestsRequired: [String]
    let tagManifestsAllowed: [String]?
    let tagFilesRequired: [String]
    let tagFilesAllowed: [String]?
    let payloadFilesRequired: [String]
    let payloadFilesAllowed: [String]?
    let allowsFetch: Bool
    let requiresFetch: Bool
    let isDataEmpty: Bool
    let serialization: Serialization
    let acceptedSerializations: [String]
    let acceptedVersions: [String]

    /// How many bytes a profile may have: 1 MiB.
    package static let longest = 1 << 20

    /// Reads a profile.
    ///
    /// - Parameter bytes: the JSON file.
    /// - Throws: `ProfileError` with everything that is wrong with it: a profile that cannot be held against a bag is no
    ///   fault of the bag.
    package init(_ bytes: [UInt8]) throws(ProfileError) {
        guard bytes.count <= Self.longest else {
            throw ProfileError(problems: ["it has more than \(Self.longest) bytes"])
        }
        guard let value = try? JSONSerialization.jsonObject(with: Data(bytes)), let object = value as? [String: Any]
        else {
            throw ProfileError(problems: ["it is no JSON object"])
        }
        var reader = ProfileReader(object)
        let info = reader.object("BagIt-Profile-Info") ?? [:]
        identifier = reader.text("BagIt-Profile-Identifier", in: info) ?? ""
        for name in ["Source-Organization", "External-Description", "Version"] { _ = reader.text(name, in: info) }
        specification = info["BagIt-Profile-Version"] as? String ?? "1.1.0"
        tags = reader.tags()
        manifestsRequired = reader.list("Manifests-Required") ?? []
        manifestsAllowed = reader.list("Manifests-Allowed")
        tagManifestsRequired = reader.list("Tag-Manifests-Required") ?? []
        tagManifestsAllowed = reader.list("Tag-Manifests-Allowed")
        tagFilesRequired = reader.list("Tag-Files-Required") ?? []
        tagFilesAllowed = reader.list("Tag-Files-Allowed")
        payloadFilesRequired = reader.list("Payload-Files-Required") ?? []
        payloadFilesAllowed = reader.list("Payload-Files-Allowed")
        allowsFetch = reader.flag("Allow-Fetch.txt") ?? true
        requiresFetch = reader.flag("Fetch.txt-Required") ?? false
        isDataEmpty = reader.flag("Data-Empty") ?? false
        serialization = reader.serialization()
        acceptedSerializations = reader.list("Accept-Serialization") ?? []
        acceptedVersions = reader.list("Accept-BagIt-Version") ?? []
        reader.require(!acceptedVersions.isEmpty, "'Accept-BagIt-Version' lists no version")
        reader.require(!requiresFetch || allowsFetch, "it requires fetch.txt and does not allow it")
        reader.requireSubset(manifestsRequired, of: manifestsAllowed, "Manifests")
        reader.requireSubset(tagManifestsRequired, of: tagManifestsAllowed, "Tag-Manifests")
        reader.requireCover(tagFilesRequired, by: tagFilesAllowed, "Tag-Files")
        reader.requireCover(payloadFilesRequired, by: payloadFilesAllowed, "Payload-Files")
        // Since 1.2.0 the version must be said; an older profile did not know the key.
        guard reader.problems.isEmpty else { throw ProfileError(problems: reader.problems) }
    }
}

/// A profile that breaks its own specification, so that no bag can be held against it.
package struct ProfileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Everything that is wrong, one text each.
    package let problems: [String]

    /// One line: what, why, what to do.
    package var description: String {
        "the profile cannot be used: \(problems.joined(separator: "; ")); "
            + "compare it with BagIt Profiles 1.4.0, or name another file"
    }
}

/// Takes a profile's JSON apart, and keeps what is wrong with it.
private struct ProfileReader {
    private let values: [String: Any]
    var problems: [String] = []

    init(_ values: [String: Any]) { self.values = values }

    mutating func require(_ condition: Bool, _ problem: String) { if !condition { problems.append(problem) } }

    mutating func object(_ name: String) -> [String: Any]? {
        guard let object = values[name] as? [String: Any] else {
            problems.append("it has no object '\(name)'")
            return nil
        }
        return object
    }

    mutating func text(_ name: String, in object: [String: Any]) -> String? {
        guard let text = object[name] as? String, !text.isEmpty else {
            problems.append("'BagIt-Profile-Info' has no text '\(name)'")
            return nil
        }
        return text
    }

    /// A list of texts; a single text stands for a list of one, as many profiles have it.
    mutating func list(_ name: String) -> [String]? {
        guard let value = values[name], !(value is NSNull) else { return nil }
        if let list = value as? [String] { return list }
        if let text = value as? String { return [text] }
        problems.append("'\(name)' is no list of texts")
        return nil
    }

    /// True or false; as text too, as the grammar of the specification has it.
    mutating func flag(_ name: String) -> Bool? {
        guard let value = values[name], !(value is NSNull) else { return nil }
        if let flag = Self.flag(value) { return flag }
        problems.append("'\(name)' is neither true nor false")
        return nil
    }

    private static func flag(_ value: Any?) -> Bool? {
        if let text = value as? String { return text == "true" ? true : text == "false" ? false : nil }
        return value as? Bool
    }

    mutating func serialization() -> BagProfile.Serialization {
        guard let value = values["Serialization"], !(value is NSNull) else { return .optional }
        if let text = value as? String, let known = BagProfile.Serialization(rawValue: text) { return known }
        problems.append("'Serialization' is none of forbidden, required, optional")
        return .optional
    }

    mutating func tags() -> [BagProfile.Tag] {
        guard let object = values["Bag-Info"], !(object is NSNull) else { return [] }
        guard let object = object as? [String: Any] else {
            problems.append("'Bag-Info' is no object")
            return []
        }
        return object.keys.sorted().compactMap { label in
            guard let rule = object[label] as? [String: Any] else {
                problems.append("'Bag-Info' has no object for '\(label)'")
                return nil
            }
            return BagProfile.Tag(
                label: label,
                isRequired: Self.flag(rule["required"]) ?? false,
                values: rule["values"] as? [String] ?? (rule["values"] as? String).map { [$0] } ?? [],
                isRepeatable: Self.flag(rule["repeatable"]) ?? true
            )
        }
    }

    mutating func requireSubset(_ required: [String], of allowed: [String]?, _ name: String) {
        guard let allowed else { return }
        for value in required where !allowed.contains(value) {
            problems.append("'\(name)-Required' has '\(value)', which '\(name)-Allowed' does not list")
        }
    }

    mutating func requireCover(_ required: [String], by allowed: [String]?, _ name: String) {
        guard let allowed else { return }
        for value in required where !allowed.contains(where: { GlobPattern($0).matches(Array(value.utf8)) }) {
            problems.append("'\(name)-Required' has '\(value)', which '\(name)-Allowed' does not cover")
        }
    }
}
