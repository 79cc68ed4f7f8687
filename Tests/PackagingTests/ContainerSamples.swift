import Containers
import FileSafety
import Foundation
import Packaging
import SystemPackage
import TestSupport

/// Tars made block by block, so that they can say what no honest tool writes.
struct TarSample {
    var bytes: [UInt8] = []

    /// A header of 512 bytes with a right sum.
    static func header(
        _ name: [UInt8],
        size: Int,
        type: Character = "0",
        link: [UInt8] = [],
        mode: Int = 0o644,
        sizeField: [UInt8]? = nil
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in bytes.enumerated() { block[offset + index] = byte }
        }
        func octal(_ value: Int, _ width: Int) -> [UInt8] {
            let digits = String(value, radix: 8)
            return Array((String(repeating: "0", count: max(0, width - digits.count)) + digits).utf8)
        }
        put(name.prefix(100), at: 0)
        put(octal(mode, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(sizeField ?? octal(size, 11), at: 124)
        put(octal(0, 11), at: 136)
        put(Array("        ".utf8), at: 148)
        put([type.asciiValue ?? 0], at: 156)
        put(link.prefix(100), at: 157)
        put(Array("ustar".utf8) + [0, 0x30, 0x30], at: 257)
        put(octal(block.reduce(0) { $0 + Int($1) }, 6) + [0, 0x20], at: 148)
        return block
    }

    /// Adds a member with its content.
    mutating func add(
        _ name: String,
        _ content: String = "",
        type: Character = "0",
        link: String = "",
        mode: Int = 0o644
    ) {
        add(Array(name.utf8), Array(content.utf8), type: type, link: Array(link.utf8), mode: mode)
    }

    /// Adds a member with its content.
    mutating func add(
        _ name: [UInt8],
        _ content: [UInt8],
        type: Character = "0",
        link: [UInt8] = [],
        mode: Int = 0o644
    ) {
        if name.count > 100 { addPax([("path", name)]) }
        bytes += Self.header(name, size: content.count, type: type, link: link, mode: mode)
        addBlocks(content)
    }

    /// Adds an extension header for the next member.
    mutating func addPax(_ records: [(String, [UInt8])], type: Character = "x") {
        var body: [UInt8] = []
        for (key, value) in records {
            var length = key.utf8.count + value.count + 3
            length += String(length).count
            if String(length).count + key.utf8.count + value.count + 3 != length { length += 1 }
            body += Array("\(length) \(key)=".utf8) + value + [0x0A]
        }
        bytes += Self.header(Array("PaxHeader".utf8), size: body.count, type: type)
        addBlocks(body)
    }

    /// Adds bytes and fills the block up.
    mutating func addBlocks(_ content: [UInt8]) {
        bytes += content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// The tar with the two empty blocks that end it.
    var ended: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

    /// A bag's files below the folder `bag`, in the order of their names.
    init(_ sample: BagSample? = nil) {
        for path in (sample?.files.keys).map({ $0.sorted() }) ?? [] {
            add(Array("bag/\(path)".utf8), sample?.files[path] ?? [])
        }
    }
}

/// Zips made record by record; members are stored.
struct ZipSample {
    /// A member, and what its two headers say of it.
    struct Member {
        var name: [UInt8]
        var localName: [UInt8]?
        var content: [UInt8]
        var method = 0
        var localMethod: Int?
        var flags = 0x800
        var localFlags: Int?
        var checksum: UInt32?
        var size: Int?
        var localSize: Int?
        var attributes = 0o100644 << 16
        /// Bytes between the member before and this one.
        var gap: [UInt8] = []
    }

    var members: [Member] = []
    /// Bytes between the last member and the directory.
    var beforeDirectory: [UInt8] = []
    /// Bytes between the directory and the record that ends the zip.
    var behindDirectory: [UInt8] = []
    /// How many entries the end says there are, where it lies.
    var count: Int?
    /// Index of a member that a second entry of the directory points to.
    var repeated: Int?

    /// A bag's files below the folder `bag`.
    init(_ sample: BagSample? = nil) {
        for path in (sample?.files.keys).map({ $0.sorted() }) ?? [] {
            add("bag/\(path)", sample?.files[path] ?? [])
        }
    }

    /// Adds a member.
    mutating func add(_ name: String, _ content: [UInt8] = []) {
        members.append(Member(name: Array(name.utf8), content: content))
    }

    /// The cyclic redundancy check of zip.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }

    /// The whole zip.
    var bytes: [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        var entries: [[UInt8]] = []
        for member in members {
            out += member.gap
            let offset = out.count
            let (sum, size) = (member.checksum ?? Self.checksum(member.content), member.size ?? member.content.count)
            let local = member.localName ?? member.name
            out += Self.little(0x0403_4B50, 4) + Self.little(20, 2) + Self.little(member.localFlags ?? member.flags, 2)
            out += Self.little(member.localMethod ?? member.method, 2) + Self.little(0, 4) + Self.little(Int(sum), 4)
            out += Self.little(member.content.count, 4) + Self.little(member.localSize ?? size, 4)
            out += Self.little(local.count, 2) + Self.little(0, 2) + local + member.content
            let host = 3 << 8 | 20
            var entry = Self.little(0x0201_4B50, 4) + Self.little(host, 2) + Self.little(20, 2)
            entry += Self.little(member.flags, 2) + Self.little(member.method, 2) + Self.little(0, 4)
            entry += Self.little(Int(sum), 4) + Self.little(member.content.count, 4) + Self.little(size, 4)
            entry += Self.little(member.name.count, 2) + Self.little(0, 8) + Self.little(member.attributes, 4)
            entry += Self.little(offset, 4) + member.name
            entries.append(entry)
        }
        if let repeated { entries.append(entries[repeated]) }
        directory = entries.flatMap(\.self)
        out += beforeDirectory
        let start = out.count
        out += directory + behindDirectory
        let number = count ?? entries.count
        out += Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(number, 2) + Self.little(number, 2)
        return out + Self.little(directory.count, 4) + Self.little(start, 4) + Self.little(0, 2)
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

/// Keeps what a container holds.
final class MemberRecorder: ContainerVisitor {
    private(set) var files: [(name: [UInt8], content: [UInt8])] = []
    private(set) var folders: [[UInt8]] = []
    private(set) var refused: [[UInt8]] = []

    func foresee(_ names: [[UInt8]]) {}
    func refused(_ name: [UInt8]) { refused.append(name) }
    func folder(_ name: [UInt8]) throws { folders.append(name) }
    func begin(_ member: ContainerMember) throws { files.append((member.name, [])) }
    func receive(_ piece: UnsafeRawBufferPointer) throws {
        unsafe files[files.count - 1].content.append(contentsOf: piece)
    }
    func end(isWhole: Bool) throws { if !isWhole { files.removeLast() } }
}

/// Reads containers in tests.
enum Containers {
    /// Puts bytes into a file of the scratch folder, and reads it as a container.
    static func read(
        _ bytes: [UInt8],
        as name: String = "bag.tar",
        limits: ContainerLimits = ContainerLimits(),
        use: ContainerUse = .validation
    ) throws -> (reading: ContainerReading, members: MemberRecorder) {
        try read(try Scratch.file(name, bytes), limits: limits, use: use)
    }

    /// Reads a file as a container.
    static func read(
        _ path: FilePath,
        limits: ContainerLimits = ContainerLimits(),
        use: ContainerUse = .validation
    ) throws -> (reading: ContainerReading, members: MemberRecorder) {
        let recorder = MemberRecorder()
        let reading = try ContainerReader.read(path, limits: limits, use: use, visitor: recorder)
        return (reading, recorder)
    }

    /// Puts the bytes through a program that packs standard input, such as `gzip -c`.
    static func packed(_ bytes: [UInt8], by command: String) throws -> [UInt8] {
        let source = try Scratch.file("source.bin", bytes)
        let result = try Tool.run("sh", ["-c", "cat \"$1\" | \(command)", "sh", source.string])
        guard result.status == 0 else { throw MissingToolError(name: command) }
        return Array(result.output)
    }
}

extension ContainerReading {
    /// The rules of all findings, with the members that they are about.
    var told: [String] { findings.map { "\($0.rule.rawValue) \($0.path?.shown ?? "-")" } }

    /// Whether a finding that is no warning carries the rule.
    func refuses(_ rule: ContainerRule) -> Bool { findings.contains { $0.rule == rule && $0.weight == .invalid } }

    /// The rules of what is refused, each once.
    var broken: Set<ContainerRule> { Set(findings.filter { $0.weight == .invalid }.map(\.rule)) }
}
