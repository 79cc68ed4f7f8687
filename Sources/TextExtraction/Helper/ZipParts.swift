import FileSafety
import Containers
import SystemPackage

/// The parts of an office file that is a zip: the names of all, the content of those that are XML.
struct ZipParts {
    /// How many bytes of XML one file may have: a workbook of a million cells has some 50 MiB.
    static let mostXML = 512 << 20

    /// The names of all members, in the order of the directory.
    private(set) var names: [String] = []
    /// The parts that are XML or say what kind of file this is, by name.
    private(set) var content: [String: [UInt8]] = [:]
    /// What is wrong with the container, in words; nil where nothing is.
    private(set) var damage: String?
    /// Whether it holds more than may be read.
    private(set) var isTooLarge = false
    /// Whether members are encrypted.
    private(set) var isEncrypted = false

    /// Reads a zip; damage is told and not thrown, and what was whole is there.
    ///
    /// - Throws: `FileSafetyError` where the file cannot be read.
    init(_ path: FilePath) throws {
        var limits = ContainerLimits()
        limits.total = 1 << 30
        limits.member = 1 << 30
        limits.members = 50_000
        let collector = Collector()
        do {
            let reading = try ContainerReader.read(path, limits: limits, visitor: collector)
            let faults = reading.findings.filter { $0.weight == .invalid }
            isEncrypted = faults.contains { $0.rule == .memberEncrypted }
            isTooLarge = faults.contains { $0.rule == .containerLimit || $0.rule == .memberLimit }
            damage = faults.first.map(\.found)
        } catch is TooMuchXML {
            isTooLarge = true
        }
        names = collector.names
        content = collector.content
    }

    private struct TooMuchXML: Error {}

    private final class Collector: ContainerVisitor {
        var names: [String] = []
        var content: [String: [UInt8]] = [:]
        private var current: String?
        private var bytes: [UInt8] = []
        private var total = 0

        func foresee(_ names: [[UInt8]]) { self.names = names.map { String(decoding: $0, as: UTF8.self) } }

        func refused(_ name: [UInt8]) {}

        func folder(_ name: [UInt8]) throws {}

        func begin(_ member: ContainerMember) throws {
            let name = String(decoding: member.name, as: UTF8.self)
            let isWanted = name.hasSuffix(".xml") || name.hasSuffix(".rels") || name == "mimetype"
            current = isWanted ? name : nil
            bytes = []
        }

        func receive(_ piece: UnsafeRawBufferPointer) throws {
            guard current != nil else { return }
            total += piece.count
            guard total <= ZipParts.mostXML else { throw TooMuchXML() }
            unsafe bytes.append(contentsOf: piece)
        }

        func end(isWhole: Bool) throws {
            // A part that is cut is read as far as it goes.
            if let current { content[current] = bytes }
            current = nil
            bytes = []
        }
    }
}
