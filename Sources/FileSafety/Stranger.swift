package import SystemPackage

/// A file that a desktop left beside the files that it showed or copied: never part of anything, and no damage.
///
/// Only the well-known names, and of `._X` only a file that is what the name claims, AppleDouble (RFC 1740): whatever else
/// lies where it does not belong stays a finding.
package enum Stranger {
    private static let names: Set<String> = [".DS_Store", "Thumbs.db", "desktop.ini", "Desktop.ini"]
    /// What an AppleDouble file begins with.
    private static let magic: [UInt8] = [0x00, 0x05, 0x16, 0x07]

    /// Whether a name is one of those that desktops give such files.
    package static func isName(_ name: String) -> Bool { names.contains(name) || isDoubleName(name) }

    private static func isDoubleName(_ name: String) -> Bool {
        name.utf8.count > 2 && name.utf8.starts(with: "._".utf8)
    }

    /// Whether a file at a path is one of them, by its name and what it holds.
    package static func isStranger(at path: FilePath) -> Bool {
        guard let name = path.lastComponent?.string, isName(name), (try? FileStatus.of(path))?.kind == .file else {
            return false
        }
        guard isDoubleName(name) else { return true }
        guard let file = try? OpenFile.reading(path) else { return false }
        return unsafe withUnsafeTemporaryAllocation(byteCount: magic.count, alignment: 1) { buffer in
            let count = unsafe (try? file.read(into: buffer, at: 0)) ?? 0
            return unsafe buffer[..<count].elementsEqual(magic)
        }
    }
}
