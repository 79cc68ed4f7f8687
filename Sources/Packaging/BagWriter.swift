import Containers
package import FileSafety
import Fixity
private import Foundation
package import SystemPackage

/// Writes BagIt 1.0 bags (RFC 8493) into containers, whole or not at all.
///
/// **What is promised of the bytes.** The same name, members, fields and times make the same `.tar`, whatever the clock,
/// the time zone and the locale, and the same `.zip`. A `.tar.gz` and a `.tar.zst` hold that same tar, but their own bytes
/// and digest are the same only under the same versions of libarchive, zlib and libzstd, which the receipt names.
///
/// **What is in it.** One folder, the bag, and in it `bagit.txt`, `bag-info.txt`, `manifest-sha512.txt`,
/// `tagmanifest-sha512.txt`, the other tag files and the payload, both in the order of their bytes. Folders have no entries of
/// their own: every reader makes them, and an entry would bring a mode and a time that nobody gave. Only `data/` of a bag
/// without payload has one, since a bag must have that folder.
///
/// **Names** are kept byte for byte. A reader may still change them: libarchive and what is built on it composes (NFC) the
/// names of a zip. In a tar it is kept from that, where there is a name to be kept, by `hdrcharset=BINARY`.
///
/// **Known limit.** A zip's members are stored, and written in one pass, so that their CRC follows them. Readers that go by
/// the directory at the end of the zip, as nearly all do, take that; those that read from a pipe may not.
package struct BagWriter: Sendable {
    private let files: DurableFiles

    /// A writer whose steps ask the tripwire of `files`.
    package init(files: DurableFiles) { self.files = files }

    /// Writes a bag, and beside it `<destination>.sha512` for `sha512sum -c`.
    ///
    /// The container grows as `<destination>.part`, which a run that was killed can leave behind and the next one removes.
    /// When it is whole and on the disk it gets its name. Every file is digested on its way in, and the package given up
    /// if one is not what was promised. After an error nothing new is there, but for one case: with `replacing`, once the
    /// old container has given way to the new one, the new one stays, and may lack its checksum file.
    ///
    /// - Parameters:
    ///   - name: the bag's folder, one component.
    ///   - members: the payload (below `data/`) and tag files; in any order.
    ///   - info: what `bag-info.txt` says; `Payload-Oxum` is added.
    ///   - modified: time of the files that make the bag, whole seconds since 1970.
    ///   - format: the container.
    ///   - destination: where the container goes; its folder must be there.
    ///   - replacing: whether what is at the destination may be replaced.
    /// - Returns: what the container turned out to be.
    /// - Throws: `PackagingError`: `refused` for what no bag can hold, every problem at once and before anything is written;
    ///   `exists`; `contentDiffers`; `container`. `FileSafetyError` of the files, among them `noSpace`.
    ///   `FileChangedError` for a file that somebody writes to meanwhile.
    package func write(
        name: String,
        members: [PackageMember],
        info: BagInfo,
        modified: Int,
        format: PackageFormat,
        to destination: FilePath,
        replacing: Bool = false
    ) throws -> PackageReceipt {
        let bag = try BagLayout(name: name, members: members, info: info, modified: modified)
        let place = PackagePlace(destination)
        if !replacing { try place.requireFree() }
        do {
            try files.removeIfPresent(place.part)
            try files.removeIfPresent(place.checksumPart)
            let container = try fill(place.part, with: bag, modified: modified, format: format)
            let line = ChecksumFile.content(sha512: container.sha512, name: place.fileName)
            try files.create(place.checksumPart, line)
            try files.sync(place.checksumPart)
            try publish(place, replacing: replacing)
            return PackageReceipt(
                sha512: container.sha512,
                size: container.size,
                payloadFiles: bag.payloadFiles,
                payloadOctets: bag.payloadOctets,
                libraries: ContainerWriter.libraries
            )
        } catch {
            // The first error is the one to tell; what cannot be removed now, the next run removes.
            try? files.removeIfPresent(place.part)
            try? files.removeIfPresent(place.checksumPart)
            throw error
        }
    }

    private func fill(
        _ part: FilePath,
        with bag: BagLayout,
        modified: Int,
        format: PackageFormat
    ) throws -> (sha512: String, size: Int) {
        let sink = try ContainerSink(creating: part, files: files)
        let exactNames = ([bag.name] + bag.members.map(\.path)).contains { !Self.isComposed($0) }
        var promises = PromisedDigests()
        try UTF8Locale.with(PackagingError.noLocale) {
            var container = try ContainerWriter.open(format, sink: sink, exactNames: exactNames)
            for member in bag.members {
                try add(member, of: bag.name, to: &container, &promises)
            }
            try promises.hold(waiting: 0)
            if bag.payloadFiles == 0 { try container.addFolder("\(bag.name)/data", modified: modified) }
            try container.close()
        }
        return try sink.finish()
    }

    /// Whether the name is in Unicode's form NFC, and so the same to readers that compose names.
    private static func isComposed(_ name: String) -> Bool {
        name.utf8.elementsEqual(name.precomposedStringWithCanonicalMapping.utf8)
    }

    private func add(
        _ member: PackageMember,
        of bag: String,
        to container: inout ContainerWriter,
        _ promises: inout PromisedDigests
    ) throws {
        let path = "\(bag)/\(member.path)"
        switch member.content {
        case .bytes(let bytes):
            try container.beginFile(path, size: bytes.count, modified: member.modified)
            try unsafe bytes.withUnsafeBytes { buffer in try unsafe container.append(buffer) }
        case .file(let source, let size, let sha512):
            let file = try OpenFile.reading(source)
            try Self.require(member, size: size, found: try file.status().size)
            try container.beginFile(path, size: size, modified: member.modified)
            var count = 0
            let reading = try unsafe promises.digester.readAhead(file) { piece in
                count += piece.count
                if count > size { try Self.require(member, size: size, found: count) }
                try unsafe container.append(piece)
            }
            try Self.require(member, size: size, found: reading.size)
            try promises.add(member.path, sha512: sha512, reading)
        }
        try container.endMember()
    }

    private static func require(_ member: PackageMember, size: Int, found: Int) throws(PackagingError) {
        guard size != found else { return }
        throw .differs(member.path, what: "length in bytes", expected: "\(size)", found: "\(found)")
    }

    /// Gives the finished files their names, and waits until the folder has them on the disk.
    private func publish(_ place: PackagePlace, replacing: Bool) throws {
        if replacing {
            // First of all: a crash may leave a container without its checksum, never with another one's.
            try files.removeIfPresent(place.checksum)
        } else {
            try place.requireFree()
        }
        try files.rename(place.part, to: place.destination)
        do {
            try files.rename(place.checksumPart, to: place.checksum)
            try files.sync(place.folder)
        } catch {
            if !replacing {
                try? files.removeIfPresent(place.destination)
                try? files.removeIfPresent(place.checksum)
            }
            throw error
        }
    }
}
