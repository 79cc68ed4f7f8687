/// One entry of a container.
package struct ContainerMember: Hashable, Sendable {
    /// What an entry is.
    package enum Kind: String, Hashable, Sendable {
        /// A regular file.
        case file
        /// A folder.
        case folder
        /// A symbolic link.
        case symbolicLink = "symbolic link"
        /// A further name of another member.
        case hardLink = "hard link"
        /// A device, FIFO, socket, or anything that is not known.
        case special = "device, FIFO or socket"
    }

    /// The name, as the bytes that the container holds.
    package var name: [UInt8]
    /// What it is.
    package var kind: Kind
    /// Length in bytes, as the container says it.
    package var size: Int
    /// Where a link leads.
    package var target: [UInt8]?
    /// Whether it would run with the rights of its owner or group.
    package var isSetID = false
    /// Whether it has holes, of which the container says only where they are.
    package var isSparse = false
    /// Whether its content is encrypted.
    package var isEncrypted = false

    /// A member out of its parts.
    package init(name: [UInt8], kind: Kind, size: Int, target: [UInt8]? = nil) {
        self.name = name
        self.kind = kind
        self.size = size
        self.target = target
    }
}
