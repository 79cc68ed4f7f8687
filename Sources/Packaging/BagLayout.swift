import Fixity

/// A bag laid out: its own files made, its members checked and put in their order, nothing read from disk yet.
///
/// The order is that of reading: what explains the bag comes first, and the payload last, so that somebody who reads a
/// container from its start knows each digest before the file that it belongs to.
struct BagLayout {
    /// The folder that the bag is.
    let name: String
    /// Every file, in the order in which the container holds them.
    let members: [PackageMember]
    /// How many payload files there are.
    let payloadFiles: Int
    /// Sum of their lengths in bytes.
    let payloadOctets: Int

    /// Checks a request and lays the bag out.
    ///
    /// - Throws: `PackagingError`, with code `refused` and every problem that was found.
    init(name: String, members: [PackageMember], info: BagInfo, modified: Int) throws(PackagingError) {
        let problems =
            BagPaths.problems(bag: name, paths: members.map(\.path)) + members.flatMap(Self.problems) + info.problems
        guard problems.isEmpty else { throw .refused(bag: name, problems: problems) }

        let sorted = members.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        let payload = sorted.filter(\.isPayload)
        let tagFiles = sorted.filter { !$0.isPayload }
        let octets = payload.reduce(0) { $0 + $1.size }

        func made(_ path: String, _ bytes: [UInt8]) -> PackageMember {
            PackageMember(path: path, content: .bytes(bytes), modified: modified)
        }
        let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        let head = [
            made("bagit.txt", Array(declaration.utf8)),
            made("bag-info.txt", Array(info.text(payloadOxum: "\(octets).\(payload.count)").utf8)),
            made("manifest-sha512.txt", Self.manifest(of: payload)),
        ]
        let tagManifest = made("tagmanifest-sha512.txt", Self.manifest(of: head + tagFiles))

        self.name = name
        self.members = head + [tagManifest] + tagFiles + payload
        payloadFiles = payload.count
        payloadOctets = octets
    }

    /// A line a file: digest, two spaces, path (RFC 8493, section 2.1.3).
    private static func manifest(of members: [PackageMember]) -> [UInt8] {
        var bytes: [UInt8] = []
        for member in members {
            bytes += Array(digest(of: member).utf8) + [0x20, 0x20] + BagPaths.encoded(member.path) + [0x0A]
        }
        return bytes
    }

    private static func digest(of member: PackageMember) -> String {
        switch member.content {
        case .file(_, _, let sha512): sha512.lowercased()
        case .bytes(let bytes): Digest.of(bytes, .sha512).hex
        }
    }

    private static func problems(of member: PackageMember) -> [String] {
        guard case .file(_, let size, let sha512) = member.content else { return [] }
        var problems: [String] = []
        if size < 0 { problems.append("\(member.path.quoted): its promised length is \(size) bytes") }
        if Digest(algorithm: .sha512, hex: sha512) == nil {
            problems.append("\(member.path.quoted): its promised SHA-512, \(sha512.quoted), is none")
        }
        return problems
    }
}
