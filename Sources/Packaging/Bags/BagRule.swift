package import Containers

/// The rules that a bag, or the container that it came in, can break; the raw value is the code that findings carry.
///
/// The codes are ours: RFC 8493 has none. They never change their meaning. Those that begin with `container` and `member`
/// are about a serialised bag and the names in it, those with `profile` about a BagIt Profile, the others about the bag.
package enum BagRule: String, Hashable, Sendable, CaseIterable {
    // MARK: The container

    /// The file is no container that is read here.
    case containerFormat = "container-format"
    /// The container is compressed more than once, or in a way that is not read here.
    case containerFilter = "container-filter"
    /// The container cannot be read on from here.
    case containerDamaged = "container-damaged"
    /// The container ends before its end.
    case containerTruncated = "container-truncated"
    /// A tar lacks the two empty blocks that end it.
    case containerEnd = "container-end"
    /// There are bytes behind the container's end.
    case containerTrailing = "container-trailing"
    /// A second archive hides behind the first.
    case containerSecond = "container-second"
    /// The compression's own check sum or length is wrong.
    case containerChecksum = "container-checksum"
    /// The places where a zip describes a member differ.
    case containerHeaders = "container-headers"
    /// The parts of a zip overlap, or leave room for what no directory lists.
    case containerLayout = "container-layout"
    /// The two readers that go through the container side by side do not see the same.
    case containerReaders = "container-readers"
    /// The library that reads the container warns.
    case containerWarning = "container-warning"
    /// A limit on the whole container is exceeded.
    case containerLimit = "container-limit"
    /// The container does not hold exactly one folder, the bag.
    case containerRoot = "container-root"
    /// The container is not named like the bag in it.
    case containerName = "container-name"

    // MARK: Members and their names

    /// A name leads upwards.
    case memberParent = "member-parent"
    /// A name begins at the root of the file system.
    case memberAbsolute = "member-absolute"
    /// A name begins with a drive letter.
    case memberDrive = "member-drive"
    /// A name has a backslash, which other systems take for a slash.
    case memberBackslash = "member-backslash"
    /// A name has a component `.`.
    case memberDot = "member-dot"
    /// A name, or a component of it, is empty.
    case memberEmpty = "member-empty"
    /// A name has a NUL or a control character.
    case memberControl = "member-control"
    /// A name or path is longer than file systems take.
    case memberLong = "member-long"
    /// A name is not UTF-8.
    case memberEncoding = "member-encoding"
    /// A symbolic or hard link.
    case memberLink = "member-link"
    /// A device, FIFO, socket or something unknown.
    case memberSpecial = "member-special"
    /// A member that would run with its owner's rights.
    case memberMode = "member-mode"
    /// A name that is there more than once.
    case memberDuplicate = "member-duplicate"
    /// A name that is a file and a folder at once.
    case memberConflict = "member-conflict"
    /// Two names that are the same where case or Unicode form do not count.
    case memberCollision = "member-collision"
    /// A name that Windows reserves.
    case memberWindows = "member-windows"
    /// A file that an operating system leaves behind.
    case memberSystem = "member-system"
    /// A member that is encrypted.
    case memberEncrypted = "member-encrypted"
    /// A member with holes.
    case memberSparse = "member-sparse"
    /// A member that is not as long as the container says.
    case memberSize = "member-size"
    /// A member whose content is damaged.
    case memberChecksum = "member-checksum"
    /// A member packed in a way that is not read here.
    case memberMethod = "member-method"
    /// A limit on a single member is exceeded.
    case memberLimit = "member-limit"

    // MARK: The declaration and tag files

    /// There is no `bagit.txt`.
    case declarationMissing = "declaration-missing"
    /// `bagit.txt` is not exactly its two lines.
    case declarationForm = "declaration-form"
    /// The version is none that is known.
    case declarationVersion = "declaration-version"
    /// The character encoding of tag files is none that is known.
    case declarationEncoding = "declaration-encoding"
    /// A tag file is not in the encoding that the bag declares.
    case tagEncoding = "tag-encoding"
    /// A tag file has a byte-order mark that its encoding does not ask for, or lacks one.
    case tagMark = "tag-mark"
    /// The last line of a tag file has no end.
    case tagUnterminated = "tag-unterminated"
    /// A tag manifest lists a file that is not there.
    case tagMissing = "tag-missing"
    /// A tag file differs from its digest.
    case tagDigest = "tag-digest"
    /// A tag file that no tag manifest lists.
    case tagUnlisted = "tag-unlisted"

    // MARK: Manifests and the payload

    /// There is no payload folder.
    case dataMissing = "data-missing"
    /// There is no payload manifest that can be checked.
    case manifestMissing = "manifest-missing"
    /// A manifest's algorithm is none that is known.
    case manifestAlgorithm = "manifest-algorithm"
    /// There is more than one manifest of an algorithm.
    case manifestRepeated = "manifest-repeated"
    /// A line of a manifest is not a digest and a path.
    case manifestLine = "manifest-line"
    /// A digest is not one of its algorithm.
    case manifestDigest = "manifest-digest"
    /// A path in a manifest leaves the bag, or is none.
    case manifestPath = "manifest-path"
    /// A payload manifest lists a file outside the payload.
    case manifestOutside = "manifest-outside"
    /// A manifest lists a file more than once.
    case manifestDuplicate = "manifest-duplicate"
    /// A percent sign in a manifest that encodes nothing that may be encoded.
    case manifestPercent = "manifest-percent"
    /// A line in the manner of another tool, which is understood.
    case manifestLegacy = "manifest-legacy"
    /// A tag manifest lists a payload file.
    case tagmanifestPayload = "tagmanifest-payload"
    /// A tag manifest lists a tag manifest.
    case tagmanifestItself = "tagmanifest-itself"
    /// A tag manifest does not list a payload manifest.
    case tagmanifestIncomplete = "tagmanifest-incomplete"
    /// A manifest lists a payload file that is not there.
    case payloadMissing = "payload-missing"
    /// A payload file is still to be fetched.
    case payloadUnfetched = "payload-unfetched"
    /// A payload file that a manifest must list and does not.
    case payloadUnlisted = "payload-unlisted"
    /// A payload file differs from its digest.
    case payloadDigest = "payload-digest"
    /// A listed name is there in another Unicode form or case only.
    case nameForm = "name-form"

    // MARK: Metadata and fetch.txt

    /// A line of `bag-info.txt` is no label with a value.
    case infoForm = "info-form"
    /// A label that should stand once stands more than once.
    case infoRepeated = "info-repeated"
    /// `Payload-Oxum` is not two numbers with a point between.
    case oxumForm = "oxum-form"
    /// `Payload-Oxum` stands more than once.
    case oxumRepeated = "oxum-repeated"
    /// `Payload-Oxum` is not the sum of the payload.
    case oxum = "oxum"
    /// A line of `fetch.txt` is not URL, length and path.
    case fetchLine = "fetch-line"
    /// A path in `fetch.txt` leaves the bag, or is none.
    case fetchPath = "fetch-path"
    /// `fetch.txt` lists something other than a payload file.
    case fetchTag = "fetch-tag"
    /// `fetch.txt` lists a file that a payload manifest does not.
    case fetchUnlisted = "fetch-unlisted"
    /// `fetch.txt` lists a file more than once.
    case fetchDuplicate = "fetch-duplicate"
    /// A URL that is none, or that leads into this computer.
    case fetchURL = "fetch-url"
    /// A file is not as long as `fetch.txt` says.
    case fetchLength = "fetch-length"

    // MARK: Profiles

    /// The profile does not accept this way of serialising, or asks for one.
    case profileSerialization = "profile-serialization"
    /// The profile does not accept this version of BagIt.
    case profileVersion = "profile-version"
    /// The bag does not say that it follows the profile.
    case profileIdentifier = "profile-identifier"
    /// A label that the profile asks for is missing.
    case profileInfoRequired = "profile-info-required"
    /// A value that the profile does not list.
    case profileInfoValue = "profile-info-value"
    /// A label that the profile lets stand once only.
    case profileInfoRepeated = "profile-info-repeated"
    /// A payload manifest that the profile asks for, or does not allow.
    case profileManifest = "profile-manifest"
    /// A tag manifest that the profile asks for, or does not allow.
    case profileTagManifest = "profile-tagmanifest"
    /// A tag file that the profile asks for, or does not allow.
    case profileTagFile = "profile-tag-file"
    /// A payload file that the profile asks for, or does not allow.
    case profilePayloadFile = "profile-payload-file"
    /// `fetch.txt` where the profile forbids it, or none where it is asked for.
    case profileFetch = "profile-fetch"
    /// Payload where the profile wants none.
    case profileDataEmpty = "profile-data-empty"

    /// The rule of a container: it has the same code.
    package init(_ rule: ContainerRule) { self = BagRule(rawValue: rule.rawValue) ?? .containerDamaged }

    /// Where the rule stands: a section of RFC 8493, of BagIt Profiles 1.4.0, or the format of the container.
    package var section: String {
        switch self {
        case .containerFormat, .containerRoot, .containerName: "RFC 8493, 4"
        case .containerFilter, .containerDamaged, .containerTruncated, .containerEnd, .containerTrailing,
            .containerSecond, .containerChecksum, .containerHeaders, .containerLayout, .containerReaders,
            .containerWarning, .memberEncrypted, .memberSparse, .memberSize, .memberChecksum, .memberMethod:
            "RFC 8493, 4 and the container's format"
        case .containerLimit, .memberLimit, .memberLink, .memberSpecial, .memberMode: "RFC 8493, 5.4"
        case .memberParent, .memberAbsolute, .memberDrive, .memberBackslash, .memberDot, .memberEmpty,
            .memberControl, .memberLong, .memberConflict, .manifestPath, .fetchPath:
            "RFC 8493, 5.1"
        case .memberDuplicate, .memberCollision, .memberEncoding, .nameForm: "RFC 8493, 6.1.1"
        case .memberWindows, .memberSystem: "RFC 8493, 6.1.2"
        case .declarationMissing, .declarationForm, .declarationVersion, .declarationEncoding: "RFC 8493, 2.1.1"
        case .dataMissing: "RFC 8493, 2.1.2"
        case .manifestMissing, .manifestRepeated, .manifestLine, .manifestDigest, .manifestOutside,
            .manifestDuplicate, .manifestPercent:
            "RFC 8493, 2.1.3"
        case .manifestLegacy: "RFC 8493, 6.1.3"
        case .manifestAlgorithm: "RFC 8493, 2.4"
        case .tagmanifestPayload, .tagmanifestItself, .tagmanifestIncomplete, .tagUnlisted: "RFC 8493, 2.2.1"
        case .infoForm, .infoRepeated, .oxumForm, .oxumRepeated, .oxum: "RFC 8493, 2.2.2"
        case .fetchLine, .fetchTag, .fetchUnlisted, .fetchDuplicate, .fetchURL, .fetchLength: "RFC 8493, 2.2.3"
        case .tagEncoding, .tagMark, .tagUnterminated: "RFC 8493, 2.3"
        case .tagMissing, .tagDigest, .payloadMissing, .payloadUnfetched, .payloadUnlisted, .payloadDigest:
            "RFC 8493, 3"
        case .profileSerialization, .profileVersion, .profileIdentifier, .profileInfoRequired,
            .profileInfoValue, .profileInfoRepeated, .profileManifest, .profileTagManifest, .profileTagFile,
            .profilePayloadFile, .profileFetch, .profileDataEmpty:
            "BagIt Profiles 1.4.0"
        }
    }
}
