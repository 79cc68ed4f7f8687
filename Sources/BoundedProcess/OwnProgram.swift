import Foundation
package import SystemPackage

/// This program, to be started again inside limits.
package enum OwnProgram {
    /// Its file, whatever it is called; nil where the system does not say.
    package static var path: FilePath? {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")).map { FilePath($0) }
    }

    /// The folders of the libraries that this process has, those of the system left out: a build with its own Swift
    /// libraries needs them.
    package static let libraryFolders: [FilePath] = {
        // Read to its end: it comes a page at a time, and says that its length is 0.
        guard let bytes = try? FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd() else { return [] }
        let maps = String(decoding: bytes, as: UTF8.self)
        var folders: [String] = []
        for line in maps.split(separator: "\n") {
            guard let start = line.firstIndex(of: "/") else { continue }
            let path = String(line[start...])
            guard path.contains(".so"), !path.hasPrefix("/usr/"), !path.hasPrefix("/lib") else { continue }
            let folder = FilePath(path).removingLastComponent().string
            if !folders.contains(folder), FileManager.default.fileExists(atPath: folder) { folders.append(folder) }
        }
        return folders.map { FilePath($0) }
    }()
}
