/// The rules that a container and its members can break; the raw value is the code that findings carry.
///
/// The codes are ours, and never change their meaning.
package enum ContainerRule: String, Hashable, Sendable, CaseIterable {
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
}
