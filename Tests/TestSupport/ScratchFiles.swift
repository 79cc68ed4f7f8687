import Foundation
package import SystemPackage

extension Scratch {
    /// Writes a file into the test's folder, with the folders above it, and returns its path.
    @discardableResult
    package static func file(_ name: String, _ content: some Sequence<UInt8>) throws -> FilePath {
        let path = folder.pushing(FilePath(name))
        let parent = path.removingLastComponent().string
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(content).write(to: URL(fileURLWithPath: path.string))
        return path
    }

    /// Makes a folder in the test's folder, with those above it, and returns its path.
    package static func directory(_ name: String) throws -> FilePath {
        let path = folder.pushing(FilePath(name))
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
        return path
    }
}
