import FileSafety
import Fixity
package import SystemPackage

/// Takes the members of a container as they come.
package protocol ContainerVisitor: AnyObject {
    /// Told of the names of all members before the first one, where the format lists them in front (zip).
    func foresee(_ names: [[UInt8]])
    /// A member that is refused, and has its finding.
    func refused(_ name: [UInt8])
    /// A folder whose name is safe.
    func folder(_ name: [UInt8]) throws
    /// A regular file whose name is safe begins.
    func begin(_ member: ContainerMember) throws
    /// The next piece of the file that was begun, valid during the call only.
    func receive(_ piece: UnsafeRawBufferPointer) throws
    /// The file that was begun ends.
    ///
    /// - Parameter isWhole: whether it has the length and the check sum that the container says.
    /// - Throws: what ends the reading.
    func end(isWhole: Bool) throws
}

/// What the reading of a container found.
package struct ContainerReading: Sendable {
    /// The format; nil where it is none that is read.
    package let format: ContainerFormat?
    /// What is wrong with the container and its members, each member's own.
    package let findings: [ContainerFinding]
    /// Whether it could be read to its end; where not, what is behind the fault is not known.
    package let isWhole: Bool
    /// How many entries there are.
    package let members: Int
    /// How many bytes came out.
    package let expanded: Int
}

/// Reads a container from its start to its end as a stream, and trusts nothing that it says.
///
/// libarchive reads the members; beside it goes a scanner of our own (`TarScanner`, `ZipStructure`), which keeps names as
/// the bytes that they are and sees what libarchive does not look at. The two must agree on each member's name, kind and
/// length. Members that are refused are read over, so that every one of them gets its finding. Nothing is written; memory
/// is a few buffers and the names.
package enum ContainerReader {
    /// Reads a container.
    ///
    /// - Parameters:
    ///   - path: a regular file; links to it are not followed.
    ///   - limits: what a bomb runs into.
    ///   - use: how heavy doubtful names weigh.
    ///   - isInterrupted: asked now and then whether to stop.
    ///   - visitor: takes the regular files and folders whose names are safe.
    /// - Returns: what was found; damage is a finding and no error.
    /// - Throws: `FileSafetyError` where the file cannot be read; `FileChangedError` where it changed meanwhile;
    ///   `CancellationError` where it was to stop; what the visitor throws.
    package static func read(
        _ path: FilePath,
        limits: ContainerLimits = ContainerLimits(),
        use: ContainerUse = .validation,
        isInterrupted: @escaping @Sendable () -> Bool = { false },
        visitor: any ContainerVisitor
    ) throws -> ContainerReading {
        let file = try FileSource(path)
        let run = ContainerRun(limits: limits, use: use, isInterrupted: isInterrupted, visitor: visitor)
        try skipEmptyFrames(file)
        let format = ContainerFormat(head: try file.bytes(at: file.consumed, count: min(512, file.size)))
        var isWhole = true
        do {
            switch format {
            case .tar: try run.readTar(file)
            case .tarGzip: try run.readTar(GzipSource(file))
            case .tarZstd: try run.readTar(FilteredSource(file, .zstdStream))
            case .tarXz: try run.readTar(FilteredSource(file, .xzStream))
            case .zip: try run.readZip(file)
            case .sevenZip: try run.readSevenZip(file)
            case nil:
                let expected = "a tar (plain, or in gzip, Zstandard or xz), a zip or a 7-Zip archive"
                run.findings.append(
                    ContainerFinding(
                        .invalid,
                        .containerFormat,
                        found: "the file is no container that is read here",
                        expected: expected
                    )
                )
            }
        } catch let fault as ContainerFault {
            run.findings.append(fault.finding)
            isWhole = false
        }
        try run.finishMember()
        guard try file.isUnchanged() else { throw FileChangedError(path: path) }
        return ContainerReading(
            format: format,
            findings: run.findings,
            isWhole: isWhole && run.isReadable,
            members: run.members,
            expanded: run.expanded
        )
    }

    /// Passes over the frames without content that a Zstandard stream may begin with (RFC 8878, section 3.1.2): parallel
    /// compressors write one, and libarchive 3.6.2 does not know them there.
    private static func skipEmptyFrames(_ file: FileSource) throws {
        var place = 0
        for _ in 0..<64 {
            let head = try file.bytes(at: place, count: 8)
            guard head.count == 8, head[0] & 0xF0 == 0x50, head[1...].starts(with: [0x2A, 0x4D, 0x18]) else { break }
            let next = place + 8 + head.number(at: 4, 4)
            guard next < file.size else { break }
            place = next
        }
        if place > 0 { try file.start(at: place) }
    }
}
