import FileSafety
import Fixity
import Foundation
import Packaging
import SystemPackage
import TestSupport
import Testing

/// One entry of a container, as a reader that is not libarchive sees it.
struct ReadEntry: Codable, Equatable {
    /// The name's bytes in hexadecimal.
    let name: String
    let sha512: String
    /// Seconds since 1970 in a tar; the DOS time as text in a zip.
    let time: String
    /// Type, mode, owner and group.
    let kind: String
}

/// Reads containers with Python's `tarfile` and `zipfile`, which share no code with libarchive.
enum PackageReading {
    private static let script = """
        import sys, json, hashlib, tarfile, zipfile, subprocess, io
        path, out = sys.argv[1], []
        def add(name, data, time, kind):
            out.append({"name": name.encode("utf-8", "surrogateescape").hex(), "sha512": hashlib.sha512(data).hexdigest(),
                        "time": str(time), "kind": kind})
        if path.endswith(".zip"):
            with zipfile.ZipFile(path) as z:
                assert z.testzip() is None
                for i in z.infolist():
                    kind = "%o %d" % (i.external_attr >> 16, i.compress_type)
                    add(i.filename, z.read(i), "%04d-%02d-%02d %02d:%02d:%02d" % i.date_time, kind)
        else:
            data = subprocess.run(["zstd", "-dc", path], check=True, capture_output=True).stdout \\
                if path.endswith(".zst") else open(path, "rb").read()
            with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as t:
                for m in t:
                    f = t.extractfile(m)
                    kind = "%s %o %d %d '%s' '%s'" % (m.type.decode(), m.mode, m.uid, m.gid, m.uname, m.gname)
                    add(m.name, f.read() if f else b"", m.mtime, kind)
        print(json.dumps(out))
        """

    /// Every entry, in the order of the container.
    static func entries(of path: FilePath) throws -> [ReadEntry] {
        let result = try Tool.run("python3", ["-c", script, path.string])
        try #require(result.status == 0, "\(result.errorText)")
        return try JSONDecoder().decode([ReadEntry].self, from: result.output)
    }

    /// The names of a container, without the bag's folder in front.
    static func names(of path: FilePath) throws -> [String] {
        let skipped = "bag/".utf8.count
        return try entries(of: path).map { String(decoding: try bytes(hex: $0.name).dropFirst(skipped), as: UTF8.self) }
    }

    /// What GNU tar makes of a tar: the files with their digests, by their paths below the bag, in hexadecimal.
    static func extractedByTar(_ path: FilePath, locale: String) throws -> [String: String] {
        let folder = Scratch.folder.appending("extracted-" + locale)
        try DurableFiles().makeDirectory(folder)
        let result = try Tool.run("tar", ["-xf", path.string], environment: ["LC_ALL": locale], directory: folder)
        #expect(result.status == 0, "\(result.errorText)")
        var found: [String: String] = [:]
        try collect(folder.appending("bag"), prefix: [], into: &found)
        return found
    }

    /// Bytes in hexadecimal, which no comparison of strings folds together.
    static func hex(_ text: some Sequence<UInt8>) -> String { text.map { hexByte($0) }.joined() }

    private static func hexByte(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    private static func bytes(hex: String) throws -> [UInt8] {
        let digits = Array(hex.utf8)
        return try stride(from: 0, to: digits.count, by: 2).map { index in
            try #require(UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16))
        }
    }

    private static func collect(_ folder: FilePath, prefix: [UInt8], into found: inout [String: String]) throws {
        for entry in try FolderEntries(of: folder) {
            let path = prefix + entry.name.bytes
            if entry.kind == .directory {
                try collect(folder.appending(entry.name), prefix: path + Array("/".utf8), into: &found)
            } else {
                let content = try OpenFile.content(of: folder.appending(entry.name), limit: 1 << 24)
                found[hex(path)] = Digest.of(content, .sha512).hex
            }
        }
    }
}
