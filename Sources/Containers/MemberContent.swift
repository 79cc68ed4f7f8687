package import SystemPackage

extension ContainerReader {
    /// The content of the first member of a name; what lies behind it is not read.
    ///
    /// - Parameters:
    ///   - path: the container.
    ///   - most: the most bytes that it may have; a longer one counts as not there.
    ///   - isWanted: whether a name is that of the member.
    /// - Returns: its bytes; nil where there is no such member, or where it is not whole.
    /// - Throws: `FileSafetyError` where the file cannot be read; `FileChangedError` where it changed meanwhile.
    package static func content(
        in path: FilePath,
        most: Int,
        where isWanted: @escaping ([UInt8]) -> Bool
    ) throws -> [UInt8]? {
        let finder = MemberFinder(most: most, isWanted: isWanted)
        do {
            _ = try read(path, visitor: finder)
        } catch is MemberFinder.Found {}
        return finder.content
    }
}

/// Takes one member, and ends the reading behind it.
private final class MemberFinder: ContainerVisitor {
    struct Found: Error {}

    private let most: Int
    private let isWanted: ([UInt8]) -> Bool
    private var piece: [UInt8]?
    private(set) var content: [UInt8]?

    init(most: Int, isWanted: @escaping ([UInt8]) -> Bool) {
        self.most = most
        self.isWanted = isWanted
    }

    func foresee(_ names: [[UInt8]]) {}
    func refused(_ name: [UInt8]) {}
    func folder(_ name: [UInt8]) {}

    func begin(_ member: ContainerMember) {
        piece = isWanted(member.name) && member.size <= most ? [] : nil
    }

    func receive(_ more: UnsafeRawBufferPointer) {
        guard let sofar = piece?.count, sofar + more.count <= most else {
            piece = nil
            return
        }
        unsafe piece?.append(contentsOf: more)
    }

    func end(isWhole: Bool) throws {
        guard let piece else { return }
        if isWhole { content = piece }
        throw Found()
    }
}
